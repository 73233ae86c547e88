"""The pictures as pages: the numbers of picture, table and catalogue are the same, for each reader."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import combinations

import pytest
from sqlmodel import col, select
from werkzeug.datastructures import MultiDict

from app.people.models import Municipality
from app.people.states import Visibility
from knowledge.gaps.catalogue import Choice, catalogue, read_choice
from knowledge.gaps.models import Gap, GapFacet, GapMunicipality
from knowledge.gaps.policy import may_read_gap
from knowledge.gaps.states import GapFacetName, GapStatus
from knowledge.pictures import queries
from knowledge.pictures.queries import Viewer
from knowledge.pictures.wording import KINDS
from tests.knowledge.gaps.rows import a_case, a_gap, a_giver, support
from tests.support.demo import Demo
from tests.support.time import TODAY

PEOPLE = ["p-albers", "p-brandes", "p-fricke"]
CHOICES = ["", "?status=submitted", "?lebensbereich=health&wechsel=ohne", "?kommune=ostervelde", "?text=Kita"]
NUMBERED_LINK = re.compile(r'<a href="(/fehlstellen[^"]*)">([\d.]+)<span class="kern-sr-only">')
DRAWN_LINK = re.compile(r'<a class="ll-bild__link" href="(/fehlstellen[^"]*)" aria-label="([^"]*)"')
RESULT = re.compile(r'<h2 id="ergebnis">([\d.]+) ')


def text(demo: Demo, person: str, address: str) -> str:
    answer = demo.client(person).get(address)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


def by_hand(demo: Demo, person: str) -> Iterator[tuple[Gap, dict[GapFacetName, list[str]]]]:
    actor = demo.actor(person)
    with demo.session() as session:
        for gap in session.exec(select(Gap)).all():
            if may_read_gap(actor, gap) and gap.status != GapStatus.MERGED:
                rows = session.exec(select(GapFacet.facet, GapFacet.key).where(col(GapFacet.gap_id) == gap.id)).all()
                codes = {name: [key for facet, key in rows if facet == name] for name in GapFacetName}
                yield gap, codes


@pytest.mark.parametrize("person", PEOPLE)
def test_the_counts_in_sql_are_the_counts_by_hand(demo: Demo, person: str) -> None:
    fields: Counter[tuple[str, str]] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    states: Counter[str] = Counter()
    for gap, codes in by_hand(demo, person):
        domains = codes[GapFacetName.LIFE_DOMAIN]
        fields.update((domain, way) for domain in domains for way in codes[GapFacetName.TRANSITION] or [""])
        pairs.update(combinations(sorted(codes[GapFacetName.INTERFACE]), 2))
        states[gap.status.value] += 1
    viewer = Viewer(demo.actor(person), Choice())
    with demo.session() as session:
        assert Counter(queries.domains_and_transitions(session, viewer)) == fields
        assert Counter({tuple(sorted(pair)): n for pair, n in queries.interfaces(session, viewer).items()}) == pairs
        assert Counter(queries.states(session, viewer)) == states
        assert {state: len(days) for state, days in queries.ages(session, viewer, TODAY).items()} == states


@pytest.mark.parametrize("choice", CHOICES)
def test_a_picture_counts_the_gaps_that_the_catalogue_lists(demo: Demo, choice: str) -> None:
    typed = MultiDict(pair.split("=") for pair in choice.removeprefix("?").split("&") if pair)
    with demo.session() as session:
        for person in PEOPLE:
            actor = demo.actor(person)
            assert (
                queries.total(session, Viewer(actor, read_choice(typed)))
                == catalogue(session, actor, read_choice(typed)).total
            )


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("person", "kind"), [("p-albers", "luecken"), ("p-brandes", "stellen"), ("p-fricke", "weg")])
def test_every_number_leads_to_as_many_gaps_in_the_catalogue(demo: Demo, person: str, kind: str) -> None:
    client = demo.client(person)
    found = NUMBERED_LINK.findall(text(demo, person, f"/bilder/{kind}"))
    assert found
    for address, number in found[:12]:
        listed = RESULT.search(unescape(client.get(address).get_data(as_text=True)))
        assert listed is not None, address
        assert listed[1] == number, address


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", KINDS)
def test_every_number_of_the_table_is_in_the_picture_with_the_same_link(demo: Demo, kind: str) -> None:
    page = text(demo, "p-albers", f"/bilder/{kind}")
    drawn = dict(DRAWN_LINK.findall(page))
    for address, number in NUMBERED_LINK.findall(page):
        assert re.search(rf"\b{number} Fehlstelle", drawn[address]), (address, number)


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_a_reader_sees_nothing_of_gaps_beyond_their_level(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        gap = a_gap(session, key="F-2020-01", visibility=Visibility.COORDINATION)
        for facet, key in ((GapFacetName.LIFE_DOMAIN, "protection"), (GapFacetName.INTERFACE, "debt_advice")):
            session.add(GapFacet(gap_id=gap.id or 0, facet=facet, key=key))
        session.add(GapFacet(gap_id=gap.id or 0, facet=GapFacetName.INTERFACE, key="guardian"))
        session.commit()
    assert "Schutz, Gewalt" in text(demo, "p-albers", "/bilder/luecken").split("<figure")[1]
    assert "Schutz, Gewalt" not in text(demo, "p-brandes", "/bilder/luecken").split("<figure")[1]
    assert "Schuldnerberatung" not in text(demo, "p-brandes", "/bilder/stellen").split("<figure")[1]


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_ways_in_cases_are_counted_for_the_coordination_alone(demo: Demo) -> None:
    assert "Übergaben in den rekonstruierten Fällen" in text(demo, "p-albers", "/bilder/stellen")
    for person in ("p-brandes", "p-fricke", "p-terhorst"):
        assert "Übergaben in den rekonstruierten Fällen" not in text(demo, person, "/bilder/stellen")


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_what_is_chosen_can_be_removed_and_stays_in_every_link(demo: Demo) -> None:
    page = text(demo, "p-albers", "/bilder/weg?lebensbereich=health&text=Sprache")
    assert "Lebensbereich: Gesundheit" in page
    assert 'href="/bilder/weg?text=Sprache"' in page
    assert 'href="/bilder/weg?lebensbereich=health"' in page
    assert '<input type="hidden" name="lebensbereich" value="health">' in page
    assert all("lebensbereich=health" in address for address, _number in NUMBERED_LINK.findall(page))


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_a_choice_that_nothing_meets_says_so(demo: Demo) -> None:
    assert "Keine Fehlstelle passt auf alle Filter" in text(demo, "p-albers", "/bilder/luecken?jahr=1999")


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_there_is_no_fifth_picture(demo: Demo) -> None:
    assert demo.client("p-albers").get("/bilder/nonsense").status_code == 404


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_costs_the_same_for_one_gap_as_for_many(demo: Demo, kind: str) -> None:
    before = demo.statements("p-albers", f"/bilder/{kind}")
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        place = session.exec(select(Municipality.id)).first()
        giver = a_giver(session)
        for number in range(30):
            gap = a_gap(session, key=f"F-2019-{number:02}")
            support(session, gap, a_case(session, giver))
            session.add(GapFacet(gap_id=gap.id or 0, facet=GapFacetName.LIFE_DOMAIN, key="health"))
            session.add(GapMunicipality(gap_id=gap.id or 0, municipality_id=place or 0))
        session.commit()
    assert demo.statements("p-albers", f"/bilder/{kind}") == before <= 14
