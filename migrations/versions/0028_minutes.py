"""Minutes with revisions, signatures, objections, kept files and text modules; the control of decisions."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
STATES = ("open", "in_progress", "continuous", "blocked", "done_reported", "closed_noted", "superseded")
PURPOSES = (
    "signed_docx",
    "signed_pdf",
    "public_docx",
    "public_pdf",
    "extract_docx",
    "extract_pdf",
    "scan",
)


def one_of(name: str, *values: str, nullable: bool = False) -> sa.Column:
    """A closed list as text with a CHECK."""
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(name, kind, nullable=nullable)


def number(name: str, *, nullable: bool = False) -> sa.Column:
    """A column of whole numbers."""
    return sa.Column(name, sa.Integer(), nullable=nullable)


def text(name: str, length: int | None = None, *, nullable: bool = False) -> sa.Column:
    """A column of text."""
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    """A column of moments."""
    return sa.Column(name, MOMENT(), nullable=nullable)


def day(name: str) -> sa.Column:
    """A column of days."""
    return sa.Column(name, sa.Date(), nullable=True)


def to(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    """A reference."""
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def create(table: str, *parts: sa.schema.SchemaItem, index: tuple[str, ...] = ()) -> None:
    """A table that begins like all of them, with its indexes."""
    op.create_table(
        table,
        number("tenant_id"),
        number("id"),
        *parts,
        to(table, "tenant_id", "tenant"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in index:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    """Add the columns and tables."""
    with op.batch_alter_table("minutes") as table:
        table.add_column(sa.Column("kind", sa.String(length=32), nullable=False, server_default="result"))
        for column in (
            moment("circulated_at", nullable=True),
            day("objections_until"),
            text("content_sha256", 64, nullable=True),
            moment("signed_at", nullable=True),
            day("adopted_on"),
            number("adopted_in_id", nullable=True),
            text("distribution", nullable=True),
            text("annexes", nullable=True),
        ):
            table.add_column(column)
        table.create_check_constraint(op.f("ck_minutes_kind"), "kind IN ('result', 'condensed')")
        table.create_foreign_key(op.f("fk_minutes_adopted_in_id"), "meeting", ["adopted_in_id"], ["id"])
        table.create_index(op.f("ix_minutes_adopted_in_id"), ["adopted_in_id"])
    with op.batch_alter_table("minutes_block") as table:
        table.add_column(text("drawn_from", nullable=True))
    _writing()
    _signing()
    _following_up()


def _writing() -> None:
    create(
        "minutes_revision",
        number("block_id"),
        number("revision"),
        text("text"),
        number("by_id", nullable=True),
        moment("at"),
        to("minutes_revision", "block_id", "minutes_block", "CASCADE"),
        to("minutes_revision", "by_id", "person"),
        sa.UniqueConstraint("block_id", "revision", name=op.f("uq_minutes_revision_block_id_revision")),
        index=("by_id",),
    )
    create(
        "text_module",
        number("body_id"),
        text("title"),
        text("text"),
        number("position"),
        number("version"),
        to("text_module", "body_id", "body", "CASCADE"),
        index=("body_id",),
    )


def _signing() -> None:
    create(
        "minutes_signature",
        number("minutes_id"),
        one_of("role", "chair", "clerk"),
        number("person_id"),
        text("name"),
        moment("at"),
        text("content_sha256", 64),
        sa.Column("refused", sa.Boolean(), nullable=False),
        text("reason", nullable=True),
        to("minutes_signature", "minutes_id", "minutes", "CASCADE"),
        to("minutes_signature", "person_id", "person"),
        sa.UniqueConstraint("minutes_id", "role", name=op.f("uq_minutes_signature_minutes_id_role")),
        index=("person_id",),
    )
    create(
        "minutes_objection",
        number("minutes_id"),
        number("item_id", nullable=True),
        number("person_id"),
        text("name"),
        moment("at"),
        text("text"),
        one_of("treatment", "noted", "correction_adopted", "rejected", nullable=True),
        text("note", nullable=True),
        number("treated_in_id", nullable=True),
        moment("treated_at", nullable=True),
        number("treated_by_id", nullable=True),
        to("minutes_objection", "minutes_id", "minutes", "CASCADE"),
        to("minutes_objection", "item_id", "agenda_item"),
        to("minutes_objection", "person_id", "person"),
        to("minutes_objection", "treated_in_id", "meeting"),
        to("minutes_objection", "treated_by_id", "person"),
        index=("minutes_id", "item_id", "person_id", "treated_in_id", "treated_by_id"),
    )
    create(
        "kept_file",
        number("minutes_id"),
        number("decision_id", nullable=True),
        one_of("purpose", *PURPOSES),
        text("name"),
        text("sha256", 64),
        number("size"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        moment("at"),
        number("by_id", nullable=True),
        to("kept_file", "minutes_id", "minutes", "CASCADE"),
        to("kept_file", "decision_id", "decision"),
        to("kept_file", "by_id", "person"),
        index=("minutes_id", "decision_id", "sha256", "by_id"),
    )


def _following_up() -> None:
    references = {
        "meeting_id": "meeting",
        "item_id": "agenda_item",
        "decision_id": "decision",
        "organisation_id": "organisation",
        "person_id": "person",
        "superseded_by_id": "decision",
        "noted_in_id": "meeting",
    }
    create(
        "decision_task",
        text("key", 64),
        number("body_id"),
        *(number(name, nullable=True) for name in references),
        number("captured_id", nullable=True),
        text("text"),
        day("due"),
        one_of("state", *STATES),
        text("reason", nullable=True),
        moment("created_at"),
        day("reminded_for"),
        number("version"),
        to("decision_task", "body_id", "body", "CASCADE"),
        to("decision_task", "captured_id", "captured", "SET NULL"),
        *(to("decision_task", name, target) for name, target in references.items()),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_decision_task_tenant_id_key")),
        sa.UniqueConstraint("captured_id", name=op.f("uq_decision_task_captured_id")),
        index=("body_id", *references, "due", "state"),
    )
    create(
        "task_report",
        number("task_id"),
        moment("at"),
        number("person_id"),
        number("organisation_id", nullable=True),
        one_of("state", *STATES),
        day("due"),
        text("text"),
        to("task_report", "task_id", "decision_task", "CASCADE"),
        to("task_report", "person_id", "person"),
        to("task_report", "organisation_id", "organisation"),
        index=("task_id", "person_id", "organisation_id"),
    )


def downgrade() -> None:
    """Take them away."""
    for name in (
        "task_report",
        "decision_task",
        "kept_file",
        "minutes_objection",
        "minutes_signature",
        "text_module",
        "minutes_revision",
    ):
        op.drop_table(name)
    with op.batch_alter_table("minutes_block") as table:
        table.drop_column("drawn_from")
    with op.batch_alter_table("minutes") as table:
        table.drop_index(op.f("ix_minutes_adopted_in_id"))
        table.drop_constraint(op.f("fk_minutes_adopted_in_id"), type_="foreignkey")
        table.drop_constraint(op.f("ck_minutes_kind"), type_="check")
        for name in (
            "annexes",
            "distribution",
            "adopted_in_id",
            "adopted_on",
            "signed_at",
            "content_sha256",
            "objections_until",
            "circulated_at",
            "kind",
        ):
            table.drop_column(name)
