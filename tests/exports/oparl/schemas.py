"""OParl's own schemas as a validator: its dialect turned into JSON Schema, and a check for misspelt names.

OParl's files have `schema` where JSON Schema has `$ref`, and `url` where it has `uri`. None forbids unknown names.
"""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

FOLDER = Path(__file__).parent / "schema"


def _translated(node: Any) -> Any:
    if isinstance(node, list):
        return [_translated(each) for each in node]
    if not isinstance(node, dict):
        return node
    found = {name: _translated(value) for name, value in node.items()}
    if isinstance(node.get("schema"), str):
        found = {"$ref": f"oparl:{node['schema']}"}
    if node.get("format") == "url":
        found["format"] = "uri"
    if found.get("references") == "externalList":
        found.pop("items", None)
    return found


SCHEMAS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
_REGISTRY: Any = Registry().with_resources(
    [
        (
            f"oparl:{name}.json",
            Resource.from_contents({"$schema": Draft202012Validator.META_SCHEMA["$id"], **_translated(schema)}),
        )
        for name, schema in SCHEMAS.items()
    ]
)


def faults(found: dict[str, Any]) -> list[str]:
    """What OParl's schema says against an object, and names that it does not know."""
    kind = found["type"].rpartition("/")[2]
    validator = Draft202012Validator({"$ref": f"oparl:{kind}.json"}, registry=_REGISTRY, format_checker=FormatChecker())
    return [f"{kind}: {error.message}" for error in validator.iter_errors(found)] + _unknown(found)


def _unknown(found: Any) -> list[str]:
    if isinstance(found, list):
        return [fault for each in found for fault in _unknown(each)]
    if not isinstance(found, dict) or "type" not in found:
        return []
    kind = found["type"].rpartition("/")[2]
    known = SCHEMAS[kind]["properties"]
    own = [f"{kind} has no {name}" for name in found if name not in known and ":" not in name]
    empty = [f"{kind}: {name} is empty" for name, value in found.items() if value is None or value == ""]
    inside = [fault for name, value in found.items() if ":" not in name for fault in _unknown(value)]
    return [*own, *empty, *inside]
