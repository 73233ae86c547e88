"""The conversation about a thing: reading it, writing, correcting, removing, and who may be named."""

from typing import Any

from flask import Blueprint, Response, flash, jsonify, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import ChangedMeanwhile, DomainError
from app.core.forms import ConfirmForm, visible
from app.core.htmx import is_fragment_request
from app.core.i18n import _, show_datetime
from app.core.web import go_to, house, page, perform_once, reading, requires, signed_in
from knowledge.conversation import actions, following, policy, queries, readers, rules
from knowledge.conversation.forms import CommentForm
from knowledge.conversation.queries import FoundComment
from knowledge.conversation.subjects import Subject, is_readable
from knowledge.privacy.confirming import Unchecked
from knowledge.privacy.wording import HONEST, KIND_LABELS

blueprint = Blueprint("conversation", __name__, template_folder="templates")
_THING = "/gespraech/<kind>/<int(max=2147483647):thing_id>"
_COMMENT = "/kommentare/<int(max=2147483647):comment_id>"


def subject_of(session: Session, kind: str, thing_id: int) -> Subject | None:
    """The thing, for a reader who may open it."""
    return is_readable(session, signed_in(), kind, thing_id)


def comment_of(session: Session, comment_id: int) -> FoundComment | None:
    """The comment, for a reader who may open what it is about."""
    return queries.comment_by_id(session, signed_in(), comment_id)


@blueprint.get(_THING)
@requires(policy.may_talk_about, load=subject_of)
def show(subject: Subject, **_address: Any) -> Response:
    """One page of the conversation; `?antwort=` opens the form for an answer."""
    answers = request.args.get("antwort", "")
    return _talk_page(subject, CommentForm(formdata=None, answers=answers if answers.isdecimal() else ""))


@blueprint.get(f"{_THING}/liste")
@requires(policy.may_talk_about, load=subject_of)
def talks(subject: Subject, **_address: Any) -> Response | AnyResponse:
    """What was said, alone: what a page fetches when something is said. It holds no form that is typed into."""
    if not is_fragment_request():
        return go_to(url_for("conversation.show", kind=subject.kind, thing_id=subject.id))
    if request.args.get("neben"):
        beside = queries.beside(reading(), signed_in(), subject.kind, subject.id)
        return page("conversation/_beside_talks.html", beside=beside)
    found, _watching = queries.conversation(reading(), signed_in(), subject, _page_number())
    return page("conversation/_talks.html", found=found, kind=subject.kind, thing_id=subject.id)


@blueprint.post(_THING)
@requires(policy.may_talk_about, load=subject_of)
def write(subject: Subject, **_address: Any) -> Response | AnyResponse:
    """Save a comment; whatever stands in the way, what was typed stays."""
    form = CommentForm()
    if not form.validate_on_submit():
        return _talk_page(subject, form, status=422)
    answers = form.answers.data or ""
    try:
        return perform_once(
            actions.write_comment,
            subject.kind,
            subject.id,
            form.text.data,
            answers=int(answers) if answers.isdecimal() and len(answers) < 10 else None,
            harmless=form.harmless.data or (),
            then=_saved,
        )
    except DomainError as error:
        return _refused(subject, form, error)


def _saved(written: actions.Written) -> str:
    if written.untold:
        names = ", ".join(written.untold)
        flash(_("Nicht benachrichtigt, weil die Seite für sie nicht sichtbar ist: %(names)s", names=names), "warning")
    return _place(written.comment, written.subject)


def _place(comment: Any, subject: Subject) -> str:
    """Where a comment stands."""
    if request.args.get("von") == "seite":
        return f"{subject.url}#gespraech"
    number = queries.page_of(reading(), signed_in(), subject, comment)
    address = url_for("conversation.show", kind=subject.kind, thing_id=subject.id, seite=number)
    return f"{address}#kommentar-{comment.id}"


def _refused(subject: Subject, form: CommentForm, error: DomainError, **more: Any) -> Response:
    """The form with what was typed, and why it was not saved."""
    hits = error.hits if isinstance(error, Unchecked) else ()
    form.text.errors = [error.message]
    form.harmless.choices = [
        (hit.key, f"{KIND_LABELS[hit.kind]}: „{hit.text}“") for hit in {h.key: h for h in hits}.values()
    ]
    return _talk_page(subject, form, status=error.status, hits=hits, honest=HONEST, **more)


def _talk_page(subject: Subject, form: CommentForm, status: int = 200, **more: Any) -> Response:
    found, watching = queries.conversation(reading(), signed_in(), subject, _page_number())
    return page(
        "conversation/show.html",
        status=status,
        subject=subject,
        found=found,
        watching=watching,
        form=form,
        answered=_answered(found, form),
        may_comment=bool(policy.may_comment(signed_in())),
        page_url=lambda number: url_for("conversation.show", kind=subject.kind, thing_id=subject.id, seite=number),
        **more,
    )


def _answered(found: queries.Conversation, form: CommentForm) -> queries.Line | None:
    """The comment that is being answered, if it stands on this page."""
    lines = [line for talk in found.talks for line in (talk.head, *talk.answers)]
    return next((line for line in lines if str(line.comment.id) == form.answers.data), None)


def _page_number() -> int:
    given = request.args.get("seite", "")
    return int(given) if given.isdecimal() and len(given) < 7 else 0


@blueprint.route(f"{_COMMENT}/bearbeiten", methods=["GET", "POST"])
@requires(policy.may_open_comment, load=comment_of)
def edit(found: FoundComment, comment_id: int) -> Response | AnyResponse:
    """Correct a comment while it is fresh."""
    verdict = policy.may_edit_comment(signed_in(), found.comment, clock.now())
    form = CommentForm(text=found.comment.text, shown=rules.stamp_of(found.comment.text))
    if not verdict:
        flash(_(verdict.reason), "warning")
        if request.method == "GET":
            return go_to(_place(found.comment, found.subject))
        return _edit_page(found, form, status=409)
    if request.method == "GET":
        return _edit_page(found, form)
    if not form.validate_on_submit():
        return _edit_page(found, form, status=422)
    try:
        return perform_once(
            actions.edit_comment,
            comment_id,
            form.text.data,
            harmless=form.harmless.data or (),
            shown=form.shown.data or "",
            then=_saved,
        )
    except ChangedMeanwhile as error:
        form.shown.data = rules.stamp_of(error.saved)
        return _edit_page(found, form, status=error.status, conflict=error)
    except Unchecked as error:
        form.text.errors = [error.message]
        hits = {hit.key: hit for hit in error.hits}.values()
        form.harmless.choices = [(hit.key, f"{KIND_LABELS[hit.kind]}: „{hit.text}“") for hit in hits]
        return _edit_page(found, form, status=422)


def _edit_page(found: FoundComment, form: CommentForm, status: int = 200, **more: Any) -> Response:
    return page("conversation/edit.html", status=status, found=found, form=form, honest=HONEST, **more)


@blueprint.get(f"{_COMMENT}/entfernen")
@requires(policy.may_open_comment, load=comment_of)
def confirm_removal(found: FoundComment, comment_id: int) -> Response | AnyResponse:
    """What will be gone."""
    verdict = policy.may_remove_comment(signed_in(), found.comment)
    if not verdict:
        flash(_(verdict.reason), "warning")
        return go_to(_place(found.comment, found.subject))
    return page(
        "ui/confirm.html",
        title=_("Kommentar entfernen?"),
        text=_("Der Text wird gelöscht und lässt sich nicht zurückholen. An seiner Stelle steht „Kommentar entfernt“."),
        facts=[(_("Zu"), found.subject.title), (_("geschrieben am"), show_datetime(found.comment.at))],
        form=ConfirmForm(formdata=None),
        action_url=url_for("conversation.remove", comment_id=comment_id),
        confirm_label=_("Kommentar entfernen"),
        tone="danger",
        back_url=_place(found.comment, found.subject),
    )


@blueprint.post(f"{_COMMENT}/entfernen")
@requires(policy.may_open_comment, load=comment_of)
def remove(found: FoundComment, comment_id: int) -> AnyResponse:
    """Take the text away."""
    del found
    return perform_once(actions.remove_comment, comment_id, then=_saved)


@blueprint.post(f"{_COMMENT}/abgeschlossen")
@requires(policy.may_open_comment, load=comment_of)
def resolve(found: FoundComment, comment_id: int) -> AnyResponse:
    """Close a conversation or take it up again."""
    del found
    done = request.form.get("abgeschlossen") != "nein"
    return perform_once(actions.resolve_comment, comment_id, done, then=_saved)


@blueprint.post(f"{_THING}/gelesen")
@requires(policy.may_talk_about, load=subject_of)
def read(subject: Subject, **_address: Any) -> AnyResponse:
    """Note how far the person has read; for their own eyes, and done twice it changes nothing."""
    given = request.form.get("bis", "")
    number = int(given) if given.isdecimal() and len(given) < 10 else 0
    actor, now = signed_in(), clock.now()
    house().writer.run(lambda s: following.mark_read(s, actor, now, subject, number), actor.tenant_id)
    return Response(status=204) if is_fragment_request() else go_to(f"{subject.url}#gespraech")


@blueprint.post(f"{_THING}/beobachten")
@requires(policy.may_talk_about, load=subject_of)
def watch(subject: Subject, **_address: Any) -> AnyResponse:
    """Follow the thing, or stop."""
    wanted = request.form.get("beobachten") != "nein"
    back = url_for("news.watched") if request.form.get("zurueck") == "liste" else subject.url
    return perform_once(following.choose, subject.kind, subject.id, wanted, then=lambda _row: back)


@blueprint.get(f"{_THING}/personen")
@requires(policy.may_talk_about, load=subject_of)
def people(subject: Subject, **_address: Any) -> Response:
    """Who may be named here, by the beginning of a name: readers of the thing only."""
    typed = visible(request.args.get("q", ""))[:60].strip()
    found = readers.suggested(reading(), subject, typed, signed_in().person_id, clock.today()) if typed else []
    return jsonify(people=found)
