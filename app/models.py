"""All tables of all rooms: importing this module completes the metadata, for migrations and tests."""

from app.core import records
from app.people import models as people
from exports.folder import models as folder
from exports.letterhead import models as letterhead
from exports.oparl import models as oparl
from knowledge.aftermath import models as aftermath
from knowledge.cases import erasure_models as erasure
from knowledge.cases import models as cases
from knowledge.coding import models as coding
from knowledge.conversation import models as conversation
from knowledge.documents import models as documents
from knowledge.gaps import models as gaps
from knowledge.imports import models as imports
from knowledge.privacy import models as privacy
from knowledge.reconstruction import card_models as reconstruction_cards
from knowledge.reconstruction import models as reconstruction
from knowledge.reports import models as reports
from knowledge.search import models as search
from knowledge.search import postgres_models as search_postings
from knowledge.solutions import models as solutions
from knowledge.taxonomy import models as taxonomy
from knowledge.workshops import models as workshops
from meetings.agenda import models as agenda
from meetings.agreements import models as agreements
from meetings.bodies import models as bodies
from meetings.circular import models as circular
from meetings.dates import models as dates
from meetings.decisions import models as decisions
from meetings.follow_up import models as follow_up
from meetings.invitations import models as invitations
from meetings.minutes import models as minutes
from meetings.papers import models as papers
from meetings.register import models as register
from meetings.room import models as room
from meetings.scoring import models as scoring
from meetings.voting import models as voting
from meetings.voting.lots import models as voting_lots
from meetings.voting.sealed import models as voting_sealed

ROOMS = (
    records,
    people,
    taxonomy,
    cases,
    erasure,
    workshops,
    aftermath,
    reconstruction,
    reconstruction_cards,
    gaps,
    reports,
    search,
    search_postings,
    coding,
    conversation,
    solutions,
    privacy,
    documents,
    imports,
    bodies,
    agenda,
    invitations,
    dates,
    room,
    voting,
    scoring,
    circular,
    voting_sealed,
    voting_lots,
    decisions,
    papers,
    register,
    minutes,
    follow_up,
    agreements,
    oparl,
    letterhead,
    folder,
)
