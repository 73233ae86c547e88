"""The search pages: operators, facets, suggestions, zero hits, earlier and saved searches, synonyms, and rights."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from app.core import clock
from knowledge.gaps.models import Gap
from knowledge.search import outbox, recent, saved
from knowledge.search.background import erase_old, new_hits, update_saved
from knowledge.search.choice import Choice
from knowledge.search.documents import Kind
from knowledge.search.models import RecentSearch, SavedSearch, SearchSynonym
from tests.support.demo import Demo, hidden_fields, post
from tests.support.house_rules import HouseClient

SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
COORDINATION, CLERK = "p-albers", "p-vogt"
HIDDEN = "Basiskonto"
"""A word of a gap that only the coordination may read; so is the life domain „recognition“ of another."""


def text(client: HouseClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def hits(client: HouseClient, address: str) -> list[str]:
    html = client.get(address).get_data(as_text=True)
    return re.findall(r'<li class="ll-hit">\s*<h3><a href="/\w+/([^"]+)"', html)


def change(demo: Demo, key: str, visibility: str) -> None:
    """Give a gap another visibility, as its action would, and index it."""

    def job(session: Session) -> None:
        gap = session.exec(select(Gap).where(col(Gap.key) == key)).one()
        gap.visibility = visibility  # type: ignore[assignment]
        session.add(gap)
        outbox.enqueue(session, Kind.GAP, key)

    house = demo.app.extensions["lueckenlos"]
    house.writer.run(job, demo.tenant_id)
    house.search.catch_up(demo.tenant_id)


@pytest.fixture(scope="module")
def county(loaded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo county for tests that leave nothing behind which others would see."""
    folder = tmp_path_factory.mktemp("county")
    shutil.copy(loaded_file, folder / "demo.sqlite")
    demo = Demo.over(f"sqlite:///{folder / 'demo.sqlite'}", folder / "data").index_now()
    yield demo
    demo.app.extensions["lueckenlos"].hub.close()
    demo.database.dispose()


class TestFinding:
    def test_operators_filters_and_the_order_stand_in_the_address(self, county: Demo) -> None:
        client = county.client(COORDINATION)
        assert hits(client, "/suche?q=titel:wartezeit") == ["F-2025-05"]
        assert hits(client, "/suche?q=kennung:D-08-1") == ["D-08-1"]
        assert hits(client, "/suche?q=D-08-1")[0] == "D-08-1"
        assert hits(client, "/suche?q=status:umsetzung+art:fehlstelle") == ["F-2025-02"]
        assert set(hits(client, "/suche?art=solution")) == {"L-2023-01", "L-2024-01", "L-2025-01", "L-2025-02"}
        assert "-L-" not in " ".join(hits(client, "/suche?q=Sprachkurs+-art:loesung"))
        page = text(client, "/suche?q=Sprachkurs+status:umsetzung&jahr=2025&sortierung=neu")
        assert "Filter entfernen: Status: umsetzung" in page
        assert "Filter entfernen: Jahr: 2025" in page

    def test_facets_count_what_the_reader_may_read(self, county: Demo) -> None:
        assert "Anerkennung" in text(county.client(COORDINATION), "/suche?art=gap")
        clerk = county.client(CLERK)
        assert "Anerkennung ausländischer" not in text(clerk, "/suche?art=gap")
        unknown = hits(clerk, "/suche?q=Verfahren&lebensbereich=nonsense")
        assert hits(clerk, "/suche?q=Verfahren&lebensbereich=recognition") == unknown == []

    def test_a_field_of_the_query_is_called_by_its_label(self, county: Demo) -> None:
        page = text(county.client(CLERK), "/suche?q=Kita+status:in_review+-art:gap")
        assert "Status: in Prüfung" in page
        assert "Art nicht: Fehlstelle" in page

    @pytest.mark.parametrize("query", ["und", "%22%22+-", "-Kita", "..."])
    def test_a_query_without_a_word_to_look_for_says_so(self, county: Demo, query: str) -> None:
        page = text(county.client(CLERK), f"/suche?q={query}")
        assert "Darin steht kein Wort, nach dem gesucht werden kann." in page
        assert "kein Wort, nach dem" not in text(county.client(CLERK), "/suche?q=Quastenflosser")

    def test_a_hidden_word_leaves_no_trace(self, county: Demo) -> None:
        assert "Meinten Sie" in text(county.client(COORDINATION), "/suche?q=Basiskonot")
        clerk = county.client(CLERK)
        for query in ("Basiskonot", "Konten", "Bankkonto", "F-2026-11"):
            assert HIDDEN not in text(clerk, f"/suche?q={query}"), query
        assert "Meinten Sie" not in text(clerk, "/suche?q=Basiskonot")
        for query in ("Basiskonto", "titel:Basiskonto", "Basiskonto art:gap"):
            unknown = text(clerk, f"/suche?q={query.replace(HIDDEN, 'Quastenflosser')}").replace(
                "Quastenflosser", HIDDEN
            )
            assert text(clerk, f"/suche?q={query}") == unknown
        for typed in ("basis", "basiskon", "F-2026-1"):
            said = clerk.get(f"/suche/eingabe?q={typed}").get_data(as_text=True)
            assert HIDDEN not in said
            assert "/fehlstellen/F-2026-11" not in said

    def test_synonyms_are_explained(self, county: Demo) -> None:
        page = text(county.client(CLERK), "/suche?q=ABH")
        assert "Auch gesucht: Ausländerbehörde" in page
        assert "gefunden über: Ausländerbehörde" in page

    def test_nothing_found_shows_what_finds_more(self, county: Demo) -> None:
        client = county.client(CLERK)
        page = text(client, "/suche?q=Sprachkurs+titel:Quark&jahr=1999")
        assert "Nichts gefunden" in page
        assert "Nur die Wörter suchen, ohne alle Bedingungen" in page
        assert "Fehlstelle melden" in page

    def test_a_typing_error_can_be_meant(self, county: Demo) -> None:
        client = county.client(CLERK)
        assert "Meinten Sie Kinderbetreuung" in text(client, "/suche?q=Kinderbetreung")
        literal = text(client, "/suche?q=Kinderbetreung&genau=1")
        assert "Meinten Sie" not in literal
        assert "Auch ähnlich geschriebene Wörter suchen" in literal

    def test_no_query_is_an_error(self, county: Demo) -> None:
        client = county.client(CLERK)
        for query in ("x" * 10_000, "*" * 999, "((" * 300, '"' * 500, "\u202eKurs", "%00%07\x00", "-" * 400):
            assert client.get("/suche", query_string={"q": query}).status_code == 200
            assert client.get("/suche/eingabe", query_string={"q": query}).status_code == 200

    def test_a_page_after_the_last_says_so(self, county: Demo) -> None:
        client = county.client(CLERK)
        assert "Auf dieser Seite steht nichts mehr" in text(client, "/suche?q=Sprachkurs&seite=99")
        assert client.get("/suche?q=Sprachkurs&seite=xyz").status_code == 200

    def test_suggestions_are_options_and_say_how_many_they_are(self, county: Demo) -> None:
        answer = county.client(CLERK).get("/suche/eingabe?q=kin")
        options = answer.get_data(as_text=True).count('role="option"')
        assert options >= 3
        assert json.loads(answer.headers["HX-Trigger"]) == {"announce": f"{options} Vorschläge"}

    def test_the_page_costs_a_fixed_number_of_statements(self, county: Demo) -> None:
        assert county.statements(CLERK, "/suche?q=Sprachkurs") == county.statements(CLERK, "/suche?q=Wohngeld+Kita+Amt")
        assert county.statements(CLERK, "/suche?q=Sprachkurs") <= 12


@SQLITE
class TestEarlierSearches:
    def test_they_are_kept_for_the_person_alone_and_can_be_erased(self, demo: Demo) -> None:
        clerk = demo.index_now().client(CLERK)
        clerk.get("/suche?q=Sprachkurs")
        clerk.get("/suche?q=Wartezeit")
        clerk.get("/suche?q=Sprachkurs")
        assert [row.text for row in self.rows(demo)] == ["Wartezeit", "Sprachkurs"]
        assert "Sprachkurs" in text(clerk, "/suche")
        assert "zuletzt gesucht" in text(clerk, "/suche/eingabe?q=spr")
        other = demo.client(COORDINATION)
        assert "Zuletzt gesucht" not in text(other, "/suche")
        post(other, "/suche/verlauf/loeschen", {"nummer": self.rows(demo)[0].id}, at="/suche/synonyme/gruppe")
        assert len(self.rows(demo)) == 2
        post(clerk, "/suche/verlauf/loeschen", {"nummer": self.rows(demo)[0].id}, at="/suche")
        assert [row.text for row in self.rows(demo)] == ["Sprachkurs"]
        post(clerk, "/suche/verlauf/loeschen", at="/suche")
        assert self.rows(demo) == []

    def test_after_ninety_days_they_are_gone(self, demo: Demo) -> None:
        demo.index_now().client(CLERK).get("/suche?q=Sprachkurs")
        house = demo.app.extensions["lueckenlos"]
        now = datetime.now(UTC)
        erase_old(house, now + timedelta(days=89))
        assert len(self.rows(demo)) == 1
        erase_old(house, now + timedelta(days=91))
        assert self.rows(demo) == []

    def test_no_more_than_fifty_are_kept(self, demo: Demo) -> None:
        house, person = demo.app.extensions["lueckenlos"], demo.actor(CLERK).person_id
        for number in range(55):
            moment = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=number)
            recent.remember(house, demo.tenant_id, person, f"Suche {number}", moment)
        assert len(self.rows(demo)) == recent.MOST_KEPT
        assert "Suche 54" in [row.text for row in self.rows(demo)]

    @staticmethod
    def rows(demo: Demo) -> list[RecentSearch]:
        with demo.session() as session:
            return list(session.exec(select(RecentSearch).order_by(col(RecentSearch.id).desc())).all())


class TestSavedSearches:
    def test_new_hits_are_counted_told_and_obey_rights(self, demo: Demo) -> None:
        demo.index_now()
        house, clerk = demo.app.extensions["lueckenlos"], demo.client(CLERK)
        post(clerk, "/suche/speichern?q=Basiskonto", {"name": "Konto", "notify": "y"})
        with demo.session() as session:
            row = session.exec(select(SavedSearch)).one()
        before = row.seen_at
        assert self.news(demo, before) == []
        change(demo, "F-2026-11", "network")
        with demo.app.test_request_context():
            update_saved(house, before + timedelta(hours=1))
        (line,) = self.news(demo, before)
        assert (line.title, HIDDEN in line.detail) == ("Konto: 1 neuer Treffer", True)
        change(demo, "F-2026-11", "coordination")
        assert self.news(demo, before) == [], "what may not be read any more is not told"
        assert "Konto Basiskonto 0 0 " in text(clerk, "/suche/gespeichert")
        change(demo, "F-2026-11", "network")
        assert re.search(r"Konto Basiskonto 1 1 ", text(clerk, "/suche/gespeichert"))
        assert " neu " in text(clerk, f"/suche?q=Basiskonto&gespeichert={row.id}")
        assert re.search(r"Konto Basiskonto 1 0 ", text(clerk, "/suche/gespeichert"))
        assert self.news(demo, before) == [], "what its owner has seen is not told as new"

    @SQLITE
    def test_what_was_there_at_the_saving_is_new_nowhere(self, demo: Demo) -> None:
        clerk = demo.index_now().client(CLERK)
        post(clerk, "/suche/speichern?q=Sprachkurs", {"name": "Kurs", "notify": "y"})
        long_ago = clock.now() - timedelta(days=14)
        assert self.news(demo, long_ago) == []
        assert "neue Treffer" not in text(clerk, "/neues")
        assert re.search(r"Kurs Sprachkurs [1-9]\d* 0 ", text(clerk, "/suche/gespeichert"))

    def test_they_are_the_owners_alone(self, demo: Demo) -> None:
        clerk, other = demo.index_now().client(CLERK), demo.client(COORDINATION)
        post(clerk, "/suche/speichern?q=Sprachkurs", {"name": "Meine Suche"})
        with demo.session() as session:
            number = session.exec(select(SavedSearch.id)).one()
        assert "Meine Suche" not in text(other, "/suche/gespeichert")
        assert "Meine Suche" not in text(other, f"/suche?q=Kita&gespeichert={number}")
        assert other.get(f"/suche/gespeichert/{number}").status_code == 404
        address = f"/suche/gespeichert/{number}/loeschen"
        assert post(other, address, at="/suche/synonyme/gruppe").status_code == 404
        post(clerk, f"/suche/gespeichert/{number}", {"name": "Anders"})
        assert "Anders" in text(clerk, "/suche/gespeichert")
        post(clerk, address)
        assert "Noch keine Suche gespeichert" in text(clerk, "/suche/gespeichert")

    @SQLITE
    def test_a_search_without_a_name_is_not_saved_and_what_was_typed_stays(self, demo: Demo) -> None:
        clerk = demo.index_now().client(CLERK)
        answer = post(clerk, "/suche/speichern?q=Sprachkurs", {"name": "  ", "notify": "y"})
        assert answer.status_code == 422
        assert "Bitte geben Sie der Suche einen Namen." in answer.get_data(as_text=True)
        assert re.search(r"<input[^>]*name=\"notify\"[^>]*checked|<input[^>]*checked[^>]*name=\"notify\"", answer.text)

    @SQLITE
    def test_a_saved_search_keeps_words_filters_and_order(self, demo: Demo) -> None:
        choice = Choice("Kita", {"kind": ("gap",), "year": ("2026",)}, newest=True, page=4)
        row = SavedSearch(parameters=saved.as_parameters(choice))
        assert saved.choice_of(row) == Choice("Kita", {"kind": ("gap",), "year": ("2026",)}, newest=True)

    @staticmethod
    def news(demo: Demo, since: datetime) -> list[object]:
        house = demo.app.extensions["lueckenlos"]
        with demo.app.test_request_context(), demo.session() as session:
            return list(new_hits(session, house, demo.actor(CLERK), since))


class TestSynonyms:
    def test_only_the_coordination_keeps_them(self, county: Demo) -> None:
        clerk = county.client(CLERK)
        for page in ("", "/gruppe", "/entfernen", "/vorschlaege"):
            assert clerk.get(f"/suche/synonyme{page}").status_code == 403
        assert "Synonyme pflegen" not in text(clerk, "/suche")

    def test_a_new_group_applies_at_once_after_a_preview_that_changes_nothing(self, county: Demo) -> None:
        client = county.client(COORDINATION)
        group = {"words": "Tagesstätte\nKinderbetreuung"}
        page = post(client, "/suche/synonyme/gruppe", {**group, "vorschau": "1"})
        assert "Vorschau" in page.text
        assert "Sprachkurse ohne Kinderbetreuung" in page.text
        assert hits(client, "/suche?q=Tagesstätte") == []
        post(client, "/suche/synonyme/gruppe", group)
        assert "F-2025-02" in hits(client, "/suche?q=Tagesstätte")
        assert "gefunden über: Kinderbetreuung" in text(county.client(CLERK), "/suche?q=Tagesstätte")

    def test_a_shipped_group_can_be_changed_taken_away_and_brought_back(self, county: Demo) -> None:
        client = county.client(COORDINATION)
        found = hits(client, "/suche?q=ABH")
        post(client, "/suche/synonyme/gruppe?wort=ABH", {"words": "ABH\nMigrationsamt"})
        assert hits(client, "/suche?q=ABH") == []
        with county.session() as session:
            number = session.exec(select(SearchSynonym.id).where(col(SearchSynonym.shipped) == "ABH")).one()
        post(client, f"/suche/synonyme/entfernen?nummer={number}")
        assert "Entfernte mitgelieferte Gruppen" in text(client, "/suche/synonyme")
        post(client, "/suche/synonyme/zurueck", {"wort": "ABH"}, at="/suche/synonyme")
        assert hits(client, "/suche?q=ABH") == found

    def test_too_few_or_unsearchable_words_are_refused_in_words(self, county: Demo) -> None:
        client = county.client(COORDINATION)
        for words, said in (
            ("Kita", "mindestens zwei Wörter"),
            (f"{'Kita' * 16}\nHort", "„KitaKitaKitaKitaKita…“ ist zu lang."),
            ("\n".join(f"Wort{number}" for number in range(21)), "höchstens 20 Wörter"),
            ("Ausländeramt\nabh", "Diese Wörter stehen schon zusammen"),
        ):
            refused = post(client, "/suche/synonyme/gruppe", {"words": words})
            assert (refused.status_code, said in refused.text) == (422, True), said
        assert "„und“ kommt in jedem Text vor" in post(client, "/suche/synonyme/gruppe", {"words": "und\nKita"}).text

    def test_a_group_that_is_not_there_is_not_changed(self, county: Demo) -> None:
        client = county.client(COORDINATION)
        page = client.get("/suche/synonyme/gruppe").get_data(as_text=True)
        fields = {**hidden_fields(page), "words": "a1\nb2"}
        assert client.post("/suche/synonyme/gruppe?nummer=999", data=fields).status_code == 404
        assert "Vorschläge" in text(client, "/suche/synonyme/vorschlaege")
