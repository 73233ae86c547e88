"""Taking in a codebook of another program (`.qdc`)."""

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import InvalidInput
from app.core.i18n import _, ngettext
from app.core.web import page, perform_once, requires
from knowledge.coding import actions_codebook, policy
from knowledge.coding.category_views import blueprint, confirmed
from knowledge.coding.codebook_file import MOST_BYTES, read_codebook
from knowledge.coding.forms import CodebookFileForm
from knowledge.coding.models import Category
from knowledge.privacy.gate import Unchecked
from knowledge.privacy.wording import KIND_LABELS

__all__ = ["blueprint"]


@blueprint.get("/kategorien/uebernehmen")
@requires(policy.may_edit_codebook)
def choose_codebook() -> Response:
    """Choose a file."""
    return _page(CodebookFileForm(formdata=None))


@blueprint.post("/kategorien/uebernehmen")
@requires(policy.may_edit_codebook)
def take_codebook() -> AnyResponse:
    """Read it and take over what is new."""
    form = CodebookFileForm()
    file = request.files.get("file")
    if not form.validate_on_submit() or file is None:
        return _page(form, 422)
    try:
        codes = read_codebook(file.stream.read(MOST_BYTES + 1))
        return perform_once(actions_codebook.take_codebook, codes, confirmed(), then=_told)
    except InvalidInput as error:
        return _page(form, error.status, error)


def _told(made: list[Category]) -> str:
    words = ngettext("%(num)s Kategorie übernommen.", "%(num)s Kategorien übernommen.", len(made))
    flash(words if made else _("Alle Kategorien der Datei gibt es hier schon."), "success" if made else "info")
    return url_for("coding.categories")


def _page(form: CodebookFileForm, status: int = 200, error: InvalidInput | None = None) -> Response:
    return page(
        "coding/take_codebook.html",
        status=status,
        form=form,
        problem=error.message if error else "",
        hits=error.hits if isinstance(error, Unchecked) else (),
        confirmed=confirmed() if request.method == "POST" else frozenset(),
        kind_words=KIND_LABELS,
    )
