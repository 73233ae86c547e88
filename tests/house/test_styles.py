"""A class of ours that many pages use has a style: else what they mean by it is silently lost."""

import re
from collections import Counter

from tools.places import ROOT

FEW = 2  # a class may be a mere hook in a page or two
ROOMS = ("app", "knowledge", "meetings", "exports")
USED = re.compile(r'class="([^"]*)"')
NAME = re.compile(r"(?<![\w-])(ll-[\w-]+)(?![\w{-])")


def test_no_class_that_many_pages_use_is_without_a_style() -> None:
    styles = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "app/ui/static/css").glob("*.css"))
    styled = set(re.findall(r"\.(ll-[\w-]+)", styles))
    pages = [path.read_text(encoding="utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.html")]
    used = Counter(
        name for page in pages for name in {each for told in USED.findall(page) for each in NAME.findall(told)}
    )
    assert used
    assert {name for name, count in used.items() if count > FEW} - styled == set()
