"""Polls as pages: preparing and opening, the ballot, the standing while it runs, closing, the result and its file."""

from flask import Blueprint, Response, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import InvalidInput, NotFound
from app.core.forms import BaseForm, ConfirmForm
from app.core.i18n import _, ngettext
from app.core.permissions import Actor, Verdict
from app.core.web import page, perform_once, reading, requires, signed_in
from meetings.agenda.queries import FoundItem, item_by_number
from meetings.voting import actions, pages, policy, queries
from meetings.voting.ballot_forms import ballot_form_of
from meetings.voting.files import ballot_file, shows_papers
from meetings.voting.open_forms import Family, family_of, family_words, open_form
from meetings.voting.poll_pages import other_page
from meetings.voting.queries import FoundPoll
from meetings.voting.result import turnout_words
from meetings.voting.standings import standing_of

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
    if found.is_dots:
        view = pages.poll_page(reading(), signed_in(), found)
        return page("voting/show.html", status=status, view=view, form=form, standing=view.standing)
    other = other_page(reading(), signed_in(), found)
    return page("voting/poll.html", status=status, view=other, form=form, standing=other.standing)


def poll_of_voter(session: Session, poll_id: int) -> FoundPoll | None:
    """The poll as far as it concerns the reader's own seats: what casting needs, however full the hall is."""
    return queries.poll_by_id(session, poll_id, seats=[seat.seat_id for seat in signed_in().seats])


@blueprint.post("/abstimmungen/<int(max=2147483647):poll_id>/stimme")
@requires(policy.may_read_poll, load=poll_of_voter)
def cast(found: FoundPoll, poll_id: int) -> Response | AnyResponse:
    """Take the ballot of the reader's seat."""
    form = ballot_form_of(found.ruled)
    if found.is_open and policy.may_cast(signed_in(), found) and not form.validate_on_submit():
        return poll_response(queries.poll_by_id(reading(), poll_id) or found, form, 422)
    return perform_once(
        actions.cast_answer, poll_id, form.answer(), then=lambda _ballot: url_for("voting.show", poll_id=poll_id)
    )


@blueprint.get("/abstimmungen/<int(max=2147483647):poll_id>/stand")
@requires(policy.may_read_poll, load=queries.poll_by_id)
def standing(found: FoundPoll, poll_id: int) -> Response:
    """The live part: how many have voted."""
    del poll_id
    return page("voting/_standing.html", standing=standing_of(found))


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
