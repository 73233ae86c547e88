"""Who may have a session folder. Pure predicates."""

from collections.abc import Collection

from exports.folder.plan import Parts


def may_have(
    parts: Parts, *, sees_whole: bool, items: Collection[int], papers: Collection[int], enclosures: Collection[int]
) -> bool:
    """Whether a folder of these parts holds nothing but what its reader may see today.

    `items` are those of the public part now, `papers` those of its papers that the reader may read now, `enclosures`
    those of its files that are still there: who has lost a seat loses the folder, a guest also loses one that names an
    item which is not public any more, and with an erased attachment goes every folder that it is in.
    """
    return (
        (sees_whole or (not parts.whole and set(parts.items) <= set(items)))
        and {id_ for id_, _version in parts.papers} <= set(papers)
        and set(parts.enclosures) <= set(enclosures)
    )
