"""Bodies: their changes are kept, two editors do not overwrite each other."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KINDS = ("founded", "head", "rules", "seat_added", "seat_ended", "holders")


def upgrade() -> None:
    """Add the history and the version."""
    with op.batch_alter_table("body") as table:
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "body_change",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind", sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=32), nullable=False
        ),
        sa.Column("changes", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_change_body_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_body_change_person_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_body_change_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_change")),
    )
    op.create_index(op.f("ix_body_change_body_id"), "body_change", ["body_id"])
    op.create_index(op.f("ix_body_change_person_id"), "body_change", ["person_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("body_change")
    with op.batch_alter_table("body") as table:
        table.drop_column("version")
