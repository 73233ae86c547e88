"""The digest by mail: once per person and day, written together with the note that it was written.

A digest that dies half-way goes on with the people who have none yet; nothing new, no mail.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from flask import g
from flask import session as browser
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select

from app.core import jobs
from app.core.clock import LOCAL
from app.core.errors import InvalidInput
from app.core.i18n import _, ngettext, show_date
from app.core.mail import send_later
from app.core.permissions import Actor
from app.core.web import House
from app.people.models import Person, Tenant
from knowledge.conversation import readers, rules
from knowledge.conversation.digest import News
from knowledge.conversation.letters import absolute
from knowledge.conversation.models import DigestRun, NewsWish
from knowledge.conversation.news import Span, news_of, span
from knowledge.conversation.states import Rhythm

log = logging.getLogger("lueckenlos.digest")

HOUR = 6
LONGEST = timedelta(days=8)
"""A digest never reaches further back: whoever comes back after a pause looks at the page of news."""
KEPT = timedelta(days=60)


def register() -> None:
    """Every day from six o'clock on."""
    jobs.daily("digest", HOUR, send_all)


def send_all(house: House, now: datetime) -> None:
    """Write the digests that are due for everybody."""
    with house.database.read() as session:
        tenants = session.exec(select(Tenant).order_by(col(Tenant.id))).all()
    for tenant in tenants:
        for person, wish, last in _due(house, tenant, now):
            try:
                send_one(house, tenant, person, wish, last, now)
            except IntegrityError:
                log.info("digest was written by another worker", extra={"person": person.id})
            except InvalidInput:
                log.warning("digest has no address to go to", extra={"person": person.id})
        house.writer.run(lambda session: _forget(session, now), tenant.id)


def day_of(now: datetime) -> date:
    """The day that a digest belongs to: it begins at six."""
    return (now.astimezone(LOCAL) - timedelta(hours=HOUR)).date()


def _due(house: House, tenant: Tenant, now: datetime) -> list[tuple[Person, NewsWish, DigestRun | None]]:
    with house.database.read(tenant.id) as session:
        wishes = {wish.person_id: wish for wish in session.exec(select(NewsWish))}
        last = {run.person_id: run for run in session.exec(select(DigestRun).order_by(col(DigestRun.day)))}
        people = readers.active_people(session)
    found = [(person, wishes.get(person.id or 0) or NewsWish(), last.get(person.id or 0)) for person in people]
    return [each for each in found if rules.is_due(each[1].rhythm, each[2].day if each[2] else None, day_of(now))]


def send_one(
    house: House, tenant: Tenant, person: Person, wish: NewsWish, last: DigestRun | None, now: datetime
) -> bool:
    """Write one person's digest if there is anything new; IntegrityError if somebody else just did."""
    actor = house.actor_by_id(tenant.id or 0, person.id or 0)
    if actor is None:
        return False
    with standing_for(house, tenant, actor, person.language), house.database.read(tenant.id) as session:
        of = _span(session, wish, last, now)
        news = news_of(session, house, actor, of, mentions=not wish.mentions_at_once)
        if not news:
            return False
        subject, text = letter(person.name, news, now)
        stop = absolute("/benachrichtigungen")

    def job(writing: Session) -> None:
        lines = sum(len(section.lines) for section in news)
        row = DigestRun(person_id=person.id or 0, day=day_of(now), until=now, until_seq=of.until_seq, lines=lines)
        writing.add(row)
        writing.flush()
        name = f"digest:{person.id}:{row.day}"
        send_later(writing, to=person.email, subject=subject, text=text, reference=name, unsubscribe=stop, once=name)

    house.writer.run(job, tenant.id)
    return True


def _span(session: Session, wish: NewsWish, last: DigestRun | None, now: datetime) -> Span:
    """Since the last digest; the first one looks back as far as its rhythm, none further than eight days."""
    if last is not None and last.until > now - LONGEST:
        return span(session, last.until, now, last.until_seq)
    back = timedelta(days=7 if wish.rhythm == Rhythm.WEEKLY else 1)
    return span(session, now - (LONGEST if last is not None else back), now)


@contextmanager
def standing_for(house: House, tenant: Tenant, actor: Actor, language: str) -> Iterator[None]:
    """The surroundings in which pages are made for this person, outside any request of theirs."""
    with house.within():
        g.actor, g.tenant = actor, tenant
        browser["language"] = language
        yield


def letter(name: str, news: Sequence[News], now: datetime) -> tuple[str, str]:
    """Subject and text of a digest: titles and links, nothing of what was said."""
    count = sum(len(section.lines) for section in news)
    parts = [_("Guten Tag %(name)s,", name=name), ""]
    parts += [_("das ist neu bei dem, was Sie beobachten:"), ""]
    for section in news:
        parts += [section.title, "=" * len(section.title), ""]
        for line in section.lines:
            parts += [line.title, *([line.detail] if line.detail else []), absolute(line.url), ""]
    parts += [
        "--",
        _("Was gesagt und geändert wurde, steht nur in der Anwendung: %(link)s", link=absolute("/neues")),
        _("Seltener oder gar nicht benachrichtigen: %(link)s", link=absolute("/benachrichtigungen")),
    ]
    subject = ngettext("Neues vom %(day)s: ein Eintrag", "Neues vom %(day)s: %(num)s Einträge", count, day=_day(now))
    return subject, "\n".join(parts) + "\n"


def _day(now: datetime) -> str:
    return show_date(now.astimezone(LOCAL).date())


def _forget(session: Session, now: datetime) -> None:
    """Old notes go; the newest of each person stays as long as it can still be counted from."""
    session.exec(delete(DigestRun).where(col(DigestRun.until) < now - KEPT))
