"""The one refusal of all forms whose text more people will read: passages that nobody confirmed as harmless (DP-10)."""

from collections.abc import Collection, Iterable

from sqlmodel import Session, select

from app.core.errors import InvalidInput
from app.core.i18n import _
from app.people.models import Municipality, Organisation
from knowledge.privacy.rules import Hit, check, without_kind


class Unchecked(InvalidInput):
    """The text may point at a person, and nobody has confirmed that it does not. `hits`: each passage once."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        super().__init__(_("Bitte prüfen Sie die markierten Stellen, bevor mehr Menschen den Text lesen."))
        self.hits = tuple(hits)


def names_for(session: Session) -> frozenset[str]:
    """The names of the county's municipalities and organisations. Two statements."""
    return frozenset((*session.exec(select(Municipality.name)), *session.exec(select(Organisation.name))))


def places_for(session: Session) -> frozenset[str]:
    """The names of the county's municipalities, with and without „Gemeinde“: no people, where places may be named."""
    names = list(session.exec(select(Municipality.name)))
    return frozenset((*names, *map(without_kind, names)))


def hits_in(
    texts: Iterable[str], names: Collection[str] = (), allowed: Collection[str] = (), *, in_case: bool = False
) -> tuple[Hit, ...]:
    """What in the texts could point at a person, each passage once, in the order of the texts."""
    found = (hit for text in texts if text for hit in check(text, names, allowed, in_case=in_case))
    return tuple({hit.key: hit for hit in found}.values())


def refuse_unconfirmed(
    texts: Iterable[str],
    confirmed: Collection[str],
    names: Collection[str] = (),
    accepted: Iterable[str] = (),
    allowed: Collection[str] = (),
) -> None:
    """Unchecked unless every passage was confirmed (keys of hits) or stands in the `accepted` texts already.

    It names all passages that are new, the confirmed ones too: the form asks again with what was ticked still ticked.
    `names` are looked for and `allowed` never count; whose names these are is the caller's to say.
    """
    new = hits_in(texts, names, allowed)
    if new and (known := {hit.key for hit in hits_in(accepted, names, allowed)}):
        new = tuple(hit for hit in new if hit.key not in known)
    if any(hit.key not in confirmed for hit in new):
        raise Unchecked(new)
