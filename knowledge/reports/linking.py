"""How a report counts at a gap: `Gap.reports` is the imported number and one for every linked report."""

from sqlmodel import Session, col, select

from app.core.work import Work
from knowledge.gaps.actions import index_again
from knowledge.gaps.models import Gap, GapLineage, GapMove
from knowledge.gaps.states import LineageKind
from knowledge.reports.models import Report


def count_at(work: Work, report: Report, gap: Gap) -> None:
    """Let the report count at the gap, as one more independent report."""
    report.gap_id, gap.reports = gap.id, gap.reports + 1
    work.session.add_all([report, gap])
    _tell(work, report, gap, "gap.report_linked")


def let_go(work: Work, report: Report) -> str | None:
    """Stop counting the report at its gap, and where mergings brought it from; the key of the gap it stood at."""
    way = gaps_from(work.session, report.gap_id)
    if not way:
        return None
    _one_less(work.session, way[-1])
    _take_out_of_lineage(work.session, report)
    report.gap_id = None
    work.session.add(report)
    _tell(work, report, way[-1], "gap.report_unlinked")
    return way[-1].key


def _one_less(session: Session, row: Gap | GapLineage) -> None:
    row.reports = max(0, row.reports - 1)
    session.add(row)


def gaps_from(session: Session, gap_id: int | None) -> list[Gap]:
    """The gap of this id and those that it was merged into, one after the other; locked."""
    way: list[Gap] = []
    while gap_id is not None and gap_id not in {gap.id for gap in way}:
        way.append(session.exec(select(Gap).where(col(Gap.id) == gap_id).with_for_update()).one())
        gap_id = way[-1].merged_into_id
    return way


def _take_out_of_lineage(session: Session, report: Report) -> None:
    """A merging that is undone later must not bring back a report that is gone."""
    moved = select(GapMove.lineage_id).where(col(GapMove.part) == "report", col(GapMove.row_id) == report.id)
    statement = (
        select(GapLineage, Gap)
        .join(Gap, col(Gap.id) == col(GapLineage.source_id))
        .where(
            col(GapLineage.id).in_(moved),
            col(GapLineage.kind) == LineageKind.MERGED,
            col(GapLineage.undone_at).is_(None),
        )
    )
    for lineage, source in session.exec(statement).all():
        _one_less(session, lineage)
        _one_less(session, source)


def _tell(work: Work, report: Report, gap: Gap, act: str) -> None:
    work.record(act, gap, report=report.key, reports=gap.reports)
    work.announce(f"gap:{gap.id}", "evidence")
    index_again(work, gap)
