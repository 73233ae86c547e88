"""The parts of Whoosh 2.7.4 that search stands on, in one place.

The release is older than the Pythons it runs on, which warn when they compile it (`is` with a literal, escapes in
strings). Its behaviour is sound and pinned; the warnings stop here.
"""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.columns import NumericColumn
    from whoosh.fields import COLUMN, STORED, FieldType, Schema
    from whoosh.formats import Existence, Positions
    from whoosh.index import EmptyIndexError, LockError, create_in, open_dir
    from whoosh.index import IndexError as UnusableIndex
    from whoosh.reading import ReaderClosed
    from whoosh.writing import SegmentWriter

__all__ = [
    "COLUMN",
    "STORED",
    "EmptyIndexError",
    "Existence",
    "FieldType",
    "LockError",
    "NumericColumn",
    "Positions",
    "ReaderClosed",
    "Schema",
    "SegmentWriter",
    "UnusableIndex",
    "W3Codec",
    "create_in",
    "open_dir",
]
