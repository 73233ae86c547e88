"""The household of a case in bands (DP-3): codes, their words, and the sentence that a page shows. Pure."""

from app.core.i18n import lazy

ADULTS = {
    0: lazy("keine Erwachsenen"),
    1: lazy("eine erwachsene Person"),
    2: lazy("zwei Erwachsene"),
    3: lazy("drei oder mehr Erwachsene"),
}
CHILDREN = {
    0: lazy("keine Kinder"),
    1: lazy("ein Kind"),
    2: lazy("zwei Kinder"),
    3: lazy("drei oder mehr Kinder"),
}
ADULT_AGES = {
    "18_26": lazy("18 bis 26 Jahre"),
    "27_39": lazy("27 bis 39 Jahre"),
    "40_59": lazy("40 bis 59 Jahre"),
    "60_plus": lazy("60 Jahre und älter"),
    "mixed": lazy("verschiedenen Alters"),
}
CHILD_AGES = {
    "daycare": lazy("im Kita-Alter"),
    "primary": lazy("im Grundschulalter"),
    "daycare_primary": lazy("im Kita- und Grundschulalter"),
    "secondary": lazy("an weiterführenden Schulen"),
    "mixed": lazy("verschiedenen Alters"),
}


def household_words(adults: int, adult_age: str | None, children: int, child_age: str | None) -> str:
    """„zwei Erwachsene (27 bis 39 Jahre), ein Kind im Grundschulalter“; what is zero is left out."""
    parts = []
    if adults:
        age = f" ({ADULT_AGES[adult_age]})" if adult_age else ""
        parts.append(f"{ADULTS[adults]}{age}")
    if children:
        age = f" {CHILD_AGES[child_age]}" if child_age else ""
        parts.append(f"{CHILDREN[children]}{age}")
    return ", ".join(parts)


def size(adults: int | None, children: int | None) -> int | None:
    """How many people live in it at least; None while nothing is stated."""
    return None if adults is None and children is None else (adults or 0) + (children or 0)
