"""Who may follow the live signals of a thing: whoever may read it, asked again for as long as they follow."""

from sqlmodel import Session

from app.core.live_web import MayFollow, register_channel
from app.core.permissions import Actor, Verdict
from knowledge.conversation import subjects
from knowledge.conversation.policy import may_read_subject


def register() -> None:
    """Channels „gap:<id>“, „topic:<id>“, „solution:<id>“."""
    for kind in subjects.kinds():
        register_channel(kind, _follower(kind))


def _follower(kind: str) -> MayFollow:
    def may_follow(session: Session, actor: Actor, key: str) -> Verdict:
        thing_id = int(key) if key.isdecimal() and len(key) < 10 else 0
        return may_read_subject(subjects.is_readable(session, actor, kind, thing_id))

    return may_follow
