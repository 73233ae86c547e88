"""How the text of a paper is shown. Pure."""

import re

_HEADING = re.compile(r"^(#{1,6})(?=\s)")
_DEEPEST = 4


def even_headings(text: str) -> str:
    """Markdown whose headings never jump a level, for old papers do; none is deeper than the fourth."""
    depth, lines = 0, []
    for line in text.split("\n"):
        found = _HEADING.match(line)
        if found:
            depth = min(len(found[1]), depth + 1, _DEEPEST)
        lines.append("#" * depth + line[len(found[1]) :] if found else line)
    return "\n".join(lines)
