"""From raw values to a checked file: the first thing that is wrong, said with its path in one German sentence."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.core.i18n import _, lazy
from app.dataset.problems import Problem, broken, dotted, quoted
from app.dataset.values import Pools

M = TypeVar("M", bound=BaseModel)

EXPECTED = {
    "string_type": lazy("ein Text"),
    "int_type": lazy("eine ganze Zahl"),
    "int_from_float": lazy("eine ganze Zahl"),
    "float_type": lazy("eine Zahl"),
    "finite_number": lazy("eine Zahl"),
    "bool_type": lazy("true oder false"),
    "date_type": lazy("ein Datum wie 2026-12-10"),
    "list_type": lazy("eine Liste"),
    "dict_type": lazy("eine Gruppe von Angaben"),
    "model_type": lazy("eine Gruppe von Angaben"),
    "model_attributes_type": lazy("eine Gruppe von Angaben"),
}


def checked(model: type[M], raw: Mapping[str, Any], file: Path, pools: Pools) -> M:
    """The file as `model`; DataFileError with path and reason for the first thing that does not fit."""
    try:
        return model.model_validate(raw, context=pools)
    except ValidationError as error:
        raise broken(file, _problem(_first(error.errors()))) from None


def _first(errors: list[ErrorDetails]) -> ErrorDetails:
    """The first error, references last. Beside a missing fact an unknown one is more telling (a misspelt key)."""
    plain = [error for error in errors if error["type"] != "reference"]
    first = (plain or errors)[0]
    beside = [
        error for error in errors if error["type"] == "extra_forbidden" and error["loc"][:-1] == first["loc"][:-1]
    ]
    return beside[0] if first["type"] == "missing" and beside else first


def _problem(error: ErrorDetails) -> Problem:
    return Problem(dotted(_steps(error)), _reason(error))


def _steps(error: ErrorDetails) -> tuple[str | int, ...]:
    return tuple(step for step in error["loc"] if step != "[key]")


def _reason(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind in ("refused", "reference"):
        return str(context["reason"])
    if kind == "missing":
        return _("fehlt eine Angabe")
    if kind == "extra_forbidden":
        return _("steht eine Angabe, die das Format nicht kennt")
    return _(
        "steht %(value)s, erwartet wird %(expected)s", value=_shown(error["input"]), expected=_expected(kind, context)
    )


def _shown(value: object) -> str:
    if value is None:
        return _("nichts")
    if isinstance(value, dict):
        return _("eine Gruppe von Angaben")
    if isinstance(value, list):
        return _("eine Liste")
    return quoted(str(value).lower() if isinstance(value, bool) else value)


def _expected(kind: str, context: Mapping[str, Any]) -> str:
    if kind in EXPECTED:
        return str(EXPECTED[kind])
    if kind in ("enum", "literal_error"):
        return _("einer der Werte %(values)s", values=str(context["expected"]).replace("'", "").replace(" or ", ", "))
    if kind in ("greater_than_equal", "greater_than"):
        return _("ein Wert ab %(limit)s", limit=context.get("ge", context.get("gt")))
    if kind == "less_than_equal":
        return _("ein Wert bis %(limit)s", limit=context["le"])
    if kind == "string_too_long":
        return _("ein Text mit höchstens %(limit)s Zeichen", limit=context["max_length"])
    return _("etwas anderes")
