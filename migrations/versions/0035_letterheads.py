"""Letterheads and templates of a county, and what stands in the head of its PDFs."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

PURPOSES = ("letterhead", "invitation", "minutes", "extract", "cover_letter")


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "base_document",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(*PURPOSES, name="purpose", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("slot", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_base_document_body_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_base_document_by_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_base_document_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_document")),
        sa.UniqueConstraint("tenant_id", "slot", name=op.f("uq_base_document_tenant_id_slot")),
    )
    op.create_index(op.f("ix_base_document_body_id"), "base_document", ["body_id"])
    op.create_index(op.f("ix_base_document_by_id"), "base_document", ["by_id"])
    op.create_table(
        "page_head",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("slot", sa.String(length=64), nullable=True),
        sa.Column("lines", sa.String(), nullable=False),
        sa.Column("footer", sa.String(), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("logo_words", sa.String(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_page_head_body_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_page_head_by_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_page_head_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_head")),
        sa.UniqueConstraint("tenant_id", "slot", name=op.f("uq_page_head_tenant_id_slot")),
    )
    op.create_index(op.f("ix_page_head_body_id"), "page_head", ["body_id"])
    op.create_index(op.f("ix_page_head_by_id"), "page_head", ["by_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("page_head")
    op.drop_table("base_document")
