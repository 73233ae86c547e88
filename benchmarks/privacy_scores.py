"""How detections are counted against what should be found. Knows no detector, so that peers can use it too."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from benchmarks.privacy_sample import Item, Sentence

Span = tuple[int, int]
Detector = Callable[[Sentence], list[Span]]


@dataclass
class Rates:
    """Counts of one run: items, items touched and wholly covered by group; marks, and marks that touch an item."""

    items: Counter[str] = field(default_factory=Counter)
    touched: Counter[str] = field(default_factory=Counter)
    covered: Counter[str] = field(default_factory=Counter)
    marks: int = 0
    right: int = 0
    harmless: int = 0
    harmless_marked: int = 0

    def recall(self, prefix: str = "") -> float:
        """Items of these groups that are touched, of all of them."""
        return self._share(self.touched, prefix)

    def coverage(self, prefix: str = "") -> float:
        """Items of these groups that are marked as a whole, of all of them."""
        return self._share(self.covered, prefix)

    def precision(self) -> float:
        """Marks that touch something that should be marked, of all marks."""
        return self.right / self.marks if self.marks else 1.0

    def false_alarms(self) -> float:
        """Harmless sentences with a mark, of all harmless sentences."""
        return self.harmless_marked / self.harmless if self.harmless else 0.0

    def _share(self, counted: Counter[str], prefix: str) -> float:
        groups = [group for group in self.items if group.startswith(prefix)]
        return sum(counted[group] for group in groups) / max(1, sum(self.items[group] for group in groups))


def measure(sentences: Iterable[Sentence], detect: Detector) -> Rates:
    """Run a detector over the sentences."""
    rates = Rates()
    for sentence in sentences:
        spans = detect(sentence)
        rates.marks += len(spans)
        rates.right += sum(any(_touch(item, span) for item in sentence.items) for span in spans)
        if not sentence.items:
            rates.harmless += 1
            rates.harmless_marked += bool(spans)
        for item in sentence.items:
            rates.items[item.group] += 1
            rates.touched[item.group] += any(_touch(item, span) for span in spans)
            rates.covered[item.group] += _covers(sentence.text, item, spans)
    return rates


def _touch(item: Item, span: Span) -> bool:
    return item.start < span[1] and span[0] < item.end


def _covers(text: str, item: Item, spans: list[Span]) -> bool:
    """Whether every letter of the item is marked; blanks between its words need not be."""
    letters = (place for place in range(item.start, item.end) if text[place].isalnum())
    return all(any(start <= place < end for start, end in spans) for place in letters)


def percent(share: float) -> str:
    return f"{share * 100:.1f} %".replace(".", ",")
