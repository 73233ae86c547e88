"""No brief names the municipalities and groups of a gap with few cases, whoever makes it (DP-11)."""

import re
from collections.abc import Callable

import pytest
from sqlmodel import col, select

from app.core.work import Work
from exports.docx.xml import bound
from knowledge.gaps import topic_queries, topics
from knowledge.gaps.models import Gap
from knowledge.gaps.states import GapFacetName
from knowledge.taxonomy.terms import label
from tests.exports.reading import Written
from tests.exports.test_topic_brief import docx, page, pdf, write
from tests.support.demo import Demo

ON_SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
HIDDEN = "bei Fehlstellen mit wenigen Fällen hier nicht genannt"
FEW_CASES = ("T-01", "T-02", "T-03", "T-04", "T-06", "T-07")
"""Topics of which every gap has fewer than three cases; T-05 has enough."""


def affected(told: str) -> str:
    """The part of a brief that says who is concerned."""
    found = re.search(r"Wer betroffen ist(.*?)(?:Was schon versucht wurde|Was zu entscheiden ist)", told)
    assert found is not None
    return found[1]


def names(demo: Demo, key: str) -> list[str]:
    """The municipalities and groups of a topic's gaps, however many cases they have."""
    with demo.session() as session, demo.app.test_request_context():
        found = topics.topic_by_key(session, key)
        assert found is not None
        scope = topic_queries.scope_of(session, found.gap_ids, found.gap_ids)
        groups = (label("affected_groups", code) for code in scope.codes[GapFacetName.AFFECTED_GROUP])
        return [*scope.municipalities, *groups]


def join(demo: Demo, gap: str, other: str) -> None:
    """Hang a gap on the topic of another."""

    def change(work: Work) -> None:
        joining, there = (work.session.exec(select(Gap).where(col(Gap.key) == key)).one() for key in (gap, other))
        joining.topic_id, joining.topic_position = there.topic_id, 9
        work.session.add(joining)
        work.record("gap.joined", joining)

    demo.perform("p-albers", change)


@ON_SQLITE
@pytest.mark.parametrize("read", [page, pdf, docx])
@pytest.mark.parametrize("person", ["p-brandes", "p-albers"])
def test_a_gap_with_few_cases_lends_its_brief_no_place_and_no_group(
    demo: Demo, person: str, read: Callable[[Demo, str, str], str]
) -> None:
    for key in FEW_CASES:
        told = affected(read(demo, person, key))
        assert told.count(HIDDEN) == 2, key
        assert not [name for name in ("kreisweit", *names(demo, key)) if name in told], key


@ON_SQLITE
def test_a_draft_names_them_no_more_than_what_is_submitted(demo: Demo) -> None:
    write(demo, "T-03", state="draft")
    assert "Ostervelde" not in affected(page(demo, "p-albers", "T-03"))


@ON_SQLITE
def test_of_several_gaps_only_what_may_be_told_is_told(demo: Demo) -> None:
    enough, few = names(demo, "T-05"), set(names(demo, "T-03"))
    alone = affected(page(demo, "p-brandes", "T-05"))
    assert HIDDEN not in alone
    assert not [name for name in enough if name not in alone]
    join(demo, "F-2026-09", "F-2026-05")
    for person in ("p-brandes", "p-albers"):
        told = affected(page(demo, person, "T-05"))
        assert told.count(HIDDEN) == 2
        assert not [name for name in enough if name not in told]
        assert not [name for name in few - set(enough) if name in told]


def test_no_line_ends_between_the_sign_and_its_number() -> None:
    assert bound("von § 104c zu §§ 25a und 25b") == "von §\xa0104c zu §§\xa025a und 25b"
    assert bound("§  \nNeue Zeile, ein §") == "§  \nNeue Zeile, ein §"


@ON_SQLITE
def test_the_sign_is_bound_to_its_number_in_the_word_file(demo: Demo) -> None:
    lines = "\n".join(Written(demo.client("p-albers").get("/themen/T-03/steckbrief.docx").data).lines())
    assert "§\xa0104c" in lines
    assert "§ 1" not in lines
