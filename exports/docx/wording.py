"""The fixed words of the minutes. German by default; another language is another value of the same shape."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """Every word that a document of minutes brings along. Names in braces are filled in by the writer."""

    headline: str = "Niederschrift"
    public_headline: str = "Öffentliche Niederschrift"
    subtitle: str = "über die {title} am {date}"
    draft: str = "Entwurf"
    signed: str = "unterzeichnet"
    draft_notice: str = "Entwurf – noch nicht unterzeichnet"

    place: str = "Ort"
    duration: str = "Beginn und Ende"
    breaks: str = "Unterbrechungen"
    chair: str = "Vorsitz"
    minute_taker: str = "Schriftführung"
    invitation: str = "Einladung"
    quorum: str = "Beschlussfähigkeit"
    status: str = "Status"

    attendance: str = "Teilnehmende"
    excused: str = "Entschuldigt"
    organisation: str = "Organisation"
    person: str = "Name"
    remark: str = "Bemerkung"
    substitute: str = "i. V. für {name}"

    agenda: str = "Tagesordnung"
    item: str = "TOP"
    subject: str = "Gegenstand"
    kind: str = "Art"
    item_title: str = "TOP {number}"

    paper: str = "Vorlage"
    reporter: str = "Berichterstattung"
    called: str = "Aufruf"
    recusal: str = "Befangenheit"
    motion: str = "Antrag"
    moved_by: str = "Antrag von {mover}"
    outcome: str = "Ergebnis"
    statement: str = "Erklärung zu Protokoll"
    stated_by: str = "Erklärung zu Protokoll von {speaker}"
    tally: str = "Auszählung"
    decision: str = "Beschluss {key}"
    vote_result: str = "Abstimmungsergebnis"
    votes: str = "Stimmen"

    task: str = "Auftrag"
    tasks: str = "Aufträge"
    task_number: str = "Nr."
    responsible: str = "verantwortlich"
    responsible_head: str = "Verantwortlich"
    due: str = "Frist"
    decided_in: str = "Beschluss"

    objections: str = "Einwendungen zu früheren Niederschriften"
    not_public: str = "In nicht öffentlicher Sitzung behandelt."
    checksum: str = "Prüfsumme des Inhalts (SHA-256): {sha256}"

    next_meeting: str = "Nächste Sitzung"
    closing: str = "Schluss der Sitzung: {time}"
    signatures: str = "Unterschriften"
    signed_on: str = "gez. {moment}"
    distribution: str = "Verteiler"
    annexes: str = "Anlagen"
    annex: str = "Anlage {number}"
    version: str = "Fassung {version}"
    page: str = "Seite"
    page_of: str = "von"


GERMAN = Wording()

ENGLISH = Wording(
    headline="Minutes",
    public_headline="Public minutes",
    subtitle="of the {title} on {date}",
    draft="Draft",
    signed="signed",
    draft_notice="Draft – not signed yet",
    place="Place",
    duration="Beginning and end",
    breaks="Interruptions",
    chair="Chair",
    minute_taker="Minutes taken by",
    invitation="Invitation",
    quorum="Quorum",
    status="Status",
    attendance="Attendance",
    excused="Apologies",
    organisation="Organisation",
    person="Name",
    remark="Remark",
    substitute="for {name}",
    agenda="Agenda",
    item="Item",
    subject="Subject",
    kind="Kind",
    item_title="Item {number}",
    paper="Paper",
    reporter="Presented by",
    called="Called at",
    recusal="Recusal",
    motion="Motion",
    moved_by="Motion by {mover}",
    outcome="Result",
    statement="Statement for the record",
    stated_by="Statement for the record by {speaker}",
    tally="Count",
    decision="Decision {key}",
    vote_result="Result of the vote",
    votes="Votes",
    task="Task",
    tasks="Tasks",
    task_number="No.",
    responsible="responsible",
    responsible_head="Responsible",
    due="Due",
    decided_in="Decision",
    objections="Objections to earlier minutes",
    not_public="Dealt with in a session that was not public.",
    checksum="Checksum of the content (SHA-256): {sha256}",
    next_meeting="Next meeting",
    closing="End of the meeting: {time}",
    signatures="Signatures",
    signed_on="signed {moment}",
    distribution="Distribution",
    annexes="Annexes",
    annex="Annex {number}",
    version="Version {version}",
    page="Page",
    page_of="of",
)
