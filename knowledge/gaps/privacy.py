"""The privacy check of what gaps say, with the names of this county's municipalities and organisations."""

from collections.abc import Collection, Iterable

from sqlmodel import Session, select

from app.people.models import Municipality, Organisation
from knowledge.privacy.rules import Hit, check


def hits_in(session: Session, texts: Iterable[str]) -> list[Hit]:
    """The hits in these texts, each passage once. Two statements."""
    names = {*session.exec(select(Municipality.name)), *session.exec(select(Organisation.name))}
    found = {hit.key: hit for text in texts if text for hit in check(text, names)}
    return list(found.values())


def still_open(
    session: Session, texts: Iterable[str], accepted: Iterable[str], confirmed: Collection[str]
) -> list[Hit]:
    """The hits that nobody has confirmed: neither now, by their keys, nor in the texts that were accepted before."""
    known = {hit.key for hit in hits_in(session, accepted)} | set(confirmed)
    return [hit for hit in hits_in(session, texts) if hit.key not in known]
