"""How the rules of procedure of a body read in words. The rules themselves are rows of `BodyRules`."""

from app.core.i18n import _, ngettext
from meetings.bodies.models import BodyRules
from meetings.bodies.states import (
    BodyKind,
    CircularRule,
    MandatePointKind,
    MinutesAdoption,
    ObligationConsent,
    SeatKind,
    TieRule,
    VoteUnit,
)


def kind_words(kind: BodyKind) -> str:
    """What kind of body it is, where the tenant has no word of its own for it."""
    return {
        BodyKind.STEERING: _("Lenkungsgruppe"),
        BodyKind.PROJECT: _("Projektgruppe"),
        BodyKind.WORKING: _("Arbeitsgruppe"),
        BodyKind.OFFICE: _("Geschäftsstelle"),
        BodyKind.COMMITTEE: _("Ausschuss"),
    }[kind]


def seat_words(kind: SeatKind) -> str:
    """The heading over the seats of a kind."""
    return {
        SeatKind.VOTING: _("Stimmberechtigt"),
        SeatKind.ADVISORY: _("Beratend"),
        SeatKind.GUEST: _("Zu Gast"),
        SeatKind.OFFICE: _("Geschäftsstelle"),
    }[kind]


def point_words(kind: MandatePointKind) -> str:
    """The heading over a list of a mandate."""
    return {
        MandatePointKind.IN_SCOPE: _("Gehört dazu"),
        MandatePointKind.OUT_OF_SCOPE: _("Gehört nicht dazu"),
        MandatePointKind.CONSTRAINT: _("Bedingungen"),
    }[kind]


def rules_in_words(rules: BodyRules) -> list[tuple[str, str]]:
    """The rules of procedure as pairs of term and sentence, in the order in which a meeting needs them."""
    return [
        (_("Einladung"), _invitation(rules)),
        (_("Beschlussfähigkeit"), _quorum(rules.quorum)),
        (_("Stimmrecht"), _vote_unit(rules.vote_unit)),
        (_("Beschlüsse"), _decision(rules.decision)),
        (_("Stimmengleichheit"), _tie(rules.tie)),
        (_("Geheime Abstimmung"), _secret(rules.secret_on_request_of)),
        (_("Zielvereinbarungen"), _consent(rules.consent_of_obligated)),
        (_("Umlaufbeschluss"), _circular(rules.circular_decision)),
        (_("Niederschrift"), _minutes(rules)),
        (
            _("Öffentlichkeit"),
            _("Die Sitzungen sind öffentlich.") if rules.public else _("Die Sitzungen sind nicht öffentlich."),
        ),
    ]


def _invitation(rules: BodyRules) -> str:
    return _(
        "mindestens %(days)s Tage vor der Sitzung, Unterlagen mindestens %(papers)s Tage vorher",
        days=rules.invitation_days,
        papers=rules.papers_days,
    )


def _quorum(key: str) -> str:
    words = {
        "half_of_voting_members": _("wenn mindestens die Hälfte der Stimmberechtigten anwesend ist"),
        "more_than_half": _("wenn mehr als die Hälfte der Stimmberechtigten anwesend ist"),
        "more_than_half_min_three": _(
            "wenn alle eingeladen sind und mehr als die Hälfte, mindestens aber drei Stimmberechtigte anwesend sind"
        ),
        "two_thirds": _("wenn mindestens zwei Drittel der Stimmberechtigten anwesend sind"),
        "none": _("immer"),
    }
    return words.get(key, key)


def _vote_unit(unit: VoteUnit) -> str:
    return {
        VoteUnit.ORGANISATION: _("eine Stimme je stimmberechtigter Organisation"),
        VoteUnit.SEAT: _("eine Stimme je stimmberechtigtem Sitz"),
        VoteUnit.PERSON: _("eine Stimme je Person"),
    }[unit]


def _decision(key: str) -> str:
    words = {
        "consensus_then_majority": _("im Einvernehmen; nach zwei Versuchen mit einfacher Mehrheit"),
        "consensus": _("im Einvernehmen"),
        "simple_of_cast": _("mit einfacher Mehrheit der abgegebenen Ja- und Nein-Stimmen"),
        "absolute_of_present": _("mit der Mehrheit der anwesenden Stimmberechtigten"),
        "absolute_of_members": _("mit der Mehrheit aller Stimmberechtigten"),
        "two_thirds_of_cast": _("mit zwei Dritteln der abgegebenen Ja- und Nein-Stimmen"),
        "two_thirds_of_members": _("mit zwei Dritteln aller Stimmberechtigten"),
        "three_quarters": _("mit drei Vierteln der abgegebenen Ja- und Nein-Stimmen"),
        "unanimous_of_cast": _("einstimmig"),
        "consent": _("ohne Widerspruch"),
    }
    return words.get(key, key)


def _tie(rule: TieRule) -> str:
    return {
        TieRule.REJECTED: _("gilt als Ablehnung"),
        TieRule.CHAIR_DECIDES: _("die Stimme des Vorsitzes gibt den Ausschlag"),
        TieRule.REVOTE: _("die Abstimmung wird wiederholt"),
        TieRule.LOT: _("das Los entscheidet"),
    }[rule]


def _secret(number: int | None) -> str:
    if not number:
        return _("nicht vorgesehen")
    return ngettext("auf Verlangen von %(num)s Mitglied", "auf Verlangen von %(num)s Mitgliedern", number)


def _consent(rule: ObligationConsent) -> str:
    if rule == ObligationConsent.REQUIRED:
        return _("binden nur, wer seinem Teil selbst zugestimmt hat")
    return _("binden mit dem Beschluss des Gremiums")


def _circular(rule: CircularRule) -> str:
    return {
        CircularRule.ALLOWED: _("zulässig"),
        CircularRule.ALLOWED_UNLESS_OBJECTION: _("zulässig, wenn niemand dem schriftlichen Verfahren widerspricht"),
        CircularRule.NOT_ALLOWED: _("nicht zulässig"),
    }[rule]


def _minutes(rules: BodyRules) -> str:
    words = {
        MinutesAdoption.NEXT_MEETING: _("wird in der folgenden Sitzung genehmigt"),
        MinutesAdoption.UNLESS_OBJECTION: _("gilt ohne Einwendung als genehmigt"),
        MinutesAdoption.SIGNATURES: _("gilt mit zwei Unterschriften"),
    }[rules.minutes_adoption]
    if rules.minutes_objection_days is None:
        return words
    return _("%(rule)s; Einwendungen binnen %(days)s Tagen", rule=words, days=rules.minutes_objection_days)
