"""What a person may type about a decision: its text, the count, and what its kind needs besides."""

from typing import Any

from wtforms import DateField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.core.forms import BaseForm
from app.core.i18n import _
from app.core.i18n import lazy as _l
from meetings.agenda.states import DecisionKind
from meetings.bodies.models import Body
from meetings.bodies.states import TieRule
from meetings.decisions.actions import NOTED, Draft
from meetings.decisions.proposal import Particulars, Proposal
from meetings.voting.majority import CONSENSUS_ATTEMPTS

LONGEST_TEXT = 4000
_AT_LEAST_NONE = NumberRange(0, 9999, _l("Bitte geben Sie eine Zahl ab 0 ein."))


def _votes(label: Any, first: Any = None, **options: Any) -> IntegerField:
    parts = {"data-budget-part": "9999"}
    return IntegerField(label, validators=[first or Optional(), _AT_LEAST_NONE], render_kw=parts, **options)


class RecordForm(BaseForm):
    """A decision as the office records it. Fields that the kind does not need are taken out."""

    text = TextAreaField(
        _l("Wortlaut"),
        validators=[DataRequired(_l("Bitte geben Sie den Wortlaut des Beschlusses ein.")), Length(max=LONGEST_TEXT)],
    )
    topics = SelectMultipleField(_l("Themen"), coerce=int, validators=[Optional()])
    body = SelectField(_l("Projektgruppe"), coerce=int, validators=[Optional()])
    review_on = DateField(
        _l("Wiedervorlage am"), validators=[InputRequired(_l("Zurückstellen braucht ein Datum der Wiedervorlage."))]
    )
    addressee = StringField(
        _l("Gemeldet an"), validators=[DataRequired(_l("Bitte geben Sie an, an wen gemeldet wird.")), Length(max=200)]
    )
    attempt = RadioField(
        _l("Wie wurde entschieden?"),
        choices=[],
        default="1",
        validators=[InputRequired(_l("Bitte geben Sie an, wie entschieden wurde."))],
    )
    in_favour = _votes(_l("Ja"), InputRequired(_l("Bitte geben Sie die Zahl der Ja-Stimmen ein.")))
    against = _votes(_l("Nein"), default=0)
    abstained = _votes(_l("Enthaltung"), default=0)
    not_cast = _votes(_l("Nicht abgegeben"), default=0)
    chair_vote = RadioField(_l("Stimme des Vorsitzes bei Gleichstand"), choices=[], validators=[Optional()])

    @classmethod
    def over(cls, proposal: Proposal, groups: list[Body]) -> "RecordForm":
        """The form for an item, filled with the proposed text, with the fields that its kind of decision needs."""
        chosen = proposal.ranked_topics()
        form = cls(text=proposal.text(chosen), topics=chosen, **_counted(proposal))
        form.topics.choices = [(topic.id, topic.title) for topic in proposal.things.topics]
        form.body.choices = [(0, _("noch keine")), *((group.id, group.name) for group in groups)]
        form.attempt.choices = [
            ("1", _("im Einvernehmen, ohne Gegenstimmen")),
            ("3", _("mit einfacher Mehrheit, nach zwei Versuchen ohne Einvernehmen")),
        ]
        form.chair_vote.choices = [("yes", _("Ja")), ("no", _("Nein"))]
        for name in _not_needed(proposal):
            del form[name]
        for name in {"against", "abstained", "not_cast", "attempt"} & set(form.data):
            form[name].flags.required = True
        return form

    def value(self, name: str, empty: Any) -> Any:
        """What was typed into a field; `empty` where there is no such field or nothing in it."""
        return (self[name].data if name in self else None) or empty

    def draft(self, kind: DecisionKind) -> Draft:
        """The decision as typed."""
        return Draft(
            kind=kind,
            text=self.text.data or "",
            yes=self.value("in_favour", 0),
            no=self.value("against", 0),
            abstain=self.value("abstained", 0),
            not_cast=self.value("not_cast", 0),
            attempt=int(self.value("attempt", 1)),
            chair_vote=self.value("chair_vote", None),
            topic_ids=tuple(self.value("topics", ())),
            particulars=Particulars(
                self.value("review_on", None), self.value("addressee", ""), self.value("body", None)
            ),
        )


def _counted(proposal: Proposal) -> dict[str, Any]:
    """The numbers of the vote on the motion, where it was held here."""
    voted = proposal.resolution
    if voted is None:
        return {}
    votes = voted.votes
    attempt = "3" if voted.rule.attempt > CONSENSUS_ATTEMPTS else None if votes.no else "1"
    return {
        "in_favour": votes.yes,
        "against": votes.no,
        "abstained": votes.abstain,
        "not_cast": votes.not_cast,
        "attempt": attempt,
        "chair_vote": voted.count.chair_vote,
    }


def _not_needed(proposal: Proposal) -> list[str]:
    """The fields that this kind of decision, this body's rules and this item do without."""
    kind, rules = proposal.kind, proposal.item.rules
    counted = kind not in NOTED
    needed = {
        "topics": bool(proposal.things.topics),
        "body": kind == DecisionKind.MANDATE,
        "review_on": kind == DecisionKind.DEFER,
        "addressee": kind == DecisionKind.ESCALATE,
        "attempt": counted and rules.decision == "consensus_then_majority",
        "in_favour": counted,
        "against": counted,
        "abstained": counted,
        "not_cast": counted,
        "chair_vote": counted and rules.tie == TieRule.CHAIR_DECIDES,
    }
    return [name for name, wanted in needed.items() if not wanted]
