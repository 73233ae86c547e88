"""Fields that Word computes (page numbers, references) and the bookmarks that references point to."""

import re
from collections import Counter
from dataclasses import replace

from exports.docx.formats import PLAIN, RunFormat
from exports.docx.xml import Element, Light, add, add_text, written_text

LONGEST_NAME = 40
LETTER = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
RIGHT = re.compile(f"[{LETTER}]")
STRETCH = re.compile(f"([{LETTER}](?:[^\\w\n\t]*[{LETTER}])*)")  # Hebrew, Arabic and their like, with the signs between
UNFIT = re.compile(r"[^0-9A-Za-z]+")


def add_run(parent: Element, text: str, look: RunFormat = PLAIN) -> None:
    """Append text to a paragraph or a hyperlink; letters that are read from the right are runs of their own."""
    if text.isascii() or not RIGHT.search(text):
        _add_run(parent, text, look)
        return
    for place, part in enumerate(STRETCH.split(text)):
        if part:
            _add_run(parent, part, replace(look, from_right=True) if place % 2 else look)


def _add_run(parent: Element, text: str, look: RunFormat) -> None:
    if isinstance(parent, Light):
        parent.inside.append(f"<w:r>{look.written()}{written_text(text)}</w:r>")
    else:
        add_text(begin_run(parent, look), text)


def begin_run(parent: Element, look: RunFormat = PLAIN) -> Element:
    """Append an empty run and return it for what is no text."""
    run = add(parent, "r")
    look.write(run)
    return run


def begins_right(text: str) -> bool:
    """Whether the first letter of a text is one that is read from the right."""
    if text.isascii() or not RIGHT.search(text):
        return False
    first = next((letter for letter in text if letter.isalpha()), "")
    return bool(RIGHT.match(first))


def add_field(paragraph: Element, instruction: str, shown: str, look: RunFormat = PLAIN) -> None:
    """A complex field; `shown` is the result that stands there until Word updates it."""
    add(begin_run(paragraph, look), "fldChar", fldCharType="begin")
    add(begin_run(paragraph, look), "instrText").text = instruction
    add(begin_run(paragraph, look), "fldChar", fldCharType="separate")
    add_run(paragraph, shown, look)
    add(begin_run(paragraph, look), "fldChar", fldCharType="end")


class Bookmarks:
    """The bookmarks of one document. Names are unique without regard to case, as Word demands."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._repeats: Counter[str] = Counter()
        self._count = 0

    def name(self, wish: str) -> str:
        """A free name close to the wish: ASCII letters, digits and underscores, a letter first, at most 40 long."""
        stem = UNFIT.sub("_", wish).strip("_")
        stem = (stem if stem[:1].isalpha() else f"M_{stem}")[:LONGEST_NAME]
        name = stem
        while name.lower() in self._taken:
            self._repeats[stem.lower()] += 1
            suffix = f"_{self._repeats[stem.lower()] + 1}"
            name = stem[: LONGEST_NAME - len(suffix)] + suffix
        self._taken.add(name.lower())
        return name

    def open(self, paragraph: Element, name: str) -> int:
        """Begin a bookmark whose name came from `name`; returns the id to close it with."""
        self._count += 1
        add(paragraph, "bookmarkStart", id=self._count, name=name)
        return self._count

    @staticmethod
    def close(paragraph: Element, identifier: int) -> None:
        """End the bookmark that `open` began, in the same paragraph."""
        add(paragraph, "bookmarkEnd", id=identifier)
