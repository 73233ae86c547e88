"""What the coordination may type about a solution."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp, ValidationError

from app.core.forms import BaseForm
from app.core.i18n import _
from app.core.i18n import lazy as _l
from app.people.states import Visibility
from knowledge.gaps.policy import LEVELS
from knowledge.solutions.actions import SolutionText
from knowledge.solutions.models import Solution
from knowledge.solutions.queries import SolutionSheet
from knowledge.solutions.rules import gap_keys, lines
from knowledge.solutions.states import EffectRating
from knowledge.taxonomy import lists
from knowledge.taxonomy.terms import label

LONGEST_TITLE = 120
LONGEST_TEXT = 6000
LONGEST_LINE = 200
_MONTH = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$", re.ASCII)
TEXTS = ("description", "result", "shortfall", "conditions", "transfer", "cost", "contact_role")


def _text(words: Any, longest: int = LONGEST_TEXT, first: Any = None) -> TextAreaField:
    message = _l("Bitte kürzen Sie diesen Text auf höchstens %(max)d Zeichen.")
    return TextAreaField(words, validators=[first or Optional(), Length(max=longest, message=message)])


def _month(words: Any) -> StringField:
    message = _l("Bitte geben Sie einen Monat in der Form 2026-03 ein.")
    return StringField(words, validators=[Optional(), Regexp(_MONTH, message=message)])


class SolutionForm(BaseForm):
    """A solution as it is written down: what was done, what came of it, and what did not hold."""

    title = StringField(
        _l("Titel"),
        validators=[
            DataRequired(_l("Bitte geben Sie der Lösung einen Titel.")),
            Length(max=LONGEST_TITLE, message=_l("Bitte kürzen Sie den Titel auf höchstens %(max)d Zeichen.")),
        ],
    )
    kind = SelectField(
        _l("Art"), validators=[InputRequired(_l("Bitte wählen Sie aus der Liste."))], validate_choice=False
    )
    effect = RadioField(
        _l("Wirkung"), validators=[InputRequired(_l("Bitte wählen Sie, ob es gewirkt hat."))], validate_choice=False
    )
    description = _text(
        _l("Was getan wurde"), first=DataRequired(_l("Bitte beschreiben Sie, was getan wurde, in zwei, drei Sätzen."))
    )
    result = _text(_l("Was dabei herauskam"))
    shortfall = _text(_l("Was nicht funktioniert hat"))
    conditions = _text(_l("Unter welchen Bedingungen es trägt"))
    transfer = _text(_l("Für ein nächstes Mal"))
    lessons = _text(_l("Was daraus zu lernen ist, ein Satz je Zeile"))
    cost = _text(_l("Aufwand und Kosten"), LONGEST_LINE)
    contact_role = StringField(_l("Wer weiß mehr? (Funktion, kein Name)"), validators=[Length(max=LONGEST_LINE)])
    period_start = _month(_l("Beginn (Monat)"))
    period_end = _month(_l("Ende (Monat)"))
    gaps = StringField(_l("Zu welchen Fehlstellen? (Kennungen)"), validators=[Length(max=1000)])
    organisations = SelectMultipleField(_l("Beteiligte Organisationen"), coerce=int, validate_choice=False)
    documents = _text(_l("Unterlagen, ein Titel je Zeile"))
    visibility = SelectField(
        _l("Sichtbar für"), validators=[InputRequired(_l("Bitte wählen Sie aus der Liste."))], validate_choice=False
    )
    version = HiddenField(default="0")
    confirmed = SelectMultipleField(_l("Unbedenklich"), validate_choice=False)

    @classmethod
    def over(cls, known: Iterable[tuple[int, str]], /, **values: Any) -> "SolutionForm":
        """The form with the choices of this county, filled with `values`."""
        form = cls(**values)
        form.kind.choices = [(key, label("solution_kinds", key)) for key in lists.keys("solution_kinds")]
        form.effect.choices = [(each.value, label("effect_ratings", each.value)) for each in EffectRating]
        form.visibility.choices = [(level, label("visibility", level)) for level in LEVELS]
        form.organisations.choices = list(known)
        return form

    def validate_kind(self, field: Field) -> None:
        """One of the list."""
        _one_of(field)

    def validate_effect(self, field: Field) -> None:
        """One of the list."""
        _one_of(field)

    def validate_visibility(self, field: Field) -> None:
        """One of the list."""
        _one_of(field)

    def validate_organisations(self, field: Any) -> None:
        """Each one of this county."""
        if set(field.data or ()) - {key for key, _name in field.choices}:
            raise ValidationError(_("Diese Organisation gibt es hier nicht. Bitte wählen Sie aus der Liste."))

    def validate_period_end(self, field: Field) -> None:
        """Not before the start."""
        start, end = self.period_start.data or "", field.data or ""
        if start and end and end < start:
            raise ValidationError(_("Das Ende liegt vor dem Beginn."))

    def text(self) -> SolutionText:
        """What was typed."""
        return SolutionText(
            title=(self.title.data or "").strip(),
            kind=self.kind.data,
            effect=EffectRating(self.effect.data),
            visibility=Visibility(self.visibility.data),
            period_start=self.period_start.data or None,
            period_end=self.period_end.data or None,
            lessons=lines(self.lessons.data or ""),
            documents=lines(self.documents.data or ""),
            organisations=tuple(dict.fromkeys(self.organisations.data or ())),
            gaps=gap_keys(self.gaps.data or ""),
            **{name: (self[name].data or "").strip() for name in TEXTS},
        )


def _one_of(field: Any) -> None:
    if field.data not in {key for key, _label in field.choices}:
        raise ValidationError(_("Bitte wählen Sie aus der Liste."))


def blank(today: date, gaps: str, title: str = "") -> dict[str, Any]:
    """A new solution, with the gaps it is meant for if it was begun on the page of one."""
    return {
        "gaps": gaps,
        "title": title,
        "effect": EffectRating.UNKNOWN.value,
        "visibility": Visibility.NETWORK.value,
        "period_start": f"{today:%Y-%m}",
    }


def filled(sheet: SolutionSheet) -> dict[str, Any]:
    """An existing solution."""
    row: Solution = sheet.solution
    return {
        "title": row.title,
        "kind": row.kind,
        "effect": row.effect.value,
        "visibility": row.visibility.value,
        "period_start": row.period_start,
        "period_end": row.period_end,
        "lessons": "\n".join(sheet.lessons),
        "documents": "\n".join(sheet.documents),
        "organisations": list(sheet.organisation_ids),
        "gaps": ", ".join(gap.key for gap in sheet.gaps),
        "version": str(row.version),
        **{name: getattr(row, name) for name in TEXTS},
    }
