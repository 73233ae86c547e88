"""Cases: what the wizard writes, and who opened which case."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CASE_COLUMNS = ("adults", "adult_age", "children", "child_age", "submitted_at", "returned_note")
STATION_NUMBERS = ("duration_weeks", "days_without_benefits", "days_without_insurance")
FINDING_KINDS = ("supports", "counters")


def upgrade() -> None:
    """Add the columns and the two tables."""
    with op.batch_alter_table("case") as table:
        for column in _case_columns():
            table.add_column(column)
    with op.batch_alter_table("station") as table:
        for name in STATION_NUMBERS:
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
    kind = sa.Enum(*FINDING_KINDS, name="kind", native_enum=False, create_constraint=True, length=32)
    with op.batch_alter_table("finding") as table:
        table.add_column(sa.Column("kind", kind, nullable=False, server_default="supports"))
    op.create_table(
        "removed_station",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("content", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_removed_station_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_removed_station_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removed_station")),
    )
    op.create_index("ix_removed_station_case_id", "removed_station", ["case_id"])
    op.create_table(
        "case_access_entry",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_case_access_entry_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_access_entry_person_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_case_access_entry_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_access_entry")),
    )
    op.create_index("ix_case_access_entry_case_id_at", "case_access_entry", ["case_id", "at"])
    op.create_index("ix_case_access_entry_person_id", "case_access_entry", ["person_id"])
    op.create_index("ix_case_access_entry_at", "case_access_entry", ["at"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("case_access_entry")
    op.drop_table("removed_station")
    with op.batch_alter_table("finding") as table:
        table.drop_constraint(op.f("ck_finding_kind"), type_="check")
        table.drop_column("kind")
    with op.batch_alter_table("station") as table:
        for name in reversed(STATION_NUMBERS):
            table.drop_column(name)
    with op.batch_alter_table("case") as table:
        for name in reversed(CASE_COLUMNS):
            table.drop_column(name)


def _case_columns() -> list[sa.Column[object]]:
    types: list[object] = [
        sa.Integer(),
        sqlmodel.sql.sqltypes.AutoString(length=32),
        sa.Integer(),
        sqlmodel.sql.sqltypes.AutoString(length=32),
        sqlmodel.sql.sqltypes.UTCDateTime(),
        sqlmodel.sql.sqltypes.AutoString(),
    ]
    return [sa.Column(name, kind, nullable=True) for name, kind in zip(CASE_COLUMNS, types, strict=True)]
