"""What a secret poll says about itself in sentences: why it cannot be secret, why an urn stays closed, its limits."""

from collections.abc import Mapping
from typing import Any

from app.core.i18n import _
from meetings.voting.poll_rule import PollKind, PollRule
from meetings.voting.sealed.rules import FEWEST, Obstacle


def obstacle_words(found: Obstacle) -> str:
    """Why a poll cannot be secret, as a sentence."""
    return {
        Obstacle.TOO_FEW: _(
            "Für eine geheime Abstimmung sind zu wenige stimmberechtigt; das Ergebnis verriete die Stimmen."
        ),
        Obstacle.WEIGHTS: _(
            "Geheim geht es nur, wenn alle gleich viele Stimmen haben: "
            "Am Stimmgewicht wäre zu erkennen, von wem ein Stimmzettel ist."
        ),
        Obstacle.TELLERS: _("Die Urne ist noch nicht verschlossen. Zuerst verschließen beide Wahlhelfenden sie."),
    }[found]


def too_few_words() -> str:
    """Why an urn with few envelopes stays closed."""
    return _(
        "In der Urne liegen weniger als fünf Stimmzettel. Sie bleibt zu, denn das Ergebnis verriete, wer wie gestimmt "
        "hat. Warten Sie auf weitere Stimmen, oder erklären Sie die Abstimmung für ungültig."
    )


def promises() -> list[str]:
    """What a secret poll protects, in sentences for the person who votes."""
    return [
        _("Ihr Stimmzettel wird versiegelt, bevor er gespeichert wird. Erst die Auszählung öffnet alle auf einmal."),
        _("Danach wird der Schlüssel vernichtet. Auch aus einer alten Sicherung lässt sich nichts mehr öffnen."),
        _("Veröffentlicht wird, wer teilgenommen hat, und ohne Namen, was auf den Stimmzetteln steht."),
    ]


def limits() -> list[str]:
    """What a secret poll cannot promise, in sentences for the person who votes."""
    return [
        _(
            "Wer den laufenden Server beherrscht und verändert, könnte Stimmen im Augenblick der Abgabe mitlesen. "
            "Davor schützt nur Papier."
        ),
        _("Ein Kontrollcode, den Sie jemandem zeigen, beweist dieser Person Ihre Stimme. Zeigen Sie ihn niemandem."),
        _("Stimmen alle gleich, kennt jeder die Stimme jedes Teilnehmenden."),
        _("Eine ungewöhnliche Reihung oder Punkteverteilung kann verraten, von wem sie ist."),
        _("Unter %(fewest)s Stimmen wird nicht ausgezählt.", fewest=FEWEST),
    ]


def paper_words(rule: PollRule, answer: Mapping[str, Any]) -> str:
    """What stands on a ballot: „Ja“, „A: 2 Punkte; B: 1 Punkt“, „1. A; 2. B, C“, or an abstention."""
    if "answer" in answer:
        votes = {"yes": _("Ja"), "no": _("Nein"), "abstain": _("Enthaltung")}
        return votes.get(answer["answer"], _("ungültig"))
    titles = rule.titles
    if "points" in answer:
        given = [(option, answer["points"][option]) for option in rule.option_ids if option in answer["points"]]
        parts = [
            _("%(title)s: %(points)s", title=titles[option], points=number)
            for option, number in given
            if number or rule.kind != PollKind.DOTS
        ]
    elif "approved" in answer:
        parts = [titles[option] for option in rule.option_ids if option in answer["approved"]]
    else:
        parts = [
            _("%(place)s. %(titles)s", place=place, titles=", ".join(titles[option] for option in group))
            for place, group in enumerate(answer.get("ranking", ()), start=1)
        ]
    return "; ".join(parts) or _("Enthaltung")
