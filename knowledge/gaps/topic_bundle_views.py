"""What a topic bundles, as pages: choosing and ordering gaps, merging topics, splitting one."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import DomainError
from app.core.forms import visible
from app.core.i18n import _, show_number
from app.core.web import page, perform_once, reading, requires
from knowledge.gaps import topic_bundle, topic_queries, topics
from knowledge.gaps.evidence import distinct_strength
from knowledge.gaps.models import Gap, Topic
from knowledge.gaps.policy import rises
from knowledge.gaps.states import GapStatus, TopicState
from knowledge.gaps.topic_bonds import REORGANISING, Bond, blocking, bonds_of
from knowledge.gaps.topic_forms import MergeForm, ReadersForm, SplitForm
from knowledge.gaps.topic_policy import may_change_topic
from knowledge.gaps.topic_readers import ReadersChange, readership, split_of
from knowledge.gaps.topic_rules import is_written, may_split
from knowledge.gaps.topics import FoundTopic
from knowledge.privacy.confirming import Unchecked
from knowledge.privacy.rules import Hit
from knowledge.privacy.wording import KIND_LABELS
from knowledge.taxonomy.terms import label

blueprint = Blueprint("topic_bundle", __name__, template_folder="templates")
LONGEST_WORDS = 200
UP, DOWN = -1, 1
READY = (GapStatus.TOPIC_STORE,)
"""From where a gap joins a topic that is submitted already."""


@blueprint.get("/themen/<key>/fehlstellen")
@requires(may_change_topic, load=topics.topic_by_key)
def bundle(found: FoundTopic, key: str) -> Response:
    """The topic's gaps in their order, and those that may join; what is searched for stands in the address."""
    del key
    return _bundle_page(found)


@blueprint.post("/themen/<key>/fehlstellen/dazu")
@requires(may_change_topic, load=topics.topic_by_key)
def add(found: FoundTopic, key: str) -> AnyResponse:
    """One more gap."""
    del key
    return _with_readers(found, topic_bundle.add_gap, "topic_bundle.add")


@blueprint.post("/themen/<key>/fehlstellen/weg")
@requires(may_change_topic, load=topics.topic_by_key)
def remove(found: FoundTopic, key: str) -> AnyResponse:
    """One gap less."""
    del key
    return _with_readers(found, topic_bundle.remove_gap, "topic_bundle.remove")


@blueprint.post("/themen/<key>/fehlstellen/folge")
@requires(may_change_topic, load=topics.topic_by_key)
def order(found: FoundTopic, key: str) -> AnyResponse:
    """One gap up or down, or all in the order in which they were dragged."""
    if "all" in request.form:
        return _changed(found, topic_bundle.put_in_order, key, request.form["all"].split()[:500])
    by = UP if request.form.get("to") == "up" else DOWN
    return _changed(found, topic_bundle.move_in_order, key, request.form.get("gap", "")[:64], by)


def _with_readers(found: FoundTopic, action: Callable[..., Topic], endpoint: str) -> AnyResponse:
    """The change, or the question whether those may read the topic who could read it then."""
    key, gap = found.topic.key, request.form.get("gap", "")[:64]
    try:
        return _changed(found, action, key, gap, level=request.form.get("level", "")[:32])
    except ReadersChange as change:
        return page(
            "ui/confirm.html",
            status=change.status,
            title=_("Wer darf das Thema dann lesen?"),
            text=change.message,
            facts=[
                (_("Thema"), f"{key} {found.topic.title}"),
                (_("Fehlstelle"), gap),
                (_("Bisher sichtbar für"), label("visibility", change.before)),
                (_("Danach sichtbar für"), label("visibility", change.after)),
            ],
            form=ReadersForm(formdata=None, gap=gap, q=request.form.get("q", "")[:LONGEST_WORDS], level=change.after),
            action_url=url_for(endpoint, key=key),
            confirm_label=_("Ja, so ist es gemeint"),
            tone="danger" if rises(change.before, change.after) else "primary",
            back_url=url_for("topic_bundle.bundle", key=key),
        )


def _changed(found: FoundTopic, action: Callable[..., Topic], *args: Any, **kwargs: Any) -> AnyResponse:
    words = visible(request.form.get("q", ""))[:LONGEST_WORDS]
    try:
        return perform_once(action, *args, then=lambda topic: _back(topic, words), **kwargs)
    except ReadersChange:
        raise
    except DomainError as error:
        return _bundle_page(found, error.status, _(error.message))


def _back(topic: Topic, words: str) -> str:
    """The page again, at the gap that was touched, so that people who use the keyboard stay where they were."""
    touched = visible(request.form.get("gap", ""))[:64]
    place = f"gap-{touched}" if touched else None
    return url_for("topic_bundle.bundle", key=topic.key, q=words or None, _anchor=place)


def _bundle_page(found: FoundTopic, status: int = 200, refusal: str | None = None) -> Response:
    words = visible(request.values.get("q", ""))[:LONGEST_WORDS].strip()
    is_submitted = found.state == TopicState.SUBMITTED
    offered, total = topic_queries.candidates(reading(), words, READY if is_submitted else topic_queries.BUNDLED_FROM)
    barred = blocking(bonds_of(reading(), [found.id]), REORGANISING)
    return page(
        "topics/bundle.html",
        status=status,
        topic=found.topic,
        gaps=found.gaps,
        offered=offered,
        further=total - len(offered),
        words=words,
        is_submitted=is_submitted,
        is_barred=bool(barred),
        takes_more=not is_submitted or is_written(found.topic.brief),
        refusal=refusal or " ".join(barred) or None,
    )


@blueprint.get("/themen/<key>/zusammenfuehren")
@requires(may_change_topic, load=topics.topic_by_key)
def merging(found: FoundTopic, key: str) -> Response:
    """Choose the topic that takes this one in (`?in=`), then see what follows."""
    del key
    return _merge_page(found, MergeForm(formdata=None, into=request.args.get("in", "")))


@blueprint.post("/themen/<key>/zusammenfuehren")
@requires(may_change_topic, load=topics.topic_by_key)
def merge(found: FoundTopic, key: str) -> AnyResponse:
    """Let the topic go up in the other."""
    form = MergeForm()
    if not form.validate_on_submit():
        return _merge_page(found, form, 422)
    try:
        return perform_once(topic_bundle.merge_topics, key, form.into.data, then=_address)
    except DomainError as error:
        return _merge_page(found, form, 422, _(error.message))


def _merge_page(found: FoundTopic, form: MergeForm, status: int = 200, refusal: str | None = None) -> Response:
    others = topic_queries.mergeable(reading(), found.topic)
    form.into.choices = [(other.key, f"{other.key} {other.title}") for other in others]
    target = next((other for other in others if other.key == form.into.data), None)
    ids = [found.id, *([target.id or 0] if target else [])]
    bonds = bonds_of(reading(), ids)
    return page(
        "topics/merge.html",
        status=status,
        form=form,
        topic=found.topic,
        gaps=found.gaps,
        target=target,
        others=others,
        ties=_ties(bonds, found.topic, target),
        refusal=refusal or " ".join(blocking(bonds, REORGANISING)) or None,
        counts=_merge_counts(found, target) if target else (),
        readers=readership((*topics.gaps_of(reading(), target.id or 0), *found.gaps)) if target else None,
    )


def _ties(bonds: Sequence[Bond], *both: Topic | None) -> list[str]:
    """What ties the topics, each sentence with the key of its topic."""
    keys = {topic.id: topic.key for topic in both if topic is not None}
    return [_("%(key)s: %(reason)s", key=keys[bond.topic_id], reason=bond.words) for bond in bonds]


def _merge_counts(found: FoundTopic, target: Topic) -> list[tuple[str, ...]]:
    """Gaps, distinct cases and organisations: each topic, then both together, which is less than the sum."""
    mine, theirs = found.gaps, topics.gaps_of(reading(), target.id or 0)
    parts = ((found.topic.key, mine), (target.key, theirs), (_("zusammen"), (*theirs, *mine)))
    return [_count_row(name, gaps) for name, gaps in parts]


@blueprint.get("/themen/<key>/teilen")
@requires(may_change_topic, load=topics.topic_by_key)
def splitting(found: FoundTopic, key: str) -> Response:
    """Choose the gaps that leave (`?fehlstelle=`), then name the new topic and see what follows."""
    del key
    return _split_page(found, SplitForm(formdata=None, gaps=request.args.getlist("fehlstelle")))


@blueprint.post("/themen/<key>/teilen")
@requires(may_change_topic, load=topics.topic_by_key)
def split(found: FoundTopic, key: str) -> AnyResponse:
    """Move the chosen gaps into a new topic."""
    form = SplitForm()
    if not form.validate_on_submit():
        return _split_page(found, form, 422)
    typed = ((form.title.data or "").strip(), (form.guiding_question.data or "").strip())
    try:
        confirmed = bool(form.confirmed.data)
        return perform_once(
            topic_bundle.split_topic, key, form.gaps.data or [], *typed, confirmed=confirmed, then=_address
        )
    except Unchecked as error:
        return _split_page(found, form, error.status, hits=error.hits)
    except DomainError as error:
        return _split_page(found, form, 422, _(error.message))


def _split_page(
    found: FoundTopic, form: SplitForm, status: int = 200, refusal: str | None = None, hits: tuple[Hit, ...] = ()
) -> Response:
    chosen = set(form.gaps.data or ())
    halves = split_of(found, chosen)
    verdict = may_split([gap.key for gap in found.gaps], chosen)
    bonds = bonds_of(reading(), [found.id])
    form.gaps.choices = [(gap.key, f"{gap.key} {gap.title}") for gap in found.gaps]
    parts = ((found.topic.key, halves.staying), (_("neues Thema"), halves.going))
    return page(
        "topics/split.html",
        status=status,
        form=form,
        topic=found.topic,
        gaps=found.gaps,
        halves=halves,
        readers=readership(halves.staying),
        hits=hits,
        kinds=KIND_LABELS,
        bonds=bonds,
        ready=bool(verdict),
        problem=None if verdict or not chosen else _(verdict.reason),
        refusal=refusal or " ".join(blocking(bonds, REORGANISING)) or None,
        counts=[_count_row(name, part) for name, part in parts] if verdict else (),
    )


def _count_row(name: str, gaps: Sequence[Gap]) -> tuple[str, ...]:
    """A row of the table: name, gaps, distinct cases and organisations; the coordination may see small counts."""
    numbers = (len(gaps), *distinct_strength(reading(), [gap.id or 0 for gap in gaps]))
    return (name, *map(show_number, numbers))


def _address(topic: Topic) -> str:
    return url_for("topics.show", key=topic.key)
