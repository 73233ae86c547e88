"""From a topic to the content of its one-page brief: every text put into words, for those whom the brief is meant for.

A brief is handed on. So it tells no more than its classification allows, whoever makes it: counts are told as to the
reader of that level, solutions that fewer people may read are left out, and nothing of a case is ever in it (DP-13).
Municipalities and groups of a gap with few cases are in no brief, not even in a draft (DP-11).
"""

from collections.abc import Iterable
from datetime import datetime

from app.core.i18n import _, language, show_date
from app.people.models import Tenant
from app.people.states import Visibility
from exports.document import Document, Entry, Fact, Section, Table
from exports.docx.wording import ENGLISH, GERMAN
from knowledge.gaps import figures
from knowledge.gaps.models import Gap
from knowledge.gaps.places import are_told
from knowledge.gaps.policy import BODY, COORDINATION, LEVELS, NETWORK, PUBLIC
from knowledge.gaps.states import GapFacetName, TopicState
from knowledge.gaps.suppression import smallest_cell
from knowledge.gaps.topic_queries import Scope
from knowledge.gaps.topic_rules import HEADINGS, Part, passages, text_of
from knowledge.gaps.topics import FoundTopic, TopicSheet
from knowledge.gaps.visibility import Reader
from knowledge.gaps.wording import shown_count
from knowledge.solutions.models import Solution
from knowledge.taxonomy.terms import code_labels, label

LONGEST_RESULT = 220
"""So many characters of a solution's result fit beside its name."""


def brief_document(found: FoundTopic, sheet: TopicSheet, scope: Scope, tenant: Tenant, now: datetime) -> Document:
    """The brief of a topic; `now` dates a topic that was never changed since it was loaded."""
    topic = found.topic
    changed = topic.changed_at or now
    return Document(
        owner=tenant.name,
        programme=_("Kommunales Integrationsmanagement"),
        kind=_("Themensteckbrief"),
        number=topic.key,
        title=topic.title,
        classification=classification(found.visibility),
        date=_("Stand: %(date)s", date=show_date(changed)),
        sections=tuple(_sections(found, sheet, scope, audience(found.visibility, tenant.min_cell))),
        issued_at=changed,
        lead=Fact(_("Leitfrage"), topic.guiding_question) if topic.guiding_question else None,
        facts=_closing(found),
        is_draft=topic.state == TopicState.DRAFT,
        language="en-GB" if language() == "en" else "de-DE",
        wording=ENGLISH if language() == "en" else GERMAN,
    )


def classification(visibility: str) -> str:
    """The line that says who may read the document."""
    lines = {
        BODY: _("Intern – nur für Mitglieder der Gremien"),
        NETWORK: _("Nur für das Netzwerk – nicht zur Weitergabe"),
        PUBLIC: _("Öffentlich"),
    }
    return lines.get(visibility, _("Intern – nur für die Koordination"))


def audience(visibility: str, min_cell: int) -> Reader:
    """For whom the figures are made: the least that all readers of this level may see."""
    at = LEVELS.index(visibility) if visibility in LEVELS else 0
    levels = tuple(Visibility(level) for level in LEVELS[at:])
    return Reader(levels, in_coordination=at == LEVELS.index(COORDINATION), min_cell=min_cell)


def _sections(found: FoundTopic, sheet: TopicSheet, scope: Scope, eyes: Reader) -> Iterable[Section]:
    brief = found.topic.brief or ""
    problem, decision, cost = (text_of(brief, part) for part in (Part.PROBLEM, Part.DECISION, Part.COST))
    if problem:
        yield Section(_heading(Part.PROBLEM), problem)
    yield _seen(found, sheet, eyes, text_of(brief, Part.EVIDENCE))
    yield Section(_("Wer betroffen ist"), text_of(brief, Part.AFFECTED), facts=_affected(scope))
    yield _tried(sheet, eyes, text_of(brief, Part.TRIED))
    yield Section(_heading(Part.DECISION), decision or _("Dazu sagt der Steckbrief noch nichts."))
    yield Section(_heading(Part.COST), cost, facts=_levels(found.gaps))
    for passage in passages(brief):
        if passage.part is None:
            yield Section(passage.heading, passage.text)


def _heading(part: Part) -> str:
    return HEADINGS[part][1 if language() == "en" else 0]


def _seen(found: FoundTopic, sheet: TopicSheet, eyes: Reader, text: str) -> Section:
    of_gaps = {gap.key: sheet.strengths[gap.id or 0].cases for gap in found.gaps}
    sentence = figures.topic_sentence(eyes, sheet.cases, sheet.organisations, of_gaps)
    columns = (_("Fehlstelle"), _("Gewicht"), _("Evidenz"), _("Fälle"))
    rows = tuple(_row(gap, sheet, eyes) for gap in found.gaps)
    table = Table(_("Die Fehlstellen dieses Themas"), columns, rows) if rows else None
    return Section(_("Was gesehen wurde"), text, (Fact(_("Belege zusammen"), sentence),), table)


def _row(gap: Gap, sheet: TopicSheet, eyes: Reader) -> tuple[str, ...]:
    strength = sheet.strengths[gap.id or 0]
    weight = f"{label('severity', gap.severity)}, {label('frequency', gap.frequency)}"
    known = eyes.in_coordination or strength.grade == "A"
    grade = f"{strength.grade} ({label('evidence_strength', strength.grade)})" if known else _("einzelne Belege")
    cases = shown_count(strength.cases, smallest_cell(eyes.min_cell), eyes.in_coordination)
    return f"{gap.key} {gap.title}", weight, grade, cases


def gaps_told_of(found: FoundTopic, sheet: TopicSheet, min_cell: int) -> list[int]:
    """The gaps whose municipalities and groups a brief may name, whoever makes it."""
    outside = Reader((), in_coordination=False, min_cell=min_cell)
    return [gap_id for gap_id in found.gap_ids if are_told(outside, sheet.strengths[gap_id].cases)]


def _affected(scope: Scope) -> tuple[Fact, ...]:
    def told(name: GapFacetName, list_name: str) -> str:
        return code_labels(scope.codes.get(name, ()), list_name)

    groups, municipalities = told(GapFacetName.AFFECTED_GROUP, "affected_groups"), ", ".join(scope.municipalities)
    facts = (
        Fact(_("Betroffene Gruppen"), _with_the_concealed(scope, groups)),
        Fact(_("Schnittstelle"), told(GapFacetName.INTERFACE, "agency_types")),
        Fact(_("Übergang"), told(GapFacetName.TRANSITION, "transitions")),
        Fact(_("Kommunen"), _with_the_concealed(scope, municipalities) or _("kreisweit")),
    )
    return tuple(fact for fact in facts if fact.text)


def _with_the_concealed(scope: Scope, told: str) -> str:
    """What is told, and that gaps with few cases are not named for; the same words whether or not they have any."""
    if not scope.conceals:
        return told
    hidden = _("bei Fehlstellen mit wenigen Fällen hier nicht genannt")
    return f"{told}; {hidden}" if told else hidden


def _tried(sheet: TopicSheet, eyes: Reader, text: str) -> Section:
    shown = [solution for solution in sheet.solutions if solution.visibility in eyes.levels]
    nothing = "" if shown or text else _("Zu diesen Fehlstellen ist noch keine Lösung erfasst.")
    return Section(_heading(Part.TRIED), text or nothing, entries=tuple(map(_solution, shown)))


def _solution(solution: Solution) -> Entry:
    """A solution with its effect; of one that did not hold, what was missing comes first."""
    failed = solution.effect.value == "ineffective"
    told = (solution.shortfall if failed else None) or solution.result or solution.description
    effect = label("effect_ratings", solution.effect.value)
    return Entry(f"{solution.key} {solution.title}", f"{effect}. {shortened(told, LONGEST_RESULT)}")


def shortened(text: str, longest: int) -> str:
    """The text in one line, cut after a whole word where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0]} …"


def _levels(gaps: Iterable[Gap]) -> tuple[Fact, ...]:
    levels = dict.fromkeys(gap.solvable_at.value for gap in gaps)
    return (Fact(_("Lösbar auf der Ebene"), code_labels(levels, "solvable_at")),) if levels else ()


def _closing(found: FoundTopic) -> tuple[Fact, ...]:
    topic = found.topic
    deadline = min((gap.deadline for gap in found.gaps if gap.deadline), default=None)
    facts = [Fact(_("Auskunft"), topic.contact_role or _("Koordination"))]
    facts.append(Fact(_("Stand des Themas"), label("topic_states", topic.state.value)))
    if topic.rank:
        facts.append(Fact(_("Rang"), str(topic.rank)))
    if deadline:
        facts.append(Fact(_("Nächste Frist"), show_date(deadline)))
    return tuple(facts)
