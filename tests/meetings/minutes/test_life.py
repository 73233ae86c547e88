"""The life of minutes: blocks with every revision, sent round, objected to, signed, then fixed."""

from io import BytesIO

import pytest
from sqlmodel import select

from app.core.errors import DomainError, Forbidden, NotFound
from app.core.lifecycle import RefusedMove
from meetings.follow_up.models import DecisionTask
from meetings.minutes import actions, steps
from meetings.minutes.models import KeptFile, Minutes
from meetings.minutes.queries import MinutesSheet, sheet_by_key
from meetings.minutes.revisions import revisions_of
from meetings.minutes.states import FilePurpose, MinutesState, Treatment
from tests.meetings.minutes.walking import OPEN_NOTE, hold
from tests.meetings.walk import CHAIR, MEMBER, OFFICE, OUTSIDER, PLANNER
from tests.support.demo import Demo, hidden_fields, post

PAGE = "/sitzungen/LG-09/niederschrift"


def sheet(demo: Demo) -> MinutesSheet:
    with demo.session() as session:
        found = sheet_by_key(session, "LG-09")
        assert found is not None
        return found


def test_the_notes_of_the_room_are_the_first_text_and_never_overwrite_a_written_one(demo: Demo) -> None:
    hold(demo)
    entry = sheet(demo).item("3")
    assert entry is not None
    assert entry.told == OPEN_NOTE
    demo.perform(PLANNER, actions.save_block, "LG-09", "3", "Von Hand.", 0)
    entry = sheet(demo).item("3")
    assert entry is not None
    assert (entry.told, entry.has_news) == ("Von Hand.", False)


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_every_saved_text_is_kept_and_can_come_back(demo: Demo) -> None:
    for seen, text in enumerate(("Erste Fassung.", "Zweite Fassung.")):
        demo.perform(PLANNER, actions.save_block, "LG-09", "3", text, seen)
    demo.perform(PLANNER, actions.put_back, "LG-09", "3", 1)
    entry = sheet(demo).item("3")
    assert entry is not None
    with demo.session() as session:
        kept = [(each.number, each.text) for each in revisions_of(session, entry.item.id)]
    assert kept == [(3, "Erste Fassung."), (2, "Zweite Fassung."), (1, "Erste Fassung.")]
    page = demo.client(PLANNER).get(f"{PAGE}/top/3/fassungen?fassung=2").get_data(as_text=True)
    assert "<ins>Zweite</ins>" in page
    assert demo.client(CHAIR).get(f"{PAGE}/top/3/fassungen").status_code == 403
    assert demo.client(MEMBER).get(f"{PAGE}/top/3/fassungen").status_code == 404


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_saving_while_typing_loses_nothing_when_two_write(demo: Demo) -> None:
    first, second = demo.client(PLANNER), demo.client(OFFICE)
    head = {"Accept": "application/json"}
    fields = hidden_fields(second.get(f"{PAGE}/top/3").get_data(as_text=True))
    mine = hidden_fields(first.get(f"{PAGE}/top/3").get_data(as_text=True))
    saved = first.post(f"{PAGE}/top/3", data={**mine, "text": "Deniz war da.", "revision": "0"}, headers=head)
    assert saved.get_json() == {"revision": 1}
    refused = second.post(f"{PAGE}/top/3", data={**fields, "text": "Svenja war da.", "revision": "0"}, headers=head)
    assert refused.status_code == 409
    assert refused.get_json()["joined"] == "Deniz war da.\n\nSvenja war da."
    again = first.post(f"{PAGE}/top/3", data={**mine, "text": "Deniz war da.", "revision": "0"}, headers=head)
    assert again.get_json() == {"revision": 1}, "an answer that got lost on the way is given once more"


def test_from_the_draft_to_approved_minutes(demo: Demo) -> None:
    with pytest.raises(RefusedMove):
        demo.perform(OFFICE, steps.move_minutes, "LG-09", "circulated")
    hold(demo)
    with pytest.raises(NotFound):
        demo.perform(MEMBER, steps.object_to, "LG-09", "4", "Zu früh.")
    demo.perform(OFFICE, steps.move_minutes, "LG-09", "circulated")
    found = sheet(demo)
    assert (found.state, len(found.content_sha256)) == (MinutesState.CIRCULATED, 64)
    with pytest.raises(Forbidden):
        demo.perform(PLANNER, actions.save_block, "LG-09", "3", "Zu spät.", 0)

    member = demo.client(MEMBER)
    answer = post(member, f"{PAGE}/einwendung", {"number": "4", "text": "Es waren 15 Stimmen."})
    assert answer.status_code == 303
    _sign(demo)
    found = sheet(demo)
    assert found.state == MinutesState.SIGNED
    assert "Es waren 15 Stimmen." in member.get(PAGE).get_data(as_text=True)
    with pytest.raises(RefusedMove):
        demo.perform(OFFICE, steps.move_minutes, "LG-09", "approved")
    objection = found.objections[0].id
    with pytest.raises(DomainError):
        demo.perform(OFFICE, steps.treat, "LG-09", objection, Treatment.NOTED, "LG-09", "")
    demo.perform(OFFICE, steps.treat, "LG-09", objection, Treatment.REJECTED, "LG-08", "Nachgezählt.")
    demo.perform(OFFICE, steps.move_minutes, "LG-09", "approved")
    assert sheet(demo).state == MinutesState.APPROVED
    printed = demo.client(OFFICE).get("/sitzungen/LG-08/niederschrift").get_data(as_text=True)
    assert "Es waren 15 Stimmen." in printed
    assert "Nachgezählt." in printed
    _check_files(demo)
    _check_data(demo)
    with demo.session() as session:
        texts = session.exec(select(DecisionTask.text)).all()
    assert "Unterlagen zusammenstellen" in texts, "what was captured is on the list as soon as the minutes are signed"


def _sign(demo: Demo) -> None:
    """Each for themselves, through the page; the second signature locks the minutes."""
    clerk = _clerk(demo)
    for person in (CHAIR, clerk):
        assert post(demo.client(person), f"{PAGE}/unterzeichnen", {}).status_code == 303


def _clerk(demo: Demo) -> str:
    wanted = sheet(demo).minute_taker_id
    return next(key for key in (OFFICE, PLANNER) if demo.actor(key).person_id == wanted)


def _check_files(demo: Demo) -> None:
    """What was signed is kept byte for byte, and anybody who is signed in can compare a file with it."""
    with demo.session() as session:
        files = session.exec(select(KeptFile)).all()
    purposes = [each.purpose for each in files]
    assert set(purposes) == set(FilePurpose) - {FilePurpose.SCAN}
    outsider = demo.client(OUTSIDER)
    pdf = next(each for each in files if each.purpose == FilePurpose.SIGNED_PDF)
    assert outsider.get(f"{PAGE}/datei/{pdf.id}").status_code == 404
    assert demo.client(MEMBER).get(f"{PAGE}/datei/{pdf.id}").data == pdf.content
    assert demo.client(MEMBER).get(f"{PAGE}/datei/99999999999999999999").status_code == 404
    kept = {each.purpose: each.content for each in files}
    office = demo.client(OFFICE)
    post(office, "/sprache", {"language": "en"}, at=PAGE)
    assert office.get(f"{PAGE}.docx").data == kept[FilePurpose.SIGNED_DOCX], "whoever asks, and in whatever language"
    assert office.get(f"{PAGE}.pdf").data == kept[FilePurpose.SIGNED_PDF]
    assert office.get(f"{PAGE}-oeffentlich.pdf").data == kept[FilePurpose.PUBLIC_PDF]
    changed, empty = pdf.content + b" ", b""
    for content, words in ((pdf.content, "Unverändert"), (changed, "steht nicht im Verzeichnis"), (empty, "ist leer")):
        assert words in _checked(outsider, content)
    visitor = demo.client()
    assert "Unverändert" in _checked(visitor, kept[FilePurpose.PUBLIC_PDF])
    for purpose in (FilePurpose.SIGNED_PDF, FilePurpose.EXTRACT_PDF):
        answer = _checked(visitor, kept[purpose])
        assert "steht nicht im Verzeichnis" in answer, "not even that it exists"
        assert "nur öffentliche Fassungen" in answer


def _check_data(demo: Demo) -> None:
    """Who may read the minutes may go on working with them; others do not learn that there are any."""
    member = demo.client(MEMBER)
    text = member.get(f"{PAGE}.md").get_data(as_text=True)
    assert text.startswith("# Niederschrift über die 9. Sitzung")
    content = member.get(f"{PAGE}.json").get_json()
    assert [item["number"] for item in content["items"]][:2] == ["1", "2"]
    assert all(f"{PAGE}.{form}" in member.get(PAGE).get_data(as_text=True) for form in ("md", "json"))
    assert {demo.client(OUTSIDER).get(f"{PAGE}.{form}").status_code for form in ("md", "json")} == {404}


def _checked(client, content: bytes) -> str:  # type: ignore[no-untyped-def]
    fields = hidden_fields(client.get("/pruefen").get_data(as_text=True))
    return client.post("/pruefen", data={**fields, "file": (BytesIO(content), "a.pdf")}).get_data(as_text=True)


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_a_refused_signature_stands_in_the_minutes_with_its_reason(demo: Demo) -> None:
    hold(demo)
    demo.perform(OFFICE, steps.move_minutes, "LG-09", "circulated")
    chair = demo.client(CHAIR)
    assert post(chair, f"{PAGE}/unterzeichnen", {"refuse": "1", "reason": ""}).status_code == 422
    assert post(chair, f"{PAGE}/unterzeichnen", {"refuse": "1", "reason": "TOP 4 fehlt."}).status_code == 303
    assert "TOP 4 fehlt." in chair.get(PAGE).get_data(as_text=True)
    with pytest.raises(RefusedMove):
        demo.perform(OFFICE, steps.move_minutes, "LG-09", "internal_review")
    with pytest.raises(Forbidden):
        demo.perform(MEMBER, steps.sign, "LG-09")
    demo.perform(_clerk(demo), steps.sign, "LG-09")
    assert sheet(demo).state == MinutesState.SIGNED


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_what_changed_after_it_was_sent_is_not_signed(demo: Demo) -> None:
    hold(demo)
    demo.perform(OFFICE, steps.move_minutes, "LG-09", "circulated")

    def tamper(work) -> None:  # type: ignore[no-untyped-def]
        row = work.session.exec(select(Minutes)).one()
        row.annexes = "Nachgeschoben"
        work.session.add(row)
        work.record("minutes.described", row)

    demo.perform(OFFICE, tamper)
    with pytest.raises(DomainError):
        demo.perform(CHAIR, steps.sign, "LG-09")
