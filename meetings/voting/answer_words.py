"""What is wrong with a ballot, in words; for dots the words that `wording.py` has for them."""

from collections.abc import Callable

from app.core.i18n import _, ngettext
from meetings.voting import answers
from meetings.voting.answers import AnswerError
from meetings.voting.dots import BallotError, NegativeDots, TooFewDots, TooManyDots, TooManyOnOption
from meetings.voting.methods.profile import Kind
from meetings.voting.poll_rule import PollRule
from meetings.voting.wording import ballot_error_words


def answer_error_words(error: AnswerError, rule: PollRule) -> str:
    """One sentence for the person who typed the ballot."""
    if rule.kind == Kind.DOTS and error.kind in _DOTS:
        return ballot_error_words(_DOTS[error.kind](error), rule.titles)
    title = rule.titles.get(error.option, "")
    match error.kind:
        case answers.TWICE:
            return _("„%(title)s“ steht mehrmals auf dem Stimmzettel.", title=title)
        case answers.MISSING:
            return _("Zu „%(title)s“ fehlt noch ein Wert.", title=title)
        case answers.GAP:
            return _("Platz %(place)s ist nicht vergeben. Bitte vergeben Sie die Plätze ohne Lücke.", place=error.found)
        case answers.TOO_MUCH | answers.NEGATIVE:
            return ngettext(
                "„%(title)s“: Möglich ist 0 bis %(num)s.",
                "„%(title)s“: Möglich sind 0 bis %(num)s.",
                rule.highest or 0,
                title=title,
            )
    return _("Der Stimmzettel nennt etwas, das hier nicht zur Wahl steht.")


_DOTS: dict[str, Callable[[AnswerError], BallotError]] = {
    answers.TOO_MANY: lambda error: TooManyDots(error.found, error.allowed),
    answers.TOO_FEW: lambda error: TooFewDots(error.found, error.allowed),
    answers.TOO_MUCH: lambda error: TooManyOnOption(error.option, error.found, error.allowed),
    answers.NEGATIVE: lambda error: NegativeDots(error.option, error.found),
}
