"""Markdown as values for the typesetter."""

from typing import Any

from exports.pdf.markdown import blocks


def plain(parts: list[dict[str, Any]]) -> str:
    return "".join(part.get("text", "") + plain(part.get("inline", [])) for part in parts)


def test_headings_follow_the_outline_without_a_gap() -> None:
    found = blocks("# a\n\n#### b\n\n## c", below=1)
    assert [(each["level"], plain(each["inline"])) for each in found] == [(2, "a"), (3, "b"), (3, "c")]


def test_lists_keep_their_start_and_their_depth() -> None:
    (found,) = blocks("3. drei\n4. vier\n   - tief")
    assert (found["kind"], found["start"], len(found["items"])) == ("ordered", 3, 2)
    assert found["items"][1][1]["kind"] == "bullets"


def test_a_task_shows_whether_it_is_done() -> None:
    (found,) = blocks("- [x] fertig\n- [ ] offen")
    assert [plain(item[0]["inline"]).split()[0] for item in found["items"]] == ["[x]", "["]


def test_a_table_has_heads_rows_and_aligned_columns() -> None:
    (found,) = blocks("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert found["aligns"] == ["left", "right"]
    assert [plain(cell) for cell in found["head"]] == ["a", "b"]
    assert [[plain(cell) for cell in row] for row in found["rows"]] == [["1", "2"]]
    assert len(found["widths"]) == 2


def test_a_note_stands_where_it_is_called() -> None:
    (found,) = blocks("Text[^a].\n\n[^a]: Die Note.")
    (note,) = [part for part in found["inline"] if part["kind"] == "note"]
    assert plain(note["blocks"][0]["inline"]) == "Die Note."


def test_only_web_and_mail_addresses_are_links() -> None:
    (found,) = blocks("[a](https://x.de) [b](mailto:a@b.de) [c](ftp://x.de) [d](/intern)")
    assert [part["address"] for part in found["inline"] if part["kind"] == "link"] == ["https://x.de", "mailto:a@b.de"]
    assert plain(found["inline"]) == "a b c d"
