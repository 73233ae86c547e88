"""How the notice period, letters and answers read in words."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from app.core.i18n import _, ngettext, show_date, show_time_span
from app.core.mail_states import MailState
from meetings.agenda.models import Meeting
from meetings.agenda.queries import ItemLine, dial_in
from meetings.agenda.rules import NoticeStatement
from meetings.bodies.wording import days_words
from meetings.invitations import rules
from meetings.invitations.queries import Answer
from meetings.invitations.rules import Place, Post, Receiver, Tally
from meetings.invitations.states import AnswerKind, LetterKind

ANSWER_TONES = {AnswerKind.ACCEPTED: "success", AnswerKind.DEPUTY: "info", AnswerKind.DECLINED: "warning"}


def proof_words(statement: NoticeStatement, sent: date, day: date) -> str:
    """The notice period as it can be proved: „Frist: 10 volle Tage; versandt am …; Sitzung am …; gewahrt (12 …)“."""
    counted = days_words(statement.days, statement.unit)
    kept = _("gewahrt (%(days)s)", days=counted) if statement.kept else _("nicht gewahrt (%(days)s)", days=counted)
    return _(
        "Frist: %(needed)s; versandt am %(sent)s; Sitzung am %(day)s; %(kept)s",
        needed=days_words(statement.needed, statement.unit),
        sent=show_date(sent),
        day=show_date(day),
        kept=kept,
    )


def letter_words(kind: LetterKind) -> str:
    """Why somebody was written to, in one word."""
    return {
        LetterKind.INVITATION: _("Einladung"),
        LetterKind.CHANGE: _("Änderung"),
        LetterKind.SUPPLEMENT: _("Nachtrag"),
        LetterKind.CANCELLATION: _("Absage"),
    }[kind]


def post_words(post: Post) -> str:
    """What is due: „23 Einladungen, eine Absage“."""
    counted = (
        (LetterKind.INVITATION, lambda n: ngettext("eine Einladung", "%(num)s Einladungen", n)),
        (LetterKind.CHANGE, lambda n: ngettext("eine Änderung", "%(num)s Änderungen", n)),
        (LetterKind.SUPPLEMENT, lambda n: ngettext("ein Nachtrag", "%(num)s Nachträge", n)),
        (LetterKind.CANCELLATION, lambda n: ngettext("eine Absage", "%(num)s Absagen", n)),
    )
    return ", ".join(words(post.number(kind)) for kind, words in counted if post.number(kind))


def answer_words(kind: AnswerKind) -> str:
    """What was said, in one word."""
    return {
        AnswerKind.ACCEPTED: _("zugesagt"),
        AnswerKind.DEPUTY: _("Vertretung kommt"),
        AnswerKind.DECLINED: _("abgesagt"),
    }[kind]


def answer_tone(kind: AnswerKind) -> str:
    """The colour that repeats what was said."""
    return ANSWER_TONES[kind]


def tally_words(counted: Tally) -> str:
    """The answers counted, in one line."""
    parts = [
        ngettext("%(num)s Zusage", "%(num)s Zusagen", counted.accepted),
        ngettext("%(num)s Vertretung", "%(num)s Vertretungen", counted.deputies),
        ngettext("%(num)s Absage", "%(num)s Absagen", counted.declined),
        _("%(num)s ohne Antwort", num=counted.silent),
    ]
    return ", ".join(parts)


def role_words(places: Sequence[Place]) -> str:
    """As what somebody is invited: „als Mitglied (Jobcenter)“."""
    words = [
        _("als Vertretung für %(organisation)s", organisation=place.organisation)
        if place.rank
        else _("als Gast für %(organisation)s", organisation=place.organisation)
        if place.kind == "guest"
        else _("als Mitglied für %(organisation)s", organisation=place.organisation)
        for place in places
    ]
    return ", ".join(words) or _("als Gast")


def refusal_words(reason: str) -> str:
    """Why an answer does not fit the seat."""
    return {
        rules.NO_DEPUTY: _("Diese Person ist keine Vertretung dieses Sitzes; die bestimmt die Geschäftsstelle."),
        rules.NOT_ON_SEAT: _("Für diesen Sitz antworten das Mitglied, seine Vertretung oder die Geschäftsstelle."),
        rules.TWO_SEATS: _("Diese Person kommt schon für einen anderen Sitz; niemand nimmt zwei Sitze ein."),
    }[reason]


def delivery_words(state: MailState | None, bounced: bool, tries: int) -> tuple[str, str]:
    """Where a letter stands, with its tone; without a state the outbox has forgotten it."""
    if bounced:
        return _("unzustellbar"), "danger"
    if state is None:
        return _("versandt oder aufgegeben, Mail gelöscht"), "neutral"
    if state == MailState.WAITING:
        return (_("wird erneut versucht"), "warning") if tries else (_("wartet"), "neutral")
    return (_("versandt"), "success") if state == MailState.SENT else (_("abgelehnt"), "danger")


def when_and_where(row: Meeting) -> str:
    """Day, time and place on lines of their own."""
    lines = [show_date(row.date, "long"), show_time_span(row.starts_at, row.ends_at) if row.starts_at else ""]
    return "\n".join(part for part in (*lines, row.place or "") if part)


def dial_in_text(row: Meeting) -> str:
    """How to join from afar, a way a line; empty where there is none."""
    ways = dial_in(row)
    return "\n".join((_("Zuschalten:"), *ways)) if ways else ""


def agenda_text(lines: Sequence[ItemLine]) -> str:
    """The agenda as plain text, an item a line."""
    return "\n".join(
        _("TOP %(number)s  %(title)s", number=each.item.number or "–", title=each.item.title)
        + (" " + _("(Nachtrag)") if each.item.supplement else "")
        for each in lines
    )


def subject_of(kind: LetterKind, row: Meeting) -> str:
    """The subject of a letter."""
    return _("%(what)s: %(title)s am %(day)s", what=letter_words(kind), title=row.title, day=show_date(row.date))


def opening_of(kind: LetterKind, receiver: Receiver, off: bool) -> str:
    """The first sentence of a letter."""
    role = role_words(receiver.places)
    return {
        LetterKind.INVITATION: _("Sie sind %(role)s zu dieser Sitzung eingeladen:", role=role),
        LetterKind.CHANGE: _("zu dieser Sitzung hat sich etwas geändert. Jetzt gilt:"),
        LetterKind.SUPPLEMENT: _("die Tagesordnung dieser Sitzung hat einen Nachtrag:"),
        LetterKind.CANCELLATION: _("diese Sitzung findet nicht statt:")
        if off
        else _("Ihre Einladung zu dieser Sitzung gilt nicht mehr:"),
    }[kind]


def coming_words(answer: Answer) -> str:
    """What was said for a seat, with who comes instead: „hat abgesagt“."""
    return {
        AnswerKind.ACCEPTED: _("hat zugesagt"),
        AnswerKind.DEPUTY: _("Vertretung angekündigt: %(name)s", name=answer.person),
        AnswerKind.DECLINED: _("hat abgesagt"),
    }[answer.kind]


FILTERS: dict[str, Callable[..., Any]] = {
    "letter_kind": letter_words,
    "answer_kind": answer_words,
    "answer_tone": answer_tone,
    "answer_tally": tally_words,
    "invited_as": role_words,
    "coming": coming_words,
}
"""The words of this room as template filters."""
