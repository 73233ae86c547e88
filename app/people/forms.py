"""What a person may type to sign in."""

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from app.core.i18n import lazy as _l
from app.people.rules import LONGEST_PASSWORD


class SignInForm(FlaskForm):
    """E-mail address and password."""

    email = EmailField(
        _l("E-Mail-Adresse"),
        validators=[InputRequired(_l("Bitte geben Sie Ihre E-Mail-Adresse ein.")), Length(max=254)],
    )
    password = PasswordField(
        _l("Passwort"),
        validators=[InputRequired(_l("Bitte geben Sie Ihr Passwort ein.")), Length(max=LONGEST_PASSWORD)],
    )
