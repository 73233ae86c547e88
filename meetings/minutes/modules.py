"""Texts that minutes use again and again: the ones that come with the program, and a body's own.

Places in braces are filled in from the meeting; what is not known there stays as a gap to fill by hand.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from app.core.errors import ChangedMeanwhile, InvalidInput, NotFound
from app.core.i18n import _, show_date, show_time
from app.core.i18n import lazy as _l
from app.core.work import Work
from meetings.bodies.models import Body
from meetings.bodies.queries import access_of
from meetings.minutes.models import TextModule
from meetings.minutes.policy import may_keep_modules
from meetings.minutes.queries import ItemSheet, MinutesSheet
from meetings.minutes.rules import attended

_PLACE = re.compile(r"\{(\w+)\}")
GAP = "…"

SHIPPED: tuple[tuple[str, Any, Any], ...] = (
    (
        "opening",
        _l("Eröffnung"),
        _l("{vorsitz} eröffnet die Sitzung um {beginn} und begrüßt die Anwesenden."),
    ),
    (
        "quorum",
        _l("Ladung und Beschlussfähigkeit"),
        _l(
            "{vorsitz} stellt fest, dass ordnungsgemäß geladen wurde und das Gremium mit {anwesend} von "
            "{stimmberechtigt} Stimmberechtigten beschlussfähig ist."
        ),
    ),
    (
        "no_quorum",
        _l("Beschlussunfähigkeit"),
        _l(
            "{vorsitz} stellt fest, dass das Gremium nicht beschlussfähig ist. "
            "Zu denselben Punkten wird ein zweites Mal geladen; in der Ladung wird darauf hingewiesen, "
            "dass dann ohne Rücksicht auf die Zahl der Anwesenden beschlossen werden kann (VwVfG § 90 Absatz 2)."
        ),
    ),
    (
        "added",
        _l("Ergänzung der Tagesordnung"),
        _l("Auf Antrag von {person} wird die Tagesordnung um den Punkt „{gegenstand}“ ergänzt."),
    ),
    ("withdrawn", _l("Absetzung"), _l("Auf Antrag von {person} wird TOP {top} abgesetzt.")),
    ("deferred", _l("Vertagung"), _l("Auf Antrag von {person} wird TOP {top} auf die nächste Sitzung vertagt.")),
    (
        "recused",
        _l("Befangenheit angezeigt"),
        _l("{person} zeigt an, befangen zu sein, und nimmt an Beratung und Abstimmung zu TOP {top} nicht teil."),
    ),
    (
        "excluded",
        _l("Ausschluss wegen Befangenheit"),
        _l("Das Gremium beschließt in Abwesenheit von {person}, dass eine Befangenheit zu TOP {top} vorliegt."),
    ),
    (
        "nobody_recused",
        _l("Niemand befangen"),
        _l("Auf Nachfrage erklärt sich kein Mitglied zu TOP {top} für befangen."),
    ),
    ("speech", _l("Wortmeldung"), _l("{person} ({organisation}) führt aus, dass {inhalt}.")),
    (
        "order",
        _l("Antrag zur Geschäftsordnung"),
        _l("{person} beantragt zur Geschäftsordnung: „{antrag}“ Der Antrag wird {ergebnis}."),
    ),
    ("break", _l("Unterbrechung"), _l("Die Sitzung wird von {von} bis {bis} unterbrochen.")),
    ("chair", _l("Wechsel im Vorsitz"), _l("Ab TOP {top} übernimmt {person} den Vorsitz.")),
    (
        "named",
        _l("Namentliche Abstimmung beantragt"),
        _l("{person} beantragt namentliche Abstimmung. Dem wird {ergebnis}."),
    ),
    (
        "secret",
        _l("Geheime Abstimmung beantragt"),
        _l("{person} beantragt geheime Abstimmung. Das nötige Quorum ist {ergebnis}."),
    ),
    ("statement", _l("Erklärung zu Protokoll"), _l("{person} gibt zu Protokoll: „{wortlaut}“")),
    (
        "circular",
        _l("Umlaufbeschluss"),
        _l(
            "Im schriftlichen Verfahren wurde seit der letzten Sitzung beschlossen: „{wortlaut}“ "
            "Kein Mitglied hat dem Verfahren widersprochen."
        ),
    ),
    ("closing", _l("Schluss der Sitzung"), _l("{vorsitz} schließt die Sitzung um {ende}.")),
)
"""Key, title, text; meetings.md 5.7."""


@dataclass(frozen=True)
class Module:
    """A text module, its places filled in; `id` is None for those that come with the program."""

    name: str
    title: str
    text: str
    id: int | None = None
    version: int = 0


def places(sheet: MinutesSheet, item: ItemSheet | None = None) -> dict[str, str]:
    """What can be filled in from a meeting and its item."""
    meeting = sheet.meeting
    voting = [seat for seat in sheet.seats if seat.kind == "voting"]
    known = {
        "gremium": sheet.body.name,
        "sitzung": meeting.title,
        "datum": show_date(meeting.date),
        "ort": meeting.place or "",
        "vorsitz": sheet.chair,
        "schriftfuehrung": sheet.minute_taker,
        "beginn": show_time(sheet.begun_at) if sheet.begun_at else "",
        "ende": show_time(sheet.ended_at) if sheet.ended_at else "",
        "anwesend": str(len(attended(sheet.seats, "voting"))),
        "stimmberechtigt": str(len(voting)),
        "top": (item.item.number or "") if item else "",
        "titel": item.item.title if item else "",
    }
    return {name: value for name, value in known.items() if value}


def filled(text: str, known: Mapping[str, str]) -> str:
    """The text with its places filled in; an unknown one becomes a gap. Nothing but names in braces is a place."""
    return _PLACE.sub(lambda found: known.get(found[1], GAP), text)


def modules_of(session: Session, sheet: MinutesSheet, item: ItemSheet | None = None) -> list[Module]:
    """The body's own modules, then those that come with the program. One statement."""
    known = places(sheet, item)
    own = [
        Module(f"own-{row.id}", row.title, filled(row.text, known), row.id, row.version)
        for row in own_modules(session, sheet.body.id or 0)
    ]
    return own + [Module(name, str(title), filled(str(text), known)) for name, title, text in SHIPPED]


def own_modules(session: Session, body_id: int) -> list[TextModule]:
    """A body's own modules as they were written. One statement."""
    statement = select(TextModule).where(col(TextModule.body_id) == body_id)
    return list(session.exec(statement.order_by(col(TextModule.position), col(TextModule.id))))


def save_module(
    work: Work, body_key: str, module_id: int | None, title: str, text: str, seen_version: int
) -> TextModule:
    """Write a body's own module, new or changed."""
    body = _body(work, body_key)
    if not title.strip() or not text.strip():
        raise InvalidInput(_("Ein Textbaustein braucht einen Titel und einen Text."))
    row = _own(work, body, module_id) if module_id else TextModule(body_id=body.id or 0, title="", text="", version=0)
    if module_id and row.version != seen_version:
        raise ChangedMeanwhile(
            _("Jemand hat diesen Textbaustein inzwischen geändert. Bitte lesen Sie ihn noch einmal."), row.text
        )
    row.title, row.text, row.version = title.strip()[:120], text.strip(), row.version + 1
    work.session.add(row)
    work.record("minutes.module_saved", row, version=row.version)
    return row


def drop_module(work: Work, body_key: str, module_id: int) -> None:
    """Take a body's own module away."""
    body = _body(work, body_key)
    row = _own(work, body, module_id)
    work.record("minutes.module_dropped", row)
    work.session.delete(row)


def _body(work: Work, key: str) -> Body:
    body = work.session.exec(select(Body).where(col(Body.key) == key)).first()
    if body is None:
        raise NotFound(_("Dieses Gremium gibt es nicht."))
    work.require(may_keep_modules(work.actor, access_of(body)))
    return body


def _own(work: Work, body: Body, module_id: int) -> TextModule:
    statement = select(TextModule).where(col(TextModule.id) == module_id, col(TextModule.body_id) == body.id)
    row = work.session.exec(statement.with_for_update()).first()
    if row is None:
        raise NotFound(_("Diesen Textbaustein gibt es nicht."))
    return row
