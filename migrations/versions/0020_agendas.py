"""Agendas: results without a decision, supplements, what goes on from an earlier meeting, why a meeting was called off."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

RESULTS = "'noted', 'deferred', 'referred', 'withdrawn', 'no_decision', 'not_reached'"


def upgrade() -> None:
    """Add the columns."""
    with op.batch_alter_table("meeting") as table:
        table.add_column(sa.Column("reason", sa.String(), nullable=True))
        table.add_column(sa.Column("urgency", sa.String(), nullable=True))
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("agenda_item") as table:
        table.add_column(sa.Column("result", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("result_note", sa.String(), nullable=True))
        table.add_column(sa.Column("supplement", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("carried_from_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        table.create_check_constraint(op.f("ck_agenda_item_result"), f"result IN ({RESULTS})")
        table.create_foreign_key(op.f("fk_agenda_item_carried_from_id"), "agenda_item", ["carried_from_id"], ["id"])
        table.create_index(op.f("ix_agenda_item_carried_from_id"), ["carried_from_id"])


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("agenda_item") as table:
        table.drop_index(op.f("ix_agenda_item_carried_from_id"))
        table.drop_constraint(op.f("fk_agenda_item_carried_from_id"), type_="foreignkey")
        table.drop_constraint(op.f("ck_agenda_item_result"), type_="check")
        for name in ("version", "carried_from_id", "supplement", "result_note", "result"):
            table.drop_column(name)
    with op.batch_alter_table("meeting") as table:
        for name in ("version", "urgency", "reason"):
            table.drop_column(name)
