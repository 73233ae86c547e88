"""The head of PDFs as a page: lines, logo, preview, taking the last change back."""

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, g, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import DomainError
from app.core.forms import ConfirmForm
from app.core.uploads import takes_files
from app.core.web import page, perform_once, reading, requires
from exports.base_document.refusals import Refused
from exports.docx.letterhead import Head
from exports.letterhead import actions, checking, policy, queries, wording
from exports.letterhead.actions import HeadDraft
from exports.letterhead.dressing import head_of
from exports.letterhead.forms import HeadForm
from exports.letterhead.places import FoundPlace, place_at

blueprint = Blueprint("page_head", __name__, template_folder="templates")
ONE = "/kreis/vorlagen/<place>/pdf"


@blueprint.get(ONE)
@requires(policy.may_dress, load=place_at)
def show(found: FoundPlace, **_address: Any) -> Response:
    """The form with what holds."""
    row = queries.own_head(reading(), found.body_id)
    known = {"lines": row.lines, "footer": row.footer, "logo_words": row.logo_words} if row else {}
    return _page(found, HeadForm(formdata=None, **known))


def _page(found: FoundPlace, form: HeadForm, status: int = 200) -> Response:
    row = queries.own_head(reading(), found.body_id)
    return page(
        "letterhead/head.html", status=status, place=found, form=form, row=row, confirm=ConfirmForm(formdata=None)
    )


@blueprint.post(ONE)
@takes_files
@requires(policy.may_dress, load=place_at)
def save(found: FoundPlace, **_address: Any) -> AnyResponse:
    """Check the logo and use all of it."""
    form = HeadForm()
    if not form.validate_on_submit():
        return _page(found, form, 422)
    try:
        draft = _draft(form)
        checking.sample_pdf(
            Head(tuple(draft.lines.splitlines()), (), draft.logo or b"", draft.logo_words), g.tenant.name
        )
    except Refused as refused:
        form.logo.errors = [wording.problem_words(problem) for problem in refused.problems]
        return _page(found, form, 422)
    target = url_for("page_head.show", place=found.key)
    return perform_once(actions.save_head, found.key, draft, then=lambda _row: target)


def _draft(form: HeadForm) -> HeadDraft:
    sent = request.files.get("logo")
    raw = checking.read_upload(sent.stream) if sent is not None and sent.filename else None
    logo = checking.checked_logo(raw) if raw is not None else b"" if form.drop_logo.data else None
    return HeadDraft(form.told(form.lines.data), form.told(form.footer.data), logo, form.logo_words.data or "")


@blueprint.post(f"{ONE}/zurueck")
@requires(policy.may_dress, load=place_at)
def restore(found: FoundPlace, **_address: Any) -> AnyResponse:
    """Take the last change back."""
    target = url_for("page_head.show", place=found.key)
    return perform_once(actions.restore_head, found.key, then=lambda _none: target)


@blueprint.get(f"{ONE}/probe.pdf")
@requires(policy.may_dress, load=place_at)
def preview(found: FoundPlace, **_address: Any) -> AnyResponse:
    """Made-up minutes with this head."""
    row = queries.head_in_use(reading(), found.body_id)
    try:
        content = checking.sample_pdf(head_of(row) if row else None, g.tenant.name)
    except Refused as refused:
        raise DomainError(wording.problem_words(refused.problems[0])) from refused
    return send_file(BytesIO(content), "application/pdf", as_attachment=True, download_name="Probe.pdf")
