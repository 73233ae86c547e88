"""`lueckenlos export folder KEY`: the folder of a meeting as a file, for the operator of the machine."""

import shutil
import tempfile
from pathlib import Path

from app.core import clock
from app.core.config import Settings
from app.core.web import House
from app.export_command import NothingToExport, county_of
from app.search_command import opened
from exports.folder.binder import CannotBind
from exports.folder.gathering import gather_for_office
from exports.folder.making import make
from exports.folder.paper_document import look_of
from meetings.agenda.queries import meeting_by_key
from meetings.papers.files import folder as attachments


def export_folder(settings: Settings, key: str, form: str, target: Path, *, public: bool, county: str | None) -> int:
    """Write the folder, all of it or its public part; how many bytes it has."""
    with opened(settings) as app, app.test_request_context():
        house: House = app.extensions["lueckenlos"]
        with house.database.read(county_of(house, key, county)) as session:
            meeting = meeting_by_key(session, key)
            if meeting is None:
                raise NothingToExport(f"No meeting is called {key}.")
            plan = gather_for_office(session, meeting, clock.now(), public=public)
            look = look_of(session, plan)
    try:
        with tempfile.TemporaryDirectory(prefix="lueckenlos-") as scratch, app.test_request_context():
            made = make(plan, attachments(settings.data_dir), Path(scratch), lambda _done, _total, _text: None, look)
            shutil.copyfile(made.pdf if form == "pdf" else made.zip, target)
    except OSError as error:
        raise NothingToExport(f"{target} cannot be written: {error.strerror}.") from None
    except CannotBind as error:
        raise NothingToExport(f"The folder cannot be bound: {error}.") from None
    return target.stat().st_size
