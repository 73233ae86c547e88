"""Collecting: hashed names, rewritten references, and what stops it."""

from pathlib import Path

import pytest

from tools.collect_assets import collect, hashed_name
from tools.places import SetUpError


def collected(folder: Path, files: dict[str, str], *published: str) -> dict[str, str]:
    """Collect `files` from one folder into another; publish all unless some are named."""
    for name, content in files.items():
        path = folder / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    available = {name: folder / "sources" / name for name in files}
    return collect(available, published or files, folder / "static")


def content(folder: Path, manifest: dict[str, str], name: str) -> str:
    """What was written for a logical name."""
    return (folder / "static" / manifest[name]).read_text(encoding="utf-8")


@pytest.mark.parametrize("written", ['url("../fonts/a.woff2")', "url('../fonts/a.woff2')", "url(../fonts/a.woff2)"])
def test_a_style_finds_its_font_under_the_hashed_name(tmp_path: Path, written: str) -> None:
    manifest = collected(tmp_path, {"css/site.css": f"src: {written}", "fonts/a.woff2": "font"})

    hashed = written.replace("fonts/a.woff2", manifest["fonts/a.woff2"])
    assert content(tmp_path, manifest, "css/site.css") == f"src: {hashed}"


def test_a_reference_keeps_what_follows_the_name(tmp_path: Path) -> None:
    manifest = collected(tmp_path, {"a.css": "a { mask: url(./i.svg?v=1#up) }", "i.svg": "<svg/>"})

    assert content(tmp_path, manifest, "a.css") == f"a {{ mask: url(./{manifest['i.svg']}?v=1#up) }}"


@pytest.mark.parametrize("reference", ["url(\"data:image/svg+xml,%3Csvg a='b'/%3E\")", "url(#shade)"])
def test_what_refers_to_no_file_stays_as_it_is(tmp_path: Path, reference: str) -> None:
    style = f"a {{ mask: {reference} }}"

    assert content(tmp_path, collected(tmp_path, {"a.css": style}), "a.css") == style


def test_a_style_imports_another_under_the_hashed_name(tmp_path: Path) -> None:
    manifest = collected(tmp_path, {"site.css": '@import "parts/tabs.css";', "parts/tabs.css": "b {}"})

    assert content(tmp_path, manifest, "site.css") == f'@import "./{manifest["parts/tabs.css"]}";'


@pytest.mark.parametrize("code", ['import * as a from "{}";', 'import "{}";', "export * from '{}';", 'import("{}");'])
def test_a_module_imports_another_under_the_hashed_name(tmp_path: Path, code: str) -> None:
    manifest = collected(tmp_path, {"js/sort.js": code.format("./keys.js"), "js/keys.js": "export const a = 1;"})

    assert content(tmp_path, manifest, "js/sort.js") == code.format(f"./{manifest['js/keys.js'].removeprefix('js/')}")


def test_scripts_of_others_are_left_as_they_are(tmp_path: Path) -> None:
    code = "var text = `import './plugin.js'`;"

    assert content(tmp_path, collected(tmp_path, {"vendor/a.js": code}), "vendor/a.js") == code


def test_a_change_of_a_font_changes_the_name_of_the_style(tmp_path: Path) -> None:
    style = {"a.css": "url(f.woff2)"}
    before = collected(tmp_path, {**style, "f.woff2": "one"})

    after = collected(tmp_path, {**style, "f.woff2": "two"})

    assert before["a.css"] != after["a.css"]


def test_only_what_is_wanted_or_referred_to_is_published(tmp_path: Path) -> None:
    files = {"a.css": "url(f.woff2)", "f.woff2": "font", "g.woff2": "another font"}

    assert collected(tmp_path, files, "a.css").keys() == {"a.css", "f.woff2"}


def test_nothing_of_an_earlier_collection_is_left(tmp_path: Path) -> None:
    collected(tmp_path, {"css/a.css": "old", "old/b.css": "b"})
    manifest = collected(tmp_path, {"css/a.css": "new"})

    files = {path.relative_to(tmp_path / "static").as_posix() for path in (tmp_path / "static").rglob("*")}

    assert files == {"manifest.json", "css", manifest["css/a.css"], manifest["css/a.css"] + ".gz"}


def test_collecting_twice_gives_the_same(tmp_path: Path) -> None:
    files = {"a.css": "url(f.woff2)", "f.woff2": "font"}

    assert collected(tmp_path, files) == collected(tmp_path, files)


def test_a_missing_file_is_named_with_the_one_that_refers_to_it(tmp_path: Path) -> None:
    with pytest.raises(SetUpError, match=r"css/f\.woff2, which css/a\.css refers to, is missing"):
        collected(tmp_path, {"css/a.css": "url(f.woff2)"})


@pytest.mark.parametrize("reference", ["https://example.org/a.png", "//example.org/a.png", "/static/a.png"])
def test_nothing_is_loaded_from_elsewhere(tmp_path: Path, reference: str) -> None:
    with pytest.raises(SetUpError, match="of this house only"):
        collected(tmp_path, {"a.css": f"a {{ background: url({reference}) }}"})


def test_a_circle_of_imports_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetUpError, match=r"a\.js → b\.js → a\.js"):
        collected(tmp_path, {"a.js": 'import "./b.js";', "b.js": 'import "./a.js";'})


def test_the_hash_stands_before_the_ending() -> None:
    assert hashed_name("css/site.css", b"") == "css/site.e3b0c44298fc1c14.css"
