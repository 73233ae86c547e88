"""Snippets: the right stretch, the right marks, every letter in its place."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.analysis import Analysis, clean
from knowledge.search.backend import Piece
from knowledge.search.compounds import CompoundSplitter
from knowledge.search.snippets import WIDTH, snippet, whole

ANALYSIS = Analysis(CompoundSplitter({"sprache": 9, "kurs": 9, "platz": 9}))


def cut(text: str, **words: float) -> tuple[Piece, ...]:
    return snippet(
        text, ANALYSIS.tokens(text), {ANALYSIS.terms_of_word(word)[0]: rarity for word, rarity in words.items()}
    )


def test_matched_words_are_marked_in_their_surface_form() -> None:
    text = "Der Kurs hat keine Kurse."
    assert whole(text, ANALYSIS.tokens(text), {ANALYSIS.terms_of_word("Kurs")[0]: 1.0}) == (
        Piece("Der ", False), Piece("Kurs", True), Piece(" hat keine ", False), Piece("Kurse", True), Piece(".", False),
    )  # fmt: skip


def test_a_compound_that_matched_through_a_part_is_marked_whole() -> None:
    assert Piece("Kursplatz", True) in cut("Es gibt keinen Kursplatz.", Kurs=1.0)


def test_the_snippet_is_taken_where_the_rare_words_are() -> None:
    text = "Kurs und Wort. " * 100 + "Hier steht die Fiktionsbescheinigung neben dem Kurs. " + "Noch ein Wort. " * 100
    pieces = cut(text, Kurs=0.1, Fiktionsbescheinigung=5.0)
    assert Piece("Fiktionsbescheinigung", True) in pieces
    assert pieces[0] == pieces[-1] == Piece("…", False)


def test_without_a_match_the_snippet_is_the_beginning() -> None:
    assert cut("Ein Satz.", Kurs=1.0) == (Piece("Ein Satz.", False),)


def test_markup_in_a_text_comes_out_as_text() -> None:
    assert "".join(piece.text for piece in cut("<b>Kurs</b> & mehr", Kurs=1.0)) == "<b>Kurs</b> & mehr"


@given(st.text(alphabet="Kurs Wort.\n<&>äß", max_size=2_000))
def test_a_snippet_is_a_stretch_of_the_text_and_not_too_long(text: str) -> None:
    text = clean(text)
    pieces = cut(text, Kurs=1.0)
    stretch = "".join(piece.text for piece in pieces if piece.text != "…")
    assert stretch in text
    assert len(stretch) <= WIDTH + 300
