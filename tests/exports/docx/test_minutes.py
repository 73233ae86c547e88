"""What the minutes say, in which order, and how the outline reads."""

from dataclasses import replace
from itertools import pairwise

import pytest

from exports.docx.content import (
    AttendanceGroup,
    Attendee,
    DecisionBox,
    ItemRecord,
    MinutesStatus,
    Signature,
    VoteTable,
)
from exports.docx.wording import ENGLISH, GERMAN
from exports.docx.xml import bound
from tests.exports.factories import AGREEMENT_DECISION, RANKING, long_minutes, steering_minutes
from tests.exports.reading import W, Written, minutes_of, style_of, text_of


@pytest.fixture(scope="module")
def draft() -> Written:
    return minutes_of(steering_minutes())


def with_record(**changes: object) -> Written:
    record = ItemRecord(number="1", title="Gegenstand", **changes)
    return minutes_of(replace(steering_minutes(), records=(record,)))


def test_the_parts_come_in_the_order_in_which_minutes_are_read(draft: Written) -> None:
    headings = draft.lines("Title") + draft.lines("Heading1")
    assert headings[:3] == ["Niederschrift", "Teilnehmende", "Tagesordnung"]
    assert [heading.split("\t")[0] for heading in headings[3:13]] == [f"TOP {number}" for number in range(1, 11)]
    assert headings[13:] == ["Aufträge", "Nächste Sitzung", "Unterschriften", "Verteiler", "Anlagen"]


def test_the_subtitle_names_the_meeting_and_its_day(draft: Written) -> None:
    assert draft.lines("Subtitle") == ["über die 9. Sitzung der Lenkungsgruppe KIM am Donnerstag, 10. Dezember 2026"]


def test_the_key_facts_stand_at_the_top(draft: Written) -> None:
    facts = dict(line.split("\t") for line in draft.lines("Fact"))
    assert facts["Ort"] == "Kreishaus Sonderau, Raum 2.01; Zuschaltung möglich"
    assert facts["Beginn und Ende"] == "14:00 Uhr – 16:25 Uhr"
    assert facts["Einladung"] == "24.11.2026; Frist von 14 Tagen gewahrt"
    assert facts["Beschlussfähigkeit"].startswith("Beschlussfähig: 14 von 16")
    assert facts["Status"] == "Entwurf – noch nicht unterzeichnet"


def test_a_fact_that_is_not_known_leaves_no_empty_line() -> None:
    minutes = steering_minutes()
    written = minutes_of(replace(minutes, facts=replace(minutes.facts, breaks="")))
    assert not any(line.startswith("Unterbrechungen") for line in written.lines("Fact"))


def test_every_attendee_is_listed_with_substitution_and_times(draft: Written) -> None:
    rows = [row for table in draft.tables() for row in table]
    assert ["Gemeinde Ostervelde", "Jörg Wessel", "ab 14:20 Uhr (TOP 3)"] in rows
    assert ["Jobcenter Kreis Sonderau", "Simone Vogt", "i. V. für Holger Brandes, ab 15:20 Uhr (TOP 5)"] in rows
    voting = next(table for table in draft.tables() if ["Stadt Sonderau", "Ulrich Hartung", ""] in table)
    assert len(voting) == 1 + 16


def test_the_excused_are_a_group_of_their_own(draft: Written) -> None:
    assert "Entschuldigt" in draft.lines("Heading2")
    assert [
        ["Organisation", "Name", "Bemerkung"],
        ["BAMF, Regionalkoordination", "Tobias Naumann", "ohne Vertretung"],
    ] in (draft.tables())


def test_a_group_without_anyone_is_left_out() -> None:
    written = minutes_of(replace(steering_minutes(), attendance=(AttendanceGroup("Gäste", ()),), excused=()))
    assert "Gäste" not in written.lines()
    assert "Entschuldigt" not in written.lines()


def test_the_agenda_lists_number_subject_and_kind(draft: Written) -> None:
    agenda = next(table for table in draft.tables() if table[0] == ["TOP", "Gegenstand", "Art"])
    assert len(agenda) == 1 + 10
    assert agenda[6] == ["6", "Priorisierung der Themen für 2027", "Abstimmung"]


def test_each_agenda_line_links_to_its_record(draft: Written) -> None:
    anchors = {link.get(f"{W}anchor") for link in draft.body.iter(f"{W}hyperlink")} - {None}
    bookmarks = {
        text_of(mark.getparent()).split("\t")[0]: mark.get(f"{W}name")
        for mark in draft.body.iter(f"{W}bookmarkStart")
        if style_of(mark.getparent()) == "Heading1"
    }
    assert len(bookmarks) == 10
    assert anchors == set(bookmarks.values())


def test_an_item_without_a_record_is_listed_without_a_link() -> None:
    written = minutes_of(replace(steering_minutes(), records=()))
    assert not list(written.body.iter(f"{W}hyperlink"))
    assert ["10", "Termine und Verschiedenes", "Regularien"] in [row for each in written.tables() for row in each]


def test_items_are_real_headings_and_the_outline_has_no_gaps(draft: Written) -> None:
    levels = {f"Heading{level}": level for level in range(1, 10)} | {"DecisionTitle": 2}
    outline = [levels[style_of(each)] for each in draft.body.iter(f"{W}p") if style_of(each) in levels]
    assert outline[0] == 1
    assert all(deeper <= above + 1 for above, deeper in pairwise(outline))
    assert draft.reopened().styles["Beschluss Titel"].base_style.name == "Heading 2"


def test_a_decision_stands_word_for_word_in_its_box(draft: Written) -> None:
    lines = draft.lines()
    start = lines.index("Beschluss LG-09/2")
    assert "\n".join(lines[start + 1 : start + 3]) == AGREEMENT_DECISION.text
    assert lines[start + 3] == f"Abstimmungsergebnis: {AGREEMENT_DECISION.result_line}"
    assert lines[start + 4] == f"Stimmen: {AGREEMENT_DECISION.tally_line}"


def test_a_decision_is_not_read_as_markdown() -> None:
    text = "1. **Nicht** fett & <b>nicht</b> HTML\n# keine Überschrift"
    written = with_record(decisions=(DecisionBox("7", text, "einstimmig"),))
    assert written.lines("DecisionText") == text.split("\n")


def test_title_text_and_result_of_a_decision_stay_together() -> None:
    written = with_record(decisions=(DecisionBox("7", "Wortlaut", "einstimmig", "Ja 3"),))
    box = [
        each for each in written.body.iter(f"{W}p") if style_of(each) in ("DecisionTitle", "DecisionText", "VoteResult")
    ]
    assert len(box) == 4
    styles = written.reopened().styles
    assert styles["Beschluss Titel"].paragraph_format.keep_with_next
    assert styles["Beschluss Text"].paragraph_format.keep_with_next
    assert [each.find(f"{W}pPr/{W}keepNext") is not None for each in box[2:]] == [True, False]


def test_a_decision_without_a_vote_has_no_result_line() -> None:
    assert with_record(decisions=(DecisionBox("7", "Wortlaut"),)).lines("VoteResult") == []


def test_the_ranking_shows_rank_topic_points_and_organisations(draft: Written) -> None:
    rows = [[bound(cell) for cell in row] for row in RANKING.rows]
    assert [list(RANKING.columns), *rows] in draft.tables()
    lines = draft.lines()
    assert lines.index(RANKING.caption) < lines.index("Rang") < lines.index(f"Auszählung: {RANKING.tally_line}")


def test_amounts_of_a_ranking_stand_on_the_right(draft: Written) -> None:
    table = next(each for each in draft.body.iter(f"{W}tbl") if text_of(each).startswith("Rang"))
    last = list(table.iter(f"{W}tr"))[-1]
    aligns = [cell.find(f"{W}p/{W}pPr/{W}jc") for cell in last.iter(f"{W}tc")]
    assert [None if align is None else align.get(f"{W}val") for align in aligns] == [None, None, "right", "right"]


def test_a_ranking_with_a_short_row_is_refused() -> None:
    with pytest.raises(ValueError, match="one cell per column"):
        VoteTable("Abfrage", ("Rang", "Thema"), (("1",),))


def test_a_ranking_without_rows_is_an_empty_table() -> None:
    assert [["Rang", "Thema"]] in with_record(ranking=VoteTable("Abfrage", ("Rang", "Thema"), ())).tables()


def test_recusals_motions_statements_and_tasks_are_named(draft: Written) -> None:
    notes = draft.lines("Note")
    assert "Befangenheit: Grace Okafor (Diakonie Sonderau) hat an Beratung und Abstimmung nicht mitgewirkt." in notes
    assert any(
        note.startswith("Antrag von Bernd Kessler (Stadt Hallenbeck): In Satz 2")
        and note.endswith("\nErgebnis: mehrheitlich abgelehnt (4 Ja, 9 Nein, 2 Enthaltungen)")
        for note in notes
    )
    assert any(note.startswith("Erklärung zu Protokoll von Bernd Kessler (Stadt Hallenbeck): ") for note in notes)
    assert (
        "Auftrag: Mitglieder der Projektgruppe melden (verantwortlich: alle beteiligten Häuser, Frist: 08.01.2027)"
        in notes
    )


def test_the_task_list_names_who_until_when_and_why(draft: Written) -> None:
    tasks = next(table for table in draft.tables() if table[0][0] == "Nr.")
    assert tasks[0] == ["Nr.", "Auftrag", "Verantwortlich", "Frist", "Beschluss"]
    assert tasks[3] == ["3", "Mitglieder der Projektgruppe melden", "alle beteiligten Häuser", "08.01.2027", "LG-09/4"]


def test_the_end_names_next_meeting_closing_signatures_receivers_and_annexes(draft: Written) -> None:
    lines = draft.lines()
    assert "Schluss der Sitzung: 16:25 Uhr" in lines
    assert draft.tables()[-1] == [["Vorsitz", "Schriftführung"], ["", ""], ["Annegret Wieland", "Deniz Kaya-Brandt"]]
    assert lines.index("Verteiler") < lines.index("Landrat des Kreises Sonderau") < lines.index("Anlagen")
    assert "Anlage 1\tZielvereinbarung ZV-2026-01, Fassung 4 vom 18.11.2026" in lines


def test_parts_without_content_leave_no_heading() -> None:
    written = minutes_of(
        replace(steering_minutes(), tasks=(), next_meeting="", closed_at="", signatures=(), distribution=(), annexes=())
    )
    assert written.lines("Heading1")[-1].startswith("TOP 10")


def test_a_third_signature_gets_a_row_of_its_own() -> None:
    signatures = (
        Signature("Vorsitz", "A"),
        Signature("Vorsitz ab TOP 4", "B", "14.12.2026"),
        Signature("Schrift", "C"),
    )
    tables = minutes_of(replace(steering_minutes(), signatures=signatures)).tables()
    assert tables[-2:] == [
        [["Vorsitz", "Vorsitz ab TOP 4"], ["", "gez. 14.12.2026"], ["A", "B"]],
        [["Schrift"], [""], ["C"]],
    ]


def test_a_draft_carries_the_watermark_on_every_page_and_signed_minutes_none(draft: Written) -> None:
    assert [b'string="ENTWURF"' in draft.parts[name] for name in draft.names if "header" in name] == [True, True]
    signed = minutes_of(steering_minutes(MinutesStatus.SIGNED))
    assert not any(b"textpath" in part for part in signed.parts.values())
    assert "Status\tunterzeichnet" in signed.lines("Fact")


def test_the_frame_names_county_classification_reference_and_version(draft: Written) -> None:
    first, others = (text_of(header) for header in draft.headers)
    assert first == "Kreis SonderauKommunales Integrationsmanagement  ·  Lenkungsgruppe KIMNicht öffentlich"
    assert others.split("\n") == [
        "Kreis Sonderau  ·  Lenkungsgruppe KIM\tNiederschrift LG-09",
        "Nicht öffentlich  ·  Entwurf\tDonnerstag, 10. Dezember 2026",
    ]
    assert all(text_of(footer) == "Niederschrift LG-09\tFassung 1\tSeite 1 von 1" for footer in draft.footers)


def test_all_fixed_words_come_from_the_wording() -> None:
    minutes = replace(steering_minutes(), wording=ENGLISH, language="en-GB")
    written = minutes_of(replace(minutes, records=(), signatures=()))
    fixed = set(written.lines("Title") + written.lines("Heading1") + written.lines("TableHead"))
    assert fixed <= set(vars(ENGLISH).values())
    assert {"Minutes", "Attendance", "Agenda", "Tasks"} <= fixed
    assert "Result of the vote: einstimmig angenommen (15 Ja)" in minutes_of(minutes).lines("VoteResult")


def test_every_word_has_an_english_counterpart() -> None:
    alike = {name for name, word in vars(GERMAN).items() if vars(ENGLISH)[name] == word}
    assert alike == {"organisation", "person", "status"}


def test_braces_in_names_are_text() -> None:
    attendee = Attendee("{0} {name}", "{x}", substitute_for="{y}")
    minutes = replace(steering_minutes(), title="{date} {", attendance=(AttendanceGroup("{}", (attendee,)),))
    written = minutes_of(minutes)
    assert written.lines("Subtitle") == ["über die {date} { am Donnerstag, 10. Dezember 2026"]
    assert ["{0} {name}", "{x}", "i. V. für {y}"] in [row for table in written.tables() for row in table]


def test_headings_in_a_text_follow_the_item_without_a_gap() -> None:
    written = with_record(text="### erste\n\n##### tiefer\n\n### zweite\n\n# dritte")
    found = [
        (style_of(each), text_of(each)) for each in written.body.iter(f"{W}p") if style_of(each).startswith("Heading")
    ]
    assert [each for each in found if each[1] in ("erste", "tiefer", "zweite", "dritte")] == [
        ("Heading2", "erste"),
        ("Heading3", "tiefer"),
        ("Heading2", "zweite"),
        ("Heading2", "dritte"),
    ]


def test_many_items_are_all_there() -> None:
    written = minutes_of(long_minutes(60))
    assert [line for line in written.lines("Heading1") if line.startswith("TOP")] == [
        f"TOP {number}\tGegenstand Nummer {number}" for number in range(1, 61)
    ]


def test_every_decision_of_an_item_is_written() -> None:
    written = with_record(decisions=(DecisionBox("D-1", "Erster Wortlaut"), DecisionBox("D-2", "Zweiter Wortlaut")))
    assert written.lines("DecisionText") == ["Erster Wortlaut", "Zweiter Wortlaut"]


def test_no_page_holds_the_signatures_alone_and_a_hash_holds_nothing_down() -> None:
    written = with_record(poll_lines=("Die Abstimmung „Rang“ wurde für ungültig erklärt.",))
    shapes = {text_of(each): each for each in written.body.iter(f"{W}p")}
    closing = next(each for line, each in shapes.items() if line.startswith("Schluss der Sitzung"))
    assert closing.find(f"{W}pPr/{W}keepNext") is not None
    told = shapes["Die Abstimmung „Rang“ wurde für ungültig erklärt."]
    styles = {each.get(f"{W}styleId"): each for each in written.part("word/styles.xml")}
    assert styles[style_of(told)].find(f"{W}pPr/{W}keepNext") is None
