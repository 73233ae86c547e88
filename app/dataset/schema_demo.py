"""The shape of a whole `kim-demo/1` file."""

from app.dataset.schema_bodies import BodyGiven
from app.dataset.schema_codebook import CategoryGiven, PassageGiven
from app.dataset.schema_knowledge import CaseGiven, GapGiven, SolutionGiven, TopicGiven, WorkshopGiven
from app.dataset.schema_meetings import AgendaGiven, AgreementGiven, DecisionGiven
from app.dataset.schema_people import Meta, MunicipalityGiven, OrganisationGiven, PersonGiven, TenantGiven
from app.dataset.values import Strictly

FORMAT = "kim-demo/1"


class DemoFile(Strictly):
    """A county with everything it knows and decides."""

    meta: Meta
    tenant: TenantGiven
    municipalities: list[MunicipalityGiven] = []
    organisations: list[OrganisationGiven] = []
    people: list[PersonGiven] = []
    bodies: list[BodyGiven] = []
    workshops: list[WorkshopGiven] = []
    cases: list[CaseGiven] = []
    gaps: list[GapGiven] = []
    topics: list[TopicGiven] = []
    past_solutions: list[SolutionGiven] = []
    decisions: list[DecisionGiven] = []
    agenda: AgendaGiven | None = None
    agreement: AgreementGiven | None = None
    codebook: list[CategoryGiven] = []
    codings: list[PassageGiven] = []
