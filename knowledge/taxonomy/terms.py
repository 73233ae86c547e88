"""What codes and things are called: shipped lists, the tenant's own labels over them, and the tenant's terms.

Labels and terms are tenant data. The shipped ones are messages and thus translated; a tenant's own word
is shown as it was typed.
"""

from collections.abc import Iterable

from flask import Flask, g
from sqlmodel import select

from app.core.i18n import _
from app.core.web import reading
from app.people.models import TenantTerm
from knowledge.taxonomy import lists
from knowledge.taxonomy.models import CodeLabel

SHIPPED_TERMS = {
    "steering": "Lenkungsgruppe",
    "project": "Projektgruppe",
    "gap": "strukturelle Fehlstelle",
    "topic": "fallübergreifendes Thema",
    "case_manager": "Case Management",
    "block": "Baustein",
}


def label(list_name: str, key: str | int | None) -> str:
    """The label of a code in the reader's language; the tenant's own label goes before the shipped one."""
    if key is None or key == "":
        return "–"
    own = _own_labels().get((list_name, str(key)))
    return own or _(lists.label(list_name, key))


def code_labels(keys: Iterable[str], list_name: str) -> str:
    """The labels of several codes as one text."""
    return ", ".join(label(list_name, key) for key in keys)


def term(name: str) -> str:
    """What this tenant calls a thing of the process."""
    if "terms" not in g:
        rows = reading().exec(select(TenantTerm.name, TenantTerm.label)).all() if g.get("tenant") else []
        g.terms = {name_: word for name_, word in rows if word}
    own: str | None = g.terms.get(name)
    return own or _(SHIPPED_TERMS[name])


def _own_labels() -> dict[tuple[str, str], str]:
    if "code_labels" not in g:
        rows = (
            reading().exec(select(CodeLabel.list_name, CodeLabel.key, CodeLabel.label)).all() if g.get("tenant") else []
        )
        g.code_labels = {(list_name, key): word for list_name, key, word in rows}
    labels: dict[tuple[str, str], str] = g.code_labels
    return labels


def install(app: Flask) -> None:
    """`label(list, key)` and `term(name)` in every template."""
    app.jinja_env.globals.update(label=label, term=term)
    app.jinja_env.filters["code_labels"] = code_labels
