"""Whether the program lives and whether it is ready for work."""

from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.core import mail_delivery
from app.core.web import house, public

blueprint = Blueprint("health", __name__)
MIGRATIONS = Path(__file__).parents[2] / "migrations"


@blueprint.get("/healthz")
@public("a load balancer asks whether the process lives")
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public("a load balancer asks whether requests may be sent")
def readyz() -> tuple[Response, int]:
    """The database answers and has the schema that this program needs."""
    problem = schema_problem()
    return (
        (jsonify(status="not ready", reason=problem), 503)
        if problem
        else (
            jsonify(status="ready", search_waiting=house().search.waiting(), mail=mail_delivery.figures(house())),
            200,
        )
    )


def wanted_revision() -> str | None:
    """The newest migration that this program ships."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def schema_problem() -> str | None:
    """Why requests should not be sent, None if they may."""
    try:
        with house().database.reading.connect() as connection:
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except DBAPIError:
        return "database does not answer or is empty"
    return None if found == wanted_revision() else "database schema is not up to date"
