"""Cases: erasure with proof, and what comes after a workshop."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
WHY = ("withdrawal", "retention", "request")


def upgrade() -> None:
    """Create the proof of erasure and the review; a case keeps the organisation that gave it."""
    _create_erasure()
    _create_lost_evidence()
    _create_review()
    # As one statement: a table that is made anew would take along everything that hangs on it.
    op.execute(
        'ALTER TABLE "case" ADD COLUMN giver_organisation_id INTEGER'
        " CONSTRAINT fk_case_giver_organisation_id REFERENCES organisation (id)"
    )
    op.create_index(op.f("ix_case_giver_organisation_id"), "case", ["giver_organisation_id"])


def _create_erasure() -> None:
    op.create_table(
        "case_erasure",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_key", TEXT(length=64), nullable=False),
        sa.Column(
            "why", sa.Enum(*WHY, name="why", native_enum=False, create_constraint=True, length=32), nullable=False
        ),
        sa.Column("at", MOMENT(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("rows", TEXT(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_erasure_person_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_case_erasure_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_erasure")),
    )
    for column in ("at", "person_id"):
        op.create_index(op.f(f"ix_case_erasure_{column}"), "case_erasure", [column])


def _create_lost_evidence() -> None:
    op.create_table(
        "lost_evidence",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.Column("erasure_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["erasure_id"], ["case_erasure.id"], name=op.f("fk_lost_evidence_erasure_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["gap_id"], ["gap.id"], name=op.f("fk_lost_evidence_gap_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_lost_evidence_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lost_evidence")),
        sa.UniqueConstraint("gap_id", "erasure_id", name=op.f("uq_lost_evidence_gap_id_erasure_id")),
    )
    for column in ("erasure_id", "gap_id"):
        op.create_index(op.f(f"ix_lost_evidence_{column}"), "lost_evidence", [column])


def _create_review() -> None:
    op.create_table(
        "workshop_review",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("ready_by_id", sa.Integer(), nullable=False),
        sa.Column("ready_at", MOMENT(), nullable=False),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("released_at", MOMENT(), nullable=True),
        sa.ForeignKeyConstraint(["ready_by_id"], ["person.id"], name=op.f("fk_workshop_review_ready_by_id")),
        sa.ForeignKeyConstraint(["released_by_id"], ["person.id"], name=op.f("fk_workshop_review_released_by_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_workshop_review_tenant_id")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_review_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_review")),
        sa.UniqueConstraint("workshop_id", name=op.f("uq_workshop_review_workshop_id")),
    )
    for column in ("ready_by_id", "released_by_id"):
        op.create_index(op.f(f"ix_workshop_review_{column}"), "workshop_review", [column])


def downgrade() -> None:
    """Take them away."""
    op.drop_index(op.f("ix_case_giver_organisation_id"), "case")
    op.drop_column("case", "giver_organisation_id")
    for table in ("workshop_review", "lost_evidence", "case_erasure"):
        op.drop_table(table)
