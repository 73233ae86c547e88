"""The numbers of lists as LibreOffice shows them, held against those that the text means."""

import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from markdown_it.token import Token

from exports.docx.dialect import parser
from exports.docx.inline import plain_text

_LABEL = re.compile(r"^\s*\(?([0-9]+|[a-z]+)[.)](?:\s|$)")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Count(NamedTuple):
    """How many numbers are right, of how many."""

    right: int
    all: int


class Item(NamedTuple):
    """An item of an ordered list: its number, and the text that stands behind it (empty: a block of its own)."""

    number: int
    text: str


def numbers_as_shown(folder: Path, places: Sequence[int], texts: Sequence[str]) -> Count:
    """How many numbered items of these documents (`<place>.docx`) have their number in LibreOffice."""
    meant = {place: list(numbered_items(text)) for place, text in zip(places, texts, strict=True)}
    meant = {place: items for place, items in meant.items() if items}
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder)]
    files = [f"{place}.docx" for place in meant]
    subprocess.run([*command, *files], cwd=folder, check=True, capture_output=True)
    right = sum(
        _right(items, (folder / f"{place}.txt").read_text(encoding="utf-8-sig").splitlines())
        for place, items in meant.items()
    )
    return Count(right, sum(map(len, meant.values())))


def numbered_items(text: str) -> Iterator[Item]:
    """The items of ordered lists in reading order."""
    numbers: list[int | None] = []
    tokens = parser().parse(text)
    for place, token in enumerate(tokens):
        if token.type == "ordered_list_open":
            start = token.attrGet("start")
            numbers.append(1 if start is None else int(start))
        elif token.type == "bullet_list_open":
            numbers.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            numbers.pop()
        elif token.type == "list_item_open" and (number := numbers[-1]) is not None:
            yield Item(number, _first_line(tokens[place + 1 : place + 3]))
            numbers[-1] = number + 1


def _first_line(tokens: Sequence[Token]) -> str:
    if tokens[0].type != "paragraph_open":
        return ""
    return plain_text(tokens[1].children or []).strip()


def _right(items: Sequence[Item], lines: Sequence[str]) -> int:
    """How many items stand in these lines, in their order, each with its number."""
    right = place = 0
    for item in items:
        for later in range(place, len(lines)):
            match = _LABEL.match(lines[later])
            behind = lines[later][match.end() :].strip() if match else None
            if match and behind is not None and _same(behind, item.text):
                right += item.number in _meanings(match[1])
                place = later + 1
                break
    return right


def _same(shown: str, text: str) -> bool:
    return " ".join(shown.split()) == " ".join(text.split())


def _meanings(label: str) -> set[int]:
    """The numbers that a label can be: „i“ is the ninth letter and the Roman one."""
    if label.isdecimal():
        return {int(label)}
    found = {ord(label[0]) - ord("a") + 1 + 26 * (len(label) - 1)} if len(set(label)) == 1 else set[int]()
    if set(label) <= set(_ROMAN):
        values = [_ROMAN[letter] for letter in label]
        found.add(sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)))
    return found
