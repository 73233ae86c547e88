"""`python -m knowledge.imports.readers FILE SUFFIX`: one JSON line for each thing found, within hard limits.

Whatever a hostile file does here, it does to a process that has no database, no secrets and no second minute.
"""

import json
import re
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from knowledge.imports.readers import papers, tables
from knowledge.imports.readers.values import Found, Left, Unreadable

MEMORY = 1536 * 1024 * 1024
SECONDS = 120
_HALF = re.compile("[\ud800-\udfff]")


def main(path: Path, suffix: str) -> int:
    """Read the file and write what it holds; the last line says how it ended."""
    _limit()
    readers: dict[str, Callable[[Path], Iterator[Found | Left]]] = {
        "docx": papers.read_docx,
        "odt": papers.read_odt,
        "pdf": papers.read_pdf,
        "md": papers.read_text,
        "txt": papers.read_text,
        "xlsx": tables.read_xlsx,
        "csv": tables.read_csv,
        "jsonl": tables.read_jsonl,
    }
    try:
        for each in map(_writable, readers[suffix](path)):
            line = {"given": dict(each.given)} if isinstance(each, Found) else {"left": each.code}
            _say({**line, "place": each.place})
        _say({"end": "read"})
    except Unreadable as error:
        _say({"end": error.code})
    except MemoryError:
        _say({"end": "too_big"})
    sys.stdout.flush()
    return 0


def _writable(found: Found | Left) -> Found | Left:
    """Without letters that no database takes: halves of surrogate pairs spoil a row and are replaced in a paper."""
    if isinstance(found, Left):
        return found
    given = {name.replace("\x00", ""): text.replace("\x00", "") for name, text in found.given.items()}
    if not any(_HALF.search(each) for pair in given.items() for each in pair):
        return Found(given, found.place)
    if found.place:
        return Left(found.place, "bad_letters")
    return Found({name: _HALF.sub("\ufffd", text) for name, text in given.items()})


def _say(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
