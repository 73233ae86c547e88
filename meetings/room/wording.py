"""How presence and quorum are said in words. The numbers come from `rules.py`."""

from datetime import datetime
from typing import Any

from app.core.i18n import _, ngettext, show_time
from app.core.i18n import lazy as _l
from meetings.room.models import QuorumFinding
from meetings.room.rules import NO_SEATS, NOT_ALL_INVITED, SECOND_CALL, TOO_FEW, QuorumStatement
from meetings.room.states import (
    CapturedKind,
    Departure,
    Mode,
    MotionResult,
    Occasion,
    RecusalReason,
    Source,
    SpeechKind,
)


def present_words(statement: QuorumStatement) -> str:
    """The bare numbers: „9 von 16 Stimmberechtigten anwesend“."""
    return _(
        "%(present)s von %(entitled)s Stimmberechtigten anwesend",
        present=statement.present,
        entitled=statement.entitled,
    )


def _needed_words(statement: QuorumStatement) -> str:
    return ngettext("nötig ist %(num)s", "nötig sind %(num)s", statement.needed)


def quorum_sentence(statement: QuorumStatement) -> str:
    """The finding as it stands in the minutes, with its arithmetic."""
    if statement.kind == NO_SEATS:
        return _("Das Gremium hat keine stimmberechtigten Sitze und ist nicht beschlussfähig.")
    if statement.kind == NOT_ALL_INVITED:
        return _("Nicht alle Mitglieder wurden eingeladen; das Gremium ist nicht beschlussfähig.")
    numbers = {"present": present_words(statement), "needed": _needed_words(statement)}
    if statement.kind == SECOND_CALL:
        return _("%(present)s; nach zweiter Ladung ohne Rücksicht auf die Zahl beschlussfähig.", **numbers)
    if statement.kind == TOO_FEW:
        return _("%(present)s, %(needed)s: nicht beschlussfähig.", **numbers)
    return _("%(present)s, %(needed)s: beschlussfähig.", **numbers)


MODES = {Mode.ONSITE: _l("vor Ort"), Mode.REMOTE: _l("zugeschaltet")}
SOURCES = {Source.SELF: _l("selbst"), Source.CLERK: _l("Protokoll"), Source.QR: _l("Code an der Wand")}
DEPARTURES = {
    Departure.LEFT: _l("gegangen"),
    Departure.CONNECTION: _l("Verbindung abgebrochen"),
    Departure.RECUSED: _l("wegen Befangenheit hinausgegangen"),
    Departure.ENDED: _l("Ende der Sitzung"),
}
RECUSAL_REASONS = {
    RecusalReason.INTEREST: _l("eigener Vorteil oder Nachteil"),
    RecusalReason.RELATIVES: _l("Angehörige"),
    RecusalReason.EMPLOYMENT: _l("Beschäftigung oder Organstellung"),
    RecusalReason.REPRESENTATION: _l("Vertretung einer beteiligten Stelle"),
    RecusalReason.EARLIER_PART: _l("frühere Mitwirkung in der Sache"),
    RecusalReason.CONCERN: _l("Besorgnis der Befangenheit"),
}
SPEECHES = {SpeechKind.CONTRIBUTION: _l("Wortmeldung"), SpeechKind.POINT_OF_ORDER: _l("Zur Geschäftsordnung")}
CAPTURED = {CapturedKind.NOTE: _l("Notiz"), CapturedKind.TASK: _l("Auftrag"), CapturedKind.MOTION: _l("Antrag")}
MOTION_RESULTS = {
    MotionResult.ADOPTED: _l("angenommen"),
    MotionResult.REJECTED: _l("abgelehnt"),
    MotionResult.WITHDRAWN: _l("zurückgezogen"),
    MotionResult.LEFT_OPEN: _l("ohne Ergebnis"),
}


def finding_words(finding: QuorumFinding) -> str:
    """A written finding about the quorum, as it stands in the minutes."""
    values = {
        "time": show_time(finding.at),
        "numbers": _(
            "%(present)s von %(entitled)s Stimmberechtigten",
            present=finding.present,
            entitled=finding.entitled,
        ),
    }
    match finding.occasion:
        case Occasion.LOST:
            return _("Um %(time)s ist das Gremium mit %(numbers)s nicht mehr beschlussfähig.", **values)
        case Occasion.REGAINED:
            return _("Um %(time)s ist das Gremium mit %(numbers)s wieder beschlussfähig.", **values)
        case Occasion.VOTE if finding.reached:
            return _("Zur Abstimmung um %(time)s ist das Gremium mit %(numbers)s beschlussfähig.", **values)
    if finding.reached:
        return _("Beschlussfähigkeit festgestellt um %(time)s mit %(numbers)s.", **values)
    return _("Um %(time)s wird festgestellt: mit %(numbers)s nicht beschlussfähig.", **values)


def drift_words(minutes: int | None) -> str:
    """How far a meeting is off its planned end."""
    if minutes is None or minutes == 0:
        return _("wie geplant") if minutes == 0 else ""
    if minutes > 0:
        return ngettext("%(num)s Minute später als geplant", "%(num)s Minuten später als geplant", minutes)
    return ngettext("%(num)s Minute früher als geplant", "%(num)s Minuten früher als geplant", -minutes)


def milliseconds(moment: datetime | None) -> int:
    """A moment as browsers count it; 0 for none."""
    return int(moment.timestamp() * 1000) if moment else 0


SCREEN_WORDS: dict[str, Any] = {
    "drift_words": drift_words,
    "finding_words": finding_words,
    "milliseconds": milliseconds,
    "captured_names": CAPTURED,
    "motion_results": MOTION_RESULTS,
    "modes": MODES,
}
"""What the templates of the live parts call, which are rendered without the context of a page."""
