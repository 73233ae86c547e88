"""The strength of evidence in SQL is the strength of the rule."""

import random
from collections import Counter

from sqlmodel import Session, col, select

from app.core.database import Database
from app.people.models import Person
from knowledge.cases.models import Case, Station
from knowledge.cases.states import CaseState
from knowledge.gaps.evidence import Strength, distinct_strength, strengths
from knowledge.gaps.models import Evidence, Gap, GapIndicator
from knowledge.gaps.rules import EvidenceItem, count_evidence, evidence_grade
from knowledge.gaps.states import Polarity
from tests.knowledge.gaps.rows import a_case, a_gap, a_giver, indicators, support
from tests.support.county import a_tenant, an_organisation
from tests.support.demo import Demo


def by_the_rule(session: Session, gap: Gap) -> tuple[int, int, str]:
    rows = session.exec(
        select(Case.id, Person.organisation_id)
        .join(Station, col(Station.case_id) == col(Case.id))
        .join(Evidence, col(Evidence.station_id) == col(Station.id))
        .join(Person, col(Person.id) == col(Case.case_giver_id))
        .where(col(Evidence.gap_id) == gap.id, col(Evidence.polarity) == Polarity.FOR)
    )
    counted = count_evidence(EvidenceItem(case or 0, organisation) for case, organisation in rows)
    figures = session.exec(select(GapIndicator.id).where(col(GapIndicator.gap_id) == gap.id)).all()
    grade = evidence_grade(counted.cases, counted.organisations, gap.reports, len(figures))
    return counted.cases, counted.organisations, grade


def test_every_gap_of_the_demo_county_has_the_grade_of_the_rule(demo: Demo) -> None:
    with demo.session() as session:
        gaps = session.exec(select(Gap)).all()
        found = strengths(session, [gap.id or 0 for gap in gaps])
        assert {gap.key: (s.cases, s.organisations, s.grade) for gap in gaps for s in [found[gap.id or 0]]} == {
            gap.key: by_the_rule(session, gap) for gap in gaps
        }
    assert Counter(strength.grade for strength in found.values()) == {"A": 1, "B": 7, "C": 5, "D": 1}


def test_any_mixture_of_cases_organisations_reports_and_figures_has_the_grade_of_the_rule(database: Database) -> None:
    dice = random.Random(7)
    with database.session(database.writing) as session:
        a_tenant(session)
        givers = [a_giver(session, office) for office in [an_organisation(session) for _ in range(3)] for _ in range(2)]
        gaps = []
        for _ in range(40):
            gap = a_gap(session, reports=dice.choice([0, 0, 2]))
            for _case in range(dice.randrange(5)):
                case = a_case(session, dice.choice(givers))
                for _finding in range(dice.randint(1, 2)):
                    support(session, gap, case)
            indicators(session, gap, dice.choice([0, 0, 2]))
            gaps.append(gap)
        found = strengths(session, [gap.id or 0 for gap in gaps])
        for gap in gaps:
            strength = found[gap.id or 0]
            assert (strength.cases, strength.organisations, strength.grade) == by_the_rule(session, gap)
        assert {strength.grade for strength in found.values()} == {"A", "B", "C", "D"}


def test_what_a_person_has_withdrawn_counts_no_more(database: Database) -> None:
    with database.session(database.writing) as session:
        a_tenant(session)
        gap, giver = a_gap(session, reports=1), a_giver(session)
        support(session, gap, a_case(session, giver, withdrawn=True))
        support(session, gap, a_case(session, giver, state=CaseState.WITHDRAWN))
        assert strengths(session, [gap.id or 0])[gap.id or 0] == Strength(0, 0, "D", None)


def test_several_gaps_count_a_case_that_they_share_once(demo: Demo) -> None:
    with demo.session() as session:
        ids = session.exec(select(Gap.id).where(col(Gap.key).in_(["F-2026-01", "F-2026-02"]))).all()
        assert distinct_strength(session, [id_ or 0 for id_ in ids]) == (3, 3)
