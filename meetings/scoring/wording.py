"""How a scoring is said in words: the scale, its states, the spread, what stands and what tips."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from app.core.i18n import _, ngettext
from meetings.scoring.rules import ScoringRule
from meetings.scoring.states import ScoringState, ShownWhen
from meetings.scoring.weighing import Cell, Order, Tip, Variant
from meetings.voting.poll_words import score_words
from meetings.voting.result import listed

CANNOT_SAY = "unknown"
"""What the form sends for „we cannot say“."""


def mark_words(mark: int) -> str:
    """What a mark means."""
    return [_("gar nicht"), _("wenig"), _("teils"), _("deutlich"), _("sehr stark")][mark]


def answers_offered(rule: ScoringRule) -> list[tuple[str, str]]:
    """The answers to one question, as a form offers them."""
    marks = [(str(mark), f"{mark} – {mark_words(mark)}") for mark in range(rule.highest + 1)]
    return [*marks, (CANNOT_SAY, _("dazu können wir nichts sagen"))]


def state_words(state: ScoringState | str) -> str:
    """The name of a state."""
    return {"open": _("offen"), "closed": _("abgeschlossen"), "withdrawn": _("zurückgenommen")}[str(state)]


def shown_words(shown: ShownWhen | str) -> str:
    """When the result is seen."""
    return {
        "closed": _("Bis zum Schluss sieht niemand, wie bewertet wurde, auch nicht Vorsitz und Geschäftsstelle."),
        "answered": _("Wer für die eigene Organisation bewertet hat, sieht den Stand der anderen sofort."),
    }[str(shown)]


def rule_sentences(rule: ScoringRule) -> list[str]:
    """The rule as it stands on the sheet and beside the result."""
    return [
        _("Je Organisation ein Bogen: 0 heißt gar nicht, 4 sehr stark; „dazu können wir nichts sagen“ zählt nirgends."),
        _("Der Wert eines Themas ist das gewichtete Mittel seiner Kriterien, umgerechnet auf 0 bis 100."),
        shown_words(rule.shown),
        _("Gezeigt werden Werte ohne die Namen der Organisationen."),
        _("Nach der Frist wird ein Bogen bis zum Schluss noch genommen und als verspätet gezählt.")
        if rule.late
        else _("Nach der Frist wird kein Bogen mehr genommen."),
        _("Die Bewertung ist ein Rat. Über die Rangfolge stimmt das Gremium ab."),
    ]


def mean_words(number: Fraction | None) -> str:
    """A mean or a score with one decimal; „–“ where there is none."""
    return "–" if number is None else score_words(number)


def spread_words(cell: Cell) -> str:
    """„1 bis 4; 3 von 12 liegen zwei Stufen oder mehr von der Mitte entfernt“."""
    if not cell.number:
        return _("keine Angaben")
    if cell.lowest == cell.highest:
        span = _("alle %(mark)s", mark=cell.lowest)
    else:
        span = _("%(lowest)s bis %(highest)s", lowest=cell.lowest, highest=cell.highest)
    if not cell.far:
        return span
    far = ngettext(
        "%(num)s von %(all)s liegt zwei Stufen oder mehr von der Mitte entfernt",
        "%(num)s von %(all)s liegen zwei Stufen oder mehr von der Mitte entfernt",
        cell.far,
        all=cell.number,
    )
    return f"{span}; {far}"


def verdict_words(rule: ScoringRule, order: Order) -> str:
    """Who leads, in a sentence."""
    first = order.first
    if not first:
        return _("Es gibt noch keine Bewertung.")
    score = mean_words(order.scores[first[0]])
    if len(first) == 1:
        return _(
            "„%(title)s“ ist mit %(score)s von 100 am höchsten bewertet.", title=_title(rule, first[0]), score=score
        )
    return _("%(titles)s sind mit je %(score)s von 100 gleich hoch bewertet.", titles=_titles(rule, first), score=score)


def _title(rule: ScoringRule, topic_id: str) -> str:
    topic = rule.topic(topic_id)
    return topic.title if topic else topic_id


def _titles(rule: ScoringRule, ids: Iterable[str]) -> str:
    return listed(_title(rule, each) for each in ids)


def stability_words(rule: ScoringRule, found: Iterable[Tip]) -> list[str]:
    """„Stabil“, or for each criterion the weight at which somebody else would lead."""
    labels = {each.key: each.label for each in rule.criteria}
    sentences = [
        _(
            "Kippt, wenn „%(criterion)s“ %(weight)s statt %(now)s zählt: Dann steht vorn: %(titles)s.",
            criterion=labels[tip.criterion],
            weight=tip.weight,
            now=rule.weights[tip.criterion],
            titles=_titles(rule, tip.first),
        )
        for tip in found
    ]
    return sentences or [_("Stabil: Welches einzelne Kriterium auch mehr oder weniger zählt, der erste Platz bleibt.")]


def variant_words(rule: ScoringRule, variant: Variant) -> str:
    """What is different in a variant."""
    label = next((each.label for each in rule.criteria if each.key == variant.criterion), "")
    if variant.kind == "double":
        return _("„%(criterion)s“ zählt doppelt", criterion=label)
    if variant.kind == "without":
        return _("ohne „%(criterion)s“", criterion=label)
    return _("alle Kriterien zählen gleich")


def order_words(rule: ScoringRule, order: Order) -> str:
    """„T-05, T-03 = T-04, T-07“."""
    keys: Mapping[str, str] = {each.id: each.key for each in rule.topics}
    return ", ".join(" = ".join(keys[each] for each in group) for group in order.groups)
