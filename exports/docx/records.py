"""The record of one agenda item: what was presented, moved, counted and decided, and who has to do what."""

from collections.abc import Sequence

from exports.docx.content import DecisionBox, ItemRecord, Motion, Statement, Task, VoteTable
from exports.docx.fields import Bookmarks, add_run
from exports.docx.formats import Align, ParagraphFormat, RunFormat
from exports.docx.manuscript import Manuscript
from exports.docx.markdown import MarkdownWriter
from exports.docx.tables import Column, is_numeric, share_widths, write_table
from exports.docx.wording import Wording
from exports.docx.xml import clean

BOLD = RunFormat(bold=True)
BELOW_BOX = 10.0  # points of air after a decision
ITEM_LEVEL = 1  # headings in an item's text come below the item's own
NUMBER_WIDTH = 20.0  # mm for "TOP 10"
SIGN_WIDTH = 3.3  # mm for one sign of a longer number
FOREIGN_SIGN_WIDTH = 4.2  # the same in a typeface that is the county's
RECUSAL = ParagraphFormat("Note", keep_next=True)
SEPARATOR = "  ·  "


def item_bookmarks(bookmarks: Bookmarks, records: Sequence[ItemRecord]) -> list[str]:
    """The names of the records' bookmarks, in their order; they are known before the records are written."""
    return [bookmarks.name(f"TOP_{record.number}") for record in records]


class RecordWriter:
    """Appends the records of items to a manuscript."""

    def __init__(self, manuscript: Manuscript, wording: Wording, records: Sequence[ItemRecord] = ()) -> None:
        self._manuscript = manuscript
        self._bookmarks = manuscript.bookmarks
        self._story = manuscript.body
        self._wording = wording
        self._markdown = MarkdownWriter(manuscript, below=ITEM_LEVEL)
        self._title = self._title_shape([wording.item_title.format(number=record.number) for record in records])

    def _title_shape(self, numbers: Sequence[str]) -> ParagraphFormat:
        """Wide enough for the longest number: what stands beyond the stop would run into the title."""
        sign = FOREIGN_SIGN_WIDTH if self._manuscript.county else SIGN_WIDTH
        width = max(NUMBER_WIDTH, sign * max(map(len, numbers), default=0))
        return ParagraphFormat("Heading1", left=width, hanging=width, tabs=(("left", width),))

    def write(self, record: ItemRecord, bookmark: str) -> None:
        """Append one record; `bookmark` is the name that the agenda links to."""
        self._write_title(record, bookmark)
        self._write_item_facts(record)
        for recusal in record.recusals:
            self._write_labelled(RECUSAL, self._wording.recusal, recusal)
        self._markdown.write(record.text)
        for motion in record.motions:
            self._write_motion(motion)
        for result in record.results:
            self._write_ranking(result)
        for decision in record.decisions:
            self._write_decision(decision)
        for line in record.poll_lines:
            self._story.paragraph("Tally", line)
        for statement in record.statements:
            self._write_statement(statement)
        for task in record.tasks:
            self._write_task(task)

    def _write_title(self, record: ItemRecord, bookmark: str) -> None:
        paragraph = self._story.paragraph(self._title)
        begun = self._bookmarks.open(paragraph, bookmark)
        add_run(paragraph, f"{self._wording.item_title.format(number=record.number)}\t{record.title}")
        self._bookmarks.close(paragraph, begun)

    def _write_item_facts(self, record: ItemRecord) -> None:
        named = (
            (self._wording.called, record.called_at),
            (self._wording.reporter, record.reporter),
            (self._wording.paper, record.paper),
        )
        line = SEPARATOR.join(f"{label}: {value}" for label, value in named if value)
        if line:
            self._story.paragraph("ItemFacts", line)

    def _write_note(self, label: str, text: str) -> None:
        self._write_labelled("Note", label, text)

    def _write_motion(self, motion: Motion) -> None:
        label = self._wording.moved_by.format(mover=motion.mover) if motion.mover else self._wording.motion
        result = f"\n{self._wording.outcome}: {motion.result_line}" if motion.result_line else ""
        self._write_note(label, f"{motion.text}{result}")

    def _write_statement(self, statement: Statement) -> None:
        wording = self._wording
        label = wording.stated_by.format(speaker=statement.speaker) if statement.speaker else wording.statement
        self._write_note(label, statement.text)

    def _write_task(self, task: Task) -> None:
        responsible = f"{self._wording.responsible}: {task.responsible}" if task.responsible else ""
        due = f"{self._wording.due}: {task.due}" if task.due else ""
        details = ", ".join(filter(None, (responsible, due)))
        self._write_note(self._wording.task, f"{task.text} ({details})" if details else task.text)

    def _write_ranking(self, ranking: VoteTable) -> None:
        self._story.paragraph("Caption", ranking.caption)
        widths = share_widths(ranking.columns, ranking.rows, self._story.width)
        columns = [
            Column(title, width, _alignment(place, [row[place] for row in ranking.rows]))
            for place, (title, width) in enumerate(zip(ranking.columns, widths, strict=True))
        ]
        write_table(self._story, columns, ranking.rows, ranking.caption, keep_next=bool(ranking.tally_line))
        if ranking.tally_line:
            self._write_labelled("Tally", self._wording.tally, ranking.tally_line)

    def _write_decision(self, decision: DecisionBox) -> None:
        """The box: key, the text word for word (each line a paragraph), the result and the numbers behind it."""
        title = self._story.paragraph("DecisionTitle")
        begun = self._bookmarks.open(title, self._bookmarks.name(f"Beschluss_{decision.key}"))
        add_run(title, self._wording.decision.format(key=decision.key))
        self._bookmarks.close(title, begun)
        for line in filter(None, clean(decision.text).split("\n")):
            self._story.paragraph("DecisionText", line)
        self._write_result(decision)

    def _write_result(self, decision: DecisionBox) -> None:
        results = ((self._wording.vote_result, decision.result_line), (self._wording.votes, decision.tally_line))
        told = [(label, text) for label, text in results if text]
        for label, text in told[:-1]:
            self._write_labelled(ParagraphFormat("VoteResult", keep_next=True), label, text)
        for label, text in told[-1:]:
            self._write_labelled(ParagraphFormat("VoteResult", after=BELOW_BOX), label, text)

    def _write_labelled(self, shape: ParagraphFormat | str, label: str, text: str) -> None:
        add_run(self._story.paragraph(shape, f"{label}: ", BOLD), text)


def _alignment(place: int, values: Sequence[str]) -> Align:
    """Amounts stand on the right; what leads the row, a rank or a number, stays on the left."""
    return "right" if place and is_numeric(values) else "left"
