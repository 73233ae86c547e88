"""The tables of imports: a run with its uploaded files, and one row per paper or line that was found in them."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned, enum_field, owned_by
from app.people.states import Visibility
from knowledge.imports.states import ImportState, RowState, TargetKind


class ImportRun(TenantOwned, table=True):
    """One import. `columns` and `mapping` are JSON: the columns found, and which field of the target each one fills."""

    __tablename__ = "import_run"

    id: int | None = Field(default=None, primary_key=True)
    state: ImportState = enum_field(ImportState, "state", default=ImportState.READING, index=True)
    target: TargetKind = enum_field(TargetKind, "target")
    visibility: Visibility = enum_field(Visibility, "visibility", default=Visibility.NETWORK)
    person_id: int = Field(foreign_key="person.id", index=True)
    started_at: datetime
    job_id: int | None = Field(default=None, foreign_key="job.id", index=True)
    columns: str = "[]"
    mapping: str = "{}"


class ImportFile(TenantOwned, table=True):
    """An uploaded file under a random name below the data folder. `problem` says why nothing could be read of it."""

    __tablename__ = "import_file"

    id: int | None = Field(default=None, primary_key=True)
    import_id: int = owned_by("import_run.id")
    name: str = Field(max_length=255)
    stored: str = Field(max_length=64)
    size: int
    sha256: str = Field(max_length=64)
    problem: str | None = None


class ImportRow(TenantOwned, table=True):
    """Something that may be taken. `given` is JSON, column → text; `place` says where in the file it stood."""

    __tablename__ = "import_row"
    __table_args__ = (UniqueConstraint("import_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    import_id: int = owned_by("import_run.id", index=False)
    file_id: int = owned_by("import_file.id")
    position: int
    place: str = Field(default="", max_length=64)
    given: str = "{}"
    sha256: str = Field(default="", max_length=64)
    chosen: bool = True
    state: RowState = enum_field(RowState, "state", default=RowState.WAITING, index=True)
    reason: str | None = None
    similar: str | None = None
    target_id: int | None = None
    target_key: str | None = Field(default=None, max_length=128)
