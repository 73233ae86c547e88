"""Rows of a county profile: a tenant of its own, without accounts and without cases.

What has no column becomes a `TenantFact`, so that everything the county says can be read back.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from app.dataset.building import Building
from app.dataset.schema_profiles import BodySaid, Profile
from app.people.models import Municipality, Organisation, ProgrammeBlock, StaffPost, Tenant, TenantFact, TenantTerm
from app.people.states import FactSection
from knowledge.taxonomy import lists
from knowledge.taxonomy.models import CodeLabel
from meetings.bodies.models import Body, BodyRules, Seat
from meetings.bodies.states import BodyKind, SeatKind

WORDS = Path(__file__).with_name("files") / "profile_words.yaml"
IN_COLUMNS = {"terms", "region", "municipalities", "casemgmt_hosts", "staffing"}
PARTLY_IN_COLUMNS = {"inhabitants": {"value"}, "blocks": {"number", "content", "funding", "commitment"}}
PARTLY_IN_COLUMNS |= {"fields_of_action": PARTLY_IN_COLUMNS["blocks"], "bodies": {"label", "kind", "seats"}}
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def tenant_of(profile: Profile) -> Tenant:
    """The tenant. A project group that takes gaps straight from the cases means: the direct route is on."""
    says = profile.says
    direct = any(body.kind == BodyKind.PROJECT and "direkt" in (body.intake or "") for body in says.bodies)
    return Tenant(
        key=profile.key,
        name=profile.name,
        kind=profile.kind,
        region=says.region,
        inhabitants=says.inhabitants.value if says.inhabitants else None,
        fictional=False,
        direct_route_enabled=direct,
    )


def build_profile(build: Building, profile: Profile, raw: Mapping[str, Any]) -> None:
    """Everything of the profile; `raw` is the same profile as it was read, for the facts."""
    says = profile.says
    build.add(TenantTerm(name=name, label=label) for name, label in says.terms.items())
    build.add(
        ProgrammeBlock(
            position=index, number=str(block.number), **block.model_dump(include={"content", "funding", "commitment"})
        )
        for index, block in enumerate(says.blocks or says.fields_of_action)
    )
    build.add(_own_labels(profile))
    build.add(_posts(profile))
    build.add(_municipalities(profile))
    build.add_keyed("organisations", {row.name: row for row in _organisations(profile)})
    for body in says.bodies:
        _build_body(build, body)
    build.add(_facts(raw))


@cache
def words() -> Mapping[str, Any]:
    """How names of the profiles become types of agencies and labels of posts."""
    read: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return read


def slug(name: str) -> str:
    """A key made of a name: Ausländer- bzw. Einbürgerungsbehörden → auslaender-bzw-einbuergerungsbehoerden."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().translate(UMLAUTS)).strip("-")[:64]


def type_of(name: str) -> str:
    """The type of agency that a name tells, or nothing."""
    return next((row["type"] for row in words()["agency_types"] if row["word"] in name), "")


def _own_labels(profile: Profile) -> Iterator[CodeLabel]:
    """The county's own words for shipped life domains, where the shipped list knows them."""
    for entry in lists.entries("life_domains"):
        for word in dict.fromkeys(entry.seeds.values()):
            if word in profile.says.domains and word != entry.label:
                yield CodeLabel(list_name="life_domains", key=entry.key, label=word)


def _posts(profile: Profile) -> Iterator[StaffPost]:
    rows: list[tuple[str | None, str, float]] = []
    for key, value in profile.says.staffing.items():
        inner = value.items() if isinstance(value, dict) else [(key, value)]
        block = key.removeprefix("block_") if isinstance(value, dict) else None
        rows += [(block, code, fte) for code, fte in inner]
    for index, (block, code, fte) in enumerate(rows):
        yield StaffPost(position=index, block=block, code=code, label=_post_label(profile, code), fte=fte)


def _post_label(profile: Profile, code: str) -> str:
    own = profile.says.terms.get(code.removesuffix("s")) or profile.says.terms.get(code)
    return str(own or words()["posts"].get(code, code))


def _municipalities(profile: Profile) -> Iterator[Municipality]:
    says = profile.says
    for name in says.municipalities:
        yield Municipality(key=slug(name), name=name)
    told = says.casemgmt.in_municipalities if says.casemgmt else None
    for name in exceptions_in(told or ""):
        if name not in says.municipalities:
            yield Municipality(key=slug(name), name=name, casemgmt=False)


def exceptions_in(text: str) -> list[str]:
    """The names in „alle außer A, B und C“; nothing in any other sentence."""
    found = re.fullmatch(r"alle außer (.+)", text)
    return re.split(r", | und ", found[1]) if found else []


def _organisations(profile: Profile) -> Iterator[Organisation]:
    says = profile.says
    for name in dict.fromkeys(says.casemgmt_hosts):
        yield Organisation(key=slug(name), name=name, type="kim_casemgmt")
    seats = dict.fromkeys(seat for body in says.bodies for seat in body.seats)
    for name in seats:
        if name not in says.casemgmt_hosts:
            yield Organisation(key=slug(name), name=name, type=type_of(name))


def _build_body(build: Building, said: BodySaid) -> None:
    """A body; a steering group gets the shipped rules of procedure, because no county says its own."""
    body_id = build.add_one(Body(key=slug(said.label), name=said.label, kind=said.kind))
    if said.kind == BodyKind.STEERING:
        build.add([BodyRules(body_id=body_id)])
    build.add(
        Seat(body_id=body_id, organisation_id=build.id("organisations", name), kind=SeatKind.VOTING, position=index)
        for index, name in enumerate(dict.fromkeys(said.seats))
    )


def _facts(raw: Mapping[str, Any]) -> Iterator[TenantFact]:
    for position, (section, path, value) in enumerate(facts_of(raw)):
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
        yield TenantFact(position=position, section=section, path=path, value=text)


def facts_of(raw: Mapping[str, Any]) -> Iterator[tuple[FactSection, str, Any]]:
    """Section, path and value of everything in a raw profile that no column holds."""
    for name in ("seed", "identified_by"):
        if name in raw:
            yield FactSection.IDENTITY, name, raw[name]
    for name, value in raw["says"].items():
        yield from ((FactSection.SAYS, path, rest) for path, rest in _left_over(name, value))
    for section in (FactSection.SILENT, FactSection.EXTERNAL, FactSection.RUNS_IF):
        for index, value in enumerate(raw.get(section, ())):
            yield section, f"[{index}]", value


def _left_over(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if name in IN_COLUMNS:
        return
    if name not in PARTLY_IN_COLUMNS:
        yield name, value
        return
    rows = [(name, value)] if isinstance(value, dict) else [(f"{name}[{i}]", row) for i, row in enumerate(value)]
    for path, row in rows:
        yield from ((f"{path}.{key}", rest) for key, rest in row.items() if key not in PARTLY_IN_COLUMNS[name])
