"""How meetings, their steps and their items read in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from app.core.i18n import _, ngettext
from knowledge.taxonomy.terms import label
from knowledge.trace.wording import kind_label
from meetings.agenda.matters import title_words
from meetings.agenda.rules import AgendaTime, NoticeStatement
from meetings.agenda.states import AgendaVoteMethod, ItemKind, ItemPart, ItemResult, ItemState, MeetingState

JOURNEY = (
    MeetingState.DRAFT,
    MeetingState.SCHEDULED,
    MeetingState.INVITED,
    MeetingState.RUNNING,
    MeetingState.HELD,
    MeetingState.CLOSED,
)
"""The states that every meeting passes, for the picture of its life."""

TONES = {
    MeetingState.INVITED: "info",
    MeetingState.RUNNING: "success",
    MeetingState.PAUSED: "warning",
    MeetingState.CANCELLED: "danger",
}
ITEM_TONES = {ItemState.CURRENT: "info", ItemState.DONE: "success", ItemState.POSTPONED: "warning"}


def state_words(state: str) -> str:
    """The state of a meeting in one word."""
    return {
        MeetingState.DRAFT: _("Entwurf"),
        MeetingState.SCHEDULED: _("terminiert"),
        MeetingState.INVITED: _("eingeladen"),
        MeetingState.RUNNING: _("läuft"),
        MeetingState.PAUSED: _("unterbrochen"),
        MeetingState.HELD: _("durchgeführt"),
        MeetingState.CLOSED: _("abgeschlossen"),
        MeetingState.CANCELLED: _("abgesagt"),
    }[MeetingState(state)]


def state_tone(state: str) -> str:
    """The colour that repeats the state of a meeting."""
    return TONES.get(MeetingState(state), "neutral")


def item_state_words(state: ItemState) -> str:
    """Where the meeting stands with an item, in one word."""
    return {
        ItemState.OPEN: _("offen"),
        ItemState.CURRENT: _("läuft"),
        ItemState.DONE: _("erledigt"),
        ItemState.POSTPONED: _("vertagt"),
    }[state]


def item_kind_words(kind: ItemKind) -> str:
    """What an item is, in one word."""
    return {
        ItemKind.PROCEDURAL: _("Formalia"),
        ItemKind.DECISION: _("Beschluss"),
        ItemKind.REPORT: _("Bericht"),
        ItemKind.DISCUSSION: _("Beratung"),
        ItemKind.VOTE: _("Abstimmung"),
    }[kind]


def part_words(part: ItemPart) -> str:
    """The part of the meeting, as the agenda heads it."""
    return {
        ItemPart.PUBLIC: _("A. Öffentlicher Teil"),
        ItemPart.NON_PUBLIC: _("B. Nicht öffentlicher Teil"),
    }[part]


def result_words(result: ItemResult) -> str:
    """What came of an item, as the minutes say it."""
    return {
        ItemResult.NOTED: _("zur Kenntnis genommen"),
        ItemResult.DEFERRED: _("vertagt"),
        ItemResult.REFERRED: _("an ein anderes Gremium verwiesen"),
        ItemResult.WITHDRAWN: _("abgesetzt"),
        ItemResult.NO_DECISION: _("beraten, kein Beschluss gefasst"),
        ItemResult.NOT_REACHED: _("nicht behandelt, aus Zeitgründen nicht erreicht"),
    }[result]


def method_words(method: AgendaVoteMethod) -> str:
    """How an item is voted on."""
    return {
        AgendaVoteMethod.RESOLUTION: _("Abstimmung mit Ja, Nein, Enthaltung"),
        AgendaVoteMethod.DOTS: _("Punktabfrage"),
        AgendaVoteMethod.CRITERIA_THEN_DOTS: _("Bewertung nach Kriterien, dann Punktabfrage"),
        AgendaVoteMethod.APPROVAL: _("Zustimmung zu beliebig vielen"),
        AgendaVoteMethod.RANKED: _("Rangfolge"),
        AgendaVoteMethod.SCORE: _("Punktwertung"),
        AgendaVoteMethod.RESISTANCE: _("Widerstandsabfrage"),
    }[method]


@dataclass(frozen=True)
class StepWords:
    """A step in words: the button, and what pressing it does."""

    button: str
    effect: str


def step_words(target: MeetingState, source: str) -> StepWords:
    """The words of the step to `target`; resuming a meeting reads differently from opening it."""
    if target == MeetingState.RUNNING and source == MeetingState.PAUSED:
        return StepWords(_("Sitzung fortsetzen"), _("Anwesenheit, Abstimmungen und Beschlüsse sind wieder möglich."))
    return {
        MeetingState.SCHEDULED: StepWords(
            _("Sitzung terminieren"), _("Tag, Uhrzeit und Ort stehen fest; alle Mitglieder sehen den Termin.")
        ),
        MeetingState.INVITED: StepWords(
            _("Einladung als versandt festhalten"),
            _("Die Einladung mit Tagesordnung ist an alle Mitglieder gegangen; sie können sich anwesend melden."),
        ),
        MeetingState.RUNNING: StepWords(
            _("Sitzung eröffnen"),
            _("Ab jetzt können Abstimmungen geöffnet und Beschlüsse festgehalten werden."),
        ),
        MeetingState.PAUSED: StepWords(
            _("Sitzung unterbrechen"), _("Bis zur Fortsetzung kann keine Abstimmung geöffnet werden.")
        ),
        MeetingState.HELD: StepWords(
            _("Sitzung schließen"),
            _("Anwesenheit, Tagesordnung und Abstimmungen sind danach fest; Änderungen sind nur noch Berichtigungen."),
        ),
        MeetingState.CLOSED: StepWords(
            _("Sitzung abschließen"), _("Alle Ergebnisse liegen vor; die Sitzung geht in die Ablage.")
        ),
    }[target]


def notice_words(statement: NoticeStatement) -> str:
    """The notice period with its arithmetic: „16 Tage, verlangt sind 14“."""
    days = ngettext("%(num)s Tag", "%(num)s Tage", statement.days)
    if statement.kept:
        return _("%(days)s, verlangt sind %(needed)s", days=days, needed=statement.needed)
    return _("nur %(days)s, verlangt sind %(needed)s", days=days, needed=statement.needed)


def minutes_words(minutes: int) -> str:
    """A planned duration: „25 Min.“."""
    return _("%(num)s Min.", num=minutes)


def agenda_time_words(time: AgendaTime) -> str:
    """Planned against available time: „135 von 150 Minuten verplant“."""
    words = _("%(planned)s von %(available)s Minuten verplant", planned=time.planned, available=time.available)
    if time.fits:
        return words
    return _("%(words)s, %(missing)s Minuten zu viel", words=words, missing=-time.spare)


def criteria_words(keys: Iterable[str]) -> str:
    """The criteria by which topics are prepared, in one line."""
    return ", ".join(label("priority_criteria", key) for key in keys)


def titled(body: str, title: str) -> str:
    """A meeting with its body: „9. Sitzung der Lenkungsgruppe KIM“ names it already, „Herbstsitzung“ does not."""
    named = [word for word in body.split() if title_words(word)][:2]
    return title if named and title_words(" ".join(named)) <= title_words(title) else f"{body}: {title}"


def item_state_tone(state: ItemState) -> str:
    """The colour that repeats where the meeting stands with an item."""
    return ITEM_TONES.get(state, "neutral")


def journey(state: str) -> list[dict[str, str]]:
    """The life of a meeting as `ui.steps` takes it; a pause is part of the running meeting."""
    here = MeetingState.RUNNING if state == MeetingState.PAUSED else MeetingState(state)
    place = JOURNEY.index(here) if here in JOURNEY else -1
    return [
        {"label": state_words(each), "state": "done" if index < place else "current" if index == place else "todo"}
        for index, each in enumerate(JOURNEY)
    ]


FILTERS: dict[str, Callable[..., Any]] = {
    "meeting_state": state_words,
    "meeting_tone": state_tone,
    "item_state": item_state_words,
    "item_tone": item_state_tone,
    "item_kind": item_kind_words,
    "item_part": part_words,
    "item_result": result_words,
    "vote_method": method_words,
    "step_words": step_words,
    "notice": notice_words,
    "agenda_time": agenda_time_words,
    "minutes": minutes_words,
    "journey": journey,
    "criteria": criteria_words,
    "subject_kind": kind_label,
}
"""The words of this room as template filters."""
