"""Topics: guiding question, contact, version and lineage."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LINEAGE = ("merged_into_id", "split_from_id")


def upgrade() -> None:
    """Add the columns."""
    with op.batch_alter_table("topic") as table:
        table.add_column(sa.Column("guiding_question", sa.String(), nullable=True))
        table.add_column(sa.Column("contact_role", sa.String(), nullable=True))
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        for name in LINEAGE:
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
        for name in LINEAGE:
            table.create_foreign_key(f"fk_topic_{name}", "topic", [name], ["id"])
            table.create_index(f"ix_topic_{name}", [name])


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("topic") as table:
        for name in reversed(LINEAGE):
            table.drop_index(f"ix_topic_{name}")
            table.drop_constraint(f"fk_topic_{name}", type_="foreignkey")
        for name in (*reversed(LINEAGE), "changed_at", "version", "contact_role", "guiding_question"):
            table.drop_column(name)
