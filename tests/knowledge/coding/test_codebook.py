"""The codebook: keys, letters, parents, merging, rest, and what recurs."""

import pytest
from sqlmodel import col, select

from app.core.errors import ChangedMeanwhile, DomainError, Forbidden, InvalidInput
from knowledge.coding import actions_codebook, actions_review, codebook
from knowledge.coding.actions_codebook import CategoryText
from knowledge.coding.codebook import Entry
from knowledge.coding.models import Category, Coding
from knowledge.coding.rules import CATEGORY, Target
from knowledge.privacy.gate import Unchecked
from tests.knowledge.coding.coded import category, coded
from tests.support.demo import Demo

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def tree(demo: Demo, person: str = "p-albers") -> list[Entry]:
    with demo.session() as session:
        return codebook.tree(session, demo.actor(person))


@SQLITE
def test_categories_get_keys_letters_and_parents(demo: Demo) -> None:
    top = category(demo)
    child = category(demo, "Warten auf Termin", parent_key=top.key)
    assert (top.key, top.symbol, child.key, child.symbol) == ("K-01", "W", "K-02", "A")
    assert [(entry.category.key, entry.depth) for entry in tree(demo)] == [("K-01", 0), ("K-02", 1)]
    with pytest.raises(InvalidInput):
        category(demo, "Noch eine", symbol="W")
    text = CategoryText("Warten", "…", parent_key=child.key)
    with pytest.raises(InvalidInput):
        demo.perform("p-albers", actions_codebook.edit_category, top.key, text, top.version)


@SQLITE
def test_case_management_reads_the_codebook_and_does_not_write_it(demo: Demo) -> None:
    with pytest.raises(Forbidden):
        demo.perform("p-terhorst", actions_codebook.create_category, CategoryText("Neu", "…"))


@SQLITE
def test_two_editors_do_not_overwrite_each_other(demo: Demo) -> None:
    made = category(demo)
    demo.perform("p-albers", actions_codebook.edit_category, made.key, CategoryText("Anders", "was gemeint ist"), 1)
    with pytest.raises(ChangedMeanwhile):
        demo.perform(
            "p-kaya", actions_codebook.edit_category, made.key, CategoryText("Noch anders", "was gemeint ist"), 1
        )


@SQLITE
def test_a_name_in_the_codebook_is_asked_about(demo: Demo) -> None:
    text = CategoryText("Zusage", "Frau Yilmaz hat zugesagt")
    with pytest.raises(Unchecked) as refused:
        demo.perform("p-albers", actions_codebook.create_category, text)
    keys = [hit.key for hit in refused.value.hits]
    assert demo.perform("p-albers", actions_codebook.create_category, text, keys).key == "K-01"


def test_merging_moves_links_drops_duplicates_and_leaves_an_address(demo: Demo) -> None:
    waiting, delayed = category(demo), category(demo, "Verzögerung")
    child = category(demo, "Beim Amt", parent_key=waiting.key)
    kept = coded(demo, "p-terhorst", delayed)
    twice, alone = coded(demo, "p-terhorst", waiting), coded(demo, "p-terhorst", waiting, source=1)
    demo.perform("p-albers", actions_review.confirm, "ahorn", twice.id)
    demo.perform("p-albers", actions_codebook.merge_category, waiting.key, delayed.key)
    with demo.session() as session:
        left = {coding.id: coding for coding in session.exec(select(Coding)).all()}
        assert set(left) == {kept.id, alone.id}
        assert {coding.target for coding in left.values()} == {str(Target(CATEGORY, delayed.id or 0))}
        assert left[kept.id].state == "confirmed", "a review of the duplicate is not lost"
        opened = codebook.opened_by_key(session, waiting.key)
        assert opened is not None
        assert opened.target is not None
        assert opened.target.key == delayed.key
        moved = session.exec(select(Category).where(col(Category.key) == child.key)).one()
        assert moved.parent_id == delayed.id
    with pytest.raises(DomainError):
        demo.perform("p-albers", actions_codebook.merge_category, waiting.key, delayed.key)


@SQLITE
def test_merging_into_a_child_makes_no_circle(demo: Demo) -> None:
    top = category(demo)
    middle = category(demo, "Mitte", parent_key=top.key)
    low = category(demo, "Unten", parent_key=middle.key)
    demo.perform("p-albers", actions_codebook.merge_category, top.key, low.key)
    assert [(entry.category.key, entry.depth) for entry in tree(demo)] == [(middle.key, 0), (low.key, 1)]


@SQLITE
def test_a_category_at_rest_takes_no_coding(demo: Demo) -> None:
    made = category(demo)
    coded(demo, "p-terhorst", made)
    demo.perform("p-albers", actions_codebook.retire_category, made.key, True)
    with pytest.raises(InvalidInput):
        coded(demo, "p-terhorst", made, source=1)
    assert tree(demo)[0].codings == 1
    demo.perform("p-albers", actions_codebook.retire_category, made.key, False)
    coded(demo, "p-terhorst", made, source=1)


def test_what_recurs_in_two_cases_is_a_candidate_and_counts_obey_rights(demo: Demo) -> None:
    made = category(demo)
    coded(demo, "p-terhorst", made)
    assert not tree(demo)[0].recurs
    coded(demo, "p-kaya", made, key="birke")
    coded(demo, "p-kaya", made, key="birke", source=1)
    entry = tree(demo)[0]
    assert (entry.codings, entry.cases, entry.recurs) == (3, 2, True)
    giver = tree(demo, "p-terhorst")[0]
    assert (giver.codings, giver.cases) == (1, 1), "the case giver of one case learns nothing of the other"
    other = tree(demo, "p-marx")[0]
    assert (other.codings, other.cases) == (0, 0)


@SQLITE
def test_counts_do_not_tell_of_a_blind_round(demo: Demo) -> None:
    made = category(demo)
    demo.perform("p-albers", actions_review.open_round, "ahorn", True)
    coded(demo, "p-terhorst", made)
    assert tree(demo)[0].codings == 0
    assert tree(demo, "p-terhorst")[0].codings == 1
