"""Signed extracts go back to where the paper came from; they are given out as they were kept, and can be checked."""

import io
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import col, select

from app.core.errors import Forbidden
from app.core.records import MailOutbox
from meetings.agenda.models import AgendaItem
from meetings.agenda.states import ItemPart
from meetings.minutes import returning, steps
from meetings.minutes.models import KeptFile
from meetings.minutes.queries import sheet_by_key
from meetings.minutes.states import FilePurpose
from meetings.papers import actions as papers
from meetings.papers.drafts import PaperDraft, StationDraft
from meetings.papers.models import Paper, PaperStation
from meetings.papers.states import PaperState, StationRole
from tests.meetings.minutes.test_life import PAGE, _checked, _clerk
from tests.meetings.minutes.walking import hold, item_id
from tests.meetings.papers.test_walk import body_id
from tests.meetings.walk import CHAIR, GUEST, MEMBER, OFFICE, OUTSIDER
from tests.support.demo import Demo, post

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
WORDING = "Die Vereinbarung gilt."


def paper_on(demo: Demo, number: str, author: str, **more: Any) -> int:
    """A permitted paper that is dealt with at an item of the ninth meeting."""
    route = (StationDraft(body_id(demo), StationRole.DECISION),)
    draft = PaperDraft(
        **{
            "title": "Gemeinsame Frist",
            "situation": "Lücken",
            "proposal": "Es gilt eine Frist.",
            "route": route,
            **more,
        }
    )
    paper_id = demo.perform(author, papers.begin_paper, draft).id or 0
    demo.perform(author, papers.move_paper, paper_id, PaperState.SUBMITTED)
    demo.perform(OFFICE, papers.move_paper, paper_id, PaperState.PERMITTED)
    wanted = item_id(demo, number)

    def put(work: Any) -> None:
        station = work.session.exec(select(PaperStation).where(col(PaperStation.paper_id) == paper_id)).one()
        station.item_id = wanted
        work.session.add(station)
        work.record("paper.scheduled", station)

    demo.perform(OFFICE, put)
    return paper_id


def signed(demo: Demo) -> None:
    demo.perform(OFFICE, steps.move_minutes, "LG-09", "circulated")
    demo.perform(CHAIR, steps.sign, "LG-09")
    demo.perform(_clerk(demo), steps.sign, "LG-09")


def kept(demo: Demo, purpose: FilePurpose) -> dict[str, bytes]:
    with demo.session() as session:
        rows = session.exec(select(KeptFile).where(col(KeptFile.purpose) == purpose)).all()
        return {row.name.removeprefix("Beschlussauszug-").partition(".")[0]: row.content for row in rows}


def letters(demo: Demo) -> list[MailOutbox]:
    with demo.session() as session:
        return list(session.exec(select(MailOutbox).where(col(MailOutbox.reference).startswith("extract:"))))


def decision_at(demo: Demo, number: str) -> str:
    with demo.session() as session:
        found = sheet_by_key(session, "LG-09")
        assert found is not None
        entry = found.item(number)
        assert entry is not None
        return entry.decisions[0].key


def test_an_extract_goes_back_to_where_its_paper_came_from(demo: Demo) -> None:
    paper_on(demo, "4", OUTSIDER)
    paper_on(demo, "7", OUTSIDER, title="Vertraulich", public=False)
    hold(demo)
    key, hidden = decision_at(demo, "4"), decision_at(demo, "7")
    office, outsider = demo.client(OFFICE), demo.client(OUTSIDER)
    draft = PdfReader(io.BytesIO(office.get(f"/beschluesse/{key}/auszug.pdf").data)).pages[0].extract_text()
    assert "Vorläufig" in draft
    assert "Für die Richtigkeit" not in draft
    assert outsider.get(f"/beschluesse/{key}/auszug").status_code == 404
    assert outsider.get(f"/beschluesse/{key}/auszug.pdf").status_code == 404
    signed(demo)

    assert "Beschlussauszug zu Vorlage" in outsider.get("/").get_data(as_text=True)
    page = outsider.get(f"/beschluesse/{key}/auszug").get_data(as_text=True)
    assert WORDING in page
    assert "Empfang bestätigen" in page
    assert outsider.get(f"/beschluesse/{key}").status_code == 404, "the extract, nothing else"
    assert outsider.get(f"/beschluesse/{hidden}/auszug").status_code == 200, "who wrote a paper learns what came of it"
    assert demo.client(GUEST).get(f"/beschluesse/{key}/auszug").status_code == 404
    sent = letters(demo)
    assert len(sent) == 2
    assert not [row for row in sent if WORDING in row.text or "KANARIE" in row.text or "Frist" in row.subject]
    with pytest.raises(Forbidden):
        demo.perform(MEMBER, returning.note, key)
    assert post(outsider, f"/beschluesse/{key}/auszug", {}).status_code == 303
    assert "Empfang bestätigen" not in outsider.get(f"/beschluesse/{key}/auszug").get_data(as_text=True)
    _check_files(demo, key)


def _check_files(demo: Demo, key: str) -> None:
    """What is given out is what was kept, and the register knows it."""
    outsider = demo.client(OUTSIDER)
    for purpose, suffix in ((FilePurpose.EXTRACT_PDF, "pdf"), (FilePurpose.EXTRACT_DOCX, "docx")):
        content = outsider.get(f"/beschluesse/{key}/auszug.{suffix}").data
        assert content == kept(demo, purpose)[key]
        assert "Unverändert" in _checked(outsider, content)
    told = PdfReader(io.BytesIO(kept(demo, FilePurpose.EXTRACT_PDF)[key])).pages[0].extract_text()
    for words in ("Für die Richtigkeit", "Ort und Datum", "Vorlage", WORDING):
        assert words in told


def test_colleagues_learn_of_a_public_decision_only(demo: Demo) -> None:
    """A colleague of the author sees the extract of a public item; of a hidden one only the author does."""
    author, colleague = "p-brandes", "p-vogt"
    paper_on(demo, "4", author)
    hidden = paper_on(demo, "4", MEMBER, public=False)
    paper_on(demo, "7", author)
    hold(demo)
    signed(demo)
    with demo.session() as session:
        found = {number: returning.extract_by_key(session, decision_at(demo, number)) for number in ("4", "7")}
    assert sorted(each.public for each in found["4"].returned) == [False, True]  # type: ignore[union-attr]
    assert [each.public for each in found["7"].returned] == [False]  # type: ignore[union-attr]
    with demo.session() as session:
        reference = session.exec(select(Paper.reference).where(col(Paper.id) == hidden)).one() or "?"
        part = session.exec(select(AgendaItem.part).where(col(AgendaItem.id) == item_id(demo, "7"))).one()
    assert part == ItemPart.NON_PUBLIC
    extract = kept(demo, FilePurpose.EXTRACT_PDF)[decision_at(demo, "4")]
    assert reference not in PdfReader(io.BytesIO(extract)).pages[0].extract_text(), "a paper that is not public"
    assert "Beschlussauszug zu Vorlage" in demo.client(colleague).get("/").get_data(as_text=True)
    assert PAGE
