"""Extracts that went back to where a paper came from; minutes that were kept so far tell the contributions."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table. Minutes printed every text until now, whatever their kind said: their kind says so from now on."""
    moment = sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table(
        "extract_return",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("noted_at", moment(), nullable=True),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_extract_return_tenant_id")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_extract_return_decision_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_extract_return_paper_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_extract_return_organisation_id")
        ),
        sa.ForeignKeyConstraint(["noted_by_id"], ["person.id"], name=op.f("fk_extract_return_noted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extract_return")),
        sa.UniqueConstraint("decision_id", "paper_id", name=op.f("uq_extract_return_decision_id_paper_id")),
    )
    for column in ("paper_id", "organisation_id", "noted_by_id"):
        op.create_index(op.f(f"ix_extract_return_{column}"), "extract_return", [column])
    with op.batch_alter_table("minutes") as table:
        table.alter_column("kind", existing_type=sa.String(length=32), server_default="condensed")
    op.execute("UPDATE minutes SET kind = 'condensed'")


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("minutes") as table:
        table.alter_column("kind", existing_type=sa.String(length=32), server_default="result")
    op.drop_table("extract_return")
