"""Words for the states of workshops and mails."""

from app.core.i18n import _, lazy
from app.core.mail_states import MailState
from knowledge.workshops.states import InvitationMethod, WorkshopState

STATES = {
    WorkshopState.PLANNED: (lazy("geplant"), "info"),
    WorkshopState.RUNNING: (lazy("läuft"), "success"),
    WorkshopState.PAUSED: (lazy("unterbrochen"), "warning"),
    WorkshopState.HELD: (lazy("durchgeführt"), "info"),
    WorkshopState.RELEASED: (lazy("ausgewertet und freigegeben"), "success"),
    WorkshopState.CANCELLED: (lazy("abgesagt"), "neutral"),
}
"""Word and tone of the badge."""

METHODS = {InvitationMethod.REQUEST: lazy("Einladung"), InvitationMethod.CANCEL: lazy("Absage")}

MAILS = {
    MailState.WAITING: (lazy("wartet auf den Versand"), "info"),
    MailState.SENT: (lazy("versandt"), "success"),
    MailState.FAILED: (lazy("nicht zugestellt"), "danger"),
}


def confidentiality_statement() -> str:
    """What everybody signs on paper (DP-18)."""
    return _(
        "Mit meiner Unterschrift erkläre ich: Was ich in dieser Fallrekonstruktion über Menschen erfahre, behalte ich "
        "für mich. Ich nutze es nicht in meinem Amt, ich versuche nicht herauszufinden, um wen es geht, und ich gebe "
        "keine Unterlagen weiter. Das gilt auch nach dem Ende meiner Tätigkeit."
    )
