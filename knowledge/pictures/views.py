"""The pictures of the catalogue: an overview, and one picture each with its table."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, g, request

from app.core import clock
from app.core.web import page, reading, requires, signed_in
from knowledge.gaps.catalogue import Choice, read_choice
from knowledge.gaps.policy import may_read_evidence
from knowledge.pictures import choosing, drawings, policy, queries, wording
from knowledge.pictures.queries import Viewer

blueprint = Blueprint("pictures", __name__, template_folder="templates")


@blueprint.get("/bilder")
@requires(policy.may_look_at_pictures)
def index() -> Response:
    """Which pictures there are; the choice goes along."""
    viewer = _viewer()
    cards = [
        (wording.TITLES[kind], wording.LEADS[kind], choosing.picture_address(kind, viewer.choice))
        for kind in wording.KINDS
    ]
    return page("pictures/index.html", cards=cards, total=queries.total(reading(), viewer))


@blueprint.get("/bilder/<any(luecken,stellen,weg,dauer):kind>")
@requires(policy.may_look_at_pictures)
def show(kind: str) -> Response:
    """One picture of the chosen gaps."""
    viewer = _viewer()
    choice, municipalities = viewer.choice, choosing.municipalities_of(reading())
    return page(
        f"pictures/{kind}.html",
        kind=kind,
        title=wording.TITLES[kind],
        lead=wording.LEADS[kind],
        reading_help=wording.READING[kind],
        total=queries.total(reading(), viewer, with_merged=kind == "weg"),
        tabs=[_tab(each, kind, choice) for each in wording.KINDS],
        chips=choosing.chips(kind, choice, municipalities),
        selects=choosing.selects(viewer.actor, choice, municipalities),
        kept=choosing.kept(choice),
        catalogue_url=choosing.narrowed(choice),
        words=wording,
        **DRAWINGS[kind](viewer),
    )


def _viewer() -> Viewer:
    return Viewer(signed_in(), read_choice(request.args), g.tenant.min_cell)


def _tab(kind: str, current: str, choice: Choice) -> dict[str, Any]:
    return {
        "label": wording.TITLES[kind],
        "url": choosing.picture_address(kind, choice),
        "current": kind == current,
    }


def _heat(viewer: Viewer) -> dict[str, Any]:
    return {"drawing": drawings.heat_of(queries.domains_and_transitions(reading(), viewer), viewer.choice)}


def _ring(viewer: Viewer) -> dict[str, Any]:
    session = reading()
    pairs, agencies = queries.interfaces(session, viewer), queries.agencies(session, viewer)
    return {
        "drawing": drawings.ring_of(pairs, agencies, viewer.choice),
        "handovers": queries.handovers(session) if may_read_evidence(viewer.actor) else [],
    }


def _way(viewer: Viewer) -> dict[str, Any]:
    return {"drawing": drawings.states_of(queries.states(reading(), viewer), viewer.choice)}


def _ages(viewer: Viewer) -> dict[str, Any]:
    found = queries.ages(reading(), viewer, clock.today())
    return {"drawing": drawings.ages_of(found, viewer.choice), "age_words": drawings.age_words}


DRAWINGS: dict[str, Callable[[Viewer], dict[str, Any]]] = {
    "luecken": _heat,
    "stellen": _ring,
    "weg": _way,
    "dauer": _ages,
}
"""What each picture needs beside its frame."""
