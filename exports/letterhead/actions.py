"""Putting a letterhead or template to use, removing it, taking that back; the head of PDFs likewise."""

import hashlib
from dataclasses import dataclass

from sqlmodel import col, select

from app.core.errors import DomainError, NotFound
from app.core.i18n import _
from app.core.work import Work
from app.people.models import Tenant
from exports.base_document.base import Checked
from exports.letterhead.models import BaseDocument, PageHead
from exports.letterhead.places import FoundPlace, place_at
from exports.letterhead.policy import may_dress
from exports.letterhead.queries import head_slot, slot_of, version_by_id
from exports.letterhead.states import Purpose

LONGEST_NAME = 200


@dataclass(frozen=True)
class HeadDraft:
    """What was typed for the head of PDFs; `logo` None keeps the present one, empty bytes remove it."""

    lines: str
    footer: str
    logo: bytes | None
    logo_words: str


def put_to_use(work: Work, place: str, purpose: Purpose, name: str, checked: Checked) -> BaseDocument:
    """Use an upload from now on; what held before stays as an older version."""
    found = _dressed_place(work, place)
    _vacate(work, slot_of(purpose, found.body_id))
    row = BaseDocument(
        purpose=purpose,
        body_id=found.body_id,
        slot=slot_of(purpose, found.body_id),
        name=name.strip()[:LONGEST_NAME],
        content=checked.content,
        size=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
        notes="\n".join(checked.notes),
        at=work.now,
        by_id=work.actor.person_id or None,
    )
    work.session.add(row)
    work.record("letterhead.put_to_use", row, purpose=purpose.value, place=found.key)
    return row


def remove(work: Work, place: str, purpose: Purpose) -> None:
    """Use it no longer; it stays as an older version."""
    found = _dressed_place(work, place)
    row = _vacate(work, slot_of(purpose, found.body_id))
    if row is None:
        raise DomainError(_("Hier ist nichts in Gebrauch."))
    work.record("letterhead.removed", row, purpose=purpose.value, place=found.key)


def use_again(work: Work, place: str, purpose: Purpose, version_id: int) -> BaseDocument:
    """Take a replacement or removal back: this older version holds again."""
    found = _dressed_place(work, place)
    row = version_by_id(work.session, purpose, found.body_id, version_id)
    if row is None:
        raise NotFound(_("Diese Fassung gibt es nicht."))
    _vacate(work, slot_of(purpose, found.body_id))
    row.slot = slot_of(purpose, found.body_id)
    work.session.add(row)
    work.record("letterhead.used_again", row, purpose=purpose.value, place=found.key)
    return row


def save_head(work: Work, place: str, draft: HeadDraft) -> PageHead:
    """Use these lines and this logo from now on."""
    found = _dressed_place(work, place)
    before = _vacate_head(work, found)
    logo = (before.logo if before else None) if draft.logo is None else draft.logo or None
    row = PageHead(
        body_id=found.body_id,
        slot=head_slot(found.body_id),
        lines=draft.lines,
        footer=draft.footer,
        logo=logo,
        logo_words=draft.logo_words,
        at=work.now,
        by_id=work.actor.person_id or None,
    )
    work.session.add(row)
    work.record("letterhead.head_saved", row, place=found.key)
    return row


def restore_head(work: Work, place: str) -> None:
    """Take the last change of the head back: what held before it holds again, or nothing if nothing did."""
    found = _dressed_place(work, place)
    row = _vacate_head(work, found)
    if row is None:
        raise DomainError(_("Hier ist nichts in Gebrauch."))
    place_is = col(PageHead.body_id) == found.body_id if found.body_id else col(PageHead.body_id).is_(None)
    statement = select(PageHead).where(place_is, col(PageHead.id) < row.id).order_by(col(PageHead.id).desc())
    before = work.session.exec(statement).first()
    if before is not None:
        before.slot = head_slot(found.body_id)
        work.session.add(before)
    work.record("letterhead.head_restored", row, place=found.key)


def _dressed_place(work: Work, place: str) -> FoundPlace:
    """The place, if the person may dress it; nobody else changes it meanwhile."""
    found = place_at(work.session, place)
    if found is None:
        raise NotFound(_("Dieses Gremium gibt es nicht."))
    work.require(may_dress(work.actor, found))
    work.session.exec(select(Tenant.id).where(col(Tenant.id) == work.tenant_id).with_for_update()).one()
    return found


def _vacate(work: Work, slot: str) -> BaseDocument | None:
    row = work.session.exec(select(BaseDocument).where(col(BaseDocument.slot) == slot)).first()
    if row is not None:
        row.slot = None
        work.session.add(row)
        work.session.flush()
    return row


def _vacate_head(work: Work, found: FoundPlace) -> PageHead | None:
    slot = head_slot(found.body_id)
    row = work.session.exec(select(PageHead).where(col(PageHead.slot) == slot)).first()
    if row is not None:
        row.slot = None
        work.session.add(row)
        work.session.flush()
    return row
