"""What people type on cards, as names of clusters and as open questions."""

from collections.abc import Iterable
from typing import Any

from flask import request
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.core.forms import BaseForm, fresh_key
from app.core.i18n import _
from app.core.i18n import lazy as _l
from knowledge.reconstruction.card_actions import CardDraft
from knowledge.reconstruction.card_places import Place
from knowledge.reconstruction.card_rules import LONGEST_QUESTION, LONGEST_SENTENCE_PART, MOST_CARDS_EACH, MOST_DOTS
from knowledge.reconstruction.card_states import CardKind, ClusterDecision
from knowledge.taxonomy import lists
from knowledge.taxonomy.terms import label

MOST_ON_PAPER = 100
_PICK = _l("Bitte wählen Sie aus der Liste.")
_TOO_LONG = _l("Bitte kürzen Sie den Teil auf höchstens 300 Zeichen.")


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, label("card_kinds", kind.value)) for kind in CardKind]


def _place_choices(places: Iterable[Place]) -> list[tuple[str, str]]:
    return [("", _("zum ganzen Fall")), *((place.value, place.label) for place in places)]


class CardForm(BaseForm):
    """A card. `card` is the browser's own key of it, `looked` says that marked passages were looked at."""

    card = HiddenField(default=fresh_key)
    looked = HiddenField()
    kind = RadioField(
        _l("Was ist es?"), choices=_kinds, validators=[InputRequired(_l("Bitte wählen Sie, was die Karte sagt."))]
    )
    place = SelectField(_l("Wozu?"), validate_choice=False, default="")
    text = TextAreaField(
        _l("Ihre Beobachtung"), validators=[InputRequired(_l("Bitte schreiben Sie etwas auf die Karte."))]
    )

    def offering(self, places: Iterable[Place]) -> "CardForm":
        """The form with the stations of this moment; what was chosen on an older page stays chosen."""
        self.place.choices = _place_choices(places)
        return self

    def draft(self) -> CardDraft:
        """The card as typed."""
        return CardDraft(
            CardKind(self.kind.data),
            self.text.data or "",
            (self.card.data or fresh_key())[:64],
            (self.place.data or "")[:80],
            bool(self.looked.data),
            self.stood_at,
        )

    @property
    def stood_at(self) -> int | None:
        """The case that the page showed, as the template wrote it into the form."""
        given = request.form.get("at", "")
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else None


class BulkForm(BaseForm):
    """Cards from paper, one a line."""

    at = SelectField(_l("Fall"), validate_choice=False)
    kind = RadioField(
        _l("Was sind es?"), choices=_kinds, validators=[InputRequired(_l("Bitte wählen Sie, was die Karten sagen."))]
    )
    place = SelectField(_l("Wozu?"), validate_choice=False, default="")
    text = TextAreaField(
        _l("Karten, eine je Zeile"), validators=[InputRequired(_l("Bitte schreiben Sie mindestens eine Zeile."))]
    )


class CardsEachForm(BaseForm):
    """How many cards one person may write."""

    number = IntegerField(
        _l("Karten je Person"),
        validators=[
            InputRequired(_l("Bitte geben Sie eine Zahl an.")),
            NumberRange(1, MOST_CARDS_EACH, _l("Möglich sind 1 bis 20 Karten je Person.")),
        ],
    )


class SentenceForm(BaseForm):
    """The name of a cluster in three parts."""

    version = HiddenField()
    when = TextAreaField(_l("Wenn …"), validators=[Optional(), Length(max=LONGEST_SENTENCE_PART, message=_TOO_LONG)])
    then = TextAreaField(_l("dann …"), validators=[Optional(), Length(max=LONGEST_SENTENCE_PART, message=_TOO_LONG)])
    because = TextAreaField(_l("weil …"), validators=[Optional(), Length(max=LONGEST_SENTENCE_PART, message=_TOO_LONG)])

    @property
    def shown(self) -> int:
        """The version that the form showed."""
        given = self.version.data or ""
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else 0


class OutcomeForm(BaseForm):
    """What becomes of a cluster."""

    decision = RadioField(
        _l("Was wird daraus?"),
        choices=lambda: [
            (ClusterDecision.LINK.value, _("gehört zu einer bekannten Fehlstelle")),
            (ClusterDecision.NEW.value, _("neue Fehlstelle")),
            (ClusterDecision.SINGLE.value, _("nur dieser Einzelfall")),
        ],
        validators=[InputRequired(_l("Bitte wählen Sie, was daraus wird."))],
    )
    gap = StringField(_l("Kennung der bekannten Fehlstelle"), validators=[Optional(), Length(max=64, message=_PICK)])
    title = StringField(
        _l("Titel der neuen Fehlstelle"),
        validators=[Optional(), Length(max=90, message=_l("Bitte kürzen Sie den Titel auf höchstens 90 Zeichen."))],
    )
    solvable_at = SelectField(
        _l("Wo lösbar?"),
        choices=lambda: [
            ("", _("noch offen")),
            *((key, label("solvable_at", key)) for key in lists.keys("solvable_at")),
        ],
        validate_choice=False,
        default="",
    )


class MoveForm(BaseForm):
    """Where a card goes."""

    target = SelectField(_l("Karte nach"), validate_choice=False, default="")


class PressForm(BaseForm):
    """Buttons of the board: the card or the cluster that they mean."""

    card = HiddenField()
    target = HiddenField()


class DotsForm(BaseForm):
    """The rule of the dot query."""

    each = IntegerField(
        _l("Punkte je Person"),
        validators=[
            InputRequired(_l("Bitte geben Sie eine Zahl an.")),
            NumberRange(1, MOST_DOTS, _l("Möglich sind 1 bis 20 Punkte.")),
        ],
    )
    per_cluster = IntegerField(
        _l("höchstens je Gruppe"),
        validators=[
            InputRequired(_l("Bitte geben Sie eine Zahl an.")),
            NumberRange(1, MOST_DOTS, _l("Möglich sind 1 bis 20 Punkte.")),
        ],
    )


class PaperDotsForm(BaseForm):
    """Whose dots stand on the wall; the sums come as „dots-<key>“."""

    people = IntegerField(
        _l("Wie viele Menschen haben auf Papier gepunktet?"),
        validators=[
            InputRequired(_l("Bitte geben Sie eine Zahl an.")),
            NumberRange(1, MOST_ON_PAPER, _l("Möglich sind 1 bis 100 Menschen.")),
        ],
    )


class QuestionForm(BaseForm):
    """An open question."""

    question = TextAreaField(
        _l("Offene Frage"),
        validators=[
            InputRequired(_l("Bitte schreiben Sie die Frage auf.")),
            Length(max=LONGEST_QUESTION, message=_l("Bitte kürzen Sie die Frage auf höchstens 500 Zeichen.")),
        ],
    )
    owner = SelectField(_l("Wer klärt sie?"), validate_choice=False, default="")
    due_on = DateField(_l("bis wann"), validators=[Optional()])

    def offering(self, owners: Iterable[Any]) -> "QuestionForm":
        """The form with those who may take the question."""
        self.owner.choices = [("", _("noch offen")), *((each.value, each.name) for each in owners)]
        return self


def points_from(keys: Iterable[str], sent: Any) -> dict[str, int]:
    """The dots per cluster as sent, as „dots-<key>“; what is no number counts as −1 and is refused."""
    found = {key: (sent.get(f"dots-{key}") or "0").strip() for key in keys}
    return {
        key: int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else -1 for key, text in found.items()
    }
