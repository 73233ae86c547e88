"""Structured logs: one JSON object a line, with ids and numbers, never with content."""

import json
import logging
import sys
import time
import uuid
from typing import Any

from flask import Flask, Response, g, request

_STANDARD = set(vars(logging.LogRecord("", 0, "", 0, "", (), None))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """A record as one line of JSON; line breaks in values cannot forge a second line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info and record.exc_info[0]:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure(level: str = "INFO") -> None:
    """Send the product's own loggers to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("lueckenlos")
    logger.handlers = [handler]
    logger.setLevel(level)
    logger.propagate = False


def request_id() -> str:
    """The id of the present request, which its error page and log lines share."""
    return str(getattr(g, "request_id", "-"))


def install(app: Flask) -> None:
    """Give each request an id and write one line when it ends: route, status, milliseconds, statements."""
    log = logging.getLogger("lueckenlos.request")

    @app.before_request
    def begin() -> None:
        g.request_id = uuid.uuid4().hex[:12]
        g.began = time.perf_counter()
        g.statements = 0

    @app.after_request
    def end(response: Response) -> Response:
        rule = request.url_rule.rule if request.url_rule else "-"
        if rule.startswith("/static/"):
            return response
        log.info(
            "request",
            extra={
                "request_id": request_id(),
                "method": request.method,
                "route": rule,
                "status": response.status_code,
                "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
                "statements": g.get("statements", 0),
            },
        )
        response.headers["X-Request-Id"] = request_id()
        return response
