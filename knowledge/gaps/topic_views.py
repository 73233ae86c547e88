"""Topics: the list, one of them, writing it, putting it before a body and taking it back."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, current_app, g, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import ChangedMeanwhile, DomainError
from app.core.forms import ConfirmForm, visible
from app.core.i18n import _, language
from app.core.lifecycle import RefusedMove
from app.core.permissions import Verdict
from app.core.web import page, perform_once, reading, requires, signed_in
from knowledge.conversation.queries import beside
from knowledge.gaps import figures, policy, topic_actions, topic_policy, topic_queries, topics
from knowledge.gaps.models import Topic
from knowledge.gaps.rules import TOPIC_LIFECYCLE
from knowledge.gaps.states import GapStatus, TopicState
from knowledge.gaps.suppression import told_together
from knowledge.gaps.topic_bonds import EDITING, REORGANISING, WITHDRAWING, blocking, bonds_of
from knowledge.gaps.topic_check import hits_in
from knowledge.gaps.topic_forms import CheckedForm, TopicForm
from knowledge.gaps.topic_panels import panels_of
from knowledge.gaps.topic_readers import readership
from knowledge.gaps.topic_rules import HEADINGS, outline, passages
from knowledge.gaps.topics import FoundTopic
from knowledge.gaps.visibility import reader
from knowledge.privacy.confirming import Unchecked
from knowledge.privacy.wording import KIND_LABELS
from knowledge.taxonomy.terms import label
from knowledge.trace.queries import thread_of
from knowledge.trace.rules import NodeId
from knowledge.trace.wording import entries

blueprint = Blueprint("topics", __name__, template_folder="templates")
LONGEST_WORDS = 200


@blueprint.app_template_global()
def render_topic_panel(template: str, context: Mapping[str, Any]) -> Markup:
    """A block of a higher room with its own context alone."""
    return Markup(current_app.jinja_env.get_template(template).render(context))  # noqa: S704


@blueprint.get("/themen")
@requires(topic_policy.may_read_topics)
def index() -> Response:
    """The topics; state and words stand in the address."""
    wanted, typed = request.args.get("stand", ""), visible(request.args.get("q", ""))[:LONGEST_WORDS].strip()
    state = TopicState(wanted) if wanted in set(TopicState) else None
    number = request.args.get("seite", "1")
    at = int(number) if number.isdecimal() and len(number) < 7 else 1
    eyes = reader(signed_in(), g.tenant.min_cell)
    found = topic_queries.topics(reading(), signed_in(), state, typed, at)
    return page(
        "topics/index.html",
        found=found,
        state=state,
        words=typed,
        cases=lambda row: figures.cases_in_words(
            told_together(row.cases, row.cases_of_gaps, eyes.min_cell, eyes.in_coordination)
        ),
        tabs=_tabs(found, state, typed),
        page_url=lambda place: url_for("topics.index", stand=wanted or None, q=typed or None, seite=place),
        may_write=bool(topic_policy.may_write_topics(signed_in())),
    )


def _tabs(found: topic_queries.TopicList, chosen: TopicState | None, words: str) -> list[dict[str, object]]:
    counts: list[tuple[TopicState | None, str, int]] = [(None, _("Alle"), sum(found.counts.values()))]
    counts += [(each, label("topic_states", each.value), found.counts.get(each, 0)) for each in TopicState]
    return [
        {
            "label": name,
            "url": url_for("topics.index", stand=each.value if each else None, q=words or None),
            "current": each is chosen,
            "count": number,
        }
        for each, name, number in counts
        if number or each in (None, chosen)
    ]


@blueprint.get("/themen/<key>")
@requires(policy.may_read_topic, load=topics.topic_by_key)
def show(found: FoundTopic, key: str) -> AnyResponse:
    """One topic; the address of a merged one leads for good to the topic that took it in."""
    if found.target is not None and "original" not in request.args:
        return redirect(url_for("topics.show", key=found.target.key, von=key), code=301)
    actor, session = signed_in(), reading()
    eyes = reader(actor, g.tenant.min_cell)
    sheet = topics.sheet(session, actor, found)
    of_gaps = {gap.key: sheet.strengths[gap.id or 0].cases for gap in found.gaps}
    thread = thread_of(session, actor, NodeId("topic", found.id))
    return page(
        "topics/show.html",
        found=found,
        topic=found.topic,
        gaps=found.gaps,
        passages=passages(found.topic.brief or ""),
        headings=_headings(),
        sheet=sheet,
        kin=topics.lineage(session, actor, found.topic),
        steps=_steps(found),
        in_coordination=eyes.in_coordination,
        came_from=visible(request.args.get("von", ""))[:64],
        sentence=figures.topic_sentence(eyes, sheet.cases, sheet.organisations, of_gaps),
        deadline=min((gap.deadline for gap in found.gaps if gap.deadline), default=None),
        sources=entries(thread.sources),
        consequences=entries(thread.consequences),
        beside=beside(session, actor, "topic", found.id),
        panels=panels_of(session, actor, found.topic),
    )


def _headings() -> dict[str, str]:
    place = 1 if language() == "en" else 0
    return {part.value: names[place] for part, names in HEADINGS.items()}


def _steps(found: FoundTopic) -> dict[str, Verdict]:
    """What the coordination may do with the topic now, each with its reason; nothing for everybody else."""
    actor = signed_in()
    if not topic_policy.may_write_topics(actor) or found.is_merged:
        return {}
    may = topic_policy.may_change_topic(actor, found)
    if not may:
        return {"edit": may}
    bonds = bonds_of(reading(), [found.id])
    facts = topic_actions.facts_about(found.topic, found.gaps)
    steps = {"edit": _free(may, blocking(bonds, EDITING)), "bundle": _free(may, blocking(bonds, REORGANISING))}
    if found.state == TopicState.SUBMITTED:
        back = TOPIC_LIFECYCLE.check(found.state, TopicState.DRAFT, actor.roles, facts)
        return {**steps, "withdraw": _free(back, blocking(bonds, WITHDRAWING))}
    return {**steps, "submit": TOPIC_LIFECYCLE.check(found.state, TopicState.SUBMITTED, actor.roles, facts)}


def _free(may: Verdict, sentences: tuple[str, ...]) -> Verdict:
    return Verdict(False, " ".join(sentences)) if may and sentences else may


@blueprint.get("/themen/neu")
@requires(topic_policy.may_write_topics)
def new() -> Response:
    """An empty form over the outline of a brief; `?fehlstelle=` names the gaps that begin it, if they may join."""
    begun = _begun_with()
    unfit = topic_queries.unfit_to_join(reading(), begun)
    return _form_page(
        TopicForm(brief=outline(language())),
        None,
        gaps=[key for key in begun if key not in unfit],
        refusal=topic_actions.not_joining(unfit) if unfit else None,
    )


@blueprint.post("/themen")
@requires(topic_policy.may_write_topics)
def create() -> AnyResponse:
    """Write a new topic down, then choose its gaps."""
    form = TopicForm()
    if not form.validate_on_submit():
        return _form_page(form, None, 422, gaps=_begun_with())
    try:
        return perform_once(
            topic_actions.create_topic,
            form.text(),
            _begun_with(),
            then=lambda topic: url_for("topic_bundle.bundle", key=topic.key),
        )
    except RefusedMove as error:
        unfit = topic_queries.unfit_to_join(reading(), _begun_with())
        fit = [key for key in _begun_with() if key not in unfit]
        return _form_page(form, None, error.status, gaps=fit, refusal=_(error.message))


def _begun_with() -> tuple[str, ...]:
    return tuple(visible(key)[:64] for key in request.values.getlist("fehlstelle"))[:50]


@blueprint.get("/themen/<key>/bearbeiten")
@requires(topic_policy.may_change_topic, load=topics.topic_by_key)
def edit(found: FoundTopic, key: str) -> Response:
    """The form with what is written."""
    del key
    return _form_page(TopicForm.of(found.topic, brief=found.topic.brief or outline(language())), found.topic)


@blueprint.post("/themen/<key>")
@requires(topic_policy.may_change_topic, load=topics.topic_by_key)
def change(found: FoundTopic, key: str) -> AnyResponse:
    """Save; whatever stands in the way, the typed text comes back."""
    form = TopicForm()
    if not form.validate_on_submit():
        return _form_page(form, found.topic, 422)
    try:
        return perform_once(
            topic_actions.edit_topic,
            key,
            form.text(),
            form.shown_version(),
            confirmed=bool(form.confirmed.data),
            then=_address,
        )
    except Unchecked as error:
        return _form_page(form, found.topic, error.status, hits=error.hits)
    except ChangedMeanwhile as error:
        return _conflict_page(form, found.topic, error)
    except topic_actions.BriefMissing as error:
        form.brief.errors = [_(error.message)]
        return _form_page(form, found.topic, error.status)
    except DomainError as error:
        return _form_page(form, found.topic, error.status, refusal=_(error.message))


def _address(topic: Topic) -> str:
    return url_for("topics.show", key=topic.key)


def _conflict_page(form: TopicForm, topic: Topic, error: DomainError) -> Response:
    """The typed text in the form, the saved one beside it; sending the form again is then a decision."""
    saved = {
        "title": topic.title,
        "guiding_question": topic.guiding_question,
        "brief": topic.brief,
        "contact_role": topic.contact_role,
    }
    differing = [
        (form[name].label.text, value) for name, value in saved.items() if _plain(form[name].data) != _plain(value)
    ]
    form.version.data = str(topic.version)
    return _form_page(form, topic, error.status, conflict=error.message, differing=differing)


def _plain(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def _form_page(form: TopicForm, topic: Topic | None, status: int = 200, **more: Any) -> Response:
    return page("topics/form.html", status=status, form=form, topic=topic, kinds=KIND_LABELS, **more)


@blueprint.get("/themen/<key>/vorlegen")
@requires(topic_policy.may_change_topic, load=topics.topic_by_key)
def submitting(found: FoundTopic, key: str) -> Response:
    """What submitting does to the topic and its gaps, and what the privacy check found."""
    del key
    return _submit_page(found, CheckedForm(formdata=None))


@blueprint.post("/themen/<key>/vorlegen")
@requires(topic_policy.may_change_topic, load=topics.topic_by_key)
def submit(found: FoundTopic, key: str) -> AnyResponse:
    """Put the topic before the bodies."""
    form = CheckedForm()
    if not form.validate_on_submit():
        return _submit_page(found, form, 422)
    try:
        return perform_once(topic_actions.submit_topic, key, confirmed=bool(form.confirmed.data), then=_address)
    except (RefusedMove, Unchecked) as error:
        return _submit_page(found, form, 422, refusal=_(error.message))


def _submit_page(found: FoundTopic, form: CheckedForm, status: int = 200, refusal: str | None = None) -> Response:
    unready = [gap for gap in found.gaps if gap.status in topic_actions.UNREADY]
    barred = TOPIC_LIFECYCLE.check(
        found.state, TopicState.SUBMITTED, signed_in().roles, topic_actions.facts_about(found.topic, found.gaps)
    )
    return page(
        "topics/submit.html",
        status=status,
        form=form,
        topic=found.topic,
        refusal=refusal or (None if barred else _(barred.reason)),
        unready=unready,
        along=[gap for gap in found.gaps if gap.status == GapStatus.TOPIC_STORE],
        readers=readership(found.gaps),
        has_gaps=bool(found.gaps),
        hits=hits_in(reading(), topic_actions.text_of_topic(found.topic)),
        kinds=KIND_LABELS,
    )


@blueprint.get("/themen/<key>/zurueckziehen")
@requires(topic_policy.may_change_topic, load=topics.topic_by_key)
def withdrawing(found: FoundTopic, key: str) -> Response:
    """What withdrawing does."""
    del key
    return _withdraw_page(found, ConfirmForm(formdata=None))


@blueprint.post("/themen/<key>/zurueckziehen")
@requires(topic_policy.may_change_topic, load=topics.topic_by_key)
def withdraw(found: FoundTopic, key: str) -> AnyResponse:
    """Take the topic back."""
    form = ConfirmForm()
    if not form.validate_on_submit():
        return _withdraw_page(found, form, 422)
    try:
        return perform_once(topic_actions.withdraw_topic, key, then=_address)
    except DomainError as error:
        return _withdraw_page(found, form, 422, _(error.message))


def _withdraw_page(found: FoundTopic, form: ConfirmForm, status: int = 200, refusal: str | None = None) -> Response:
    return page(
        "topics/withdraw.html",
        status=status,
        form=form,
        topic=found.topic,
        refusal=refusal,
        back=[gap for gap in found.gaps if gap.status == GapStatus.SUBMITTED],
        bonds=bonds_of(reading(), [found.id]),
    )
