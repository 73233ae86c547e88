"""Minutes (`exports.docx.content`) as PDF: the same parts in the same order as in Word."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, BinaryIO

from app.core import clock
from exports.columns import told_columns
from exports.docx.content import AgendaItem, Attendee, ItemRecord, MinutesDocument, Motion, Statement, Task, VoteTable
from exports.docx.styles import TEXT_WIDTH
from exports.docx.tables import is_numeric, share_widths, snug_widths
from exports.docx.wording import Wording
from exports.pdf.glyphs import showable
from exports.pdf.head import head_values
from exports.pdf.markdown import blocks
from exports.pdf.typesetting import typeset

TEMPLATE = "minutes.typ"
ITEM_LEVEL = 1
Value = dict[str, Any]


def write_minutes_pdf(minutes: MinutesDocument, target: BinaryIO) -> None:
    """Write the minutes as PDF/UA-1 and PDF/A-2a to a binary stream. Equal content gives equal bytes."""
    typeset(TEMPLATE, content_of(minutes), minutes.issued_at or clock.now(), target)


def content_of(minutes: MinutesDocument) -> Value:
    """The minutes as the template reads them: plain values, every text showable."""
    wording = minutes.wording
    language, _dash, region = minutes.language.partition("-")
    return _shown(
        {
            "owner": minutes.county,
            "programme": "  ·  ".join(part for part in (minutes.programme, minutes.body) if part),
            "kind": minutes.headline,
            "number": minutes.number,
            "title": minutes.subtitle,
            "headline": minutes.headline,
            "classification": minutes.classification,
            "date": wording.version.format(version=minutes.version) if minutes.version else minutes.date,
            "draft": wording.draft.upper() if minutes.is_draft else None,
            "language": language,
            "region": region or None,
            "page": wording.page,
            "of": wording.page_of,
            "head": head_values(minutes.letterhead),
            "facts": _facts(minutes),
            "attendance": [_group(*group, wording) for group in _groups(minutes)],
            "attendance_title": wording.attendance,
            "agenda_title": wording.agenda,
            "agenda": _agenda(minutes),
            "records": [_record(record, wording) for record in minutes.records],
            "objections_title": wording.objections,
            "objections": [_statement(each, each.speaker) for each in minutes.objections],
            "tasks_title": wording.tasks,
            "tasks": _tasks(minutes),
            "next_title": wording.next_meeting,
            "next": minutes.next_meeting,
            "closing": wording.closing.format(time=minutes.closed_at) if minutes.closed_at else "",
            "signatures_title": wording.signatures,
            "signatures": [
                {
                    "role": each.role,
                    "name": each.name,
                    "line": each.remark or (wording.signed_on.format(moment=each.signed_on) if each.signed_on else ""),
                }
                for each in minutes.signatures
            ],
            "checksum": wording.checksum.format(sha256=minutes.checksum) if minutes.checksum else "",
            "distribution_title": wording.distribution,
            "distribution": list(minutes.distribution),
            "annexes_title": wording.annexes,
            "annexes": [
                {"label": wording.annex.format(number=place), "text": annex}
                for place, annex in enumerate(minutes.annexes, 1)
            ],
        }
    )


def _shown(value: Any) -> Any:
    """Every text of plain values made showable."""
    if isinstance(value, str):
        return showable(value)
    if isinstance(value, dict):
        return {name: each if name == "blocks" else _shown(each) for name, each in value.items()}
    return [_shown(each) for each in value] if isinstance(value, list) else value


def _facts(minutes: MinutesDocument) -> list[Value]:
    facts, wording = minutes.facts, minutes.wording
    rows = (
        (wording.place, facts.place),
        (wording.duration, " – ".join(filter(None, (facts.begin, facts.end)))),
        (wording.breaks, facts.breaks),
        (wording.chair, facts.chair),
        (wording.minute_taker, facts.minute_taker),
        (wording.invitation, "; ".join(filter(None, (facts.invited_on, facts.notice)))),
        (wording.quorum, facts.quorum),
        (wording.status, wording.draft_notice if minutes.is_draft else wording.signed),
    )
    return [{"label": label, "text": text} for label, text in rows if text]


def _groups(minutes: MinutesDocument) -> list[tuple[str, tuple[Attendee, ...]]]:
    groups = [(group.title, group.rows) for group in minutes.attendance]
    return [group for group in (*groups, (minutes.wording.excused, minutes.excused)) if group[1]]


def _group(title: str, rows: tuple[Attendee, ...], wording: Wording) -> Value:
    head = [wording.organisation, wording.person, wording.remark]
    cells = [[each.organisation, each.person, _remark(each, wording)] for each in rows]
    return {"title": title, **_told_table(head, cells, [78.0, 40.0, TEXT_WIDTH - 118.0])}


def _remark(attendee: Attendee, wording: Wording) -> str:
    substitute = wording.substitute.format(name=attendee.substitute_for) if attendee.substitute_for else ""
    return ", ".join(filter(None, (substitute, attendee.remark)))


def _agenda(minutes: MinutesDocument) -> list[Value]:
    """The agenda, a table for each part."""
    wording = minutes.wording
    head = [wording.item, wording.subject, wording.kind, wording.paper]
    return [
        {"title": part, **_told_table(head, _lines(items), [14.0, TEXT_WIDTH - 76.0, 30.0, 32.0])}
        for part, items in groupby(minutes.agenda, lambda item: item.part)
    ] or [{"title": "", **_told_table(head, [], [14.0, TEXT_WIDTH - 76.0, 30.0, 32.0])}]


def _lines(items: Iterable[AgendaItem]) -> list[list[str]]:
    return [[item.number, item.title, item.kind, item.paper] for item in items]


def _told_table(head: list[str], rows: list[list[str]], widths: list[float]) -> Value:
    """A table without its empty columns; widths are shares of the line, so those that stay share the room."""
    kept, told, places = told_columns(head, rows)
    return _table(kept, [list(row) for row in told], [widths[place] for place in places])


def _table(head: list[str], rows: list[list[str]], widths: list[float], aligns: list[str] | None = None) -> Value:
    return {"head": head, "rows": rows, "widths": widths, "aligns": aligns or ["left"] * len(head)}


def _record(record: ItemRecord, wording: Wording) -> Value:
    named = (
        (wording.called, record.called_at),
        (wording.reporter, record.reporter),
        (wording.paper, record.paper),
    )
    return {
        "title": f"{wording.item_title.format(number=record.number)}  {record.title}",
        "facts": "  ·  ".join(f"{label}: {value}" for label, value in named if value),
        "recusals": [{"label": wording.recusal, "text": each} for each in record.recusals],
        "blocks": blocks(record.text, below=ITEM_LEVEL),
        "notes": [
            *(_motion(each, wording) for each in record.motions),
        ],
        "results": [_ranking(each, wording) for each in record.results],
        "poll_lines": list(record.poll_lines),
        "decisions": [
            {
                "title": wording.decision.format(key=each.key),
                "text": each.text,
                "results": [
                    {"label": label, "text": text}
                    for label, text in ((wording.vote_result, each.result_line), (wording.votes, each.tally_line))
                    if text
                ],
            }
            for each in record.decisions
        ],
        "after": [
            *(
                _statement(each, wording.stated_by.format(speaker=each.speaker) if each.speaker else wording.statement)
                for each in record.statements
            ),
            *(_task(each, wording) for each in record.tasks),
        ],
    }


def _motion(motion: Motion, wording: Wording) -> Value:
    label = wording.moved_by.format(mover=motion.mover) if motion.mover else wording.motion
    result = f"\n{wording.outcome}: {motion.result_line}" if motion.result_line else ""
    return {"label": label, "text": f"{motion.text}{result}"}


def _statement(statement: Statement, label: str) -> Value:
    return {"label": label, "text": statement.text}


def _task(task: Task, wording: Wording) -> Value:
    responsible = f"{wording.responsible}: {task.responsible}" if task.responsible else ""
    due = f"{wording.due}: {task.due}" if task.due else ""
    details = ", ".join(filter(None, (responsible, due)))
    return {"label": wording.task, "text": f"{task.text} ({details})" if details else task.text}


def _ranking(ranking: VoteTable, wording: Wording) -> Value:
    head, rows = list(ranking.columns), [list(row) for row in ranking.rows]
    tally = {"label": wording.tally, "text": ranking.tally_line} if ranking.tally_line else None
    amounts = [place > 0 and is_numeric([row[place] for row in rows]) for place in range(len(head))]
    aligns = ["right" if is_amount else "left" for is_amount in amounts]
    table = _table(head, rows, share_widths(head, rows, TEXT_WIDTH), aligns)
    return {"caption": ranking.caption, "tally": tally, **table}


def _tasks(minutes: MinutesDocument) -> Value | None:
    if not minutes.tasks:
        return None
    wording = minutes.wording
    head = [wording.task_number, wording.task, wording.responsible_head, wording.due, wording.decided_in]
    rows = [
        [str(place), task.text, task.responsible, task.due, task.decision]
        for place, task in enumerate(minutes.tasks, 1)
    ]
    return _table(head, rows, snug_widths(head, rows, TEXT_WIDTH))
