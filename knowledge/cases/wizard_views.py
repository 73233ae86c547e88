"""A new case, its frame, and the consent of the person."""

from typing import Any

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import ChangedMeanwhile, DomainError, InvalidInput
from app.core.i18n import _
from app.core.web import perform_once, reading, requires, signed_in
from knowledge.cases import actions_frame, policy
from knowledge.cases.access import FoundCase
from knowledge.cases.blueprint import blueprint
from knowledge.cases.consent_form import ConsentEntry, consent_values
from knowledge.cases.drafts import EVERYBODY, NO_AUTHORITIES, NOBODY, ROOMS, WELFARE
from knowledge.cases.forms import FrameForm, frame_values
from knowledge.cases.models import Case
from knowledge.cases.names import free_words, offered
from knowledge.cases.rules import NON_AUTHORITY_TYPES, locked_organisation_types
from knowledge.cases.states import CaseTiming
from knowledge.cases.wizard import case_by_key, conflict, step_page
from knowledge.taxonomy.terms import label


@blueprint.get("/faelle/neu")
@requires(policy.may_write_case)
def new() -> Response:
    """An empty frame, with neutral words to choose from."""
    return _frame_page(_frame_form(timing=CaseTiming.CLOSED.value))


@blueprint.post("/faelle")
@requires(policy.may_write_case)
def create() -> AnyResponse:
    """Begin a case; what is typed later is saved step by step."""
    form = _frame_form()
    chosen = form.word.data in free_words(actions_frame.used_keys(reading()))
    if not form.validate_on_submit() or not chosen:
        if not chosen:
            form.word.errors = [_("Bitte wählen Sie ein Wort aus der Liste.")]
        return _frame_page(form, status=422)
    try:
        return perform_once(actions_frame.create_case, form.word.data, form.draft(), then=_to_stations)
    except InvalidInput as error:
        form.anchor.errors = [error.message]
        return _frame_page(form, status=error.status)
    except DomainError as error:
        form.word.errors = [error.message]
        return _frame_page(form, status=error.status)


@blueprint.get("/faelle/<key>/rahmen")
@requires(policy.may_edit_case, load=case_by_key)
def frame(found: FoundCase, key: str) -> Response:
    """The frame as it is written."""
    del key
    draft = actions_frame.frame_of(reading(), found.case)
    shown = actions_frame.mark_of_frame(reading(), found.case)
    return _frame_page(_frame_form(**frame_values(draft), shown=shown), found)


@blueprint.post("/faelle/<key>/rahmen")
@requires(policy.may_edit_case, load=case_by_key)
def change_frame(found: FoundCase, key: str) -> AnyResponse:
    """Save; if somebody else saved meanwhile, both texts are shown and nothing is overwritten."""
    del key
    form = _frame_form()
    if not form.validate_on_submit():
        return _frame_page(form, found, status=422)
    try:
        return perform_once(
            actions_frame.change_frame, found.id, form.draft(), form.shown.data or "", then=_to_stations
        )
    except ChangedMeanwhile as error:
        saved = frame_values(actions_frame.frame_of(reading(), found.case))
        mark = actions_frame.mark_of_frame(reading(), found.case)
        return _frame_page(form, found, **conflict(form, saved, error, mark))


def _to_stations(case: Case) -> str:
    return url_for("cases.stations", key=case.key)


def _frame_form(**values: Any) -> FrameForm:
    with_place = bool(policy.may_read_municipality(signed_in()))
    return FrameForm.over(reading(), with_place, **values)


def _frame_page(form: FrameForm, found: FoundCase | None = None, status: int = 200, **more: Any) -> Response:
    used = actions_frame.used_keys(reading())
    first = [*offered(used, len(used) * 5), form.word.data]
    words = [] if found else [word for word in free_words(used) if word in first]
    form.word.choices = [(word, word) for word in words]
    form.word.data = form.word.data or next(iter(words), "")
    return step_page(
        "cases/frame.html",
        found,
        "rahmen",
        status=status,
        form=form,
        sees_municipality=bool(policy.may_read_municipality(signed_in())),
        **more,
    )


@blueprint.get("/faelle/<key>/einwilligung")
@requires(policy.may_edit_case, load=case_by_key)
def consent(found: FoundCase, key: str) -> Response:
    """What the person consented to, and what each answer locks."""
    del key
    draft = actions_frame.consent_of(reading(), actions_frame.consent_by_case(reading(), found.id))
    values = consent_values(draft) if draft else {}
    return _consent_page(ConsentEntry.over(_rooms(), **values), found)


@blueprint.post("/faelle/<key>/einwilligung")
@requires(policy.may_edit_case, load=case_by_key)
def change_consent(found: FoundCase, key: str) -> AnyResponse:
    """Note the consent."""
    form = ConsentEntry.over(_rooms())
    if not form.validate_on_submit():
        return _consent_page(form, found, status=422)
    draft, shown = form.draft(), form.shown.data or ""
    try:
        return perform_once(
            actions_frame.write_consent, found.id, draft, shown, then=lambda _row: url_for("cases.review", key=key)
        )
    except ChangedMeanwhile as error:
        now = actions_frame.consent_of(reading(), actions_frame.consent_by_case(reading(), found.id))
        saved, mark = (consent_values(now), now.mark) if now else ({}, "")
        return _consent_page(form, found, **conflict(form, saved, error, mark))
    except InvalidInput as error:
        form.obtained_month.errors = [error.message]
        return _consent_page(form, found, status=error.status)


def _rooms() -> list[tuple[str, str]]:
    return [
        (NOBODY, _("Niemand. Der Fall wird nicht besprochen.")),
        (WELFARE, _("Nur Beratungsstellen und die Moderation")),
        (NO_AUTHORITIES, _("Alle außer Behörden")),
        (EVERYBODY, _("Auch Behörden")),
    ]


def _room_hints() -> dict[str, str]:
    """Who stays outside with each answer, by the very rule that locks the attendance grid."""
    others = sorted(
        label("agency_types", each) for each in locked_organisation_types(ROOMS[WELFARE]) & NON_AUTHORITY_TYPES
    )
    authorities = sorted(label("agency_types", each) for each in locked_organisation_types(ROOMS[NO_AUTHORITIES]))
    return {
        NOBODY: _("Alle bleiben draußen; der Fall kann dann nicht freigegeben werden."),
        WELFARE: _("Draußen bleiben alle Behörden, außerdem: %(names)s.", names=", ".join(others)),
        NO_AUTHORITIES: _("Draußen bleiben: %(names)s.", names=", ".join(authorities)),
        EVERYBODY: _(
            "Niemand ist ausgeschlossen. Behörden können Mitteilungspflichten haben; die Person sollte das wissen."
        ),
    }


def _consent_page(form: ConsentEntry, found: FoundCase, status: int = 200, **more: Any) -> Response:
    return step_page(
        "cases/consent.html", found, "einwilligung", status=status, form=form, room_hints=_room_hints(), **more
    )
