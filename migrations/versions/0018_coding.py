"""Coding: categories, passages, codings, rounds."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

FIELDS = ("client_view", "station_text", "station_help", "question")
COLOURS = ("blue", "green", "orange", "purple", "red", "teal", "yellow", "grey")
ONE_TARGET = (
    "(category_id IS NOT NULL AND gap_id IS NULL AND finding_id IS NULL)"
    " OR (category_id IS NULL AND gap_id IS NOT NULL AND finding_id IS NULL)"
    " OR (category_id IS NULL AND gap_id IS NULL AND finding_id IS NOT NULL)"
)


def text(length: int | None = None) -> sqlmodel.sql.sqltypes.AutoString:
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def moment() -> sqlmodel.sql.sqltypes.UTCDateTime:
    return sqlmodel.sql.sqltypes.UTCDateTime()


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def to(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def indexes(table: str, *columns: str) -> None:
    with op.batch_alter_table(table) as changing:
        for column in columns:
            changing.create_index(op.f(f"ix_{table}_{column}"), [column], unique=False)


def upgrade() -> None:
    passages()
    categories()
    codings()
    rounds()


def passages() -> None:
    table = "coding_passage"
    op.create_table(
        table,
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", text(36), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("field", choice("field", *FIELDS), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        sa.Column("quote", text(), nullable=False),
        sa.Column("before", text(), nullable=False),
        sa.Column("after", text(), nullable=False),
        sa.Column("text_hash", text(64), nullable=False),
        sa.CheckConstraint("0 <= start_at AND start_at < end_at", name=op.f(f"ck_{table}_not_empty")),
        to(table, "case_id", "case.id", "CASCADE"),
        to(table, "station_id", "station.id", "SET NULL"),
        to(table, "question_id", "open_question.id", "SET NULL"),
        to(table, "tenant_id", "tenant.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("tenant_id", "guid", name=op.f(f"uq_{table}_tenant_id_guid")),
    )
    indexes(table, "case_id", "station_id", "question_id")


def categories() -> None:
    table = "coding_category"
    op.create_table(
        table,
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", text(64), nullable=False),
        sa.Column("guid", text(36), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", text(), nullable=False),
        sa.Column("definition", text(), nullable=False),
        sa.Column("rule", text(), nullable=True),
        sa.Column("example", text(), nullable=True),
        sa.Column("example_passage_id", sa.Integer(), nullable=True),
        sa.Column("colour", choice("colour", *COLOURS), nullable=False),
        sa.Column("symbol", text(2), nullable=False),
        sa.Column("state", choice("state", "active", "merged", "retired"), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'merged') = (merged_into_id IS NOT NULL)", name=op.f(f"ck_{table}_merged_somewhere")
        ),
        to(table, "parent_id", "coding_category.id"),
        to(table, "merged_into_id", "coding_category.id"),
        to(table, "example_passage_id", "coding_passage.id", "SET NULL"),
        to(table, "tenant_id", "tenant.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("tenant_id", "key", name=op.f(f"uq_{table}_tenant_id_key")),
        sa.UniqueConstraint("tenant_id", "guid", name=op.f(f"uq_{table}_tenant_id_guid")),
    )
    indexes(table, "parent_id", "merged_into_id", "example_passage_id")


def codings() -> None:
    op.create_table(
        "coding",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", text(36), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("target", text(32), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("gap_id", sa.Integer(), nullable=True),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("memo", text(), nullable=True),
        sa.Column("state", choice("state", "proposed", "confirmed", "changed"), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", moment(), nullable=True),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.Column("changed_at", moment(), nullable=False),
        sa.Column("removed_at", moment(), nullable=True),
        sa.CheckConstraint(ONE_TARGET, name=op.f("ck_coding_one_target")),
        to("coding", "passage_id", "coding_passage.id", "CASCADE"),
        to("coding", "category_id", "coding_category.id"),
        to("coding", "gap_id", "gap.id"),
        to("coding", "finding_id", "finding.id", "CASCADE"),
        to("coding", "coder_id", "person.id"),
        to("coding", "reviewer_id", "person.id"),
        to("coding", "replaced_by_id", "coding.id", "SET NULL"),
        to("coding", "tenant_id", "tenant.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding")),
        sa.UniqueConstraint(
            "passage_id", "target", "coder_id", "round", name=op.f("uq_coding_passage_id_target_coder_id_round")
        ),
        sa.UniqueConstraint("tenant_id", "guid", name=op.f("uq_coding_tenant_id_guid")),
    )
    columns = ("passage_id", "category_id", "gap_id", "finding_id", "coder_id", "reviewer_id", "replaced_by_id")
    indexes("coding", *columns)


def rounds() -> None:
    op.create_table(
        "coding_round",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", choice("state", "open", "closed"), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("opened_at", moment(), nullable=False),
        sa.Column("closed_at", moment(), nullable=True),
        to("coding_round", "case_id", "case.id", "CASCADE"),
        to("coding_round", "tenant_id", "tenant.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_round")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_coding_round_case_id_number")),
    )
    indexes("coding_round", "case_id")


def downgrade() -> None:
    for table in ("coding_round", "coding", "coding_category", "coding_passage"):
        op.drop_table(table)
