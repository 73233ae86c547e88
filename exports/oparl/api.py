"""The read interface: JSON that anybody may ask for, without an account. What it says comes from publications only."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request, url_for
from sqlmodel import Session, col, select

from app.core.database import every_tenant
from app.core.errors import NotFound
from app.core.i18n import _
from app.core.web import house, public
from app.people.models import Tenant
from exports.oparl import queries
from exports.oparl.models import OparlBody
from exports.oparl.objects import VERSION, Life, Object, Writer
from exports.oparl.queries import PER_PAGE, Filter, FoundPublished
from exports.oparl.rules import moment

blueprint = Blueprint("oparl", __name__, url_prefix="/oparl/v1.1")
_EVERYBODY = "published meetings, as OParl 1.1"
FILTERS = ("created_since", "created_until", "modified_since", "modified_until")
ENDPOINTS = {
    "system": "oparl.system",
    "county": "oparl.county",
    "organizations": "oparl.organizations",
    "organization": "oparl.organization",
    "people": "oparl.people",
    "papers": "oparl.papers",
    "meetings": "oparl.meetings",
    "meeting": "oparl.meeting",
    "location": "oparl.location",
    "agenda_items": "oparl.agenda_items",
    "agenda_item": "oparl.agenda_item",
}


class BadFilter(Exception):
    """The name of a filter that is no moment."""


def _absolute(endpoint: str, **values: Any) -> str:
    base = house().settings.public_url
    return f"{base}{url_for(endpoint, **values)}" if base else url_for(endpoint, **values, _external=True)


def _writer(tenant: Tenant) -> Writer:
    def at(name: str, **values: Any) -> str:
        county = {} if name == "system" else {"county": tenant.key}
        return _absolute(ENDPOINTS[name], **county, **values)

    return Writer(at, ZoneInfo(tenant.timezone))


def _answer(found: Object, status: int = 200) -> Response:
    """UTF-8 without a mark, open to programs of other sites, and with a tag by which nothing is sent twice."""
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    response = Response(text, status, mimetype="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


def _county_of(key: str) -> Tenant:
    """The county, if it publishes or did; NotFound otherwise, as if there were none."""
    with house().database.read() as plain, every_tenant(plain):
        tenant = plain.exec(select(Tenant).where(col(Tenant.key) == key)).first()
    if tenant is not None:
        with house().database.read(tenant.id) as session:
            if queries.is_on(session):
                return tenant
    raise NotFound(_("Hier wird nichts veröffentlicht."))


@dataclass(frozen=True)
class Asked:
    """A county that is asked, with a session to read in it."""

    session: Session
    writer: Writer
    tenant: Tenant


def _in_county(key: str, answer: Callable[[Asked], Response]) -> Response:
    tenant = _county_of(key)
    with house().database.read(tenant.id) as session:
        try:
            return answer(Asked(session, _writer(tenant), tenant))
        except BadFilter as error:
            return _answer({"error": f"{error} is no moment with an offset, e.g. 2026-12-10T14:00:00+01:00."}, 400)


def _wanted() -> Filter:
    values = {}
    for name in FILTERS:
        if name in request.args:
            values[name] = moment(request.args[name])
            if values[name] is None:
                raise BadFilter(name)
    return Filter(**values, body_key=request.args.get("gremium", ""))


def _page() -> int:
    text = request.args.get("page", "1")
    return min(max(int(text), 1), 10**6) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def _omits() -> bool:
    return request.args.get("omit_internal", "").lower() in ("true", "1")


def _list(address: str, data: Sequence[Object], total: int) -> Response:
    """A page of a list with its numbers and the ways to the others; filters stay in every address."""
    page, pages = _page(), max(1, -(-total // PER_PAGE))
    kept = {name: value for name, value in request.args.items() if name != "page"}

    def to(number: int) -> str:
        return _absolute(address, **(request.view_args or {}), **kept, page=number)

    links = {"first": to(1), "self": to(page), "last": to(pages)}
    links |= {"prev": to(page - 1)} if 1 < page <= pages else {}
    links |= {"next": to(page + 1)} if page < pages else {}
    numbers = {"totalElements": total, "elementsPerPage": PER_PAGE, "currentPage": page, "totalPages": pages}
    return _answer({"data": list(data), "pagination": numbers, "links": links})


def _cut(data: Sequence[Any]) -> Sequence[Any]:
    return data[(_page() - 1) * PER_PAGE : _page() * PER_PAGE]


@blueprint.get("/system")
@public(_EVERYBODY)
def system() -> Response:
    """The way in."""
    return _answer(
        {
            "id": _absolute("oparl.system"),
            "type": f"{VERSION}System",
            "oparlVersion": VERSION,
            "body": _absolute("oparl.counties"),
            "name": "Lückenlos",
        }
    )


@blueprint.get("/bodies")
@public(_EVERYBODY)
def counties() -> Response:
    """The counties in which a body publishes."""
    with house().database.read() as plain, every_tenant(plain):
        publishing = select(OparlBody.tenant_id).where(col(OparlBody.is_on))
        tenants = plain.exec(select(Tenant).where(col(Tenant.id).in_(publishing)).order_by(col(Tenant.id))).all()
        lives = {tenant.id: _life_of(plain, tenant) for tenant in tenants}
    data = [_writer(each).county(each.name, str(each.kind), lives[each.id]) for each in tenants]
    return _list("oparl.counties", _cut(data), len(data))


def _life_of(session: Session, tenant: Tenant) -> Life:
    rows = session.exec(select(OparlBody).where(col(OparlBody.tenant_id) == tenant.id)).all()
    return Life(min(row.first_at for row in rows), max(row.modified_at for row in rows))


@blueprint.get("/<county>/body")
@public(_EVERYBODY)
def county(county: str) -> Response:
    """A county."""
    return _in_county(
        county,
        lambda asked: _answer(
            asked.writer.county(asked.tenant.name, str(asked.tenant.kind), _life_of(asked.session, asked.tenant))
        ),
    )


@blueprint.get("/<county>/organizations")
@public(_EVERYBODY)
def organizations(county: str) -> Response:
    """The bodies that publish."""

    def answer(asked: Asked) -> Response:
        found = queries.organizations(asked.session, _wanted())
        data = [asked.writer.organization(each.key, each.name, each.kind, each.life) for each in found]
        return _list("oparl.organizations", _cut(data), len(data))

    return _in_county(county, answer)


@blueprint.get("/<county>/organizations/<key>")
@public(_EVERYBODY)
def organization(county: str, key: str) -> Response:
    """A body."""

    def answer(asked: Asked) -> Response:
        for found in queries.organizations(asked.session, Filter(), [key]):
            return _answer(asked.writer.organization(found.key, found.name, found.kind, found.life))
        raise NotFound(_("Hier wird nichts veröffentlicht."))

    return _in_county(county, answer)


@blueprint.get("/<county>/people")
@public(_EVERYBODY)
def people(county: str) -> Response:
    """Nobody: persons are not published."""
    return _in_county(county, lambda _asked: _list("oparl.people", [], 0))


@blueprint.get("/<county>/papers")
@public(_EVERYBODY)
def papers(county: str) -> Response:
    """None: papers are not published."""
    return _in_county(county, lambda _asked: _list("oparl.papers", [], 0))


@blueprint.get("/<county>/meetings")
@public(_EVERYBODY)
def meetings(county: str) -> Response:
    """The published meetings; `?gremium=` those of one body."""

    def answer(asked: Asked) -> Response:
        wanted = _wanted()
        found, total = queries.meetings(asked.session, wanted, _page()), queries.count_meetings(asked.session, wanted)
        data = [asked.writer.meeting(each.key, each.content, each.life, whole=not _omits()) for each in found]
        return _list("oparl.meetings", data, total)

    return _in_county(county, answer)


def _known(found: FoundPublished | None) -> FoundPublished:
    if found is None:
        raise NotFound(_("Hier wird nichts veröffentlicht."))
    return found


@blueprint.get("/<county>/meetings/<key>")
@public(_EVERYBODY)
def meeting(county: str, key: str) -> Response:
    """A published meeting."""

    def answer(asked: Asked) -> Response:
        found = _known(queries.meeting_of_key(asked.session, key))
        return _answer(asked.writer.meeting(found.key, found.content, found.life))

    return _in_county(county, answer)


@blueprint.get("/<county>/meetings/<key>/location")
@public(_EVERYBODY)
def location(county: str, key: str) -> Response:
    """Where a published meeting was."""

    def answer(asked: Asked) -> Response:
        found = _known(queries.meeting_of_key(asked.session, key))
        return _answer(asked.writer.location(found.key, found.content.place, found.life))

    return _in_county(county, answer)


@blueprint.get("/<county>/agenda-items")
@public(_EVERYBODY)
def agenda_items(county: str) -> Response:
    """The public items of all published meetings."""

    def answer(asked: Asked) -> Response:
        wanted = _wanted()
        data = [
            item for each in queries.every_meeting(asked.session, wanted) for item in _items(asked.writer, each, wanted)
        ]
        return _list("oparl.agenda_items", _cut(data), len(data))

    return _in_county(county, answer)


def _items(writer: Writer, found: FoundPublished, wanted: Filter) -> list[Object]:
    gone = (*found.content.gone, *(item.id for item in found.content.items if found.life.is_deleted))
    there = () if found.life.is_deleted else found.content.items
    told = [writer.gone_item(item_id, found.life) for item_id in gone] if wanted.with_gone else []
    return [*(writer.item(found.key, item, found.life) for item in there), *told]


@blueprint.get("/<county>/agenda-items/<int:item_id>")
@public(_EVERYBODY)
def agenda_item(county: str, item_id: int) -> Response:
    """A public item of a published meeting."""

    def answer(asked: Asked) -> Response:
        found = _known(queries.meeting_of_item(asked.session, item_id) if item_id < 2**31 else None)
        shown = next((item for item in found.content.items if item.id == item_id), None)
        if shown is None and item_id not in found.content.gone:
            raise NotFound(_("Hier wird nichts veröffentlicht."))
        if shown is None or found.life.is_deleted:
            return _answer(asked.writer.gone_item(item_id, found.life))
        return _answer(asked.writer.item(found.key, shown, found.life))

    return _in_county(county, answer)
