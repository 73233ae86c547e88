"""What cards and the outcomes of clusters are called, and the symbols that stand beside the words."""

from app.core.i18n import lazy as _l
from knowledge.reconstruction.card_states import CardKind, ClusterDecision

CARD_KINDS = {
    CardKind.BREAK.value: _l("Bruch"),
    CardKind.BRIDGE.value: _l("Brücke"),
    CardKind.QUESTION.value: _l("Frage"),
    CardKind.IDEA.value: _l("Idee"),
}
CARD_SYMBOLS = {
    CardKind.BREAK.value: "✕",
    CardKind.BRIDGE.value: "⌒",
    CardKind.QUESTION.value: "?",
    CardKind.IDEA.value: "✦",
}
DECISIONS = {
    ClusterDecision.LINK: _l("bekannte Fehlstelle"),
    ClusterDecision.NEW: _l("neue Fehlstelle"),
    ClusterDecision.SINGLE: _l("Einzelfall"),
}
