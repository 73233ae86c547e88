"""What people change in search: their saved searches, and the coordination the county's synonyms. Nothing else."""

from collections.abc import Iterable

from sqlmodel import col, select

from app.core.errors import DomainError, NotFound
from app.core.i18n import _
from app.core.work import Work
from knowledge.search import glossary, policy, saved
from knowledge.search.choice import Choice
from knowledge.search.models import SavedSearch, SavedSearchHit, SearchSynonym
from knowledge.search.saved import Name
from knowledge.search.synonyms import Group


def save_search(work: Work, name: str, choice: Choice, notify: bool, found: Iterable[Name]) -> SavedSearch:
    """Keep a search; what it finds now is not new."""
    work.require(policy.may_search(work.actor))
    if len(saved.of(work.session, work.actor.person_id)) >= saved.MOST_SAVED:
        raise DomainError(
            _("Sie haben schon %(most)s Suchen gespeichert. Löschen Sie zuerst eine.", most=saved.MOST_SAVED)
        )
    row = SavedSearch(
        person_id=work.actor.person_id,
        name=name,
        parameters=saved.as_parameters(choice),
        notify=notify,
        seen_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.session.add_all(
        SavedSearchHit(saved_id=row.id or 0, kind=kind, key=key, found_at=work.now) for kind, key in sorted(set(found))
    )
    work.record("search.saved", row, notify=notify)
    return row


def change_saved(work: Work, saved_id: int, name: str, notify: bool) -> SavedSearch:
    """Give a saved search another name, or have its new hits told or no longer told."""
    row = _own(work, saved_id)
    row.name, row.notify = name, notify
    work.session.add(row)
    work.record("search.changed", row, notify=notify)
    return row


def delete_saved(work: Work, saved_id: int) -> None:
    """Forget a saved search."""
    row = _own(work, saved_id)
    work.session.delete(row)
    work.record("search.deleted", row)


def _own(work: Work, saved_id: int) -> SavedSearch:
    row = saved.by_id(work.session, saved_id)
    if row is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    work.require(policy.may_use_saved(work.actor, row))
    return row


def put_synonyms(work: Work, entry: glossary.Entry) -> SearchSynonym:
    """Add a group of synonyms, or change the county's own or a shipped one. Applies to the next search."""
    work.require(policy.may_edit_synonyms(work.actor))
    row = _row(work, entry)
    row.words, row.one_way, row.active = "\n".join(entry.group.words), entry.group.one_way, True
    work.session.add(row)
    work.record("synonyms.changed", row, words=len(entry.group.words), one_way=entry.group.one_way)
    return row


def remove_synonyms(work: Work, number: int | None, shipped: str | None) -> None:
    """Take a group away; a shipped one can be brought back."""
    work.require(policy.may_edit_synonyms(work.actor))
    row = _row(work, glossary.Entry(Group((shipped or "",)), number, shipped))
    if row.shipped is None:
        work.session.delete(row)
    else:
        row.words, row.active = row.words or row.shipped, False
        work.session.add(row)
    work.record("synonyms.removed", row)


def restore_synonyms(work: Work, shipped: str) -> None:
    """Let a shipped group apply as it came with the program."""
    work.require(policy.may_edit_synonyms(work.actor))
    row = work.session.exec(select(SearchSynonym).where(col(SearchSynonym.shipped) == shipped)).first()
    if row is not None:
        work.session.delete(row)
        work.record("synonyms.restored", row)


def _row(work: Work, entry: glossary.Entry) -> SearchSynonym:
    """The row to change; a new one for a new group or a shipped one that was never touched."""
    if entry.number is None and entry.shipped is None:
        return SearchSynonym(words="")
    same = col(SearchSynonym.id) == entry.number if entry.number else col(SearchSynonym.shipped) == entry.shipped
    row = work.session.exec(select(SearchSynonym).where(same)).first()
    if row is None and entry.number:
        raise NotFound(_("Diese Seite gibt es nicht."))
    if row is None and entry.shipped not in glossary.shipped_words():
        raise NotFound(_("Diese Seite gibt es nicht."))
    return row or SearchSynonym(words=entry.shipped or "", shipped=entry.shipped)
