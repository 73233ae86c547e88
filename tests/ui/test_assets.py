"""What browsers load: addresses by logical name, kept for ever, with the right types."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from app.ui import assets
from app.ui.assets import Assets, AssetsNotCollected
from tools.collect_assets import collect

STYLE = "body { color: inherit; }"


@pytest.fixture
def collected(tmp_path: Path) -> Assets:
    """A small house's files, collected by the real collector."""
    write(tmp_path, {"css/site.css": STYLE, "js/sort.js": "let a;", "img/seal.svg": "<svg/>", "a.woff2": "x"})
    return collect_from(tmp_path)


@pytest.fixture
def client(collected: Assets) -> Iterator[FlaskClient]:
    app = Flask("probe", static_folder=None)
    assets.install(app, collected)
    app.add_url_rule("/", view_func=lambda: render_template_string('<link href="{{ asset("css/site.css") }}">'))
    with app.test_client() as client:
        yield client


def write(folder: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        path = folder / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def collect_from(folder: Path) -> Assets:
    sources = {path.relative_to(folder / "sources").as_posix(): path for path in (folder / "sources").rglob("*.*")}
    collect(sources, sources, folder / "static")
    return Assets(folder / "static")


def test_an_address_carries_the_hash_of_the_content(collected: Assets) -> None:
    assert collected.url("css/site.css").startswith("/static/css/site.")
    assert collected.url("css/site.css").endswith(".css")
    assert len(collected.url("css/site.css")) == len("/static/css/site..css") + 16


def test_a_template_asks_for_a_logical_name(client: FlaskClient, collected: Assets) -> None:
    assert client.get("/").text == f'<link href="{collected.url("css/site.css")}">'


def test_a_file_may_be_kept_for_ever(client: FlaskClient, collected: Assets) -> None:
    answer = client.get(collected.url("css/site.css"))

    assert answer.text == STYLE
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("css/site.css", "text/css; charset=utf-8"),
        ("js/sort.js", "text/javascript; charset=utf-8"),
        ("img/seal.svg", "image/svg+xml"),
        ("a.woff2", "font/woff2"),
    ],
)
def test_a_file_has_the_type_of_its_ending(client: FlaskClient, collected: Assets, name: str, kind: str) -> None:
    plain = client.get(collected.url(name))
    compressed = client.get(collected.url(name), headers={"Accept-Encoding": "gzip"})

    assert [plain.headers["Content-Type"], compressed.headers["Content-Type"]] == [kind, kind]


def test_a_text_is_compressed_for_those_who_take_it(client: FlaskClient, collected: Assets) -> None:
    compressed = client.get(collected.url("css/site.css"), headers={"Accept-Encoding": "br, gzip"})
    plain = client.get(collected.url("css/site.css"))

    assert gzip.decompress(compressed.data).decode() == STYLE
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Vary"] == compressed.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("file", ["manifest.json", "css/site.css", "css/site.0000000000000000.css", "../manifest.json"])
def test_only_what_the_manifest_names_is_served(client: FlaskClient, file: str) -> None:
    assert client.get(f"/static/{file}").status_code == 404


def test_a_compressed_twin_has_no_address_of_its_own(client: FlaskClient, collected: Assets) -> None:
    assert client.get(collected.url("css/site.css") + ".gz").status_code == 404


def test_files_collected_anew_are_found_without_a_restart(tmp_path: Path, collected: Assets) -> None:
    before = collected.url("css/site.css")
    write(tmp_path, {"css/site.css": STYLE + "p { margin: 0; }"})

    collect_from(tmp_path)

    assert collected.url("css/site.css") != before


def test_without_collected_files_the_message_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(AssetsNotCollected, match="make setup"):
        Assets(tmp_path).url("css/site.css")


def test_an_unknown_name_is_named(collected: Assets) -> None:
    with pytest.raises(AssetsNotCollected, match=r"There is no css/other\.css"):
        collected.url("css/other.css")


def test_flasks_own_static_route_is_refused(collected: Assets) -> None:
    with pytest.raises(ValueError, match="static_folder=None"):
        assets.install(Flask("probe"), collected)


def test_the_route_declares_that_it_is_public(collected: Assets) -> None:
    app = Flask("probe", static_folder=None)
    assets.install(app, collected)

    assert getattr(app.view_functions["static"], "policy", "").startswith("public: ")
