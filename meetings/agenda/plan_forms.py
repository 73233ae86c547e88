"""What planners may type: a meeting's head, an agenda item, a reason, a result."""

import re
from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp

from app.core.forms import BaseForm, small_number
from app.core.i18n import lazy as _l
from meetings.agenda.drafts import ItemDraft, MeetingDraft, NoSuchTime, VotePlan
from meetings.agenda.models import AgendaVote, Meeting
from meetings.agenda.queries import FoundItem, FoundMeeting
from meetings.agenda.results import offered
from meetings.agenda.states import AgendaVoteMethod, DecisionKind, ItemKind, ItemPart, ItemResult
from meetings.agenda.wording import item_kind_words, method_words, part_words, result_words

LONGEST_TITLE, LONGEST_TEXT, MOST_MINUTES = 160, 20_000, 600
PREPARED = (AgendaVoteMethod.RESOLUTION, AgendaVoteMethod.DOTS, AgendaVoteMethod.CRITERIA_THEN_DOTS)
"""The methods that a poll can be prepared with today."""
NONE = ""
_ADDRESS = re.compile(r"\s*https://[^\s<>\"]+\s*\Z", re.IGNORECASE)


def shortened(longest: int) -> Length:
    """No longer than so many characters."""
    return Length(max=longest, message=_l("Bitte kürzen Sie diesen Text auf höchstens %(max)d Zeichen."))


class MeetingForm(BaseForm):
    """The head of a meeting."""

    title = StringField(
        _l("Bezeichnung"),
        validators=[DataRequired(_l("Bitte geben Sie der Sitzung eine Bezeichnung.")), shortened(LONGEST_TITLE)],
    )
    date = DateField(_l("Tag"), validators=[Optional()])
    start = TimeField(_l("Beginn"), validators=[Optional()])
    end = TimeField(_l("Ende"), validators=[Optional()])
    place = StringField(_l("Ort"), validators=[Optional(), shortened(240)])
    dial_in_url = StringField(
        _l("Zuschaltung: Adresse"),
        validators=[
            Optional(),
            shortened(500),
            Regexp(_ADDRESS, message=_l("Bitte geben Sie eine Adresse an, die mit https:// beginnt.")),
        ],
    )
    dial_in_phone = StringField(_l("Zuschaltung: Telefon"), validators=[Optional(), shortened(160)])
    version = HiddenField(default="0")

    @classmethod
    def of(cls, meeting: FoundMeeting, local: Any) -> "MeetingForm":
        """The form with what is planned; `local` brings a moment into the county's zone."""
        row: Meeting = meeting.meeting
        start, end = (local(at) if at else None for at in (row.starts_at, row.ends_at))
        return cls(
            title=row.title,
            date=row.date,
            start=start.time() if start else None,
            end=end.time() if end else None,
            place=row.place or "",
            dial_in_url=row.dial_in_url or "",
            dial_in_phone=row.dial_in_phone or "",
            version=str(row.version),
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides the fields: an end needs a beginning, a time a day, and the clock must show it."""
        good = bool(super().validate(extra_validators))
        if (self.start.data or self.end.data) and not self.date.data and not self.date.errors:
            return self._refuse(self.date, _l("Bitte nennen Sie zu der Uhrzeit auch den Tag."))
        if self.end.data and not self.start.data and not self.start.errors:
            return self._refuse(self.start, _l("Bitte nennen Sie auch den Beginn."))
        return good and self._shown_by_the_clock()

    def _shown_by_the_clock(self) -> bool:
        draft = self.draft()
        try:
            start, end = draft.starts_at, draft.ends_at
        except NoSuchTime:
            return self._refuse(
                self.start, _l("Diese Uhrzeit gibt es an dem Tag nicht: In der Nacht wird die Uhr vorgestellt.")
            )
        if start and end and end <= start:
            return self._refuse(self.end, _l("Das Ende muss nach dem Beginn liegen."))
        return True

    def _refuse(self, field: Any, message: Any) -> bool:
        field.errors = [*field.errors, message]
        return False

    def draft(self) -> MeetingDraft:
        """What was typed."""
        return MeetingDraft(
            (self.title.data or "").strip(),
            self.date.data,
            self.start.data,
            self.end.data,
            (self.place.data or "").strip(),
            (self.dial_in_url.data or "").strip(),
            " ".join((self.dial_in_phone.data or "").split()),
        )

    def shown_version(self) -> int:
        """The version that the form was filled from; 0 for nonsense."""
        return small_number(self.version.data)


class PlanForm(MeetingForm):
    """A new meeting: the body, the head, and what its agenda begins with."""

    body = SelectField(
        _l("Gremium"), validators=[InputRequired(_l("Bitte wählen Sie das Gremium."))], validate_choice=True
    )
    standing = BooleanField(_l("Mit den festen Punkten beginnen (Eröffnung, Niederschrift, Stand der Beschlüsse, …)"))
    carry_over = BooleanField(_l("Übernehmen, was in der letzten Sitzung vertagt oder nicht erreicht wurde"))


class ItemForm(BaseForm):
    """An agenda item."""

    title = StringField(
        _l("Titel"),
        validators=[DataRequired(_l("Bitte geben Sie dem Punkt einen Titel.")), shortened(LONGEST_TITLE)],
    )
    kind = SelectField(_l("Art"), validators=[InputRequired()], coerce=ItemKind)
    minutes = IntegerField(
        _l("Geplante Minuten"),
        default=10,
        validators=[
            InputRequired(_l("Bitte geben Sie eine ganze Zahl an.")),
            NumberRange(0, MOST_MINUTES, _l("Bitte geben Sie 0 bis 600 Minuten an.")),
        ],
    )
    speaker = SelectField(_l("Wer trägt vor?"), validate_choice=True, default=NONE)
    part = SelectField(_l("Teil der Sitzung"), coerce=ItemPart, default=ItemPart.PUBLIC)
    parent = SelectField(_l("Unterpunkt von"), validate_choice=True, default=NONE)
    after = SelectField(_l("Nachtrag hinter"), validate_choice=True, default=NONE)
    text = TextAreaField(_l("Sachverhalt"), validators=[Optional(), shortened(LONGEST_TEXT)])
    proposal = TextAreaField(_l("Beschlussvorschlag"), validators=[Optional(), shortened(LONGEST_TEXT)])
    decision_kind = SelectField(_l("Was beschlossen werden soll"), validate_choice=True, default=NONE)
    subjects = SelectMultipleField(_l("Worum es geht"), validate_choice=True)
    method = SelectField(_l("Verfahren"), validate_choice=True, default=NONE)
    dots = IntegerField(
        _l("Punkte je Organisation"),
        validators=[Optional(), NumberRange(1, 100, _l("Bitte geben Sie 1 bis 100 Punkte an."))],
    )
    most_per_topic = IntegerField(
        _l("Höchstens auf ein Thema"),
        validators=[Optional(), NumberRange(1, 100, _l("Bitte geben Sie 1 bis 100 Punkte an."))],
    )
    version = HiddenField(default="0")

    def offer(self, choices: "ItemChoices") -> "ItemForm":
        """Fill the lists to choose from."""
        self.kind.choices = [(kind.value, item_kind_words(kind)) for kind in ItemKind]
        self.speaker.choices = [(NONE, _l("noch offen")), *choices.speakers]
        self.part.choices = [(part.value, part_words(part)) for part in ItemPart]
        self.parent.choices = [(NONE, _l("– eigener Punkt –")), *choices.parents]
        self.after.choices = [(NONE, _l("am Ende")), *choices.numbers]
        self.decision_kind.choices = [(NONE, _l("kein Beschluss")), *choices.decision_kinds]
        self.subjects.choices = list(choices.subjects)
        self.method.choices = [
            (NONE, _l("keine Abstimmung geplant")),
            *((method.value, method_words(method)) for method in _methods(choices.method)),
        ]
        return self

    def draft(self) -> ItemDraft:
        """What was typed; raises nothing after `validate`."""
        return ItemDraft(
            title=(self.title.data or "").strip(),
            kind=ItemKind(self.kind.data),
            minutes=self.minutes.data or 0,
            speaker_id=int(self.speaker.data) if self.speaker.data else None,
            text=(self.text.data or "").replace("\r\n", "\n").strip(),
            proposal=(self.proposal.data or "").replace("\r\n", "\n").strip(),
            decision_kind=DecisionKind(self.decision_kind.data) if self.decision_kind.data else None,
            parent_id=int(self.parent.data) if self.parent.data else None,
            subjects=tuple(_pair(value) for value in self.subjects.data or ()),
            vote=self._vote(),
            part=ItemPart(self.part.data or ItemPart.PUBLIC),
        )

    def _vote(self) -> VotePlan | None:
        if not self.method.data:
            return None
        method = AgendaVoteMethod(self.method.data)
        if method == AgendaVoteMethod.RESOLUTION:
            return VotePlan(method)
        return VotePlan(method, self.dots.data, self.most_per_topic.data)

    def shown_version(self) -> int:
        """The version that the form was filled from; 0 for nonsense."""
        return small_number(self.version.data)


def _methods(planned: AgendaVoteMethod | None) -> Iterable[AgendaVoteMethod]:
    """The methods on offer; one that an imported agenda plans stays among them."""
    return PREPARED if planned is None or planned in PREPARED else (*PREPARED, planned)


def _pair(value: str) -> tuple[str, int]:
    kind, _colon, number = value.partition(":")
    return kind, int(number)


class ItemChoices:
    """The lists of an item's form: each a list of (value, label)."""

    def __init__(self, **lists: Any) -> None:
        self.speakers: list[tuple[str, str]] = lists.get("speakers", [])
        self.parents: list[tuple[str, str]] = lists.get("parents", [])
        self.numbers: list[tuple[str, str]] = lists.get("numbers", [])
        self.decision_kinds: list[tuple[str, str]] = lists.get("decision_kinds", [])
        self.subjects: list[tuple[str, str]] = lists.get("subjects", [])
        self.method: AgendaVoteMethod | None = lists.get("method")


def filled(found: FoundItem, subjects: Iterable[tuple[str, int]], vote: AgendaVote | None) -> ItemForm:
    """The form with what is written."""
    item = found.item
    return ItemForm(
        title=item.title,
        kind=item.kind,
        minutes=item.minutes,
        part=item.part,
        speaker=str(item.speaker_id or NONE),
        parent=str(item.parent_id or NONE),
        text=item.text or "",
        proposal=item.proposal or "",
        decision_kind=item.decision_kind.value if item.decision_kind else NONE,
        subjects=[f"{kind}:{thing_id}" for kind, thing_id in subjects],
        method=vote.method.value if vote else NONE,
        dots=vote.dots_per_organisation if vote else None,
        most_per_topic=vote.max_dots_per_topic if vote else None,
        version=str(item.version),
    )


class CancelForm(BaseForm):
    """Why a meeting is called off."""

    reason = TextAreaField(
        _l("Grund der Absage"),
        validators=[DataRequired(_l("Bitte nennen Sie den Grund; er steht in der Absage.")), shortened(600)],
    )


class ResultForm(BaseForm):
    """What came of an item; `somewhere` is whether there is another body to refer it to."""

    somewhere = False
    result = SelectField(_l("Ergebnis"), coerce=ItemResult)
    body = SelectField(_l("Verwiesen an"), validate_choice=True, default=NONE)
    note = TextAreaField(_l("Anmerkung für die Niederschrift"), validators=[Optional(), shortened(2000)])

    def offer(self, kind: ItemKind, bodies: Iterable[tuple[str, str]] = ()) -> "ResultForm":
        """Fill the list of results for an item of this kind, and of the bodies that it may be handed over to."""
        self.result.choices = [(each.value, result_words(each)) for each in offered(kind)]
        choices = [(NONE, _l("– kein Gremium –")), *bodies]
        self.body.choices, self.somewhere = choices, len(choices) > 1
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides the fields: who refers an item says where to."""
        good = bool(super().validate(extra_validators))
        if good and self.result.data == ItemResult.REFERRED and not self.body.data and self.somewhere:
            self.body.errors = [*self.body.errors, _l("Bitte nennen Sie das Gremium, an das verwiesen wird.")]
            return False
        return good
