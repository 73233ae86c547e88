"""What minutes contain, as plain values: no database, no layout. Every writer (Word, later PDF) reads the same model.

All texts are as people are to read them: dates, times and results are already put into words by the caller.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from exports.docx.letterhead import HOUSE, Letterhead
from exports.docx.wording import GERMAN, Wording


class MinutesStatus(StrEnum):
    """Whether the minutes still change: a draft carries the watermark, signed minutes do not."""

    DRAFT = "draft"
    SIGNED = "signed"


@dataclass(frozen=True)
class Facts:
    """The key facts at the top. `notice` says whether the notice period was kept, `quorum` is a whole sentence."""

    place: str
    begin: str
    end: str
    chair: str
    minute_taker: str
    invited_on: str
    notice: str
    quorum: str
    breaks: str = ""


@dataclass(frozen=True)
class Attendee:
    """A person at the meeting: for whom, instead of whom, and from when or until when if not throughout."""

    organisation: str
    person: str
    substitute_for: str = ""
    remark: str = ""


@dataclass(frozen=True)
class AttendanceGroup:
    """Attendees of one kind, such as voting members or guests."""

    title: str
    rows: tuple[Attendee, ...]


@dataclass(frozen=True)
class AgendaItem:
    """One line of the agenda. `part`: the part of the meeting where there are two; `paper`: the paper's number."""

    number: str
    title: str
    kind: str = ""
    paper: str = ""
    part: str = ""


@dataclass(frozen=True)
class Motion:
    """A motion made in the meeting, verbatim, and what became of it."""

    text: str
    mover: str = ""
    result_line: str = ""


@dataclass(frozen=True)
class Statement:
    """A dissenting or explaining statement that a member wanted in the minutes, verbatim."""

    speaker: str
    text: str


@dataclass(frozen=True)
class VoteTable:
    """The result of a poll with several options, such as a ranking: one row of texts per option.

    Raises ValueError if a row has another number of cells than there are columns.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    tally_line: str = ""

    def __post_init__(self) -> None:
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("each row of a vote table needs one cell per column")


@dataclass(frozen=True)
class DecisionBox:
    """A decision: its key, its text verbatim, the result in words and the numbers behind it."""

    key: str
    text: str
    result_line: str = ""
    tally_line: str = ""


@dataclass(frozen=True)
class Task:
    """Something that somebody now has to do; `decision` is the key of the decision that it comes from."""

    text: str
    responsible: str = ""
    due: str = ""
    decision: str = ""


@dataclass(frozen=True)
class ItemRecord:
    """What happened under one item. `text` is Markdown; everything else is plain text.

    `ranking` is the result of the poll, `further` those of other polls on the item; `poll_lines` say by which hash
    the published ballots of a poll are known, and which poll was declared void.
    """

    number: str
    title: str
    paper: str = ""
    reporter: str = ""
    called_at: str = ""
    recusals: tuple[str, ...] = ()
    text: str = ""
    motions: tuple[Motion, ...] = ()
    ranking: VoteTable | None = None
    further: tuple[VoteTable, ...] = ()
    poll_lines: tuple[str, ...] = ()
    decisions: tuple[DecisionBox, ...] = ()
    statements: tuple[Statement, ...] = ()
    tasks: tuple[Task, ...] = ()

    @property
    def results(self) -> tuple[VoteTable, ...]:
        """The results of all polls on the item, in their order."""
        return ((self.ranking,) if self.ranking else ()) + self.further


@dataclass(frozen=True)
class Signature:
    """Who answers for the minutes; `signed_on` is filled once it is done, `remark` if they refused."""

    role: str
    name: str
    signed_on: str = ""
    remark: str = ""


@dataclass(frozen=True)
class MinutesDocument:
    """The minutes of one meeting.

    `title` names the meeting ("9. Sitzung der Lenkungsgruppe KIM") and `date` its day in words, so that the wording's
    subtitle can join them. `number` is the reference in the footer. `issued_at` becomes the file's date; without it
    the file carries none.
    """

    county: str
    programme: str
    body: str
    number: str
    title: str
    date: str
    status: MinutesStatus
    facts: Facts
    attendance: tuple[AttendanceGroup, ...]
    agenda: tuple[AgendaItem, ...]
    records: tuple[ItemRecord, ...]
    excused: tuple[Attendee, ...] = ()
    tasks: tuple[Task, ...] = ()
    next_meeting: str = ""
    closed_at: str = ""
    signatures: tuple[Signature, ...] = ()
    distribution: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    classification: str = ""
    version: str = ""
    language: str = "de-DE"
    wording: Wording = GERMAN
    issued_at: datetime | None = None
    is_public: bool = False
    objections: tuple[Statement, ...] = ()
    checksum: str = ""
    letterhead: Letterhead = HOUSE

    @property
    def headline(self) -> str:
        """What the document is called."""
        return self.wording.public_headline if self.is_public else self.wording.headline

    @property
    def is_draft(self) -> bool:
        """Whether the minutes are not signed yet."""
        return self.status is MinutesStatus.DRAFT

    @property
    def subtitle(self) -> str:
        """Which meeting on which day, in the document's wording."""
        return self.wording.subtitle.format(title=self.title, date=self.date)
