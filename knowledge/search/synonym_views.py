"""The pages on which the coordination keeps the county's synonyms: the list, a group with its effect, suggestions."""

from typing import Any

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import NotFound
from app.core.forms import ConfirmForm
from app.core.i18n import _
from app.core.web import house, page, perform_once, reading, requires, signed_in
from knowledge.search import actions, glossary, policy
from knowledge.search.audience import tokens_of
from knowledge.search.blueprint import blueprint
from knowledge.search.forms import SynonymsForm
from knowledge.search.registry import registry
from knowledge.search.synonym_effect import effect
from knowledge.search.synonyms import Group

MOST_SUGGESTED = 50


@blueprint.get("/suche/synonyme")
@requires(policy.may_edit_synonyms)
def synonyms() -> Response:
    """All groups that apply, and the shipped ones that were taken away."""
    rows = glossary.rows_of(reading())
    return page("search/synonyms.html", entries=glossary.entries(rows), removed=glossary.removed(rows))


@blueprint.route("/suche/synonyme/gruppe", methods=["GET", "POST"])
@requires(policy.may_edit_synonyms)
def synonym_group() -> Response | AnyResponse:
    """One group, new or known; „Vorschau“ shows what the change would do and changes nothing."""
    before = glossary.entries(glossary.rows_of(reading()))
    number, word = _which()
    known = _known(before, number, word)
    form = SynonymsForm(data=_typed_before(known))
    if not form.validate_on_submit():
        return _group_page(form, known, 422 if request.method == "POST" else 200)
    group = Group(glossary.words_in(form.words.data or ""), bool(form.one_way.data))
    entry = glossary.Entry(group, known.number if known else None, known.shipped if known else None)
    if glossary.stands_already(before, entry):
        form.words.errors = [_("Diese Wörter stehen schon zusammen in einer Gruppe.")]
        return _group_page(form, known, 422)
    if "vorschau" in request.form:
        seen = effect(house().search, signed_in(), before, entry)
        return _group_page(form, known, 200, seen)
    return perform_once(actions.put_synonyms, entry, then=lambda _row: url_for("search.synonyms"))


@blueprint.route("/suche/synonyme/entfernen", methods=["GET", "POST"])
@requires(policy.may_edit_synonyms)
def remove_synonyms() -> Response | AnyResponse:
    """What taking a group away means, then doing it."""
    number, word = _which()
    known = _known(glossary.entries(glossary.rows_of(reading())), number, word)
    form = ConfirmForm()
    if known and form.validate_on_submit():
        return perform_once(
            actions.remove_synonyms, known.number, known.shipped, then=lambda _none: url_for("search.synonyms")
        )
    return page(
        "ui/confirm.html",
        title=_("Synonyme entfernen"),
        text=_("Wer eines dieser Wörter sucht, findet die anderen dann nicht mehr mit."),
        facts=[(_("Wörter"), ", ".join(known.group.words))] if known else [],
        form=form,
        action_url=url_for("search.remove_synonyms", nummer=number, wort=word),
        confirm_label=_("Synonyme entfernen"),
        back_url=url_for("search.synonyms"),
    )


@blueprint.post("/suche/synonyme/zurueck")
@requires(policy.may_edit_synonyms)
def restore_synonyms() -> AnyResponse:
    """Let a shipped group apply again."""
    word = request.form.get("wort", "")[:120]
    return perform_once(actions.restore_synonyms, word, then=lambda _none: url_for("search.synonyms"))


@blueprint.get("/suche/synonyme/vorschlaege")
@requires(policy.may_edit_synonyms)
def synonym_suggestions() -> Response:
    """Abbreviations that the texts explain themselves and that stand in no group yet."""
    audience = tokens_of(signed_in())
    documents = (each for each in registry.load_all(reading()) if not audience.isdisjoint(each.audience))
    known = [word for entry in glossary.entries(glossary.rows_of(reading())) for word in entry.group.words]
    found = glossary.abbreviations((f"{each.title}\n{each.body}" for each in documents), known)
    return page("search/synonym_suggestions.html", found=found[:MOST_SUGGESTED])


def _which() -> tuple[int | None, str | None]:
    number = request.args.get("nummer", type=int)
    return (number if number and number < 2**31 else None), request.args.get("wort")


def _known(before: list[glossary.Entry], number: int | None, word: str | None) -> glossary.Entry | None:
    """The group that is asked for, None for a new one; NotFound for one that does not exist."""
    known = glossary.find(before, number, word)
    if known is None and (number or word):
        raise NotFound(_("Diese Seite gibt es nicht."))
    return known


def _typed_before(known: glossary.Entry | None) -> dict[str, Any]:
    if known is not None:
        return {"words": "\n".join(known.group.words), "one_way": known.group.one_way}
    suggested = glossary.words_in("\n".join(request.args.getlist("neu")))
    return {"words": "\n".join(suggested), "one_way": False}


def _group_page(form: SynonymsForm, known: glossary.Entry | None, status: int, seen: Any = None) -> Response:
    number, word = (known.number, known.shipped if known.number is None else None) if known else (None, None)
    return page(
        "search/synonym_group.html",
        status=status,
        form=form,
        known=known,
        effect=seen,
        action_url=url_for("search.synonym_group", nummer=number, wort=word),
        remove_url=url_for("search.remove_synonyms", nummer=number, wort=word) if known else None,
    )
