"""How a result came about, in words and tables that a person can follow with pencil and paper."""

from dataclasses import dataclass
from fractions import Fraction

from app.core.i18n import _
from meetings.voting.methods.outcome import Counted
from meetings.voting.methods.paths import Chain, Step, steps_of
from meetings.voting.methods.paying import Payments, loads_carried, shares_paid
from meetings.voting.methods.profile import Profile
from meetings.voting.poll_rule import PollRule
from meetings.voting.states import PollMethod

MOST_OPTIONS = 15
"""With more options nobody follows every chain; the duels stand in their table all the same."""


@dataclass(frozen=True)
class ShareTable:
    """Who paid or carries what: a row for each kind of ballot, a column for each chosen topic in its order."""

    title: str
    lead: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...]


def share_tables(rule: PollRule, profile: Profile) -> tuple[ShareTable, ...]:
    """The tables of a proportional choice; none for other methods."""
    seats = None if rule.budget else rule.capacity
    budget = Fraction(rule.budget) if rule.budget else None
    if rule.method == PollMethod.EQUAL_SHARES:
        found = shares_paid(profile, seats, budget, rule.completion or "none")
    elif rule.method == PollMethod.PHRAGMEN:
        found = loads_carried(profile, seats, budget)
    else:
        return ()
    return tuple(_table(rule, each) for each in found if each.purchases)


def _table(rule: PollRule, given: Payments) -> ShareTable:
    shares = given.share is not None
    heads = (_("Stimmzettel"), *(rule.titles[each.option] for each in given.purchases), _("bleibt") if shares else "")
    rows = []
    for payer in given.payers:
        supported = ", ".join(rule.titles[option] for option in payer.supports) or _("nichts angekreuzt")
        cells = tuple(number_words(paid) if paid else "–" for paid in payer.paid)
        rows.append((f"{payer.count} × {supported}", *cells, number_words(payer.left) if shares else ""))
    totals = [
        sum((payer.count * payer.paid[place] for payer in given.payers), Fraction(0))
        for place in range(len(given.purchases))
    ]
    rest = sum((payer.count * payer.left for payer in given.payers), Fraction(0))
    sums = (_("Summe"), *(number_words(total) for total in totals), number_words(rest) if shares else "")
    if not shares:
        heads, sums = heads[:-1], sums[:-1]
        rows = [row[:-1] for row in rows]
    return ShareTable(_title(shares), _lead(given), heads, tuple(rows), sums)


def _title(shares: bool) -> str:
    return _("Wer wie viel bezahlt hat") if shares else _("Wer welche Last trägt")


def _lead(given: Payments) -> str:
    if given.share is None:
        return _(
            "Die Kosten eines Themas trägt, wer es angekreuzt hat: so, dass danach alle gleich viel tragen. "
            "Gewählt wird, wo diese Last am kleinsten ist. Die Summe jeder Spalte sind die Kosten des Themas."
        )
    return _(
        "Jede Stimme beginnt mit %(share)s. Von links nach rechts steht, was in dieser Reihenfolge gekauft wurde und "
        "was eine Stimme dafür bezahlt hat; die Summe jeder Spalte sind die Kosten des Themas.",
        share=number_words(given.share),
    )


def number_words(number: Fraction) -> str:
    """Exact: a whole number, or a fraction as „3/7“, whole part before it."""
    whole, rest = divmod(number.numerator, number.denominator)
    if not rest:
        return str(whole)
    part = f"{rest}/{number.denominator}"
    return f"{whole} {part}" if whole else part


def chain_sentences(rule: PollRule, counted: Counted) -> tuple[str, ...]:
    """Why each place below the first is where it is, by Schulze; nothing for other methods."""
    if rule.method != PollMethod.SCHULZE or not counted.duels or len(counted.ids) > MOST_OPTIONS:
        return ()
    return tuple(_step_words(rule, step) for step in steps_of(counted.duels, counted.ranking))


def _step_words(rule: PollRule, step: Step) -> str:
    names = {"upper": rule.titles[step.upper], "lower": rule.titles[step.lower]}
    down = _chain_words(rule, step.down)
    if not step.back.margins:
        return _("„%(upper)s“ vor „%(lower)s“: %(down)s; zurück führt keine Kette.", **names, down=down)
    back = _chain_words(rule, step.back)
    return _("„%(upper)s“ vor „%(lower)s“: hin %(down)s; zurück %(back)s.", **names, down=down, back=back)


def _chain_words(rule: PollRule, chain: Chain) -> str:
    links = zip(chain.options, chain.options[1:], chain.margins, strict=False)
    words = ", ".join(
        _("%(one)s schlägt %(other)s mit Vorsprung %(margin)s", one=rule.titles[a], other=rule.titles[b], margin=margin)
        for a, b, margin in links
    )
    return _("%(links)s (Stärke %(strength)s)", links=words, strength=chain.strength)
