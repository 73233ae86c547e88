"""Publication: which bodies publish, and what was published of a meeting."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "oparl_body",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("first_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("modified_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_oparl_body_body_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_oparl_body_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oparl_body")),
        sa.UniqueConstraint("body_id", name=op.f("uq_oparl_body_body_id")),
    )
    op.create_index(op.f("ix_oparl_body_modified_at"), "oparl_body", ["modified_at"])
    op.create_table(
        "oparl_meeting",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("first_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("modified_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_oparl_meeting_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_oparl_meeting_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oparl_meeting")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_oparl_meeting_meeting_id")),
    )
    op.create_index(op.f("ix_oparl_meeting_first_at"), "oparl_meeting", ["first_at"])
    op.create_index(op.f("ix_oparl_meeting_modified_at"), "oparl_meeting", ["modified_at"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("oparl_meeting")
    op.drop_table("oparl_body")
