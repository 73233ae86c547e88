"""What is new for whom: complete, once, and nothing of what a person may no longer read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from app.core import jobs
from app.core.records import MailOutbox
from app.people.models import Person, Tenant
from app.people.states import Visibility
from knowledge.conversation import actions, digest, digest_mail, following, wishes
from knowledge.conversation.digest import DigestLine
from knowledge.conversation.models import DigestRun, NewsWish
from knowledge.conversation.states import Rhythm
from knowledge.gaps.models import Gap
from tests.knowledge.conversation.people import CLERK, NO_SEAT, OFFICE, gap_id, person_id, set_level, within
from tests.support.demo import Demo, post
from tests.support.time import NOW

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
KEY = "F-2026-01"
MORNING = datetime(2026, 11, 24, 5, 5, tzinfo=UTC)
"""Five past six in the county, the day after everything in these tests happened."""


def follow(demo: Demo, person: str, key: str = KEY) -> None:
    """Press the button."""
    within(demo, person, following.choose, "gap", gap_id(demo, key), True)


def say(demo: Demo, person: str, text: str, key: str = KEY) -> None:
    """Write a comment."""
    within(demo, person, actions.write_comment, "gap", gap_id(demo, key), text)


def morning(demo: Demo, now: datetime = MORNING) -> list[MailOutbox]:
    """Let the morning come; all mails written so far."""
    digest_mail.send_all(demo.app.extensions["lueckenlos"], now)
    with demo.session() as session:
        return list(session.exec(select(MailOutbox).order_by(col(MailOutbox.id))))


def test_who_follows_a_thing_gets_one_mail_in_the_morning_with_titles_and_links_only(demo: Demo) -> None:
    follow(demo, CLERK)
    say(demo, OFFICE, "Dazu habe ich etwas Vertrauliches.")
    say(demo, OFFICE, "Und noch etwas, @Holger Brandes.")
    mails = [mail for mail in morning(demo) if mail.recipient == "brandes@kim.example"]
    assert len(mails) == 1
    text = mails[0].text
    assert mails[0].subject == "Neues vom 24.11.2026: 2 Einträge"
    assert "2 Kommentare" in text
    assert "Sie wurden erwähnt" in text
    assert f"/fehlstellen/{KEY}" in text
    assert "Vertrauliches" not in text
    assert mails[0].unsubscribe
    assert len(morning(demo, MORNING + timedelta(minutes=10))) == len(morning(demo))
    assert [m for m in morning(demo, MORNING + timedelta(days=1)) if m.id > mails[0].id] == []


@SQLITE
def test_ones_own_acts_are_no_news_and_nothing_new_is_no_mail(demo: Demo) -> None:
    follow(demo, OFFICE)
    say(demo, OFFICE, "Selbstgespräch")
    assert morning(demo) == []
    with demo.session() as session:
        assert session.exec(select(DigestRun)).all() == []


def test_a_thing_that_was_closed_meanwhile_is_in_no_digest_page_list_or_count(demo: Demo) -> None:
    follow(demo, CLERK)
    say(demo, OFFICE, "@Holger Brandes, bitte.")
    with demo.session() as session:
        title = session.exec(select(Gap.title).where(col(Gap.key) == KEY)).one()
    client = demo.client(CLERK)
    for address in ("/neues", "/beobachtet"):
        assert title in client.get(address).get_data(as_text=True)
    set_level(demo, KEY, Visibility.COORDINATION)
    for address in ("/neues", "/beobachtet"):
        page = client.get(address).get_data(as_text=True)
        assert title not in page
        assert KEY not in page
        assert "erwähnt" not in page.split("<main")[1].replace("wo Sie erwähnt werden", "")
    assert [mail for mail in morning(demo) if mail.recipient == "brandes@kim.example"] == []
    set_level(demo, KEY, Visibility.NETWORK)
    assert title in client.get("/neues").get_data(as_text=True)


def test_a_digest_that_dies_half_way_reaches_everybody_exactly_once(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in (CLERK, NO_SEAT):
        follow(demo, person)
    say(demo, OFFICE, "Neu")
    whole, calls = digest_mail.send_one, []

    class Killed(BaseException):
        """The machine went off."""

    def die_at_second(*args: Any) -> bool:
        calls.append(1)
        done = whole(*args)
        if done:
            raise Killed
        return done

    with monkeypatch.context() as patch:
        patch.setattr(digest_mail, "send_one", die_at_second)
        with pytest.raises(Killed):
            morning(demo)
    recipients = sorted(mail.recipient for mail in morning(demo))
    assert recipients == ["brandes@kim.example", "fricke@kim.example"]


def test_two_workers_write_one_digest(demo: Demo) -> None:
    follow(demo, CLERK)
    say(demo, OFFICE, "Neu")
    house = demo.app.extensions["lueckenlos"]
    with demo.session() as session:
        tenant = session.exec(select(Tenant)).one()
        person = session.exec(select(Person).where(col(Person.key) == CLERK)).one()
    assert digest_mail.send_one(house, tenant, person, NewsWish(), None, MORNING)
    with pytest.raises(IntegrityError):
        digest_mail.send_one(house, tenant, person, NewsWish(), None, MORNING)
    assert len(morning(demo)) == 1


@SQLITE
def test_the_next_digest_begins_where_the_last_one_ended(demo: Demo) -> None:
    follow(demo, CLERK)
    say(demo, OFFICE, "Erstens")
    first = morning(demo)
    say(demo, OFFICE, "Zweitens")
    second = [mail for mail in morning(demo, MORNING + timedelta(days=1)) if mail.id > first[-1].id]
    assert ["1 Kommentar" in mail.text and "2 Kommentare" not in mail.text for mail in second] == [True]


@SQLITE
def test_wishes_are_kept_to(demo: Demo) -> None:
    for person, rhythm in ((CLERK, Rhythm.NEVER), (NO_SEAT, Rhythm.WEEKLY)):
        follow(demo, person)
        within(demo, person, wishes.choose_news, rhythm, False)
    say(demo, OFFICE, "Neu")
    assert morning(demo) == [], "it is Tuesday"
    monday = MORNING + timedelta(days=6)
    assert [mail.recipient for mail in morning(demo, monday)] == ["fricke@kim.example"]


@SQLITE
def test_a_mention_that_was_mailed_at_once_is_not_in_the_digest_again(demo: Demo) -> None:
    within(demo, CLERK, wishes.choose_news, Rhythm.DAILY, True)
    say(demo, OFFICE, "@Holger Brandes?")
    assert [mail.reference.split(":")[0] for mail in morning(demo)] == ["comment", "digest"]
    assert "erwähnt" not in morning(demo)[1].text.split("Seltener")[0]


@SQLITE
def test_deadlines_of_what_one_follows_are_told_a_week_and_a_day_before(demo: Demo) -> None:
    follow(demo, CLERK)

    def set_deadline(session: Any) -> None:
        gap = session.exec(select(Gap).where(col(Gap.key) == KEY)).one()
        gap.deadline = (MORNING + timedelta(days=7)).date()
        session.add(gap)

    demo.app.extensions["lueckenlos"].writer.run(set_deadline, demo.tenant_id)
    told = [
        day for day in range(9)
        if any("Frist am 01.12.2026" in m.text and m.created_at for m in _new(demo, MORNING + timedelta(days=day)))
    ]  # fmt: skip
    assert told == [0, 6]
    assert "Frist am 01.12.2026" in demo.client(CLERK).get("/neues").get_data(as_text=True)


_seen: dict[int, int] = {}


def _new(demo: Demo, now: datetime) -> list[MailOutbox]:
    """The mails that this morning added."""
    mails = [mail for mail in morning(demo, now) if (mail.id or 0) > _seen.get(id(demo), 0)]
    _seen[id(demo)] = max([_seen.get(id(demo), 0), *(mail.id or 0 for mail in mails)])
    return mails


@SQLITE
def test_features_add_their_own_section(demo: Demo) -> None:
    def section(_session: Any, _house: Any, actor: Any, since: datetime) -> list[DigestLine]:
        mine = actor.person_id == person_id(demo, CLERK) and since < MORNING
        return [DigestLine("Neue Treffer: „Wohnsitz“", "/suche?q=Wohnsitz", "2 Treffer")] if mine else []

    digest.register(section, "Gespeicherte Suchen")
    try:
        mails = morning(demo)
        assert [mail.recipient for mail in mails] == ["brandes@kim.example"]
        assert "Neue Treffer: „Wohnsitz“" in mails[0].text
        assert "/suche?q=Wohnsitz" in mails[0].text
    finally:
        digest.unregister(section)


@SQLITE
def test_the_page_of_wishes_keeps_them_and_refuses_nonsense(demo: Demo) -> None:
    client = demo.client(CLERK)
    assert post(client, "/benachrichtigungen", {"rhythm": "hourly"}).status_code == 422
    assert post(client, "/benachrichtigungen", {"rhythm": "weekly", "mentions_at_once": "y"}).status_code == 303
    page = client.get("/benachrichtigungen").get_data(as_text=True)
    assert "Zurzeit werden keine E-Mails verschickt" in page
    with demo.session() as session:
        wish = session.exec(select(NewsWish)).one()
    assert (wish.rhythm, wish.mentions_at_once) == (Rhythm.WEEKLY, True)


@SQLITE
def test_what_one_follows_is_left_from_the_list(demo: Demo) -> None:
    follow(demo, CLERK)
    at = f"/gespraech/gap/{gap_id(demo, KEY)}/beobachten"
    sent = post(demo.client(CLERK), at, {"beobachten": "nein", "zurueck": "liste"}, at="/beobachtet")
    assert sent.location == "/beobachtet"
    assert "Sie beobachten noch nichts" in demo.client(CLERK).get("/beobachtet").get_data(as_text=True)


def test_everything_in_these_tests_happened_before_the_morning() -> None:
    assert NOW < MORNING < NOW + timedelta(days=1)


@SQLITE
def test_the_worker_writes_the_digests_from_six_o_clock_on_once_a_day(demo: Demo) -> None:
    follow(demo, CLERK)
    say(demo, OFFICE, "Neu")
    house = demo.app.extensions["lueckenlos"]
    early = MORNING - timedelta(minutes=10)
    assert "digest" not in jobs.run_due(house, early)
    assert "digest" in jobs.run_due(house, MORNING)
    assert "digest" not in jobs.run_due(house, MORNING + timedelta(hours=3))
    with demo.session() as session:
        assert len(session.exec(select(MailOutbox)).all()) == 1


@SQLITE
def test_a_removed_comment_is_no_news(demo: Demo) -> None:
    follow(demo, CLERK)
    written = within(demo, OFFICE, actions.write_comment, "gap", gap_id(demo, KEY), "Versehen, @Holger Brandes")
    within(demo, OFFICE, actions.remove_comment, written.comment.id)
    assert morning(demo) == []
