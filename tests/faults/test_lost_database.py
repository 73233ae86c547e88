"""A database that does not answer: pages say so, name a number to ask with, and health checks tell it."""

from pathlib import Path

from app.core.config import Settings
from app.factory import create_app
from tests.support.house_rules import HouseClient
from tests.support.postgres import free_port


def test_every_page_says_that_the_database_is_away(tmp_path: Path) -> None:
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/nowhere"
    app = create_app(Settings(url, tmp_path))
    app.test_client_class = HouseClient
    client = app.test_client()
    answer = client.get("/anmelden")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert answer.headers["X-Request-Id"] in answer.get_data(as_text=True)
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


def test_an_empty_database_is_not_ready(tmp_path: Path) -> None:
    app = create_app(Settings(f"sqlite:///{tmp_path / 'empty.sqlite'}", tmp_path))
    assert app.test_client().get("/readyz").get_json() == {
        "status": "not ready",
        "reason": "database does not answer or is empty",
    }
