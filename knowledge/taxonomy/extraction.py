"""Takes the labels of the shipped lists of codes into the message catalogues, as Babel's extraction method."""

from collections.abc import Collection, Iterator
from typing import IO, Any

import yaml

Found = tuple[int, str, str, list[str]]


def extract(
    file: IO[bytes],
    keywords: Any,  # noqa: ARG001 - Babel calls by these names
    comment_tags: Collection[str],  # noqa: ARG001
    options: dict[str, Any],  # noqa: ARG001
) -> Iterator[Found]:
    """Every `label` and `anchor` of a taxonomy file, each once; line numbers are not kept."""
    seen: set[str] = set()
    for text in _texts(yaml.safe_load(file.read().decode("utf-8"))):
        if text not in seen:
            seen.add(text)
            yield 1, "_", text, []


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for entry in value:
            yield from _texts(entry)
    elif isinstance(value, dict):
        yield from (str(value[name]) for name in ("label", "anchor") if value.get(name))
        for inner in value.values():
            yield from _texts(inner) if isinstance(inner, list) else ()
