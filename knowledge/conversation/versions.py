"""Keeping the texts of things as they stood after each change, and which things do so.

A feature calls `keep_version` in the transaction of its change, and once `register_versioned` with how its texts are
called and put back. Versions are added, never altered; putting one back adds another.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from app.core.errors import DomainError
from app.core.i18n import _
from app.core.permissions import Actor, Verdict
from app.core.work import Work
from knowledge.conversation.following import follow
from knowledge.conversation.models import KeptVersion

Restore = Callable[[Work, int, Mapping[str, str]], None]
May = Callable[[Actor], Verdict]


@dataclass(frozen=True)
class Versioned:
    """A kind of thing with versions: what its texts are called, who reads old ones, who puts one back and how."""

    titles: Mapping[str, Any]
    restore: Restore
    may_read: May
    may_restore: May


_kinds: dict[str, Versioned] = {}


def register_versioned(kind: str, titles: Mapping[str, Any], restore: Restore, may_read: May, may_restore: May) -> None:
    """Show versions of this kind of thing. `titles`: field → label, in the order of the page.

    `may_read(actor)` is asked besides the right to read the thing itself: an old text was checked for fewer readers.
    """
    _kinds[kind] = Versioned(titles, restore, may_read, may_restore)


def versioned(kind: str) -> Versioned | None:
    """How this kind of thing keeps versions, None if it keeps none."""
    return _kinds.get(kind)


def keep_version(
    work: Work, kind: str, thing_id: int, texts: Mapping[str, str], *, note: str = "", before: Mapping[str, str] = {}
) -> None:
    """Keep all texts of a thing as they are after a change, and have the person who changed it follow it.

    `before` is kept first if nothing was kept yet. Unchanged texts make no version. The caller holds the thing's row
    and records the act.
    """
    last = work.session.exec(
        select(KeptVersion)
        .where(col(KeptVersion.kind) == kind, col(KeptVersion.thing_id) == thing_id)
        .order_by(col(KeptVersion.number).desc())
        .limit(1)
    ).first()
    number = last.number if last else 0
    if last is None and before and dict(before) != dict(texts):
        number = 1
        _add(work, kind, thing_id, before, number, None)
    if last is None or json.loads(last.texts) != dict(texts):
        _add(work, kind, thing_id, texts, number + 1, work.actor.person_id, note)
    follow(work, work.actor.person_id, kind, thing_id)


def pointing_at_somebody() -> DomainError:
    """Why a version that was written for fewer readers is not put back as it is."""
    return DomainError(
        _(
            "Diese Fassung enthält Stellen, an denen jemand erkannt werden könnte. "
            "Übernehmen Sie beim Bearbeiten, was Sie daraus brauchen."
        )
    )


def _add(
    work: Work, kind: str, thing_id: int, texts: Mapping[str, str], number: int, person_id: int | None, note: str = ""
) -> None:
    work.session.add(
        KeptVersion(
            kind=kind,
            thing_id=thing_id,
            number=number,
            at=work.now,
            person_id=person_id,
            note=note.strip()[:500],
            texts=json.dumps(dict(texts), ensure_ascii=False),
        )
    )
    work.session.flush()
