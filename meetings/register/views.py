"""The calendar, links between decisions, and organisations as pages."""

from babel.dates import format_date
from flask import Blueprint, Response, g, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import InvalidInput, NotFound
from app.core.i18n import language, show_time_span
from app.core.web import page, perform_once, reading, requires, signed_in
from app.people.models import Organisation
from knowledge.workshops.inviting_views import sender
from meetings.bodies.queries import all_bodies
from meetings.decisions.queries import FoundDecision, decision_by_key
from meetings.follow_up import wording as task_words
from meetings.papers import wording as paper_words
from meetings.register import actions, organisations, policy, queries
from meetings.register import calendar_file as files
from meetings.register.forms import ReplaceForm
from meetings.register.rules import Month, month_of

blueprint = Blueprint("register", __name__, template_folder="templates")


@blueprint.get("/sitzungen/kalender")
@requires(policy.may_see_calendar)
def calendar() -> Response:
    """A month of meetings, as a table and as a list; month and body stand in the address."""
    today, body = clock.today(), request.args.get("gremium", "")[:64]
    month = month_of(request.args.get("monat", ""), today)
    return page(
        "register/calendar.html",
        view=queries.month_view(reading(), signed_in(), month, body, today),
        bodies=all_bodies(reading()),
        body=body,
        month_name=format_date(month.first, "LLLL yyyy", locale=language()),
        time_span=show_time_span,
        this_month=Month(today.year, today.month),
        month_url=lambda shown: url_for("register.calendar", monat=shown.key, gremium=body or None),
    )


@blueprint.get("/sitzungen/kalender.ics")
@requires(policy.may_see_calendar)
def calendar_file() -> Response:
    """All meetings that the reader may read, as a calendar file."""
    body = request.args.get("gremium", "")[:64]
    text = files.calendar_file(reading(), signed_in(), g.tenant, sender(), clock.now(), body)
    response = Response(text.encode(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="Sitzungen.ics"'
    return response


@blueprint.route("/beschluesse/<key>/ersetzt", methods=["GET", "POST"])
@requires(policy.may_note_replacement, load=decision_by_key)
def replace(found: FoundDecision, key: str) -> Response | AnyResponse:
    """Note which earlier decision this one takes the place of."""
    form = ReplaceForm()
    if request.method == "GET" or not form.validate_on_submit():
        return _replace_page(found, form, 200 if request.method == "GET" else 422)
    try:
        place = url_for("decisions.show", key=key)
        return perform_once(actions.replace, key, form.older.data, form.note.data or "", then=lambda _row: place)
    except (InvalidInput, NotFound) as error:
        form.older.errors = [error.message]
        return _replace_page(found, form, 422)


def _replace_page(found: FoundDecision, form: ReplaceForm, status: int) -> Response:
    text = request.args.get("q", "").strip()[:100]
    earlier, more = queries.replaceable(reading(), found, text)
    offered = [(row.decision.key, f"{row.decision.key}: {row.decision.text[:80]}") for row in earlier]
    if form.older.data and form.older.data not in dict(offered):
        offered.append((form.older.data, form.older.data))
    form.older.choices = offered
    return page("register/replace.html", status=status, found=found, form=form, text=text, more=more)


@blueprint.get("/organisationen")
@requires(policy.may_see_calendar)
def index() -> Response:
    """The organisations of the network and how many seats they have."""
    return page("register/organisations.html", lines=organisations.organisations(reading(), clock.today()))


@blueprint.get("/organisationen/<key>")
@requires(policy.may_see_organisation, load=organisations.organisation_by_key)
def organisation(row: Organisation, key: str) -> Response:
    """One organisation: its seats; for its own people and the office also what it has to do."""
    del key
    return page(
        "register/organisation.html",
        view=organisations.organisation_page(reading(), signed_in(), row),
        tasks=task_words,
        papers=paper_words,
    )
