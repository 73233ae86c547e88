"""Fields that Word computes (page numbers, references) and the bookmarks that references point to."""

import re
from collections import Counter

from exports.docx.formats import PLAIN, RunFormat
from exports.docx.xml import Element, add, add_text

LONGEST_NAME = 40
UNFIT = re.compile(r"[^0-9A-Za-z]+")


def add_run(parent: Element, text: str, look: RunFormat = PLAIN) -> Element:
    """Append a run with text to a paragraph or a hyperlink."""
    run = add(parent, "r")
    look.write(run)
    add_text(run, text)
    return run


def add_field(paragraph: Element, instruction: str, shown: str, look: RunFormat = PLAIN) -> None:
    """A complex field; `shown` is the result that stands there until Word updates it."""
    add(add_run(paragraph, "", look), "fldChar", fldCharType="begin")
    add(add_run(paragraph, "", look), "instrText").text = instruction
    add(add_run(paragraph, "", look), "fldChar", fldCharType="separate")
    add_run(paragraph, shown, look)
    add(add_run(paragraph, "", look), "fldChar", fldCharType="end")


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
