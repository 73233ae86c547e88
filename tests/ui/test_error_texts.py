"""Every status that people can meet has words of its own."""

import pytest

from app.ui.error_texts import ERROR_TEXTS, describe

STATUSES = (400, 403, 404, 405, 409, 413, 422, 429, 500, 503)


@pytest.mark.parametrize("code", STATUSES)
def test_a_status_says_what_happened_and_what_to_do(code: int) -> None:
    words = describe(code)
    assert set(words) == {"code", "title", "text", "advice"}
    assert words["code"] == str(code)
    assert all(words.values())
    assert words["text"].endswith(".")
    assert words["advice"].endswith(".")


def test_no_two_statuses_share_a_title() -> None:
    assert len({describe(code)["title"] for code in STATUSES}) == len(STATUSES) == len(ERROR_TEXTS)


@pytest.mark.parametrize(("code", "like"), [(418, 400), (502, 500)])
def test_an_unknown_status_reads_like_its_kind(code: int, like: int) -> None:
    assert describe(code)["title"] == describe(like)["title"]
    assert describe(code)["code"] == str(code)
