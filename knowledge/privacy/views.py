"""Nothing to visit: the room only lends its fragments to pages of other rooms."""

from flask import Blueprint

from knowledge.privacy.wording import HONEST, KIND_LABELS

blueprint = Blueprint("privacy", __name__, template_folder="templates")


@blueprint.app_context_processor
def words() -> dict[str, object]:
    """What the fragments call the kinds of hits, and what the check says about itself."""
    return {"privacy_kinds": KIND_LABELS, "privacy_honest": HONEST}
