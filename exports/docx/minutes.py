"""Minutes (Niederschrift) as a Word document: the order of its parts, from the title to the annexes."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from exports.columns import told_columns
from exports.docx.content import AgendaItem, Attendee, MinutesDocument
from exports.docx.fields import add_run
from exports.docx.formats import ParagraphFormat, RunFormat
from exports.docx.frame import write_frame
from exports.docx.manuscript import Manuscript
from exports.docx.package import Properties, Target
from exports.docx.records import RecordWriter, item_bookmarks
from exports.docx.signatures import write_signatures
from exports.docx.tables import Cell, Column, write_table
from exports.docx.xml import Element, add

ANNEX = ParagraphFormat("ListParagraph", left=22, hanging=22, tabs=(("left", 22),))


def write_minutes(minutes: MinutesDocument, target: Target) -> None:
    """Write the minutes as DOCX to a path or a binary stream. Equal content gives equal bytes."""
    manuscript = Manuscript(minutes.language, minutes.letterhead)
    write_frame(manuscript, minutes)
    MinutesWriter(manuscript, minutes).write()
    properties = Properties(
        title=f"{minutes.headline} {minutes.subtitle}",
        subject=minutes.programme,
        creator=minutes.county,
        language=minutes.language,
        issued_at=minutes.issued_at,
    )
    manuscript.save(target, properties)


class MinutesWriter:
    """Appends the parts of one document of minutes to a manuscript, in the order in which they are read."""

    def __init__(self, manuscript: Manuscript, minutes: MinutesDocument) -> None:
        self._manuscript = manuscript
        self._story = manuscript.body
        self._minutes = minutes
        self._wording = minutes.wording
        self._places = item_bookmarks(manuscript.bookmarks, minutes.records)

    def write(self) -> None:
        """Append everything."""
        self._write_title()
        self._write_facts()
        self._write_attendance()
        self._write_agenda()
        records = RecordWriter(self._manuscript, self._wording, self._minutes.records)
        for record, place in zip(self._minutes.records, self._places, strict=True):
            records.write(record, place)
        self._write_objections()
        self._write_tasks()
        self._write_end()
        self._write_signatures()
        self._write_enclosures()

    def _write_title(self) -> None:
        self._story.paragraph("Title", self._minutes.headline)
        self._story.paragraph("Subtitle", self._minutes.subtitle)

    def _write_facts(self) -> None:
        facts, wording = self._minutes.facts, self._wording
        times = " – ".join(filter(None, (facts.begin, facts.end)))
        status = wording.draft_notice if self._minutes.is_draft else wording.signed
        for label, value in (
            (wording.place, facts.place),
            (wording.duration, times),
            (wording.breaks, facts.breaks),
            (wording.chair, facts.chair),
            (wording.minute_taker, facts.minute_taker),
            (wording.invitation, "; ".join(filter(None, (facts.invited_on, facts.notice)))),
            (wording.quorum, facts.quorum),
            (wording.status, status),
        ):
            if value:
                paragraph = self._story.paragraph("Fact", label, RunFormat(style="FactLabel"))
                add_run(paragraph, f"\t{value}")

    # Attendance and agenda

    def _write_attendance(self) -> None:
        wording = self._wording
        self._story.paragraph("Heading1", wording.attendance)
        groups = [(group.title, group.rows) for group in self._minutes.attendance]
        for title, attendees in [*groups, (wording.excused, self._minutes.excused)]:
            if attendees:
                self._story.paragraph("Heading2", title)
                self._write_attendees(title, attendees)

    def _write_attendees(self, title: str, attendees: Sequence[Attendee]) -> None:
        wording = self._wording
        columns = (Column(wording.organisation, 78), Column(wording.person, 40), Column(wording.remark))
        rows = [(attendee.organisation, attendee.person, self._remark_on(attendee)) for attendee in attendees]
        kept, told, _places = told_columns(columns, rows)
        write_table(self._story, [*kept[:-1], replace(kept[-1], width=None)], told, summary=title)

    def _remark_on(self, attendee: Attendee) -> str:
        substitute = attendee.substitute_for
        stands_for = self._wording.substitute.format(name=substitute) if substitute else ""
        return ", ".join(filter(None, (stands_for, attendee.remark)))

    def _write_agenda(self) -> None:
        self._story.paragraph("Heading1", self._wording.agenda)
        if not self._minutes.agenda:
            self._write_items(self._wording.agenda, ())
        for part, items in groupby(self._minutes.agenda, lambda item: item.part):
            if part:
                self._story.paragraph("Heading2", part)
            self._write_items(part or self._wording.agenda, tuple(items))

    def _write_items(self, summary: str, items: Sequence[AgendaItem]) -> None:
        wording = self._wording
        columns = (
            Column(wording.item, 14),
            Column(wording.subject),
            Column(wording.kind, 30),
            Column(wording.paper, 32),
        )
        places = {record.number: place for record, place in zip(self._minutes.records, self._places, strict=True)}
        rows = [self._agenda_row(item, places.get(item.number, "")) for item in items]
        kept, told, _places = told_columns(columns, rows)
        write_table(self._story, kept, told, summary=summary)

    def _agenda_row(self, item: AgendaItem, place: str) -> tuple[Cell, ...]:
        def title(paragraph: Element) -> None:
            parent = add(paragraph, "hyperlink", anchor=place, history=1) if place else paragraph
            add_run(parent, item.title)

        return item.number, title, item.kind, item.paper

    # After the items

    def _write_objections(self) -> None:
        if self._minutes.objections:
            self._story.paragraph("Heading1", self._wording.objections)
            for each in self._minutes.objections:
                add_run(self._story.paragraph("Note", f"{each.speaker}: ", RunFormat(bold=True)), each.text)

    def _write_tasks(self) -> None:
        if not self._minutes.tasks:
            return
        wording = self._wording
        self._story.paragraph("Heading1", wording.tasks)
        columns = (
            Column(wording.task_number, 10),
            Column(wording.task),
            Column(wording.responsible_head, 42),
            Column(wording.due, 23),
            Column(wording.decided_in, 22),
        )
        rows = [
            (str(place), task.text, task.responsible, task.due, task.decision)
            for place, task in enumerate(self._minutes.tasks, 1)
        ]
        write_table(self._story, columns, rows, summary=wording.tasks)

    def _write_end(self) -> None:
        if self._minutes.next_meeting:
            self._story.paragraph("Heading1", self._wording.next_meeting)
            self._story.paragraph("", self._minutes.next_meeting)
        if self._minutes.closed_at:
            told = ParagraphFormat(keep_next=bool(self._minutes.signatures))  # no page with signatures alone
            self._story.paragraph(told, self._wording.closing.format(time=self._minutes.closed_at))

    def _write_signatures(self) -> None:
        if self._minutes.signatures:
            self._story.paragraph("Heading1", self._wording.signatures)
            write_signatures(self._story, self._minutes.signatures, self._wording)
        if self._minutes.checksum:
            self._story.paragraph("ItemFacts", self._wording.checksum.format(sha256=self._minutes.checksum))

    def _write_enclosures(self) -> None:
        wording = self._wording
        if self._minutes.distribution:
            self._story.paragraph("Heading1", wording.distribution)
            number = self._manuscript.numbering.new_list("bullet")
            for receiver in self._minutes.distribution:
                self._story.paragraph(ParagraphFormat("ListParagraph", list_level=(number, 0)), receiver)
        if self._minutes.annexes:
            self._story.paragraph("Heading1", wording.annexes)
            for place, annex in enumerate(self._minutes.annexes, 1):
                self._story.paragraph(ANNEX, f"{wording.annex.format(number=place)}\t{annex}")
