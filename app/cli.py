"""The `lueckenlos` command. Each command imports what it needs when it runs, so that the others start fast."""

import os
import re
import sys
from functools import partial
from pathlib import Path

import click

from app.core.config import BadSetting, Settings, from_environment

METHODS = (
    "schulze",
    "irv",
    "borda",
    "plurality",
    "approval",
    "score",
    "dots",
    "resistance",
    "equal_shares",
    "phragmen",
    "greedy",
    "majority",
)
"""The names of the ways to count; a test holds them against the code that counts."""


def settings() -> Settings:
    """The settings; a bad one ends the command with its sentence."""
    try:
        return from_environment(os.environ)
    except BadSetting as error:
        raise click.ClickException(str(error)) from None


def ready_settings() -> Settings:
    """The settings of a database that can be worked with; otherwise the command ends with what to do."""
    from sqlalchemy.exc import OperationalError

    from app.core.database import Database
    from app.schema import is_up_to_date

    chosen = settings()
    database = Database(chosen.database_url)
    try:
        if not is_up_to_date(database):
            raise click.ClickException(
                "The database is empty or out of date. Run `lueckenlos load FILE` or `serve` first."
            )
    except OperationalError:
        raise click.ClickException("The database does not answer. Check LUECKENLOS_DATABASE_URL.") from None
    finally:
        database.dispose()
    return chosen


class UnknownWord(click.ClickException):
    """A key that nothing has ends the command as an option that it does not know would."""

    exit_code = 2


@click.group()
def main() -> None:
    """Lückenlos: from single cases to decisions that change the system."""


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--profile", help="Key of the county in a kim-profiles/1 file.")
def load(file: Path, profile: str | None) -> None:
    """Bring the database up to date and load a data set: all of it or nothing."""
    from app.dataset.command import load_into
    from app.dataset.reading import DataFileError

    try:
        report = load_into(settings(), file, profile)
    except DataFileError as error:
        raise click.ClickException(str(error)) from None
    for line in report:
        click.echo(line)


@main.command()
def serve() -> None:
    """Run the production server."""
    chosen = settings()
    if chosen.processes > 1 and chosen.database_url.startswith("sqlite"):
        raise click.ClickException("LUECKENLOS_PROCESSES must be 1 on SQLite; several processes need PostgreSQL.")
    from app.core.database import Database
    from app.schema import upgrade

    database = Database(chosen.database_url)
    upgrade(database)
    database.dispose()
    click.echo(f"Lückenlos: http://{chosen.host}:{chosen.port}", err=True)
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "--config", "python:app.server"])  # noqa: S606 - our own server


@main.group()
def audit() -> None:
    """The record of every act."""


@audit.command()
def verify() -> None:
    """Prove that no entry of any tenant's chain was changed, removed or added afterwards."""
    from app.core.audit import verify as walk
    from app.core.database import Database, every_tenant
    from app.people.queries import tenant_keys

    database = Database(ready_settings().database_url)
    click.get_current_context().call_on_close(database.dispose)
    broken = 0
    with database.read() as session, every_tenant(session):
        tenants = tenant_keys(session)
    for tenant_id, key in tenants:
        with database.read(tenant_id) as session:
            found = list(walk(session))
        broken += len(found)
        for place in found:
            click.echo(f"{key}: entry {place.seq} {place.reason}")
        if not found:
            click.echo(f"{key}: chain holds")
    if broken:
        sys.exit(1)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--method", type=click.Choice(METHODS), help="How the ballots are counted; else as the file's rule says.")
@click.option("--seats", type=click.IntRange(min=1), help="So many options win.")
@click.option("--budget", help="What may be spent, where options have costs; else what the file says.")
@click.option("--completion", type=click.Choice(["none", "phragmen"]), help="For equal_shares; else as the rule says.")
@click.option("--despite-rule", is_flag=True, help="Count by another method than the file's rule was announced for.")
@click.option("--all-ties", is_flag=True, help="Name every tied set of winners.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON per file.")
def tally(
    files: tuple[Path, ...],
    method: str | None,
    seats: int | None,
    budget: str | None,
    completion: str | None,
    despite_rule: bool,
    all_ties: bool,
    as_json: bool,
) -> None:
    """Count published or foreign ballot files; no database is needed."""
    from app.tally_command import Asked, CannotCount, tally

    if budget is not None and not re.fullmatch(r"\d+([./]\d+)?", budget):
        raise click.BadParameter("must be a number", param_hint="--budget")
    try:
        for found in tally(files, Asked(method, seats, budget, completion, despite_rule)):
            click.echo(found.counted.as_json(found.sha256, all_ties=all_ties) if as_json else found.as_text())
    except CannotCount as error:
        raise click.ClickException(str(error)) from None


@main.command()
@click.argument("what", type=click.Choice(["minutes", "agenda", "folder"]))
@click.argument("key")
@click.option(
    "--format", "form", default="docx", show_default=True, type=click.Choice(["docx", "pdf", "md", "json", "zip"])
)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Target file.")
@click.option("--public", is_flag=True, help="The public version of minutes, the public part of a folder.")
@click.option("--county", help="Key of the county, where several have a meeting of this key.")
def export(what: str, key: str, form: str, output: Path, public: bool, county: str | None) -> None:
    """Write minutes, the agenda or the folder of a meeting (pdf, zip) as a file."""
    from app.export_command import NothingToExport, export
    from app.folder_command import export_folder

    if (what == "folder") != (form == "zip") and not (what == "folder" and form == "pdf"):
        raise click.BadParameter(f"{what} is not written as {form}", param_hint="--format")
    write = partial(export_folder, ready_settings()) if what == "folder" else partial(export, ready_settings(), what)
    try:
        size = write(key, form, output, public=public, county=county)
    except NothingToExport as error:
        raise UnknownWord(str(error)) from None
    click.echo(f"{output}: {size} bytes")


@main.group()
def erase() -> None:
    """What has been kept long enough."""


@erase.command()
@click.option("--dry-run", is_flag=True, help="Only say what is due.")
def due(dry_run: bool) -> None:
    """Erase the cases of every tenant whose time is up, authors of cards, and contacts of reporters."""
    from app.core import clock
    from app.erase_command import erase_due

    for line in erase_due(ready_settings(), clock.now(), dry_run):
        click.echo(line)


@main.command()
@click.argument("email")
@click.password_option(prompt="New password", help="Asked for if it is not given.")
def password(email: str, password: str) -> None:
    """Set the password of an account."""
    from app.core.database import Database, every_tenant
    from app.people.actions import set_password

    database = Database(ready_settings().database_url)
    click.get_current_context().call_on_close(database.dispose)
    with database.session(database.writing) as session, every_tenant(session):
        problem = set_password(session, email, password)
        session.commit()
    if problem:
        raise click.ClickException(problem)
    click.echo(f"{email}: password set")


@main.command()
@click.argument("query")
@click.option("--as", "email", required=True, help="E-mail address of the person who searches.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per query.")
@click.option("--kind", "kinds", multiple=True, help="Only this kind; may be given several times.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100))
def search(query: str, email: str, as_json: bool, kinds: tuple[str, ...], limit: int) -> None:
    """Search as a person may; “-” reads one query a line from standard input."""
    from app.search_command import BadQuestion, answers

    queries = (line.rstrip("\n") for line in sys.stdin) if query == "-" else iter([query])
    try:
        for answer in answers(ready_settings(), queries, email, kinds, limit):
            click.echo(answer.as_json() if as_json else answer.as_text())
    except BadQuestion as error:
        raise click.ClickException(str(error)) from None


@main.command(name="import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--kind", required=True, type=click.Choice(["solution", "document"]), help="What each text becomes.")
@click.option("--tenant", required=True, help="Key of the tenant.")
@click.option("--as", "email", help="E-mail address of the one who imports; default: the coordination.")
@click.option(
    "--visibility",
    default="network",
    show_default=True,
    help="Who may read it.",
    type=click.Choice(["coordination", "body", "network", "public"]),
)
def import_(paths: tuple[Path, ...], kind: str, tenant: str, email: str | None, visibility: str) -> None:
    """Take files and folders into the knowledge base; what has a key that is known is brought up to date."""
    from app.import_command import BadImport, files_below, import_files, order_of, steps_of

    try:
        order = order_of(ready_settings(), kind, tenant, email, visibility)
    except BadImport as error:
        raise click.ClickException(str(error)) from None
    click.get_current_context().call_on_close(order.house.database.dispose)
    files = files_below(paths)
    with click.progressbar(length=sum(map(steps_of, files)), label="Importing", file=sys.stderr) as bar:
        report = import_files(order, files, bar.update)
    for line in (*report.left, *report.notes):
        click.echo(line)
    if report.marked:
        click.echo(f"{report.marked} with passages that could point at a person; please have somebody read them")
    order.house.search.catch_up(order.actor.tenant_id)
    click.echo(f"{report.added} added, {report.updated} updated, {len(report.left)} skipped")
    if not report.added + report.updated:
        sys.exit(1)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--keep", type=click.IntRange(min=1), help="Delete all older backups in DIR but so many.")
def backup(folder: Path, keep: int | None) -> None:
    """Write the database and all files into a new folder below DIR, while the server runs. Keys are not in it."""
    from app.backup.making import forget_old, make
    from app.backup.manifest import BadBackup
    from app.core import clock

    try:
        made = make(ready_settings(), folder, clock.now())
    except (BadBackup, OSError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(made)
    for name in forget_old(folder, keep) if keep else ():
        click.echo(f"{name}: deleted")


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
def restore(folder: Path) -> None:
    """Lay a backup into an empty database and data folder, check it, erase what is due, build the index."""
    from app.backup.manifest import BadBackup
    from app.backup.restoring import restore as lay_in
    from app.core import clock
    from app.erase_command import erase_due
    from app.search_command import rebuild_all

    chosen = settings()
    try:
        for line in lay_in(chosen, folder):
            click.echo(line)
    except (BadBackup, OSError) as error:
        raise click.ClickException(str(error)) from None
    for line in erase_due(chosen, clock.now()):
        click.echo(line)
    for line in rebuild_all(chosen, lambda words: click.echo(words, err=True)):
        click.echo(line)


@main.group()
def index() -> None:
    """The search index."""


@index.command()
def rebuild() -> None:
    """Build the index of every tenant anew; search goes on meanwhile."""
    from app.search_command import rebuild_all

    for line in rebuild_all(ready_settings(), lambda words: click.echo(words, err=True)):
        click.echo(line)


@index.command(name="verify")
def verify_index() -> None:
    """Compare the index of every tenant with the database: each document's kind, key and version."""
    from app.search_command import verify_all

    found = list(verify_all(ready_settings()))
    for line, _good in found:
        click.echo(line)
    if not all(good for _line, good in found):
        sys.exit(1)


@index.command(name="watch")
def watch_outbox() -> None:
    """Index what is queued and run background jobs until the server that started this has gone."""
    from app.core import logs
    from app.worker import work

    chosen = settings()
    logs.configure(chosen.log_level)
    work(chosen, parent=os.getppid())


if __name__ == "__main__":
    main()
