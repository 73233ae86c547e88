"""The brief of a topic as page, Word file and PDF: the same content, for whoever may read it, and nothing of a case."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import col, select

from app.core.work import Work
from exports.topic_brief import classification, shortened
from knowledge.gaps.models import Topic
from knowledge.solutions.models import Solution, SolutionGap
from tests.exports.reading import Written
from tests.support.demo import Demo

ON_SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
CASE_WORDS = ("Ahorn", "Birke", "Linde", "Weide", "Darlehen aus dem Bekanntenkreis")
BRIEF = """## Problem
Niemand führt die Fristen zusammen.

## Was zu entscheiden ist
Wer führt die Frist?

## Zeitplan
Bis Mai.
"""


def write(demo: Demo, of: str, **values: Any) -> None:
    """Put values into a topic's row."""

    def change(work: Work) -> None:
        topic = work.session.exec(select(Topic).where(col(Topic.key) == of)).one()
        for name, value in values.items():
            setattr(topic, name, value)
        work.session.add(topic)
        work.record("topic.edited", topic)

    demo.perform("p-albers", change)


def page(demo: Demo, person: str, key: str) -> str:
    answer = demo.client(person).get(f"/themen/{key}/steckbrief")
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def pdf(demo: Demo, person: str, key: str) -> str:
    answer = demo.client(person).get(f"/themen/{key}/steckbrief.pdf")
    assert answer.status_code == 200
    joined = "\n".join(each.extract_text() for each in PdfReader(BytesIO(answer.data)).pages)
    return " ".join(joined.replace("-\n", "").split())


def docx(demo: Demo, person: str, key: str) -> str:
    answer = demo.client(person).get(f"/themen/{key}/steckbrief.docx")
    assert answer.status_code == 200
    return " ".join("\n".join(Written(answer.data).lines()).split())


@ON_SQLITE
def test_all_three_forms_say_the_same(demo: Demo) -> None:
    write(demo, "T-03", brief=BRIEF, guiding_question="Wer führt die Frist?", contact_role="Sachgebiet Aufenthalt")
    for told in (page(demo, "p-brandes", "T-03"), pdf(demo, "p-brandes", "T-03"), docx(demo, "p-brandes", "T-03")):
        for words in (
            "Niemand führt die Fristen zusammen.",
            "Was zu entscheiden ist",
            "Zeitplan",
            "F-2026-09",
            "einzelne Belege",
            "weniger als 3",
            "Sachgebiet Aufenthalt",
            "30.06.2027",
            "Übergang",
            "Schnittstelle",
        ):
            assert words in told, words


@ON_SQLITE
@pytest.mark.parametrize("key", ["T-01", "T-03", "T-05"])
def test_the_coordination_hands_on_no_small_count_and_no_case(demo: Demo, key: str) -> None:
    for told in (page(demo, "p-albers", key), pdf(demo, "p-albers", key), docx(demo, "p-albers", key)):
        assert not [word for word in CASE_WORDS if word in told]
        assert "Belegt durch 2 " not in told
        assert "Belegt durch 1 " not in told
    assert pdf(demo, "p-albers", key) == pdf(demo, "p-brandes", key)


@ON_SQLITE
def test_a_draft_is_the_coordinations_and_says_so(demo: Demo) -> None:
    write(demo, "T-03", state="draft")
    told = pdf(demo, "p-albers", "T-03")
    assert "Intern – nur für die Koordination" in told
    assert "ENTWURF" in told
    for form in ("", ".pdf", ".docx"):
        assert demo.client("p-brandes").get(f"/themen/T-03/steckbrief{form}").status_code == 404


@ON_SQLITE
def test_who_may_not_read_the_topic_gets_none_of_its_forms(demo: Demo) -> None:
    for person, status in (("p-albers", 200), ("p-brandes", 200), ("p-fricke", 404)):
        for form in ("", ".pdf", ".docx"):
            assert demo.client(person).get(f"/themen/T-04/steckbrief{form}").status_code == status, (person, form)
    assert demo.client().get("/themen/T-04/steckbrief.pdf").status_code in (302, 303)


@ON_SQLITE
def test_a_solution_that_fewer_people_may_read_stays_out(demo: Demo) -> None:
    assert "L-2024-01" in pdf(demo, "p-albers", "T-01")

    def hide(work: Work) -> None:
        row = work.session.exec(select(Solution).where(col(Solution.key) == "L-2024-01")).one()
        row.visibility = "coordination"  # type: ignore[assignment]
        work.session.add(row)
        work.record("solution.edited", row)

    demo.perform("p-albers", hide)
    assert "L-2024-01" not in pdf(demo, "p-albers", "T-01")


@ON_SQLITE
def test_of_what_did_not_hold_the_reason_comes_first(demo: Demo) -> None:
    def fail(work: Work) -> None:
        row = work.session.exec(select(Solution).where(col(Solution.key) == "L-2023-01")).one()
        row.shortfall = "Ohne Akte blieb es bei Auskünften."
        work.session.add(row)
        work.record("solution.edited", row)

    demo.perform("p-albers", fail)
    with demo.session() as session:
        assert session.exec(select(SolutionGap.id)).all()
    told = pdf(demo, "p-brandes", "T-02")
    assert "L-2023-01" in told
    assert "Ohne Akte blieb es bei Auskünften." in told


@ON_SQLITE
def test_the_file_has_a_plain_name_and_is_not_kept_by_anyone(demo: Demo) -> None:
    write(demo, "T-03", key='T-ö"\r\nX: 1')
    client = demo.client("p-albers")
    for form, kind in (("pdf", "application/pdf"), ("docx", "application/vnd.openxmlformats")):
        answer = client.get(f"/themen/T-%C3%B6%22%0D%0AX%3A%201/steckbrief.{form}")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"] == f"attachment; filename=Themensteckbrief-T-X-1.{form}"
        assert answer.headers["Content-Type"].startswith(kind)
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@ON_SQLITE
def test_the_brief_costs_a_fixed_number_of_statements(demo: Demo) -> None:
    one, other = (demo.statements("p-albers", f"/themen/{key}/steckbrief") for key in ("T-01", "T-03"))
    assert one == other


@pytest.mark.parametrize(
    ("visibility", "line"),
    [
        ("coordination", "Intern – nur für die Koordination"),
        ("body", "Intern – nur für Mitglieder der Gremien"),
        ("network", "Nur für das Netzwerk – nicht zur Weitergabe"),
        ("public", "Öffentlich"),
        ("workshop", "Intern – nur für die Koordination"),
    ],
)
def test_the_classification_follows_the_level(visibility: str, line: str) -> None:
    assert classification(visibility) == line


def test_a_long_result_is_cut_after_a_whole_word() -> None:
    assert shortened("eins zwei\ndrei", 100) == "eins zwei drei"
    assert shortened("eins zwei drei", 11) == "eins zwei …"
