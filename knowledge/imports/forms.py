"""What a person may say about an import."""

from wtforms import BooleanField, MultipleFileField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from app.core.forms import BaseForm
from app.core.i18n import lazy
from app.people.states import Visibility
from knowledge.gaps.policy import LEVELS
from knowledge.imports.states import TargetKind
from knowledge.imports.wording import TARGETS
from knowledge.taxonomy.lists import label

ACCEPTED = ".docx,.odt,.pdf,.md,.txt,.xlsx,.csv,.jsonl"


class UploadForm(BaseForm):
    """Files, what they become, and who may read it."""

    files = MultipleFileField(
        lazy("Dateien"), validators=[InputRequired(lazy("Bitte wählen Sie mindestens eine Datei."))]
    )
    target = RadioField(
        lazy("Was daraus wird"),
        choices=[SelectChoice(kind.value, TARGETS[kind]) for kind in TargetKind],
        default=TargetKind.DOCUMENT.value,
        validators=[InputRequired()],
    )
    visibility = SelectField(
        lazy("Sichtbar für"),
        choices=[SelectChoice(level, lazy(label("visibility", level))) for level in LEVELS],
        default=Visibility.COORDINATION.value,
        validators=[InputRequired()],
    )


class ChoiceForm(BaseForm):
    """The rows of one page that are wanted; `shown` are all that stood there."""

    shown = SelectMultipleField(coerce=int, validate_choice=False)
    chosen = SelectMultipleField(coerce=int, validate_choice=False)
    confirmed = BooleanField(
        lazy(
            "Ich habe die markierten Einträge geprüft: Sie dürfen so von allen gelesen werden, die diesen Import sehen."
        )
    )
