"""A case that is erased is gone: from every table, every page, and from the bytes of the files."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from knowledge.cases.belongings import belongings
from knowledge.cases.erasing import LOG, SKELETON, erase_case
from knowledge.cases.erasure_due import forget_the_log
from knowledge.cases.erasure_models import CaseErasure, LostEvidence
from knowledge.cases.models import Case
from knowledge.cases.states import CaseState, ErasureWhy
from tests.support.canary import WORD, files_with, free_texts, put_canary
from tests.support.crawl import crawl
from tests.support.demo import Demo, post

ON_SQLITE = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)


def rows_with_the_word(demo: Demo) -> list[str]:
    """table.column of every text in the whole database that holds the word."""
    found = []
    with demo.database.reading.connect() as connection:
        metadata = sa.MetaData()
        metadata.reflect(connection)
        for table in metadata.tables.values():
            for column in table.columns:
                if not isinstance(column.type, sa.String):
                    continue
                if connection.execute(sa.select(column).where(column.contains(WORD)).limit(1)).first():
                    found.append(f"{table.name}.{column.name}")
    return found


def database_folder(demo: Demo) -> Path:
    return Path(str(demo.database.url.database)).parent


@pytest.mark.parametrize("why", list(ErasureWhy))
def test_no_text_of_an_erased_case_is_in_any_table(demo: Demo, why: ErasureWhy) -> None:
    case_id = put_canary(demo, "ahorn")
    before = rows_with_the_word(demo)
    assert {f"{each.table.name}.{name}" for each in belongings() for name in free_texts(each.table)} <= set(before)
    demo.perform("p-albers", erase_case, case_id, why=why)
    assert rows_with_the_word(demo) == []


@ON_SQLITE
def test_no_byte_of_it_is_left_in_the_file_of_the_database(demo: Demo) -> None:
    case_id = put_canary(demo, "ahorn")
    folder = database_folder(demo)
    assert list(files_with(WORD, folder))
    demo.perform("p-albers", erase_case, case_id, why=ErasureWhy.WITHDRAWAL)
    forget_the_log(demo.database)
    assert list(files_with(WORD, folder)) == []


@ON_SQLITE
def test_everything_that_belongs_to_a_withdrawn_case_is_gone_but_the_log_of_readers(demo: Demo) -> None:
    case_id = put_canary(demo, "ahorn")
    demo.client("p-albers").get("/faelle/ahorn")
    demo.perform("p-albers", erase_case, case_id, why=ErasureWhy.WITHDRAWAL)
    with demo.session() as session:
        case = session.exec(select(Case).where(col(Case.id) == case_id)).one()
        assert (case.state, case.case_giver_id, case.title) == (CaseState.WITHDRAWN, None, "")
        proof = session.exec(select(CaseErasure)).one()
        assert '"station": 10' in proof.rows
        assert session.exec(select(LostEvidence)).all()
        for each in belongings():
            if "case_id" in each.table.columns and each.table.name != LOG:
                mine = sa.select(each.model.id).where(each.model.case_id == case_id)
                assert session.exec(mine).first() is None, each.table.name  # type: ignore[call-overload]


def test_every_table_of_the_skeleton_belongs_to_a_case() -> None:
    assert set(SKELETON) <= {each.table.name for each in belongings()}


@ON_SQLITE
def test_nobody_finds_it_on_any_page_afterwards(demo: Demo) -> None:
    case_id = put_canary(demo, "ahorn")
    assert WORD in demo.client("p-albers").get("/faelle/ahorn").get_data(as_text=True)
    demo.perform("p-albers", erase_case, case_id, why=ErasureWhy.RETENTION)
    found = [each.address for each in crawl(demo.client("p-albers")) if WORD in each.text or each.status >= 500]
    assert found == []
    assert demo.client("p-albers").get("/faelle/ahorn").status_code == 404


@ON_SQLITE
def test_a_withdrawal_is_entered_on_a_page_that_says_what_it_does(demo: Demo) -> None:
    albers = demo.client("p-albers")
    page = albers.get("/faelle/ahorn/widerruf").get_data(as_text=True)
    assert "10 Stationen" in page
    refused = post(albers, "/faelle/ahorn/widerruf")
    assert refused.status_code == 422
    done = post(albers, "/faelle/ahorn/widerruf", {"understood": "y"})
    assert done.status_code == 303
    proofs = albers.get(done.location).get_data(as_text=True)
    assert "Einwilligung widerrufen" in proofs
    assert "Svenja Albers" in proofs
    gap = demo.client("p-brandes").get("/fehlstellen/F-2026-01").get_data(as_text=True)
    assert "Beleg zurückgezogen" in gap
    assert list(files_with("Familie Ahorn", database_folder(demo))) == []


@ON_SQLITE
def test_others_neither_withdraw_nor_read_the_proofs(demo: Demo) -> None:
    brandes = demo.client("p-brandes")
    assert brandes.get("/faelle/ahorn/widerruf").status_code == 404
    assert brandes.get("/faelle/birke/loeschen").status_code == 404
    assert brandes.get("/loeschungen").status_code == 403
