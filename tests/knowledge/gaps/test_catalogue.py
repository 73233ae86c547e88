"""The catalogue: who sees how many, what filters and counts say, pages, orders, and what it costs."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

import pytest
from sqlmodel import Session, col, select
from werkzeug.datastructures import MultiDict

from app.core.database import Database
from app.core.permissions import Actor
from app.people.models import Municipality
from knowledge.gaps.catalogue import PAGE_SIZE, Choice, catalogue, read_choice
from knowledge.gaps.evidence import strengths
from knowledge.gaps.models import Gap, GapFacet, GapMunicipality
from knowledge.gaps.policy import may_read_gap
from knowledge.gaps.rules import MIN_CELL
from knowledge.gaps.states import GapFacetName, GapStatus
from tests.knowledge.gaps.rows import a_gap
from tests.support.county import a_county, actor_for
from tests.support.demo import Demo

CHOICES = [
    {},
    {"status": ("submitted", "in_project")},
    {"lebensbereich": ("health", "housing"), "evidenz": ("B",)},
    {"kommune": ("ostervelde",), "jahr": ("2026",)},
    {"schnittstelle": ("jobcenter",), "ebene": ("strategic",), "wechsel": ("asylblg_sgb2",)},
    {"evidenz": ("C", "D"), "status": ("in_review",)},
    {"wechsel": ("ohne", "course_work")},
]
CODED = {
    "lebensbereich": GapFacetName.LIFE_DOMAIN,
    "wechsel": GapFacetName.TRANSITION,
    "schnittstelle": GapFacetName.INTERFACE,
}


def values_of(session: Session, gap: Gap) -> dict[str, set[str]]:
    """What a gap is found under, facet by facet, counted by hand."""
    coded = session.exec(select(GapFacet.facet, GapFacet.key).where(col(GapFacet.gap_id) == gap.id)).all()
    places = session.exec(
        select(Municipality.key)
        .join(GapMunicipality, col(GapMunicipality.municipality_id) == col(Municipality.id))
        .where(col(GapMunicipality.gap_id) == gap.id)
    ).all()
    return {
        "status": {gap.status.value},
        "ebene": {gap.solvable_at.value},
        "jahr": {str(gap.first_reported.year)},
        "kommune": set(places) or {""},
        "evidenz": {strengths(session, [gap.id or 0])[gap.id or 0].grade},
        **{name: {key for facet, key in coded if facet == kind} or lacking(name) for name, kind in CODED.items()},
    }


def as_told(session: Session, actor: Actor, gap: Gap, values: dict[str, set[str]]) -> dict[str, set[str]]:
    """Outside the coordination a gap with fewer than three cases names no municipality (DP-11)."""
    few = strengths(session, [gap.id or 0])[gap.id or 0].cases < MIN_CELL
    return {**values, "kommune": {""}} if few and not actor.has_role("coordination") else values


def lacking(name: str) -> set[str]:
    """A gap without a transition is found under „ohne“; every gap has a domain and an interface."""
    return {"ohne"} if name == "wechsel" else set()


def meets(values: dict[str, set[str]], chosen: dict[str, tuple[str, ...]], but: str = "") -> bool:
    return all(values[name] & set(wanted) for name, wanted in chosen.items() if name != but)


def counted(gaps: Iterable[dict[str, set[str]]], chosen: dict[str, tuple[str, ...]], name: str) -> Counter[str]:
    return Counter(value for values in gaps if meets(values, chosen, name) for value in values[name])


def offered_to(actor: Actor) -> set[str]:
    """The grade of evidence would tell small counts: it is a facet of the coordination alone (DP-11)."""
    everyone = {"status", "lebensbereich", "wechsel", "schnittstelle", "ebene", "kommune", "jahr"}
    return everyone | {"evidenz"} if actor.has_role("coordination") else everyone


def test_counts_in_sql_are_the_counts_by_hand(demo: Demo) -> None:
    with demo.session() as session:
        gaps = [(gap, values_of(session, gap)) for gap in session.exec(select(Gap)).all()]
        for actor in map(demo.actor, ("p-albers", "p-brandes", "p-fricke")):
            by_hand = [as_told(session, actor, gap, values) for gap, values in gaps if may_read_gap(actor, gap)]
            for wanted in CHOICES:
                chosen = {name: values for name, values in wanted.items() if name in offered_to(actor)}
                found = catalogue(session, actor, Choice(wanted))
                assert found.counts.keys() == offered_to(actor)
                assert found.total == sum(meets(values, chosen) for values in by_hand)
                assert {name: Counter(counts) for name, counts in found.counts.items()} == {
                    name: counted(by_hand, chosen, name) for name in found.counts
                }


@pytest.mark.parametrize(
    ("person", "number"), [("p-albers", 14), ("p-brandes", 12), ("p-ebert", 12), ("p-jansen", 12), ("p-fricke", 8)]
)
def test_each_reader_finds_what_their_level_opens(demo: Demo, person: str, number: int) -> None:
    with demo.session() as session:
        found = catalogue(session, demo.actor(person), Choice())
        assert found.total == number
        assert sum(found.counts["status"].values()) == number


def test_the_demo_county_has_its_grades(demo: Demo) -> None:
    with demo.session() as session:
        counts = catalogue(session, demo.actor("p-albers"), Choice()).counts["evidenz"]
    assert counts == {"A": 1, "B": 7, "C": 5, "D": 1}


def test_a_merged_gap_comes_only_when_asked_for(demo: Demo) -> None:
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        a_gap(session, status=GapStatus.MERGED, key="F-2020-01")
        session.commit()
    with demo.session() as session:
        assert catalogue(session, demo.actor("p-albers"), Choice()).total == 14
        merged = catalogue(session, demo.actor("p-albers"), Choice({"status": ("merged",)}))
    assert [row.gap.key for row in merged.rows] == ["F-2020-01"]


def test_no_facet_counts_a_merged_gap_unless_it_is_asked_for(demo: Demo) -> None:
    def counts(**chosen: tuple[str, ...]) -> tuple[int | None, int | None]:
        with demo.session() as session:
            found = catalogue(session, demo.actor("p-albers"), Choice(chosen)).counts
            return found["lebensbereich"].get("mobility"), found["kommune"].get("sonderau")

    before, before_of_2024 = counts(), counts(jahr=("2024",))
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        gap_id = a_gap(session, status=GapStatus.MERGED, first_reported=date(2024, 1, 1)).id or 0
        place = session.exec(select(Municipality.id).where(col(Municipality.key) == "sonderau")).one() or 0
        session.add(GapFacet(gap_id=gap_id, facet=GapFacetName.LIFE_DOMAIN, key="mobility"))
        session.add(GapMunicipality(gap_id=gap_id, municipality_id=place))
        session.commit()
    assert (counts(), counts(jahr=("2024",))) == (before, before_of_2024)
    assert counts(status=("merged",)) == (1, 1)


def keys(session: Session, actor: Actor, sort: str) -> list[str]:
    return [row.gap.key for row in catalogue(session, actor, Choice(sort=sort)).rows]


def test_the_most_pressing_comes_first_and_the_stronger_evidence_before_the_weaker(demo: Demo) -> None:
    with demo.session() as session:
        found = catalogue(session, demo.actor("p-albers"), Choice())
        weights = [(-row.gap.severity * row.gap.frequency, -row.gap.severity, row.strength.grade) for row in found.rows]
        assert weights == sorted(weights)
        assert keys(session, demo.actor("p-albers"), "schluessel") == sorted(row.gap.key for row in found.rows)
        assert keys(session, demo.actor("p-albers"), "stand")[0] == "F-2025-02"
        assert keys(session, demo.actor("p-albers"), "beleg")[-1] == "F-2026-11"


def test_a_page_holds_25_and_one_beyond_the_last_is_the_last(database: Database) -> None:
    _tenant, person = a_county(database)
    with database.session(database.writing, person.tenant_id) as session:
        for _ in range(2 * PAGE_SIZE + 3):
            a_gap(session)
        session.commit()
    with database.read(person.tenant_id) as session:
        pages = [
            catalogue(session, actor_for(person, "coordination"), Choice(page=n, sort="schluessel")) for n in (1, 3, 9)
        ]
    assert [len(found.rows) for found in pages] == [PAGE_SIZE, 3, 3]
    assert [found.choice.page for found in pages] == [1, 3, 3]
    assert {found.pages for found in pages} == {3}


def test_another_county_is_neither_listed_nor_counted(database: Database) -> None:
    _one, person = a_county(database)
    _other, stranger = a_county(database)
    for each, number in ((person, 2), (stranger, 5)):
        with database.session(database.writing, each.tenant_id) as session:
            for _ in range(number):
                a_gap(session)
            session.commit()
    with database.read(person.tenant_id) as session:
        found = catalogue(session, actor_for(person, "coordination"), Choice())
    assert (found.total, found.counts["evidenz"], found.counts["kommune"]) == (2, {"D": 2}, {"": 2})


def test_what_cannot_be_a_value_is_passed_over() -> None:
    typed = MultiDict(
        [("status", "submitted"), ("status", "nonsense"), ("jahr", "2026"), ("jahr", "x"), ("evidenz", "Z"),
         ("lebensbereich", "health' OR 1=1"), ("sortierung", "zufall"), ("seite", "-3")]
    )  # fmt: skip
    assert read_choice(typed) == Choice({"status": ("submitted",), "jahr": ("2026",)})


def test_an_address_says_what_is_chosen_and_a_click_toggles_it() -> None:
    choice = Choice({"status": ("submitted",)}, "beleg", 3)
    more = choice.toggled("status", "in_project")
    assert more.parameters() == {"status": ["submitted", "in_project"], "sortierung": "beleg"}
    assert (more.page, more.toggled("status", "in_project").values) == (1, {"status": ("submitted",)})


def test_the_catalogue_costs_the_same_for_14_gaps_as_for_300(demo: Demo) -> None:
    before = demo.statements("p-albers", "/fehlstellen?evidenz=B")
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        for _ in range(300):
            a_gap(session)
        session.commit()
    assert demo.statements("p-albers", "/fehlstellen?evidenz=B") == before
    assert demo.statements("p-albers", "/fehlstellen?evidenz=B&status=submitted&jahr=2026&seite=2") == before


def test_a_pair_of_agencies_finds_the_gaps_of_both(demo: Demo) -> None:
    with demo.session() as session:
        actor = demo.actor("p-albers")
        taking_part: dict[int, set[str]] = {}
        for gap_id, key in session.exec(
            select(GapFacet.gap_id, GapFacet.key).where(col(GapFacet.facet) == GapFacetName.INTERFACE)
        ):
            taking_part.setdefault(gap_id, set()).add(key)
        choice = read_choice(MultiDict([("stellenpaar", "social_office~jobcenter"), ("stellenpaar", "nonsense")]))
        found = catalogue(session, actor, choice)
    assert choice.values == {"stellenpaar": ("social_office~jobcenter",)}
    assert found.total == sum({"social_office", "jobcenter"} <= agencies for agencies in taking_part.values()) > 0


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "name", ["lebensbereich", "wechsel", "schnittstelle", "ebene", "kommune", "stellenpaar", "jahr"]
)
def test_a_code_that_is_no_longer_in_a_list_narrows_to_nothing_and_is_no_fault(demo: Demo, name: str) -> None:
    client = demo.client("p-brandes")
    for address in ("/fehlstellen", "/bilder/luecken", "/bilder/weg"):
        assert client.get(f"{address}?{name}=abgeschafft").status_code == 200


def test_outside_the_coordination_the_order_tells_nothing_of_the_evidence(demo: Demo) -> None:
    with demo.session() as session:
        rows = catalogue(session, demo.actor("p-brandes"), Choice()).rows
    pressing = [(-row.gap.severity * row.gap.frequency, -row.gap.severity, row.gap.key) for row in rows]
    assert pressing == sorted(pressing)
