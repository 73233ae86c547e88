"""What hundreds of applications in one test run need not compile hundreds of times: templates, statements, addresses.

Every test has an application and a database of its own; their templates, their SQL and their routes are the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.event import listens_for
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

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
    """From now on all applications share templates and routes, all engines of a kind their compiled statements."""
    flask.Flask.jinja_options = {"bytecode_cache": InMemory()}
    _share_routes()
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        dialect.__hash__ = lambda self: hash(type(self))  # type: ignore[assignment]
        dialect.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[assignment]

    @listens_for(Engine, "engine_connect")
    def same_statements(connection: object) -> None:
        engine = connection.engine  # type: ignore[attr-defined]
        engine._compiled_cache = _statements.setdefault(type(engine.dialect), LRUCache(MOST_STATEMENTS))


@dataclass(frozen=True)
class _Route:
    """What werkzeug makes of a route's text."""

    parts: list[Any]
    trace: list[Any]
    converters: dict[str, Any]
    arguments: set[str]
    build: Callable[..., tuple[str, str]]
    build_unknown: Callable[..., tuple[str, str]]


def _share_routes() -> None:
    """Let equal routes be compiled once: most of what an application's start costs."""
    compile_anew = Rule.compile
    kept: dict[object, _Route] = {}

    def compile_once(rule: Rule) -> None:
        key = (rule.rule, rule.host, rule.subdomain, rule.merge_slashes, repr(rule.defaults))
        if key not in kept:
            compile_anew(rule)
            builders = (rule._build.__func__, rule._build_unknown.__func__)  # type: ignore[attr-defined]
            kept[key] = _Route(rule._parts, rule._trace, rule._converters, set(rule.arguments), *builders)
            return
        known = kept[key]
        rule._parts, rule._trace, rule._converters = known.parts, known.trace, known.converters
        rule.arguments = set(known.arguments)
        rule._build = known.build.__get__(rule)
        rule._build_unknown = known.build_unknown.__get__(rule)

    Rule.compile = compile_once  # type: ignore[assignment, method-assign]
