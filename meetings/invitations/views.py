"""Inviting as pages: what goes out and to whom, the send log, answers of members, deputies and guests, the entry."""

from flask import Blueprint, Response, flash, g, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.clock import LOCAL
from app.core.errors import InvalidInput, NotFound
from app.core.forms import ConfirmForm
from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.web import house, page, perform_once, reading, requires, signed_in
from knowledge.workshops.calendar import CANCEL, PUBLISH, Party, written
from knowledge.workshops.inviting_views import sender
from meetings.agenda import queries
from meetings.agenda.policy import may_read_meeting
from meetings.agenda.queries import FoundMeeting
from meetings.agenda.states import MeetingState
from meetings.invitations import answering, answers, log, policy, receivers, sending, wording
from meetings.invitations.answers import SeatAnswer
from meetings.invitations.calendar import appointment_of
from meetings.invitations.forms import AnswerForm, GuestAnswerForm, SendForm
from meetings.invitations.policy import SeatToAnswer
from meetings.invitations.states import AnswerKind

blueprint = Blueprint("invitations", __name__, template_folder="templates")

for name, words in wording.FILTERS.items():
    blueprint.add_app_template_filter(words, name)


@blueprint.get("/sitzungen/<key>/einladung")
@requires(policy.may_invite, load=queries.meeting_by_key)
def ask(meeting: FoundMeeting, key: str) -> Response:
    """What would be sent now, and what was sent."""
    del key
    return _sheet(meeting, SendForm())


def _sheet(meeting: FoundMeeting, form: SendForm, problem: str = "", status: int = 200) -> Response:
    sheet = log.sheet_of(reading(), meeting, clock.now().astimezone(LOCAL).date())
    settings = house().settings
    return page(
        "invitations/send.html",
        status=status,
        sheet=sheet,
        post=wording.post_words(sheet.post),
        form=form,
        problem=problem,
        goes_out=bool(settings.smtp_url),
        has_links=bool(settings.public_url),
        confirm=ConfirmForm(formdata=None),
    )


@blueprint.post("/sitzungen/<key>/einladung")
@requires(policy.may_invite, load=queries.meeting_by_key)
def send(meeting: FoundMeeting, key: str) -> AnyResponse:
    """Write the letters that are due."""
    form = SendForm()
    if not form.validate_on_submit():
        return _sheet(meeting, form, status=422)
    try:
        response = perform_once(
            sending.send_letters, key, sender(), form.urgency.data or "", then=lambda _row: _page_of(key)
        )
    except RefusedMove as refusal:
        return _sheet(meeting, form, refusal.reason, refusal.status)
    flash(_("Die Einladungen sind auf dem Weg. Das Versandprotokoll zeigt, was ankommt."), "success")
    return response


def _page_of(key: str) -> str:
    return url_for("invitations.ask", key=key)


def _of_letter(session: Session, key: str, letter_id: int) -> FoundMeeting | None:
    """The meeting; whether the letter is one of its own, the action asks."""
    del letter_id
    return queries.meeting_by_key(session, key)


@blueprint.post("/sitzungen/<key>/einladung/<int(max=2147483647):letter_id>/nochmal")
@requires(policy.may_invite, load=_of_letter)
def again(meeting: FoundMeeting, key: str, letter_id: int) -> AnyResponse:
    """Send one letter once more."""
    del meeting
    return perform_once(sending.send_again, key, letter_id, sender(), then=lambda _row: _page_of(key))


@blueprint.post("/sitzungen/<key>/einladung/<int(max=2147483647):letter_id>/unzustellbar")
@requires(policy.may_invite, load=_of_letter)
def bounced(meeting: FoundMeeting, key: str, letter_id: int) -> AnyResponse:
    """Note that a letter came back."""
    del meeting
    return perform_once(sending.note_bounce, key, letter_id, then=lambda _row: _page_of(key))


@blueprint.get("/sitzungen/<key>/antworten")
@requires(policy.may_see_answers, load=queries.meeting_by_key)
def overview(meeting: FoundMeeting, key: str) -> Response:
    """Who comes, and whether that is enough to decide."""
    del key
    return page("invitations/answers.html", overview=answers.overview(reading(), signed_in(), meeting, clock.now()))


@blueprint.get("/sitzungen/<key>/antwort")
@requires(may_read_meeting, load=queries.meeting_by_key)
def own_answer(meeting: FoundMeeting, key: str) -> Response:
    """The reader's own seats and what was said for them; where the link of the mail leads."""
    del key
    view = answers.overview(reading(), signed_in(), meeting, clock.now())
    forms = [(each, _form(each)) for each in view.own]
    said = view.own_guest.answer if view.own_guest else None
    guest = GuestAnswerForm(formdata=None, kind=said.kind if said else None).offer()
    return page("invitations/own.html", overview=view, forms=forms, guest_form=guest, meeting=meeting.meeting)


def _form(each: SeatAnswer, *, typed: bool = False) -> AnswerForm:
    """The form of a seat: as typed, else with what was said last."""
    person = signed_in().person_id
    if typed:
        return AnswerForm().offer(each.seat, person)
    said = each.answer
    kind = said.kind if said else None
    if said and said.kind == AnswerKind.DEPUTY and said.person_id == person:
        kind = AnswerKind.ACCEPTED
    deputy = str(said.person_id) if said and said.kind == AnswerKind.DEPUTY else ""
    return AnswerForm(formdata=None, kind=kind, deputy=deputy).offer(each.seat, person)


def _seat_of(session: Session, key: str, seat_id: int) -> SeatToAnswer | None:
    """A seat that is asked for an answer, with its meeting."""
    meeting = queries.meeting_by_key(session, key)
    seat = answers.seat_to_answer(session, meeting, seat_id) if meeting else None
    return SeatToAnswer(meeting, frozenset(each.person_id for each in seat.holders)) if meeting and seat else None


def _seat_answer(key: str, seat_id: int) -> tuple[FoundMeeting, SeatAnswer]:
    meeting = queries.meeting_by_key(reading(), key)
    view = answers.overview(reading(), signed_in(), meeting, clock.now()) if meeting else None
    found = next((each for each in view.seats if each.seat.seat_id == seat_id), None) if view else None
    if meeting is None or found is None:
        raise NotFound(_("Diesen Sitz gibt es in dieser Sitzung nicht."))
    return meeting, found


@blueprint.get("/sitzungen/<key>/antwort/<int(max=2147483647):seat_id>")
@requires(policy.may_answer, load=_seat_of)
def seat_answer(seat: SeatToAnswer, key: str, seat_id: int) -> Response:
    """The answer for one seat, as the office gives it for a member who called."""
    del seat
    meeting, found = _seat_answer(key, seat_id)
    return _seat_page(meeting, found, _form(found))


def _seat_page(
    meeting: FoundMeeting, found: SeatAnswer, form: AnswerForm, problem: str = "", status: int = 200
) -> Response:
    return page(
        "invitations/seat.html", status=status, meeting=meeting.meeting, found=found, form=form, problem=problem
    )


@blueprint.post("/sitzungen/<key>/antwort/<int(max=2147483647):seat_id>")
@requires(policy.may_answer, load=_seat_of)
def answer(seat: SeatToAnswer, key: str, seat_id: int) -> AnyResponse:
    """Keep the answer for a seat."""
    del seat
    meeting, found = _seat_answer(key, seat_id)
    form = _form(found, typed=True)
    if not form.validate_on_submit():
        return _seat_page(meeting, found, form, status=422)
    try:
        response = perform_once(
            answering.answer_for_seat,
            key,
            seat_id,
            form.kind.data,
            form.deputy_id(),
            then=lambda _meeting: _after_answer(key, found.own),
        )
    except (InvalidInput, RefusedMove) as error:
        return _seat_page(meeting, found, form, error.message, error.status)
    flash(_("Die Antwort ist festgehalten. Bis zum Beginn der Sitzung können Sie sie ändern."), "success")
    return response


def _after_answer(key: str, own: bool) -> str:
    return url_for("invitations.own_answer" if own else "invitations.overview", key=key)


@blueprint.post("/sitzungen/<key>/antwort")
@requires(policy.may_answer_as_guest, load=queries.meeting_by_key)
def answer_as_guest(meeting: FoundMeeting, key: str) -> AnyResponse:
    """Keep the answer of a guest."""
    form = GuestAnswerForm().offer()
    if not form.validate_on_submit():
        view = answers.overview(reading(), signed_in(), meeting, clock.now())
        return page(
            "invitations/own.html", status=422, overview=view, forms=[], guest_form=form, meeting=meeting.meeting
        )
    response = perform_once(
        answering.answer_as_guest, key, form.kind.data, then=lambda _meeting: _after_answer(key, own=True)
    )
    flash(_("Die Antwort ist festgehalten. Bis zum Beginn der Sitzung können Sie sie ändern."), "success")
    return response


@blueprint.get("/sitzungen/<key>/termin.ics")
@requires(may_read_meeting, load=queries.meeting_by_key)
def entry(meeting: FoundMeeting, key: str) -> Response:
    """The meeting as a file for any calendar."""
    from_ = sender()
    appointment = appointment_of(meeting, g.tenant, from_, with_dial_in=True)
    if appointment is None:
        raise NotFound(_("Der Termin dieser Sitzung steht noch nicht fest."))
    method = CANCEL if meeting.state == MeetingState.CANCELLED else PUBLISH
    told = receivers.last_told(reading(), meeting.id)
    sequence = max((each.sequence for each in told.values()), default=0)
    text = written(appointment, method, sequence, clock.now(), Party(from_.email, g.tenant.name))
    return calendar_file(text, f"{key}.ics")


def calendar_file(text: str, name_: str) -> Response:
    """A calendar as a download that nobody keeps."""
    response = Response(text.encode(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name_}"'
    response.headers["Cache-Control"] = "no-store"
    return response
