"""The pages of the demo meeting's minutes as pictures: `.venv/bin/python -m docs.minutes_pictures [FOLDER]`.

Holds the ninth meeting of the demo county from the first item to both signatures and photographs the files that were
kept: the Word documents as LibreOffice shows them, the PDFs as they are. All of them into FOLDER; without one the full
minutes and an extract into docs/niederschrift. To be looked at page by page.
Needs what `make test` has set up, LibreOffice and pdftoppm.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine
from sqlmodel import col, select

from app.core.config import Settings
from app.dataset.command import load_into
from app.people.models import Organisation, Person
from meetings.agenda import actions as agenda
from meetings.agenda.models import AgendaItem, Meeting
from meetings.agenda.outcomes import record_result
from meetings.agenda.states import DecisionKind, ItemResult
from meetings.bodies.models import Body, Seat, SeatHolder
from meetings.decisions.actions import Draft, record_decision
from meetings.minutes import actions as minutes
from meetings.minutes import steps
from meetings.minutes.models import KeptFile
from meetings.minutes.queries import sheet_by_key
from meetings.minutes.states import FilePurpose, MinutesKind
from meetings.room import actions as room
from meetings.room.capturing import Draft as Captured
from meetings.room.capturing import Result, capture, decide_motion
from meetings.room.states import CapturedKind, MotionResult
from meetings.voting import actions as voting
from meetings.voting.actions import DotsWish
from meetings.voting.models import PollOption
from tests.support.demo import DEMO_FILE, Demo
from tools.places import ROOT

TARGET = ROOT / "docs" / "niederschrift"
KEY, OFFICE, CHAIR, CLERK = "LG-09", "p-albers", "p-wieland", "p-kaya"
START = datetime(2026, 12, 10, 13, 2, tzinfo=UTC)
LATE, EARLY, RECUSED = "gd-ostervelde", "st-hallenbeck", "diakonie"
TOPICS = ("T-03", "T-04", "T-05", "T-07")
DOTS = {"p-diallo": (2, 1, 0, 0), "p-brandes": (0, 2, 1, 0), "p-okafor": (2, 0, 1, 0), "p-hartung": (0, 2, 0, 1)}
TEXTS = {
    "1": "Die Vorsitzende eröffnet die Sitzung und stellt fest, dass ordnungsgemäß geladen wurde und das Gremium "
    "beschlussfähig ist. Die Tagesordnung wird in der versandten Fassung festgestellt.",
    "3": "Die Koordinierende Stelle berichtet über sechs Fallrekonstruktionen mit 30 Teilnahmebestätigungen:\n\n"
    "- Zwei Lücken sind geschlossen, eine ist umgangen.\n- Drei Vereinbarungen laufen, keine ist überfällig.\n\n"
    "Auf Nachfrage erläutert sie, wie aus einem Befund eine Fehlstelle wird.",
    "4": "Die Projektgruppe stellt den Entwurf vor. Sieben von elf Organisationen haben zugestimmt, eine mit "
    "Vorbehalt. Zur Weiterzahlung bis zur Bewilligung führt das Rechtsamt aus, dass die Prüfung bis Ende Januar 2027 "
    "vorliegt.\n\n1. Der Übergabebogen wird in acht Sprachen gedruckt.\n2. Die Kasse stellt Bescheinigungen am "
    "Antragstag aus.",
    "5": "Die vier Themensteckbriefe werden vorgestellt. Die Mitglieder fragen nach der Reichweite von Thema T-05.",
    "8": "Das Ministerium hat geantwortet; die Antwort wird ausgewertet.",
    "10": "Die nächste Sitzung ist für das zweite Quartal 2027 vorgesehen.",
}


class Story:
    """The meeting, told minute by minute."""

    def __init__(self, demo: Demo) -> None:
        self._demo = demo
        self._at = START

    def later(self, minutes: int) -> Story:
        """Let time go on."""
        self._at += timedelta(minutes=minutes)
        return self

    def do(self, person: str, action: Any, *values: Any, **named: Any) -> Any:
        """One step of somebody, now."""
        with time_machine.travel(self._at, tick=False):
            return self._demo.perform(person, action, *values, **named)

    def tell(self) -> None:
        """From the invitation to the second signature."""
        self._invite()
        self._hold()
        self._write_up()

    def _invite(self) -> None:
        with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=UTC), tick=False):
            self._demo.perform(OFFICE, agenda.move_meeting, KEY, "scheduled")
            self._demo.perform(OFFICE, agenda.move_meeting, KEY, "invited", date(2026, 11, 24))

    def _hold(self) -> None:
        self.do(OFFICE, agenda.move_meeting, KEY, "running")
        for organisation, (seat, person) in self._seats().items():
            if organisation != LATE:
                self.do(OFFICE, room.record_arrival, KEY, seat, person)
        self._call("1")
        self._call("2")
        self._decide("2", "Die Niederschrift der 8. Sitzung wird genehmigt.", yes=15)
        self._call("3")
        self.do(OFFICE, room.record_arrival, KEY, *self._seats()[LATE])
        self._result("3", ItemResult.NOTED)
        self._agreement()
        self._call("5")
        self._result("5", ItemResult.NOTED)
        self._priorities()
        self._group()
        self._rest()

    def _agreement(self) -> None:
        self._call("4")
        text = "In Satz 2 wird „01.01.2027“ durch „01.03.2027“ ersetzt."
        motion = self._capture(CapturedKind.MOTION, text, person="p-kessler")
        self.do(OFFICE, decide_motion, KEY, motion.id, Result(MotionResult.REJECTED, 4, 10, 2))
        self._capture(CapturedKind.TASK, "Übergabebogen drucken", person="p-albers", due=date(2027, 2, 26))
        self._capture(CapturedKind.TASK, "Ansprechpersonen benennen", person="p-brandes", due=date(2027, 1, 15))
        text = (
            "Die Lenkungsgruppe stimmt der Zielvereinbarung ZV-2026-01 zu. Sie tritt für jede verpflichtete "
            "Organisation mit deren Zustimmung, frühestens am 01.01.2027, in Kraft. Die Koordinierende Stelle "
            "berichtet halbjährlich."
        )
        self._decide("4", text, yes=15, abstain=1)

    def _priorities(self) -> None:
        self._call("6")
        poll = self.do(OFFICE, voting.open_poll, KEY, "6", DotsWish(3, 2, 2, TOPICS))
        with self._demo.session() as session:
            statement = select(col(PollOption.id)).where(col(PollOption.poll_id) == poll.id)
            options = [str(each) for each in session.exec(statement.order_by(col(PollOption.position)))]
        for person, dots in DOTS.items():
            self.do(person, voting.cast_ballot, poll.id, dict(zip(options, dots, strict=True)))
        self.later(4).do(OFFICE, voting.close_poll, poll.id)
        self._decide("6", "Die Lenkungsgruppe beschließt die Rangfolge nach dem Ergebnis der Punktabfrage.", yes=16)

    def _group(self) -> None:
        self._call("7")
        self.do(OFFICE, room.record_departure, KEY, self._seats()[EARLY][0])
        self.do(OFFICE, room.declare_recusal, KEY, "7", self._seats()[RECUSED][0])
        self._capture(CapturedKind.TASK, "Mitglieder der Projektgruppe melden", due=date(2027, 1, 8))
        self._decide("7", "Zum erstplatzierten Thema wird eine Projektgruppe eingesetzt.\nLeitung: Jobcenter.", yes=14)

    def _rest(self) -> None:
        for number in ("8", "9"):
            self._call(number)
            self._result(number, ItemResult.NOTED)
        self._call("10")
        self.later(6).do(OFFICE, agenda.move_meeting, KEY, "held")
        self.do(OFFICE, agenda.move_meeting, KEY, "closed")

    def _write_up(self) -> None:
        for number, text in TEXTS.items():
            self.later(1).do(CLERK, minutes.save_block, KEY, number, text, 0)
        receivers = "Mitglieder der Lenkungsgruppe\nLandrat des Kreises Sonderau"
        annexes = "Zielvereinbarung ZV-2026-01 vom 18.11.2026\nErgebnis der Punktabfrage"
        self.do(CLERK, minutes.describe, KEY, MinutesKind.CONDENSED, receivers, annexes)
        self.later(24 * 60).do(OFFICE, steps.move_minutes, KEY, "circulated")
        self.later(90).do(CHAIR, steps.sign, KEY)
        self.later(30).do(CLERK, steps.sign, KEY)

    def _call(self, number: str) -> None:
        self.later(9).do(OFFICE, agenda.call_item, KEY, number)

    def _result(self, number: str, result: ItemResult) -> None:
        self.do(OFFICE, record_result, KEY, number, result, "")

    def _decide(self, number: str, text: str, **votes: int) -> None:
        self.later(3).do(OFFICE, record_decision, KEY, number, Draft(DecisionKind.REPORT, text, **votes))

    def _capture(self, kind: CapturedKind, text: str, person: str = "", due: date | None = None) -> Any:
        with self._demo.session() as session:
            item = session.exec(
                select(AgendaItem)
                .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
                .where(col(Meeting.key) == KEY, col(AgendaItem.state) == "current")
            ).one()
            who = session.exec(select(Person.id).where(col(Person.key) == person)).first()
        return self.later(2).do(OFFICE, capture, KEY, Captured(kind, text, item.id, who, due))

    def _seats(self) -> dict[str, tuple[int, int]]:
        with self._demo.session() as session:
            rows = session.exec(
                select(Organisation.key, Seat.id, SeatHolder.person_id)
                .join(Seat, col(Seat.organisation_id) == col(Organisation.id))
                .join(SeatHolder, col(SeatHolder.seat_id) == col(Seat.id))
                .join(Body, col(Body.id) == col(Seat.body_id))
                .where(col(Body.key) == "lg-kim", col(SeatHolder.rank) == 0, col(Seat.kind) == "voting")
            )
            return {key: (seat or 0, person) for key, seat, person in rows}


def written(demo: Demo, folder: Path, purposes: Sequence[FilePurpose]) -> list[Path]:
    """Files that were kept of the signed minutes, the first of each purpose."""
    with demo.session() as session:
        sheet = sheet_by_key(session, KEY)
        rows = session.exec(select(KeptFile).where(col(KeptFile.minutes_id) == (sheet.id if sheet else 0))).all()
    first = {row.purpose: row for row in reversed(rows)}
    paths = []
    for purpose in purposes:
        path = folder / f"{purpose}.{'docx' if 'docx' in purpose else 'pdf'}"
        path.write_bytes(first[purpose].content)
        paths.append(path)
    return paths


def pictured(path: Path, target: Path) -> None:
    """Each page of a document as a picture."""
    if path.suffix == ".docx":
        office = ["soffice", "--headless", f"-env:UserInstallation=file://{path.parent}/office", "--convert-to", "pdf"]
        subprocess.run(  # noqa: S603 - our own file
            [*office, "--outdir", path.parent / "office", path], check=True, capture_output=True
        )
        path = path.parent / "office" / f"{path.stem}.pdf"
    subprocess.run(["pdftoppm", "-r", "60", "-png", path, target / path.stem], check=True)  # noqa: S603, S607


def main(target: Path, purposes: Sequence[FilePurpose]) -> None:
    """Tell the story in a county of its own and leave the pictures of these files in `target`."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(f"sqlite:///{folder}/db.sqlite", folder)
        load_into(settings, DEMO_FILE, None)
        demo = Demo.over(settings.database_url, folder)
        Story(demo).tell()
        for path in written(demo, folder, purposes):
            pictured(path, target)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), [each for each in FilePurpose if each != FilePurpose.SCAN])
    else:
        main(TARGET, [FilePurpose.SIGNED_DOCX, FilePurpose.EXTRACT_DOCX])
