"""What minutes say, as one canonical text with its SHA-256: what people sign."""

import hashlib
import json
from typing import Any

from meetings.minutes.attendance import Attendance
from meetings.minutes.queries import ItemSheet, MinutesSheet
from meetings.room.models import QuorumFinding


def content_of(sheet: MinutesSheet) -> dict[str, Any]:
    """Everything that the minutes state as plain values; who wrote a block and when is no part of it."""
    meeting = sheet.meeting
    return {
        "format": "lueckenlos-minutes/2",
        "meeting": meeting.key,
        "title": meeting.title,
        "date": _told(meeting.date),
        "planned": [_told(meeting.starts_at), _told(meeting.ends_at)],
        "begin": _told(sheet.begun_at),
        "end": _told(sheet.ended_at),
        "place": meeting.place or "",
        "body": sheet.body.name,
        "kind": str(sheet.kind),
        "chair": sheet.chair,
        "minute_taker": sheet.minute_taker,
        "seats": [
            [seat.organisation, seat.kind, seat.holder, seat.present, *_stay(seat.attended)] for seat in sheet.seats
        ],
        "guests": [[guest.organisation, guest.name] for guest in sheet.guests],
        "breaks": [[_told(each.since), _told(each.until), each.reason or ""] for each in sheet.breaks],
        "items": [_item(entry) for entry in sheet.items],
        "earlier_objections": [_objection(each) for each in sheet.treated],
        "distribution": list(sheet.distribution),
        "annexes": list(sheet.annexes),
        **({"quorum": [_finding(each) for each in sheet.findings]} if sheet.findings else {}),
    }


def _finding(each: QuorumFinding) -> list[Any]:
    return [_told(each.at), str(each.occasion), each.reached, each.present, each.entitled, each.needed]


def _item(entry: ItemSheet) -> dict[str, Any]:
    item = entry.item
    return {
        "number": item.number or "",
        "title": item.title,
        "reporter": entry.speaker,
        "text": entry.told,
        "result": str(item.result) if item.result else "",
        "result_note": item.result_note or "",
        "papers": [each.reference for each in entry.recorded.papers],
        "recused": [each.organisation for each in entry.recorded.recusals],
        "captured": [
            [str(each.kind), each.text, each.person or "", _told(each.due), str(each.result or "")]
            for each in entry.recorded.captured
            if each.kind != "note"
        ],
        "polls": [[poll.title, poll.tally_sha256 or "", poll.file_sha256 or ""] for poll in entry.polls],
        "decisions": [
            [each.key, each.text, each.result_text or "", each.in_favour, each.against, each.abstained]
            for each in entry.decisions
        ],
        **({"circulars": [each.text for each in entry.circulars]} if entry.circulars else {}),
    }


def _stay(found: Attendance) -> list[str]:
    return [found.since, found.until, ";".join(found.away), "remote" if found.remote else ""]


def _objection(each: Any) -> list[str]:
    return [each.meeting, each.number, each.row.name, each.row.text, str(each.row.treatment or ""), each.row.note or ""]


def _told(value: Any) -> str:
    return value.isoformat() if value is not None else ""


def canonical(sheet: MinutesSheet) -> bytes:
    """The content as JSON with sorted names and no blanks."""
    return json.dumps(content_of(sheet), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_sha256(sheet: MinutesSheet) -> str:
    """The hash of the content."""
    return hashlib.sha256(canonical(sheet)).hexdigest()
