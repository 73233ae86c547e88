"""Scoring before the meeting: a body's weights, scorings, sheets and marks; and the lot where a poll ends in a tie."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    _add_weights()
    _add_scorings()
    _add_sheets()
    _add_lots()
    op.drop_column("poll", "deadline")


def _add_lots() -> None:
    kind = sa.Enum("seed", "hand", native_enum=False, create_constraint=True, length=32, name="kind")
    op.create_table(
        "poll_lot",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("seed", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("kind", kind, nullable=True),
        sa.Column("drawn", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("drawn_by", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=True),
        sa.Column("drawn_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_lot_poll_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_poll_lot_recorded_by_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_poll_lot_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_lot")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_poll_lot_poll_id")),
    )
    op.create_index(op.f("ix_poll_lot_recorded_by_id"), "poll_lot", ["recorded_by_id"])


def _add_weights() -> None:
    op.create_table(
        "body_criterion",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight BETWEEN 0 AND 10", name=op.f("ck_body_criterion_weight_in_range")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_criterion_body_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_body_criterion_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_criterion")),
        sa.UniqueConstraint("body_id", "criterion", name=op.f("uq_body_criterion_body_id_criterion")),
    )
    op.create_index(op.f("ix_body_criterion_body_id"), "body_criterion", ["body_id"])


def _add_scorings() -> None:
    state = sa.Enum("open", "closed", "withdrawn", native_enum=False, create_constraint=True, length=32, name="state")
    op.create_table(
        "scoring",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("state", state, nullable=False),
        sa.Column("rule", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rule_sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("deadline", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("opened_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_scoring_item_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_scoring_opened_by_id")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_scoring_closed_by_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_scoring_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scoring")),
    )
    for column in ("item_id", "state", "opened_by_id", "closed_by_id"):
        op.create_index(op.f(f"ix_scoring_{column}"), "scoring", [column])


def _add_sheets() -> None:
    op.create_table(
        "scoring_sheet",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scoring_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_office", sa.Boolean(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scoring_id"], ["scoring.id"], name=op.f("fk_scoring_sheet_scoring_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_scoring_sheet_organisation_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_scoring_sheet_by_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_scoring_sheet_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scoring_sheet")),
        sa.UniqueConstraint("scoring_id", "organisation_id", name=op.f("uq_scoring_sheet_scoring_id_organisation_id")),
    )
    for column in ("scoring_id", "organisation_id", "by_id"):
        op.create_index(op.f(f"ix_scoring_sheet_{column}"), "scoring_sheet", [column])
    op.create_table(
        "scoring_mark",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=True),
        sa.CheckConstraint("mark IS NULL OR mark BETWEEN 0 AND 4", name=op.f("ck_scoring_mark_mark_in_range")),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["scoring_sheet.id"], name=op.f("fk_scoring_mark_sheet_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_scoring_mark_topic_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_scoring_mark_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scoring_mark")),
        sa.UniqueConstraint(
            "sheet_id", "topic_id", "criterion", name=op.f("uq_scoring_mark_sheet_id_topic_id_criterion")
        ),
    )
    for column in ("sheet_id", "topic_id"):
        op.create_index(op.f(f"ix_scoring_mark_{column}"), "scoring_mark", [column])


def downgrade() -> None:
    """Take them away; between meetings a body votes by circular, so no poll ever had a deadline."""
    op.add_column("poll", sa.Column("deadline", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    for table in ("poll_lot", "scoring_mark", "scoring_sheet", "scoring", "body_criterion"):
        op.drop_table(table)
