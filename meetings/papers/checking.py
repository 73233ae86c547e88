"""The look at a paper's texts before more people read them: what could point at a person is confirmed or taken out."""

from collections.abc import Collection, Iterable

from sqlmodel import Session

from knowledge.conversation.versions import pointing_at_somebody
from knowledge.privacy.confirming import Unchecked, places_for, refuse_unconfirmed


def look_at(session: Session, texts: Iterable[str], confirmed: Collection[str], accepted: Iterable[str] = ()) -> None:
    """Unchecked if a passage is neither confirmed nor in the `accepted` texts, which others read already."""
    refuse_unconfirmed(texts, confirmed, accepted=accepted, allowed=places_for(session))


def look_at_earlier(session: Session, texts: Iterable[str], accepted: Iterable[str]) -> None:
    """The same for a version that is to be put back: there is no form in which to confirm."""
    try:
        look_at(session, texts, (), accepted)
    except Unchecked as error:
        raise pointing_at_somebody() from error
