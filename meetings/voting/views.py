"""Polls as pages: preparing and opening, the ballot, the standing while it runs, closing, the result and its file."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import InvalidInput, NotFound
from app.core.forms import BaseForm, ConfirmForm
from app.core.i18n import _, ngettext
from app.core.permissions import Actor, Verdict
from app.core.web import go_to, page, perform_once, reading, requires, signed_in
from meetings.agenda.queries import FoundItem, item_by_number
from meetings.scoring.beside import beside_poll
from meetings.voting import actions, pages, policy, queries
from meetings.voting.ballot_forms import ballot_form_of
from meetings.voting.casting import CastingPoll, NotPlain, Sent, casting_poll, turnout
from meetings.voting.files import ballot_file, shows_papers
from meetings.voting.lane import cast_with_others
from meetings.voting.laying import cast_together
from meetings.voting.lots.queries import lot_view
from meetings.voting.open_forms import Family, family_of, family_words, open_form
from meetings.voting.poll_pages import other_page
from meetings.voting.queries import FoundPoll
from meetings.voting.result import turnout_words
from meetings.voting.standings import Standing, standing_of
from meetings.voting.states import PollState

blueprint = Blueprint("voting", __name__, template_folder="templates")
blueprint.add_app_template_filter(turnout_words, "turnout")


def may_close(actor: Actor, found: FoundPoll) -> Verdict:
    """The policy over a loaded poll."""
    return policy.may_close_poll(actor, found.meeting)


@blueprint.route("/sitzungen/<key>/top/<number>/abstimmung", methods=["GET", "POST"], endpoint="open")
@requires(policy.may_open_poll, load=item_by_number)
def prepare(item: FoundItem, key: str, number: str) -> Response | AnyResponse:
    """The rule before it is fixed, who may vote, and the opening; „verfahren“ names the family of methods."""
    ready = pages.preparation(reading(), signed_in(), item, clock.now())
    family = family_of(request.args.get("verfahren"), ready.opening)
    form = open_form(family, ready.opening, ready.planned.vote if ready.planned else None, ready.run_off, ready.motion)
    if request.method == "GET" or not form.validate_on_submit():
        return _preparation(ready, family, form, 200 if request.method == "GET" else 422)
    try:
        return perform_once(
            actions.open_poll, key, number, form.poll(), then=lambda poll: url_for("voting.show", poll_id=poll.id)
        )
    except InvalidInput as error:
        form.form_errors.append(error.message)
        return _preparation(ready, family, form, error.status)


def _preparation(ready: pages.Preparation, family: Family, form: BaseForm, status: int) -> Response:
    return page("voting/open.html", status=status, ready=ready, family=family, families=family_words(), form=form)


@blueprint.get("/abstimmungen/<int(max=2147483647):poll_id>")
@requires(policy.may_read_poll, load=queries.poll_by_id)
def show(found: FoundPoll, poll_id: int) -> Response:
    """The ballot while the poll is open, the result afterwards."""
    del poll_id
    return poll_response(found, ballot_form_of(found.ruled, formdata=None))


def poll_response(found: FoundPoll, form: BaseForm, status: int = 200) -> Response:
    """The page of a poll for the reader, with this ballot to fill in."""
    lot = lot_view(reading(), found.poll)
    draw = lot.draw if lot else None
    before = None if found.ruled.is_resolution else beside_poll(reading(), signed_in(), found, draw)
    draws = bool(may_close(signed_in(), found))
    session, actor = reading(), signed_in()
    view: Any = pages.poll_page(session, actor, found) if found.is_dots else other_page(session, actor, found)
    name = "voting/show.html" if found.is_dots else "voting/poll.html"
    return page(name, status=status, view=view, form=form, standing=view.standing, before=before, lot=lot, draws=draws)


@blueprint.post("/abstimmungen/<int(max=2147483647):poll_id>/stimme")
@requires(policy.may_bring_ballot)
def cast(poll_id: int) -> Response | AnyResponse:
    """Take the ballot of the reader's seat, together with all others that come now."""
    here = url_for("voting.show", poll_id=poll_id)
    lane = partial(cast_with_others, cast_together, poll_id, once=request.form.get("once", ""), location=here)
    try:
        return go_to(lane(Sent(request.form)).location or here)
    except NotPlain:
        found = readable_poll(poll_id)
    form = ballot_form_of(found.ruled)
    if not form.validate_on_submit():
        return poll_response(found, form, 422)
    return go_to(lane(form.answer()).location or here)


def readable_poll(poll_id: int) -> FoundPoll:
    """The poll for a page of somebody who may see it, as casting has found."""
    found = queries.poll_by_id(reading(), poll_id)
    if found is None:
        raise NotFound(_("Diese Abstimmung gibt es nicht."))
    return found


@blueprint.get("/abstimmungen/<int(max=2147483647):poll_id>/stand")
@requires(policy.may_read_poll, load=casting_poll)
def standing(found: CastingPoll, poll_id: int) -> Response:
    """The live part: how many have voted."""
    voted, entitled = turnout(reading(), poll_id)
    return page("voting/_standing.html", standing=Standing(poll_id, PollState(found.state), voted, entitled))


@blueprint.route("/abstimmungen/<int(max=2147483647):poll_id>/schliessen", methods=["GET", "POST"])
@requires(may_close, load=queries.poll_by_id)
def close(found: FoundPoll, poll_id: int) -> Response | AnyResponse:
    """What closing means, then the close."""
    form = ConfirmForm()
    if form.validate_on_submit():
        return perform_once(actions.close_poll, poll_id, then=lambda _poll: url_for("voting.show", poll_id=poll_id))
    return page(
        "ui/confirm.html",
        title=_("Abstimmung schließen"),
        text=_close_words(standing_of(found).missing),
        facts=_close_facts(found),
        form=form,
        action_url=url_for("voting.close", poll_id=poll_id),
        confirm_label=_("Abstimmung schließen und auszählen"),
        tone="danger" if standing_of(found).missing else "primary",
        back_url=url_for("voting.show", poll_id=poll_id),
    )


def _close_words(missing: int) -> str:
    if not missing:
        return _("Alle haben abgestimmt. Mit dem Schluss wird ausgezählt, und alle in der Sitzung sehen das Ergebnis.")
    return ngettext(
        "%(num)s Stimme fehlt noch. Sie kann nach dem Schluss nicht mehr abgegeben werden.",
        "%(num)s Stimmen fehlen noch. Sie können nach dem Schluss nicht mehr abgegeben werden.",
        missing,
    )


def _close_facts(found: FoundPoll) -> list[tuple[str, str]]:
    absent = [voter.organisation for voter in queries.voters(reading(), found.id) if not voter.cast]
    return [
        (_("Abstimmung"), found.poll.title),
        (_("Beteiligung"), turnout_words(found.voted, found.entitled)),
        (_("Noch nicht abgestimmt"), "; ".join(absent) or _("niemand")),
        (_("Danach"), _("wird ausgezählt; das Ergebnis ist für alle in der Sitzung sichtbar und nicht mehr zu ändern")),
    ]


@blueprint.get("/abstimmungen/<int(max=2147483647):poll_id>/stimmzettel.json")
@requires(policy.may_read_result, load=queries.poll_by_id)
def ballots(found: FoundPoll, poll_id: int) -> Response:
    """The ballots without their voters, for anyone who wants to count again."""
    if not shows_papers(found.poll):
        raise NotFound(_("Bei weniger als fünf Stimmzetteln werden sie nicht einzeln gezeigt: Sie wären zuzuordnen."))
    content = ballot_file(reading(), found.poll)
    name = f'attachment; filename="abstimmung-{poll_id}.json"'
    return Response(content, mimetype="application/json", headers={"Content-Disposition": name})
