"""What people may type about saved searches and synonyms."""

from collections.abc import Sequence

from wtforms import BooleanField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from app.core.forms import BaseForm
from app.core.i18n import _
from app.core.i18n import lazy as _l
from knowledge.search import glossary


class SavedSearchForm(BaseForm):
    """A saved search: what it is called, and whether its new hits are told."""

    name = StringField(
        _l("Name der Suche"),
        filters=[lambda text: " ".join((text or "").split())],
        validators=[
            DataRequired(_l("Bitte geben Sie der Suche einen Namen.")),
            Length(max=120, message=_l("Bitte kürzen Sie den Namen auf höchstens %(max)d Zeichen.")),
        ],
    )
    notify = BooleanField(_l("Neue Treffer in der täglichen Zusammenfassung nennen"))


def _refuse_too_much(words: Sequence[str]) -> None:
    endless = next((word for word in words if len(word) > glossary.LONGEST_WORD), None)
    if endless is not None:
        raise ValidationError(
            _(
                "„%(word)s…“ ist zu lang. Ein Wort oder eine Wendung hat höchstens %(most)s Zeichen.",
                word=endless[:20],
                most=glossary.LONGEST_WORD,
            )
        )
    if len(words) > glossary.MOST_WORDS:
        raise ValidationError(_("Bitte schreiben Sie höchstens %(most)s Wörter.", most=glossary.MOST_WORDS))


class SynonymsForm(BaseForm):
    """A group of words that mean the same."""

    words = TextAreaField(
        _l("Wörter mit gleicher Bedeutung"),
        validators=[
            InputRequired(_l("Bitte schreiben Sie mindestens zwei Wörter, jedes in eine Zeile.")),
            Length(max=4_000, message=_l("Bitte kürzen Sie die Liste auf höchstens %(max)d Zeichen.")),
        ],
    )
    one_way = BooleanField(_l("Nur in einer Richtung: wer das erste Wort sucht, findet auch die anderen"))

    def validate_words(self, field: TextAreaField) -> None:
        """At least two different words that a search can look for; none without end, and not too many."""
        words = glossary.words_in(field.data or "")
        _refuse_too_much(words)
        lost = [word for word in words if word not in glossary.searchable(words)]
        if lost:
            raise ValidationError(
                str(
                    _l(
                        "„%(word)s“ kommt in jedem Text vor oder ist kein Wort. Bitte nehmen Sie es heraus.",
                        word=lost[0],
                    )
                )
            )
        if len(words) < 2:
            raise ValidationError(str(_l("Bitte schreiben Sie mindestens zwei Wörter, jedes in eine Zeile.")))
