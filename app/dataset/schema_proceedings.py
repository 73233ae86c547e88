"""The optional part of a demo file: a body's agenda template, a meeting's answers and corrections."""

from typing import Annotated

from pydantic import AwareDatetime

from app.dataset.values import Count, Lax, PersonKey, Strictly, Text
from meetings.agenda.states import ItemKind, ItemPart, TemplatePlace
from meetings.invitations.states import AnswerKind

Moment = AwareDatetime


class TemplateItemGiven(Strictly):
    """An item with which every agenda of the body begins or ends."""

    title: Text
    kind: Annotated[ItemKind, Lax]
    minutes: Count = 0
    place: Annotated[TemplatePlace, Lax] = TemplatePlace.OPENING
    part: Annotated[ItemPart, Lax] = ItemPart.PUBLIC


class AnswerGiven(Strictly):
    """The answer for a seat, named by who holds it, or of a guest; `person` comes, or does not."""

    seat: PersonKey | None = None
    person: PersonKey
    answer: Annotated[AnswerKind, Lax]
    by: PersonKey
    at: Moment


class AmendmentGiven(Strictly):
    """A correction of the meeting after it was held, or of the item with this number."""

    at: Moment
    item: str | int | None = None
    by: PersonKey | None = None
    text: Text
    reason: Text
