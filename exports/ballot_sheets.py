"""Paper for one poll: a ballot for everybody entitled, with lines to cut along, and the sheet for its result."""

from collections.abc import Iterable
from datetime import datetime

from app.core.i18n import _, language, show_date
from app.people.models import Tenant
from exports.document import Document, Fact, Section, Table
from exports.docx.wording import ENGLISH, GERMAN
from meetings.voting.methods.profile import Kind
from meetings.voting.poll_rule import PollRule
from meetings.voting.poll_words import method_words, rule_sentences
from meetings.voting.queries import FoundPoll

BOX, BLANK = "□", "\u00a0" * 10
CUT = "✂ " + "– " * 34
MOST_BALLOTS = 60
"""More ballots are copied, not written into one document."""


def poll_sheets(found: FoundPoll, tenant: Tenant, now: datetime) -> Document:
    """The ballots and the result sheet of a poll. No name stands on a ballot."""
    rule, number = found.ruled, min(found.entitled, MOST_BALLOTS)
    ballots = [_ballot(rule, found.poll.title, last=place == number) for place in range(1, number + 1)]
    return Document(
        owner=tenant.name,
        programme=_("Kommunales Integrationsmanagement"),
        kind=_("Stimmzettel und Ergebniszettel"),
        number=found.where.meeting.key,
        title=found.poll.title,
        classification=_("Nur für Mitglieder des Gremiums – keine Einzelfälle"),
        date=_("Stand: %(date)s", date=show_date(now)),
        sections=(Section(_("So wird abgestimmt"), text=_points(rule)), *ballots, _result_sheet(found)),
        issued_at=now,
        lead=Fact(_("Verfahren"), method_words(rule.method)),
        language="en-GB" if language() == "en" else "de-DE",
        wording=ENGLISH if language() == "en" else GERMAN,
    )


def _points(rule: PollRule) -> str:
    return "\n".join(f"- {sentence}" for sentence in rule_sentences(rule))


def _ballot(rule: PollRule, title: str, *, last: bool) -> Section:
    head, columns, rows = _question(rule)
    text = f"> {rule.motion}" if rule.motion else ""
    cut = () if last else ((CUT, *("" for _column in columns[1:])),)
    return Section(_("Stimmzettel: %(title)s", title=title), text=text, table=Table(head, columns, (*rows, *cut)))


def _question(rule: PollRule) -> tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """What a ballot asks: its sentence, its columns, a row for each option."""
    titles = [option.title for option in rule.options]
    if rule.is_resolution:
        answers = tuple((words, BOX) for words in (_("Ja"), _("Nein"), _("Enthaltung")))
        return _("Bitte eine Antwort ankreuzen"), (_("Antwort"), _("Kreuz")), answers
    if rule.kind == Kind.DOTS:
        boxes = " ".join([BOX] * (rule.max_per_option or 1))
        head = _(
            "Höchstens %(dots)s Punkte, höchstens %(each)s je Thema: je Punkt ein Kreuz",
            dots=rule.dots_per_seat,
            each=rule.max_per_option,
        )
        return head, (_("Möglichkeit"), _("Punkte")), tuple((title, boxes) for title in titles)
    if rule.kind == Kind.APPROVAL:
        return _("Ankreuzen, was Sie unterstützen"), (_("Möglichkeit"), _("Kreuz")), tuple((t, BOX) for t in titles)
    if rule.kind == Kind.RANKED:
        head = _("Plätze eintragen, 1 ist der erste; gleiche Plätze sind erlaubt, ohne Platz heißt zuletzt")
        return head, (_("Möglichkeit"), _("Platz")), tuple((title, BLANK) for title in titles)
    if rule.kind == Kind.RESISTANCE:
        head, word = _("Überall eine Zahl von 0 bis %(highest)s eintragen", highest=rule.highest), _("Widerstand")
    else:
        head = _("Eine Zahl von 0 bis %(highest)s eintragen; leer zählt wie 0", highest=rule.highest)
        word = _("Bewertung")
    return head, (_("Möglichkeit"), word), tuple((title, BLANK) for title in titles)


def _result_sheet(found: FoundPoll) -> Section:
    rule = found.ruled
    counted = list(_counted(rule))
    rows = [
        (_("Stimmberechtigt"), str(found.entitled)),
        *((words, BLANK) for words in counted),
        (_("Enthaltungen"), BLANK),
        (_("ungültig"), BLANK),
        (_("nicht abgegeben"), BLANK),
        (_("Uhrzeit"), BLANK),
        (_("Gezählt von"), BLANK * 3),
        (_("Gezählt von"), BLANK * 3),
    ]
    text = _(
        "Probe: Stimmzettel, Enthaltungen, ungültige und nicht abgegebene zusammen sind die Stimmberechtigten. "
        "Wer auszählt, liest jeden Zettel vor; eine zweite Person führt die Liste."
    )
    return Section(_("Ergebniszettel"), text=text, table=Table(_("Ergebnis"), (_("Was"), _("Zahl")), tuple(rows)))


def _counted(rule: PollRule) -> Iterable[str]:
    if rule.is_resolution:
        yield from (_("Ja"), _("Nein"))
        return
    yield _("gültige Stimmzettel")
    yield from (option.title for option in rule.options)
