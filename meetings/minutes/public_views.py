"""What the public would read of minutes, beside what the body reads, with the passages that should be looked at."""

from dataclasses import dataclass

from flask import Blueprint, Response

from app.core.web import page, reading, requires
from meetings.minutes.exposing import exposures
from meetings.minutes.exposure import Exposed
from meetings.minutes.publicity import public_sheet
from meetings.minutes.queries import ItemSheet, MinutesSheet, sheet_by_key
from meetings.minutes.step_views import may_steer

blueprint = Blueprint("public_minutes", __name__, template_folder="templates")


@dataclass(frozen=True)
class Pair:
    """An item as the body reads it, and as the public does; None: the public learns nothing of it."""

    full: ItemSheet
    public: ItemSheet | None
    exposed: tuple[Exposed, ...]


@blueprint.get("/sitzungen/<key>/niederschrift/oeffentliche-fassung")
@requires(may_steer, load=sheet_by_key)
def compare(sheet: MinutesSheet, key: str) -> Response:
    """Both versions side by side."""
    del key
    found = exposures(reading(), sheet)
    public = {entry.item.id: entry for entry in public_sheet(sheet).items}
    pairs = [
        Pair(entry, public.get(entry.item.id), tuple(each for each in found if each.number == entry.item.number))
        for entry in sheet.items
    ]
    return page(
        "minutes/public.html",
        sheet=sheet,
        pairs=pairs,
        found=found,
        publishes=bool(sheet.rules and sheet.rules.public),
    )
