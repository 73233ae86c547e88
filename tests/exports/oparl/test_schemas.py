"""The validator finds what it is there for."""

from tests.exports.oparl.schemas import faults


def test_a_fault_would_be_found() -> None:
    whole = {"id": "https://a.example/1", "type": "https://schema.oparl.org/1.1/AgendaItem", "order": 0}
    assert faults(whole) == []
    assert faults({**whole, "order": "0"}) != []
    assert faults({**whole, "start": "gestern"}) != []
    assert faults({**whole, "resolutiontext": "x"}) == ["AgendaItem has no resolutiontext"]
    assert faults({**whole, "kim:vote": {"yes": 1}}) == []
