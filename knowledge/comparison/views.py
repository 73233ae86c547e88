"""The comparison of cases (W12): cases down, gaps or domains across, what is chosen stands in the address."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, g, request, url_for

from app.core import clock
from app.core.i18n import _
from app.core.permissions import Actor
from app.core.web import page, reading, requires, signed_in
from app.ui.shell import has_room
from knowledge.comparison import policy, wording
from knowledge.comparison.queries import Choice, Comparison, comparison
from knowledge.comparison.rules import Axis
from knowledge.comparison.wording import AXES, PLACES, SIGNS, WORDS, Eyes
from knowledge.gaps.policy import may_read_evidence
from knowledge.taxonomy.terms import label

blueprint = Blueprint("comparison", __name__, template_folder="templates")
ROWS, COLUMNS = 50, 24
AXIS, LEGAL_DOMAIN, GROUP, PLACE = "spalten", "rechtskreis", "gruppe", "kommunentyp"


def read_choice(asked: Mapping[str, str]) -> Choice:
    """The choice of an address; what is unknown counts as not chosen."""
    axis = asked.get(AXIS, "")
    return Choice(
        Axis(axis) if axis in set(Axis) else Axis.GAPS,
        asked.get(LEGAL_DOMAIN, "")[:64],
        asked.get(GROUP, "")[:64],
        asked.get(PLACE, "")[:64],
    )


def eyes_of(actor: Actor) -> Eyes:
    """For whom the numbers are told."""
    return Eyes(g.tenant.min_cell, bool(may_read_evidence(actor)))


@blueprint.get("/fallvergleich")
@requires(policy.may_compare)
def index() -> Response:
    """The matrix."""
    actor, choice = signed_in(), read_choice(request.args)
    found = comparison(reading(), actor, choice, clock.today())
    pages = max(1, -(-len(found.cases) // ROWS))
    number = min(max(request.args.get("seite", 1, int) % 2**31, 1), pages)
    return page(
        "comparison/index.html",
        found=found,
        choice=choice,
        rows=found.cases[(number - 1) * ROWS : number * ROWS],
        columns=found.matrix.columns[:COLUMNS],
        heads={column: wording.head_of(column, choice.axis, found) for column in _all_columns(found)},
        further=max(0, len(found.matrix.columns) - COLUMNS),
        eyes=eyes_of(actor),
        transitions=wording.transitions(found, eyes_of(actor)),
        signs=SIGNS,
        words=WORDS,
        axes=[(axis.value, words) for axis, words in AXES.items()],
        selects=selects(found, choice),
        chips=chips(choice, found),
        page_number=number,
        pages=pages,
        case_files=has_room("case_matrix.xlsx"),
        page_url=lambda wanted: url_for("comparison.index", **{**_args(choice), "seite": wanted}),
    )


def _all_columns(found: Comparison) -> tuple[str, ...]:
    return (*found.matrix.columns[:COLUMNS], *found.matrix.empty)


def _args(choice: Choice) -> dict[str, Any]:
    given = {AXIS: choice.axis.value, LEGAL_DOMAIN: choice.legal_domain, GROUP: choice.group, PLACE: choice.place}
    return {name: value for name, value in given.items() if value}


def selects(found: Comparison, choice: Choice) -> list[dict[str, Any]]:
    """The filters with their options; that for places is the coordination's."""
    offered = found.options
    given: list[tuple[str, str, list[tuple[str, str]], str]] = [
        (
            LEGAL_DOMAIN,
            _("Rechtskreis der Station"),
            [(key, label("legal_domains", key)) for key in offered.legal_domains],
            choice.legal_domain,
        ),
        (GROUP, _("Betroffene Gruppe"), [(key, label("affected_groups", key)) for key in offered.groups], choice.group),
    ]
    if offered.places:
        kinds = [(str(kind), str(words)) for kind, words in PLACES.items() if kind.value in offered.places]
        given.append((PLACE, _("Art der Kommune"), kinds, choice.place))
    return [
        {"name": name, "title": title, "options": sorted(options, key=lambda each: each[1]), "chosen": chosen}
        for name, title, options, chosen in given
    ]


def chips(choice: Choice, found: Comparison) -> list[dict[str, str]]:
    """What is filtered, each with the address without it."""
    active = []
    for select in selects(found, choice):
        words = dict(select["options"]).get(select["chosen"])
        if select["chosen"]:
            rest = {name: value for name, value in _args(choice).items() if name != select["name"]}
            active.append(
                {
                    "label": f"{select['title']}: {words or select['chosen']}",
                    "url": url_for("comparison.index", **rest),
                }
            )
    return active
