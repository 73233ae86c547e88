"""How a person wants to be told of news: never, daily or weekly, and of mentions at once."""

from sqlmodel import Session, col, select

from app.core.work import Work
from knowledge.conversation.models import NewsWish
from knowledge.conversation.states import Rhythm


def wish_of(session: Session, person_id: int) -> NewsWish:
    """The person's wish, or the defaults."""
    found = session.exec(select(NewsWish).where(col(NewsWish.person_id) == person_id)).first()
    return found or NewsWish(person_id=person_id)


def choose_news(work: Work, rhythm: Rhythm, mentions_at_once: bool) -> NewsWish:
    """Keep how the person wants to be told."""
    wish = wish_of(work.session, work.actor.person_id)
    wish.rhythm, wish.mentions_at_once = rhythm, mentions_at_once
    work.session.add(wish)
    work.record("news.chosen", wish, rhythm=rhythm.value, at_once=mentions_at_once)
    return wish
