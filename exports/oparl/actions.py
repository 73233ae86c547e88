"""Publishing a meeting, taking it back, and switching a body on or off."""

import json

from app.core.errors import DomainError, InvalidInput
from app.core.i18n import _
from app.core.work import Work
from exports.oparl import policy, queries
from exports.oparl.models import OparlBody, OparlMeeting
from exports.oparl.rules import PUBLISHABLE, Published
from knowledge.privacy.confirming import hits_in
from meetings.agenda.locking import locked_meeting


def texts_of(published: Published) -> list[str]:
    """What people would read."""
    return [published.name, *(text for item in published.items for text in (item.name, item.resolution))]


def as_text(published: Published) -> str:
    """What is stored of a publication."""
    return json.dumps(published.as_data(), ensure_ascii=False)


def switch(work: Work, key: str, *, on: bool) -> OparlBody:
    """Let the body of this meeting publish, or let everything it published be gone."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_publish(work.actor, meeting))
    row = queries.switch_of(work.session, meeting.body.body_id)
    if row is None:
        row = OparlBody(body_id=meeting.body.body_id, first_at=work.now, modified_at=work.now, is_on=on)
    elif row.is_on != on:
        row.is_on, row.modified_at = on, work.now
    work.session.add(row)
    work.session.flush()
    work.record("oparl.switched", meeting.body_row, on=on)
    return row


def publish(work: Work, key: str, *, read_through: bool) -> OparlMeeting:
    """Publish what the preview shows; again after changes, and then what was public and is not any more is gone."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_publish(work.actor, meeting))
    if meeting.state not in PUBLISHABLE:
        raise DomainError(_("Veröffentlichen können Sie, sobald die Sitzung geschlossen ist."))
    switched = queries.switch_of(work.session, meeting.body.body_id)
    if switched is None or not switched.is_on:
        raise DomainError(_("Dieses Gremium veröffentlicht nicht. Schalten Sie die Veröffentlichung zuerst ein."))
    content = queries.publishable(work.session, meeting)
    if hits_in(texts_of(content)) and not read_through:
        raise InvalidInput(_("Bitte bestätigen Sie, dass Sie die Texte auf Personen geprüft haben."))
    row = queries.published_row(work.session, meeting.id)
    if row is None:
        row = OparlMeeting(meeting_id=meeting.id, first_at=work.now, modified_at=work.now, content="")
    row.content = as_text(content)
    row.modified_at, row.is_withdrawn = work.now, False
    work.session.add(row)
    work.record("oparl.published", meeting.meeting, items=len(content.items))
    return row


def withdraw(work: Work, key: str) -> OparlMeeting:
    """Take back what was published of a meeting; its address answers that it is gone."""
    meeting = locked_meeting(work, key)
    work.require(policy.may_publish(work.actor, meeting))
    row = queries.published_row(work.session, meeting.id)
    if row is None or row.is_withdrawn:
        raise DomainError(_("Von dieser Sitzung ist nichts veröffentlicht."))
    row.is_withdrawn, row.modified_at = True, work.now
    work.session.add(row)
    work.record("oparl.withdrawn", meeting.meeting)
    return row
