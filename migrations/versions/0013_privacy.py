"""Privacy: what people decided about passages."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "privacy_decision",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("field", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("hit", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("replace", "harmless", name="verdict", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_privacy_decision_person_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_privacy_decision_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_decision")),
        sa.UniqueConstraint(
            "kind",
            "thing_id",
            "field",
            "hit",
            "person_id",
            name=op.f("uq_privacy_decision_kind_thing_id_field_hit_person_id"),
        ),
    )
    with op.batch_alter_table("privacy_decision") as batch:
        batch.create_index(batch.f("ix_privacy_decision_person_id"), ["person_id"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("privacy_decision")
