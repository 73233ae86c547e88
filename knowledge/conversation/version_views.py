"""The versions of a thing: the list, the difference between any two, and putting one back."""

from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import NotFound
from app.core.forms import ConfirmForm
from app.core.i18n import _, show_datetime
from app.core.web import page, perform_once, requires, signed_in
from app.core.work import Work
from knowledge.conversation import policy, queries, rules
from knowledge.conversation.queries import FoundVersions, Kept

blueprint = Blueprint("versions", __name__, template_folder="templates")
_THING = "/fassungen/<kind>/<int(max=2147483647):thing_id>"


def versions_of(session: Session, kind: str, thing_id: int, number: int = 0) -> FoundVersions | None:
    """The versions of a thing that the reader may open, if its kind keeps versions."""
    del number
    return queries.versions_of(session, signed_in(), kind, thing_id)


@blueprint.get(_THING)
@requires(policy.may_read_versions, load=versions_of)
def show(found: FoundVersions, **_address: Any) -> Response:
    """All versions, and what changed from one to another: the last change, or `?von=` and `?bis=`."""
    new = _chosen(found, "bis") or (found.kept[0] if found.kept else None)
    old = _chosen(found, "von") or _before(found, new)
    return page(
        "versions/show.html",
        found=found,
        old=old,
        new=new,
        fields=_compared(found, old, new) if old and new else [],
        may_restore=bool(policy.may_restore_version(signed_in(), found)),
    )


def _chosen(found: FoundVersions, name: str) -> Kept | None:
    given = request.args.get(name, "")
    return found.number(int(given)) if given.isdecimal() and len(given) < 7 else None


def _before(found: FoundVersions, new: Kept | None) -> Kept | None:
    return next((each for each in found.kept if new and each.number < new.number), None)


def _compared(found: FoundVersions, old: Kept, new: Kept) -> list[tuple[str, tuple[rules.Passage, ...]]]:
    """Field by field what changed; fields that did not change are left out."""
    names = [*found.versioned.titles, *(name for name in new.texts if name not in found.versioned.titles)]
    pairs = [(name, old.texts.get(name, ""), new.texts.get(name, "")) for name in names]
    return [
        (str(found.versioned.titles.get(name, name)), rules.passages(rules.differences(before, after)))
        for name, before, after in pairs
        if before != after
    ]


@blueprint.get(f"{_THING}/<int(max=999999):number>/wiederherstellen")
@requires(policy.may_restore_version, load=versions_of)
def confirm(found: FoundVersions, number: int, **_address: Any) -> Response:
    """What putting a version back means."""
    kept = _existing(found, number)
    return page(
        "ui/confirm.html",
        title=_("Fassung %(number)s wiederherstellen?", number=number),
        text=_("Der jetzige Text bleibt als Fassung erhalten; die alte wird als neue Fassung obenauf gelegt."),
        facts=[(_("Zu"), found.subject.title), (_("Stand vom"), show_datetime(kept.at))],
        form=ConfirmForm(formdata=None),
        action_url=url_for("versions.restore", kind=found.subject.kind, thing_id=found.subject.id, number=number),
        confirm_label=_("Wiederherstellen"),
        tone="primary",
        back_url=url_for("versions.show", kind=found.subject.kind, thing_id=found.subject.id),
    )


@blueprint.post(f"{_THING}/<int(max=999999):number>/wiederherstellen")
@requires(policy.may_restore_version, load=versions_of)
def restore(found: FoundVersions, number: int, **_address: Any) -> AnyResponse:
    """Put a version back through the feature's own change, which keeps it as a new version."""
    kept = _existing(found, number)
    subject = found.subject

    def put_back(work: Work) -> None:
        work.require(policy.may_restore_version(work.actor, found))
        found.versioned.restore(work, subject.id, kept.texts)

    def done(_none: None) -> str:
        flash(_("Fassung %(number)s ist wiederhergestellt.", number=number), "success")
        return subject.url

    return perform_once(put_back, then=done)


def _existing(found: FoundVersions, number: int) -> Kept:
    kept = found.number(number)
    if kept is None:
        raise NotFound(_("Diese Fassung gibt es nicht."))
    return kept
