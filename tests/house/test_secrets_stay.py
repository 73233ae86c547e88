"""Need-to-know, proven by walking: what a person must not learn is on no page, in no document, in no search.

The Jobcenter's clerk must not see the case of a woman whose consent does not name authorities.
"""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
import yaml

from tests.support.crawl import Visited, addresses, crawl
from tests.support.demo import DEMO_FILE, Demo
from tests.support.house_rules import HouseClient

QUERIES = ("Birke", "Fiktionsbescheinigung", "Schutzeinrichtung", "Pflege", "Trennung", "Fall", "Jobcenter")
SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
"""A walk through all pages tests our own rules, not the database; once is enough."""
OPEN = ("gaps", "topics", "past_solutions", "decisions", "agenda", "agreement")
AUTHORITIES = ("p-brandes", "p-vogt", "p-oezer", "p-diallo", "p-wieland", "p-naumann")


def everything_said_to(demo: Demo, client: HouseClient) -> Iterator[Visited]:
    """All that a person can get hold of: linked pages, guessed addresses, searches, documents."""
    seen = set()
    for visited in crawl(client):
        seen.add(visited.address)
        yield visited
    for address in set(addresses(demo, "GET").values()) - seen:
        answer = client.get(address)
        yield Visited(address, "guessed", answer.status_code, answer.data)
    for query in QUERIES:
        answer = client.get("/suche", query_string={"q": query})
        yield Visited(f"/suche?q={query}", "searched", answer.status_code, answer.data)


def readable(visited: Visited) -> str:
    """The words of an answer; a document's parts are unpacked."""
    if visited.body[:2] != b"PK":
        return re.sub(r"\s+", " ", visited.text)
    with zipfile.ZipFile(io.BytesIO(visited.body)) as parts:
        return " ".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def private_texts(case_key: str) -> list[str]:
    """What only those who attended may read of a case: narrative, stations, the person's own view, findings."""
    data = yaml.safe_load(DEMO_FILE.read_text(encoding="utf-8"))
    case = next(case for case in data["cases"] if case["key"] == case_key)
    texts = [case["title"], case["household"], case["client_view"], *case["questions"]]
    for station in case["stations"]:
        texts += [station["title"], station["text"], station.get("what_helped") or ""]
        texts += [finding["text"] for finding in station.get("findings", [])]
    elsewhere = " ".join(yaml.safe_dump({name: data[name] for name in OPEN}, allow_unicode=True, width=10**6).split())
    wanted = [" ".join(text.split())[:60] for text in texts if len(text) > 25]
    return [text for text in wanted if text not in elsewhere]


@SQLITE
@pytest.mark.parametrize("person", AUTHORITIES)
def test_an_authority_learns_nothing_of_a_case_without_consent_for_authorities(demo: Demo, person: str) -> None:
    texts = private_texts("birke")
    for visited in everything_said_to(demo.index_now(), demo.client(person)):
        said = readable(visited)
        leaked = [text for text in texts if text in said]
        assert leaked == [], f"{visited.address}: {leaked}"


@SQLITE
def test_the_same_walk_finds_the_case_for_the_coordination(demo: Demo) -> None:
    """The walk above can fail: for those who may know, it finds what it looks for."""
    texts = private_texts("birke")
    said = " ".join(readable(visited) for visited in everything_said_to(demo.index_now(), demo.client("p-albers")))
    assert sum(text in said for text in texts) > len(texts) / 2


@SQLITE
def test_case_content_is_in_no_search_whoever_asks(demo: Demo) -> None:
    demo.index_now()
    for person in ("p-albers", "p-terhorst", "p-steffens"):
        client = demo.client(person)
        for key in ("ahorn", "birke", "eiche", "erle", "linde", "weide"):
            for text in private_texts(key)[:8]:
                hits = client.get("/suche", query_string={"q": text}).get_data(as_text=True)
                shown = re.sub(r"<input[^>]*>|<title>.*?</title>|<h1.*?</h1>", "", hits, flags=re.S)
                assert f"/faelle/{key}" not in shown


def test_a_hidden_case_answers_like_one_that_does_not_exist(demo: Demo) -> None:
    client = demo.client("p-brandes")
    hidden, missing = client.get("/faelle/birke"), client.get("/faelle/gibt-es-nicht")
    number = re.compile(r"[0-9a-f]{12}|birke|gibt-es-nicht")
    token = re.compile(r'value="[^"]*"|X-CSRFToken[^}]*')
    assert hidden.status_code == missing.status_code == 404
    assert token.sub("", number.sub("", hidden.text)) == token.sub("", number.sub("", missing.text))


def test_small_numbers_are_not_told_outside_the_coordination(demo: Demo) -> None:
    outside = demo.client("p-brandes").get("/fehlstellen/F-2026-04").get_data(as_text=True)
    inside = demo.client("p-albers").get("/fehlstellen/F-2026-04").get_data(as_text=True)
    assert "weniger als 3" in outside
    assert "weniger als 3" not in inside
