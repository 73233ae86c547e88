"""Secret polls as pages: casting with its control code, the urn and its tellers. The published papers are a fragment.

Casting does not go through `perform_once`: that remembers where a sender was sent, and nothing that leads to a control
code may be kept. The slip in the form does the same: sent twice, it is the same ballot and the same code.
"""

from flask import Blueprint, Response, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import InvalidInput
from app.core.forms import BaseForm
from app.core.web import page, perform_once, reading, requires, signed_in
from meetings.agenda.queries import FoundItem, item_by_number
from meetings.room.queries import room_of
from meetings.voting import policy as voting_policy
from meetings.voting.ballot_forms import ballot_form_of
from meetings.voting.casting import NotPlain, Sent
from meetings.voting.lane import cast_with_others
from meetings.voting.queries import FoundPoll
from meetings.voting.sealed import actions, policy, published, tellers, urns, wording
from meetings.voting.sealed.codes import code_of, fresh_slip, grouped, is_slip
from meetings.voting.sealed.forms import LockForm, ReleaseForm, TellersForm
from meetings.voting.sealed.laying import cast_together
from meetings.voting.sealed.tellers import FoundUrn
from meetings.voting.views import poll_response, readable_poll

blueprint = Blueprint("sealed", __name__, template_folder="templates")


def ballot_slip() -> str:
    """The slip for the form on this page: the one that was sent, if the form is shown again."""
    sent = request.form.get("slip", "")
    return sent if is_slip(sent) else fresh_slip()


def published_papers(found: FoundPoll) -> published.Papers:
    """The published papers of a counted poll, for its result page."""
    return published.papers(reading(), found)


blueprint.add_app_template_global(ballot_slip)
blueprint.add_app_template_global(published_papers)
blueprint.add_app_template_global(wording.promises, "secrecy_promises")
blueprint.add_app_template_global(wording.limits, "secrecy_limits")


@blueprint.post("/abstimmungen/<int(max=2147483647):poll_id>/geheim")
@requires(voting_policy.may_bring_ballot)
def cast(poll_id: int) -> Response:
    """Take the ballot, together with all others that come now; the answer itself shows the control code, once."""
    slip, form = request.form.get("slip", ""), None
    try:
        try:
            laid = cast_with_others(cast_together, poll_id, Sent(request.form), slip=slip)
        except NotPlain:
            form = ballot_form_of(readable_poll(poll_id).ruled)
            if not form.validate_on_submit():
                raise
            laid = cast_with_others(cast_together, poll_id, form.answer(), slip=slip)
    except InvalidInput as error:
        found = readable_poll(poll_id)
        return _once_more(found, form or ballot_form_of(found.ruled), error)
    code = code_of(slip, poll_id, laid.seat_id)
    return page("sealed/receipt.html", repeated=laid.repeated, code=code, shown=grouped(code), found=laid.poll)


def _once_more(found: FoundPoll, form: BaseForm, error: InvalidInput) -> Response:
    """The ballot again, as it was filled in, with what is wrong."""
    if not form.errors:
        form.form_errors.append(error.message)
    return poll_response(found, form, error.status)


def _urn(session: Session, urn_id: int) -> FoundUrn | None:
    return tellers.urn_by_id(session, urn_id)


@blueprint.get("/urnen/<int(max=2147483647):urn_id>")
@requires(policy.may_see_urn, load=_urn)
def urn(found: FoundUrn, urn_id: int) -> Response:
    """Whether the urn is locked and by whom; a teller locks it or gives it free here."""
    del urn_id
    return _urn_page(found)


def _urn_page(found: FoundUrn, form: object = None, status: int = 200) -> Response:
    actor = signed_in()
    half = found.half_of(actor.person_id)
    locks = bool(half and not half.locked and policy.may_lock(actor, found))
    frees = bool(half and not half.released and policy.may_release(actor, found))
    shown = form or (LockForm(formdata=None) if locks else ReleaseForm(formdata=None) if frees else None)
    return page("sealed/urn.html", status=status, found=found, form=shown, locks=locks, frees=frees)


@blueprint.post("/urnen/<int(max=2147483647):urn_id>/verschliessen")
@requires(policy.may_lock, load=_urn)
def lock(found: FoundUrn, urn_id: int) -> Response | AnyResponse:
    """A teller locks their half."""
    form = LockForm()
    if not form.validate_on_submit():
        return _urn_page(found, form, 422)
    try:
        return perform_once(
            tellers.lock_half,
            urn_id,
            form.passphrase.data or "",
            then=lambda _urn: url_for("sealed.urn", urn_id=urn_id),
        )
    except InvalidInput as error:
        form.passphrase.errors = [error.message]
        return _urn_page(found, form, error.status)


@blueprint.post("/urnen/<int(max=2147483647):urn_id>/freigeben")
@requires(policy.may_release, load=_urn)
def release(found: FoundUrn, urn_id: int) -> Response | AnyResponse:
    """A teller gives the urn free; the second one has it counted."""
    form = ReleaseForm()
    if not form.validate_on_submit():
        return _urn_page(found, form, 422)
    try:
        return perform_once(
            actions.release, urn_id, form.passphrase.data or "", then=lambda _urn: url_for("sealed.urn", urn_id=urn_id)
        )
    except InvalidInput as error:
        form.passphrase.errors = [error.message]
        return _urn_page(found, form, error.status)


@blueprint.route("/sitzungen/<key>/top/<number>/urne", methods=["GET", "POST"])
@requires(policy.may_prepare_urn, load=item_by_number)
def prepare(item: FoundItem, key: str, number: str) -> Response | AnyResponse:
    """Choose the two tellers of the next secret poll on an item."""
    form = TellersForm().offer(_people(item))
    before = urns.prepared_urn(reading(), item.item.id or 0)
    if form.validate_on_submit():
        return perform_once(
            tellers.prepare_urn, key, number, form.chosen(), then=lambda urn: url_for("sealed.urn", urn_id=urn.id)
        )
    return page(
        "sealed/prepare.html", status=422 if request.method == "POST" else 200, found=item, form=form, before=before
    )


def _people(item: FoundItem) -> list[tuple[str, str]]:
    """Who is in the room and known by name."""
    places = room_of(reading(), item, clock.now()).places
    names = {str(each.person_id): f"{each.person} ({each.seat.organisation})" for each in places if each.person_id}
    return sorted(names.items(), key=lambda pair: pair[1])
