"""What a person may type about a circular: the motion, an answer, a reason."""

from datetime import date, datetime, time

from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.clock import LOCAL
from app.core.forms import BaseForm
from app.core.i18n import lazy as _l
from meetings.circular.actions import CircularDraft
from meetings.circular.states import CircularKind
from meetings.circular.wording import kind_words, voice_words
from meetings.voting.poll_rule import WAYS_TO_DECIDE
from meetings.voting.poll_words import majority_words

END_OF_DAY = time(18, 0)
"""A deadline ends at six in the evening of its day."""


class SendForm(BaseForm):
    """The motion and its deadline."""

    title = StringField(
        _l("Worum es geht"), validators=[DataRequired(_l("Bitte geben Sie einen Titel ein.")), Length(max=160)]
    )
    kind = SelectField(_l("Art des Beschlusses"), choices=[])
    text = TextAreaField(
        _l("Antrag im Wortlaut"),
        validators=[DataRequired(_l("Bitte geben Sie den Wortlaut ein, über den abgestimmt wird.")), Length(max=4000)],
    )
    reason = TextAreaField(_l("Begründung"), validators=[Optional(), Length(max=4000)])
    deadline = DateField(
        _l("Antwort bis, 18 Uhr"), validators=[InputRequired(_l("Bitte geben Sie an, bis wann geantwortet wird."))]
    )
    majority = SelectField(_l("Nötige Mehrheit"), choices=[])

    @classmethod
    def blank(cls, decision: str) -> "SendForm":
        """The form, with the body's way of deciding; agreement in several attempts is for meetings."""
        way = "unanimous_of_cast" if decision in ("consensus", "consensus_then_majority") else decision
        form = cls(majority=way)
        left_out = ("consensus", "consensus_then_majority")
        form.majority.choices = [(each, majority_words(each)) for each in WAYS_TO_DECIDE if each not in left_out]
        form.kind.choices = [(str(kind), words) for kind, words in kind_words().items()]
        return form

    def draft(self) -> CircularDraft:
        """The circular as typed."""
        deadline = datetime.combine(self.deadline.data or date.min, END_OF_DAY, LOCAL)
        return CircularDraft(
            self.title.data or "",
            self.text.data or "",
            self.reason.data or "",
            deadline,
            self.majority.data,
            CircularKind(self.kind.data),
        )


class AnswerForm(BaseForm):
    """An answer of a seat."""

    answer = RadioField(_l("Ihre Antwort"), validators=[InputRequired(_l("Bitte wählen Sie eine Antwort."))])
    reason = TextAreaField(_l("Grund des Widerspruchs"), validators=[Optional(), Length(max=2000)])

    @classmethod
    def blank(cls) -> "AnswerForm":
        """The form with its four answers; the reason is not called optional, for an objection needs it."""
        form = cls()
        form.answer.choices = [(each, voice_words(each)) for each in ("yes", "no", "abstain", "object")]
        form.answer.flags.required = form.reason.flags.required = True
        return form


class WithdrawForm(BaseForm):
    """Why a circular is taken back."""

    reason = TextAreaField(
        _l("Begründung"),
        validators=[DataRequired(_l("Zurückgezogen wird nur mit Begründung.")), Length(max=1000)],
    )
