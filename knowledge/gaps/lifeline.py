"""Where a gap stands in its life, as a row of steps: the way to „behoben“, and the side roads. Pure."""

WAY = (
    "reported", "in_review", "topic_store", "submitted", "prioritised",
    "in_project", "implementing", "monitoring", "resolved",
)  # fmt: skip
"""The states from the first report to the end, in their order."""

SIDE_ROADS: dict[str, tuple[str, tuple[str, ...]]] = {
    "deferred": ("submitted", ("topic_store", "submitted")),
    "escalated": ("submitted", ("monitoring", "resolved")),
    "declined": ("in_review", ()),
    "merged": ("in_review", ()),
    "single_case": ("in_review", ()),
}
"""State → the last state of the way before it, and where the road leads from there."""


def steps(status: str) -> tuple[tuple[str, str], ...]:
    """Pairs (state, "done" | "current" | "todo") from the first report on; a side road stands where it left."""
    if status in SIDE_ROADS:
        last, onward = SIDE_ROADS[status]
        before = WAY[: WAY.index(last) + 1]
    else:
        before, onward = WAY[: WAY.index(status)], WAY[WAY.index(status) + 1 :]
    return (*((key, "done") for key in before), (status, "current"), *((key, "todo") for key in onward))
