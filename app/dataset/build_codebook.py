"""Rows of a demo file's codebook: categories, passages, and what two people attached them to."""

import uuid

from sqlmodel import col, select

from app.core import clock
from app.dataset.building import Building
from app.dataset.schema_codebook import CategoryGiven, PassageGiven
from app.dataset.schema_demo import DemoFile
from knowledge.cases.models import Case
from knowledge.coding.anchoring import quote_of
from knowledge.coding.models import Category, Coding, CodingRound, Passage
from knowledge.coding.rules import CATEGORY, Target
from knowledge.coding.sources import Source, sources_of


def build_codebook(build: Building, demo: DemoFile) -> None:
    """The categories, then the passages of cases that are already there."""
    build.ids["codebook"] = {}
    for entry in demo.codebook:
        build.ids["codebook"][entry.key] = build.add_one(_category(build, demo.tenant.key, entry))
    now = clock.now()
    coded = dict.fromkeys(given.case for given in demo.codings)
    build.add(CodingRound(case_id=build.id("cases", key), opened_at=now) for key in coded)
    texts = {key: _texts(build, key) for key in coded}
    for number, given in enumerate(demo.codings, 1):
        passage_id = build.add_one(_passage(build, demo.tenant.key, number, given, texts[given.case]))
        build.add(
            Coding(
                guid=_guid(demo.tenant.key, f"coding/{number}/{place}"),
                passage_id=passage_id,
                target=str(Target(CATEGORY, build.id("codebook", each.category))),
                category_id=build.id("codebook", each.category),
                coder_id=build.id("people", each.coder),
                memo=each.memo,
                created_at=now,
                changed_at=now,
            )
            for place, each in enumerate(given.by)
        )


def _category(build: Building, county: str, given: CategoryGiven) -> Category:
    return Category(
        guid=_guid(county, f"category/{given.key}"),
        parent_id=build.id_or_none("codebook", given.parent),
        **given.model_dump(exclude={"parent"}),
    )


def _texts(build: Building, case_key: str) -> dict[str, Source]:
    case = build.session.exec(select(Case).where(col(Case.id) == build.id("cases", case_key))).one()
    return {source.key: source for source in sources_of(build.session, case)}


def _passage(build: Building, county: str, number: int, given: PassageGiven, texts: dict[str, Source]) -> Passage:
    station_id = build.id_or_none("stations", given.station)
    text = texts[f"{given.field.value}-{station_id or 0}"].text
    start = text.index(given.quote)
    quote = quote_of(text, start, start + len(given.quote))
    return Passage(
        guid=_guid(county, f"passage/{number}"),
        case_id=build.id("cases", given.case),
        field=given.field,
        station_id=station_id,
        start_at=quote.start,
        end_at=quote.end,
        quote=quote.exact,
        before=quote.before,
        after=quote.after,
        text_hash=quote.text_hash,
    )


def _guid(county: str, name: str) -> str:
    """The same in every load, so that an export of the demo meets itself."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"lueckenlos:{county}/{name}"))
