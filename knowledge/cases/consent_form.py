"""What a person may type about the consent, and what the second person answers."""

from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Regexp

from app.core.forms import BaseForm
from app.core.i18n import lazy as _l
from knowledge.cases.drafts import LONGEST_TEXT, ROOMS, ConsentDraft, room_of
from knowledge.cases.forms import MarkedForm, long_text
from knowledge.cases.states import ConsentForm, ConsentScopeName
from knowledge.taxonomy.terms import label

EXTRA_SCOPES = (ConsentScopeName.GAP_TEXT, ConsentScopeName.REPORT)


class ConsentEntry(MarkedForm):
    """That the person consented, and to what."""

    chosen = ("form", "language", "room", "extra")

    form = RadioField(
        _l("Wie hat die Person eingewilligt?"),
        validate_choice=False,
        validators=[InputRequired(_l("Bitte wählen Sie, wie die Person eingewilligt hat."))],
    )
    obtained_month = StringField(
        _l("Monat der Einwilligung"),
        validators=[
            DataRequired(_l("Bitte geben Sie den Monat an.")),
            Regexp(r"^20\d{2}-(0[1-9]|1[0-2])$", message=_l("Bitte schreiben Sie den Monat so: 2026-09.")),
        ],
    )
    language = RadioField(
        _l("Konnte die Person in ihrer Sprache nachfragen?"),
        validate_choice=False,
        validators=[InputRequired(_l("Bitte geben Sie an, ob die Person in ihrer Sprache nachfragen konnte."))],
    )
    room = RadioField(
        _l("Wer darf dabei sein, wenn über den Fall gesprochen wird?"),
        validate_choice=False,
        validators=[InputRequired(_l("Bitte wählen Sie, wer dabei sein darf."))],
    )
    extra = SelectMultipleField(_l("Wofür darf das Ergebnis noch genutzt werden?"), validate_choice=False)

    @classmethod
    def over(cls, rooms: Iterable[tuple[str, Any]], /, **values: Any) -> "ConsentEntry":
        """The form with its choices."""
        form = cls(**values)
        form.form.choices = [
            (ConsentForm.WRITTEN.value, _l("schriftlich")),
            (ConsentForm.ELECTRONIC.value, _l("elektronisch")),
        ]
        form.language.choices = [("yes", _l("ja")), ("no", _l("nein"))]
        form.room.choices = list(rooms)
        form.extra.choices = [(scope.value, label("consent_scopes", scope.value)) for scope in EXTRA_SCOPES]
        return form

    def draft(self) -> ConsentDraft:
        """What was typed."""
        extra = [scope for scope in EXTRA_SCOPES if scope.value in (self.extra.data or ())]
        return ConsentDraft(
            form=ConsentForm(self.form.data),
            obtained_month=self.obtained_month.data or "",
            language_supported=self.language.data == "yes",
            scopes=(*ROOMS[self.room.data], *extra),
        )


def consent_values(draft: ConsentDraft) -> dict[str, Any]:
    """A consent as the fields hold it."""
    return {
        "form": draft.form.value,
        "obtained_month": draft.obtained_month,
        "language": "yes" if draft.language_supported else "no",
        "room": room_of(draft.scopes),
        "extra": [scope.value for scope in EXTRA_SCOPES if scope in draft.scopes],
        "shown": draft.mark,
    }


class CheckForm(BaseForm):
    """The second person confirms, and says what was made coarser."""

    changes = long_text(_l("Was wurde vergröbert oder weggelassen? Eine Zeile je Punkt"), LONGEST_TEXT)


class ReturnForm(BaseForm):
    """The second person asks for a change."""

    note = long_text(
        _l("Was soll geändert werden?"), LONGEST_TEXT, _l("Bitte schreiben Sie, was geändert werden soll.")
    )


class StepForm(BaseForm):
    """A button with its one-time key; which step it is stands in the form."""

    step = HiddenField(default="")
