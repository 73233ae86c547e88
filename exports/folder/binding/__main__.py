"""`python -m exports.folder.binding clean SOURCE TARGET MOST` or `… bind ORDER`; run by `app.core.apart`."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from app.core.apart import within_limits
from exports.folder.binding.binding import bind
from exports.folder.binding.cleaning import Unbindable, clean

LARGEST_FILE = 1024 * 1024 * 1024
CLEANING_SECONDS, BINDING_SECONDS = 45, 240


def outcome(what: str, rest: list[str]) -> Mapping[str, object]:
    """Do what the arguments say."""
    try:
        if what == "clean":
            return {"pages": clean(Path(rest[0]), Path(rest[1]), int(rest[2]))}
        return {"pages": bind(json.loads(Path(rest[0]).read_text()))}
    except Unbindable as error:
        return {"problem": str(error)}


if __name__ == "__main__":
    seconds = CLEANING_SECONDS if sys.argv[1] == "clean" else BINDING_SECONDS
    sys.exit(within_limits(lambda: outcome(sys.argv[1], sys.argv[2:]), seconds, LARGEST_FILE))
