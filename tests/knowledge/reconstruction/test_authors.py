"""A county that keeps no authors: no card is anybody's. And names of groups are looked at before all read them."""

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from app.core.database import every_tenant
from knowledge.privacy.confirming import Unchecked
from knowledge.reconstruction import card_actions, card_queries, cluster_actions
from knowledge.reconstruction.card_models import CardAuthor
from knowledge.reconstruction.cluster_actions import Sentence
from tests.knowledge.reconstruction.table import act, draft, in_cards_phase, seen_by
from tests.knowledge.reconstruction.workshop import MODERATOR
from tests.support.demo import Demo

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def test_without_authors_nobody_has_written_a_card_and_each_still_arrives_once(demo: Demo) -> None:
    (phone,) = in_cards_phase(demo, 1)
    act(demo, phone, card_actions.post_card, draft("vorher"), nobody=True)
    assert seen_by(demo, phone, card_queries.mine).left == 4
    with demo.database.session(demo.database.writing) as session, every_tenant(session):
        session.connection().execute(text("UPDATE tenant SET card_author_retention = 'none'"))
        session.commit()
    for number in [*range(6), 5]:
        posted = act(demo, phone, card_actions.post_card, draft(f"karte-{number}"), nobody=True)
        assert posted.left is None
    mine = seen_by(demo, phone, card_queries.mine)
    assert (mine.cards, mine.left) == ((), None)
    with demo.session() as session:
        authors = session.exec(select(CardAuthor.participant_id).order_by(col(CardAuthor.id))).all()
    assert len(authors) == 7, "the same card sent twice arrives once"
    assert authors[1:] == [None] * 6


def test_the_name_of_a_group_is_confirmed_before_the_wall_shows_it(demo: Demo) -> None:
    (phone,) = in_cards_phase(demo, 1)
    moderator = demo.actor(MODERATOR)
    act(demo, phone, card_actions.post_card, draft("eins"), nobody=True)
    act(demo, moderator, card_actions.uncover)
    (card,) = seen_by(demo, moderator, card_queries.board).loose
    key = act(demo, moderator, cluster_actions.move_card, card.key, "neu").key
    name = Sentence(then="ruft Frau Yilmaz an")
    with pytest.raises(Unchecked) as refused:
        act(demo, moderator, cluster_actions.name_cluster, key, name, 1)
    confirmed = tuple(hit.key for hit in refused.value.hits)
    act(demo, moderator, cluster_actions.name_cluster, key, name, 1, confirmed)
    again = Sentence(when="jemand umzieht", then="ruft Frau Yilmaz an")
    act(demo, moderator, cluster_actions.name_cluster, key, again, 2)
