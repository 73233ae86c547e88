"""What the check found in texts that it saw lately, so that showing and saving a text checks it once. Keeps no text."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from knowledge.privacy.spans import Span

MOST = 2_000


class Remembered:
    """Spans by the digest of a text and the question about it; the longest unused are dropped first."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._found: OrderedDict[Hashable, tuple[Span, ...]] = OrderedDict()
        self._lock = Lock()

    def spans(self, text: str, question: Hashable, find: Callable[[], tuple[Span, ...]]) -> tuple[Span, ...]:
        """What was found in this text when the same was asked, else what `find` finds now."""
        key = (hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), question)
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        found = find()
        with self._lock:
            self._found[key] = found
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return found
