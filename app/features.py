"""The list of rooms: their blueprints, and what they register with lower rooms."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint
from sqlmodel import Session

from app.core import mail_delivery
from app.core.permissions import SeatHeld
from app.core.web import House
from app.people import about
from app.people import views as people
from exports import case_matrix_views as case_matrix
from exports import lists as exports
from exports import refi_qda_views as refi_qda
from exports import topic_brief_views as topic_brief
from exports import workshop_minutes_views as workshop_minutes
from exports import workshop_paper_views as workshop_paper
from knowledge.aftermath import views as aftermath
from knowledge.cases import actions as cases_actions
from knowledge.cases import erasure_due as cases_erasing
from knowledge.cases import tasks as cases_tasks
from knowledge.cases import views as cases
from knowledge.coding import erasing as coding_erasing
from knowledge.coding.import_views import blueprint as coding_pages
from knowledge.comparison import views as comparison
from knowledge.conversation import changes as conversation_changes
from knowledge.conversation import channels as conversation_channels
from knowledge.conversation import digest_mail, news_views, readers, version_views
from knowledge.conversation import views as conversation
from knowledge.documents import search as documents_search
from knowledge.documents import trace as documents_trace
from knowledge.documents import views as documents
from knowledge.gaps import deferral as gaps_deferral
from knowledge.gaps import search as gaps_search
from knowledge.gaps import tasks as gaps_tasks
from knowledge.gaps import topic_bundle_views as topic_bundle
from knowledge.gaps import topic_views as topics
from knowledge.gaps import versions as gaps_versions
from knowledge.gaps import views as gaps
from knowledge.imports import background as imports_background
from knowledge.imports import views as imports
from knowledge.pictures import views as pictures
from knowledge.privacy import views as privacy
from knowledge.reconstruction import card_erasing
from knowledge.reconstruction import card_views as live_cards
from knowledge.reconstruction import cluster_views as live_clusters
from knowledge.reconstruction import joining_views as joining
from knowledge.reconstruction import room_views as live_room
from knowledge.reconstruction import steering_views as steering
from knowledge.reports import erasing as reports_erasing
from knowledge.reports import public_views as reporting
from knowledge.reports import tasks as reports_tasks
from knowledge.reports import trace as reports_trace
from knowledge.reports import views as reports
from knowledge.search import background as search_background
from knowledge.search import views as search
from knowledge.solutions import search as solutions_search
from knowledge.solutions import versions as solutions_versions
from knowledge.solutions import views as solutions
from knowledge.trace import sources as knowledge_trace
from knowledge.trace import views as trace
from knowledge.workshops import tasks as workshops_tasks
from knowledge.workshops import views as workshops
from meetings.agenda import ending_views as meetings_endings
from meetings.agenda import following as meetings_following
from meetings.agenda import plan_views as meetings_planning
from meetings.agenda import search as meetings_search
from meetings.agenda import tasks as meetings_tasks
from meetings.agenda import trace as meetings_trace
from meetings.agenda import views as meetings
from meetings.agreements import conversation as agreements_conversation
from meetings.agreements import gap_facts as agreements_gap_facts
from meetings.agreements import search as agreements_search
from meetings.agreements import trace as agreements_trace
from meetings.agreements import views as agreements
from meetings.bodies import edit_views as bodies_edit
from meetings.bodies import trace as bodies_trace
from meetings.bodies import views as bodies
from meetings.bodies.queries import seats_of
from meetings.decisions import conversation as decisions_conversation
from meetings.decisions import search as decisions_search
from meetings.decisions import topic_bonds as decisions_topics
from meetings.decisions import trace as decisions_trace
from meetings.decisions import views as decisions
from meetings.minutes import views as minutes
from meetings.room import views as meeting_room
from meetings.voting import tasks as voting_tasks
from meetings.voting import trace as voting_trace
from meetings.voting import views as voting


def blueprints() -> list[Blueprint]:
    """Every feature's pages."""
    return [
        people.blueprint,
        about.blueprint,
        search.blueprint,
        cases.blueprint,
        workshops.blueprint,
        comparison.blueprint,
        joining.blueprint,
        live_room.blueprint,
        live_cards.blueprint,
        live_clusters.blueprint,
        steering.blueprint,
        coding_pages,
        gaps.blueprint,
        topics.blueprint,
        topic_bundle.blueprint,
        privacy.blueprint,
        reporting.blueprint,
        reports.blueprint,
        solutions.blueprint,
        documents.blueprint,
        imports.blueprint,
        conversation.blueprint,
        news_views.blueprint,
        version_views.blueprint,
        trace.blueprint,
        pictures.blueprint,
        meetings_planning.blueprint,
        meetings_endings.blueprint,
        meetings.blueprint,
        meeting_room.blueprint,
        voting.blueprint,
        decisions.blueprint,
        bodies_edit.blueprint,
        bodies.blueprint,
        minutes.blueprint,
        agreements.blueprint,
        exports.blueprint,
        topic_brief.blueprint,
        refi_qda.blueprint,
        case_matrix.blueprint,
        workshop_paper.blueprint,
        workshop_minutes.blueprint,
        aftermath.blueprint,
    ]


def register_everything(house: House) -> Callable[[Session, int, date], tuple[SeatHeld, ...]]:
    """Hand what higher rooms know to the registries of lower ones; returns the source of seats."""
    del house
    for part in (knowledge_trace, gaps_search, solutions_search, gaps_tasks, gaps_deferral, cases_tasks):
        part.register()
    cases_actions.register()
    cases_erasing.register()
    coding_erasing.register()
    solutions_versions.register()
    gaps_versions.register()
    readers.register(seats_of)
    for part in (agreements_conversation, decisions_conversation):
        part.register()
    for part in (mail_delivery, conversation_changes, conversation_channels, digest_mail):
        part.register()
    for part in (reports_tasks, reports_trace, reports_erasing):
        part.register()
    card_erasing.register()
    search_background.register()
    workshops_tasks.register()
    for part in (documents_search, documents_trace, imports_background):
        part.register()
    agreements_trace.register()
    agreements_search.register()
    agreements_gap_facts.register()
    for part in (meetings_following, meetings_trace, voting_trace, decisions_trace, bodies_trace):
        part.register()
    for part in (meetings_search, decisions_search, decisions_topics, voting_tasks, meetings_tasks):
        part.register()
    return seats_of
