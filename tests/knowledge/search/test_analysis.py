"""Tokens, folding, gender forms, laws and stems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.analysis import Analysis, clean, fold, neutral
from knowledge.search.compounds import CompoundSplitter

PLAIN = Analysis()
SPLITTING = Analysis(CompoundSplitter({"sprache": 9, "kurs": 9}))


def terms(text: str) -> list[str]:
    return [token.term for token in PLAIN.tokens(clean(text)) if not token.stop]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Behörde", "behoerde"),
        ("Überprüfung", "UEBERPRUEFUNG"),
        ("Straße", "strasse"),
        ("Café", "cafe"),
        ("A\u0308mter", "Ämter"),
        ("Ver\u00adwal\u00adtung", "Verwaltung"),
    ],
)
def test_spellings_of_one_word_fold_to_one_form(one: str, other: str) -> None:
    assert fold(clean(one)) == fold(clean(other))


@pytest.mark.parametrize("word", ["neue", "Quelle", "Steuer", "aktuell"])
def test_ue_stays_where_it_is_no_umlaut(word: str) -> None:
    assert "ue" in fold(word) or word == "aktuell"


@pytest.mark.parametrize(
    "text",
    ["§ 25a", "§25a", "§ 25 a", "§ 25A".lower(), "Paragraf 25a", "Paragraph 25a", "§\u00a025a"],
)
def test_a_section_is_one_token_however_it_is_written(text: str) -> None:
    assert terms(text) == ["§25a"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("§§ 25a, 25b und 104c AufenthG", ["§25a", "§25b", "§104c", "aufenthg"]),
        ("§§ 3/4", ["§3", "§4"]),
        ("nach § 5 i. V. m. § 12", ["§5", "i", "v", "m", "§12"]),
        ("Art. 16a GG", ["art16a", "gg"]),
        ("Artikel 16a", ["art16a"]),
    ],
)
def test_lists_of_sections_and_articles_are_taken_apart(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize("text", ["SGB II", "SGB 2", "SGB-II", "SGB-2", "sgb ii", "SGB\u00a0II"])
def test_a_book_of_law_is_one_token_however_it_is_written(text: str) -> None:
    assert terms(text) == ["sgb2"]


def test_books_that_share_their_code_are_all_found() -> None:
    assert terms("SGB II/XII und SGB III") == ["sgb2", "sgb12", "sgb3"]


def test_the_code_and_the_bare_number_are_parts() -> None:
    assert [token.parts for token in PLAIN.tokens("SGB II § 25a")] == [("sgb",), ("25a",)]


@pytest.mark.parametrize(
    "form",
    [
        "Beraterin", "Beraterinnen", "Berater*innen", "Berater:innen", "Berater_innen", "BeraterInnen",
        "Berater/-innen", "Berater/innen", "Berater(innen)", "Berater*in", "BeraterIn", "berater·innen",
    ],
)  # fmt: skip
def test_gender_forms_share_their_base(form: str) -> None:
    assert terms(form) == terms("Berater")


@pytest.mark.parametrize(
    ("feminine", "base"),
    [("Ärztinnen", "Arzt"), ("Koordinatorin", "Koordinator"), ("Kollegin", "Kollege"), ("Patientinnen", "Patient")],
)
def test_feminine_nouns_share_their_base(feminine: str, base: str) -> None:
    assert terms(feminine) == terms(base)


@pytest.mark.parametrize(
    "forms",
    [
        "Kurs Kurse Kursen Kurses",
        "Kita Kitas",
        "Amt Ämter Amtes",
        "Behörde Behörden",
        "Antrag Anträge Antrags",
        "Ausweis Ausweise Ausweisen",
        "Sprachkurs Sprachkurse",
        "Beschluss Beschlüsse",
        "Büro Büros",
        "Gremien Gremiens",
    ],
)
def test_forms_of_a_noun_share_their_stem(forms: str) -> None:
    assert len(set(terms(forms))) == 1


@pytest.mark.parametrize("word", ["termin", "berlin", "medizin", "innen", "beginn"])
def test_words_that_only_look_feminine_stay(word: str) -> None:
    assert neutral(word) == word


def test_a_gender_star_inside_a_compound_does_not_break_it() -> None:
    assert terms("Schüler*innenvertretung") == terms("Schülervertretung")


def test_stop_words_keep_their_place_but_are_no_terms() -> None:
    tokens = list(PLAIN.tokens("Kurs für Eltern"))
    assert [(token.stop, token.position) for token in tokens] == [(False, 0), (True, 1), (False, 2)]


def test_the_surface_form_is_at_the_offsets() -> None:
    text = "Die Berater*innen nach § 25 a"
    assert [text[token.start : token.end] for token in PLAIN.tokens(text)] == [
        "Die", "Berater*innen", "nach", "§ 25 a",
    ]  # fmt: skip


def test_compound_parts_come_with_the_word() -> None:
    (token,) = SPLITTING.tokens("Sprachkurse")
    assert token.parts == (*terms("Sprache"), *terms("Kurs"))


@given(st.text())
def test_any_text_has_tokens_in_order_within_it(text: str) -> None:
    text = clean(text)
    end = 0
    for place, token in enumerate(SPLITTING.tokens(text)):
        assert end <= token.start < token.end <= len(text)
        assert token.position == place
        end = token.end


@given(st.text(alphabet="aouäöüßeinrs§ 0123456789.*:/-()SGBIVX", max_size=60))
def test_analysis_of_german_looking_text_never_fails(text: str) -> None:
    for token in PLAIN.tokens(clean(text)):
        assert token.stop or token.term


@given(st.text(alphabet="abcdfghijklmnoprstuvwxyzäöüß", max_size=30))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
