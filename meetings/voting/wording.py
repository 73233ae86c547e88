"""How ballots and results are said in words, in the grammar of German minutes. The numbers come from the rules."""

from collections.abc import Mapping

from app.core.i18n import _, ngettext
from meetings.voting.dots import (
    BallotError,
    NegativeDots,
    Tally,
    TooFewDots,
    TooManyDots,
    TooManyOnOption,
    UnknownOption,
)
from meetings.voting.majority import (
    DEFEATED,
    LOT_ACCEPTED,
    LOT_REJECTED,
    MAJORITY,
    NO_CONSENSUS,
    NO_VOTES,
    TIE_CHAIR_ACCEPTED,
    TIE_CHAIR_REJECTED,
    TIE_LOT,
    TIE_REJECTED,
    TIE_REVOTE,
    UNANIMOUS,
    Outcome,
    VoteCount,
)


def ballot_error_words(error: BallotError, titles: Mapping[str, str]) -> str:
    """What is wrong with a ballot, as a sentence; `titles` names the options by their ids."""
    match error:
        case TooManyDots(spent, allowed):
            return ngettext(
                "Sie haben %(num)s Punkt vergeben, erlaubt sind %(allowed)s.",
                "Sie haben %(num)s Punkte vergeben, erlaubt sind %(allowed)s.",
                spent,
                allowed=allowed,
            )
        case TooFewDots(spent, required):
            message = _("Bitte vergeben Sie alle %(required)s Punkte, bisher sind es %(spent)s.")
            return message % {"required": required, "spent": spent}
        case TooManyOnOption(option, points, allowed):
            return _too_many_on_option(titles.get(option, option), points, allowed)
        case NegativeDots(option):
            return _("„%(title)s“: Weniger als kein Punkt ist nicht möglich.", title=titles.get(option, option))
        case UnknownOption():
            return _("Der Stimmzettel nennt etwas, das hier nicht zur Wahl steht.")


def _too_many_on_option(title: str, points: int, allowed: int) -> str:
    return ngettext(
        "„%(title)s“ hat %(points)s Punkte, höchstens %(num)s ist erlaubt.",
        "„%(title)s“ hat %(points)s Punkte, höchstens %(num)s sind erlaubt.",
        allowed,
        title=title,
        points=points,
    )


def points_words(points: int) -> str:
    """„1 Punkt“, „7 Punkte“."""
    return ngettext("%(num)s Punkt", "%(num)s Punkte", points)


def standing_words(tally: Tally, option: str) -> str:
    """The points of an option and how many stand behind them: „7 Punkte von 5 Stimmberechtigten“."""
    points, voters = points_words(tally.points[option]), tally.voters[option]
    return _("%(points)s von %(voters)s Stimmberechtigten", points=points, voters=voters) if voters else points


def vote_line(count: VoteCount) -> str:
    """The numbers as they stand under a resolution: „Ja: 12, Nein: 0, Enthaltungen: 2“, further ones if any."""
    parts = [
        _("Ja: %(num)s", num=count.yes),
        _("Nein: %(num)s", num=count.no),
        _("Enthaltungen: %(num)s", num=count.abstain),
    ]
    further = {
        _("ungültig: %(num)s"): count.invalid,
        _("nicht abgegeben: %(num)s"): count.not_cast,
        _("befangen: %(num)s"): count.recused,
    }
    return ", ".join(parts + [words % {"num": number} for words, number in further.items() if number])


def abstention_words(number: int) -> str:
    """„1 Enthaltung“, „2 Enthaltungen“."""
    return ngettext("%(num)s Enthaltung", "%(num)s Enthaltungen", number)


def _numbers(count: VoteCount) -> str:
    votes = _("%(yes)s Ja, %(no)s Nein", yes=count.yes, no=count.no)
    return f"{votes}, {abstention_words(count.abstain)}" if count.abstain else votes


def _unanimous(count: VoteCount, without_dissent: bool) -> str:
    if not count.yes:
        return _("ohne Widerspruch angenommen")
    if not count.abstain:
        return _("einstimmig angenommen")
    abstentions = abstention_words(count.abstain)
    if without_dissent:
        return _("ohne Gegenstimmen bei %(abstentions)s angenommen", abstentions=abstentions)
    return _("einstimmig bei %(abstentions)s angenommen", abstentions=abstentions)


def _defeat(outcome: Outcome, count: VoteCount) -> str:
    """Outvoted, or short of the majority that the rule asks for."""
    if not count.yes and not count.abstain:
        return _("einstimmig abgelehnt")
    if count.no > count.yes:
        return _("mehrheitlich abgelehnt (%(numbers)s)", numbers=_numbers(count))
    return _(
        "abgelehnt; die nötigen %(needed)s Ja-Stimmen wurden nicht erreicht (%(numbers)s)",
        needed=outcome.needed,
        numbers=_numbers(count),
    )


def _verdict(outcome: Outcome, count: VoteCount) -> str:
    """All other verdicts; `numbers` are the votes in brackets."""
    sentences = {
        MAJORITY: _("mehrheitlich angenommen (%(numbers)s)"),
        NO_CONSENSUS: _("kein Einvernehmen (%(numbers)s)"),
        NO_VOTES: _("abgelehnt; es wurde weder mit Ja noch mit Nein gestimmt (%(numbers)s)"),
        TIE_REJECTED: _("abgelehnt bei Stimmengleichheit (%(numbers)s)"),
        TIE_CHAIR_ACCEPTED: _(
            "angenommen; bei Stimmengleichheit gab die Stimme des Vorsitzes den Ausschlag (%(numbers)s)"
        ),
        TIE_CHAIR_REJECTED: _(
            "abgelehnt; bei Stimmengleichheit gab die Stimme des Vorsitzes den Ausschlag (%(numbers)s)"
        ),
        TIE_REVOTE: _("Stimmengleichheit (%(numbers)s); die Abstimmung wird wiederholt"),
        TIE_LOT: _("Stimmengleichheit (%(numbers)s); das Los entscheidet"),
        LOT_ACCEPTED: _("angenommen; bei Stimmengleichheit entschied das Los (%(numbers)s)"),
        LOT_REJECTED: _("abgelehnt; bei Stimmengleichheit entschied das Los (%(numbers)s)"),
    }
    return sentences[outcome.kind] % {"numbers": _numbers(count)}


def recusal_words(number: int) -> str:
    """Who did not take part; empty if nobody was recused."""
    if not number:
        return ""
    return ngettext(
        "%(num)s Mitglied hat wegen Befangenheit nicht mitgewirkt",
        "%(num)s Mitglieder haben wegen Befangenheit nicht mitgewirkt",
        number,
    )


def result_sentence(outcome: Outcome, count: VoteCount, without_dissent: bool = False) -> str:
    """The result as German minutes word it (meetings 5.6), for instance „einstimmig bei 2 Enthaltungen angenommen“.

    `without_dissent` says „ohne Gegenstimmen“ instead of „einstimmig“ where someone abstained (the body's profile).
    """
    if outcome.kind == UNANIMOUS:
        verdict = _unanimous(count, without_dissent)
    else:
        verdict = _defeat(outcome, count) if outcome.kind == DEFEATED else _verdict(outcome, count)
    return "; ".join(part for part in (verdict, recusal_words(count.recused)) if part)
