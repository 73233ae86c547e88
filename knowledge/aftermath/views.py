"""The review of a workshop (W11), its release, and the sheet with which the person hears what came of it."""

from typing import Any

from flask import Response, request, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import DomainError, NotFound
from app.core.i18n import _
from app.core.web import page, perform_once, reading, requires, signed_in
from knowledge.aftermath import actions, passage_views, queries
from knowledge.aftermath.actions import Wording
from knowledge.aftermath.blueprint import blueprint, may_review, review_page
from knowledge.aftermath.feedback import feedback_of
from knowledge.aftermath.forms import ClusterForm, ReviewForm
from knowledge.aftermath.queries import CaseReview, FindingLine, FoundWorkshop
from knowledge.cases import policy as case_policy
from knowledge.cases.access import FoundCase, case_by_key
from knowledge.cases.models import Station
from knowledge.cases.states import FindingKind
from knowledge.privacy.confirming import Unchecked
from knowledge.privacy.wording import KIND_LABELS
from knowledge.reconstruction.card_queries import ClusterOutcome

_AT = "/workshops/<key>/nachbereitung"
__all__ = ["blueprint", "may_review", "passage_views"]


@blueprint.get(_AT)
@requires(may_review, load=queries.workshop_by_key)
def show(found: FoundWorkshop, key: str) -> Response:
    """Findings and groups of cards of every readable case, what is missing, and the two steps of two people."""
    del key
    return review_page(found)


@blueprint.post(f"{_AT}/vorlegen")
@requires(may_review, load=queries.workshop_by_key)
def present(found: FoundWorkshop, key: str) -> AnyResponse:
    """The findings are complete."""
    return _step(found, actions.present, key)


@blueprint.post(f"{_AT}/freigeben")
@requires(may_review, load=queries.workshop_by_key)
def release(found: FoundWorkshop, key: str) -> AnyResponse:
    """The second person releases."""
    return _step(found, actions.release, key)


def _step(found: FoundWorkshop, action: Any, key: str) -> AnyResponse:
    try:
        return perform_once(
            action, found.workshop.id or 0, then=lambda _row: url_for("aftermath.show", key=key, _anchor="freigabe")
        )
    except DomainError as error:
        return review_page(found, error.status, error.message)


@blueprint.get(f"{_AT}/befunde/<int:finding_id>")
@requires(may_review, load=queries.workshop_by_key)
def finding(found: FoundWorkshop, key: str, finding_id: int) -> Response:
    """One finding to put right."""
    del key
    _case, line = _line(found, finding_id)
    values = {"text": line.finding.text, "gap": line.gap.key if line.gap else "", "kind": line.finding.kind.value}
    return _finding_page(found, line, ReviewForm(formdata=None, **values))


@blueprint.post(f"{_AT}/befunde/<int:finding_id>")
@requires(may_review, load=queries.workshop_by_key)
def revise(found: FoundWorkshop, key: str, finding_id: int) -> AnyResponse:
    """Save it."""
    _case, line = _line(found, finding_id)
    form = ReviewForm()
    if not form.validate_on_submit():
        return _finding_page(found, line, form, status=422)
    try:
        return perform_once(
            actions.revise_finding,
            found.workshop.id or 0,
            finding_id,
            _wording(form),
            then=lambda _row: url_for("aftermath.show", key=key, _anchor=f"befund-{finding_id}"),
        )
    except Unchecked as error:
        return _finding_page(found, line, form, status=error.status, problem=error.message, hits=error.hits)
    except DomainError as error:
        form.text.errors = [error.message]
        return _finding_page(found, line, form, status=error.status)


def _finding_page(
    found: FoundWorkshop, line: FindingLine, form: ReviewForm, status: int = 200, **more: Any
) -> Response:
    url = url_for("aftermath.revise", key=found.workshop.key, finding_id=line.finding.id)
    title = _("Befund zu Station %(station)s", station=line.station.key)
    return _form_page(found, title, url, form, status, **more)


@blueprint.get(f"{_AT}/gruppen/<int:cluster_id>")
@requires(may_review, load=queries.workshop_by_key)
def cluster(found: FoundWorkshop, key: str, cluster_id: int) -> Response:
    """A group of cards, to be held as a finding."""
    del key
    case, each, gap_key = _cluster(found, cluster_id)
    kind = FindingKind.COUNTERS if each.cards.get("bridge", 0) > each.cards.get("break", 0) else FindingKind.SUPPORTS
    station = str(each.station_ids[0]) if each.station_ids else ""
    values = {"text": each.name, "gap": gap_key, "kind": kind.value, "station": station}
    return _cluster_page(found, each, ClusterForm.over(_stations(reading(), case), formdata=None, **values))


@blueprint.post(f"{_AT}/gruppen/<int:cluster_id>")
@requires(may_review, load=queries.workshop_by_key)
def take(found: FoundWorkshop, key: str, cluster_id: int) -> AnyResponse:
    """Hold it."""
    case, each, _gap = _cluster(found, cluster_id)
    form = ClusterForm.over(_stations(reading(), case))
    if not form.validate_on_submit() or not (form.station.data or "").isdecimal():
        if not (form.station.data or "").isdecimal():
            form.station.errors = [_("Bitte wählen Sie die Station.")]
        return _cluster_page(found, each, form, status=422)
    try:
        return perform_once(
            actions.finding_from_cluster,
            found.workshop.id or 0,
            int(form.station.data),
            _wording(form),
            then=lambda row: url_for("aftermath.show", key=key, _anchor=f"befund-{row.id}"),
        )
    except Unchecked as error:
        return _cluster_page(found, each, form, status=error.status, problem=error.message, hits=error.hits)
    except DomainError as error:
        form.text.errors = [error.message]
        return _cluster_page(found, each, form, status=error.status)


def _cluster_page(
    found: FoundWorkshop, each: ClusterOutcome, form: ClusterForm, status: int = 200, **more: Any
) -> Response:
    url = url_for("aftermath.take", key=found.workshop.key, cluster_id=each.cluster_id)
    return _form_page(found, _("Gruppe als Befund festhalten"), url, form, status, cards=each.texts, **more)


def _form_page(found: FoundWorkshop, title: str, url: str, form: ReviewForm, status: int, **more: Any) -> Response:
    return page(
        "aftermath/finding.html",
        status=status,
        workshop=found.workshop,
        title=title,
        action_url=url,
        form=form,
        kind_words=KIND_LABELS,
        confirmed=request.form.getlist("harmless"),
        **more,
    )


def _wording(form: ReviewForm) -> Wording:
    confirmed = tuple(each[:16] for each in request.form.getlist("harmless"))
    return Wording(form.text.data or "", form.gap.data or "", FindingKind(form.kind.data), confirmed)


def _line(found: FoundWorkshop, finding_id: int) -> tuple[CaseReview, FindingLine]:
    for case in queries.review_of(reading(), signed_in(), found.workshop).cases:
        for line in case.findings:
            if line.finding.id == finding_id:
                return case, line
    raise NotFound(_("Diese Seite gibt es nicht."))


def _cluster(found: FoundWorkshop, cluster_id: int) -> tuple[CaseReview, ClusterOutcome, str]:
    review = queries.review_of(reading(), signed_in(), found.workshop)
    for case in review.cases:
        for each in case.clusters:
            if each.cluster_id == cluster_id:
                gap = review.gaps.get(each.gap_id or 0)
                return case, each, gap.key if gap else ""
    raise NotFound(_("Diese Seite gibt es nicht."))


def _stations(session: Session, case: CaseReview) -> list[tuple[int, str]]:
    rows = session.exec(
        select(Station).where(col(Station.case_id) == case.found.id).order_by(col(Station.month), col(Station.position))
    )
    return [(row.id or 0, f"{row.key} {row.title}") for row in rows]


def _case(session: Session, key: str) -> FoundCase | None:
    return case_by_key(session, key, clock.today())


@blueprint.get("/faelle/<key>/rueckmeldung")
@requires(case_policy.may_write_finding, load=_case)
def feedback(found: FoundCase, key: str) -> Response:
    """What the person whose case it was hears: what came out and what happens next; to print or to read out."""
    del key
    return page("aftermath/feedback.html", case=found.case, sheet=feedback_of(reading(), found))
