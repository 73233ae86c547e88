"""Founding a body, changing its head, its rules of procedure, its seats and who sits on them. Every change is kept."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select

from app.core.errors import ChangedMeanwhile, DomainError, InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from app.people.models import Organisation, Person
from meetings.agenda.models import Meeting
from meetings.agenda.states import MeetingState
from meetings.bodies import policy
from meetings.bodies.drafts import (
    HEAD_FIELDS,
    RULE_FIELDS,
    BodyDraft,
    Change,
    HoldersDraft,
    SeatDraft,
    as_text,
    differences,
    goes_round,
    kept,
    repeated,
    stands_in_for_oneself,
)
from meetings.bodies.models import Body, BodyChange, BodyRules, Seat, SeatHolder
from meetings.bodies.queries import FoundBody, body_by_key, rules_of, seat_rows
from meetings.bodies.states import BodyKind, ChangeKind

IN_SESSION = (MeetingState.RUNNING, MeetingState.PAUSED)
LED_BY_CHAIR = (BodyKind.STEERING, BodyKind.COMMITTEE)
REFERENCES = ("parent_id", "chair_id", "lead_id", "moderation_id", "office_id")


def found_body(work: Work, draft: BodyDraft) -> Body:
    """A new body; it follows its parent's rules of procedure until it gets its own."""
    work.require(policy.may_found_body(work.actor))
    _require_order(draft)
    body = Body(key=_free_key(work, draft.name), name=draft.name, kind=draft.kind)
    _write(body, draft)
    work.session.add(body)
    work.session.flush()
    _keep(work, body, ChangeKind.FOUNDED, [("name", "", body.name)])
    work.record("body.founded", body)
    return body


def _require_order(draft: BodyDraft) -> None:
    if draft.established and draft.ends and draft.ends < draft.established:
        raise InvalidInput(_("Das Ende muss nach dem Beginn liegen."))


def _free_key(work: Work, name: str) -> str:
    """„projektgruppe-wohnen“, with a number behind it where the key is taken."""
    plain = name.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:48].strip("-") or "gremium"
    taken = set(work.session.exec(select(Body.key)))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (stem, *numbered) if key not in taken and key != "neu")


def _write(body: Body, draft: BodyDraft) -> None:
    for name in HEAD_FIELDS:
        setattr(body, name, getattr(draft, name) or None)
    body.parent_id, body.moderation_id, body.office_id = draft.parent_id, draft.moderation_id, draft.office_id
    chairs = draft.kind in LED_BY_CHAIR
    body.chair_id, body.lead_id = (draft.chair_id, None) if chairs else (None, draft.chair_id)


def _keep(work: Work, body: Body, kind: ChangeKind, changes: Sequence[Change]) -> None:
    work.session.add(
        BodyChange(
            body_id=body.id or 0, at=work.now, person_id=work.actor.person_id or None, kind=kind, changes=kept(changes)
        )
    )


def _locked(work: Work, key: str) -> FoundBody:
    work.session.exec(select(col(Body.id)).where(col(Body.key) == key).with_for_update()).first()
    found = body_by_key(work.session, key)
    if found is None:
        raise NotFound(_("Dieses Gremium gibt es nicht."))
    work.require(policy.may_edit_body(work.actor, found))
    return found


def change_body(work: Work, key: str, draft: BodyDraft, version: int) -> Body:
    """Change the head; refused if somebody saved meanwhile or the body would hang below itself."""
    body = _locked(work, key).body
    _require_version(body, version)
    _require_order(draft)
    parents = {id_ or 0: parent for id_, parent in work.session.exec(select(Body.id, Body.parent_id))}
    if goes_round(parents, body.id or 0, draft.parent_id):
        raise InvalidInput(_("Ein Gremium kann nicht unter sich selbst hängen."))
    changes = differences(HEAD_FIELDS, body, asdict(draft)) + _leaders(work, body, draft)
    _write(body, draft)
    return _saved(work, body, ChangeKind.HEAD, changes)


def _leaders(work: Work, body: Body, draft: BodyDraft) -> list[Change]:
    """Who leads and where the body hangs, by name: a history of numbers would tell nobody anything."""
    after = Body(key=body.key, name=body.name, kind=draft.kind)
    _write(after, draft)
    changed = [name for name in REFERENCES if getattr(body, name) != getattr(after, name)]
    return [(name, _name(work, name, getattr(body, name)), _name(work, name, getattr(after, name))) for name in changed]


def _name(work: Work, reference: str, id_: int | None) -> str:
    if id_ is None:
        return ""
    if reference == "parent_id":
        return work.session.get_one(Body, id_).name
    if reference == "office_id":
        return work.session.get_one(Organisation, id_).name
    return work.session.get_one(Person, id_).name


def _require_version(body: Body, version: int) -> None:
    if body.version != version:
        raise ChangedMeanwhile(_("Inzwischen hat jemand anderes gespeichert. Es wurde nichts überschrieben."))


def _saved(work: Work, body: Body, kind: ChangeKind, changes: Sequence[Change]) -> Body:
    body.version += 1
    work.session.add(body)
    if changes:
        _keep(work, body, kind, changes)
    work.record(f"body.{kind.value}", body, fields=len(changes))
    return body


def set_rules(work: Work, key: str, rules: Mapping[str, Any], version: int) -> Body:
    """Give the body its own rules of procedure; not while it is in session. Open polls keep the rule they froze."""
    body = _locked(work, key).body
    _require_version(body, version)
    _require_no_session(work, body)
    present = rules_of(work.session, [body])[body.id or 0]
    changes = differences(RULE_FIELDS, present, rules)
    row = work.session.exec(select(BodyRules).where(col(BodyRules.body_id) == body.id)).first()
    row = row or BodyRules(body_id=body.id or 0)
    for name in RULE_FIELDS:
        setattr(row, name, rules[name])
    work.session.add(row)
    return _saved(work, body, ChangeKind.RULES, changes)


def _require_no_session(work: Work, body: Body) -> None:
    statement = select(Meeting.id).where(col(Meeting.body_id) == body.id, col(Meeting.state).in_(IN_SESSION))
    if work.session.exec(statement).first() is not None:
        raise DomainError(_("Das Gremium tagt gerade; Regeln und Sitze ändern Sie bitte nach der Sitzung."))


def add_seat(work: Work, key: str, draft: SeatDraft) -> Seat:
    """Give an organisation a seat from a day on; refused if it has one of this kind then."""
    body = _locked(work, key).body
    _require_no_session(work, body)
    organisation = work.session.get(Organisation, draft.organisation_id)
    if organisation is None:
        raise InvalidInput(_("Diese Organisation gibt es nicht."))
    rows = work.session.exec(select(Seat).where(col(Seat.body_id) == body.id)).all()
    if any(_same(row, draft) for row in rows):
        raise InvalidInput(_("Diese Organisation hat schon einen solchen Sitz."))
    seat = Seat(
        body_id=body.id or 0,
        organisation_id=draft.organisation_id,
        kind=draft.kind,
        position=max((row.position for row in rows), default=0) + 1,
        valid_from=draft.valid_from,
    )
    work.session.add(seat)
    work.session.flush()
    what = f"{organisation.name} ({draft.kind.value})"
    _saved(work, body, ChangeKind.SEAT_ADDED, [("seat", "", what), ("since", "", as_text(draft.valid_from))])
    return seat


def _same(row: Seat, draft: SeatDraft) -> bool:
    lasts = row.valid_to is None or row.valid_to >= draft.valid_from
    return lasts and (row.organisation_id, row.kind) == (draft.organisation_id, draft.kind)


def _seat(work: Work, body: Body, seat_id: int) -> Seat:
    seat = work.session.exec(select(Seat).where(col(Seat.id) == seat_id, col(Seat.body_id) == body.id)).first()
    if seat is None:
        raise NotFound(_("Diesen Sitz gibt es in diesem Gremium nicht."))
    return seat


def end_seat(work: Work, key: str, seat_id: int, last_day: date) -> Seat:
    """Let a seat end with a day; what happened on it stays as it was."""
    body = _locked(work, key).body
    _require_no_session(work, body)
    seat = _seat(work, body, seat_id)
    if seat.valid_from and last_day < seat.valid_from:
        raise InvalidInput(_("Der letzte Tag liegt vor dem ersten."))
    seat.valid_to = last_day
    work.session.add(seat)
    what = work.session.get_one(Organisation, seat.organisation_id).name
    _saved(work, body, ChangeKind.SEAT_ENDED, [("seat", what, ""), ("until", "", as_text(last_day))])
    return seat


def set_holders(work: Work, key: str, seat_id: int, draft: HoldersDraft) -> Seat:
    """Say who sits on a seat from a day on. Who sat there before stays in the history with a last day."""
    body = _locked(work, key).body
    _require_no_session(work, body)
    seat = _seat(work, body, seat_id)
    if repeated(draft.people):
        raise InvalidInput(_("Dieselbe Person steht zweimal auf diesem Sitz; bitte nennen Sie jede nur einmal."))
    names = _people(work, draft.people)
    _require_no_circle(work, body, seat, draft)
    lasts = or_(col(SeatHolder.valid_to).is_(None), col(SeatHolder.valid_to) >= draft.since)
    statement = select(SeatHolder).where(col(SeatHolder.seat_id) == seat.id, lasts)
    present = work.session.exec(statement.order_by(col(SeatHolder.rank))).all()
    before = _people(work, [row.person_id for row in present])
    wanted = {(rank, person) for rank, person in enumerate(draft.people) if person is not None}
    for row in present:
        if (row.rank, row.person_id) not in wanted:
            _end(work, row, draft.since)
    there = {(row.rank, row.person_id) for row in present}
    for rank, person in sorted(wanted - there):
        work.session.add(SeatHolder(seat_id=seat.id or 0, person_id=person, rank=rank, valid_from=draft.since))
    said = (", ".join(before.values()), ", ".join(names.values()))
    organisation = work.session.get_one(Organisation, seat.organisation_id).name
    _saved(work, body, ChangeKind.HOLDERS, [(organisation, *said), ("since", "", as_text(draft.since))])
    return seat


def _require_no_circle(work: Work, body: Body, seat: Seat, draft: HoldersDraft) -> None:
    """Two members who stand in for each other would both be missing when it matters."""
    if draft.holder_id is None:
        return
    deputies: dict[int, set[int]] = {draft.holder_id: {id_ for id_ in draft.deputy_ids if id_ is not None}}
    for row in seat_rows(work.session, body.id or 0, draft.since):
        if row.seat_id != seat.id and row.holder:
            deputies.setdefault(row.holder.person_id, set()).update(each.person_id for each in row.deputies)
    if stands_in_for_oneself(deputies, draft.holder_id):
        raise InvalidInput(_("So würden Mitglieder einander im Kreis vertreten; bitte nennen Sie jemand anderen."))


def _people(work: Work, ids: Sequence[int | None]) -> dict[int, str]:
    """The names in the order given; InvalidInput for somebody who is not there."""
    wanted = [id_ for id_ in ids if id_ is not None]
    rows = work.session.exec(select(col(Person.id), col(Person.name)).where(col(Person.id).in_(wanted)))
    names = {id_ or 0: name for id_, name in rows}
    if set(wanted) - names.keys():
        raise InvalidInput(_("Diese Person gibt es nicht."))
    return {id_: names[id_] for id_ in wanted}


def _end(work: Work, row: SeatHolder, since: date) -> None:
    if row.valid_from is not None and row.valid_from >= since:
        work.session.delete(row)
        return
    row.valid_to = since - timedelta(days=1)
    work.session.add(row)
