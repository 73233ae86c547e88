"""A codebook and codings in the demo county, for tests of this room."""

from typing import Any

from sqlmodel import col, delete, select, update

from knowledge.cases.models import Case
from knowledge.coding import actions, actions_codebook
from knowledge.coding.actions import Marked
from knowledge.coding.actions_codebook import CategoryText
from knowledge.coding.models import Category, Coding, CodingRound, Passage
from knowledge.coding.rules import CATEGORY, Target
from knowledge.coding.sources import Source, sources_of
from tests.support.demo import Demo

CASE = "ahorn"


def uncoded(demo: Demo) -> Demo:
    """The county before anybody coded: tests of codings write their own codebook."""
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        session.exec(update(Category).values(parent_id=None))
        for table in (Coding, Passage, CodingRound, Category):
            session.exec(delete(table))
        session.commit()
    return demo


def category(demo: Demo, name: str = "Warten auf Bescheid", **more: Any) -> Category:
    """A new category by the coordination."""
    text = CategoryText(name=name, definition=f"{name}: was gemeint ist", **more)
    made: Category = demo.perform("p-albers", actions_codebook.create_category, text)
    return made


def texts(demo: Demo, key: str = CASE) -> list[Source]:
    """The texts of a case."""
    with demo.session() as session:
        return sources_of(session, session.exec(select(Case).where(col(Case.key) == key)).one())


def coded(demo: Demo, person: str, to: Category, source: int = 0, words: int = 3, key: str = CASE) -> Coding:
    """The first words of a text attached to a category by this person."""
    text = texts(demo, key)[source]
    end = len(" ".join(text.text.split()[:words]))
    marked, targets = Marked(text.key, 0, end), [Target(CATEGORY, to.id or 0)]
    made: list[Coding] = demo.perform(person, actions.attach, key, marked, targets, "Weil es auffällt")
    return made[0]
