"""Gaps: who looks after one, versions of their text, merging and splitting, and a history that is only ever added to.

SQLite gets its columns by hand: building the table anew would empty every table that refers to it.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_POSTGRES = (
    """
    CREATE FUNCTION gap_history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the history of gaps is append-only'; END $$
    """,
    """
    CREATE TRIGGER gap_history_append_only BEFORE UPDATE OR DELETE ON gap_history
    FOR EACH ROW EXECUTE FUNCTION gap_history_is_append_only()
    """,
)
_SQLITE = tuple(
    f"""
    CREATE TRIGGER gap_history_no_{act.lower()} BEFORE {act} ON gap_history
    BEGIN SELECT RAISE(ABORT, 'the history of gaps is append-only'); END
    """
    for act in ("UPDATE", "DELETE")
)


def upgrade() -> None:
    """Add columns and tables, then put the triggers up."""
    _add_owner()
    op.add_column("gap", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("gap_indicator", sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.add_column("gap_history", sa.Column("cause_kind", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True))
    op.add_column("gap_history", sa.Column("cause_id", sa.Integer(), nullable=True))
    _create_numbers()
    _create_lineage()
    _create_moves()
    for statement in _SQLITE if _is_sqlite() else _POSTGRES:
        op.execute(statement)


def downgrade() -> None:
    """Take all of it away."""
    if _is_sqlite():
        op.execute("DROP TRIGGER gap_history_no_update")
        op.execute("DROP TRIGGER gap_history_no_delete")
    else:
        op.execute("DROP TRIGGER gap_history_append_only ON gap_history")
        op.execute("DROP FUNCTION gap_history_is_append_only()")
    for name in ("gap_move", "gap_lineage", "gap_number"):
        op.drop_table(name)
    op.drop_index("ix_gap_owner_id", table_name="gap")
    for table, name in (
        ("gap_history", "cause_id"),
        ("gap_history", "cause_kind"),
        ("gap_indicator", "source"),
        ("gap", "version"),
        ("gap", "owner_id"),
    ):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _add_owner() -> None:
    op.execute("ALTER TABLE gap ADD COLUMN owner_id INTEGER CONSTRAINT fk_gap_owner_id REFERENCES person (id)")
    op.create_index("ix_gap_owner_id", "gap", ["owner_id"])


def _create_numbers() -> None:
    op.create_table(
        "gap_number",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_gap_number_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_number")),
        sa.UniqueConstraint("tenant_id", "year", name=op.f("uq_gap_number_tenant_id_year")),
    )


def _create_lineage() -> None:
    kind = sa.Enum("merged", "split", name="kind", native_enum=False, create_constraint=True, length=32)
    references = {
        "tenant_id": ("tenant.id", None),
        "source_id": ("gap.id", "CASCADE"),
        "target_id": ("gap.id", "CASCADE"),
        "person_id": ("person.id", None),
        "undone_by_id": ("person.id", None),
    }
    op.create_table(
        "gap_lineage",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("took_topic", sa.Boolean(), nullable=False),
        sa.Column("undone_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [target], name=op.f(f"fk_gap_lineage_{name}"), ondelete=gone)
            for name, (target, gone) in references.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_lineage")),
    )
    for name in ("source_id", "target_id", "person_id", "undone_by_id"):
        op.create_index(op.f(f"ix_gap_lineage_{name}"), "gap_lineage", [name])


def _create_moves() -> None:
    op.create_table(
        "gap_move",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lineage_id", sa.Integer(), nullable=False),
        sa.Column("part", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_gap_move_tenant_id")),
        sa.ForeignKeyConstraint(
            ["lineage_id"], ["gap_lineage.id"], name=op.f("fk_gap_move_lineage_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_move")),
    )
    op.create_index(op.f("ix_gap_move_lineage_id"), "gap_move", ["lineage_id"])
