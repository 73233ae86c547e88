"""What a person may type while coding, and about a category."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select
from wtforms import BooleanField, FileField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from app.core.errors import InvalidInput
from app.core.forms import BaseForm
from app.core.i18n import _
from app.core.i18n import lazy as _l
from app.core.permissions import Actor
from knowledge.cases.models import Finding, Station
from knowledge.coding.actions import LONGEST_MEMO, Marked
from knowledge.coding.actions_codebook import CategoryText
from knowledge.coding.codebook import in_order
from knowledge.coding.models import Category
from knowledge.coding.queries import CodingSheet, categories, findings_of, gaps_to_offer
from knowledge.coding.rules import CATEGORY, FINDING, GAP, Target
from knowledge.coding.states import CategoryState, Colour
from knowledge.coding.wording import COLOURS, opening
from knowledge.gaps.models import Gap
from knowledge.gaps.visibility import readable_gaps

_TOO_LONG = _l("Bitte kürzen Sie den Text auf höchstens %(max)d Zeichen.")


class TargetForm(BaseForm):
    """To what a passage is attached, and a memo."""

    category = SelectField(_l("Kategorie"), validate_choice=False)
    gap_key = StringField(_l("Fehlstelle"), validators=[Optional(), Length(max=64)])
    finding = SelectField(_l("Befund dieses Falls"), validate_choice=False)
    memo = TextAreaField(_l("Memo"), validators=[Optional(), Length(max=LONGEST_MEMO, message=_TOO_LONG)])

    offered_gaps: Sequence[Gap] = ()

    def offer(self, session: Session, actor: Actor, case_id: int) -> "TargetForm":
        """With the choices of this county and this case. Three statements."""
        book = [each for each in categories(session) if each.state == CategoryState.ACTIVE]
        self.category.choices = [("", _("keine")), *category_choices(book)]
        rows = findings_of(session, case_id)
        self.finding.choices = [("", _("keiner")), *(_finding_choice(*row) for row in rows)]
        self.offered_gaps = gaps_to_offer(session, actor)
        return self

    def validate_category(self, field: Any) -> None:
        """One of the list."""
        _among(field)

    def validate_finding(self, field: Any) -> None:
        """One of the list."""
        _among(field)

    def targets(self, session: Session, actor: Actor) -> list[Target]:
        """What was chosen; InvalidInput for a gap that is not there for this person."""
        found = []
        if self.category.data:
            found.append(Target(CATEGORY, int(self.category.data)))
        if wanted := (self.gap_key.data or "").split("·")[0].strip():
            there = select(Gap.id).where(col(Gap.key) == wanted, readable_gaps(actor))
            gap_id = session.exec(there).first()
            if gap_id is None:
                raise InvalidInput(_("Die Fehlstelle %(key)s gibt es nicht. Bitte prüfen Sie die Kennung.", key=wanted))
            found.append(Target(GAP, gap_id))
        if self.finding.data:
            found.append(Target(FINDING, int(self.finding.data)))
        return found


class CodingForm(TargetForm):
    """A passage, marked in the text (the hidden fields) or chosen by sentences, and to what it belongs."""

    first = SelectField(_l("Von"), validate_choice=False)
    last = SelectField(_l("bis"), validate_choice=False)
    source = HiddenField()
    start = HiddenField()
    end = HiddenField()

    def over(self, shown: CodingSheet) -> "CodingForm":
        """With the sentences of this case to choose from."""
        choices = [
            (f"{paragraph.source.key}:{span.start}:{span.end}", _sentence(paragraph.number, number, words))
            for paragraph in shown.paragraphs
            for number, span in enumerate(paragraph.sentences, 1)
            for words in [opening(paragraph.source.text[span.start : span.end])]
        ]
        self.first.choices = [("", _("bitte wählen")), *choices]
        self.last.choices = [("", _("nur dieser Satz")), *choices]
        return self

    def marked(self) -> Marked:
        """What was marked with mouse or finger, else the chosen sentences; InvalidInput if neither makes a passage."""
        if self.source.data and _number(self.start.data) is not None and _number(self.end.data) is not None:
            return Marked(self.source.data, int(self.start.data or 0), int(self.end.data or 0))
        first, last = _place(self.first.data), _place(self.last.data or self.first.data)
        if first is None or last is None:
            raise InvalidInput(_("Bitte markieren Sie eine Stelle im Text oder wählen Sie einen Satz."))
        if first.source != last.source:
            raise InvalidInput(_("Die Stelle reicht über zwei Texte. Wählen Sie Anfang und Ende im selben Text."))
        if last.end <= first.start:
            raise InvalidInput(_("Das Ende der Stelle liegt vor ihrem Anfang."))
        return Marked(first.source, first.start, last.end)


class RoundForm(BaseForm):
    """Begin a round."""

    blind = BooleanField(_l("Verdeckt: bis zum Abschluss sieht jede Person nur ihre eigenen Kodierungen"))


class CategoryForm(BaseForm):
    """A category as it is written down."""

    name = StringField(
        _l("Name"),
        validators=[DataRequired(_l("Bitte geben Sie der Kategorie einen Namen.")), Length(max=80, message=_TOO_LONG)],
    )
    definition = TextAreaField(
        _l("Definition"),
        validators=[
            DataRequired(_l("Bitte beschreiben Sie in einem Satz, was die Kategorie meint.")),
            Length(max=2000, message=_TOO_LONG),
        ],
    )
    rule = TextAreaField(_l("Kodierregel"), validators=[Optional(), Length(max=2000, message=_TOO_LONG)])
    example = TextAreaField(_l("Beispiel"), validators=[Optional(), Length(max=2000, message=_TOO_LONG)])
    parent = SelectField(_l("Steht unter"), validate_choice=False)
    colour = RadioField(_l("Farbe"), validators=[InputRequired(_l("Bitte wählen Sie eine Farbe."))])
    symbol = StringField(_l("Zeichen"), validators=[Optional(), Length(max=2, message=_TOO_LONG)])
    version = HiddenField(default="0")

    @classmethod
    def over(cls, session: Session, category: Category | None = None, /, **values: Any) -> "CategoryForm":
        """The form with the codebook's choices."""
        form = cls(**values)
        book = [each for each in categories(session) if each.state == CategoryState.ACTIVE]
        above = [(each.key, name) for each, name in _indented(book) if category is None or each.id != category.id]
        form.parent.choices = [("", _("keiner, steht für sich")), *above]
        form.colour.choices = [(each.value, COLOURS[each]) for each in Colour]
        return form

    def validate_parent(self, field: Any) -> None:
        """One of the codebook."""
        _among(field)

    def validate_symbol(self, field: Any) -> None:
        """Letters or digits."""
        if field.data and not field.data.strip().isalnum():
            raise ValidationError(_("Das Zeichen besteht aus einem oder zwei Buchstaben oder Ziffern."))

    def text(self) -> CategoryText:
        """What was typed."""
        return CategoryText(
            name=" ".join((self.name.data or "").split()),
            definition=_lines(self.definition.data),
            rule=_lines(self.rule.data),
            example=_lines(self.example.data),
            colour=Colour(self.colour.data),
            symbol=(self.symbol.data or "").strip().upper(),
            parent_key=self.parent.data or "",
        )


class CodebookFileForm(BaseForm):
    """A codebook of another program."""

    file = FileField(_l("Datei"), validators=[InputRequired(_l("Bitte wählen Sie eine Datei."))])


class MergeForm(BaseForm):
    """Into which category another one goes."""

    into = SelectField(_l("Aufgehen in"), validate_choice=False)

    @classmethod
    def over(cls, session: Session, category: Category) -> "MergeForm":
        """With every other category in use."""
        form = cls()
        book = [each for each in categories(session) if each.state == CategoryState.ACTIVE]
        choices = [(each.key, name) for each, name in _indented(book) if each.id != category.id]
        form.into.choices = [("", _("bitte wählen")), *choices]
        return form

    def validate_into(self, field: Any) -> None:
        """One of the list, and chosen."""
        if not field.data:
            raise ValidationError(_("Bitte wählen Sie, in welcher Kategorie diese aufgeht."))
        _among(field)


def category_choices(book: Sequence[Category]) -> list[tuple[str, str]]:
    """The categories by their ids, children indented."""
    return [(str(each.id), name) for each, name in _indented(book)]


def _indented(book: Sequence[Category]) -> list[tuple[Category, str]]:
    return [(each, f"{'– ' * depth}{each.name} ({each.symbol})") for each, depth in in_order(book)]


def _finding_choice(finding: Finding, station: Station) -> tuple[str, str]:
    return str(finding.id), f"{station.key}: {opening(finding.text)}"


def _sentence(paragraph: int, number: int, words: str) -> str:
    return _("Absatz %(paragraph)s, Satz %(number)s: %(words)s", paragraph=paragraph, number=number, words=words)


def _lines(typed: str | None) -> str:
    return (typed or "").strip().replace("\r\n", "\n")


def _among(field: Any) -> None:
    if (field.data or "") not in {key for key, *_rest in field.choices}:
        raise ValidationError(_("Bitte wählen Sie aus der Liste."))


def _number(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 8 else None


def _place(typed: str | None) -> Marked | None:
    source, _colon, offsets = (typed or "").partition(":")
    start, _colon, end = offsets.partition(":")
    first, last = _number(start), _number(end)
    return Marked(source, first, last) if source and first is not None and last is not None else None
