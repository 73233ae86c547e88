"""Letterhead and templates as pages: what each place has, uploading, previews, older versions, placeholders."""

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, g, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import DomainError, NotFound
from app.core.forms import ConfirmForm
from app.core.i18n import _
from app.core.uploads import takes_files
from app.core.web import page, perform_once, reading, requires, signed_in
from exports.base_document.refusals import Refused
from exports.letterhead import actions, checking, policy, queries, sample, wording
from exports.letterhead.forms import UploadForm
from exports.letterhead.models import BaseDocument
from exports.letterhead.places import FoundPlace, FoundSlot, every_place, place_at, slot_at
from exports.letterhead.states import WORDS, Purpose
from exports.letterhead.vocabulary import wordlist

blueprint = Blueprint("letterhead", __name__, template_folder="templates")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ONE = "/kreis/vorlagen/<place>/<purpose>"
VERSION = f"{ONE}/fassung/<int(max=2147483647):version_id>"

blueprint.add_app_template_filter(wording.purpose_words, "purpose_words")
blueprint.add_app_template_filter(wording.problem_words, "problem_words")
blueprint.add_app_template_filter(wording.place_words, "problem_place")
blueprint.add_app_template_filter(wording.note_words, "letterhead_note")


@blueprint.get("/kreis/vorlagen")
@requires(policy.may_see_letterheads)
def index() -> Response:
    """The places whose look this person may change."""
    places = [place for place in every_place(reading()) if policy.may_dress(signed_in(), place)]
    return page("letterhead/index.html", places=places, own=queries.bodies_with_own(reading()))


@blueprint.get("/kreis/vorlagen/<place>")
@requires(policy.may_dress, load=place_at)
def show(found: FoundPlace, place: str) -> Response:
    """What one place has of its own, and what holds for it otherwise."""
    del place
    own = queries.in_use(reading(), found.body_id)
    county = queries.in_use(reading(), None) if found.body else {}
    rows = [(purpose, WORDS[purpose], own.get(purpose), county.get(purpose)) for purpose in Purpose]
    return page("letterhead/place.html", place=found, rows=rows, head=queries.head_in_use(reading(), found.body_id))


@blueprint.get(ONE)
@requires(policy.may_dress, load=slot_at)
def slot(found: FoundSlot, **_address: Any) -> Response:
    """One document of a place: what holds, the way to replace it, older versions."""
    return _slot_page(found, UploadForm(formdata=None))


def _slot_page(found: FoundSlot, form: UploadForm, problems: Any = (), status: int = 200) -> Response:
    known = queries.versions(reading(), found.purpose, found.body_id)
    return page(
        "letterhead/slot.html",
        status=status,
        place=found,
        purpose=found.purpose,
        word=WORDS[found.purpose],
        lead=wording.purpose_lead(found.purpose),
        form=form,
        confirm=ConfirmForm(formdata=None),
        problems=problems,
        current=next((each for each in known if each.row.slot), None),
        older=[each for each in known if not each.row.slot],
        words=wordlist(found.purpose),
    )


@blueprint.post(ONE)
@takes_files
@requires(policy.may_dress, load=slot_at)
def upload(found: FoundSlot, **_address: Any) -> AnyResponse:
    """Check the file and use it; a faulty one is refused with every place and reason."""
    form, sent = UploadForm(), request.files.get("file")
    if not form.validate_on_submit() or sent is None or not sent.filename:
        return _slot_page(found, form, status=422)
    try:
        checked = checking.checked_upload(checking.read_upload(sent.stream), found.purpose, g.tenant.name)
    except Refused as refused:
        form.file.errors = [_("Diese Datei wurde nicht übernommen. Die Gründe stehen oben.")]
        return _slot_page(found, form, refused.problems, 422)
    return perform_once(
        actions.put_to_use, found.key, found.purpose, sent.filename, checked, then=lambda _row: _address_of(found)
    )


def _address_of(found: FoundSlot) -> str:
    return url_for("letterhead.slot", place=found.key, purpose=WORDS[found.purpose])


@blueprint.post(f"{ONE}/entfernen")
@requires(policy.may_dress, load=slot_at)
def remove(found: FoundSlot, **_address: Any) -> AnyResponse:
    """Use it no longer; the older version can be taken back."""
    return perform_once(actions.remove, found.key, found.purpose, then=lambda _none: _address_of(found))


@blueprint.post(f"{VERSION}/verwenden")
@requires(policy.may_dress, load=slot_at)
def use_again(found: FoundSlot, version_id: int, **_address: Any) -> AnyResponse:
    """Let an older version hold again."""
    return perform_once(actions.use_again, found.key, found.purpose, version_id, then=lambda _row: _address_of(found))


def _version(found: FoundSlot, version_id: int) -> BaseDocument:
    row = queries.version_by_id(reading(), found.purpose, found.body_id, version_id)
    if row is None:
        raise NotFound(_("Diese Fassung gibt es nicht."))
    return row


@blueprint.get(f"{VERSION}.docx")
@requires(policy.may_dress, load=slot_at)
def download(found: FoundSlot, version_id: int, **_address: Any) -> AnyResponse:
    """The file as it is kept: without names, comments and revision marks."""
    return _file(_version(found, version_id).content, f"{WORDS[found.purpose]}-{found.key}.docx")


@blueprint.get(f"{VERSION}/probe.docx")
@requires(policy.may_dress, load=slot_at)
def preview(found: FoundSlot, version_id: int, **_address: Any) -> AnyResponse:
    """A made-up document in this look."""
    row = _version(found, version_id)
    try:
        content = checking.sample_docx(found.purpose, row.content, g.tenant.name)
    except Refused as refused:
        raise DomainError(wording.problem_words(refused.problems[0])) from refused
    return _file(content, f"Probe-{WORDS[found.purpose]}.docx")


@blueprint.get(f"{ONE}/muster.docx")
@requires(policy.may_dress, load=slot_at)
def starter(found: FoundSlot, **_address: Any) -> AnyResponse:
    """A template to begin with, with every placeholder."""
    return _file(sample.starter(found.purpose, g.tenant.name), f"Muster-{WORDS[found.purpose]}.docx")


def _file(content: bytes, name: str) -> AnyResponse:
    response = send_file(BytesIO(content), DOCX, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response
