"""Papers as pages: the list, one paper, writing it, its way through the bodies."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import ChangedMeanwhile, InvalidInput
from app.core.forms import ConfirmForm
from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.web import page, perform_once, reading, requires, signed_in
from knowledge.conversation.queries import beside
from knowledge.privacy.confirming import Unchecked
from knowledge.trace.queries import thread_of
from knowledge.trace.rules import NodeId
from knowledge.trace.wording import entries
from meetings.agenda.policy import may_edit_agenda
from meetings.agenda.queries import FoundItem, item_by_number
from meetings.bodies.queries import all_bodies
from meetings.papers import actions, choices, pages, policy, queries, routing, wording
from meetings.papers.forms import AdviceForm, FinalTextForm, PaperForm, ScheduleForm, StepForm, filled
from meetings.papers.models import Paper
from meetings.papers.queries import FoundPaper, Stop
from meetings.papers.states import PaperState, Recommendation

blueprint = Blueprint("papers", __name__, template_folder="templates")
ONE = "/vorlagen/<int(max=2147483647):paper_id>"
STATION = f"{ONE}/schritt/<int(max=2147483647):station_id>"


def paper_at(session: Session, paper_id: int, **_more: Any) -> FoundPaper | None:
    """The paper that an address names."""
    return queries.paper_by_id(session, paper_id)


def address(paper_id: int, anchor: str | None = None) -> str:
    """Where a paper stands."""
    return url_for("papers.show", paper_id=paper_id, _anchor=anchor)


@blueprint.get("/vorlagen")
@requires(policy.may_list_papers)
def index() -> Response:
    """The papers that the person may read."""
    body = request.args.get("gremium", "")[:64]
    view = pages.paper_list(reading(), signed_in(), request.args.get("stand", ""), body)
    return page(
        "papers/index.html",
        view=view,
        words=wording,
        bodies=all_bodies(reading()),
        begins=bool(policy.may_begin_paper(signed_in())),
        tab_url=lambda tab: url_for("papers.index", stand=tab or None, gremium=body or None),
    )


@blueprint.get("/vorlagen/neu")
@requires(policy.may_begin_paper)
def new() -> Response:
    """An empty paper."""
    return _form_page(choices.offered(reading(), signed_in(), PaperForm()))


def _form_page(form: PaperForm, paper: Paper | None = None, status: int = 200, **more: Any) -> Response:
    return page("papers/form.html", status=status, form=form, paper=paper, **more)


@blueprint.post("/vorlagen/neu")
@requires(policy.may_begin_paper)
def create() -> AnyResponse:
    """Keep it as a draft."""
    form = choices.offered(reading(), signed_in(), PaperForm())
    if not form.validate_on_submit():
        return _form_page(form, status=422)
    try:
        return perform_once(
            actions.begin_paper, form.draft(), form.confirmed.data or (), then=lambda paper: address(paper.id or 0)
        )
    except Unchecked as error:
        form.ask_about(error)
        return _form_page(form, status=error.status)
    except InvalidInput as error:
        return _form_page(form, status=error.status, problem=error.message)


@blueprint.get(ONE)
@requires(policy.may_read_paper, load=paper_at)
def show(found: FoundPaper, paper_id: int) -> Response:
    """One paper with its route, its attachments, its thread and what is said about it."""
    session, actor = reading(), signed_in()
    thread = thread_of(session, actor, NodeId("paper", paper_id))
    return page(
        "papers/show.html",
        view=pages.paper_page(session, actor, found),
        words=wording,
        sources=entries(thread.sources),
        consequences=entries(thread.consequences),
        beside=beside(session, actor, "paper", paper_id),
    )


@blueprint.get(f"{ONE}/bearbeiten")
@requires(policy.may_edit_paper, load=paper_at)
def edit(found: FoundPaper, paper_id: int) -> Response:
    """The paper as a form."""
    stations = [stop.station for stop in found.stops]
    form = filled(found.paper, stations, choices.subjects_of(reading(), paper_id))
    return _form_page(choices.offered(reading(), signed_in(), form, found.paper), found.paper)


@blueprint.post(f"{ONE}/bearbeiten")
@requires(policy.may_edit_paper, load=paper_at)
def change(found: FoundPaper, paper_id: int) -> AnyResponse:
    """Save; if somebody else saved meanwhile, both texts are shown and nothing is overwritten."""
    form = choices.offered(reading(), signed_in(), PaperForm(), found.paper)
    if not form.validate_on_submit():
        return _form_page(form, found.paper, 422)
    given = form.draft(), form.shown_version(), form.confirmed.data or ()
    try:
        return perform_once(actions.change_paper, paper_id, *given, then=lambda _found: address(paper_id))
    except Unchecked as error:
        form.ask_about(error)
        return _form_page(form, found.paper, error.status)
    except InvalidInput as error:
        return _form_page(form, found.paper, error.status, problem=error.message)
    except ChangedMeanwhile as error:
        saved, typed = actions.texts_of(found.paper), form.draft().texts()
        form.version.data = str(found.paper.version)
        differing = [(words, saved[name]) for name, words in wording.TEXTS.items() if saved[name] != typed[name]]
        return _form_page(form, found.paper, error.status, conflict=error.message, differing=differing)


def _wanted(target: str) -> PaperState | None:
    return PaperState(target) if target in set(PaperState) else None


def paper_of_step(session: Session, paper_id: int, target: str) -> FoundPaper | None:
    """The paper, if there is such a step at all."""
    return queries.paper_by_id(session, paper_id) if _wanted(target) else None


@blueprint.get(f"{ONE}/weiter/<target>")
@requires(policy.may_move_paper, load=paper_of_step)
def ask_step(found: FoundPaper, paper_id: int, target: str) -> Response:
    """What a step means, with room for words."""
    del paper_id
    return _step_page(found, PaperState(target), StepForm())


def _step_page(found: FoundPaper, target: PaperState, form: StepForm, status: int = 200) -> Response:
    return page("papers/step.html", status=status, found=found, target=target, form=form, words=wording)


@blueprint.post(f"{ONE}/weiter/<target>")
@requires(policy.may_move_paper, load=paper_of_step)
def move(found: FoundPaper, paper_id: int, target: str) -> AnyResponse:
    """Take the step."""
    form = StepForm()
    if not form.validate_on_submit():
        return _step_page(found, PaperState(target), form, 422)
    try:
        return perform_once(
            actions.move_paper, paper_id, PaperState(target), form.comment.data or "", then=lambda _f: address(paper_id)
        )
    except RefusedMove as error:
        form.comment.errors = [_(error.reason)]
        return _step_page(found, PaperState(target), form, 422)


@blueprint.post(f"{STATION}/tagesordnung")
@requires(policy.may_steer_paper, load=paper_at)
def schedule(found: FoundPaper, paper_id: int, station_id: int) -> AnyResponse:
    """Put it on the chosen agenda."""
    form = ScheduleForm()
    form.meeting.choices = [(slot.key, slot.title) for slot in queries.meetings_ahead(reading(), _bodies(found))]
    if not form.validate_on_submit():
        raise InvalidInput(_("Bitte wählen Sie die Sitzung."))
    place = address(paper_id, "beratungsfolge")
    return perform_once(routing.schedule, paper_id, station_id, form.meeting.data, then=lambda _found: place)


def _bodies(found: FoundPaper) -> list[int]:
    return [stop.station.body_id for stop in found.stops]


@blueprint.post(f"{STATION}/absetzen")
@requires(policy.may_steer_paper, load=paper_at)
def take_off(found: FoundPaper, paper_id: int, station_id: int) -> AnyResponse:
    """Undo that."""
    del found
    place = address(paper_id, "beratungsfolge")
    return perform_once(routing.take_off, paper_id, station_id, then=lambda _found: place)


@blueprint.route(f"{STATION}/empfehlung", methods=["GET", "POST"])
@requires(policy.may_steer_paper, load=paper_at)
def advise(found: FoundPaper, paper_id: int, station_id: int) -> AnyResponse:
    """What a body advises, kept apart from what is decided."""
    stop = routing.stop_of(found, station_id)
    if request.method == "GET":
        return _advice_page(found, stop, _advice_form(stop))
    form = AdviceForm()
    if not form.validate_on_submit():
        return _advice_page(found, stop, form, 422)
    advice, text = Recommendation(form.advice.data), form.text.data or ""
    place = address(paper_id, "beratungsfolge")
    given = paper_id, station_id, advice, text, form.confirmed.data or ()
    try:
        return perform_once(routing.recommend, *given, then=lambda _station: place)
    except Unchecked as error:
        form.ask_about(error)
        return _advice_page(found, stop, form, error.status)


def _advice_form(stop: Stop) -> AdviceForm:
    return AdviceForm(advice=stop.station.recommendation, text=stop.station.recommendation_text or "")


def _advice_page(found: FoundPaper, stop: Stop, form: AdviceForm, status: int = 200) -> Response:
    return page("papers/advice.html", status=status, found=found, stop=stop, form=form)


@blueprint.route(f"{ONE}/beschlussfassung", methods=["GET", "POST"])
@requires(policy.may_steer_paper, load=paper_at)
def final_text(found: FoundPaper, paper_id: int) -> AnyResponse:
    """The wording as it was decided, apart from the submitted one."""
    form = (
        FinalTextForm()
        if request.method == "POST"
        else FinalTextForm(text=found.paper.final_text or found.paper.proposal)
    )
    if request.method == "GET" or not form.validate_on_submit():
        return page("papers/final.html", status=200 if request.method == "GET" else 422, found=found, form=form)
    given, place = (paper_id, form.text.data or "", form.confirmed.data or ()), address(paper_id, "text")
    try:
        return perform_once(routing.keep_final_text, *given, then=lambda _found: place)
    except Unchecked as error:
        form.ask_about(error)
        return page("papers/final.html", status=error.status, found=found, form=form)


@blueprint.get("/sitzungen/<key>/top/<number>/vorlagen")
@requires(may_edit_agenda, load=item_by_number)
def choose(item: FoundItem, key: str, number: str) -> Response:
    """The papers that wait for this body and could be dealt with under this item."""
    del key, number
    found = queries.waiting_papers(reading(), item.body.body_id)
    waiting = [(paper, stop) for paper, stop in found if policy.may_read_paper(signed_in(), paper)]
    return page("papers/choose.html", item=item, waiting=waiting, words=wording, form=ConfirmForm())


@blueprint.post(
    "/sitzungen/<key>/top/<number>/vorlagen/<int(max=2147483647):paper_id>/<int(max=2147483647):station_id>"
)
@requires(may_edit_agenda, load=lambda session, key, number, **_more: item_by_number(session, key, number))
def attach_to_item(item: FoundItem, key: str, number: str, paper_id: int, station_id: int) -> AnyResponse:
    """Have the paper dealt with under this item."""
    del item
    place = url_for("meetings.item", key=key, number=number)
    return perform_once(routing.attach_to_item, key, number, paper_id, station_id, then=lambda _item: place)
