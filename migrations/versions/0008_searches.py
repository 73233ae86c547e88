"""Synonyms, saved and recent searches."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = ("gap", "topic", "solution", "decision", "agreement", "meeting", "document")


def upgrade() -> None:
    op.create_table(
        "search_synonym",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("one_way", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("shipped", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_search_synonym_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_synonym")),
        sa.UniqueConstraint("tenant_id", "shipped", name=op.f("uq_search_synonym_tenant_id_shipped")),
    )
    op.create_table(
        "search_recent",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_search_recent_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_search_recent_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_recent")),
        sa.UniqueConstraint("person_id", "text", name=op.f("uq_search_recent_person_id_text")),
    )
    with op.batch_alter_table("search_recent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_recent_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_search_recent_person_id"), ["person_id"], unique=False)
    op.create_table(
        "search_saved",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("parameters", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("notify", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_search_saved_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_search_saved_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_saved")),
    )
    with op.batch_alter_table("search_saved", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_saved_person_id"), ["person_id"], unique=False)
    op.create_table(
        "search_saved_hit",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saved_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("found_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["saved_id"], ["search_saved.id"], name=op.f("fk_search_saved_hit_saved_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_search_saved_hit_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_saved_hit")),
        sa.UniqueConstraint("saved_id", "kind", "key", name=op.f("uq_search_saved_hit_saved_id_kind_key")),
    )
    with op.batch_alter_table("search_saved_hit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_saved_hit_saved_id"), ["saved_id"], unique=False)


def downgrade() -> None:
    for table in ("search_saved_hit", "search_saved", "search_recent", "search_synonym"):
        op.drop_table(table)
