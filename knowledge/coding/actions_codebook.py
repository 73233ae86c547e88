"""The codebook: writing categories down, merging them, putting them to rest. Links always stay."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.core import clock
from app.core.errors import ChangedMeanwhile, DomainError, InvalidInput, NotFound
from app.core.i18n import _
from app.core.work import Work
from app.people.models import Tenant
from knowledge.cases.access import found_cases
from knowledge.coding.codebook_file import ReadCode
from knowledge.coding.models import Category, Coding, Passage
from knowledge.coding.policy import may_code_case, may_edit_codebook
from knowledge.coding.rules import CATEGORY, Link, Target, above, may_stand_under, merge_plan, next_key, symbol_for
from knowledge.coding.states import CategoryState, CodingState, Colour
from knowledge.privacy.gate import names_for, refuse_unconfirmed


@dataclass(frozen=True)
class CategoryText:
    """A category as typed. `symbol` may be empty: then it gets a free letter."""

    name: str
    definition: str
    rule: str = ""
    example: str = ""
    colour: Colour = Colour.BLUE
    symbol: str = ""
    parent_key: str = ""

    def texts(self) -> tuple[str, ...]:
        """Everything that it says."""
        return (self.name, self.definition, self.rule, self.example)


def create_category(work: Work, text: CategoryText, confirmed: Collection[str] = ()) -> Category:
    """A new category with the next key. `confirmed` are keys of hits of the privacy check."""
    work.require(may_edit_codebook(work.actor))
    book = _locked_book(work)
    refuse_unconfirmed(text.texts(), confirmed, names_for(work.session))
    return _new(work, book, text, str(uuid.uuid4()))


def take_codebook(work: Work, codes: Sequence[ReadCode], confirmed: Collection[str] = ()) -> list[Category]:
    """New categories from a file; those whose GUID is there already stay as they are, merged ones too."""
    work.require(may_edit_codebook(work.actor))
    book = _locked_book(work)
    known = {each.guid: each.key for each in book}
    new = [code for code in codes if code.guid not in known]
    refuse_unconfirmed(
        (text for code in new for text in (code.name, code.description)), confirmed, names_for(work.session)
    )
    made = []
    for code in new:
        parent_key = known.get(code.parent_guid, "")
        if not any(each.key == parent_key and each.state == CategoryState.ACTIVE for each in book):
            parent_key = ""
        definition = code.description or code.name
        text = CategoryText(code.name, definition, colour=code.colour, parent_key=parent_key)
        made.append(_new(work, book, text, code.guid))
        book.append(made[-1])
        known[code.guid] = made[-1].key
    tenant = work.session.exec(select(Tenant).where(col(Tenant.id) == work.tenant_id)).one()
    work.record("codebook.taken", tenant, categories=len(made))
    return made


def _new(work: Work, book: list[Category], text: CategoryText, guid: str) -> Category:
    category = Category(
        key=next_key(each.key for each in book),
        guid=guid,
        name=text.name,
        definition=text.definition,
        symbol=text.symbol or symbol_for(text.name, [each.symbol for each in book]),
    )
    _write(category, text, book)
    work.session.add(category)
    work.record("coding_category.created", category)
    return category


def edit_category(work: Work, key: str, text: CategoryText, version: int, confirmed: Collection[str] = ()) -> Category:
    """Write a change down, if the category is still as the form showed it."""
    work.require(may_edit_codebook(work.actor))
    book = _locked_book(work)
    category = _of(book, key)
    if category.state == CategoryState.MERGED or category.version != version:
        raise ChangedMeanwhile(_("Diese Kategorie wurde inzwischen von jemand anderem geändert."))
    before = (category.name, category.definition, category.rule or "", category.example or "")
    refuse_unconfirmed(text.texts(), confirmed, names_for(work.session), accepted=before)
    _write(category, text, book)
    category.version += 1
    work.session.add(category)
    work.record("coding_category.edited", category, version=category.version)
    return category


def retire_category(work: Work, key: str, retired: bool) -> Category:
    """Put a category to rest, or take it up again; what is attached to it stays."""
    work.require(may_edit_codebook(work.actor))
    category = _of(_locked_book(work), key)
    if category.state == CategoryState.MERGED:
        raise DomainError(_("Diese Kategorie ist in einer anderen aufgegangen."))
    category.state = CategoryState.RETIRED if retired else CategoryState.ACTIVE
    work.session.add(category)
    work.record("coding_category.retired" if retired else "coding_category.resumed", category)
    return category


def merge_category(work: Work, key: str, into_key: str) -> Category:
    """Everything attached to the one goes to the other; what both had stays once. The old address leads there."""
    work.require(may_edit_codebook(work.actor))
    book = _locked_book(work)
    source, target = _of(book, key), _of(book, into_key)
    if source is target:
        raise InvalidInput(_("Eine Kategorie kann nicht mit sich selbst zusammengeführt werden."))
    if CategoryState.MERGED in (source.state, target.state):
        raise DomainError(_("Eine der beiden ist schon in einer anderen aufgegangen."))
    moved, dropped = _move_links(work.session, source, target)
    _move_children(book, source, target)
    source.state, source.merged_into_id, source.parent_id = CategoryState.MERGED, target.id, None
    source.version += 1
    work.session.add(source)
    work.record("coding_category.merged", source, into=target.key, moved=moved, dropped=dropped)
    return target


def take_example(work: Work, key: str, passage_id: int) -> Category:
    """Make a passage of a case the anchor example; its words stay in the case and go with it."""
    work.require(may_edit_codebook(work.actor))
    category = _of(_locked_book(work), key)
    passage = work.session.exec(select(Passage).where(col(Passage.id) == passage_id)).first()
    found = found_cases(work.session, clock.today(), [passage.case_id]) if passage else []
    if passage is None or not found:
        raise NotFound(_("Diese Seite gibt es nicht."))
    work.require(may_code_case(work.actor, found[0]))
    category.example_passage_id = passage.id
    work.session.add(category)
    work.record("coding_category.example_taken", category)
    return category


def _locked_book(work: Work) -> list[Category]:
    """All categories; two who change the codebook take turns."""
    work.session.exec(select(Tenant.id).where(col(Tenant.id) == work.tenant_id).with_for_update()).one()
    return list(work.session.exec(select(Category).order_by(col(Category.key))))


def _of(book: list[Category], key: str) -> Category:
    found = next((each for each in book if each.key == key), None)
    if found is None:
        raise NotFound(_("Diese Seite gibt es nicht."))
    return found


def _write(category: Category, text: CategoryText, book: list[Category]) -> None:
    parent = _of(book, text.parent_key) if text.parent_key else None
    parents = {each.id or 0: each.parent_id for each in book}
    if parent is not None:
        if parent.state != CategoryState.ACTIVE and parent.id != category.parent_id:
            raise InvalidInput(_("Die übergeordnete Kategorie ist nicht mehr in Gebrauch."))
        if category.id is not None and not may_stand_under(category.id, parent.id or 0, parents):
            raise InvalidInput(_("Eine Kategorie kann nicht unter sich selbst stehen."))
    category.parent_id = parent.id if parent else None
    category.name, category.definition = text.name, text.definition
    category.rule, category.example = text.rule or None, text.example or None
    category.colour = text.colour
    if text.symbol:
        category.symbol = text.symbol
    if any(each.symbol == category.symbol and each is not category for each in book):
        raise InvalidInput(_("Dieses Zeichen hat schon eine andere Kategorie."))


def _move_links(session: Session, source: Category, target: Category) -> tuple[int, int]:
    """How many codings moved and how many were dropped because the target had them."""
    moving, there = _codings(session, source), _codings(session, target)
    plan = merge_plan((_link(each) for each in moving), (_link(each) for each in there))
    kept = {_link(each).place: each for each in there}
    for coding in moving:
        if (coding.id or 0) in plan.dropped:
            _fold_into(session, kept[_link(coding).place], coding)
    session.flush()
    for coding in moving:
        if (coding.id or 0) in plan.moved:
            coding.category_id, coding.target = target.id, str(Target(CATEGORY, target.id or 0))
            session.add(coding)
    if target.example_passage_id is None:
        target.example_passage_id = source.example_passage_id
    source.example_passage_id = None
    session.add(target)
    return len(plan.moved), len(plan.dropped)


def _codings(session: Session, category: Category) -> list[Coding]:
    return list(session.exec(select(Coding).where(col(Coding.category_id) == category.id).order_by(col(Coding.id))))


def _link(coding: Coding) -> Link:
    return Link(coding.id or 0, (coding.passage_id, coding.coder_id, coding.round))


def _fold_into(session: Session, kept: Coding, dropped: Coding) -> None:
    """Nothing that a person said is lost: memo, standing and review go to the coding that stays."""
    kept.memo = "\n".join(dict.fromkeys(memo for memo in (kept.memo, dropped.memo) if memo)) or None
    if dropped.removed_at is None:
        kept.removed_at = None
    if kept.state == CodingState.PROPOSED and dropped.state != CodingState.PROPOSED:
        kept.state, kept.reviewer_id, kept.reviewed_at = dropped.state, dropped.reviewer_id, dropped.reviewed_at
        kept.replaced_by_id = dropped.replaced_by_id
    session.add(kept)
    for replaced in session.exec(select(Coding).where(col(Coding.replaced_by_id) == dropped.id)).all():
        replaced.replaced_by_id = kept.id
        session.add(replaced)
    session.delete(dropped)


def _move_children(book: list[Category], source: Category, target: Category) -> None:
    """What stood under the source stands under the target; if that would be a circle, one level higher."""
    parents = {each.id or 0: each.parent_id for each in book}
    beneath = (source.id or 0) in above(target.id or 0, parents)
    for child in book:
        if child.parent_id == source.id:
            child.parent_id = source.parent_id if beneath else target.id
