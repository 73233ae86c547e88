"""Rules of target agreements: counting consents, and what an organisation's answer must carry. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

PENDING, GIVEN, RESERVED, REFUSED = "pending", "given", "given_with_reservation", "refused"
ANSWERS = (GIVEN, RESERVED, REFUSED)


@dataclass(frozen=True)
class ConsentCount:
    """How many obligated organisations gave which answer; a reservation is a consent too."""

    given: int
    reserved: int
    refused: int
    pending: int

    @property
    def consented(self) -> int:
        """Those for whom the agreement can come into force."""
        return self.given + self.reserved

    @property
    def total(self) -> int:
        """All that take on an obligation."""
        return self.given + self.reserved + self.refused + self.pending

    @property
    def is_complete(self) -> bool:
        """Whether everybody has consented; until then it binds only those who did (domain §0.4)."""
        return self.consented == self.total


def count_consents(states: Iterable[str]) -> ConsentCount:
    """The answers by kind."""
    found = Counter(str(state) for state in states)
    return ConsentCount(found[GIVEN], found[RESERVED], found[REFUSED], found[PENDING])


def answer_problem(answer: str, reservation: str) -> str | None:
    """What is missing in an answer, as a sentence (message id); None if it can be taken."""
    if answer not in ANSWERS:
        return "Bitte wählen Sie eine Antwort."
    if answer == RESERVED and not reservation.strip():
        return "Bitte schreiben Sie den Vorbehalt auf, unter dem Ihre Organisation zustimmt."
    if answer == GIVEN and reservation.strip():
        return "Sie haben einen Vorbehalt geschrieben. Wählen Sie „mit Vorbehalt“ oder leeren Sie das Feld."
    return None
