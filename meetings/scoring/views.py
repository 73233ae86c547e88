"""Scorings as pages: announcing, the sheet topic by topic, the standing and the result, closing, weights of a body."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import ChangedMeanwhile, DomainError, InvalidInput, NotFound
from app.core.forms import ConfirmForm, small_number
from app.core.i18n import _
from app.core.permissions import Actor, Verdict
from app.core.web import page, perform_once, reading, requires, signed_in
from meetings.agenda.queries import FoundItem, item_by_number, planned_vote
from meetings.bodies.queries import FoundBody, body_by_key
from meetings.scoring import actions, pages, policy, queries, wording
from meetings.scoring.forms import OpenScoringForm, TakeBackForm, opening_form, sheet_form, weights_form
from meetings.scoring.queries import FoundScoring, scoring_by_id
from meetings.scoring.rules import MOST_WEIGHT, is_complete, next_topic

blueprint = Blueprint("scoring", __name__, template_folder="templates")


@blueprint.context_processor
def words() -> dict[str, object]:
    """The words that the templates of this room use."""
    return {
        "scoring_state": wording.state_words,
        "rule_sentences": wording.rule_sentences,
        "variant_words": wording.variant_words,
        "order_words": wording.order_words,
        "as_percent": pages.as_percent,
    }


@blueprint.route("/sitzungen/<key>/top/<number>/bewertung", methods=["GET", "POST"], endpoint="open")
@requires(policy.may_open_scoring, load=item_by_number)
def announce(item: FoundItem, key: str, number: str) -> Response | AnyResponse:
    """What is scored, by which weights, until when; then the organisations are asked."""
    standing = queries.scoring_of_item(reading(), item.item.id or 0)
    if standing and request.method == "GET":
        return redirect(url_for("scoring.show", scoring_id=standing.id))
    planned = planned_vote(reading(), item.item.id or 0)
    ready = pages.announcing(reading(), item, planned.criteria if planned else ())
    form = opening_form(ready.topics, ready.labels, ready.weights, ready.until)
    if request.method == "GET" or not form.validate_on_submit():
        return _announcement(item, form, 200 if request.method == "GET" else 422)
    try:
        return perform_once(
            actions.open_scoring, key, number, form.draft(), then=lambda row: url_for("scoring.show", scoring_id=row.id)
        )
    except InvalidInput as error:
        form.form_errors.append(error.message)
        return _announcement(item, form, error.status)


def _announcement(item: FoundItem, form: OpenScoringForm, status: int) -> Response:
    return page("scoring/open.html", status=status, found=item, form=form)


@blueprint.get("/bewertungen/<int(max=2147483647):scoring_id>")
@requires(policy.may_read_scoring, load=scoring_by_id)
def show(found: FoundScoring, scoring_id: int) -> Response:
    """Who has answered; the result once it may be seen, with other weights to try out."""
    del scoring_id
    typed = {
        key: small_number(request.args.get(f"g-{key}")) for key in found.rule.weights if f"g-{key}" in request.args
    }
    tried = {key: min(weight, MOST_WEIGHT) for key, weight in typed.items()}
    view = pages.scoring_page(reading(), signed_in(), found, tried if any(tried.values()) else None)
    planned = planned_vote(reading(), found.meeting.item.id or 0)
    return page("scoring/show.html", view=view, planned=planned.vote if planned else None)


@dataclass(frozen=True, kw_only=True)
class FoundSheet(FoundScoring):
    """The sheet of one organisation; `organisation_id` is None where it is the reader's own."""

    organisation_id: int | None


def _own_sheet(session: Session, scoring_id: int) -> FoundSheet | None:
    found = scoring_by_id(session, scoring_id)
    return FoundSheet(**vars(found), organisation_id=None) if found else None


def _paper_sheet(session: Session, scoring_id: int, organisation_id: int) -> FoundSheet | None:
    found = scoring_by_id(session, scoring_id)
    return FoundSheet(**vars(found), organisation_id=organisation_id) if found else None


def may_enter(actor: Actor, sheet: FoundSheet) -> Verdict:
    """The policy over the sheet of an organisation."""
    return policy.may_enter_for(actor, sheet, sheet.organisation_id or 0)


@blueprint.route("/bewertungen/<int(max=2147483647):scoring_id>/bogen", methods=["GET", "POST"])
@requires(policy.may_score, load=_own_sheet)
def sheet(found: FoundSheet, scoring_id: int) -> Response | AnyResponse:
    """The sheet of the reader's organisation, one topic a page; each topic is saved by itself."""
    del scoring_id
    return _sheet_page(found)


@blueprint.route(
    "/bewertungen/<int(max=2147483647):scoring_id>/bogen/<int(max=2147483647):organisation_id>", methods=["GET", "POST"]
)
@requires(may_enter, load=_paper_sheet)
def enter(found: FoundSheet, scoring_id: int, organisation_id: int) -> Response | AnyResponse:
    """A sheet that came on paper, entered by the office."""
    del scoring_id, organisation_id
    return _sheet_page(found)


def _sheet_page(found: FoundSheet) -> Response | AnyResponse:
    whose = found.organisation_id or policy.own_organisation(signed_in(), found) or 0
    row = queries.sheet_of(reading(), found.id, whose)
    marks = queries.marks_of(reading(), row.id or 0) if row else {}
    wanted = request.args.get("thema", "")
    open_one = next_topic(found.rule, "", list(marks)) or found.rule.topics[0].id
    topic = found.rule.topic(wanted) or found.rule.topic(open_one)
    if topic is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    own = {criterion: mark for (topic_id, criterion), mark in marks.items() if topic_id == topic.id}
    form = sheet_form(found.rule, own, row.version if row else 0)

    def again(problem: str = "", status: int = 200) -> Response:
        done = {t.id: sum(key[0] == t.id for key in marks) for t in found.rule.topics}
        return page(
            "scoring/sheet.html", status=status, found=found, form=form, topic=topic, problem=problem, done=done,
            organisation=found.organisations.get(whose, ""), answered=len(marks),
        )  # fmt: skip

    if request.method == "GET":
        return again()
    if not form.validate_on_submit():
        return again(status=422)
    following = _after(found, topic.id, [*marks, *((topic.id, key) for key in form.marks())])
    try:
        return perform_once(
            actions.save_marks, found.id, topic.id, form.marks(), form.shown_version(), found.organisation_id,
            then=lambda _sheet: following,
        )  # fmt: skip
    except ChangedMeanwhile as error:
        form.version.data = str(row.version if row else 0)
        return again(error.message, error.status)


def _after(found: FoundSheet, topic_id: str, answered: list[tuple[str, str]]) -> str:
    """Where saving leads: the next topic with an open question, else back to the scoring."""
    following = next_topic(found.rule, topic_id, answered)
    if following is None or (following == topic_id):
        if is_complete(found.rule, dict.fromkeys(answered)):
            flash(_("Der Bogen ist vollständig. Bis zum Schluss lässt er sich ändern."), "success")
        return url_for("scoring.show", scoring_id=found.id)
    if found.organisation_id is not None:
        return url_for("scoring.enter", scoring_id=found.id, organisation_id=found.organisation_id, thema=following)
    return url_for("scoring.sheet", scoring_id=found.id, thema=following)


@blueprint.route("/bewertungen/<int(max=2147483647):scoring_id>/abschliessen", methods=["GET", "POST"])
@requires(policy.may_steer_scoring, load=scoring_by_id)
def close(found: FoundScoring, scoring_id: int) -> Response | AnyResponse:
    """What closing means, then the close."""
    form = ConfirmForm()
    if form.validate_on_submit():
        return perform_once(actions.close_scoring, scoring_id, then=_to_page(scoring_id))
    return page(
        "ui/confirm.html",
        title=_("Bewertung abschließen"),
        text=_("Danach wird kein Bogen mehr genommen, und das Gremium sieht das Ergebnis."),
        facts=[(_("Ohne Bogen"), "; ".join(found.missing) or _("niemand"))],
        form=form,
        action_url=url_for("scoring.close", scoring_id=scoring_id),
        confirm_label=_("Bewertung abschließen"),
        tone="danger" if found.missing and not found.over else "primary",
        back_url=url_for("scoring.show", scoring_id=scoring_id),
    )


def _to_page(scoring_id: int) -> Callable[[object], str]:
    return lambda _row: url_for("scoring.show", scoring_id=scoring_id)


@blueprint.route("/bewertungen/<int(max=2147483647):scoring_id>/zuruecknehmen", methods=["GET", "POST"])
@requires(policy.may_steer_scoring, load=scoring_by_id)
def withdraw(found: FoundScoring, scoring_id: int) -> Response | AnyResponse:
    """Why, then the scoring is taken back."""
    form = TakeBackForm()
    if form.validate_on_submit():
        return perform_once(actions.withdraw_scoring, scoring_id, form.reason.data or "", then=_to_page(scoring_id))
    return page("scoring/withdraw.html", status=422 if request.method == "POST" else 200, found=found, form=form)


@blueprint.route("/gremien/<key>/kriterien", methods=["GET", "POST"])
@requires(policy.may_weigh, load=body_by_key)
def weigh(found: FoundBody, key: str) -> Response | AnyResponse:
    """How much each criterion counts in a body."""
    form = weights_form(pages.criteria_labels(), queries.weights_of(reading(), found.body))
    if form.validate_on_submit():
        try:
            return perform_once(actions.weigh, key, form.weights(), then=lambda _n: url_for("bodies.show", key=key))
        except DomainError as error:
            form.form_errors.append(error.message)
    return page("scoring/weigh.html", status=422 if request.method == "POST" else 200, body=found.body, form=form)
