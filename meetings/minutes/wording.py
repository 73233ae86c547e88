"""How attendance, states and files of minutes are said in words."""

from collections.abc import Iterable, Sequence

from app.core.i18n import _, show_time
from meetings.minutes.attendance import Attendance
from meetings.minutes.queries import MinutesSheet
from meetings.minutes.rules import SeatAtMeeting
from meetings.minutes.states import FilePurpose, MinutesKind, MinutesState, SigningRole, Treatment


def remark(seat: SeatAtMeeting, first: str = "") -> str:
    """For whom somebody sat there, and for which items; empty if for themselves and throughout."""
    stands_for = _("in Vertretung für %(name)s", name=seat.substitute_for) if seat.substitute_for else ""
    return ", ".join(part for part in (stands_for, stay_words(seat.attended, first)) if part)


def seat_heads(*tables: Sequence[Sequence[str]]) -> list[str]:
    """The heads of such tables: the last column only where somebody has a remark."""
    heads = [_("Organisation"), _("Name")]
    return [*heads, _("Bemerkung")] if any(row[2] for rows in tables for row in rows) else heads


def stay_words(found: Attendance, first: str = "") -> str:
    """For which items somebody was there: „ab TOP 3“. `first` is the first item: from it on is throughout."""
    parts = [
        _("ab TOP %(number)s", number=found.since) if found.since not in ("", first) else "",
        _("bis TOP %(number)s", number=found.until) if found.until else "",
        _("zeitweise abwesend: TOP %(numbers)s", numbers=", ".join(found.away)) if found.away else "",
        _("zugeschaltet") if found.remote else "",
    ]
    return ", ".join(part for part in parts if part)


def first_item(sheet: MinutesSheet) -> str:
    """The number of the item that was called first: whoever came during it was there from the beginning."""
    return sheet.course[0].number if sheet.course else ""


def time_words(sheet: MinutesSheet) -> tuple[str, str]:
    """When it began and ended; what was only planned is called so, and an end that nobody recorded is left out."""
    planned = _("%(time)s (geplant)", time=show_time(sheet.meeting.starts_at)) if sheet.meeting.starts_at else ""
    begun = show_time(sheet.begun_at) if sheet.begun_at else planned
    return begun, show_time(sheet.ended_at) if sheet.ended_at else ""


def seat_rows(seats: Iterable[SeatAtMeeting], first: str = "") -> list[list[str]]:
    """Organisation, name and remark of each seat, for a table."""
    return [[seat.organisation, seat.present or seat.holder, remark(seat, first)] for seat in seats]


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
        MinutesKind.RESULT.value: _("Ergebnisprotokoll: nur Beschlüsse, Ergebnisse und Aufträge"),
        MinutesKind.CONDENSED.value: _("Ausführliches Ergebnisprotokoll: dazu, was beraten wurde"),
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
