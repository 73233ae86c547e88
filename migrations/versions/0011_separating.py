"""Gaps: what a merging moved is known by what it said, not by its row alone; two editors of an escalation."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("gap_move", sa.Column("said", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.add_column("escalation", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("escalation", "version")
    op.drop_column("gap_move", "said")
