"""The result of a closed poll of any method but dots as its page shows it: verdict, places, numbers, other methods."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from app.core.i18n import _, ngettext
from knowledge.gaps.models import Topic
from meetings.decisions.rules import ranks
from meetings.voting.answers import Answer
from meetings.voting.ballot_files import other_counts
from meetings.voting.dots import CutLine, cut_line
from meetings.voting.majority import CAST, MEMBERS, base_of, yes_needed
from meetings.voting.methods.files import from_json
from meetings.voting.methods.outcome import Counted
from meetings.voting.methods.profile import Ballot, Kind, Profile
from meetings.voting.poll_counting import PollCount, cut_of, majority_of, outcome_of
from meetings.voting.poll_rule import PROPORTIONAL, PollRule
from meetings.voting.poll_words import comparison_words, method_words, poll_verdict, score_words, tie_sentences
from meetings.voting.result import INSIDE, OUTSIDE, TIED
from meetings.voting.ways import ShareTable, chain_sentences, share_tables
from meetings.voting.wording import recusal_words, vote_line

HIGH_RESISTANCE = 8
"""From this mark on a single resistance is talked about, whatever the mean says."""


@dataclass(frozen=True)
class Row:
    """An option in its place. `share` is the length of its bar, 0 to 100; `note` says what stands behind the score."""

    option: str
    title: str
    rank: int
    shared: bool
    score: str
    share: float
    note: str
    side: str | None
    topic: Topic | None


@dataclass(frozen=True)
class Comparison:
    """What another method makes of the same ballots."""

    method: str
    words: str
    agrees: bool


@dataclass(frozen=True)
class OtherResult:
    """Everything that the page needs to show a result that can be followed and counted again."""

    rule: PollRule
    count: PollCount
    verdict: str
    ties: tuple[str, ...]
    rows: tuple[Row, ...]
    cut: CutLine | None
    arithmetic: tuple[str, ...]
    comparisons: tuple[Comparison, ...]
    papers: tuple[tuple[str, int], ...]
    way: tuple[ShareTable, ...] = ()
    chains: tuple[str, ...] = ()

    @property
    def last_inside(self) -> str | None:
        """The option behind which the line of capacity is drawn."""
        return self.cut.inside[-1] if self.cut and self.cut.inside and not self.cut.falls_into_tie else None

    @property
    def agrees(self) -> bool:
        """Whether every other method comes to the same result, or the same first place where no line is drawn."""
        return all(each.agrees for each in self.comparisons)

    @property
    def comparison(self) -> str:
        """What the other methods would come to, in a sentence."""
        return comparison_sentence(self.rule, self.comparisons, self.cut)


def result_of_file(rule: PollRule, count: PollCount, text: str, topics: Mapping[str, Topic]) -> OtherResult:
    """The result of a frozen count with its ballot file."""
    profile, cut = from_json(text), cut_of(rule, count.counted)
    return OtherResult(
        rule,
        count,
        poll_verdict(rule, count),
        tuple(tie_sentences(rule, count.counted)) if count.cast else (),
        tuple(_rows(rule, count.counted, profile, cut, topics)),
        cut,
        tuple(_arithmetic(rule, count)),
        comparisons_of(rule, count.counted, text) if count.cast else (),
        tuple((answer_words(rule, _answer(ballot)), ballot.count) for ballot in profile.ballots),
        share_tables(rule, profile) if count.cast else (),
        chain_sentences(rule, count.counted) if count.cast else (),
    )


def _answer(ballot: Ballot) -> Answer:
    if ballot.answer:
        return {"answer": ballot.answer}
    if ballot.points is None:
        return {"ranking": ballot.ranking}
    return {"points": {option: int(number) for option, number in ballot.points.items()}}


def comparisons_of(rule: PollRule, counted: Counted, text: str) -> tuple[Comparison, ...]:
    """What other methods make of the ballots in this file; nothing for resolutions."""
    if rule.is_resolution:
        return ()
    return tuple(_comparison(rule, counted, other) for other in other_counts(text, rule).values())


def comparison_sentence(rule: PollRule, comparisons: Sequence[Comparison], cut: CutLine | None) -> str:
    """What the other methods would come to, in a sentence: no more than what was compared."""
    agrees = all(each.agrees for each in comparisons)
    if rule.method in PROPORTIONAL or cut is not None:
        if agrees:
            return _("Alle anderen Verfahren kämen zum selben Ergebnis.")
        return _("Nicht jedes Verfahren käme zum selben Ergebnis. Es gilt das vorher festgelegte.")
    if agrees:
        return _("Alle anderen Verfahren hätten denselben ersten Platz.")
    return _("Nicht jedes Verfahren hätte denselben ersten Platz. Es gilt das vorher festgelegte.")


def _comparison(rule: PollRule, counted: Counted, other: Counted) -> Comparison:
    """Another method agrees where it puts the same options above the line, and the same one first."""
    lined = rule.method in PROPORTIONAL or cut_of(rule, counted) is not None
    for by_line in (True, False) if lined else (False,):
        sure, tied = _decided(rule, other, by_line)
        if (sure, tied) != _decided(rule, counted, by_line):
            return Comparison(method_words(other.method), comparison_words(rule, False, by_line, sure, tied), False)
    return Comparison(method_words(other.method), comparison_words(rule, True, lined, (), ()), True)


def _decided(rule: PollRule, counted: Counted, lined: bool) -> tuple[frozenset[str], frozenset[str]]:
    """What a count puts above the line of capacity and what ties at it; without a line who is first, tied or not."""
    cut = cut_line(counted.ranking, rule.capacity) if lined and counted.method not in PROPORTIONAL else None
    if cut is not None:
        return frozenset(cut.inside), frozenset(cut.tied)
    outcomes = [frozenset(outcome) for outcome in counted.outcomes]
    sure = frozenset[str]().union(*outcomes[:1]).intersection(*outcomes)
    return sure, frozenset(counted.winners) - sure


def _rows(
    rule: PollRule, counted: Counted, profile: Profile, cut: CutLine | None, topics: Mapping[str, Topic]
) -> Iterable[Row]:
    if rule.is_resolution:
        return
    longest = max(counted.scores.values(), default=Fraction(0)) or Fraction(1)
    for place in ranks(counted.ranking):
        score = counted.scores[place.option]
        yield Row(
            place.option,
            rule.titles[place.option],
            place.rank,
            place.shared,
            score_words(score),
            round(float(100 * score / longest), 2),
            _note(rule, counted, profile, place.option),
            _side(rule, counted, cut, place.option),
            topics.get(place.option),
        )


def _side(rule: PollRule, counted: Counted, cut: CutLine | None, option: str) -> str | None:
    if rule.method in PROPORTIONAL:
        times = sum(option in outcome for outcome in counted.outcomes)
        return INSIDE if counted.outcomes and times == len(counted.outcomes) else TIED if times else OUTSIDE
    if cut is None:
        return None
    return INSIDE if option in cut.inside else TIED if option in cut.tied else OUTSIDE


def _note(rule: PollRule, counted: Counted, profile: Profile, option: str) -> str:
    """What stands behind the score of an option."""
    if rule.kind == Kind.APPROVAL:
        return _("von %(voters)s Stimmen", voters=profile.voters)
    if rule.kind == Kind.RANKED:
        return _duels_note(counted, option) if counted.duels else ""
    marks = [ballot.points[option] for ballot in profile.ballots for _vote in range(ballot.count)
             if ballot.points and option in ballot.points]  # fmt: skip
    if not marks:
        return _("keine Angaben")
    mean = score_words(Fraction(sum(marks), len(marks)))
    if rule.kind == Kind.SCORE:
        middle = score_words(Fraction(median(marks)))
        return _("Mittel %(mean)s, Median %(middle)s, %(num)s Angaben", mean=mean, middle=middle, num=len(marks))
    accepted = 100 - round(100 * sum(marks) / (len(marks) * (rule.highest or 1)))
    words = _("im Mittel %(mean)s, höchster %(most)s, Akzeptanz %(accepted)s %%") % {
        "mean": mean, "most": max(marks), "accepted": accepted,
    }  # fmt: skip
    high = sum(mark >= HIGH_RESISTANCE for mark in marks)
    return f"{words}. {_high_words(high)}" if high else words


def _high_words(number: int) -> str:
    return ngettext(
        "%(num)s Stimme hat hohen Widerstand: Was würde ihn verringern?",
        "%(num)s Stimmen haben hohen Widerstand: Was würde ihn verringern?",
        number,
    )


def _duels_note(counted: Counted, option: str) -> str:
    others = [other for other in counted.ids if other != option]
    won = sum(counted.duels[option][other] > counted.duels[other][option] for other in others)
    lost = sum(counted.duels[option][other] < counted.duels[other][option] for other in others)
    return _("%(won)s Duelle gewonnen, %(lost)s verloren", won=won, lost=lost)


def _arithmetic(rule: PollRule, count: PollCount) -> Iterable[str]:
    """The numbers of a resolution, with the sum that must come out."""
    votes = count.votes
    if votes is None:
        return
    yield _("Abstimmung: %(line)s.", line=vote_line(votes))
    yield _share_sentence(rule, count)
    yield _(
        "Probe: Ja %(yes)s + Nein %(no)s + Enthaltung %(abstain)s + ungültig %(invalid)s "
        "+ nicht abgegeben %(not_cast)s = Stimmberechtigte %(present)s − Befangene %(recused)s.",
        yes=votes.yes,
        no=votes.no,
        abstain=votes.abstain,
        invalid=votes.invalid,
        not_cast=votes.not_cast,
        present=votes.entitled_present + votes.recused,
        recused=votes.recused,
    )
    if votes.recused:
        yield f"{recusal_words(votes.recused)}."


def _share_sentence(rule: PollRule, count: PollCount) -> str:
    """„Nötig waren 7 von 13 Ja- und Nein-Stimmen, erreicht sind 9.“"""
    votes, majority, outcome = count.votes, majority_of(rule), outcome_of(rule, count)
    if votes is None or outcome is None:
        return ""
    base = base_of(majority, votes, rule.members)
    of = {CAST: _("Ja- und Nein-Stimmen"), MEMBERS: _("Stimmberechtigten des Gremiums")}.get(
        majority.base, _("anwesenden Stimmberechtigten")
    )
    if majority.without_no:
        return _("Nötig war, dass niemand mit Nein stimmt; Nein-Stimmen: %(no)s.", no=votes.no)
    needed = yes_needed(majority, base)
    return _(
        "Nötig waren %(needed)s von %(base)s %(of)s, erreicht sind %(yes)s.",
        needed=needed,
        base=base,
        of=of,
        yes=votes.yes,
    )


def answer_words(rule: PollRule, answer: Answer) -> str:
    """A ballot as it is read out."""
    titles = rule.titles
    if rule.is_resolution:
        words = {"yes": _("Ja"), "no": _("Nein"), "abstain": _("Enthaltung"), "invalid": _("ungültig")}
        return words[answer["answer"]]
    if rule.kind == Kind.RANKED:
        parts = [" = ".join(titles[option] for option in group) for group in answer["ranking"]]
        return "; ".join(f"{place}. {part}" for place, part in enumerate(parts, 1)) or _("Enthaltung")
    if rule.kind == Kind.APPROVAL:
        named: Sequence[str] = answer["approved"] if "approved" in answer else list(answer["points"])
        return "; ".join(titles[option] for option in rule.option_ids if option in named) or _("Enthaltung")
    points = answer["points"]
    return "; ".join(f"{titles[o]}: {points[o]}" for o in rule.option_ids if o in points) or _("Enthaltung")
