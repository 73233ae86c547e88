"""How presence and quorum are said in words. The numbers come from `rules.py`."""

from app.core.i18n import _, ngettext
from meetings.room.rules import NO_SEATS, NOT_ALL_INVITED, SECOND_CALL, TOO_FEW, QuorumStatement


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
