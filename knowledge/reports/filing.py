"""What reporters do: file a report, answer, withdraw. With an account or without; the link is the right."""

from dataclasses import dataclass, field

from sqlmodel import Session, col, delete, select

from app.core.clock import LOCAL
from app.core.errors import NotFound
from app.core.i18n import _
from app.core.work import Work
from app.people.models import Municipality
from knowledge.reports import addresses, limits, links, mailing
from knowledge.reports.linking import let_go
from knowledge.reports.models import (
    Report,
    ReportContact,
    ReportFacet,
    ReportHit,
    ReportMessage,
    ReportStep,
)
from knowledge.reports.policy import may_answer, may_report
from knowledge.reports.rules import LIFECYCLE, REPORTER, ReportFacts, first_erasure
from knowledge.reports.states import Author, Frequency, ReportFacetName, ReportState


@dataclass(frozen=True)
class Draft:
    """What somebody typed, checked; `seed` makes the secret link, `held` says that nobody proved to be a person."""

    happened: str
    seed: str
    token_hash: str
    wish: str = ""
    municipality: str = ""
    frequency: str = Frequency.UNKNOWN.value
    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    email: str = ""
    language: str = "de"
    held: bool = False


def file_report(work: Work, draft: Draft, post: mailing.Post) -> Report:
    """Take a report in. Without an account nothing of the person is kept but what they typed."""
    if work.actor.person_id:
        work.require(may_report(work.actor))
    report = Report(
        key=_free_number(work.session),
        state=ReportState.HELD if draft.held else ReportState.RECEIVED,
        received_at=work.now,
        language=draft.language,
        token_hash=draft.token_hash,
        reporter_id=work.actor.person_id or None,
        happened=draft.happened,
        wish=draft.wish,
        municipality_id=_municipality(work.session, draft.municipality),
        frequency=Frequency(draft.frequency),
    )
    work.session.add(report)
    work.session.flush()
    _add_codes(work.session, report, draft.codes)
    step(work, report, None, report.state)
    work.record("report.filed", report, state=report.state.value, known=report.reporter_id is not None)
    if draft.email and not report.reporter_id:
        _keep_contact(work, report, draft, post)
    return report


def _free_number(session: Session) -> str:
    number = links.fresh_number()
    while session.exec(select(Report.id).where(col(Report.key) == number)).first() is not None:
        number = links.fresh_number()
    return number


def _municipality(session: Session, key: str) -> int | None:
    return session.exec(select(Municipality.id).where(col(Municipality.key) == key)).first() if key else None


def _add_codes(session: Session, report: Report, codes: dict[str, tuple[str, ...]]) -> None:
    for name, keys in codes.items():
        session.add_all(
            ReportFacet(report_id=report.id or 0, facet=ReportFacetName(name), key=key, position=place)
            for place, key in enumerate(dict.fromkeys(keys))
        )


def _keep_contact(work: Work, report: Report, draft: Draft, post: mailing.Post) -> None:
    """Keep the address apart; a held report brings no mail before somebody looked at it."""
    contact = ReportContact(
        report_id=report.id or 0,
        email=addresses.sealed(post.secret, draft.email),
        seed=draft.seed,
        erase_on=first_erasure(work.now.astimezone(LOCAL).date()),
    )
    work.session.add(contact)
    if not draft.held and limits.allowed_mail(work.session, post.bucket(draft.email, work.now), work.now):
        mailing.send(work.session, report, contact, post)


def step(work: Work, report: Report, source: ReportState | None, target: ReportState) -> None:
    """Write a step into the report's own history."""
    work.session.add(
        ReportStep(
            report_id=report.id or 0,
            at=work.now,
            person_id=work.actor.person_id or None,
            source=source,
            target=target,
        )
    )


def report_of_token(session: Session, token_hash: str) -> Report:
    """The report of a link, locked; NotFound if there is none."""
    found = session.exec(select(Report).where(col(Report.token_hash) == token_hash).with_for_update()).first()
    if found is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    return found


def answer(work: Work, token_hash: str, text: str) -> Report:
    """Something the reporter adds."""
    report = report_of_token(work.session, token_hash)
    work.require(may_answer(report))
    work.session.add(
        ReportMessage(
            report_id=report.id or 0,
            at=work.now,
            author=Author.REPORTER,
            person_id=report.reporter_id,
            text=text.strip(),
        )
    )
    work.record("report.answered", report)
    return report


def withdraw(work: Work, token_hash: str) -> Report:
    """Take the report back: its text, messages and contact go now, it counts nowhere; that it was there stays."""
    report = report_of_token(work.session, token_hash)
    LIFECYCLE.require(report.state, ReportState.WITHDRAWN, {REPORTER}, ReportFacts())
    source, linked = report.state, let_go(work, report)
    erase_words(work.session, report)
    report.state = ReportState.WITHDRAWN
    step(work, report, source, report.state)
    work.record("report.withdrawn", report, source=source.value, gap=linked)
    return report


def erase_words(session: Session, report: Report) -> None:
    """Empty everything that somebody wrote in or about the report, and how they can be reached."""
    report.happened, report.wish, report.reason, report.municipality_id = "", "", None, None
    session.add(report)
    mailing.call_back(session, report)
    for table in (ReportMessage, ReportContact, ReportFacet, ReportHit):
        session.exec(delete(table).where(col(table.report_id) == report.id))
