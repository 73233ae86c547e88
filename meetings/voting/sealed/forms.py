"""What a person may type about an urn: its two tellers, and their passphrases."""

from collections.abc import Mapping
from typing import Any

from wtforms import PasswordField, SelectField
from wtforms.validators import InputRequired

from app.core.forms import BaseForm
from app.core.i18n import _
from app.core.i18n import lazy as _l

_CHOOSE = _l("Bitte wählen Sie eine Person.")


class TellersForm(BaseForm):
    """Two different people."""

    first = SelectField(_l("Erste Person"), validators=[InputRequired(_CHOOSE)])
    second = SelectField(_l("Zweite Person"), validators=[InputRequired(_CHOOSE)])

    def offer(self, people: list[tuple[str, str]]) -> "TellersForm":
        """The form with the people who may be chosen."""
        self.first.choices = self.second.choices = [("", _("Bitte wählen")), *people]
        return self

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Two people, not one twice."""
        if not super().validate(extra_validators):
            return False
        if self.first.data == self.second.data:
            self.second.errors = [_("Bitte wählen Sie zwei verschiedene Personen.")]
            return False
        return True

    def chosen(self) -> tuple[int, int]:
        """The ids of the two."""
        return int(self.first.data), int(self.second.data)


class LockForm(BaseForm):
    """A new passphrase, typed twice, because nobody can bring it back."""

    passphrase = PasswordField(_l("Kennsatz"), validators=[InputRequired(_l("Bitte geben Sie einen Kennsatz ein."))])
    repeated = PasswordField(
        _l("Kennsatz noch einmal"), validators=[InputRequired(_l("Bitte geben Sie den Kennsatz noch einmal ein."))]
    )

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Twice the same."""
        if not super().validate(extra_validators):
            return False
        if self.passphrase.data != self.repeated.data:
            self.repeated.errors = [_("Die beiden Eingaben sind verschieden.")]
            return False
        return True


class ReleaseForm(BaseForm):
    """The passphrase with which the urn was locked."""

    passphrase = PasswordField(_l("Kennsatz"), validators=[InputRequired(_l("Bitte geben Sie Ihren Kennsatz ein."))])
