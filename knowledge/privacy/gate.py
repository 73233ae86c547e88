"""The gate before a release: every passage that the check marks is decided by a human, and a second one looks at it.

A thing is a node (kind, id) with texts by field. The caller asks its own policy first: whoever may read and change
the thing's texts may decide about passages in them. What was decided is kept without the passage and goes with the
thing (`forget`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, select

from app.core.errors import InvalidInput
from app.core.forms import visible
from app.core.i18n import _
from app.core.work import Work
from knowledge.privacy.confirming import Unchecked, hits_in, names_for, refuse_unconfirmed
from knowledge.privacy.models import PrivacyDecision
from knowledge.privacy.rules import Hit, check
from knowledge.privacy.standing import LONGEST_REASON, Decision, outranking, standing
from knowledge.privacy.states import HitVerdict, Standing

__all__ = [
    "Answer",
    "OpenHit",
    "Standing",
    "Unchecked",
    "blocking",
    "decide",
    "decide_all",
    "forget",
    "hits_in",
    "names_for",
    "needs_second_person",
    "open_hits",
    "refuse_unconfirmed",
]

Subject = tuple[str, int]
CASE = "case"
"""The kind of thing in whose texts also stands out what narrows down who it is about (DP-3)."""


@dataclass(frozen=True)
class OpenHit:
    """A passage in a field of a thing and the decision that counts, None while nobody decided."""

    field: str
    hit: Hit
    decision: Decision | None = None
    standing: Standing = Standing.OPEN


@dataclass(frozen=True)
class Answer:
    """What a person says about a passage in a form."""

    field: str
    hit_key: str
    verdict: str
    reason: str = ""


def open_hits(
    session: Session,
    subject: Subject,
    texts: Mapping[str, str],
    names: Collection[str] = (),
    authors: Collection[int] = (),
    allowed: Collection[str] = (),
) -> list[OpenHit]:
    """All passages that the check marks in the texts, each once per field, with what was decided. One statement.

    `authors` are the people who wrote the texts: their own „harmless“ calls for a second person (DP-1).
    """
    decisions = _decisions(session, subject)
    found = []
    for field, text in texts.items():
        for hit in {hit.key: hit for hit in check(text, names, allowed, in_case=subject[0] == CASE)}.values():
            decision = outranking(decisions.get((field, hit.key), ()), authors)
            found.append(OpenHit(field, hit, decision, standing(decision, authors)))
    return found


def blocking(hits: Iterable[OpenHit]) -> list[OpenHit]:
    """The passages that hold a release back: undecided, to be changed, or looked at by their author alone."""
    return [hit for hit in hits if hit.standing != Standing.CLEARED]


def needs_second_person(hits: Iterable[OpenHit]) -> list[OpenHit]:
    """The passages that only the author of the text called harmless; another person gives the reason (DP-1)."""
    return [hit for hit in hits if hit.standing == Standing.SECOND]


def decide(work: Work, subject: Subject, field: str, hit_key: str, verdict: str, reason: str = "") -> None:
    """Keep what the acting person says about a passage; their earlier word about it is replaced.

    „Harmless“ needs a reason. The caller has asked its policy and checked that the passage is there.
    """
    words = " ".join(visible(reason).split())
    if verdict not in set(HitVerdict):
        raise InvalidInput(_("Bitte entscheiden Sie: ändern oder unbedenklich."))
    if verdict == HitVerdict.HARMLESS and not words:
        raise InvalidInput(_("Bitte schreiben Sie dazu, warum die Stelle niemanden erkennen lässt."))
    if len(words) > LONGEST_REASON:
        raise InvalidInput(_("Die Begründung ist zu lang. Es genügen %(count)s Zeichen.", count=LONGEST_REASON))
    row = work.session.exec(
        select(PrivacyDecision).where(
            *_of(subject),
            col(PrivacyDecision.field) == field,
            col(PrivacyDecision.hit) == hit_key,
            col(PrivacyDecision.person_id) == work.actor.person_id,
        )
    ).first()
    row = row or PrivacyDecision(
        kind=subject[0], thing_id=subject[1], field=field, hit=hit_key, person_id=work.actor.person_id,
        verdict=HitVerdict(verdict), at=work.now,
    )  # fmt: skip
    row.verdict, row.reason, row.at = HitVerdict(verdict), words, work.now
    work.session.add(row)
    work.record("privacy.decided", row, kind=subject[0], verdict=row.verdict.value)


def decide_all(work: Work, subject: Subject, hits: Iterable[OpenHit], answers: Iterable[Answer]) -> int:
    """Keep the answers that belong to one of the hits and say something new; how many did."""
    there = {(hit.field, hit.hit.key): hit for hit in hits}
    kept = 0
    for answer in answers:
        hit = there.get((answer.field, answer.hit_key))
        if hit is not None and answer.verdict and not _says_the_same(hit, answer, work.actor.person_id):
            decide(work, subject, answer.field, answer.hit_key, answer.verdict, answer.reason)
            kept += 1
    return kept


def forget(work: Work, subject: Subject) -> int:
    """Delete what was decided about a thing's passages; how many rows. The caller records what it erases."""
    gone = work.session.exec(delete(PrivacyDecision).where(*_of(subject)))
    return int(gone.rowcount)


def _of(subject: Subject) -> tuple[ColumnElement[bool], ...]:
    kind, thing_id = subject
    return col(PrivacyDecision.kind) == kind, col(PrivacyDecision.thing_id) == thing_id


def _decisions(session: Session, subject: Subject) -> dict[tuple[str, str], list[Decision]]:
    found: dict[tuple[str, str], list[Decision]] = {}
    for row in session.exec(select(PrivacyDecision).where(*_of(subject))):
        decision = Decision(row.verdict, row.reason, row.person_id, row.at)
        found.setdefault((row.field, row.hit), []).append(decision)
    return found


def _says_the_same(hit: OpenHit, answer: Answer, person_id: int) -> bool:
    """Whether the person only sent back what they had said; agreeing with somebody else is a word of their own."""
    known = hit.decision
    return (
        known is not None
        and known.person_id == person_id
        and known.verdict == answer.verdict
        and known.reason == " ".join(visible(answer.reason).split())
    )
