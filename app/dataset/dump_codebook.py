"""A tenant's codebook and codings as a demo file has them."""

from typing import Any

from sqlmodel import Session

from app.dataset.tables_read import facts, keys, owned, rows, told
from app.people.models import Person
from knowledge.cases.models import Case, Station
from knowledge.coding.models import Category, Coding, Passage


def codebook(session: Session) -> list[dict[str, Any]]:
    """The categories in the order in which they were written."""
    names = keys(session, Category)
    return [
        {
            **facts(row, "key", "name", "definition", "colour", "symbol"),
            **told(row, "rule", "example"),
            **({"parent": names[row.parent_id]} if row.parent_id else {}),
        }
        for row in rows(session, Category)
    ]


def codings(session: Session) -> list[dict[str, Any]]:
    """The passages and who attached them to which category."""
    cases, stations, people = keys(session, Case), keys(session, Station), keys(session, Person)
    categories, attached = keys(session, Category), owned(session, Coding, "passage_id")
    return [
        {
            "case": cases[row.case_id],
            **({"station": stations[row.station_id]} if row.station_id else {}),
            **facts(row, "field", "quote"),
            "by": [
                {"coder": people[each.coder_id], "category": categories[each.category_id], **told(each, "memo")}
                for each in attached(row.id)
            ],
        }
        for row in rows(session, Passage)
    ]
