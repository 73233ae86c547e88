"""The page of a form that is not open for a gap in its present state: why, and where to go instead."""

from flask import Response, url_for

from app.core.errors import DomainError
from app.core.i18n import _
from app.core.web import page, reading, signed_in
from knowledge.gaps.lineage import end_of
from knowledge.gaps.models import Gap
from knowledge.gaps.policy import may_read_gap
from knowledge.gaps.rules import GAP_LIFECYCLE
from knowledge.gaps.states import GapStatus
from knowledge.taxonomy.terms import label


def merged_away(gap: Gap) -> Response | None:
    """For a merged gap: it is changed no more, and the gap that took it in for those who may read it."""
    if gap.status != GapStatus.MERGED:
        return None
    target = end_of(reading(), gap)
    if target is None or not may_read_gap(signed_in(), target):
        return _barred_page(
            gap, _("Diese Fehlstelle ist zusammengeführt. Geändert wird sie erst, wenn sie wieder getrennt ist.")
        )
    sentence = _(
        "Diese Fehlstelle ist in %(target)s aufgegangen. Geändert wird sie erst, wenn sie wieder getrennt ist.",
        target=target.key,
    )
    way = (f"{target.key} {target.title}", url_for("gaps.show", key=target.key))
    return _barred_page(gap, sentence, [way])


def mergeable(status: str) -> bool:
    """Whether the life of a gap knows merging from here."""
    return GapStatus.MERGED in GAP_LIFECYCLE.targets(status)


def not_mergeable(gap: Gap) -> Response | None:
    """For a gap that cannot be merged now: in which states it could be."""
    if mergeable(gap.status):
        return None
    sources = [step.source for step in GAP_LIFECYCLE.transitions if step.target == GapStatus.MERGED]
    sentence = _(
        "Der Stand ist „%(state)s“. Zusammenführen geht nur aus einem dieser Stände: %(states)s.",
        state=label("gap_states", gap.status.value),
        states=", ".join(f"„{label('gap_states', source)}“" for source in sources),
    )
    return _barred_page(gap, sentence)


def _barred_page(gap: Gap, sentence: str, ways: list[tuple[str, str]] | None = None) -> Response:
    """A refusal like any other of the rules: 409, with a way on."""
    back = (_("Zurück zu %(key)s", key=gap.key), url_for("gaps.show", key=gap.key, original="ja"))
    return page("gaps/barred.html", status=DomainError.status, gap=gap, sentence=sentence, ways=[*(ways or []), back])
