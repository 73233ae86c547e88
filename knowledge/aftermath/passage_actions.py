"""Deciding about marked passages of added stations, and putting their words right, before a workshop is released."""

from collections.abc import Collection
from dataclasses import replace

from app.core.work import Work
from knowledge.aftermath.actions import in_review, of_workshop, present_again
from knowledge.aftermath.passages import added_stations, marked_in
from knowledge.cases.actions_stations import draft_of, reword_live_station
from knowledge.cases.editing import case_of_station, locked_case
from knowledge.cases.models import Station
from knowledge.cases.policy import may_write_finding
from knowledge.cases.texts import station_texts, subject_of
from knowledge.privacy.gate import Answer, decide_all


def decide(work: Work, workshop_id: int, answers: Collection[Answer]) -> int:
    """Keep what somebody says about passages; the author of a text alone does not clear it."""
    in_review(work, workshop_id)
    kept = 0
    for case, stations in added_stations(work.session, workshop_id):
        fields = {text.field for each in stations for text in station_texts(each)}
        mine = [answer for answer in answers if answer.field in fields]
        if mine:
            found = locked_case(work, case.id or 0, may_write_finding)
            kept += decide_all(work, subject_of(found.case), marked_in(work.session, case, stations)[1], mine)
    return kept


def reword(work: Work, workshop_id: int, station_id: int, title: str, text: str, helped: str, shown: str) -> Station:
    """Put the words of an added station right; what was presented before is presented again."""
    workshop = in_review(work, workshop_id)
    found, station = case_of_station(work, station_id, may_write_finding)
    of_workshop(work.session, workshop_id, station)
    wording = replace(draft_of(work.session, station), title=title, text=text, what_helped=helped)
    reword_live_station(work, found, station, wording, shown)
    present_again(work, workshop)
    return station
