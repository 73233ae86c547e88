"""Counters of all keys, indexes that the catalogue counts by, room for encrypted addresses of reporters."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keys of gaps, topics and solutions share one table of counters."""
    _counters("key_number", sa.Column("series", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False))
    op.execute(
        "INSERT INTO key_number (tenant_id, series, last)"
        " SELECT tenant_id, 'F-' || CAST(year AS VARCHAR), last FROM gap_number"
    )
    op.drop_table("gap_number")
    op.create_index("ix_gap_facet_counted", "gap_facet", ["tenant_id", "facet", "key", "gap_id"])
    op.drop_index("ix_gap_facet_facet", "gap_facet")
    op.create_index("ix_evidence_counted", "evidence", ["station_id", "polarity", "tenant_id", "gap_id"])
    op.drop_index("ix_evidence_station_id", "evidence")
    _letters_of_addresses(254, None)


def downgrade() -> None:
    """Go back to counters of gaps alone; the addresses stay encrypted."""
    _letters_of_addresses(None, 254)
    op.create_index("ix_evidence_station_id", "evidence", ["station_id"])
    op.drop_index("ix_evidence_counted", "evidence")
    op.create_index("ix_gap_facet_facet", "gap_facet", ["facet"])
    op.drop_index("ix_gap_facet_counted", "gap_facet")
    _counters("gap_number", sa.Column("year", sa.Integer(), nullable=False))
    op.execute(
        "INSERT INTO gap_number (tenant_id, year, last)"
        " SELECT tenant_id, CAST(SUBSTR(series, 3) AS INTEGER), last FROM key_number WHERE series LIKE 'F-%'"
    )
    op.drop_table("key_number")


def _counters(table: str, series: sa.Column[int] | sa.Column[str]) -> None:
    op.create_table(
        table,
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        series,
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{table}_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("tenant_id", series.name, name=op.f(f"uq_{table}_tenant_id_{series.name}")),
    )


def _letters_of_addresses(old: int | None, new: int | None) -> None:
    """An encrypted address is longer than the address; one that no longer fits in is lost to nobody but its report."""
    if new is not None:
        op.execute(f"DELETE FROM report_contact WHERE LENGTH(email) > {new}")
    types = (sqlmodel.sql.sqltypes.AutoString(length=each) for each in (old, new))
    with op.batch_alter_table("report_contact") as table:
        table.alter_column("email", existing_type=next(types), type_=next(types), existing_nullable=False)
