"""The dialect of every text in a document: CommonMark, tables, strikethrough, footnotes, task lists; no HTML.

However deep lists and quotations lie in each other, no word is lost: what is deeper than `DEEPEST` is one paragraph.
"""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

DEEPEST = 100
"""Levels of blocks; a list takes two for each of its own, a quotation one."""
BEYOND = 20  # levels that the parser itself would still open; behind these it drops what it finds


@cache
def parser() -> MarkdownIt:
    """The parser of the dialect."""
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST + BEYOND})
    markdown.enable(["table", "strikethrough"])
    markdown.use(footnote_plugin, inline=False).use(tasklists_plugin)
    markdown.block.ruler.before("table", "too_deep", _too_deep)
    return markdown


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the rest of a block that lies too deep as one paragraph, its signs included."""
    if state.level < DEEPEST or silent:
        return False
    line = start
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        line += 1
    state.line = line
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(start, line, state.blkIndent, False).strip()
    inline.map = [start, line]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    return True
