"""Word documents: a content model for minutes, its writer, and Markdown as Word. No database, no web."""

from exports.docx.markdown import markdown_to_docx
from exports.docx.minutes import write_minutes

__all__ = ["markdown_to_docx", "write_minutes"]
