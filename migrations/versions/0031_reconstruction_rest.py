"""Stations that the round added in a workshop: the review looks at them."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of a case to which one was added before, nobody can say which, so none is marked."""
    with op.batch_alter_table("station") as table:
        table.add_column(sa.Column("added_live", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("station") as table:
        table.drop_column("added_live")
