"""The check on recognisable people: the author's part, the second person's part, and the steps that follow.

It is a check and no anonymisation; the pages say so.
"""

from flask import Response, request, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import DomainError, InvalidInput
from app.core.permissions import Actor, Verdict, all_of, allowed_if
from app.core.web import page, perform, perform_once, reading, requires, signed_in
from app.people.models import Municipality
from knowledge.cases import actions, actions_life, policy
from knowledge.cases.access import FoundCase
from knowledge.cases.actions_frame import frame_of
from knowledge.cases.blueprint import blueprint
from knowledge.cases.consent_form import CheckForm, ReturnForm, StepForm
from knowledge.cases.household import size
from knowledge.cases.models import Case
from knowledge.cases.passages import STANDINGS, answers_in, marked_texts
from knowledge.cases.texts import case_hits, case_texts
from knowledge.cases.wizard import case_by_key, step_page
from knowledge.privacy.gate import blocking
from knowledge.privacy.rarity import rare_combination
from knowledge.privacy.wording import RARE


def may_look_through(actor: Actor, found: FoundCase) -> Verdict:
    """The second person, while the case waits for one."""
    return all_of(
        policy.may_check_case(actor, found),
        allowed_if(found.submitted and found.state == "draft", "Der Fall liegt nicht zur Prüfung."),
    )


@blueprint.get("/faelle/<key>/pruefung")
@requires(policy.may_edit_case, load=case_by_key)
def review(found: FoundCase, key: str) -> Response:
    """Everything that stands out in the draft, for its author to decide; and what is missing before it goes on."""
    del key
    return _review_page(found)


@blueprint.post("/faelle/<key>/pruefung")
@requires(policy.may_edit_case, load=case_by_key)
def decide(found: FoundCase, key: str) -> AnyResponse:
    """Save what the author says about the passages."""
    given = answers_in(request.form)
    try:
        return perform_once(
            actions_life.decide_passages, found.id, given, then=lambda _n: url_for("cases.review", key=key)
        )
    except InvalidInput as error:
        return _review_page(found, status=error.status, problem=error.message)


def _review_page(found: FoundCase, status: int = 200, problem: str = "") -> Response:
    texts = case_texts(reading(), found.case)
    hits = case_hits(reading(), found.case, texts)
    return step_page(
        "cases/review.html",
        found,
        "pruefung",
        status=status,
        texts=marked_texts(texts, hits),
        hits=len(hits),
        typed=request.form,
        standings=STANDINGS,
        reader=signed_in().person_id,
        missing=actions_life.missing_for_check(reading(), found),
        rare=_rare(reading(), found),
        problem=problem,
        form=StepForm(),
    )


@blueprint.post("/faelle/<key>/zur-pruefung")
@requires(policy.may_edit_case, load=case_by_key)
def submit(found: FoundCase, key: str) -> AnyResponse:
    """Give it to the second person."""
    del key
    return perform_once(actions_life.submit, found.id, then=_to_case)


@blueprint.get("/faelle/<key>/zweite-pruefung")
@requires(may_look_through, load=case_by_key)
def second(found: FoundCase, key: str) -> Response:
    """All texts of the case with what stands out and what its author said about it."""
    del key
    return _second_page(found, CheckForm(formdata=None), ReturnForm(formdata=None))


@blueprint.post("/faelle/<key>/zweite-pruefung")
@requires(may_look_through, load=case_by_key)
def decide_second(found: FoundCase, key: str) -> AnyResponse:
    """Save what the second person says about the passages."""
    given = answers_in(request.form)
    try:
        return perform_once(
            actions_life.decide_passages, found.id, given, then=lambda _n: url_for("cases.second", key=key)
        )
    except InvalidInput as error:
        forms = CheckForm(formdata=None), ReturnForm(formdata=None)
        return _second_page(found, *forms, status=error.status, problem=error.message)


@blueprint.post("/faelle/<key>/bestaetigen")
@requires(may_look_through, load=case_by_key)
def confirm(found: FoundCase, key: str) -> AnyResponse:
    """The second person confirms."""
    del key
    form = CheckForm()
    back = ReturnForm(formdata=None)
    if not form.validate_on_submit():
        return _second_page(found, form, back, status=422)
    try:
        lines = (form.changes.data or "").splitlines()
        return perform_once(actions_life.confirm_check, found.id, lines, then=_to_case)
    except DomainError as error:
        form.changes.errors = [error.message]
        return _second_page(found, form, back, status=error.status)


@blueprint.post("/faelle/<key>/zurueckgeben")
@requires(may_look_through, load=case_by_key)
def give_back(found: FoundCase, key: str) -> AnyResponse:
    """The second person asks for a change."""
    del key
    form = ReturnForm()
    if not form.validate_on_submit():
        return _second_page(found, CheckForm(formdata=None), form, status=422)
    return perform_once(actions_life.return_case, found.id, form.note.data or "", then=_to_case)


def _second_page(
    found: FoundCase, check: CheckForm, back: ReturnForm, status: int = 200, problem: str = ""
) -> Response:
    perform(actions.note_reading, found.id)
    texts = case_texts(reading(), found.case)
    hits = case_hits(reading(), found.case, texts)
    return page(
        "cases/second.html",
        status=status,
        case=found.case,
        texts=marked_texts(texts, hits, only_marked=False),
        hits=len(hits),
        held_back=len(blocking(hits)),
        typed=request.form,
        rare=_rare(reading(), found),
        check=check,
        back=back,
        standings=STANDINGS,
        reader=signed_in().person_id,
        problem=problem,
    )


@blueprint.post("/faelle/<key>/schritt")
@requires(policy.may_read_case, load=case_by_key)
def step(found: FoundCase, key: str) -> AnyResponse:
    """Release, back to draft, close, take back: the action says who may."""
    del key
    return perform_once(actions_life.take_step, found.id, request.form.get("step", ""), then=_to_case)


def _to_case(case: Case) -> str:
    return url_for("cases.show", key=case.key)


def _rare(session: Session, found: FoundCase) -> str | None:
    """A warning for those who may know the municipality, else None (DP-3); a place of unknown size counts as small."""
    if not policy.may_read_municipality(signed_in()) or found.case.municipality_id is None:
        return None
    statement = select(Municipality.inhabitants).where(col(Municipality.id) == found.case.municipality_id)
    draft = frame_of(session, found.case)
    rarity = rare_combination(
        inhabitants=session.exec(statement).first() or 0,
        groups=draft.groups,
        household=size(draft.adults, draft.children),
        more=draft.sensitive,
    )
    return str(RARE) if rarity else None
