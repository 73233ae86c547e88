"""How attendance, states and files of minutes are said in words."""

from collections.abc import Iterable

from app.core.i18n import _
from meetings.minutes.rules import SeatAtMeeting
from meetings.minutes.states import FilePurpose, MinutesKind, MinutesState, SigningRole, Treatment


def remark(seat: SeatAtMeeting) -> str:
    """For whom somebody sat there, empty if for themselves."""
    return _("in Vertretung für %(name)s", name=seat.substitute_for) if seat.substitute_for else ""


def seat_rows(seats: Iterable[SeatAtMeeting]) -> list[list[str]]:
    """Organisation, name and remark of each seat, for a table."""
    return [[seat.organisation, seat.present or seat.holder, remark(seat)] for seat in seats]


def state_words(state: str) -> str:
    """Where the minutes stand, in a word or two."""
    return {
        MinutesState.DRAFTING: _("Entwurf"),
        MinutesState.INTERNAL_REVIEW: _("in interner Prüfung"),
        MinutesState.CIRCULATED: _("versandt"),
        MinutesState.SIGNED: _("unterzeichnet"),
        MinutesState.NOTED: _("zur Kenntnis genommen"),
        MinutesState.APPROVED: _("genehmigt"),
    }[MinutesState(state)]


TONES = {
    MinutesState.DRAFTING: "warning",
    MinutesState.INTERNAL_REVIEW: "warning",
    MinutesState.CIRCULATED: "info",
}


def state_tone(state: str) -> str:
    """The colour that repeats the state."""
    return TONES.get(MinutesState(state), "success")


def step_words(target: str) -> str:
    """What the button of a step says."""
    return {
        MinutesState.DRAFTING: _("Zurück in den Entwurf"),
        MinutesState.INTERNAL_REVIEW: _("Zur internen Prüfung geben"),
        MinutesState.CIRCULATED: _("An die Mitglieder versenden"),
        MinutesState.SIGNED: _("Unterzeichnen"),
        MinutesState.NOTED: _("Zur Kenntnis genommen"),
        MinutesState.APPROVED: _("Als genehmigt festhalten"),
    }[MinutesState(target)]


def kinds() -> dict[str, str]:
    """The kinds of minutes."""
    return {
        MinutesKind.RESULT.value: _("Ergebnisprotokoll: Beschlüsse und Ergebnisse"),
        MinutesKind.CONDENSED.value: _("Ausführliches Ergebnisprotokoll: dazu die wesentlichen Beiträge"),
    }


def treatments() -> dict[str, str]:
    """What can become of an objection."""
    return {
        Treatment.NOTED.value: _("zur Kenntnis genommen"),
        Treatment.CORRECTION_ADOPTED.value: _("Berichtigung beschlossen"),
        Treatment.REJECTED.value: _("zurückgewiesen"),
    }


def role_words(role: str) -> str:
    """As what somebody signs."""
    return _("Vorsitz") if role == SigningRole.CHAIR else _("Schriftführung")


def purpose_words(purpose: str) -> str:
    """What a kept file is."""
    return {
        FilePurpose.SIGNED_DOCX: _("Unterzeichnete Niederschrift (DOCX)"),
        FilePurpose.SIGNED_PDF: _("Unterzeichnete Niederschrift (PDF)"),
        FilePurpose.PUBLIC_DOCX: _("Öffentliche Fassung (DOCX)"),
        FilePurpose.PUBLIC_PDF: _("Öffentliche Fassung (PDF)"),
        FilePurpose.EXTRACT_DOCX: _("Beschlussauszug (DOCX)"),
        FilePurpose.EXTRACT_PDF: _("Beschlussauszug (PDF)"),
        FilePurpose.SCAN: _("Scan des unterzeichneten Papiers"),
    }[FilePurpose(purpose)]
