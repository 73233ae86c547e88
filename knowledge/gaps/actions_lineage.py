"""Merging gaps, taking a merging back, and splitting a gap. What moves is written down, so that it can move back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import col, select

from app.core.clock import LOCAL
from app.core.errors import DomainError, InvalidInput
from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.work import Work
from app.people.states import Visibility
from knowledge.conversation.merged import have_follow
from knowledge.gaps import parts
from knowledge.gaps.actions import index_again, index_topic, locked, note, take_step
from knowledge.gaps.facts import facts_of
from knowledge.gaps.keys import next_key
from knowledge.gaps.lineage import merging_of
from knowledge.gaps.models import Evidence, Gap, GapFacet, GapHistory, GapLineage, GapMove, GapMunicipality
from knowledge.gaps.moves import TOPIC, Returning, hand_over, moves_of, returning
from knowledge.gaps.policy import may_edit_gap, rises
from knowledge.gaps.rules import GAP_LIFECYCLE
from knowledge.gaps.states import GapStatus, LineageKind, Polarity
from knowledge.privacy.confirming import hits_in, names_for
from knowledge.search.documents import Kind
from knowledge.search.outbox import enqueue
from knowledge.solutions.models import Solution, SolutionGap


@dataclass(frozen=True)
class Offshoot:
    """A gap that is split off: its text, and the ids of the evidence and the indicators that go with it."""

    title: str
    summary: str
    evidence: frozenset[int] = frozenset()
    indicators: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Separated:
    """A gap that stands for itself again, and the moves that could not be taken back."""

    gap: Gap
    lost: tuple[GapMove, ...]


def merge_gap(work: Work, key: str, target_key: str, reason: str) -> Gap:
    """Merge the gap into another: what hangs on it moves, its key stays as an address that leads there."""
    work.require(may_edit_gap(work.actor))
    source, target = _both(work, key, target_key)
    facts = facts_of(work.session, source, work.now.astimezone(LOCAL).date(), has_reason=bool(reason.strip()))
    GAP_LIFECYCLE.require(source.status, GapStatus.MERGED, work.actor.roles, replace(facts, has_target_gap=True))
    _require_clean_figures(work, source, target)
    lineage = _lineage(work, LineageKind.MERGED, source, target, reason)
    topic = source.topic_id
    moved = _move_everything(work, lineage, source, target)
    _move_topic(work, lineage, source, target)
    lineage.reports, target.reports = source.reports, target.reports + source.reports
    target.version, source.merged_into_id = target.version + 1, target.id
    take_step(work, source, GapStatus.MERGED, reason, cause=("gap", target.id or 0))
    have_follow(work, source.id or 0, target.id or 0)
    work.record("gap.merged", source, into=target.key, moved=moved, reports=lineage.reports)
    _touch(work, (source, target), topic)
    return target


def undo_merge(work: Work, key: str, reason: str) -> Separated:
    """Separate a merged gap again: it returns to the state before, and what moved and is still there comes back.

    What was changed or taken out at the target since stays as it is there, and is told.
    """
    work.require(may_edit_gap(work.actor))
    source = locked(work, key)
    lineage = merging_of(work.session, source)
    if source.status != GapStatus.MERGED or lineage is None:
        raise RefusedMove(_("Diese Fehlstelle ist nicht zusammengeführt."))
    target = work.session.exec(select(Gap).where(col(Gap.id) == lineage.target_id).with_for_update()).one()
    if target.status == GapStatus.MERGED:
        raise RefusedMove(
            _("%(key)s ist selbst zusammengeführt. Bitte trennen Sie zuerst diese Zusammenführung.", key=target.key)
        )
    topic = target.topic_id
    coming = returning(work.session, lineage)
    back = _move_back(work, lineage, coming, source, target)
    target.reports, target.version = max(0, target.reports - lineage.reports), target.version + 1
    source.status, source.merged_into_id, source.version = _state_before(work, source), None, source.version + 1
    lineage.undone_at, lineage.undone_by_id = work.now, work.actor.person_id
    work.session.add_all((source, target, lineage))
    note(work, source, GapStatus.MERGED, reason, cause=("gap", target.id or 0))
    work.record("gap.separated", source, source=target.key, moved=back, lost=len(coming.lost))
    _touch(work, (source, target), topic)
    return Separated(source, coming.lost)


def split_gap(work: Work, key: str, offshoots: Sequence[Offshoot], reason: str) -> list[Gap]:
    """Split new gaps off: each gets a key of its own, the codes of the old one, and the evidence chosen for it.

    They begin „in Prüfung“ and for the coordination alone; the old one keeps its key and everything else.
    """
    work.require(may_edit_gap(work.actor))
    source = locked(work, key)
    if source.status == GapStatus.MERGED:
        raise RefusedMove(_("Eine zusammengeführte Fehlstelle wird nicht geteilt."))
    _require_disjoint(offshoots)
    made = [_split_off(work, source, offshoot, reason) for offshoot in offshoots]
    source.version += 1
    work.session.add(source)
    work.record("gap.split", source, new=len(made))
    _touch(work, (source, *made), source.topic_id)
    return made


def _both(work: Work, key: str, target_key: str) -> tuple[Gap, Gap]:
    """Both gaps, locked in the order of their keys, so that two mergings never wait for each other."""
    if key == target_key:
        raise InvalidInput(_("Eine Fehlstelle kann nicht mit sich selbst zusammengeführt werden."))
    wanted = select(Gap).where(col(Gap.key).in_([key, target_key])).order_by(col(Gap.key)).with_for_update()
    found = {gap.key: gap for gap in work.session.exec(wanted)}
    if key not in found:
        return locked(work, key), locked(work, key)
    if target_key not in found:
        raise InvalidInput(_("Die Fehlstelle %(key)s gibt es nicht. Bitte prüfen Sie die Kennung.", key=target_key))
    if found[target_key].status == GapStatus.MERGED:
        raise InvalidInput(_("%(key)s ist selbst schon zusammengeführt. Bitte wählen Sie ihr Ziel.", key=target_key))
    return found[key], found[target_key]


def _require_clean_figures(work: Work, source: Gap, target: Gap) -> None:
    """Indicators come to more readers with the target: what could point at a person is taken out before (DP-10)."""
    if not rises(source.visibility, target.visibility):
        return
    part = next(part for part in parts.all_parts() if part.name == parts.INDICATOR)
    rows = parts.rows_of(work.session, part, source.id or 0)
    texts = [text for row in rows for text in (row.label, row.before, row.after, row.period, row.source) if text]
    if hits_in(texts, names_for(work.session)):
        raise DomainError(
            _(
                "Eine Kennzahl enthält etwas, das auf Menschen hinweisen kann. "
                "Bitte ändern Sie sie, bevor mehr Menschen sie lesen."
            )
        )


def _lineage(work: Work, kind: LineageKind, source: Gap, target: Gap, reason: str) -> GapLineage:
    row = GapLineage(
        kind=kind,
        source_id=source.id or 0,
        target_id=target.id or 0,
        at=work.now,
        person_id=work.actor.person_id,
        reason=reason.strip() or None,
    )
    work.session.add(row)
    work.session.flush()
    return row


def _move_everything(work: Work, lineage: GapLineage, source: Gap, target: Gap) -> int:
    """Move what the target has not already; how many rows moved. A finding stays where its evidence stays."""
    source_id, target_id = source.id or 0, target.id or 0
    county_wide = not parts.count_of(work.session, parts.MUNICIPALITY, target_id)
    moved = 0
    for part in parts.all_parts():
        rows = parts.movable(work.session, part, source_id, target_id)
        if part.name == parts.MUNICIPALITY and county_wide:
            continue
        if part.name == parts.FINDING:
            kept = _findings_that_stay(work, source_id)
            rows = [row for row in rows if row.id not in kept]
        hand_over(work.session, lineage, part.name, rows, target_id)
        moved += len(rows)
    return moved


def _findings_that_stay(work: Work, source_id: int) -> set[int | None]:
    return set(work.session.exec(select(Evidence.finding_id).where(col(Evidence.gap_id) == source_id)))


def _move_topic(work: Work, lineage: GapLineage, source: Gap, target: Gap) -> None:
    """The target comes into the topic if it has none; a merged gap is in no topic."""
    if source.topic_id is None:
        return
    place = None if source.topic_position is None else str(source.topic_position)
    work.session.add(GapMove(lineage_id=lineage.id or 0, part=TOPIC, row_id=source.topic_id, said=place))
    if target.topic_id is None:
        target.topic_id, target.topic_position, lineage.took_topic = source.topic_id, source.topic_position, True
    source.topic_id = source.topic_position = None


def _move_back(work: Work, lineage: GapLineage, coming: Returning, source: Gap, target: Gap) -> int:
    for rows in coming.rows.values():
        parts.hand_over(work.session, rows, source.id or 0)
    for move in moves_of(work.session, lineage):
        if move.part == TOPIC:
            source.topic_id, source.topic_position = move.row_id, int(move.said) if move.said else None
            if lineage.took_topic and target.topic_id == move.row_id:
                target.topic_id = target.topic_position = None
    work.session.flush()
    return sum(len(rows) for rows in coming.rows.values())


def _state_before(work: Work, source: Gap) -> GapStatus:
    statement = (
        select(GapHistory.source)
        .where(col(GapHistory.gap_id) == source.id, col(GapHistory.target) == GapStatus.MERGED)
        .order_by(col(GapHistory.id).desc())
    )
    return GapStatus(work.session.exec(statement).first() or GapStatus.IN_REVIEW)


def _require_disjoint(offshoots: Sequence[Offshoot]) -> None:
    for chosen in ([each.evidence for each in offshoots], [each.indicators for each in offshoots]):
        if len(frozenset().union(*chosen)) != sum(len(each) for each in chosen):
            raise InvalidInput(_("Ein Beleg kann nur zu einer der neuen Fehlstellen gehen."))


def _split_off(work: Work, source: Gap, offshoot: Offshoot, reason: str) -> Gap:
    new = Gap(
        key=next_key(work.session, work.tenant_id, work.now.astimezone(LOCAL).year),
        title=offshoot.title,
        summary=offshoot.summary,
        status=GapStatus.IN_REVIEW,
        visibility=Visibility.COORDINATION,
        first_reported=work.now.astimezone(LOCAL).date(),
        solvable_at=source.solvable_at,
        severity=source.severity,
        frequency=source.frequency,
        owner_id=source.owner_id,
    )
    work.session.add(new)
    work.session.flush()
    _copy_codes(work, source, new)
    lineage = _lineage(work, LineageKind.SPLIT, source, new, reason)
    evidence = _chosen(work, parts.EVIDENCE, offshoot.evidence, source)
    findings = [row.finding_id for row in evidence if row.polarity == Polarity.FOR]
    going = {
        parts.EVIDENCE: evidence,
        parts.FINDING: parts.by_ids(work.session, parts.FINDING, findings, source.id or 0),
        parts.INDICATOR: _chosen(work, parts.INDICATOR, offshoot.indicators, source),
    }
    for name, rows in going.items():
        hand_over(work.session, lineage, name, rows, new.id or 0)
    note(work, new, None, reason, cause=("gap", source.id or 0))
    work.record("gap.created", new, split_from=source.key, evidence=len(evidence))
    return new


def _chosen(work: Work, name: str, ids: Iterable[int], source: Gap) -> list[Any]:
    """The chosen rows; InvalidInput if one of them does not hang on the gap any more."""
    wanted = set(ids)
    rows = parts.by_ids(work.session, name, wanted, source.id or 0)
    if len(rows) != len(wanted):
        raise InvalidInput(
            _("Ein gewählter Beleg gehört nicht mehr zu dieser Fehlstelle. Bitte laden Sie die Seite neu.")
        )
    return rows


def _copy_codes(work: Work, source: Gap, new: Gap) -> None:
    new_id = new.id or 0
    for code in work.session.exec(select(GapFacet).where(col(GapFacet.gap_id) == source.id)).all():
        work.session.add(GapFacet(gap_id=new_id, facet=code.facet, key=code.key, position=code.position))
    for place in work.session.exec(select(GapMunicipality).where(col(GapMunicipality.gap_id) == source.id)).all():
        work.session.add(GapMunicipality(gap_id=new_id, municipality_id=place.municipality_id, position=place.position))


def _touch(work: Work, gaps: Iterable[Gap], topic_id: int | None) -> None:
    """Index the gaps, their topics and their solutions anew, and tell who looks at them."""
    touched = list(gaps)
    for gap in touched:
        index_again(work, gap)
        work.announce(f"gap:{gap.id}", "lineage")
    if topic_id is not None:
        index_topic(work, topic_id)
    linked = select(Solution.key).join(SolutionGap, col(SolutionGap.solution_id) == col(Solution.id))
    for key in work.session.exec(linked.where(col(SolutionGap.gap_id).in_([gap.id for gap in touched])).distinct()):
        enqueue(work.session, Kind.SOLUTION, key)
