"""What goes into a session folder, as plain values: the agenda, the papers of its items, their attachments. Pure."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Enclosure:
    """A file that belongs to a paper. `stored` is its name below the folder of attachments, `size` is in bytes."""

    id: int
    name: str
    media: str
    size: int
    sha256: str
    stored: str


@dataclass(frozen=True)
class Text:
    """A headed text of a paper; the text is Markdown."""

    title: str
    text: str


@dataclass(frozen=True)
class FolderPaper:
    """A paper as its readers are to read it; `facts` are (label, text)."""

    id: int
    version: int
    reference: str
    title: str
    kind: str
    facts: tuple[tuple[str, str], ...] = ()
    texts: tuple[Text, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True)
class FolderItem:
    """A line of the agenda with its papers. A paper that stands under two items is told in full under the first."""

    number: str
    title: str
    detail: str = ""
    public: bool = True
    papers: tuple[FolderPaper, ...] = ()
    id: int = 0


@dataclass(frozen=True)
class FolderPlan:
    """Everything that goes into a folder. `whole`: with the non-public part. `as_of` is when it was read."""

    meeting_key: str
    owner: str
    title: str
    when: str
    closing: tuple[tuple[str, str], ...]
    classification: str
    items: tuple[FolderItem, ...]
    as_of: datetime
    whole: bool = False
    body_id: int = 0

    @property
    def papers(self) -> list[tuple[FolderItem, FolderPaper]]:
        """Each paper once, with the item under which it stands first."""
        found: dict[int, tuple[FolderItem, FolderPaper]] = {}
        for item in self.items:
            for paper in item.papers:
                found.setdefault(paper.id, (item, paper))
        return list(found.values())

    @property
    def fingerprint(self) -> str:
        """Equal for equal content, whenever it was read."""
        told = {**asdict(self), "as_of": None}
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @property
    def parts(self) -> "Parts":
        """What the folder is made of, by number."""
        agenda = [(item.number, item.title, item.detail, item.public) for item in self.items]
        told = json.dumps([self.title, self.when, self.closing, agenda], ensure_ascii=False)
        return Parts(
            self.whole,
            hashlib.sha256(told.encode()).hexdigest(),
            tuple((paper.id, paper.version) for _item, paper in self.papers),
            tuple(enclosure.id for _item, paper in self.papers for enclosure in paper.enclosures),
            tuple(item.id for item in self.items),
        )


@dataclass(frozen=True)
class Parts:
    """What a folder is made of: the agenda's digest, (paper, version), attachments, items."""

    whole: bool = False
    agenda: str = ""
    papers: tuple[tuple[int, int], ...] = ()
    enclosures: tuple[int, ...] = ()
    items: tuple[int, ...] = ()

    def as_json(self) -> str:
        """To be kept with the folder."""
        return json.dumps(asdict(self))

    @classmethod
    def of(cls, text: str) -> "Parts":
        """What was kept."""
        given: dict[str, Any] = json.loads(text)
        return cls(
            bool(given.get("whole")),
            str(given.get("agenda", "")),
            tuple((int(id_), int(version)) for id_, version in given.get("papers", ())),
            tuple(int(id_) for id_ in given.get("enclosures", ())),
            tuple(int(id_) for id_ in given.get("items", ())),
        )


@dataclass(frozen=True)
class Difference:
    """What has changed since a folder was made: the agenda, and how many papers and attachments."""

    agenda: bool = False
    papers: int = 0
    enclosures: int = 0


def difference(made: Parts, now: Parts) -> Difference:
    """What is new, changed or gone."""
    return Difference(
        made.agenda != now.agenda,
        len({id_ for id_, _version in set(made.papers) ^ set(now.papers)}),
        len(set(made.enclosures) ^ set(now.enclosures)),
    )
