"""The steps of a case: given for checking, checked by a second person or returned, released, opened again, closed."""

from collections.abc import Iterable

from sqlmodel import Session, col, delete, func, select

from app.core.clock import LOCAL
from app.core.errors import DomainError, InvalidInput
from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.work import Work
from knowledge.cases.access import FoundCase
from knowledge.cases.actions_findings import count
from knowledge.cases.actions_frame import consent_by_case, consent_of
from knowledge.cases.drafts import LONGEST_LINE, LONGEST_TEXT
from knowledge.cases.editing import locked_case
from knowledge.cases.models import (
    Case,
    DeidentificationChange,
    DeidentificationCheck,
    RemovedStation,
    Station,
)
from knowledge.cases.policy import (
    may_check_case,
    may_close_case,
    may_edit_case,
    may_keep_case,
    may_read_case,
    may_release_case,
)
from knowledge.cases.rules import CASE_LIFECYCLE, CaseFacts
from knowledge.cases.states import CaseState, CheckResult
from knowledge.cases.texts import allowed_words, authors_of, case_hits, case_texts, subject_of
from knowledge.privacy.gate import Answer, OpenHit, Standing, blocking, decide_all, hits_in, names_for

MOST_CHANGES = 30


def hits_of(session: Session, case: Case) -> list[OpenHit]:
    """What stands out in all texts of the case, with what was decided."""
    return case_hits(session, case, case_texts(session, case))


def facts_of(session: Session, found: FoundCase, checker_id: int | None, releaser_id: int | None) -> CaseFacts:
    """What the guards of the life ask for."""
    consent = consent_by_case(session, found.id)
    draft = consent_of(session, consent)
    stations = session.exec(select(func.count(col(Station.id))).where(col(Station.case_id) == found.id)).one()
    return CaseFacts(
        consent_form=draft.form.value if draft else None,
        consent_month=draft.obtained_month if draft else None,
        language_support_stated=draft is not None,
        consent_scopes=frozenset(draft.scopes) if draft else frozenset(),
        consent_withdrawn=consent is not None and consent.withdrawn,
        stations=stations,
        open_findings_of_check=len(blocking(hits_of(session, found.case))),
        giver_id=found.giver_id,
        author_ids=authors_of(session, found.case),
        checked_by_id=checker_id,
        released_by_id=releaser_id,
    )


def decide_passages(work: Work, case_id: int, answers: Iterable[Answer]) -> int:
    """What the author, or the second person, says about marked passages; how many answers said something new."""
    found = locked_case(work, case_id, may_read_case)
    work.require(may_edit_case(work.actor, found) or may_check_case(work.actor, found))
    if found.case.state != CaseState.DRAFT:
        raise RefusedMove(_("Der Fall ist schon geprüft."))
    return decide_all(work, subject_of(found.case), hits_of(work.session, found.case), answers)


def submit(work: Work, case_id: int) -> Case:
    """Give a draft to the second person; from here on nobody changes it until it is taken back or returned."""
    found = locked_case(work, case_id, may_edit_case)
    missing = missing_for_check(work.session, found)
    if missing:
        raise RefusedMove(missing[0])
    case = found.case
    case.submitted_at, case.returned_note = work.now, None
    work.session.exec(delete(RemovedStation).where(col(RemovedStation.case_id) == case.id))
    work.session.add(case)
    work.record("case.submitted", case)
    return case


def missing_for_check(session: Session, found: FoundCase) -> list[str]:
    """What the draft still lacks before a second person can look at it, as sentences."""
    facts = facts_of(session, found, None, None)
    hits = hits_of(session, found.case)
    undecided = [hit for hit in hits if hit.standing in (Standing.OPEN, Standing.REPLACE)]
    return [
        sentence
        for lacking, sentence in (
            (not found.case.household, _("Der Haushalt ist noch nicht beschrieben.")),
            (facts.stations == 0, _("Der Zeitstrahl hat noch keine Station.")),
            (
                facts.consent_form is None or not found.scopes,
                _("Die Einwilligung der Person ist noch nicht eingetragen."),
            ),
            (bool(undecided), _("Zu markierten Stellen fehlt noch Ihre Entscheidung.")),
        )
        if lacking
    ]


def take_back(work: Work, case_id: int) -> Case:
    """The case giver wants to change something before the second person is done."""
    found = locked_case(work, case_id, may_keep_case)
    case = found.case
    if case.state != CaseState.DRAFT or case.submitted_at is None:
        raise RefusedMove(_("Der Fall liegt nicht zur Prüfung."))
    case.submitted_at = None
    work.session.add(case)
    work.record("case.taken_back", case)
    return case


def confirm_check(work: Work, case_id: int, changes: Iterable[str]) -> Case:
    """The second person has read everything and says that nobody is recognisable, as far as a human can tell."""
    found = _submitted(work, case_id)
    lines = list(changes)
    if hits_in(lines, names_for(work.session), allowed_words(found.case)):
        raise InvalidInput(_("Nennen Sie nur die Art der Änderung, nicht was vorher dort stand."))
    facts = facts_of(work.session, found, work.actor.person_id, None)
    _move(work, found, CaseState.CHECKED, facts)
    _write_check(work, found.case, CheckResult.RELEASED, lines)
    found.case.submitted_at = None
    return found.case


def return_case(work: Work, case_id: int, note: str) -> Case:
    """The second person asks for a change and says which; the case is an open draft again."""
    found = _submitted(work, case_id)
    words = note.strip().replace("\r\n", "\n")
    if not words:
        raise InvalidInput(_("Bitte schreiben Sie, was geändert werden soll."))
    if len(words) > LONGEST_TEXT:
        raise InvalidInput(_("Bitte kürzen Sie den Text auf höchstens %(max)d Zeichen.", max=LONGEST_TEXT))
    case = found.case
    case.submitted_at, case.returned_note = None, words
    work.session.add(case)
    _write_check(work, case, CheckResult.RETURNED, None)
    work.record("case.returned", case)
    return case


def release(work: Work, case_id: int) -> Case:
    """Open the case for a workshop; its findings count as evidence from now on."""
    found = locked_case(work, case_id, may_release_case)
    checked_by = work.session.exec(
        select(DeidentificationCheck.checked_by_id).where(
            col(DeidentificationCheck.case_id) == case_id, col(DeidentificationCheck.result) == CheckResult.RELEASED
        )
    ).first()
    facts = facts_of(work.session, found, checked_by, work.actor.person_id)
    _move(work, found, CaseState.RELEASED, facts)
    count(work, found)
    return found.case


def back_to_draft(work: Work, case_id: int) -> Case:
    """Change a checked case: the check no longer holds."""
    found = locked_case(work, case_id, may_keep_case)
    _move(work, found, CaseState.DRAFT, CaseFacts())
    check = _check_row(work.session, case_id)
    if check is not None:
        check.result = CheckResult.RETURNED
        work.session.add(check)
    return found.case


def close(work: Work, case_id: int) -> Case:
    """Nothing more is to be done with it; it waits for the end of its retention period."""
    found = locked_case(work, case_id, may_close_case)
    _move(work, found, CaseState.CLOSED, CaseFacts())
    return found.case


STEPS = {"freigeben": release, "entwurf": back_to_draft, "abschliessen": close, "zurueckholen": take_back}
"""The steps that need nothing but a button, by the word in the form."""


def take_step(work: Work, case_id: int, step: str) -> Case:
    """One of the steps by its word; DomainError for any other word."""
    if step not in STEPS:
        raise DomainError(_("Diesen Schritt gibt es nicht."))
    return STEPS[step](work, case_id)


def _submitted(work: Work, case_id: int) -> FoundCase:
    found = locked_case(work, case_id, may_check_case)
    if found.case.state != CaseState.DRAFT or found.case.submitted_at is None:
        raise RefusedMove(_("Der Fall liegt nicht zur Prüfung."))
    return found


def _move(work: Work, found: FoundCase, target: CaseState, facts: CaseFacts) -> None:
    giver = {"giver"} if found.giver_id == work.actor.person_id else set()
    case = found.case
    verdict = CASE_LIFECYCLE.check(case.state, target, work.actor.roles | giver, facts)
    if not verdict:
        raise RefusedMove(_(verdict.reason))
    source, case.state = case.state, target
    work.session.add(case)
    work.record("case.moved", case, source=source.value, target=target.value)


def _check_row(session: Session, case_id: int) -> DeidentificationCheck | None:
    return session.exec(select(DeidentificationCheck).where(col(DeidentificationCheck.case_id) == case_id)).first()


def _write_check(work: Work, case: Case, result: CheckResult, changes: Iterable[str] | None) -> None:
    today = work.now.astimezone(LOCAL).date()
    check = _check_row(work.session, case.id or 0) or DeidentificationCheck(
        case_id=case.id or 0, checked_by_id=work.actor.person_id, checked_on=today, result=result
    )
    check.checked_by_id, check.checked_on, check.result = work.actor.person_id, today, result
    work.session.add(check)
    work.session.flush()
    if changes is None:
        return
    lines = [" ".join(line.split())[:LONGEST_LINE] for line in changes if line.strip()][:MOST_CHANGES]
    work.session.exec(delete(DeidentificationChange).where(col(DeidentificationChange.check_id) == check.id))
    work.session.add_all(
        DeidentificationChange(check_id=check.id or 0, position=place, text=line) for place, line in enumerate(lines)
    )
