"""What the kinds of papers are called."""

from app.core.i18n import lazy
from knowledge.documents.states import PaperKind

PAPERS = {
    PaperKind.MINUTES: lazy("Niederschrift"),
    PaperKind.TOPIC_PAPER: lazy("Themenpapier"),
    PaperKind.CONCEPT: lazy("Konzept"),
    PaperKind.REPORT: lazy("Bericht"),
    PaperKind.GUIDELINE: lazy("Leitfaden"),
    PaperKind.OTHER: lazy("Sonstiges Papier"),
}
