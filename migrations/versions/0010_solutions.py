"""Solutions: under which conditions they work, what did not, and whom to ask."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TEXTS = ("conditions", "shortfall", "contact_role")


def upgrade() -> None:
    """Add the columns."""
    with op.batch_alter_table("solution") as table:
        for name in TEXTS:
            table.add_column(sa.Column(name, sa.String(), nullable=True))
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("solution") as table:
        for name in ("version", *reversed(TEXTS)):
            table.drop_column(name)
