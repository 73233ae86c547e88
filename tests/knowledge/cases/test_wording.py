"""What the picture says in words, and that the drawing itself is clean: parsed, named, without inline styles."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from jinja2 import Environment, FileSystemLoader

import knowledge.cases
from app.core.i18n import _
from knowledge.cases.rules import TransitionNumbers
from knowledge.cases.timeline import StationView
from knowledge.cases.wording import SYMBOLS, describe, station_caption, timeline_picture, transition_sentence

SVG = "{http://www.w3.org/2000/svg}"


def station(key: str, month: int, assessment: str, transition: str | None = None) -> StationView:
    label = "AsylbLG → SGB II" if transition else ""
    return StationView(key, month, f"Station <{key}>", "asylblg", "AsylbLG", assessment, transition, label)


CASE = [
    station("A1", 0, "neutral"),
    station("A2", 1, "delay"),
    station("A3", 6, "turning_point"),
    station("A4", 7, "break", "asylblg_sgb2"),
    station("A5", 7, "break"),
    station("A6", 9, "bridge"),
]


@pytest.fixture
def drawing() -> ElementTree.Element:
    templates = Path(next(iter(knowledge.cases.__path__))) / "templates"
    environment = Environment(loader=FileSystemLoader(templates), autoescape=True)
    environment.globals["_"] = _
    picture = timeline_picture("Familie Ahorn", "Zuweisung in die Kommune", 14, CASE)
    html = environment.get_template("cases/_timeline.svg.html").render(timeline=picture, timeline_id="ahorn")
    with_namespace = html.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    return ElementTree.fromstring(with_namespace)  # noqa: S314 (our own drawing)


def test_a_caption_names_assessment_and_month() -> None:
    assert station_caption("break", 7) == "Bruch · Monat 7"
    assert {assessment: station_caption(assessment, 0).split(" ")[0] for assessment in SYMBOLS} == {
        "break": "Bruch",
        "bridge": "Brücke",
        "delay": "Verzögerung",
        "turning_point": "Wendepunkt",
        "neutral": "Station",
    }


def test_the_description_counts_what_is_seen() -> None:
    assert describe(CASE, 14) == (
        "6 Stationen in 1 Rechtskreis, Monat 0 bis 14. "
        "2 Brüche, 1 Brücke, 1 Verzögerung, 1 Wendepunkt, 1 weitere Station."
    )


def test_the_legend_names_only_what_occurs() -> None:
    legend = timeline_picture("Ahorn", "Zuweisung", 14, CASE[:2]).legend

    assert [entry.word for entry in legend] == ["Verzögerung", "Station"]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (TransitionNumbers(1, 2, 0), "1 Brücke, 2 Brüche"),
        (TransitionNumbers(2, 1, 1), "2 Brücken, 1 Bruch, 1 weder noch"),
    ],
)
def test_a_change_of_domain_reads_as_bridges_and_breaks(numbers: TransitionNumbers, words: str) -> None:
    assert transition_sentence(numbers) == words


def test_the_picture_is_an_image_with_title_and_description(drawing: ElementTree.Element) -> None:
    image = next(each for each in drawing.iter(f"{SVG}svg") if each.get("role") == "img")
    named = {each.get("id"): each for each in image if each.get("id")}

    assert (image.get("aria-labelledby") or "").split() == list(named)
    assert [each.text for each in named.values()] == [
        "Zeitstrahl: Familie Ahorn",
        describe(CASE, 14),
    ]


def test_nothing_but_the_image_is_read_out(drawing: ElementTree.Element) -> None:
    others = [each for each in drawing.iter(f"{SVG}svg") if each.get("role") != "img"]

    assert others
    assert all(each.get("aria-hidden") == "true" for each in others)


def test_the_drawing_has_no_inline_style(drawing: ElementTree.Element) -> None:
    assert not [each.tag for each in drawing.iter() if "style" in each.attrib or each.tag.endswith("style")]


def test_every_station_has_its_sign_its_word_and_its_title(drawing: ElementTree.Element) -> None:
    image = next(each for each in drawing.iter(f"{SVG}svg") if each.get("role") == "img")
    texts = [each.text for each in image.iter(f"{SVG}text")]
    grounds = [each.get("class") for each in image.iter(f"{SVG}circle") if "ground" in (each.get("class") or "")]

    for each in CASE:
        assert station_caption(each.assessment, each.month) in texts
        assert each.title in texts
    assert sorted(ground.rpartition("--")[2] for ground in grounds if ground) == sorted(x.assessment for x in CASE)


def test_the_legend_explains_anchor_dashed_line_and_way(drawing: ElementTree.Element) -> None:
    words = "".join(drawing.find("figcaption").itertext())  # type: ignore[union-attr]

    assert "Monat 0: Zuweisung in die Kommune" in words
    assert "Wechsel der Zuständigkeit" in words
    assert "Weg der Person" in words
