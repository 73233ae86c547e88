"""What the coordination may type about a topic."""

from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.forms import BaseForm, small_number
from app.core.i18n import lazy as _l
from knowledge.gaps.models import Topic
from knowledge.gaps.topic_check import TopicText

LONGEST_TITLE = 120
LONGEST_QUESTION = 300
LONGEST_BRIEF = 12_000
LONGEST_ROLE = 120


class ReadersForm(BaseForm):
    """That others may read a submitted topic once a gap has come or gone; `level` is the new one."""

    gap = HiddenField()
    q = HiddenField()
    level = HiddenField()


def _shortened(longest: int) -> Length:
    return Length(max=longest, message=_l("Bitte kürzen Sie diesen Text auf höchstens %(max)d Zeichen."))


def _title() -> StringField:
    required = DataRequired(_l("Bitte geben Sie dem Thema einen Titel."))
    return StringField(_l("Titel"), validators=[required, _shortened(LONGEST_TITLE)])


def _question() -> TextAreaField:
    return TextAreaField(_l("Leitfrage"), validators=[Optional(), _shortened(LONGEST_QUESTION)])


class CheckedForm(BaseForm):
    """A form whose text passes the privacy check; `confirmed` is asked for only when there are hits."""

    confirmed = BooleanField(_l("Ich habe die Hinweise geprüft: Der Text lässt niemanden erkennen."))


class TopicForm(CheckedForm):
    """A topic as it is written: its name, what it asks, and the text of its one page."""

    title = _title()
    guiding_question = _question()
    brief = TextAreaField(_l("Steckbrief"), validators=[Optional(), _shortened(LONGEST_BRIEF)])
    contact_role = StringField(
        _l("Wer gibt Auskunft? (Funktion, kein Name)"), validators=[Optional(), _shortened(LONGEST_ROLE)]
    )
    version = HiddenField(default="0")

    @classmethod
    def of(cls, topic: Topic, **more: Any) -> "TopicForm":
        """The form with what is written."""
        return cls(
            title=topic.title,
            guiding_question=topic.guiding_question or "",
            contact_role=topic.contact_role or "",
            version=str(topic.version),
            **{"brief": topic.brief or "", **more},
        )

    def text(self) -> TopicText:
        """What was typed."""
        return TopicText(
            (self.title.data or "").strip(),
            (self.guiding_question.data or "").strip(),
            (self.brief.data or "").replace("\r\n", "\n").strip(),
            (self.contact_role.data or "").strip(),
        )

    def shown_version(self) -> int:
        """The version that the form was filled from; 0 for nonsense."""
        return small_number(self.version.data)


class SplitForm(CheckedForm):
    """The new topic that some of the gaps move into."""

    gaps = SelectMultipleField(_l("Diese Fehlstellen gehen in das neue Thema"), validate_choice=False)
    title = _title()
    guiding_question = _question()


class MergeForm(BaseForm):
    """The topic that takes this one in."""

    into = SelectField(
        _l("Geht auf in"), validators=[InputRequired(_l("Bitte wählen Sie ein Thema."))], validate_choice=False
    )
