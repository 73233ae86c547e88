"""What a change of the synonyms does, seen before it is made: for each word of the group the hits before and after."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.permissions import Actor
from knowledge.search import glossary
from knowledge.search.service import SearchService

MOST_WORDS, MOST_TITLES = 12, 3


@dataclass(frozen=True)
class Effect:
    """For one word: how many hits a search for it has now and would have, and the first of those that would be new."""

    word: str
    before: int
    after: int
    titles: tuple[str, ...]


def effect(
    service: SearchService, actor: Actor, entries: Sequence[glossary.Entry], entry: glossary.Entry
) -> list[Effect]:
    """The effect of putting `entry` in its place, on what this person finds."""
    now = tuple(each.group for each in entries)
    then = glossary.changed(entries, entry)
    found = []
    for word in entry.group.words[:MOST_WORDS]:
        before = service.find(actor, word, limit=40, snippets=False, synonyms=now)
        after = service.find(actor, word, limit=40, snippets=False, synonyms=then)
        if before is None or after is None:
            return []
        known = {(hit.kind, hit.key) for hit in before.hits}
        new = [hit.title for hit in after.hits if (hit.kind, hit.key) not in known]
        found.append(Effect(word, before.total, after.total, tuple(new[:MOST_TITLES])))
    return found
