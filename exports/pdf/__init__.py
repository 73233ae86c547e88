"""PDF documents, typeset by Typst from the same content models as the Word documents.

Every file is PDF/UA-1 and PDF/A-2a at once. Content reaches the templates as data (JSON), never as markup: what a
person typed cannot become code. No database, no web.
"""

from exports.pdf.document import write_document

__all__ = ["write_document"]
