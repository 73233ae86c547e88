"""The Jobcenter and the cases whose consent keeps authorities out: nothing, not even that they exist."""

from pathlib import Path

import pytest

from tests.support.canary import WORD, put_canary
from tests.support.crawl import SAMPLES, addresses, crawl
from tests.support.demo import Demo

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
LOCKED = ("birke", "eiche", "weide")
PLACES = (
    "/faelle/{0}",
    "/faelle/{0}/pruefung",
    "/faelle/{0}/zugriffe",
    "/faelle/{0}/widerruf",
    "/faelle/{0}/loeschen",
    "/faelle/{0}/rueckmeldung",
    "/faelle/{0}/rahmen",
    "/workshops/W-2026-1/faelle/{0}",
)


def test_an_authority_finds_a_locked_case_nowhere(demo: Demo) -> None:
    for key in LOCKED:
        put_canary(demo, key)
    demo.index_now()
    brandes = demo.client("p-brandes")
    for visited in crawl(brandes):
        assert visited.status < 500, visited.address
        words = visited.text.casefold()
        assert WORD.casefold() not in words, visited.address
        assert not any(f"/faelle/{key}" in words for key in LOCKED), visited.address


@pytest.mark.parametrize("key", LOCKED)
def test_an_old_link_to_it_says_the_same_as_a_link_to_nothing(demo: Demo, key: str) -> None:
    brandes = demo.client("p-brandes")
    for place in PLACES:
        there, nowhere = brandes.get(place.format(key)), brandes.get(place.format("keiner"))
        assert (there.status_code, nowhere.status_code) == (404, 404), place
        assert key not in there.get_data(as_text=True).casefold().replace(place.format(key).casefold(), ""), place


def test_no_address_of_the_house_gives_a_word_of_it_away(demo: Demo) -> None:
    assert SAMPLES["cases"]["key"] == "birke"
    put_canary(demo, "birke")
    brandes = demo.client("p-brandes")
    for address in addresses(demo, "GET").values():
        assert WORD.encode() not in brandes.get(address).data, address


def test_the_index_holds_no_case(demo: Demo, tmp_path: Path) -> None:
    put_canary(demo, "birke")
    demo.index_now()
    data = Path(demo.app.extensions["lueckenlos"].settings.data_dir)
    assert data.is_relative_to(tmp_path)
    assert [path for path in data.rglob("*") if path.is_file() and WORD.encode() in path.read_bytes()] == []
    found = demo.app.extensions["lueckenlos"].search.find(demo.actor("p-albers"), WORD, [], 10)
    assert found is None or found.total == 0
