"""Gaps and topics as search documents: found by those who may read them, and silent about cases."""

import pytest

from app.core.permissions import Actor, SeatHeld
from knowledge.gaps.policy import LEVELS, sees
from knowledge.gaps.search import audience_of, gap_documents, topic_documents
from knowledge.search import vocabulary
from knowledge.search.audience import tokens_of
from knowledge.search.documents import Kind
from tests.support.demo import Demo


def person(*roles: str, seat: str | None = None) -> Actor:
    seats = (SeatHeld(1, 9, seat, deputy=False),) if seat else ()
    return Actor(4, 1, 7, "jobcenter", frozenset(roles), seats, "Name", "Jobcenter")


@pytest.mark.parametrize(
    "actor",
    [person("coordination"), person("member", seat="voting"), person("advisor", seat="advisory"),
     person("member", seat="office"), person("expert", seat="guest"), person("casemgmt"), person("admin")],
)  # fmt: skip
def test_a_document_is_found_by_exactly_those_who_may_read_it(actor: Actor) -> None:
    for level in (*LEVELS, "somebody"):
        assert bool(audience_of(level) & tokens_of(actor)) == sees(actor, level), level


def test_every_gap_and_topic_becomes_a_document_at_its_own_address(demo: Demo) -> None:
    with demo.session() as session:
        gaps, topics = list(gap_documents(session)), list(topic_documents(session))
    assert (len(gaps), len(topics)) == (14, 7)
    with demo.app.test_request_context():
        for document in gaps:
            assert document.url == demo.app.url_for("gaps.show", key=document.key)
        for document in topics:
            assert document.url == demo.app.url_for("topics.show", key=document.key)


def test_only_what_is_asked_for_is_loaded(demo: Demo) -> None:
    with demo.session() as session:
        assert [document.key for document in gap_documents(session, ["F-2026-01", "F-1999-01"])] == ["F-2026-01"]
        assert [document.key for document in topic_documents(session, ["T-03"])] == ["T-03"]


def test_what_codes_and_places_are_called_is_searched_as_far_as_it_may_be_told(demo: Demo) -> None:
    with demo.session() as session:
        (document,) = gap_documents(session, ["F-2026-01"])
        labels = {label for each in gap_documents(session) for label in each.labels}
        towns = {name for (name,) in vocabulary.load(session).names["municipality"].values()}
        told = {key for each in gap_documents(session) for key in each.facets["municipality"]}
    assert "Jobcenter" in document.labels
    assert len(labels & towns) == len(told)


def test_no_document_holds_text_of_a_case_or_a_note_of_the_coordination(demo: Demo) -> None:
    with demo.session() as session:
        words = "\n".join(document.body for document in [*gap_documents(session), *topic_documents(session)])
    for secret in ("Ahorn", "Erle", "Linde", "Bekanntenkreis", "Ostervelde gelang", "ehrenamtlichen Begleitung"):
        assert secret not in words


def test_search_finds_gaps_as_far_as_the_reader_may_know(demo: Demo) -> None:
    service = demo.index_now().app.extensions["lueckenlos"].search
    for reader, is_found in (("p-albers", True), ("p-brandes", False), ("p-fricke", False)):
        found = service.find(demo.actor(reader), "Basiskonto", [Kind.GAP])
        assert ("F-2026-11" in {hit.key for hit in found.hits}) == is_found, reader
    member = service.find(demo.actor("p-ebert"), "Sprachmittlung", [Kind.GAP])
    stranger = service.find(demo.actor("p-fricke"), "Sprachmittlung", [Kind.GAP])
    assert "F-2026-05" in {hit.key for hit in member.hits}
    assert "F-2026-05" not in {hit.key for hit in stranger.hits}
