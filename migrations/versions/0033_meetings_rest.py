"""How a meeting is joined from afar: an address and a telephone number."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both to the meeting."""
    with op.batch_alter_table("meeting") as meeting:
        meeting.add_column(sa.Column("dial_in_url", sa.String(length=500), nullable=True))
        meeting.add_column(sa.Column("dial_in_phone", sa.String(length=160), nullable=True))


def downgrade() -> None:
    """Drop both."""
    with op.batch_alter_table("meeting") as meeting:
        meeting.drop_column("dial_in_phone")
        meeting.drop_column("dial_in_url")
