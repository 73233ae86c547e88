"""A file that is too large: the form comes back with a sentence, to those who are signed in and up to a limit."""

import io
from typing import Any

import pytest

from app.core import uploads
from app.core.stored_files import RefusedFile
from knowledge.imports import storage
from tests.support.demo import Demo, post

ADDRESS = "/import/neu"
pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def form() -> dict[str, object]:
    """As it is sent; a tenth of what a test's stream keeps in memory."""
    return {"files": (io.BytesIO(b"x" * 200_000), "Konzept.md"), "target": "solution", "visibility": "public"}


def test_a_file_that_is_too_large_gives_the_form_back_with_what_was_chosen(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: Any) -> None:
        raise RefusedFile("too_large")

    monkeypatch.setattr(storage, "write_away", refuse)
    monkeypatch.setitem(demo.app.config, "MAX_CONTENT_LENGTH", 100_000)

    answer = post(demo.client("p-albers"), ADDRESS, form())

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "zu groß" in page
    assert "checked" in page[: page.index('value="solution"') + 40].rpartition("<input")[2]
    assert 'data-largest="15728640"' in page


def test_more_is_read_for_nobody_else_and_not_without_end(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(demo.app.config, "MAX_CONTENT_LENGTH", 100_000)
    assert demo.app.test_client().post(ADDRESS, data=form()).status_code == 413
    client = demo.client("p-albers")
    assert client.post("/vorlagen/neu", data={"title": "x" * 200_000}).status_code == 413
    monkeypatch.setattr(uploads, "MOST_READ", 150_000)
    assert client.post(ADDRESS, data=form()).status_code == 413
