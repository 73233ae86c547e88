"""How the rules of procedure of a body read in words. The rules themselves are rows of `BodyRules`."""

from datetime import date

from app.core.i18n import _, ngettext, show_date
from meetings.bodies.models import BodyRules
from meetings.bodies.states import (
    BodyKind,
    ChangeKind,
    CircularRule,
    HiddenPart,
    MandatePointKind,
    MinutesAdoption,
    NoticeUnit,
    ObligationConsent,
    PartNumbering,
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
        (_("Beschlussfähigkeit"), quorums().get(rules.quorum, rules.quorum)),
        (_("Stimmrecht"), vote_units()[rules.vote_unit]),
        (_("Beschlüsse"), decision_rules().get(rules.decision, rules.decision)),
        (_("Stimmengleichheit"), ties()[rules.tie]),
        (_("Geheime Abstimmung"), _secret(rules.secret_on_request_of)),
        (_("Zielvereinbarungen"), consents()[rules.consent_of_obligated]),
        (_("Umlaufbeschluss"), circulars()[rules.circular_decision]),
        (_("Niederschrift"), _minutes(rules)),
        (
            _("Öffentlichkeit"),
            _("Die Sitzungen sind öffentlich.") if rules.public else _("Die Sitzungen sind nicht öffentlich."),
        ),
    ]


def _invitation(rules: BodyRules) -> str:
    return _(
        "mindestens %(days)s vor der Sitzung, Unterlagen mindestens %(papers)s Tage vorher",
        days=days_words(rules.invitation_days, rules.notice_unit),
        papers=rules.papers_days,
    )


def days_words(number: int, unit: str) -> str:
    """So many days of a unit: „10 volle Tage“."""
    if unit == NoticeUnit.FULL:
        return ngettext("%(num)s voller Tag", "%(num)s volle Tage", number)
    if unit == NoticeUnit.WORKING:
        return ngettext("%(num)s Arbeitstag", "%(num)s Arbeitstage", number)
    return ngettext("%(num)s Tag", "%(num)s Tage", number)


def part_numberings() -> dict[str, str]:
    """How the items of the non-public part are numbered."""
    return {
        PartNumbering.THROUGH.value: _("fortlaufend durch beide Teile"),
        PartNumbering.RESTART.value: _("neu beginnend mit N1"),
    }


def hidden_parts() -> dict[str, str]:
    """What those learn of the non-public part who may not see it."""
    return {
        HiddenPart.HEADINGS.value: _("die Überschriften"),
        HiddenPart.NOTHING.value: _("nichts davon"),
    }


def notice_units() -> dict[str, str]:
    """In which days a notice period is counted."""
    return {
        NoticeUnit.CALENDAR.value: _("Kalendertagen"),
        NoticeUnit.FULL.value: _("vollen Tagen zwischen Versand und Sitzung"),
        NoticeUnit.WORKING.value: _("Arbeitstagen ohne Wochenenden und Feiertage"),
    }


def quorums() -> dict[str, str]:
    """When the body can decide, by the key of the rule."""
    return {
        "half_of_voting_members": _("wenn mindestens die Hälfte der Stimmberechtigten anwesend ist"),
        "more_than_half": _("wenn mehr als die Hälfte der Stimmberechtigten anwesend ist"),
        "more_than_half_min_three": _(
            "wenn alle eingeladen sind und mehr als die Hälfte, mindestens aber drei Stimmberechtigte anwesend sind"
        ),
        "two_thirds": _("wenn mindestens zwei Drittel der Stimmberechtigten anwesend sind"),
        "none": _("immer"),
    }


def vote_units() -> dict[str, str]:
    """Who has one vote."""
    return {
        VoteUnit.ORGANISATION.value: _("eine Stimme je stimmberechtigter Organisation"),
        VoteUnit.SEAT.value: _("eine Stimme je stimmberechtigtem Sitz"),
        VoteUnit.PERSON.value: _("eine Stimme je Person"),
    }


def decision_rules() -> dict[str, str]:
    """How the body decides, by the key of the rule."""
    return {
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


def ties() -> dict[str, str]:
    """What happens on equal votes."""
    return {
        TieRule.REJECTED.value: _("gilt als Ablehnung"),
        TieRule.CHAIR_DECIDES.value: _("die Stimme des Vorsitzes gibt den Ausschlag"),
        TieRule.REVOTE.value: _("die Abstimmung wird wiederholt"),
        TieRule.LOT.value: _("das Los entscheidet"),
    }


def _secret(number: int | None) -> str:
    if not number:
        return _("nicht vorgesehen")
    return ngettext("auf Verlangen von %(num)s Mitglied", "auf Verlangen von %(num)s Mitgliedern", number)


def profile_words() -> dict[str, str]:
    """The rules of procedure that ship, by key."""
    return {
        "vwvfg": _("VwVfG-nah"),
        "konsens": _("Konsens, dann Mehrheit"),
    }


def consents() -> dict[str, str]:
    """Whom a target agreement binds."""
    return {
        ObligationConsent.REQUIRED.value: _("binden nur, wer seinem Teil selbst zugestimmt hat"),
        ObligationConsent.NOT_REQUIRED.value: _("binden mit dem Beschluss des Gremiums"),
    }


def circulars() -> dict[str, str]:
    """Whether the body may decide in writing."""
    return {
        CircularRule.ALLOWED.value: _("zulässig"),
        CircularRule.ALLOWED_UNLESS_OBJECTION.value: _(
            "zulässig, wenn niemand dem schriftlichen Verfahren widerspricht"
        ),
        CircularRule.NOT_ALLOWED.value: _("nicht zulässig"),
    }


def adoptions() -> dict[str, str]:
    """How minutes become final."""
    return {
        MinutesAdoption.NEXT_MEETING.value: _("wird in der folgenden Sitzung genehmigt"),
        MinutesAdoption.UNLESS_OBJECTION.value: _("gilt ohne Einwendung als genehmigt"),
        MinutesAdoption.SIGNATURES.value: _("gilt mit zwei Unterschriften"),
    }


def _minutes(rules: BodyRules) -> str:
    words = adoptions()[rules.minutes_adoption]
    if rules.minutes_objection_days is None:
        return words
    return _("%(rule)s; Einwendungen binnen %(days)s Tagen", rule=words, days=rules.minutes_objection_days)


def change_words(kind: ChangeKind) -> str:
    """What was changed in a body."""
    return {
        ChangeKind.FOUNDED: _("Gremium eingerichtet"),
        ChangeKind.HEAD: _("Angaben geändert"),
        ChangeKind.RULES: _("Regeln geändert"),
        ChangeKind.SEAT_ADDED: _("Sitz vergeben"),
        ChangeKind.SEAT_ENDED: _("Sitz beendet"),
        ChangeKind.HOLDERS: _("Sitz besetzt"),
    }[kind]


def field_words(field: str) -> str:
    """A field of the history; a name that is none, an organisation's for instance, stands for itself."""
    words = {
        "name": _("Name"),
        "kind": _("Art"),
        "purpose": _("Aufgabe"),
        "rhythm": _("Wie oft es tagt"),
        "established": _("Beginn"),
        "ends": _("Ende"),
        "parent_id": _("Eingesetzt von"),
        "chair_id": _("Vorsitz"),
        "lead_id": _("Leitung"),
        "moderation_id": _("Moderation"),
        "office_id": _("Geschäftsstelle"),
        "seat": _("Sitz"),
        "since": _("Ab"),
        "until": _("Letzter Tag"),
        "invitation_days": _("Ladungsfrist in Tagen"),
        "notice_unit": _("Ladungsfrist gezählt in"),
        "counts_send_day": _("Der Tag des Versands zählt mit"),
        "counts_meeting_day": _("Der Tag der Sitzung zählt mit"),
        "urgent_days": _("Verkürzte Frist bei Dringlichkeit"),
        "urgent_unit": _("Verkürzte Frist gezählt in"),
        "supplement_days": _("Nachträge so viele Kalendertage vorher"),
        "papers_days": _("Unterlagen so viele Tage vorher"),
        "part_numbering": _("Nummern im nicht öffentlichen Teil"),
        "hidden_part": _("Wer den nicht öffentlichen Teil nicht sehen darf, sieht"),
        "quorum": _("Beschlussfähigkeit"),
        "vote_unit": _("Stimmrecht"),
        "decision": _("Beschlüsse"),
        "tie": _("Stimmengleichheit"),
        "secret_on_request_of": _("Geheime Abstimmung"),
        "consent_of_obligated": _("Zielvereinbarungen"),
        "circular_decision": _("Umlaufbeschluss"),
        "minutes_adoption": _("Niederschrift"),
        "minutes_objection_days": _("Einwendungen binnen so vieler Tage"),
        "public": _("Öffentlichkeit"),
    }
    return words.get(field, field)


def value_words(field: str, value: str) -> str:
    """A value of the history as people read it."""
    if not value:
        return "–"
    if field in ("established", "ends", "since", "until"):
        return show_date(date.fromisoformat(value))
    if field == "public":
        return _("öffentlich") if value == "true" else _("nicht öffentlich")
    if field in ("counts_send_day", "counts_meeting_day"):
        return _("ja") if value == "true" else _("nein")
    if field == "kind":
        return kind_words(BodyKind(value))
    words = {
        "notice_unit": notice_units,
        "part_numbering": part_numberings,
        "hidden_part": hidden_parts,
        "urgent_unit": notice_units,
        "quorum": quorums,
        "vote_unit": vote_units,
        "decision": decision_rules,
        "tie": ties,
        "consent_of_obligated": consents,
        "circular_decision": circulars,
        "minutes_adoption": adoptions,
    }.get(field)
    return words().get(value, value) if words else value
