"""Loading a data file into a database: read, check everything, then write; nothing is half loaded."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from app.core.database import every_tenant
from app.core.i18n import _
from app.dataset import schema_demo, schema_profiles
from app.dataset.build_agreements import build_agreement
from app.dataset.build_cases import build_cases
from app.dataset.build_codebook import build_codebook
from app.dataset.build_history import build_history
from app.dataset.build_knowledge import build_evidence, build_gaps, build_solutions, build_workshops
from app.dataset.build_meetings import build_agenda, build_bodies, build_decisions, build_meetings
from app.dataset.build_people import build_people, settle, tenant_row
from app.dataset.build_profile import build_profile, slug, tenant_of
from app.dataset.build_subjects import build_subjects
from app.dataset.building import Building, LoadReport
from app.dataset.checking import checked
from app.dataset.problems import Problem, broken, quoted, unreadable
from app.dataset.reading import read_mapping
from app.dataset.references import check
from app.dataset.schema_demo import DemoFile
from app.dataset.schema_profiles import Profile, ProfilesFile
from app.dataset.values import pools_of, said_twice
from app.people.models import Person, Tenant


def load_file(session: Session, path: Path, profile: str | None = None) -> LoadReport:
    """Write the tenant of a `kim-demo/1` file, or the county `profile` of a `kim-profiles/1` file.

    DataFileError, before anything is written, if something is wrong. The caller ends the transaction;
    the session belongs to the new tenant afterwards.
    """
    return load_values(session, path, read_mapping(path), profile)


def load_values(session: Session, path: Path, raw: Mapping[str, Any], profile: str | None = None) -> LoadReport:
    """Like `load_file`, from the values that were read from `path`."""
    kind = format_of(raw)
    if kind == schema_profiles.FORMAT:
        return _load_profile(session, path, raw, profile)
    if kind != schema_demo.FORMAT:
        raise unreadable(path, _("Ihr Format %(format)s ist nicht bekannt", format=quoted(kind)))
    if profile is not None:
        raise unreadable(path, _("Profile gibt es nur in Dateien des Formats kim-profiles/1"))
    return _load_demo(session, path, raw)


def format_of(raw: Mapping[str, Any]) -> object:
    """What the file says it is: `format`, or `meta.format`."""
    meta = raw.get("meta")
    return raw.get("format") or (meta.get("format") if isinstance(meta, dict) else None) or _("(ohne Angabe)")


def _load_demo(session: Session, path: Path, raw: Mapping[str, Any]) -> LoadReport:
    _refuse_first(path, said_twice(raw))
    demo = checked(DemoFile, raw, path, pools_of(raw))
    check(demo, path)
    _refuse_known_tenant(session, path, "tenant.key", demo.tenant.key)
    _refuse_known_emails(session, path, demo)
    tenant = tenant_row(demo)
    settle(session, tenant)
    build = Building(session, ZoneInfo(tenant.timezone))
    write_demo(build, demo)
    return LoadReport(demo.tenant.key, build.counts)


def write_demo(build: Building, demo: DemoFile) -> None:
    """All rows, in the order in which they refer to one another."""
    build_people(build, demo)
    build_gaps(build, demo)
    build_cases(build, demo)
    build_evidence(build, demo)
    build_codebook(build, demo)
    build_workshops(build, demo)
    build_solutions(build, demo)
    build_bodies(build, demo)
    build_meetings(build, demo)
    build_decisions(build, demo)
    build_subjects(build, demo)
    build_history(build, demo)
    if demo.agreement:
        build_agreement(build, demo.agreement)
    if demo.agenda:
        build_agenda(build, demo.agenda)


def _load_profile(session: Session, path: Path, raw: Mapping[str, Any], wanted: str | None) -> LoadReport:
    file = checked(ProfilesFile, raw, path, {})
    _refuse_first(path, said_twice(raw, ["profiles"]))
    place = _place_of(file, path, wanted)
    profile = file.profiles[place]
    _refuse_equal_names(path, place, profile)
    _refuse_known_tenant(session, path, f"profiles[{place}].key", profile.key)
    tenant = tenant_of(profile)
    settle(session, tenant)
    build = Building(session, ZoneInfo(tenant.timezone))
    build_profile(build, profile, raw["profiles"][place])
    return LoadReport(profile.key, build.counts)


def _place_of(file: ProfilesFile, path: Path, wanted: str | None) -> int:
    keys = [profile.key for profile in file.profiles]
    if wanted in keys:
        return keys.index(wanted)
    if wanted is None and len(keys) == 1:
        return 0
    if wanted is None:
        raise unreadable(path, _("Bitte mit --profile eines der Profile wählen: %(keys)s", keys=", ".join(keys)))
    raise unreadable(
        path, _("Das Profil %(key)s gibt es nicht, nur %(keys)s", key=quoted(wanted), keys=", ".join(keys))
    )


def _refuse_equal_names(path: Path, place: int, profile: Profile) -> None:
    """Names become keys, so two that differ only in signs would be one."""
    says = profile.says
    numbers = [str(block.number) for block in says.blocks or says.fields_of_action]
    lists = {
        "municipalities": [slug(name) for name in says.municipalities],
        "bodies": [slug(body.label) for body in says.bodies],
        "blocks": numbers,
    }
    for name, keys in lists.items():
        for index, key in enumerate(keys):
            if not key or key in keys[:index]:
                raise broken(
                    path, Problem(f"profiles[{place}].says.{name}[{index}]", _("steht ein Name zum zweiten Mal"))
                )


def _refuse_first(file: Path, problems: Iterator[Problem]) -> None:
    problem = next(problems, None)
    if problem is not None:
        raise broken(file, problem)


def _refuse_known_tenant(session: Session, file: Path, place: str, key: str) -> None:
    if session.exec(select(Tenant.id).where(col(Tenant.key) == key)).first() is not None:
        raise broken(
            file, Problem(place, _("steht %(key)s; diesen Mandanten gibt es in der Datenbank schon", key=quoted(key)))
        )


def _refuse_known_emails(session: Session, file: Path, demo: DemoFile) -> None:
    addresses = [person.email.lower() for person in demo.people]
    with every_tenant(session):
        known = set(session.exec(select(Person.email).where(col(Person.email).in_(addresses))).all())
    for index, address in enumerate(addresses):
        if address in known:
            reason = _("steht %(email)s; ein Konto mit dieser Adresse gibt es schon", email=quoted(address))
            raise broken(file, Problem(f"people[{index}].email", reason))
