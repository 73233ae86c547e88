"""The two pages that anybody may read: accessibility and privacy."""

from flask import Blueprint, Response

from app.core.web import page, public

blueprint = Blueprint("about", __name__, template_folder="templates")


@blueprint.get("/barrierefreiheit")
@public("a statement on accessibility must be reachable without signing in")
def accessibility() -> Response:
    """What was checked, and whom to tell about a barrier."""
    return page("people/accessibility.html")


@blueprint.get("/datenschutz")
@public("information on data protection must be reachable without signing in")
def privacy() -> Response:
    """What the program keeps, for how long, and what it never does."""
    return page("people/privacy.html")
