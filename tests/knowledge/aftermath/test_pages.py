"""The review of a workshop on its pages: put right, presented, released by somebody else, written down, told."""

import re
from io import BytesIO

import pytest
from docx import Document
from sqlmodel import col, select

from knowledge.cases.models import Case, ClientConsent, ConsentScope, Finding, Station
from knowledge.cases.states import ConsentScopeName
from knowledge.gaps.models import Evidence, Gap
from knowledge.workshops.models import Workshop
from knowledge.workshops.states import WorkshopState
from tests.support.demo import Demo, post

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
HERE = "/workshops/W-2026-2/nachbereitung"


def back_to_held(demo: Demo) -> None:
    """The demo's second workshop as it was before its release."""
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        workshop = session.exec(select(Workshop).where(col(Workshop.key) == "W-2026-2")).one()
        workshop.state, workshop.released_on = WorkshopState.HELD, None
        session.add(workshop)
        session.commit()


def a_finding(demo: Demo) -> tuple[int, str]:
    """A finding of the workshop with a gap, and the gap's key."""
    with demo.session() as session:
        page = demo.client("p-albers").get(HERE).get_data(as_text=True)
        rows = session.exec(
            select(Finding.id, Gap.key)
            .join(Gap, col(Gap.id) == col(Finding.gap_id))
            .join(Station, col(Station.id) == col(Finding.station_id))
            .join(Case, col(Case.id) == col(Station.case_id))
            .order_by(col(Finding.id))
        )
        return next((id_ or 0, key) for id_, key in rows if f'"befund-{id_}"' in page)


def test_one_person_presents_and_another_releases(demo: Demo) -> None:
    back_to_held(demo)
    albers, kaya = demo.client("p-albers"), demo.client("p-kaya")
    assert post(albers, f"{HERE}/vorlegen", at=HERE).status_code == 303
    assert post(albers, f"{HERE}/freigeben", at="/workshops/W-2026-2/absagen").status_code in (400, 403)
    page = albers.get(HERE).get_data(as_text=True)
    assert "Freigeben muss eine zweite Person" in page
    assert post(kaya, f"{HERE}/freigeben", at=HERE).status_code == 303
    with demo.session() as session:
        workshop = session.exec(select(Workshop).where(col(Workshop.key) == "W-2026-2")).one()
        assert workshop.state == WorkshopState.RELEASED
        assert workshop.released_on is not None
    assert "Freigegeben am" in kaya.get(HERE).get_data(as_text=True)


def test_a_finding_that_is_put_right_takes_its_evidence_along(demo: Demo) -> None:
    back_to_held(demo)
    finding_id, key = a_finding(demo)
    albers, address = demo.client("p-albers"), f"{HERE}/befunde/{finding_id}"
    marked = post(albers, address, {"text": "Frau Yilmaz wartete lange.", "gap": key, "kind": "supports"})
    assert marked.status_code == 422
    assert "harmless" in marked.get_data(as_text=True)
    saved = post(albers, address, {"text": "Niemand war zuständig.", "gap": "F-2026-09", "kind": "supports"})
    assert saved.status_code == 303, saved.get_data(as_text=True)[:200]
    with demo.session() as session:
        gaps = session.exec(
            select(Gap.key)
            .join(Evidence, col(Evidence.gap_id) == col(Gap.id))
            .where(col(Evidence.finding_id) == finding_id)
        ).all()
    assert gaps == ["F-2026-09"]


def test_an_unknown_gap_comes_back_with_what_was_typed(demo: Demo) -> None:
    back_to_held(demo)
    finding_id, _key = a_finding(demo)
    sent = {"text": "Niemand war zuständig.", "gap": "F-1999-99", "kind": "supports"}
    answer = post(demo.client("p-albers"), f"{HERE}/befunde/{finding_id}", sent)
    assert answer.status_code == 422
    assert "F-1999-99" in answer.get_data(as_text=True)


def test_the_review_is_not_there_for_those_who_attended(demo: Demo) -> None:
    for person in ("p-brandes", "p-vogt", "p-okafor"):
        client = demo.client(person)
        assert client.get(HERE).status_code == 404
        assert client.get("/workshops/W-2026-2/niederschrift.docx").status_code == 404
    assert demo.client("p-brandes").get("/faelle/birke/rueckmeldung").status_code == 404


def test_the_minutes_tell_no_story(demo: Demo) -> None:
    answer = demo.client("p-albers").get("/workshops/W-2026-2/niederschrift.docx")
    document = Document(BytesIO(answer.data))
    words = "\n".join(each.text for each in document.element.body.iter() if each.text)
    with demo.session() as session:
        stations = session.exec(select(Station.text, Station.title)).all()
        cases = session.exec(select(Case.household, Case.anchor, Case.client_view)).all()
    for told in (*stations, *cases):
        for text in told:
            assert not text or text not in words
    assert "F-2026-01" in words
    with demo.session() as session:
        agreed = session.exec(
            select(Case.key)
            .join(ClientConsent, col(ClientConsent.case_id) == col(Case.id))
            .join(ConsentScope, col(ConsentScope.consent_id) == col(ClientConsent.id))
            .where(col(ConsentScope.scope) == ConsentScopeName.REPORT)
        ).all()
    told = re.findall(r"^Zeitstrahl (\w+)$", words, re.M)
    assert told
    assert {each.casefold() for each in told} <= set(agreed), "a table of stations only where the person agreed"


def test_the_sheet_for_the_person_names_no_office(demo: Demo) -> None:
    page = demo.client("p-albers").get("/faelle/ahorn/rueckmeldung").get_data(as_text=True)
    sheet = page[page.index("ll-prose") : page.index("</main>")]
    assert "Jobcenter" not in sheet
    assert "4 Stellen" in sheet
