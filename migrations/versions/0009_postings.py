"""The search index on PostgreSQL. It is a cache: the way back drops it, the next run of the indexer builds it anew."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = (
    "search_build",
    "search_audience",
    "search_facets",
    "search_document",
    "search_text",
    "search_posting",
    "search_term",
)


def upgrade() -> None:
    """Create the tables, on both databases alike."""
    texts = sa.JSON().with_variant(ARRAY(sa.Text()), "postgresql")
    bytewise = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "search_build",
        _tenant(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("lexicon", sa.Text(), nullable=False),
        *_owned_by_tenant("search_build"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_build")),
    )
    op.create_table(
        "search_audience",
        _tenant(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("build_id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("tokens", texts, nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("length", sa.Double(), nullable=False),
        *_owned_by_tenant("search_audience"),
        _owned_by("search_audience", "build_id", "search_build.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_audience")),
        sa.UniqueConstraint("build_id", "name", name=op.f("uq_search_audience_build_id_name")),
    )
    op.create_table(
        "search_facets",
        _tenant(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("build_id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("facets", texts, nullable=False),
        *_owned_by_tenant("search_facets"),
        _owned_by("search_facets", "build_id", "search_build.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_facets")),
        sa.UniqueConstraint("build_id", "name", name=op.f("uq_search_facets_build_id_name")),
    )
    op.create_table(
        "search_document",
        _tenant(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("build_id", sa.Integer(), nullable=False),
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column("facets_id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("name", bytewise, nullable=False),
        sa.Column("version", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.REAL(), nullable=False),
        *_owned_by_tenant("search_document"),
        _owned_by("search_document", "build_id", "search_build.id"),
        _owned_by("search_document", "audience_id", "search_audience.id"),
        _owned_by("search_document", "facets_id", "search_facets.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_document")),
        sa.UniqueConstraint("build_id", "kind", "key", name=op.f("uq_search_document_build_id_kind_key")),
    )
    op.create_index("ix_search_document_audience_id", "search_document", ["audience_id"])
    op.create_index("ix_search_document_facets_id", "search_document", ["facets_id"])
    op.create_index("ix_search_document_build_id_name", "search_document", ["build_id", "name"])
    op.create_table(
        "search_text",
        _tenant(),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("words", texts, nullable=False),
        *_owned_by_tenant("search_text"),
        _owned_by("search_text", "document_id", "search_document.id"),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_search_text")),
    )
    op.create_table(
        "search_posting",
        _tenant(),
        sa.Column("build_id", sa.Integer(), nullable=False),
        sa.Column("term", bytewise, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column("facets_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.REAL(), nullable=False),
        sa.Column("length", sa.REAL(), nullable=False),
        sa.Column("places", sa.Text(), nullable=True),
        _owned_by("search_posting", "document_id", "search_document.id"),
        sa.PrimaryKeyConstraint("build_id", "term", "document_id", name=op.f("pk_search_posting")),
    )
    op.create_index("ix_search_posting_document_id", "search_posting", ["document_id"])
    op.create_table(
        "search_term",
        _tenant(),
        sa.Column("build_id", sa.Integer(), nullable=False),
        sa.Column("term", bytewise, nullable=False),
        sa.Column("is_word", sa.Boolean(), nullable=False),
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        *_owned_by_tenant("search_term"),
        _owned_by("search_term", "build_id", "search_build.id"),
        sa.PrimaryKeyConstraint("build_id", "term", "is_word", "audience_id", name=op.f("pk_search_term")),
    )
    op.create_index("ix_search_term_build_id_since", "search_term", ["build_id", "since"])


def downgrade() -> None:
    """Drop them."""
    for name in reversed(TABLES):
        op.drop_table(name)


def _tenant() -> sa.Column[int]:
    return sa.Column("tenant_id", sa.Integer(), nullable=False)


def _owned_by_tenant(table: str) -> list[sa.ForeignKeyConstraint]:
    return [sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{table}_tenant_id"))]


def _owned_by(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")
