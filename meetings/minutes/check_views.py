"""Checking a file against the register of hashes, for everybody: also for people without an account."""

from typing import Any

from flask import Blueprint, Response, current_app, request

from app.core import clock
from app.core.database import every_tenant
from app.core.i18n import _
from app.core.web import current_actor, house, page, public, reading
from app.people.rules import Limit
from knowledge.reports import limits
from meetings.minutes.files import sha256_of
from meetings.minutes.forms import FileForm
from meetings.minutes.signing import Known, known_file
from meetings.minutes.states import PUBLIC_FILES
from meetings.minutes.wording import purpose_words

blueprint = Blueprint("minutes_check", __name__, template_folder="templates")
CHECKS = Limit(60, 300)
"""Each reads up to 16 MB."""


@blueprint.get("/pruefen")
@public("whoever holds a public document may ask whether it is genuine")
def ask() -> Response:
    """The form."""
    return _page(FileForm(formdata=None))


@blueprint.post("/pruefen")
@public("whoever holds a public document may ask whether it is genuine")
def check() -> Response:
    """Compare a file with the register; what is uploaded is read once and not kept."""
    _refuse_flood()
    form, file = FileForm(), request.files.get("file")
    if not form.validate_on_submit() or file is None:
        return _page(form, 422)
    content = file.stream.read()
    if not content:
        form.file.errors = [*form.file.errors, _("Die Datei ist leer. Bitte wählen Sie die Datei noch einmal aus.")]
        return _page(form, 422)
    sha256 = sha256_of(content)
    found = _known(sha256)
    words = purpose_words(found.file.purpose) if found else ""
    return _page(FileForm(formdata=None), checked=True, found=found, words=words, sha256=sha256)


def _known(sha256: str) -> Known | None:
    """The file in one's own county; for people without an account a public one, of whichever county."""
    if current_actor() is not None:
        return known_file(reading(), sha256)
    with house().database.read() as plain, every_tenant(plain):
        return known_file(plain, sha256, PUBLIC_FILES)


def _page(form: FileForm, status: int = 200, **found: Any) -> Response:
    nothing: dict[str, Any] = {"checked": False, "found": None, "words": "", "sha256": ""}
    return page(
        "minutes/check.html", status=status, form=form, signed_in=current_actor() is not None, **{**nothing, **found}
    )


def _refuse_flood() -> None:
    if current_actor() is not None:
        return
    now = clock.now()
    name = limits.bucket("file-check", bytes(current_app.secret_key), request.remote_addr or "-", now)  # type: ignore[arg-type]
    limits.refuse_if_too_often(name, CHECKS, now)
    limits.count(name, CHECKS, now)
