"""The live stream over HTTP. Features register who may follow which kind of channel."""

from collections.abc import Callable

from flask import Blueprint, Response, request, stream_with_context
from sqlmodel import Session, col, func, select

from app.core.errors import NotFound
from app.core.i18n import _
from app.core.live import stream
from app.core.permissions import ALLOWED, Actor, Verdict, hidden
from app.core.records import LiveEvent
from app.core.web import enforce, house, reading, requires, signed_in

blueprint = Blueprint("live", __name__)
MayFollow = Callable[[Session, Actor, str], Verdict]
_kinds: dict[str, MayFollow] = {}


def register_channel(kind: str, may_follow: MayFollow) -> None:
    """Let people follow channels "kind:key"; `may_follow(session, actor, key)` decides."""
    _kinds[kind] = may_follow


def may_listen(actor: Actor) -> Verdict:
    """Everybody who is signed in may ask; the channel decides."""
    del actor
    return ALLOWED


def verdict(tenant_id: int, actor: Actor, kind: str, key: str) -> Verdict:
    """What the channel's feature says, in a session of its own: a stream holds none."""
    may_follow = _kinds.get(kind)
    if may_follow is None:
        return hidden()
    with house().database.read(tenant_id) as session:
        return may_follow(session, actor, key)


@blueprint.get("/live/<kind>/<key>")
@requires(may_listen)
def follow(kind: str, key: str) -> Response:
    """Server-sent events of one channel."""
    actor, owner = signed_in(), house()
    if kind not in _kinds:
        raise NotFound(_("Diese Seite gibt es nicht."))
    enforce(verdict(actor.tenant_id, actor, kind, key))
    last = request.headers.get("Last-Event-ID") or request.args.get("seit", "")
    frames = stream(
        owner.hub,
        owner.database,
        actor.tenant_id,
        f"{kind}:{key}",
        int(last) if last.isdecimal() else None,
        lambda: bool(verdict(actor.tenant_id, actor, kind, key)),
    )
    return Response(stream_with_context(frames), mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})


def newest_signal() -> int:
    """For the address of a stream (`seit`): what its page could not show yet is told on connecting. One statement."""
    return reading().exec(select(func.max(col(LiveEvent.id)))).one() or 0
