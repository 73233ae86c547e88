"""What the coordination may type about a gap."""

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from app.core.forms import BaseForm
from app.core.i18n import _
from app.core.i18n import lazy as _l
from knowledge.gaps.actions_escalation import EscalationText
from knowledge.gaps.actions_lineage import Offshoot
from knowledge.gaps.text_form import LONGEST_SUMMARY, LONGEST_TITLE

LONGEST_REASON = 2000
OFFSHOOTS = (1, 2, 3)
"""So many gaps can be split off at once."""


def _reason() -> TextAreaField:
    message = _l("Bitte kürzen Sie die Begründung auf höchstens %(max)d Zeichen.")
    validators = [Optional(strip_whitespace=False), Length(max=LONGEST_REASON, message=message)]
    return TextAreaField(_l("Begründung"), validators=validators)


def _title(number: int) -> StringField:
    message = _l("Bitte kürzen Sie den Titel auf höchstens %(max)d Zeichen.")
    return StringField(
        _l("Titel der neuen Fehlstelle"), validators=[Length(max=LONGEST_TITLE, message=message)], id=f"title-{number}"
    )


def _summary(number: int) -> TextAreaField:
    message = _l("Bitte kürzen Sie den Text auf höchstens %(max)d Zeichen.")
    return TextAreaField(
        _l("Beschreibung"), validators=[Length(max=LONGEST_SUMMARY, message=message)], id=f"summary-{number}"
    )


class MoveForm(BaseForm):
    """The next step of a gap and why it is taken; the choices are those that are open now."""

    target = RadioField(
        _l("Nächster Schritt"),
        validators=[InputRequired(_l("Bitte wählen Sie den nächsten Schritt."))],
        validate_choice=False,
    )
    reason = _reason()


class TargetForm(BaseForm):
    """With which gap to merge, by its key; sent as an address, so the field has the name of its parameter."""

    ziel = StringField(
        _l("Kennung der Fehlstelle, die bleibt"),
        validators=[DataRequired(_l("Bitte geben Sie die Kennung ein, zum Beispiel F-2026-03.")), Length(max=64)],
    )


class ReasonForm(BaseForm):
    """Why gaps are merged or separated."""

    reason = _reason()


class SplitForm(BaseForm):
    """Up to three gaps that are split off; a row without a title is none. Which evidence goes where is typed beside."""

    title_1, title_2, title_3 = _title(1), _title(2), _title(3)
    summary_1, summary_2, summary_3 = _summary(1), _summary(2), _summary(3)
    reason = _reason()

    def rows(self) -> list[tuple[Field, Field]]:
        """Title and summary of each."""
        return [(self[f"title_{number}"], self[f"summary_{number}"]) for number in OFFSHOOTS]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title_1.flags.required = self.summary_1.flags.required = True

    def has_titles_for(self, numbers: Iterable[int]) -> bool:
        """Whether each new gap to which something goes has a title; where not, the field says so."""
        lacking = [title for number in sorted(set(numbers)) if not (title := self[f"title_{number}"]).data]
        for title in lacking:
            title.errors = [_("Zu dieser neuen Fehlstelle geht ein Beleg oder eine Kennzahl. Sie braucht einen Titel.")]
        return not lacking

    def validate_title_1(self, field: Field) -> None:
        """At least one gap is split off."""
        if not any((title.data or "").strip() for title, _summary_field in self.rows()):
            raise ValidationError(_("Bitte geben Sie mindestens einer neuen Fehlstelle einen Titel."))
        del field

    def validate(self, extra_validators: Any = None) -> bool:
        """A new gap has a title and a description."""
        own = {f"{name}_{number}": [self._has_both] for name in ("title", "summary") for number in OFFSHOOTS}
        return bool(super().validate({**own, **(extra_validators or {})}))

    def _has_both(self, _form: Any, field: Field) -> None:
        name, _line, number = field.name.partition("_")
        other = self[f"{'title' if name == 'summary' else 'summary'}_{number}"]
        if (other.data or "").strip() and not (field.data or "").strip():
            raise ValidationError(_("Eine neue Fehlstelle braucht Titel und Beschreibung."))

    def offshoots(self, evidence: dict[int, int], indicators: dict[int, int]) -> list[Offshoot]:
        """The new gaps; both dictionaries say to which number a row goes. What goes to none stays."""
        return [
            Offshoot(
                (title.data or "").strip(),
                (summary.data or "").strip().replace("\r\n", "\n"),
                frozenset(row for row, place in evidence.items() if place == number),
                frozenset(row for row, place in indicators.items() if place == number),
            )
            for number, (title, summary) in zip(OFFSHOOTS, self.rows(), strict=True)
            if (title.data or "").strip()
        ]


class EscalationForm(BaseForm):
    """To whom a gap was reported, and what came back."""

    addressee = StringField(
        _l("Adressat"), validators=[DataRequired(_l("Bitte geben Sie an, an wen gemeldet wurde.")), Length(max=200)]
    )
    via = StringField(_l("Auf welchem Weg"), validators=[Length(max=200)])
    sent_on = DateField(_l("Gesendet am"), validators=[Optional()])
    answer = TextAreaField(_l("Antwort"), validators=[Optional(), Length(max=4000)])
    answered_on = DateField(_l("Antwort vom"), validators=[Optional()])
    version = HiddenField(default="0")

    def validate(self, extra_validators: Any = None) -> bool:
        """An answer has its day, and a day its answer; asked here, since validators pass over an empty field."""
        valid = bool(super().validate(extra_validators))
        if valid and bool(self.answered_on.data) != bool((self.answer.data or "").strip()):
            self.answered_on.errors = [_("Eine Antwort braucht Text und Datum.")]
            return False
        return valid

    def text(self) -> EscalationText:
        """What was typed."""
        return EscalationText(
            addressee=(self.addressee.data or "").strip(),
            via=(self.via.data or "").strip(),
            sent_on=self.sent_on.data,
            answer=(self.answer.data or "").strip().replace("\r\n", "\n"),
            answered_on=self.answered_on.data,
        )
