"""How tasks, their states and lights are said in words."""

from app.core.i18n import _
from meetings.follow_up.rules import Light
from meetings.follow_up.states import TaskState


def state_words(state: str) -> str:
    """Where a task stands."""
    return {
        TaskState.OPEN: _("offen"),
        TaskState.IN_PROGRESS: _("in Arbeit"),
        TaskState.CONTINUOUS: _("läuft dauerhaft"),
        TaskState.BLOCKED: _("steht still"),
        TaskState.DONE_REPORTED: _("erledigt gemeldet"),
        TaskState.CLOSED_NOTED: _("erledigt, zur Kenntnis genommen"),
        TaskState.SUPERSEDED: _("durch einen anderen Beschluss ersetzt"),
    }[TaskState(state)]


def light_words(light: str) -> str:
    """The light in words, which stand beside its colour."""
    return {
        Light.RED: _("rot: offen, still oder überfällig"),
        Light.YELLOW: _("gelb: in Arbeit"),
        Light.GREEN: _("grün: erledigt gemeldet"),
        Light.GREY: _("grau: nicht mehr auf der Liste"),
    }[Light(light)]


def light_name(light: str) -> str:
    """The light in one word."""
    return {Light.RED: _("rot"), Light.YELLOW: _("gelb"), Light.GREEN: _("grün"), Light.GREY: _("grau")}[Light(light)]


TONES = {Light.RED: "danger", Light.YELLOW: "warning", Light.GREEN: "success", Light.GREY: "neutral"}


def standing(state: str, overdue: bool) -> str:
    """The state, and that it is too late if it is."""
    words = state_words(state)
    return _("%(state)s, überfällig", state=words) if overdue else words
