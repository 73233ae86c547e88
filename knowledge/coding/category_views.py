"""The codebook: its list, one category with all its passages, writing, merging, putting to rest, becoming a gap."""

from flask import Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import ChangedMeanwhile, DomainError, NotFound
from app.core.i18n import _
from app.core.permissions import Actor, Verdict, all_of
from app.core.web import page, perform, perform_once, reading, requires, signed_in
from app.core.work import Work
from knowledge.cases.actions import note_reading
from knowledge.coding import actions_codebook, codebook, policy, queries, wording
from knowledge.coding.codebook import Opened
from knowledge.coding.forms import CategoryForm, MergeForm
from knowledge.coding.models import Category
from knowledge.coding.states import CategoryState
from knowledge.coding.views import blueprint
from knowledge.gaps import policy as gaps_policy
from knowledge.gaps.text_views import form_for_proposal
from knowledge.privacy.gate import Unchecked
from knowledge.privacy.wording import KIND_LABELS

__all__ = ["blueprint"]


def may_read_category(actor: Actor, opened: Opened) -> Verdict:
    """Like the codebook."""
    del opened
    return policy.may_read_codebook(actor)


def may_edit_category(actor: Actor, opened: Opened) -> Verdict:
    """Like the codebook."""
    del opened
    return policy.may_edit_codebook(actor)


@blueprint.get("/kategorien")
@requires(policy.may_read_codebook)
def categories() -> Response:
    """The codebook."""
    entries = codebook.tree(reading(), signed_in())
    return page(
        "coding/categories.html",
        entries=[entry for entry in entries if entry.category.state == CategoryState.ACTIVE],
        resting=[entry for entry in entries if entry.category.state == CategoryState.RETIRED],
        may_edit=bool(policy.may_edit_codebook(signed_in())),
    )


@blueprint.get("/kategorien/neu")
@requires(policy.may_edit_codebook)
def new_category() -> Response:
    """An empty form."""
    return _form_page(CategoryForm.over(reading(), colour="blue"))


@blueprint.post("/kategorien")
@requires(policy.may_edit_codebook)
def create_category() -> AnyResponse:
    """Write a new category down."""
    form = CategoryForm.over(reading())
    if not form.validate_on_submit():
        return _form_page(form, status=422)
    try:
        return perform_once(actions_codebook.create_category, form.text(), confirmed(), then=_address)
    except DomainError as error:
        return _form_page(form, status=error.status, error=error)


@blueprint.get("/kategorien/<key>")
@requires(may_read_category, load=codebook.opened_by_key)
def category(opened: Opened, key: str) -> AnyResponse:
    """One category; a merged one leads to the one that took it in. Each case that is quoted counts as opened."""
    if opened.target is not None:
        flash(_("%(key)s ist in dieser Kategorie aufgegangen.", key=key), "info")
        return redirect(_address(opened.target))
    sheet = codebook.sheet(reading(), signed_in(), opened.category)
    quoted = {found.id for found, _rows in sheet.by_case} | ({sheet.example_case.id} if sheet.example_case else set())
    if quoted:
        perform(_note_all, sorted(quoted))
    return page(
        "coding/category.html",
        sheet=sheet,
        may_edit=bool(policy.may_edit_codebook(signed_in())),
        may_write_gap=bool(gaps_policy.may_edit_gap(signed_in())),
        states=wording.CODING_STATES,
        word=wording.CATEGORY_STATES[opened.category.state],
    )


@blueprint.get("/kategorien/<key>/bearbeiten")
@requires(may_edit_category, load=codebook.opened_by_key)
def edit_category(opened: Opened, key: str) -> Response:
    """The form with what is written."""
    del key
    return _form_page(_filled(_in_use(opened)), _in_use(opened))


@blueprint.post("/kategorien/<key>")
@requires(may_edit_category, load=codebook.opened_by_key)
def change_category(opened: Opened, key: str) -> AnyResponse:
    """Save; if somebody else saved meanwhile, nothing is overwritten."""
    here = _in_use(opened)
    form = CategoryForm.over(reading(), here)
    if not form.validate_on_submit():
        return _form_page(form, here, 422)
    typed = form.version.data or ""
    version = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
    try:
        return perform_once(actions_codebook.edit_category, key, form.text(), version, confirmed(), then=_address)
    except ChangedMeanwhile as error:
        form.version.data = str(here.version)
        return _form_page(form, here, error.status, error, conflict=here)
    except DomainError as error:
        return _form_page(form, here, error.status, error)


@blueprint.get("/kategorien/<key>/zusammenfuehren")
@requires(may_edit_category, load=codebook.opened_by_key)
def merge_category(opened: Opened, key: str) -> Response:
    """Choose into which category this one goes."""
    del key
    here = _in_use(opened)
    return _merge_page(here, MergeForm.over(reading(), here))


@blueprint.post("/kategorien/<key>/zusammenfuehren")
@requires(may_edit_category, load=codebook.opened_by_key)
def do_merge_category(opened: Opened, key: str) -> AnyResponse:
    """Merge."""
    here = _in_use(opened)
    form = MergeForm.over(reading(), here)
    if not form.validate_on_submit():
        return _merge_page(here, form, 422)
    return perform_once(actions_codebook.merge_category, key, form.into.data, then=_address)


@blueprint.post("/kategorien/<key>/ruhe")
@requires(may_edit_category, load=codebook.opened_by_key)
def retire_category(opened: Opened, key: str) -> AnyResponse:
    """Put it to rest, or take it up again."""
    retired = opened.category.state == CategoryState.ACTIVE
    return perform_once(actions_codebook.retire_category, key, retired, then=_address)


@blueprint.post("/kategorien/<key>/anker/<int:passage_id>")
@requires(may_edit_category, load=codebook.opened_by_key)
def take_example(opened: Opened, key: str, passage_id: int) -> AnyResponse:
    """Make a passage the anchor example."""
    del opened
    return perform_once(actions_codebook.take_example, key, passage_id, then=_address)


def may_propose_gap(actor: Actor, opened: Opened) -> Verdict:
    """Who reads the category and may write gaps down."""
    return all_of(may_read_category(actor, opened), gaps_policy.may_edit_gap(actor))


@blueprint.get("/kategorien/<key>/fehlstelle")
@requires(may_propose_gap, load=codebook.opened_by_key)
def propose_gap(opened: Opened, key: str) -> Response:
    """The form for a new gap, filled with the category's name and definition; no word of a case."""
    del key
    here = _in_use(opened)
    return form_for_proposal(here.name, here.definition)


def confirmed() -> frozenset[str]:
    """The hits of the privacy check that were marked as harmless."""
    return frozenset(key[:16] for key in request.form.getlist("harmless"))


def _note_all(work: Work, case_ids: list[int]) -> None:
    for case_id in case_ids:
        note_reading(work, case_id)


def _in_use(opened: Opened) -> Category:
    """The category, unless it went into another one."""
    if opened.target is not None:
        raise NotFound(_("Diese Kategorie ist in einer anderen aufgegangen."))
    return opened.category


def _address(category: Category) -> str:
    return url_for("coding.category", key=category.key)


def _filled(here: Category) -> CategoryForm:
    parent = next((each for each in queries.categories(reading()) if each.id == here.parent_id), None)
    values = {name: getattr(here, name) for name in ("name", "definition", "rule", "example", "symbol")}
    return CategoryForm.over(
        reading(),
        here,
        **values,
        colour=here.colour.value,
        parent=parent.key if parent else "",
        version=str(here.version),
    )


def _form_page(
    form: CategoryForm,
    here: Category | None = None,
    status: int = 200,
    error: DomainError | None = None,
    conflict: Category | None = None,
) -> Response:
    return page(
        "coding/category_form.html",
        status=status,
        form=form,
        category=here,
        conflict=conflict,
        problem=error.message if error else "",
        hits=error.hits if isinstance(error, Unchecked) else (),
        confirmed=confirmed() if request.method == "POST" else frozenset(),
        kind_words=KIND_LABELS,
    )


def _merge_page(here: Category, form: MergeForm, status: int = 200) -> Response:
    return page(
        "ui/confirm.html",
        status=status,
        title=_("%(name)s mit einer anderen Kategorie zusammenführen", name=here.name),
        text=_(
            "Alles, was dieser Kategorie zugeordnet ist, gehört danach zur gewählten. Was dort schon steht, bleibt "
            "einmal stehen. Die alte Adresse führt zur neuen. Das lässt sich nicht zurücknehmen."
        ),
        form=form,
        action_url=url_for("coding.do_merge_category", key=here.key),
        confirm_label=_("Zusammenführen"),
        back_url=_address(here),
    )
