"""The page of one's own calendar, and the calendar itself under its secret address."""

from flask import Blueprint, Response, flash, g, request, session, url_for
from sqlmodel import col, select
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import NotFound
from app.core.forms import ConfirmForm
from app.core.i18n import _
from app.core.web import house, page, perform_once, public, reading, requires, signed_in
from app.people.models import Tenant
from knowledge.workshops.inviting_views import sender
from meetings.invitations import feed, policy

blueprint = Blueprint("calendar", __name__, template_folder="templates")
SHOWN_ONCE = "calendar_secret"


@blueprint.get("/kalender")
@requires(policy.may_have_calendar)
def own() -> Response:
    """Whether there is an address; a new one is shown here once."""
    return page(
        "invitations/calendar.html",
        address=feed.own_address(reading(), signed_in()),
        secret=_shown_once(),
        form=ConfirmForm(formdata=None),
    )


def _shown_once() -> str:
    """The whole address, right after it was made and never again."""
    secret = str(session.pop(SHOWN_ONCE, ""))
    if not secret:
        return ""
    path = url_for("calendar.read", secret=secret)
    base = house().settings.public_url.rstrip("/") or request.host_url.rstrip("/")
    return f"{base}{path}"


@blueprint.post("/kalender")
@requires(policy.may_have_calendar)
def make() -> AnyResponse:
    """Make a new address."""
    once = request.form.get("once", "")[:64] or ConfirmForm(formdata=None).once.data
    secret = feed.secret_for(house().settings.secret_key(), signed_in().person_id, str(once))
    session[SHOWN_ONCE] = secret
    return perform_once(feed.make_address, secret, then=lambda _row: url_for("calendar.own"))


@blueprint.post("/kalender/zuruecknehmen")
@requires(policy.may_have_calendar)
def take_back() -> AnyResponse:
    """Take the address back."""
    session.pop(SHOWN_ONCE, None)
    response = perform_once(feed.take_back, then=lambda _row: url_for("calendar.own"))
    flash(_("Die Adresse gilt nicht mehr. Kalender, die sie kennen, bekommen nichts Neues."), "success")
    return response


@blueprint.get("/kalender/<secret>.ics")
@public("the secret address is the key; it opens days, times and places only")
def read(secret: str) -> Response:
    """The calendar. An address that was taken back answers like one that never was."""
    found = feed.owner_of(house().database, secret) if len(secret) <= feed.LONGEST_SECRET else None
    actor = house().actor_by_id(found.tenant_id, found.person_id) if found else None
    if found is None or actor is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    with house().database.read(found.tenant_id) as reading_:
        tenant = reading_.exec(select(Tenant).where(col(Tenant.id) == found.tenant_id)).one()
        g.tenant = tenant
        text = feed.calendar_of(reading_, actor, tenant, sender(), clock.now())
    response = Response(text.encode(), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
