"""Minutes as Markdown: the same parts in the same order as in the documents, for those who go on working with text."""

import re
from collections.abc import Iterable, Iterator, Sequence

from exports.columns import told_columns
from exports.docx.content import Attendee, DecisionBox, ItemRecord, MinutesDocument
from exports.docx.wording import Wording

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def plain(text: str) -> str:
    """A text that Markdown shows as it is, in one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def write_markdown(minutes: MinutesDocument) -> str:
    """The minutes as CommonMark with tables."""
    return "\n\n".join(part for part in _parts(minutes) if part) + "\n"


def _parts(minutes: MinutesDocument) -> Iterator[str]:
    wording, facts = minutes.wording, minutes.facts
    yield f"# {plain(minutes.headline)} {plain(minutes.subtitle)}"
    yield f"*{plain(minutes.classification)}*"
    named = (
        (wording.place, facts.place),
        (wording.duration, " – ".join(filter(None, (facts.begin, facts.end)))),
        (wording.breaks, facts.breaks),
        (wording.chair, facts.chair),
        (wording.minute_taker, facts.minute_taker),
        (wording.invitation, "; ".join(filter(None, (facts.invited_on, facts.notice)))),
        (wording.quorum, facts.quorum),
        (wording.status, wording.draft_notice if minutes.is_draft else wording.signed),
    )
    yield "\n".join(f"- **{label}:** {plain(value)}" for label, value in named if value)
    yield f"## {wording.attendance}"
    for group in minutes.attendance:
        yield f"### {plain(group.title)}"
        head = (wording.organisation, wording.person, wording.remark)
        rows = [(each.organisation, each.person, _remark(each, wording)) for each in group.rows]
        kept, told, _places = told_columns(head, rows)
        yield _table(kept, told)
    for record in minutes.records:
        yield from _record(record, minutes)
    yield from _end(minutes)


def _remark(attendee: Attendee, wording: Wording) -> str:
    substitute = wording.substitute.format(name=attendee.substitute_for) if attendee.substitute_for else ""
    return ", ".join(part for part in (substitute, attendee.remark) if part)


def _record(record: ItemRecord, minutes: MinutesDocument) -> Iterator[str]:
    wording = minutes.wording
    yield f"## {wording.item_title.format(number=plain(record.number))} {plain(record.title)}"
    if record.paper:
        yield f"{wording.paper}: {plain(record.paper)}"
    for recusal in record.recusals:
        yield f"**{wording.recusal}:** {plain(recusal)}"
    yield re.sub(r"^(#{1,4}) ", r"##\1 ", record.text, flags=re.MULTILINE)
    for motion in record.motions:
        yield f"**{wording.motion}:** {plain(motion.text)} {plain(motion.result_line)}".rstrip()
    for result in record.results:
        yield _table(result.columns, result.rows)
        yield plain(result.tally_line)
    for decision in record.decisions:
        yield _decision(decision, minutes)
    yield from map(plain, record.poll_lines)
    for task in record.tasks:
        yield f"**{wording.task}:** {plain(task.text)}"


def _decision(decision: DecisionBox, minutes: MinutesDocument) -> str:
    wording = minutes.wording
    lines = [f"**{wording.decision.format(key=plain(decision.key))}**", *map(plain, decision.text.splitlines())]
    lines += [f"{wording.vote_result}: {plain(decision.result_line)}", plain(decision.tally_line)]
    return "\n>\n".join(f"> {line}" for line in lines if line)


def _end(minutes: MinutesDocument) -> Iterator[str]:
    wording = minutes.wording
    if minutes.objections:
        yield f"## {wording.objections}"
        yield "\n".join(f"- **{plain(each.speaker)}:** {plain(each.text)}" for each in minutes.objections)
    if minutes.tasks:
        yield f"## {wording.tasks}"
        head = (wording.task_number, wording.task, wording.responsible_head, wording.due, wording.decided_in)
        rows = [
            (str(place), task.text, task.responsible, task.due, task.decision)
            for place, task in enumerate(minutes.tasks, 1)
        ]
        yield _table(head, rows)
    if minutes.next_meeting:
        yield f"## {wording.next_meeting}"
        yield plain(minutes.next_meeting)
    yield f"## {wording.signatures}"
    yield "\n".join(
        f"- {plain(each.role)}: {plain(each.name)} {plain(each.signed_on or each.remark)}".rstrip()
        for each in minutes.signatures
    )
    if minutes.checksum:
        yield wording.checksum.format(sha256=minutes.checksum)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell if cell == '---' else plain(cell) for cell in line)} |" for line in lines)
