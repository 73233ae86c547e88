"""The live look at a text that is being typed, and what the room lends to pages of other rooms."""

from flask import Blueprint, Response, request

from app.core.forms import visible
from app.core.web import page, reading, requires
from knowledge.privacy.confirming import hits_in, names_for
from knowledge.privacy.policy import may_check_text
from knowledge.privacy.wording import HONEST, KIND_LABELS, RARE

blueprint = Blueprint("privacy", __name__, template_folder="templates")
LONGEST = 20_000
"""So many characters are looked at while somebody types; when they save, all are."""
_NO_TEXT = frozenset({"csrf_token", "once", "version", "neutral", "harmless", "confirmed"})


@blueprint.post("/pruefung")
@requires(may_check_text)
def look_over() -> Response:
    """What stands out in the texts of the form so far, as a fragment; nothing is kept. `?fall=1` for a case's texts."""
    typed = [visible(value) for name, value in request.form.items(multi=True) if name not in _NO_TEXT]
    text = "\n".join(typed)[:LONGEST]
    neutral = request.form.get("neutral", "").split()[:5]
    hits = hits_in([text], names_for(reading()), neutral, in_case=request.args.get("fall") == "1")
    return page("privacy/_look.html", hits=hits)


@blueprint.app_context_processor
def words() -> dict[str, object]:
    """What the fragments call the kinds of hits, what the check says about itself, and the warning about rarity."""
    return {
        "privacy_kinds": KIND_LABELS,
        "privacy_honest": HONEST,
        "privacy_rare": RARE,
    }
