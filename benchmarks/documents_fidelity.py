"""How much of a Markdown text survives in a Word document: ours beside pandoc's, on the examples of CommonMark.

Both writers get every example of the specification (without raw HTML), and some with tables, tasks and footnotes.
pandoc and mammoth read the files back. What was meant is what the parsers of both writers agree on; where they
differ, each is right by one of them, and the example does not count. Fails where ours is less faithful than pandoc,
or where LibreOffice shows a list number that is not meant.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.documents_numbers import Count, numbers_as_shown
from benchmarks.documents_outline import STYLE_MAP, Leaf, Score, compare, of_html, of_pandoc, of_tokens
from benchmarks.documents_parts import DIALECT, Example, in_mammoth, in_pandoc, read_json, specification
from benchmarks.documents_samples import SAMPLES
from benchmarks.tables import table
from exports.docx import markdown_to_docx
from exports.docx.dialect import parser
from tools.places import SetUpError

WRITERS = ("ours", "pandoc")
TITLES = ("read back by", "writer", "text exact", "structure F1", "marks", "all exact")


class Outcome(NamedTuple):
    """The scores of one writer, read by one reader."""

    reader: str
    writer: str
    scores: list[Score]

    @property
    def exact(self) -> float:
        """The share of examples in which nothing differs."""
        return _mean([score.exact for score in self.scores])


def main() -> int:
    """Measure and print; 1 if ours is behind."""
    try:
        examples = [*specification(), *(Example("samples", text) for text in SAMPLES)]
        with tempfile.TemporaryDirectory() as name:
            return _measure(examples, Path(name))
    except SetUpError as error:
        print(f"  left out: {error}")
        return 0


def _measure(examples: Sequence[Example], folder: Path) -> int:
    meant, agreed = _write(examples, folder)
    print(f"  {len(examples)} examples, on {len(agreed)} of which both parsers agree\n")
    outcomes = _outcomes(folder, meant, agreed)
    print("\n".join(table(TITLES, [_row(outcome) for outcome in outcomes], words=2)))
    pairs = zip(outcomes[::2], outcomes[1::2], strict=True)
    behind = [ours.reader for ours, theirs in pairs if ours.exact < theirs.exact]
    for reader in behind:
        print(f"  behind pandoc, read by {reader}")
    if "--show" in sys.argv:
        _show(folder, examples, meant, agreed)
    return 1 if _numbers(folder, examples, agreed) or behind else 0


def _write(examples: Sequence[Example], folder: Path) -> tuple[list[list[Leaf]], list[int]]:
    """Every example by every writer; what was meant, and where both parsers agree on it."""
    for writer in WRITERS:
        (folder / writer).mkdir()
    for place, example in enumerate(examples):
        markdown_to_docx(example.text, folder / "ours" / f"{place}.docx")
        (folder / f"{place}.md").write_text(example.text, encoding="utf-8", newline="")
    in_pandoc(_SCRIPT.replace("COUNT", str(len(examples))).replace("DIALECT", DIALECT), folder)
    meant = [of_tokens(parser().parse(example.text)) for example in examples]
    theirs = [of_pandoc(read_json(folder / f"{place}.json")) for place in range(len(examples))]
    return meant, [place for place in range(len(examples)) if meant[place] == theirs[place]]


_SCRIPT = """
local function put(name, text) local file = assert(io.open(name, "wb")); file:write(text); file:close() end
local function get(name)
  local file = assert(io.open(name, "rb"))
  local text = file:read("a")
  file:close()
  return text
end
for place = 0, COUNT - 1 do
  local document = pandoc.read(get(place .. ".md"), "DIALECT")
  put(place .. ".json", pandoc.write(document, "json"))
  put("pandoc/" .. place .. ".docx", pandoc.write(document, "docx"))
  for _, writer in ipairs({"ours", "pandoc"}) do
    local path = writer .. "/" .. place
    put(path .. ".json", pandoc.write(pandoc.read(get(path .. ".docx"), "docx"), "json"))
  end
end
"""


def _outcomes(folder: Path, meant: Sequence[list[Leaf]], agreed: Sequence[int]) -> list[Outcome]:
    """pandoc as reader, then mammoth, which tells no number of a list; ours first."""
    found = []
    for writer in WRITERS:
        read = [of_pandoc(read_json(folder / writer / f"{place}.json")) for place in agreed]
        scores = [compare(meant[place], leaves) for place, leaves in zip(agreed, read, strict=True)]
        found.append(Outcome("pandoc", writer, scores))
    for writer in WRITERS:
        told = in_mammoth([folder / writer / f"{place}.docx" for place in agreed], STYLE_MAP)
        scores = [compare(meant[place], of_html(text), numbers=False) for place, text in zip(agreed, told, strict=True)]
        found.append(Outcome("mammoth", writer, scores))
    return found


def _row(outcome: Outcome) -> list[str]:
    text = _mean([score.text_exact for score in outcome.scores])
    structure = _mean([score.structure for score in outcome.scores])
    marks = _mean([score.marks for score in outcome.scores])
    shares = (text, structure, marks, outcome.exact)
    return [outcome.reader, outcome.writer, *(f"{100 * share:.1f} %" for share in shares)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _numbers(folder: Path, examples: Sequence[Example], agreed: Sequence[int]) -> bool:
    """Whether LibreOffice shows a wrong number in ours; says how many are right."""
    if shutil.which("soffice") is None:
        print("  list numbers: left out, there is no LibreOffice here")
        return False
    texts = [examples[place].text for place in agreed]
    counts = {writer: numbers_as_shown(folder / writer, agreed, texts) for writer in WRITERS}
    for writer, count in counts.items():
        print(f"  list numbers as LibreOffice shows them, {writer}: {count.right} of {count.all} right")
    return counts["ours"] != Count(counts["ours"].all, counts["ours"].all)


def _show(folder: Path, examples: Sequence[Example], meant: Sequence[list[Leaf]], agreed: Sequence[int]) -> None:
    """For whoever mends the writer: where ours is not exact, read by pandoc."""
    for place in agreed:
        found = of_pandoc(read_json(folder / "ours" / f"{place}.json"))
        if not compare(meant[place], found).exact:
            wanted = json.dumps([(each.path, each.text) for each in meant[place]], ensure_ascii=False)
            there = json.dumps([(each.path, each.text) for each in found], ensure_ascii=False)
            print(f"\n{place} {examples[place].section}: {examples[place].text!r}\n  meant {wanted}\n  found {there}")


if __name__ == "__main__":
    sys.exit(main())
