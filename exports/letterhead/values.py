"""What the placeholders of each kind of document stand for. From values that are already in words; no look-up."""

from collections.abc import Sequence

from app.core.i18n import _, show_date, show_time
from exports.document import Document
from exports.docx.content import MinutesDocument
from exports.docx.letterhead import Filling, Row
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.queries import ItemLine
from meetings.agenda.wording import item_kind_words, minutes_words
from meetings.bodies.models import Body
from meetings.decisions.models import Decision


def document_texts(document: Document | MinutesDocument) -> dict[str, str]:
    """What every document says of itself."""
    if isinstance(document, MinutesDocument):
        owner, kind, title = document.county, document.headline, document.title
    else:
        owner, kind, title = document.owner, document.kind, document.title
    return {
        "kreis.name": owner,
        "dokument.art": kind,
        "dokument.nummer": document.number,
        "dokument.titel": title,
        "dokument.datum": document.date,
        "dokument.einstufung": document.classification,
    }


def meeting_texts(body: Body, meeting: Meeting | None, chair: str) -> dict[str, str]:
    """What is known of a meeting."""
    texts = {"gremium.name": body.name, "sitzung.vorsitz": chair}
    if meeting is None:
        return texts
    return texts | {
        "sitzung.titel": meeting.title,
        "sitzung.nummer": meeting.key,
        "sitzung.datum": show_date(meeting.date, "long") if meeting.date else _("Termin steht noch nicht fest"),
        "sitzung.beginn": show_time(meeting.starts_at) if meeting.starts_at else "",
        "sitzung.ende": show_time(meeting.ends_at) if meeting.ends_at else "",
        "sitzung.ort": meeting.place or "",
    }


def invitation_filling(
    body: Body, meeting: Meeting, chair: str, lines: Sequence[ItemLine], papers: Sequence[tuple[str, str]]
) -> Filling:
    """For invitations and cover letters: the items and papers that the reader may know."""
    agenda: tuple[Row, ...] = tuple(
        {
            "punkt.nummer": line.item.number or "–",
            "punkt.titel": line.item.title,
            "punkt.art": item_kind_words(line.item.kind),
            "punkt.zeit": minutes_words(line.item.minutes) if line.item.minutes else "",
        }
        for line in lines
    )
    listed: tuple[Row, ...] = tuple({"unterlage.nummer": number, "unterlage.titel": title} for number, title in papers)
    return Filling(meeting_texts(body, meeting, chair), {"tagesordnung": agenda, "unterlagen": listed})


def extract_filling(decision: Decision, body: Body, meeting: Meeting | None, item: AgendaItem | None) -> Filling:
    """For the extract of a decision."""
    tally = _(
        "Ja: %(yes)s, Nein: %(no)s, Enthaltungen: %(abstained)s",
        yes=decision.in_favour,
        no=decision.against,
        abstained=decision.abstained,
    )
    texts = {
        "punkt.nummer": (item.number or "") if item else "",
        "punkt.titel": item.title if item else "",
        "beschluss.nummer": decision.key,
        "beschluss.text": decision.text,
        "beschluss.ergebnis": decision.result_text or "",
        "beschluss.stimmen": tally if decision.accepted is not None else "",
    }
    return Filling(meeting_texts(body, meeting, "") | texts)


def minutes_filling(minutes: MinutesDocument) -> Filling:
    """For minutes, full or public: nothing but what the document itself says."""
    facts, wording = minutes.facts, minutes.wording
    texts = {
        "gremium.name": minutes.body,
        "sitzung.titel": minutes.title,
        "sitzung.nummer": minutes.number,
        "sitzung.datum": minutes.date,
        "sitzung.beginn": facts.begin,
        "sitzung.ende": facts.end,
        "sitzung.ort": facts.place,
        "sitzung.vorsitz": facts.chair,
        "niederschrift.schriftfuehrung": facts.minute_taker,
        "niederschrift.beschlussfaehigkeit": facts.quorum,
        "niederschrift.stand": wording.draft if minutes.is_draft else wording.signed,
        "niederschrift.fassung": minutes.version,
    }
    return Filling(texts, _minutes_blocks(minutes))


def _minutes_blocks(minutes: MinutesDocument) -> dict[str, tuple[Row, ...]]:
    wording = minutes.wording
    people = [row for group in minutes.attendance for row in group.rows]
    return {
        "tagesordnung": tuple(
            {
                "punkt.nummer": item.number,
                "punkt.titel": item.title,
                "punkt.art": item.kind,
            }
            for item in minutes.agenda
        ),
        "teilnehmende": tuple(
            {
                "person.organisation": row.organisation,
                "person.name": row.person,
                "person.bemerkung": _remark(row.substitute_for, row.remark, wording.substitute),
            }
            for row in people
        ),
        "beschluesse": tuple(
            {
                "beschluss.nummer": box.key,
                "beschluss.text": box.text,
                "beschluss.ergebnis": box.result_line,
                "beschluss.stimmen": box.tally_line,
            }
            for record in minutes.records
            for box in record.decisions
        ),
        "auftraege": tuple(
            {"auftrag.text": task.text, "auftrag.verantwortlich": task.responsible, "auftrag.frist": task.due}
            for task in minutes.tasks
        ),
        "verteiler": tuple({"empfaenger.name": name} for name in minutes.distribution),
    }


def _remark(substitute_for: str, remark: str, wording: str) -> str:
    stands_for = wording.format(name=substitute_for) if substitute_for else ""
    return ", ".join(filter(None, (stands_for, remark)))
