"""What the office types when a decision takes the place of an earlier one."""

from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.core.forms import BaseForm
from app.core.i18n import lazy as _l


class ReplaceForm(BaseForm):
    """The earlier decision, and why."""

    older = SelectField(
        _l("Ersetzter Beschluss"),
        validate_choice=False,
        choices=[],
        validators=[InputRequired(_l("Bitte wählen Sie den früheren Beschluss."))],
    )
    note = TextAreaField(
        _l("Anmerkung"),
        validators=[
            Optional(),
            Length(max=600, message=_l("Bitte kürzen Sie diesen Text auf höchstens %(max)d Zeichen.")),
        ],
    )
