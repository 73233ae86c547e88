"""Writing gaps down and changing what is written. Both texts of two editors survive, and no text reaches more people
unless every hit of the privacy check was confirmed (DP-10).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from app.core.clock import LOCAL
from app.core.errors import ChangedMeanwhile, InvalidInput
from app.core.i18n import _
from app.core.work import Work
from app.people.models import Person, PersonRole
from app.people.states import Role, Visibility
from knowledge.conversation.following import follow
from knowledge.conversation.versions import keep_version
from knowledge.gaps.actions import index_again, locked, note
from knowledge.gaps.escalation import escalation_of, said_in
from knowledge.gaps.keeping import keep_rows
from knowledge.gaps.keys import next_key
from knowledge.gaps.models import Gap, GapFacet, GapIndicator, GapMunicipality
from knowledge.gaps.policy import COORDINATION, may_edit_gap, rises
from knowledge.gaps.states import GapFacetName, GapStatus, SolvableAt
from knowledge.privacy.confirming import names_for, refuse_unconfirmed


@dataclass(frozen=True)
class Figure:
    """An indicator as typed."""

    label: str
    before: str = ""
    after: str = ""
    period: str = ""
    source: str = ""

    def texts(self) -> tuple[str, ...]:
        """Everything that it says."""
        return (self.label, self.before, self.after, self.period, self.source)


@dataclass(frozen=True)
class GapText:
    """A gap as typed. No municipality means the whole county; `owner_id` is a person of the coordination."""

    title: str
    summary: str
    solvable_at: SolvableAt
    severity: int
    frequency: int
    visibility: Visibility = Visibility.COORDINATION
    codes: Mapping[GapFacetName, tuple[str, ...]] = field(default_factory=dict)
    municipalities: tuple[int, ...] = ()
    deadline: date | None = None
    deadline_note: str = ""
    evidence_note: str = ""
    owner_id: int | None = None
    figures: tuple[Figure, ...] = ()

    def texts(self) -> tuple[str, ...]:
        """What everybody reads who may read the gap; the note on evidence is the coordination's alone."""
        of_figures = (text for figure in self.figures for text in figure.texts())
        return (self.title, self.summary, self.deadline_note, *of_figures)


_COLUMNS = ("title", "summary", "solvable_at", "severity", "frequency", "visibility", "deadline", "owner_id")
_OPTIONAL_TEXTS = ("deadline_note", "evidence_note")


def create_gap(work: Work, text: GapText, confirmed: Collection[str] = ()) -> Gap:
    """A new gap, „gemeldet“, with the next key of this year. `confirmed` are keys of hits of the privacy check."""
    work.require(may_edit_gap(work.actor))
    _require_owner(work.session, text)
    require_confirmed(work.session, text.visibility, text.texts(), [], confirmed)
    today = work.now.astimezone(LOCAL).date()
    key = next_key(work.session, work.tenant_id, today.year)
    gap = Gap(key=key, status=GapStatus.REPORTED, first_reported=today, **_columns(text))
    work.session.add(gap)
    work.session.flush()
    _write_lists(work.session, gap, text)
    note(work, gap, None)
    keep_version(work, "gap", gap.id or 0, {"title": gap.title, "summary": gap.summary})
    _have_owner_follow(work, gap)
    work.record("gap.created", gap, visibility=gap.visibility.value)
    index_again(work, gap)
    return gap


def edit_gap(work: Work, key: str, text: GapText, version: int, confirmed: Collection[str] = ()) -> Gap:
    """Write a change down if the gap is still as the form showed it; otherwise ChangedMeanwhile."""
    work.require(may_edit_gap(work.actor))
    gap = locked(work, key)
    if gap.status == GapStatus.MERGED:
        raise ChangedMeanwhile(_("Diese Fehlstelle wurde inzwischen mit einer anderen zusammengeführt."))
    if gap.version != version:
        raise ChangedMeanwhile(_("Diese Fehlstelle wurde inzwischen von jemand anderem geändert."))
    _require_owner(work.session, text)
    saved = text_of(work.session, gap)
    if rises(saved.visibility, text.visibility):
        along = said_in(escalation_of(work.session, gap))
        require_confirmed(work.session, text.visibility, (*text.texts(), *along), [], confirmed)
    else:
        require_confirmed(work.session, text.visibility, text.texts(), saved.texts(), confirmed)
    for name, value in _columns(text).items():
        setattr(gap, name, value)
    gap.version += 1
    work.session.add(gap)
    _write_lists(work.session, gap, text)
    before = {"title": saved.title, "summary": saved.summary}
    keep_version(work, "gap", gap.id or 0, {"title": gap.title, "summary": gap.summary}, before=before)
    _have_owner_follow(work, gap)
    work.record("gap.edited", gap, version=gap.version, visibility=gap.visibility.value)
    work.announce(f"gap:{gap.id}", "text")
    index_again(work, gap)
    return gap


def _have_owner_follow(work: Work, gap: Gap) -> None:
    if gap.owner_id is not None:
        follow(work, gap.owner_id, "gap", gap.id or 0)


def text_of(session: Session, gap: Gap) -> GapText:
    """The gap as it is written. Three statements."""
    codes: dict[GapFacetName, tuple[str, ...]] = {}
    facets = select(GapFacet).where(col(GapFacet.gap_id) == gap.id).order_by(col(GapFacet.position), col(GapFacet.id))
    for row in session.exec(facets):
        codes[row.facet] = (*codes.get(row.facet, ()), row.key)
    places = select(GapMunicipality.municipality_id).where(col(GapMunicipality.gap_id) == gap.id)
    rows = (
        select(GapIndicator)
        .where(col(GapIndicator.gap_id) == gap.id)
        .order_by(col(GapIndicator.position), col(GapIndicator.id))
    )
    plain: dict[str, Any] = {name: getattr(gap, name) for name in _COLUMNS}
    plain |= {name: getattr(gap, name) or "" for name in _OPTIONAL_TEXTS}
    return GapText(
        **plain,
        codes=codes,
        municipalities=tuple(session.exec(places.order_by(col(GapMunicipality.position), col(GapMunicipality.id)))),
        figures=tuple(
            Figure(row.label, row.before or "", row.after or "", row.period or "", row.source or "")
            for row in session.exec(rows)
        ),
    )


def coordinators(session: Session) -> list[tuple[int, str]]:
    """Who can look after a gap: the active people of the coordination, id and name. One statement."""
    statement = (
        select(Person.id, Person.name)
        .join(PersonRole, col(PersonRole.person_id) == col(Person.id))
        .where(col(PersonRole.role) == Role.COORDINATION, col(Person.active).is_(True))
        .order_by(col(Person.name))
    )
    return [(person_id or 0, name) for person_id, name in session.exec(statement)]


def _require_owner(session: Session, text: GapText) -> None:
    if text.owner_id is not None and text.owner_id not in {person_id for person_id, _name in coordinators(session)}:
        raise InvalidInput(_("Diese Person gehört nicht zur Koordination. Bitte wählen Sie aus der Liste."))


def require_confirmed(
    session: Session, visibility: str, texts: Collection[str], accepted: Collection[str], confirmed: Collection[str]
) -> None:
    """Beyond the coordination every new hit is confirmed, else Unchecked; hits that the same readers see already are.

    `accepted` is what they read now, `confirmed` are keys of hits.
    """
    if visibility == COORDINATION:
        return
    refuse_unconfirmed(texts, confirmed, names_for(session), accepted)


def _columns(text: GapText) -> dict[str, Any]:
    return {
        **{name: getattr(text, name) for name in _COLUMNS},
        **{name: getattr(text, name) or None for name in _OPTIONAL_TEXTS},
    }


def _write_lists(session: Session, gap: Gap, text: GapText) -> None:
    """Codes, municipalities and indicators, in the order in which they were chosen; what stays keeps its row."""
    gap_id = gap.id or 0
    codes = [
        {"facet": facet, "key": key, "position": place}
        for facet, keys in text.codes.items()
        for place, key in enumerate(keys)
    ]
    places = [{"municipality_id": each, "position": place} for place, each in enumerate(text.municipalities)]
    figures = [
        {**{name: words or None for name, words in vars(figure).items()}, "position": place}
        for place, figure in enumerate(text.figures)
    ]
    keep_rows(session, GapFacet, gap_id, codes, ("facet", "key"))
    keep_rows(session, GapMunicipality, gap_id, places, ("municipality_id",))
    keep_rows(session, GapIndicator, gap_id, figures, ("label", "before", "after", "period", "source"), ("label",))
