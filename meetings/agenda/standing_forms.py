"""What planners type about a body's agenda template, and about a correction."""

from typing import Any

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange

from app.core.forms import BaseForm
from app.core.i18n import _
from app.core.i18n import lazy as _l
from meetings.agenda.plan_forms import LONGEST_TITLE, MOST_MINUTES, shortened
from meetings.agenda.standing import StandingItem
from meetings.agenda.states import ItemKind, ItemPart, TemplatePlace
from meetings.agenda.wording import item_kind_words, part_words


class StandingForm(BaseForm):
    """An item of the template."""

    title = StringField(
        _l("Titel"),
        validators=[DataRequired(_l("Bitte geben Sie dem Punkt einen Titel.")), shortened(LONGEST_TITLE)],
    )
    kind = SelectField(_l("Art"), validators=[InputRequired()], coerce=ItemKind)
    minutes = IntegerField(
        _l("Geplante Minuten"),
        default=5,
        validators=[
            InputRequired(_l("Bitte geben Sie eine ganze Zahl an.")),
            NumberRange(0, MOST_MINUTES, _l("Bitte geben Sie 0 bis 600 Minuten an.")),
        ],
    )
    place = SelectField(_l("Stelle"), validators=[InputRequired()], coerce=TemplatePlace)
    part = SelectField(_l("Teil der Sitzung"), validators=[InputRequired()], coerce=ItemPart)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.kind.choices = [(kind.value, item_kind_words(kind)) for kind in ItemKind]
        self.place.choices = [
            (TemplatePlace.OPENING.value, _("am Anfang der Tagesordnung")),
            (TemplatePlace.CLOSING.value, _("am Ende der Tagesordnung")),
        ]
        self.part.choices = [(part.value, part_words(part)) for part in ItemPart]

    @classmethod
    def of(cls, item: StandingItem) -> "StandingForm":
        """The form with what is written."""
        return cls(title=item.title, kind=item.kind, minutes=item.minutes, place=item.place, part=item.part)

    def draft(self) -> StandingItem:
        """What was typed."""
        return StandingItem(
            (self.title.data or "").strip(),
            ItemKind(self.kind.data),
            self.minutes.data or 0,
            TemplatePlace(self.place.data),
            ItemPart(self.part.data),
        )


class AmendmentForm(BaseForm):
    """A correction of what was held."""

    text = TextAreaField(
        _l("Was richtig ist"),
        validators=[DataRequired(_l("Bitte schreiben Sie, was richtig ist.")), shortened(4000)],
    )
    reason = TextAreaField(
        _l("Warum berichtigt wird"),
        validators=[DataRequired(_l("Bitte nennen Sie den Grund; er steht neben der Berichtigung.")), shortened(4000)],
    )
