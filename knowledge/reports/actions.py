"""What the coordination does with reports: look at them, link, decline, reply, decide marked passages, erase."""

from collections.abc import Mapping

from sqlmodel import Session, col, func, or_, select

from app.core.clock import LOCAL
from app.core.errors import DomainError, NotFound
from app.core.i18n import _
from app.core.work import Work
from knowledge.gaps.actions_text import GapText, create_gap
from knowledge.gaps.models import Gap
from knowledge.privacy.confirming import names_for
from knowledge.privacy.rules import REPLACE, Kind, decided, replaced, undecided
from knowledge.privacy.states import HitVerdict
from knowledge.reports import mailing
from knowledge.reports.filing import step
from knowledge.reports.linking import count_at, gaps_from, let_go
from knowledge.reports.models import Report, ReportContact, ReportHit, ReportMessage
from knowledge.reports.passages import decisions, hits_of
from knowledge.reports.policy import may_answer, may_judge_report
from knowledge.reports.rules import LIFECYCLE, ReportFacts, erasure_after_reply
from knowledge.reports.states import Author, ReportState


def report_for_judging(work: Work, key: str) -> Report:
    """The report of this number, locked, if this person may judge it."""
    found = work.session.exec(select(Report).where(col(Report.key) == key).with_for_update()).first()
    if found is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    work.require(may_judge_report(work.actor, found))
    return found


def take_step(work: Work, report: Report, target: ReportState, facts: ReportFacts | None = None) -> None:
    """One step of the report's life, if the table allows it to this person."""
    LIFECYCLE.require(report.state, target, work.actor.roles, facts or ReportFacts())
    source, report.state = report.state, target
    work.session.add(report)
    step(work, report, source, target)
    work.record("report.moved", report, source=source.value, target=target.value)


def release(work: Work, key: str, post: mailing.Post) -> Report:
    """A held report came from a person after all: it goes on, and its sender gets the link."""
    report = report_for_judging(work, key)
    take_step(work, report, ReportState.RECEIVED)
    contact = contact_of(work.session, report)
    if contact is not None:
        mailing.send(work.session, report, contact, post)
    return report


def take_up(work: Work, key: str) -> Report:
    """The coordination begins to look at it, or looks at it again."""
    report = report_for_judging(work, key)
    if report.state == ReportState.ACCEPTED:
        let_go(work, report)
    report.reason = None
    take_step(work, report, ReportState.IN_REVIEW)
    return report


def link_to_gap(work: Work, key: str, gap_key: str, post: mailing.Post) -> Report:
    """The report tells of this gap: it counts there as one more independent report."""
    report = report_for_judging(work, key)
    way = gaps_from(work.session, _gap_called(work.session, gap_key))
    if not way:
        raise DomainError(_("Eine Fehlstelle mit dieser Nummer gibt es nicht."))
    take_step(work, report, ReportState.ACCEPTED, ReportFacts(has_gap=True))
    count_at(work, report, way[-1])
    _tell(work, report, post)
    return report


def _gap_called(session: Session, typed: str) -> int | None:
    """The gap of this key, also if it was typed in small letters or with blanks."""
    as_written, tidy = col(Gap.key) == typed.strip(), func.upper(col(Gap.key)) == "".join(typed.split()).upper()
    return session.exec(select(Gap.id).where(or_(as_written, tidy)).order_by(as_written.desc())).first()


def open_gap(work: Work, key: str, text: GapText, post: mailing.Post) -> Report:
    """A new gap that this report tells of first. Its text leaves the report, so marked passages are decided before."""
    report = report_for_judging(work, key)
    if undecided(hits_of(report, names_for(work.session)), decisions(work.session, report)):
        raise DomainError(_("Bitte entscheiden Sie zuerst über die markierten Stellen des Textes."))
    take_step(work, report, ReportState.ACCEPTED, ReportFacts(has_gap=True))
    count_at(work, report, create_gap(work, text))
    _tell(work, report, post)
    return report


def decline(work: Work, key: str, reason: str, post: mailing.Post) -> Report:
    """The report is not followed up, and its reporter reads why."""
    report = report_for_judging(work, key)
    take_step(work, report, ReportState.DECLINED, ReportFacts(has_reason=bool(reason.strip())))
    report.reason = reason.strip()
    _tell(work, report, post)
    return report


def reply(work: Work, key: str, text: str, post: mailing.Post) -> Report:
    """A word to the reporter, or a question."""
    report = report_for_judging(work, key)
    work.require(may_answer(report))
    work.session.add(
        ReportMessage(
            report_id=report.id or 0,
            at=work.now,
            author=Author.COORDINATION,
            person_id=work.actor.person_id,
            text=text.strip(),
        )
    )
    if report.state == ReportState.RECEIVED:
        take_step(work, report, ReportState.IN_REVIEW)
    work.record("report.replied", report)
    _tell(work, report, post)
    return report


def _tell(work: Work, report: Report, post: mailing.Post) -> None:
    """Mail that there is news, where somebody asked for it; six months later the address goes (DP-8)."""
    contact = contact_of(work.session, report)
    if contact is not None:
        contact.erase_on = erasure_after_reply(work.now.astimezone(LOCAL).date())
        work.session.add(contact)
        mailing.tell_news(work.session, report, contact, post)


def contact_of(session: Session, report: Report) -> ReportContact | None:
    """Where the reporter may be asked back, if they wanted that and the time is not over."""
    return session.exec(select(ReportContact).where(col(ReportContact.report_id) == report.id)).first()


def decide_passages(work: Work, key: str, verdicts: Mapping[str, str], words: Mapping[Kind, str]) -> Report:
    """Keep what a person decided about marked passages: taken out of the text for good, or harmless."""
    report = report_for_judging(work, key)
    names = names_for(work.session)
    hits = hits_of(report, names)
    valid = decided(hits, verdicts)
    report.happened = replaced(report.happened, hits_of(report, names, "happened"), words, valid)
    report.wish = replaced(report.wish, hits_of(report, names, "wish"), words, valid)
    work.session.add(report)
    _remember(work, report, valid)
    taken_out = sum(verdict == REPLACE for verdict in valid.values())
    work.record("report.passages_decided", report, taken_out=taken_out, harmless=len(valid) - taken_out)
    return report


def _remember(work: Work, report: Report, verdicts: Mapping[str, str]) -> None:
    known = select(ReportHit).where(col(ReportHit.report_id) == report.id, col(ReportHit.hit).in_(list(verdicts)))
    rows = {row.hit: row for row in work.session.exec(known)}
    for hit, verdict in verdicts.items():
        row = rows.get(hit) or ReportHit(report_id=report.id or 0, hit=hit, verdict=HitVerdict(verdict), at=work.now)
        row.verdict, row.person_id, row.at = HitVerdict(verdict), work.actor.person_id, work.now
        work.session.add(row)


def erase(work: Work, key: str) -> str:
    """Erase the report without trace but the act itself: on request, or because it says too much. Its number."""
    report = report_for_judging(work, key)
    linked = let_go(work, report)
    mailing.call_back(work.session, report)
    work.record("report.erased", report, state=report.state.value, gap=linked)
    work.session.delete(report)
    return key
