"""The blueprint of the review, who may see it, and its page, which several views answer with."""

from flask import Blueprint, Response, request, url_for

from app.core.forms import ConfirmForm
from app.core.i18n import _
from app.core.permissions import Actor, Verdict
from app.core.web import page, reading, signed_in
from knowledge.aftermath import policy, queries, wording
from knowledge.aftermath.queries import FoundWorkshop
from knowledge.cases.passages import STANDINGS
from knowledge.reconstruction.card_wording import DECISIONS

blueprint = Blueprint("aftermath", __name__, template_folder="templates")


def may_review(actor: Actor, found: FoundWorkshop) -> Verdict:
    """As the policy says."""
    return policy.may_review(actor, found.access)


def review_page(found: FoundWorkshop, status: int = 200, problem: str = "") -> Response:
    """The page of the review, with what was refused."""
    actor = signed_in()
    review = queries.review_of(reading(), actor, found.workshop)
    ready_by = review.row.ready_by_id if review.row else None
    return page(
        "aftermath/show.html",
        status=status,
        workshop=found.workshop,
        review=review,
        problem=_(problem) if problem else "",
        form=ConfirmForm(formdata=None),
        may_release=policy.may_release_workshop(actor, found.access, ready_by),
        lacks=wording.lack_words(review.lacks),
        decisions=DECISIONS,
        standings=STANDINGS,
        steps={
            text.step: url_for("aftermath.station", key=found.workshop.key, station_id=int(text.step))
            for text in review.marked
        },
        typed=request.form,
        reader=actor.person_id,
        writes=found.workshop.state.value in wording.OPEN,
    )
