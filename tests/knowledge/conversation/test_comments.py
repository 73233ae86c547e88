"""Talking about a thing: who may, who is told, and what nobody learns who may not read it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from app.core.records import AuditEntry, MailOutbox
from app.people.states import Visibility
from knowledge.conversation import actions, following, policy, wishes
from knowledge.conversation.models import Comment, CommentMention, Watch
from knowledge.conversation.queries import beside
from knowledge.conversation.states import Rhythm, WatchState
from tests.knowledge.conversation.people import (
    CLERK,
    DEPUTY,
    NO_SEAT,
    OFFICE,
    OTHER_OFFICE,
    gap_id,
    person_id,
    set_level,
    within,
)
from tests.support.demo import Demo, hidden_fields, post
from tests.support.time import NOW

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
KEY = "F-2026-01"


def say(demo: Demo, person: str, text: str, key: str = KEY, **more: object) -> int:
    """Write a comment about a gap; its id."""
    written = within(demo, person, actions.write_comment, "gap", gap_id(demo, key), text, **more)
    return int(written.comment.id or 0)


def page_of(demo: Demo, person: str, key: str = KEY) -> str:
    """The page of a gap as this person sees it."""
    return demo.client(person).get(f"/fehlstellen/{key}").get_data(as_text=True)


def test_a_comment_is_written_answered_and_seen_on_the_page_of_its_thing(demo: Demo) -> None:
    set_level(demo, KEY, Visibility.NETWORK)
    client, number = demo.client(CLERK), gap_id(demo, KEY)
    sent = post(
        client, f"/gespraech/gap/{number}?von=seite", {"text": "Bei uns **genauso**."}, at=f"/fehlstellen/{KEY}"
    )
    assert sent.status_code == 303
    assert sent.location == f"/fehlstellen/{KEY}#gespraech"
    with demo.session() as session:
        first = session.exec(select(Comment)).one()
    answer = post(
        demo.client(OFFICE),
        f"/gespraech/gap/{number}",
        {"text": "Danke, aufgenommen.", "answers": str(first.id)},
        at=f"/gespraech/gap/{number}?antwort={first.id}",
    )
    assert answer.status_code == 303
    shown = page_of(demo, NO_SEAT)
    assert "<strong>genauso</strong>" in shown
    assert shown.index("genauso") < shown.index("Danke, aufgenommen.")
    assert "2 neue Kommentare" in shown
    with demo.session() as session:
        assert session.exec(select(Comment.parent_id).where(col(Comment.id) != first.id)).one() == first.id


@SQLITE
def test_an_answer_to_an_answer_stands_beside_it(demo: Demo) -> None:
    head = say(demo, OFFICE, "Eins")
    answer = say(demo, OFFICE, "Zwei", answers=head)
    deeper = say(demo, OFFICE, "Drei", answers=answer)
    with demo.session() as session:
        assert session.exec(select(Comment.parent_id).where(col(Comment.id) == deeper)).one() == head


@SQLITE
def test_whoever_may_not_read_a_thing_finds_no_conversation(demo: Demo) -> None:
    set_level(demo, KEY, Visibility.COORDINATION)
    comment, number, client = say(demo, OFFICE, "Nur unter uns"), gap_id(demo, KEY), demo.client(CLERK)
    fields = hidden_fields(client.get("/benachrichtigungen").get_data(as_text=True))
    for address in (
        f"/gespraech/gap/{number}",
        f"/gespraech/gap/{number}/liste",
        f"/gespraech/gap/{number}/personen?q=S",
        f"/kommentare/{comment}/bearbeiten",
        f"/kommentare/{comment}/entfernen",
        f"/live/gap/{number}",
        f"/fassungen/gap/{number}",
    ):
        hidden, missing = client.get(address), client.get(address.replace(str(number), "99999"))
        assert hidden.status_code == 404, address
        assert missing.status_code == 404
    for address in (
        f"/gespraech/gap/{number}",
        f"/gespraech/gap/{number}/beobachten",
        f"/gespraech/gap/{number}/gelesen",
        f"/kommentare/{comment}/abgeschlossen",
        f"/kommentare/{comment}/entfernen",
    ):
        assert client.post(address, data={**fields, "text": "Hallo"}).status_code == 404, address
    with demo.session() as session:
        assert session.exec(select(Comment.text)).all() == ["Nur unter uns"]


def test_only_readers_are_named_told_and_offered(demo: Demo) -> None:
    set_level(demo, KEY, Visibility.COORDINATION)
    for person in (CLERK, OTHER_OFFICE):
        within(demo, person, wishes.choose_news, Rhythm.DAILY, True)
    written = within(
        demo,
        OFFICE,
        actions.write_comment,
        "gap",
        gap_id(demo, KEY),
        "@Holger Brandes und @Deniz Kaya-Brandt: bitte lesen.",
    )
    assert written.untold == ("Holger Brandes",)
    with demo.session() as session:
        assert session.exec(select(CommentMention.person_id)).all() == [person_id(demo, OTHER_OFFICE)]
        mails = session.exec(select(MailOutbox)).all()
    assert [mail.recipient for mail in mails] == ["kaya-brandt@kim.example"]
    assert "bitte lesen" not in mails[0].text
    found = demo.client(OFFICE).get(f"/gespraech/gap/{gap_id(demo, KEY)}/personen?q=De").get_json()
    assert [person["name"] for person in found["people"]] == ["Deniz Kaya-Brandt"]
    assert demo.client(OFFICE).get(f"/gespraech/gap/{gap_id(demo, KEY)}/personen?q=Hol").get_json() == {"people": []}


@SQLITE
def test_whoever_writes_or_is_named_follows_unless_they_stopped(demo: Demo) -> None:
    set_level(demo, KEY, Visibility.NETWORK)
    number = gap_id(demo, KEY)
    within(demo, DEPUTY, following.choose, "gap", number, False)
    say(demo, CLERK, "@Simone Vogt und @Julia Fricke, kennen Sie das?")
    with demo.session() as session:
        states = dict(session.exec(select(Watch.person_id, Watch.state)).all())
    assert states == {
        person_id(demo, CLERK): WatchState.WATCHING,
        person_id(demo, NO_SEAT): WatchState.WATCHING,
        person_id(demo, DEPUTY): WatchState.STOPPED,
    }


@SQLITE
def test_what_could_point_at_a_person_is_confirmed_first_and_the_text_stays(demo: Demo) -> None:
    number, client = gap_id(demo, KEY), demo.client(OFFICE)
    at = f"/gespraech/gap/{number}"
    text = "Frau Yilmaz hat unter 0171 2345678 angerufen, Frau Albers weiß mehr."
    refused = post(client, at, {"text": text})
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert text in page
    assert "Yilmaz" in page.split('name="harmless"')[1]
    assert "Albers“" not in page, "the names of colleagues may stand"
    keys = [part.split('"')[0] for part in page.split('name="harmless" value="')[1:]]
    assert len(keys) == 2
    assert client.post(at, data={**hidden_fields(page), "text": text, "harmless": keys[:1]}).status_code == 422
    assert client.post(at, data={**hidden_fields(page), "text": text, "harmless": keys}).status_code == 303
    with demo.session() as session:
        assert session.exec(select(Comment.text)).all() == [text]


@SQLITE
@pytest.mark.parametrize(
    ("text", "said"), [(" ", "Bitte schreiben Sie etwas."), ("x" * 4001, "höchstens 4000 Zeichen")]
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(demo: Demo, text: str, said: str) -> None:
    answer = post(demo.client(OFFICE), f"/gespraech/gap/{gap_id(demo, KEY)}", {"text": text})
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert text.strip() in answer.get_data(as_text=True)


@SQLITE
def test_a_comment_sent_twice_is_written_once(demo: Demo) -> None:
    number, client = gap_id(demo, KEY), demo.client(OFFICE)
    fields = {**hidden_fields(client.get(f"/gespraech/gap/{number}").get_data(as_text=True)), "text": "Einmal"}
    assert [client.post(f"/gespraech/gap/{number}", data=fields).status_code for _time in range(2)] == [303, 303]
    with demo.session() as session:
        assert len(session.exec(select(Comment)).all()) == 1


@SQLITE
def test_an_author_corrects_for_a_quarter_of_an_hour_and_it_says_so(demo: Demo) -> None:
    comment = say(demo, OFFICE, "Ein Tipfehler")
    within(demo, OFFICE, actions.edit_comment, comment, "Ein Tippfehler")
    assert "bearbeitet" in page_of(demo, OFFICE)
    with demo.session() as session:
        row = session.exec(select(Comment)).one()
    clerk, author = demo.actor(CLERK), demo.actor(OFFICE)
    assert policy.may_edit_comment(author, row, NOW + timedelta(minutes=15))
    assert not policy.may_edit_comment(author, row, NOW + timedelta(minutes=16))
    assert not policy.may_edit_comment(clerk, row, NOW)


@SQLITE
def test_a_comment_that_is_changed_in_two_windows_is_not_overwritten_unseen(demo: Demo) -> None:
    client = demo.client(OFFICE)
    assert post(client, f"/gespraech/gap/{gap_id(demo, KEY)}", {"text": "Erster Stand"}).status_code == 303
    with demo.session() as session:
        comment = session.exec(select(Comment.id)).one()
    address = f"/kommentare/{comment}/bearbeiten"
    windows = [all_hidden(client.get(address).text) for _window in range(2)]
    assert client.post(address, data={**windows[0], "text": "Aus dem einen Fenster"}).status_code == 303
    refused = client.post(address, data={**windows[1], "text": "Aus dem anderen"})
    assert refused.status_code == 409
    assert "inzwischen in einem anderen Fenster geändert" in refused.text
    assert "Aus dem einen Fenster" in refused.text
    assert "Aus dem anderen" in refused.text
    assert client.post(address, data={**all_hidden(refused.text), "text": "Aus beiden"}).status_code == 303
    with demo.session() as session:
        assert session.exec(select(Comment)).one().text == "Aus beiden"


def all_hidden(html: str) -> dict[str, str]:
    """The hidden fields of the form on a page for changing a comment."""
    shown = re.search(r'<input[^>]*name="shown"[^>]*value="([^"]*)"', html)
    assert shown is not None
    return {**hidden_fields(html), "shown": shown[1]}


def test_a_removed_comment_leaves_its_place_and_no_word(demo: Demo) -> None:
    set_level(demo, KEY, Visibility.NETWORK)
    head = say(demo, CLERK, "Das nehme ich zurück, @Svenja Albers")
    say(demo, OFFICE, "Gut.", answers=head)
    removed = post(demo.client(OFFICE), f"/kommentare/{head}/entfernen")
    assert removed.status_code == 303
    shown = page_of(demo, CLERK)
    assert "Kommentar entfernt" in shown
    assert "Gut." in shown
    assert "nehme ich zurück" not in shown
    with demo.session() as session:
        assert session.exec(select(Comment.text).where(col(Comment.id) == head)).one() == ""
        assert session.exec(select(CommentMention)).all() == []
    assert "fünfzehn Minuten" not in shown


@SQLITE
def test_nobody_else_removes_edits_or_closes(demo: Demo) -> None:
    set_level(demo, KEY, Visibility.NETWORK)
    head, client = say(demo, CLERK, "Meins"), demo.client(NO_SEAT)
    fields = hidden_fields(client.get("/benachrichtigungen").get_data(as_text=True))
    for act in ("entfernen", "abgeschlossen"):
        assert client.post(f"/kommentare/{head}/{act}", data=fields).status_code == 403
    changed = client.post(f"/kommentare/{head}/bearbeiten", data={**fields, "text": "Deins"})
    assert changed.status_code == 409
    assert "Kommentar entfernt" not in page_of(demo, CLERK)
    assert "Meins" in page_of(demo, CLERK)


@SQLITE
def test_a_conversation_is_closed_and_taken_up_again(demo: Demo) -> None:
    head = say(demo, OFFICE, "Geklärt?")
    at = f"/gespraech/gap/{gap_id(demo, KEY)}"
    assert (
        post(demo.client(OFFICE), f"/kommentare/{head}/abgeschlossen", {"abgeschlossen": "ja"}, at=at).status_code
        == 303
    )
    assert "abgeschlossen" in page_of(demo, OFFICE)
    post(demo.client(OFFICE), f"/kommentare/{head}/abgeschlossen", {"abgeschlossen": "nein"}, at=at)
    with demo.session() as session:
        assert session.exec(select(Comment.resolved_at)).one() is None


@SQLITE
def test_what_was_read_is_no_longer_new_and_nobody_is_told_of_the_reading(demo: Demo) -> None:
    comment, number, client = say(demo, OFFICE, "Lesen"), gap_id(demo, KEY), demo.client(OTHER_OFFICE)
    assert "1 neuer Kommentar" in client.get(f"/fehlstellen/{KEY}").get_data(as_text=True)
    with demo.session() as session:
        before = len(session.exec(select(AuditEntry)).all())
    post(client, f"/gespraech/gap/{number}/gelesen", {"bis": str(comment)}, at=f"/gespraech/gap/{number}")
    assert "neuer Kommentar" not in client.get(f"/fehlstellen/{KEY}").get_data(as_text=True)
    with demo.session() as session:
        assert len(session.exec(select(AuditEntry)).all()) == before


@SQLITE
def test_a_long_conversation_has_pages_and_the_page_of_the_thing_shows_its_end(demo: Demo) -> None:
    for number in range(53):
        say(demo, OFFICE, f"Beitrag Nummer {number}.")
    at, client = f"/gespraech/gap/{gap_id(demo, KEY)}", demo.client(OFFICE)
    last = client.get(at).get_data(as_text=True)
    assert "Nummer 52." in last
    assert "Nummer 49." not in last
    assert "Nummer 49." in client.get(f"{at}?seite=1").get_data(as_text=True)
    assert client.get(f"{at}?seite=99999").status_code == 200
    beside_it = page_of(demo, OFFICE)
    assert "Nummer 48." in beside_it
    assert "Nummer 47." not in beside_it


def test_a_conversation_costs_its_page_four_statements_whatever_its_length(demo: Demo) -> None:
    few = demo.statements(OFFICE, f"/fehlstellen/{KEY}")
    for number in range(7):
        say(demo, OFFICE, f"Beitrag {number}")
    assert demo.statements(OFFICE, f"/fehlstellen/{KEY}") == few
    actor, counted = demo.actor(OFFICE), []
    with demo.session() as session:
        connection = session.connection()

        event.listen(connection, "before_cursor_execute", lambda *args: counted.append(args[2]))
        beside(session, actor, "gap", gap_id(demo, KEY))
    assert len(counted) <= 4


@SQLITE
def test_markdown_of_strangers_does_nothing(demo: Demo) -> None:
    say(demo, OFFICE, "<script>alert(1)</script> [klick](javascript:alert(1)) ![x](http://boese.example/x.png)")
    shown = page_of(demo, OFFICE)
    assert "<script>alert" not in shown
    assert 'href="javascript' not in shown
    assert "<img" not in shown.split('id="gespraech"')[1]


@SQLITE
def test_the_fragment_that_is_swapped_live_holds_nothing_that_is_typed_into(demo: Demo) -> None:
    say(demo, OFFICE, "Live")
    for query in ("", "?neben=1"):
        answer = demo.client(OFFICE).get(
            f"/gespraech/gap/{gap_id(demo, KEY)}/liste{query}", headers={"HX-Request": "true"}
        )
        fragment = answer.get_data(as_text=True)
        assert "Live" in fragment
        assert "<textarea" not in fragment
        assert 'type="text"' not in fragment


@SQLITE
def test_a_text_that_was_sent_after_the_session_had_run_out_is_shown_to_be_copied(demo: Demo) -> None:
    client, at = demo.client(OFFICE), f"/gespraech/gap/{gap_id(demo, KEY)}"
    fields = hidden_fields(client.get(at).get_data(as_text=True))
    with demo.database.writing.begin() as connection:
        connection.exec_driver_sql("DELETE FROM sign_in_session")
    answer = client.post(at, data={**fields, "text": "Das habe ich lange überlegt und aufgeschrieben."})
    assert answer.status_code == 401
    assert "Das habe ich lange überlegt" in answer.get_data(as_text=True)
    assert fields["once"] not in answer.get_data(as_text=True)
    with demo.session() as session:
        assert session.exec(select(Comment)).all() == []
