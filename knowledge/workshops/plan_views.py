"""Planning a workshop: the form, who attends which case, calling it off."""

from collections.abc import Callable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, flash, g, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import ChangedMeanwhile, DomainError
from app.core.forms import ConfirmForm
from app.core.i18n import _
from app.core.web import page, perform_once, reading, requires, signed_in
from knowledge.cases.access import FoundCase
from knowledge.privacy.confirming import Unchecked
from knowledge.privacy.wording import KIND_LABELS
from knowledge.workshops import choices, planning, policy, queries
from knowledge.workshops.blueprint import blueprint, may_plan
from knowledge.workshops.forms import CallOffForm, PlanForm, blank, filled
from knowledge.workshops.inviting import call_off_and_tell
from knowledge.workshops.inviting_views import sender
from knowledge.workshops.models import Workshop
from knowledge.workshops.planning import BadPlan, PlanIsFixed
from knowledge.workshops.queries import WorkshopSheet
from knowledge.workshops.rules import Cell, may_change_plan


@blueprint.get("/workshops/neu")
@requires(policy.may_plan_workshops)
def new() -> Response:
    """An empty plan."""
    offered = _offered(None)
    return _form_page(PlanForm.over(reading(), **blank(offered)), offered)


@blueprint.post("/workshops")
@requires(policy.may_plan_workshops)
def create() -> AnyResponse:
    """Write a new plan down."""
    form = PlanForm.over(reading())
    return _saved(form, None, lambda: perform_once(planning.create_workshop, form.plan(), _confirmed(), then=_grid))


@blueprint.get("/workshops/<key>/bearbeiten")
@requires(may_plan, load=queries.sheet_by_key)
def edit(sheet: WorkshopSheet, key: str) -> AnyResponse:
    """The form with the plan."""
    del key
    if fixed := _fixed(sheet):
        return fixed
    offered = _offered(sheet)
    return _form_page(PlanForm.over(reading(), **filled(sheet, offered, zone())), offered, sheet)


@blueprint.post("/workshops/<key>")
@requires(may_plan, load=queries.sheet_by_key)
def change(sheet: WorkshopSheet, key: str) -> AnyResponse:
    """Save a changed plan."""
    form = PlanForm.over(reading())
    return _saved(
        form,
        sheet,
        lambda: perform_once(
            planning.change_workshop, key, form.plan(), form.shown_version(), _confirmed(), then=_address
        ),
    )


@blueprint.get("/workshops/<key>/teilnahme")
@requires(may_plan, load=queries.sheet_by_key)
def attendance(sheet: WorkshopSheet, key: str) -> AnyResponse:
    """The grid of organisations and cases; `alle` ticks every cell that is not locked, and saves nothing."""
    del key
    if fixed := _fixed(sheet):
        return fixed
    everything = request.args.get("alle") == "1"
    ticked = {
        (organisation.id or 0, row.case.id or 0)
        for organisation in sheet.organisations
        for row, cell in zip(sheet.cases, sheet.attendance[organisation.id or 0], strict=True)
        if not cell.locked and (cell.attends or everything)
    }
    return _grid_page(sheet, ticked, sheet.emails)


@blueprint.post("/workshops/<key>/teilnahme")
@requires(may_plan, load=queries.sheet_by_key)
def set_attendance(sheet: WorkshopSheet, key: str) -> AnyResponse:
    """Save the grid."""
    wanted = _cells(request.form.getlist("attend"))
    emails = {each.id or 0: request.form.get(f"email-{each.id}", "").strip()[:254] for each in sheet.organisations}
    shown = request.form.get("version", "")
    version = int(shown) if shown.isascii() and shown.isdecimal() and len(shown) < 10 else -1
    form = ConfirmForm()
    if not form.validate_on_submit():
        return _grid_page(sheet, wanted, emails, 422, form=form)
    try:
        return perform_once(planning.set_attendance, key, wanted, emails, version, then=_address)
    except DomainError as error:
        form.form_errors.append(error.message)
        return _grid_page(sheet, wanted, emails, error.status, form=form)


@blueprint.get("/workshops/<key>/absagen")
@requires(may_plan, load=queries.sheet_by_key)
def ask_call_off(sheet: WorkshopSheet, key: str) -> AnyResponse:
    """Are you sure? Who will be told."""
    del key
    return _fixed(sheet) or _call_off_page(sheet, CallOffForm(formdata=None).without_question())


@blueprint.post("/workshops/<key>/absagen")
@requires(may_plan, load=queries.sheet_by_key)
def call_off(sheet: WorkshopSheet, key: str) -> AnyResponse:
    """Call it off and tell everybody who was invited."""
    form = CallOffForm()
    if not form.validate_on_submit():
        return _call_off_page(sheet, form.without_question(), 422)
    given = (form.reason.data or "").strip(), sender(), bool(form.confirmed.data)
    try:
        response = perform_once(call_off_and_tell, key, *given, then=_address)
    except PlanIsFixed as error:
        form.form_errors.append(error.message)
        return _call_off_page(sheet, form.without_question(), error.status)
    except Unchecked as error:
        passages = ", ".join(hit.text for hit in error.hits)
        form.form_errors.append(_("Lässt das jemanden erkennen? %(passages)s", passages=passages))
        return _call_off_page(sheet, form, error.status)
    flash(_("Der Workshop ist abgesagt."), "success")
    return response


def zone() -> ZoneInfo:
    """The county's time zone."""
    return ZoneInfo(g.tenant.timezone)


def _confirmed() -> frozenset[str]:
    """The hits of the privacy check that were marked as harmless."""
    return frozenset(key[:16] for key in request.form.getlist("harmless"))


def _offered(sheet: WorkshopSheet | None) -> list[FoundCase]:
    return choices.cases(reading(), signed_in(), sheet.workshop.id if sheet else None, clock.today())


def _grid(workshop: Workshop) -> str:
    return url_for("workshops.attendance", key=workshop.key)


def _address(workshop: Workshop) -> str:
    return url_for("workshops.show", key=workshop.key)


def _fixed(sheet: WorkshopSheet) -> Response | None:
    """The page that says why nothing can be planned any more."""
    verdict = may_change_plan(sheet.workshop.state)
    if verdict:
        return None
    return page("workshops/fixed.html", status=409, workshop=sheet.workshop, reason=_(verdict.reason))


def _saved(form: PlanForm, sheet: WorkshopSheet | None, save: Callable[[], AnyResponse]) -> AnyResponse:
    """What the action gives, or the form again with everything typed and the reasons why not."""
    offered = _offered(sheet)
    if not form.validate_on_submit():
        return _form_page(form, offered, sheet, 422)
    try:
        return save()
    except BadPlan as error:
        form.show(error.problems)
        return _form_page(form, offered, sheet, error.status)
    except Unchecked as error:
        return _form_page(form, offered, sheet, error.status, hits=error.hits, problem=error.message)
    except (ChangedMeanwhile, PlanIsFixed) as error:
        form.form_errors.append(error.message)
        return _form_page(form, offered, sheet, error.status)


def _form_page(
    form: PlanForm, offered: Sequence[FoundCase], sheet: WorkshopSheet | None = None, status: int = 200, **more: Any
) -> Response:
    return page(
        "workshops/form.html",
        status=status,
        form=form,
        workshop=sheet.workshop if sheet else None,
        cases={str(each.id): each.case for each in offered},
        confirmed=_confirmed() if request.method == "POST" else frozenset(),
        kind_words=KIND_LABELS,
        **more,
    )


def _cells(typed: Sequence[str]) -> set[Cell]:
    pairs = (each.partition("-") for each in typed[:10_000])
    return {
        (int(organisation), int(case))
        for organisation, _dash, case in pairs
        if organisation.isdecimal() and case.isdecimal() and len(organisation) < 10 and len(case) < 10
    }


def _grid_page(
    sheet: WorkshopSheet, ticked: set[Cell], emails: Any, status: int = 200, form: ConfirmForm | None = None
) -> Response:
    return page(
        "workshops/attendance.html",
        status=status,
        form=form or ConfirmForm(formdata=None),
        sheet=sheet,
        ticked={f"{organisation}-{case}" for organisation, case in ticked},
        emails=emails,
        people=queries.people_of(reading(), [each.id or 0 for each in sheet.organisations]),
    )


def _call_off_page(sheet: WorkshopSheet, form: CallOffForm, status: int = 200) -> Response:
    return page(
        "ui/confirm.html",
        status=status,
        title=_("Workshop absagen?"),
        text=_(
            "Wer eine Einladung hat, bekommt eine Absage für den Kalender. Die Fälle werden wieder frei. "
            "Das lässt sich nicht zurücknehmen."
        ),
        facts=[(_("Workshop"), sheet.workshop.title), (_("Eingeladene Stellen"), str(len(sheet.organisations)))],
        form=form,
        action_url=url_for("workshops.call_off", key=sheet.workshop.key),
        confirm_label=_("Workshop absagen"),
        back_url=url_for("workshops.show", key=sheet.workshop.key),
    )
