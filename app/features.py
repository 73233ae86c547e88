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
from exports import ballots_views as recount
from exports import case_matrix_views as case_matrix
from exports import cover_letter_views as cover_letter
from exports import decision_register, minutes_files
from exports import invitation_views as invitation_paper
from exports import lists as exports
from exports import refi_qda_views as refi_qda
from exports import room_sheets_views as room_sheets
from exports import scoring_views as scoring_files
from exports import task_list_views as follow_up_exports
from exports import topic_brief_views as topic_brief
from exports import workshop_minutes_views as workshop_minutes
from exports import workshop_paper_views as workshop_paper
from exports.folder import background as folder_background
from exports.folder import panel as folder_panel
from exports.folder import views as folder
from exports.letterhead import head_views as page_head
from exports.letterhead import views as letterhead
from exports.oparl import api as oparl
from exports.oparl import views as publishing
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
from meetings.agenda import amendment_views as meetings_amendments
from meetings.agenda import ending_views as meetings_endings
from meetings.agenda import following as meetings_following
from meetings.agenda import plan_views as meetings_planning
from meetings.agenda import search as meetings_search
from meetings.agenda import standing_views as meetings_standing
from meetings.agenda import suggestion_views as meetings_suggestions
from meetings.agenda import suggestions as meetings_suggesting
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
from meetings.circular import letters as circular_letters
from meetings.circular import suggesting as circular_suggesting
from meetings.circular import tasks as circular_tasks
from meetings.circular import views as circulars
from meetings.dates import tasks as dates_tasks
from meetings.dates import views as dates
from meetings.decisions import conversation as decisions_conversation
from meetings.decisions import search as decisions_search
from meetings.decisions import topic_bonds as decisions_topics
from meetings.decisions import trace as decisions_trace
from meetings.decisions import views as decisions
from meetings.follow_up import reminders as follow_up_reminders
from meetings.follow_up import standing as follow_up_standing
from meetings.follow_up import tasks as follow_up_tasks
from meetings.follow_up import views as follow_up
from meetings.invitations import feed_views as calendar_feed
from meetings.invitations import panel as invitations_panel
from meetings.invitations import reminders as invitations_reminders
from meetings.invitations import views as invitations
from meetings.minutes import check_views as minutes_check
from meetings.minutes import extract_views as extracts
from meetings.minutes import module_views as text_modules
from meetings.minutes import public_views as public_minutes
from meetings.minutes import returning as extracts_returning
from meetings.minutes import standing as minutes_standing
from meetings.minutes import step_views as minutes_steps
from meetings.minutes import views as minutes
from meetings.papers import attachment_views as paper_attachments
from meetings.papers import background as papers_background
from meetings.papers import conversation as papers_conversation
from meetings.papers import panels as papers_panels
from meetings.papers import search as papers_search
from meetings.papers import tasks as papers_tasks
from meetings.papers import trace as papers_trace
from meetings.papers import views as papers
from meetings.register import views as register
from meetings.room import lead_views as room_lead
from meetings.room import live_views as room_live
from meetings.room import panels as room_panels
from meetings.room import times_views as room_times
from meetings.room import views as meeting_room
from meetings.scoring import panels as scoring_panels
from meetings.scoring import tasks as scoring_tasks
from meetings.scoring import views as scoring
from meetings.voting import entering_views as polls
from meetings.voting import panels as voting_panels
from meetings.voting import tasks as voting_tasks
from meetings.voting import trace as voting_trace
from meetings.voting import views as voting
from meetings.voting.lots import views as lots
from meetings.voting.sealed import box as sealed_box
from meetings.voting.sealed import panel as sealed_panel
from meetings.voting.sealed import sweeping as sealed_sweeping
from meetings.voting.sealed import views as sealed


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
        meetings_standing.blueprint,
        meetings_suggestions.blueprint,
        meetings_amendments.blueprint,
        meetings_endings.blueprint,
        meetings.blueprint,
        invitations.blueprint,
        calendar_feed.blueprint,
        dates.blueprint,
        meeting_room.blueprint,
        room_lead.blueprint,
        room_live.blueprint,
        room_times.blueprint,
        room_sheets.blueprint,
        voting.blueprint,
        polls.blueprint,
        lots.blueprint,
        scoring.blueprint,
        scoring_files.blueprint,
        circulars.blueprint,
        recount.blueprint,
        decision_register.blueprint,
        sealed.blueprint,
        decisions.blueprint,
        bodies_edit.blueprint,
        bodies.blueprint,
        minutes.blueprint,
        minutes_check.blueprint,
        minutes_steps.blueprint,
        extracts.blueprint,
        public_minutes.blueprint,
        text_modules.blueprint,
        follow_up.blueprint,
        follow_up_exports.blueprint,
        papers.blueprint,
        paper_attachments.blueprint,
        register.blueprint,
        agreements.blueprint,
        exports.blueprint,
        oparl.blueprint,
        publishing.blueprint,
        topic_brief.blueprint,
        invitation_paper.blueprint,
        folder.blueprint,
        letterhead.blueprint,
        cover_letter.blueprint,
        page_head.blueprint,
        refi_qda.blueprint,
        case_matrix.blueprint,
        workshop_paper.blueprint,
        workshop_minutes.blueprint,
        aftermath.blueprint,
    ]


PARTS = (
    *(knowledge_trace, gaps_search, solutions_search, gaps_tasks, gaps_deferral, gaps_versions, solutions_versions),
    *(cases_tasks, cases_actions, cases_erasing, coding_erasing, card_erasing, workshops_tasks),
    *(mail_delivery, conversation_changes, digest_mail),
    *(reports_tasks, reports_trace, reports_erasing),
    *(search_background, documents_search, documents_trace, imports_background),
    *(agreements_conversation, agreements_trace, agreements_search, agreements_gap_facts),
    *(decisions_conversation, decisions_trace, decisions_search, decisions_topics),
    *(meetings_suggesting, meetings_following, meetings_trace, meetings_search, meetings_tasks, bodies_trace),
    *(invitations_panel, invitations_reminders, dates_tasks),
    *(papers_search, papers_trace, papers_conversation, papers_panels, papers_background, papers_tasks),
    *(voting_trace, voting_tasks, voting_panels, sealed_box, sealed_sweeping, sealed_panel),
    *(scoring_panels, scoring_tasks),
    *(circular_letters, circular_suggesting, circular_tasks),
    *(minutes_files, minutes_standing, extracts_returning, follow_up_standing, follow_up_tasks, follow_up_reminders),
    *(folder_background, folder_panel),
    *(room_panels, cover_letter, publishing, conversation_channels),
)
"""What has something to tell the registries of lower rooms; each does so in its `register()`.

The channels of conversation come last: there is one for every kind of thing that the others let people talk about.
"""


def register_everything(house: House) -> Callable[[Session, int, date], tuple[SeatHeld, ...]]:
    """Hand what higher rooms know to the registries of lower ones; returns the source of seats."""
    del house
    readers.register(seats_of)
    for part in PARTS:
        part.register()
    return seats_of
