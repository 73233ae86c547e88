"""What a person may type about a meeting: the step to take, and the day on which the invitation goes out."""

from wtforms import DateField, HiddenField
from wtforms.validators import InputRequired, Optional

from app.core.forms import BaseForm
from app.core.i18n import lazy as _l


class MoveForm(BaseForm):
    """One step of a meeting."""

    target = HiddenField(validators=[InputRequired()])
    invited_on = DateField(_l("Tag des Versands"), validators=[Optional()])
