"""What the values of fields are called."""

import pytest

from knowledge.search.query import parse
from knowledge.search.vocabulary import Vocabulary, filters

NAMES = Vocabulary(
    {
        "status": {"implementing": ("in Umsetzung",), "resolved": ("behoben",), "in_review": ("in Prüfung",)},
        "life_domain": {"housing": ("Wohnen",), "residence_status": ("Aufenthalt und Status",)},
        "municipality": {"brueckfeld": ("Brückfeld",)},
    }
)


@pytest.mark.parametrize(
    ("facet", "typed", "meant"),
    [
        ("status", "behoben", ("resolved",)),
        ("status", "resolved", ("resolved",)),
        ("status", "Umsetzung", ("implementing",)),
        ("status", "in pruefung", ("in_review",)),
        ("life_domain", "wohn", ("housing",)),
        ("municipality", "brueckfeld", ("brueckfeld",)),
        ("municipality", "BRÜCKFELD", ("brueckfeld",)),
        ("status", "in", ("in",)),
        ("status", "gibt es nicht", ("gibt es nicht",)),
        ("year", "2026", ("2026",)),
        ("status", "", ("",)),
    ],
)
def test_a_value_is_known_by_key_label_or_beginning(facet: str, typed: str, meant: tuple[str, ...]) -> None:
    assert NAMES.meant(facet, typed) == meant


def test_the_fields_of_a_query_become_filters() -> None:
    query = parse("Kurs status:behoben status:umsetzung -lebensbereich:wohnen titel:x kennung:F-1")
    wanted, unwanted = filters(query, NAMES)
    assert wanted == {"status": ("resolved", "implementing")}
    assert unwanted == {"life_domain": ("housing",)}
