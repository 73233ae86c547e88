"""`lueckenlos restore DIR`: a backup comes into an empty database and a data folder that has none of its files."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import make_url

from app.backup import databases
from app.backup.manifest import FILES, BadBackup, Manifest, key_id, read, require_whole, sha256_of
from app.core.audit import verify
from app.core.config import Settings
from app.core.database import Database, every_tenant
from app.people.queries import tenant_keys
from app.schema import MIGRATIONS, upgrade


def restore(settings: Settings, folder: Path) -> Iterator[str]:
    """Check the backup, lay it in, bring the schema up to date, verify every chain; a sentence for each step."""
    manifest = read(folder)
    require_whole(folder, manifest)
    _require_fitting(settings, manifest)
    _require_known(manifest.revision)
    databases.require_empty(settings.database_url)
    _require_room(folder / FILES, settings.data_dir)
    yield f"backup of {manifest.made_at}: whole"
    databases.lay(folder / manifest.database, settings.database_url)
    if (folder / FILES).exists():
        shutil.copytree(folder / FILES, settings.data_dir, dirs_exist_ok=True)
    yield from _checked(settings, manifest)
    if key_id(settings.secret_key()) != manifest.key_id:
        yield (
            "keys/secret is another one than at the time of the backup: everybody signs in anew, and encrypted"
            " addresses stay unreadable until the right file is back"
        )
    yield f"what was withdrawn or erased after {manifest.made_at} is back; please enter it again"


def _require_fitting(settings: Settings, manifest: Manifest) -> None:
    backend = make_url(settings.database_url).get_backend_name()
    if backend != manifest.backend:
        raise BadBackup(f"This is a backup of {manifest.backend}; LUECKENLOS_DATABASE_URL names {backend}.")


def _require_known(revision: str) -> None:
    try:
        ScriptDirectory(str(MIGRATIONS)).get_revision(revision)
    except CommandError:
        raise BadBackup(
            f"The backup has schema {revision}, which this version does not know. Restore it with a newer version."
        ) from None


def _require_room(files: Path, data_dir: Path) -> None:
    """BadBackup if a file of the backup would be written over another one."""
    for path in sorted(files.rglob("*")):
        there = data_dir / path.relative_to(files)
        if path.is_file() and there.exists() and sha256_of(there) != sha256_of(path):
            raise BadBackup(f"{there} is there already and another one. Restore into an empty data folder.")


def _checked(settings: Settings, manifest: Manifest) -> Iterator[str]:
    if databases.standing(settings.database_url).chains != dict(manifest.chains):
        raise BadBackup("The restored database ends elsewhere than the manifest says. Take another backup.")
    database = Database(settings.database_url)
    try:
        upgrade(database)
        with database.read() as session, every_tenant(session):
            tenants = tenant_keys(session)
        for tenant_id, key in tenants:
            with database.read(tenant_id) as session:
                broken = next(iter(verify(session)), None)
            if broken is not None:
                raise BadBackup(f"{key}: the audit chain is broken at entry {broken.seq}. Take another backup.")
            yield f"{key}: chain holds"
    finally:
        database.dispose()
