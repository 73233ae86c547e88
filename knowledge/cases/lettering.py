"""How wide words are in a drawing and where they break, without a font at hand. For pictures that are laid out here."""

from collections.abc import Iterator

_WIDTHS = {
    0.25: " .,:;·’'!",
    0.3: "Iijl",
    0.35: "J()",
    0.4: "frt",
    0.45: '-„“"',
    0.5: "17Fcsz?",
    0.55: "235ELTZagkvxyä–/§+",
    0.6: "04689ACPSVXYÄbdehnopquöüé",
    0.65: "BDGKRß",
    0.7: "HNOQUÖÜ",
    0.75: "w",
    0.8: "M—&",
    0.85: "Wm",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_WIDEST = 0.9
_SOFT_BREAKS = "-–/"


def text_width(text: str, size: float) -> float:
    """An upper bound for the width of the text in a semibold humanist sans serif of `size`, in the unit of `size`."""
    return sum(_WIDTH.get(letter, _WIDEST) for letter in text) * size


def _pieces(text: str, width: float, size: float) -> Iterator[str]:
    """The words with the space before each; a word that is too wide breaks after a hyphen or a slash, else anywhere."""
    for number, word in enumerate(text.split()):
        glue = " " if number else ""
        for piece in _broken(word, width, size):
            yield glue + piece
            glue = ""


def _broken(word: str, width: float, size: float) -> Iterator[str]:
    """The parts of a word that is too wide, with a hyphen where it breaks inside."""
    while text_width(word, size) > width and len(word) > 1:
        cut = _cut(word, width, size)
        yield word[:cut] if word[cut - 1] in _SOFT_BREAKS else f"{word[:cut]}-"
        word = word[cut:]
    yield word


def _cut(word: str, width: float, size: float) -> int:
    """The longest start of the word that fits, ending in a soft break if there is one; at least one letter."""
    hyphen = text_width("-", size)
    fitting = [end for end in range(1, len(word)) if text_width(word[:end], size) + hyphen <= width] or [1]
    soft = [end for end in fitting if word[end - 1] in _SOFT_BREAKS]
    return (soft or fitting)[-1]


def wrap(text: str, width: float, size: float) -> tuple[str, ...]:
    """The text in lines that are at most `width` wide, all its letters kept. One empty line for an empty text."""
    lines = [""]
    for piece in _pieces(text, width, size):
        if lines[-1] and text_width(lines[-1] + piece, size) > width:
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return tuple(lines)
