"""How a poll of any method is said in words: its rule before the vote, its verdict after it. Dots have `result.py`."""

from collections.abc import Collection, Iterable
from fractions import Fraction

from app.core.i18n import _, ngettext
from meetings.voting.majority import CONSENSUS_ATTEMPTS
from meetings.voting.methods.outcome import Counted
from meetings.voting.methods.profile import Kind
from meetings.voting.poll_counting import PollCount, outcome_of
from meetings.voting.poll_rule import PROPORTIONAL, PollRule
from meetings.voting.result import listed
from meetings.voting.states import PollMethod, PollMode
from meetings.voting.wording import result_sentence


def method_words(method: PollMethod | str) -> str:
    """The name of a method."""
    return {
        "schulze": _("Rangfolge nach Schulze (Duelle)"),
        "irv": _("Rangfolge mit Stichwahl (schwächste scheiden aus)"),
        "borda": _("Rangfolge nach Borda (Platzpunkte)"),
        "plurality": _("nur die ersten Plätze"),
        "approval": _("Zustimmung"),
        "score": _("Bewertung 0 bis 5"),
        "dots": _("Punktabfrage"),
        "resistance": _("Systemisches Konsensieren (Widerstand 0 bis 10)"),
        "equal_shares": _("Auswahl mit gleichen Anteilen"),
        "phragmen": _("Auswahl nach Phragmén (Lasten)"),
        "greedy": _("Auswahl von oben nach unten"),
        "majority": _("Beschluss mit Ja, Nein, Enthaltung"),
        "supporters": _("nach der Zahl der Stimmen dahinter, nicht nach Punkten"),
        "median": _("nach dem mittleren Wert (Median)"),
        "smallest_peak": _("nach dem höchsten einzelnen Widerstand"),
    }[str(method)]


def mode_words(mode: PollMode | str) -> str:
    """What a mode means, in a sentence."""
    return {
        "open": _("Offen: Alle sehen während der Abstimmung, wer wie stimmt."),
        "named": _("Namentlich: verdeckt bis zum Schluss, danach mit Namen."),
        "unnamed": _("Ohne Namen: verdeckt bis zum Schluss, danach ohne Namen veröffentlicht."),
        "secret": _("Geheim: versiegelte Stimmzettel, die niemand zuordnen kann."),
        "entered": _("Nach Handzeichen: Die Geschäftsstelle trägt je Sitz ein."),
        "paper": _("Auf Papier: Die Geschäftsstelle trägt ein, was in der Urne lag."),
    }[str(mode)]


def majority_words(decision: str) -> str:
    """What a way of deciding asks for."""
    return {
        "simple_of_cast": _("einfache Mehrheit: mehr Ja als Nein"),
        "absolute_of_present": _("Ja von mehr als der Hälfte der Anwesenden"),
        "absolute_of_members": _("Ja von mehr als der Hälfte aller Stimmberechtigten des Gremiums"),
        "two_thirds_of_cast": _("mindestens zwei Drittel der Ja- und Nein-Stimmen"),
        "two_thirds_of_members": _("Ja von mindestens zwei Dritteln aller Stimmberechtigten des Gremiums"),
        "three_quarters": _("mindestens drei Viertel der Ja- und Nein-Stimmen"),
        "unanimous_of_cast": _("einstimmig: kein Nein"),
        "consensus": _("Einvernehmen: kein Nein"),
        "consent": _("Konsent: niemand widerspricht"),
        "consensus_then_majority": _("erst Einvernehmen, nach zwei Versuchen einfache Mehrheit"),
    }[decision]


def tie_rule_words(tie: str) -> str:
    """What happens on equal votes."""
    return {
        "rejected": _("Bei Stimmengleichheit ist der Antrag abgelehnt."),
        "chair_decides": _("Bei Stimmengleichheit gibt die Stimme des Vorsitzes den Ausschlag."),
        "revote": _("Bei Stimmengleichheit wird die Abstimmung wiederholt."),
        "lot": _("Bei Stimmengleichheit entscheidet das Los."),
    }[tie]


def rule_sentences(rule: PollRule) -> list[str]:
    """The rule as it is announced and as it stands beside the result."""
    common = [mode_words(rule.mode), _change_words(rule)]
    if rule.is_resolution:
        return [_attempt_words(rule), *common, tie_rule_words(rule.tie or "rejected"), *_weight_words(rule)]
    tie = _("Gleichstand wird benannt, nicht aufgelöst.")
    return [_("Verfahren: %(method)s.", method=method_words(rule.method)), *_kind_words(rule), *common, tie]


def _attempt_words(rule: PollRule) -> str:
    needed = majority_words(rule.majority)
    if rule.majority != "consensus_then_majority":
        return _("Nötig ist: %(majority)s.", majority=needed)
    if rule.attempt <= CONSENSUS_ATTEMPTS:
        return _(
            "%(attempt)s. Versuch im Einvernehmen: Ein Nein genügt, damit weiter beraten wird.", attempt=rule.attempt
        )
    return _(
        "%(attempt)s. Abstimmung: Nach zwei Versuchen ohne Einvernehmen gilt die einfache Mehrheit.",
        attempt=rule.attempt,
    )


def _change_words(rule: PollRule) -> str:
    if rule.mode in (PollMode.ENTERED, PollMode.PAPER):
        return _("Eingetragenes lässt sich bis zum Schluss berichtigen.")
    if rule.revote:
        return _("Bis zum Schluss lässt sich die Stimme ändern; es gilt die letzte.")
    return _("Eine abgegebene Stimme wird nicht mehr geändert.")


def _weight_words(rule: PollRule) -> list[str]:
    return [_("Die Stimmen haben Gewichte; gezählt werden die Gewichte.")] if rule.weighted else []


def _kind_words(rule: PollRule) -> Iterable[str]:
    if rule.kind == Kind.RANKED:
        yield _("Gleiche Plätze sind erlaubt; was keinen Platz hat, teilt sich den letzten.")
    if rule.kind == Kind.APPROVAL:
        yield _("Angekreuzt werden darf beliebig viel.")
    if rule.kind == Kind.SCORE:
        yield _("Gereiht wird nach der Summe. Ohne Angabe kommt nichts dazu, so wie bei 0.")
    if rule.kind == Kind.RESISTANCE:
        yield _("Es gewinnt, was am wenigsten Widerstand hat. Hoher Widerstand Einzelner wird besprochen.")
    if rule.kind == Kind.DOTS:
        dots, each = rule.dots_per_seat or 0, rule.max_per_option or 0
        yield ngettext("Jede Organisation hat %(num)s Punkt.", "Jede Organisation hat %(num)s Punkte.", dots)
        yield ngettext(
            "Auf ein Thema darf höchstens %(num)s Punkt.",
            "Auf ein Thema dürfen höchstens %(num)s Punkte.",
            each,
        )
    yield from _share_words(rule)


def _share_words(rule: PollRule) -> Iterable[str]:
    if rule.budget is not None:
        yield _("Verteilt wird ein Budget von %(budget)s.", budget=rule.budget)
    elif rule.capacity is not None and rule.method in PROPORTIONAL:
        yield ngettext("Ausgewählt wird %(num)s Thema.", "Ausgewählt werden %(num)s Themen.", rule.capacity)
    elif rule.capacity is not None:
        yield _("Die Grenze der Kapazität liegt nach Rang %(num)s; sie entscheidet nichts.", num=rule.capacity)
    if rule.method == PollMethod.EQUAL_SHARES:
        yield _(
            "Jede Stimme bekommt den gleichen Anteil. Gekauft wird, was die Unterstützenden je am wenigsten kostet; "
            "reicht es keinem mehr, wird nach Phragmén aufgefüllt."
        )


def score_words(number: Fraction) -> str:
    """A score for people: whole, or with one decimal; the exact fraction stands in the file."""
    if number.denominator == 1:
        return str(number.numerator)
    tenths = round(number * 10)
    return _("%(whole)s,%(part)s", whole=tenths // 10, part=tenths % 10)


def score_meaning(rule: PollRule) -> str:
    """What the number beside each bar of a result counts, for whoever counts again; nothing for resolutions."""
    if rule.is_resolution:
        return ""
    if rule.method in PROPORTIONAL:
        return _("Die Zahl neben jedem Balken zählt, wer die Möglichkeit unterstützt. Sie allein entscheidet nicht.")
    return {
        PollMethod.APPROVAL: _("Die Zahl neben jedem Balken zählt, wer die Möglichkeit unterstützt."),
        PollMethod.SCORE: _("Die Zahl neben jedem Balken ist die Summe der Bewertungen."),
        PollMethod.RESISTANCE: _(
            "Die Zahl neben jedem Balken ist die Summe des Widerstands: je kleiner, desto besser."
        ),
        PollMethod.SCHULZE: _(
            "Die Zahl neben jedem Balken sagt, gegen wie viele andere sich die Möglichkeit durchsetzt, "
            "im Duell oder über eine Kette von Duellen."
        ),
        PollMethod.IRV: _(
            "Die Zahl neben jedem Balken zählt die ersten Plätze zu Beginn. Wer am Ende vorn liegt, zeigen die Runden."
        ),
        PollMethod.BORDA: _(
            "Die Zahl neben jedem Balken sind Platzpunkte: einer für den letzten Platz, je Platz davor einer mehr."
        ),
    }.get(PollMethod(rule.method), "")


def poll_verdict(rule: PollRule, count: PollCount) -> str:
    """The result in one sentence."""
    outcome = outcome_of(rule, count)
    if outcome and count.votes:
        sentence = result_sentence(outcome, count.votes)
        return f"{sentence[:1].upper()}{sentence[1:]}."
    if not count.cast:
        return _("Niemand hat abgestimmt.")
    return _chosen(rule, count.counted) if rule.method in PROPORTIONAL else _leader(rule, count.counted)


def _chosen(rule: PollRule, counted: Counted) -> str:
    titles = rule.titles
    if len(counted.outcomes) == 1:
        chosen = [titles[option] for option in counted.outcomes[0]]
        if not chosen:
            return _("Nichts ist ausgewählt.")
        return _("Ausgewählt: %(titles)s.", titles=listed(chosen))
    sure = [titles[o] for o in counted.ids if counted.outcomes and all(o in each for each in counted.outcomes)]
    if not sure:
        return _("Gleichstand: Es gibt mehrere gleich gute Auswahlen.")
    return _("Sicher ausgewählt: %(titles)s. Um den Rest besteht Gleichstand.", titles=listed(sure))


def _leader(rule: PollRule, counted: Counted) -> str:
    titles = rule.titles
    first = [titles[option] for option in counted.winners]
    if len(first) > 1:
        return _("Gleichstand an der Spitze: %(titles)s.", titles=listed(first))
    if rule.method == PollMethod.SCHULZE and _wins_every_duel(counted):
        return _("„%(title)s“ gewinnt jedes Duell.", title=first[0])
    if rule.kind == Kind.RESISTANCE:
        return _("„%(title)s“ hat den geringsten Widerstand.", title=first[0])
    return _("„%(title)s“ liegt vorn.", title=first[0])


def _wins_every_duel(counted: Counted) -> bool:
    winner = counted.winners[0]
    return all(won > counted.duels[other][winner] for other, won in counted.duels[winner].items())


def tie_sentences(rule: PollRule, counted: Counted) -> list[str]:
    """Every shared rank below the first by name."""
    if rule.is_resolution or rule.method in PROPORTIONAL:
        return []
    rank, found = 1, []
    for group in counted.ranking:
        if len(group) > 1 and rank > 1:
            found.append(
                _("Gleichstand auf Rang %(rank)s: %(titles)s.", rank=rank, titles=listed(rule.titles[o] for o in group))
            )
        rank += len(group)
    return found


def comparison_words(rule: PollRule, same: bool, lined: bool, sure: Collection[str], tied: Collection[str]) -> str:
    """Whether another method decides the same, in words; `lined` if it is about more than the first place.

    `sure` are the options that it puts above the line, or first; `tied` those of which only some fit.
    """
    if same:
        return _("kommt zum selben Ergebnis") if lined else _("hat denselben ersten Platz")
    if not sure and not tied:
        return _("nennt niemanden")
    titles = listed(rule.titles[option] for option in rule.option_ids if option in sure) or _("niemand sicher")
    if tied:
        open_words = listed(rule.titles[option] for option in rule.option_ids if option in tied)
        titles = _("%(titles)s, Gleichstand um den Rest: %(tied)s", titles=titles, tied=open_words)
    if lined:
        return _("kommt zu einem anderen Ergebnis: %(titles)s", titles=titles)
    return _("hat einen anderen ersten Platz: %(titles)s", titles=titles)
