"""The neutral words that cases are called by (DP-2). Pure: which is free is asked with the ones in use.

Who „Buche“ is stands in no place of this program. None of the words is a common first name.
"""

from collections.abc import Collection

TREES = (
    "Buche", "Fichte", "Tanne", "Kiefer", "Lärche", "Eibe", "Esche", "Ulme", "Pappel", "Kastanie", "Hasel", "Holunder",
    "Kirschbaum", "Apfelbaum", "Birnbaum", "Pflaumenbaum", "Quitte", "Walnuss", "Mispel", "Platane", "Robinie", "Zeder",
    "Zypresse", "Ginkgo", "Magnolie", "Wacholder", "Weißdorn", "Schlehe", "Sanddorn", "Eberesche", "Elsbeere",
    "Speierling", "Hainbuche", "Maulbeere", "Feigenbaum", "Ölbaum", "Lorbeer", "Douglasie", "Tulpenbaum", "Espe",
    "Trompetenbaum", "Götterbaum", "Flieder", "Goldregen", "Felsenbirne", "Faulbaum", "Kornelkirsche", "Pfaffenhütchen",
    "Schneeball", "Stechpalme", "Buchsbaum", "Mammutbaum", "Zürgelbaum", "Blasenbaum", "Amberbaum", "Hemlocktanne",
    "Ahorn", "Birke", "Eiche", "Erle", "Weide",
)  # fmt: skip
_ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
OFFERED = 6
ROUNDS = 99


def key_of(word: str) -> str:
    """The key of a case that is called by this word: „laerche“, „buche-2“."""
    return word.casefold().translate(_ASCII).replace(" ", "-")


def free_words(used: Collection[str]) -> list[str]:
    """The words that no case of the county is or was called by; when all are used, „Buche 2“ and so on."""
    for number in range(1, ROUNDS + 1):
        words = TREES if number == 1 else tuple(f"{tree} {number}" for tree in TREES)
        if free := [word for word in words if key_of(word) not in used]:
            return list(free)
    return []


def offered(used: Collection[str], start: int = 0) -> list[str]:
    """Six of the free words, from another place of the list for every number of cases."""
    free = free_words(used)
    place = start % len(free) if free else 0
    return [*free[place:], *free[:place]][:OFFERED]


def word_of(key: str) -> str | None:
    """The word that belongs to a key; None for a key that this list does not have."""
    base, _dash, number = key.partition("-")
    tree = next((tree for tree in TREES if key_of(tree) == base), None)
    if tree is None or (number and not (number.isascii() and number.isdecimal())):
        return None
    return f"{tree} {number}" if number else tree


def called(key: str) -> str:
    """What people read of a key: its word („Lärche“), and the key itself where the list has no word for it."""
    return word_of(key) or key.capitalize()


def station_prefix(key: str, others: Collection[str]) -> str:
    """The first letters of a case's stations („B“, „Bu“): as many as tell it from the other cases."""
    for length in range(1, min(len(key), 8) + 1):
        if not any(other != key and other.startswith(key[:length]) for other in others):
            return key[:length].capitalize()
    return key[:8].capitalize()
