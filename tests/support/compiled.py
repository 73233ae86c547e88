"""What hundreds of applications in one test run need not compile hundreds of times: templates and statements.

Every test has an application and a database of its own; their templates and their SQL are the same.
"""

import flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.event import listens_for
from sqlalchemy.util import LRUCache

MOST_STATEMENTS = 5_000
_statements: dict[type, LRUCache[object, object]] = {}


class InMemory(BytecodeCache):
    """Compiled templates by the checksum of their source, as long as the run lasts."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what an earlier application compiled."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it for the next."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


def share() -> None:
    """From now on all applications share their compiled templates, all engines of a kind their compiled statements."""
    flask.Flask.jinja_options = {"bytecode_cache": InMemory()}
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        dialect.__hash__ = lambda self: hash(type(self))  # type: ignore[assignment]
        dialect.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[assignment]

    @listens_for(Engine, "engine_connect")
    def same_statements(connection: object) -> None:
        engine = connection.engine  # type: ignore[attr-defined]
        engine._compiled_cache = _statements.setdefault(type(engine.dialect), LRUCache(MOST_STATEMENTS))
