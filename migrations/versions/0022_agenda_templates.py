"""Agendas: templates, parts, amendments."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

PARTS = ("public", "non_public")
KINDS = ("procedural", "decision", "report", "discussion", "vote")
ITEM = ("part", "referred_to_id", "suggestion")


def one_of(name: str, *values: str) -> sa.Enum:
    """A closed list as text with a CHECK."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def listed(column: str, *values: str) -> str:
    """The condition of a CHECK."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def own(table: str) -> list[sa.schema.SchemaItem]:
    """The columns that each table begins with, and their constraints."""
    return [
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{table}_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def to(table: str, column: str, target: str, *, owned: bool = False) -> sa.ForeignKeyConstraint:
    """A reference."""
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE" if owned else None)


def upgrade() -> None:
    """Add columns and tables; the announced numbers of meetings that took place are those they were held under."""
    _numbers()
    with op.batch_alter_table("agenda_item") as table:
        table.add_column(sa.Column("part", sa.String(length=32), nullable=False, server_default="public"))
        table.add_column(sa.Column("referred_to_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("suggestion", sa.String(length=120), nullable=True))
        table.create_check_constraint(op.f("ck_agenda_item_part"), listed("part", *PARTS))
        table.create_foreign_key(op.f("fk_agenda_item_referred_to_id"), "body", ["referred_to_id"], ["id"])
        table.create_index(op.f("ix_agenda_item_referred_to_id"), ["referred_to_id"])
        table.create_index(op.f("ix_agenda_item_suggestion"), ["suggestion"])
    with op.batch_alter_table("body_rules") as table:
        table.add_column(sa.Column("part_numbering", sa.String(length=32), nullable=False, server_default="through"))
        table.add_column(sa.Column("hidden_part", sa.String(length=32), nullable=False, server_default="headings"))
        table.create_check_constraint(
            op.f("ck_body_rules_part_numbering"), listed("part_numbering", "through", "restart")
        )
        table.create_check_constraint(op.f("ck_body_rules_hidden_part"), listed("hidden_part", "headings", "nothing"))
    _tables()


def _numbers() -> None:
    with op.batch_alter_table("meeting") as table:
        table.add_column(sa.Column("held_number", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE meeting SET held_number = number WHERE state IN ('held', 'closed') AND NOT EXISTS (SELECT 1 FROM"
        " meeting AS other WHERE other.body_id = meeting.body_id AND other.number = meeting.number"
        " AND other.id < meeting.id AND other.state IN ('held', 'closed'))"
    )
    with op.batch_alter_table("meeting") as table:
        table.create_unique_constraint(op.f("uq_meeting_body_id_held_number"), ["body_id", "held_number"])


def _tables() -> None:
    op.create_table(
        "agenda_template_item",
        *own("agenda_template_item"),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("place", one_of("place", "opening", "closing"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", one_of("kind", *KINDS), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("part", one_of("part", *PARTS), nullable=False),
        to("agenda_template_item", "body_id", "body", owned=True),
    )
    op.create_index(op.f("ix_agenda_template_item_body_id"), "agenda_template_item", ["body_id"])
    op.create_table(
        "meeting_amendment",
        *own("meeting_amendment"),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        to("meeting_amendment", "meeting_id", "meeting", owned=True),
        to("meeting_amendment", "item_id", "agenda_item", owned=True),
        to("meeting_amendment", "person_id", "person"),
    )
    for name in ("meeting_id", "item_id", "person_id"):
        op.create_index(op.f(f"ix_meeting_amendment_{name}"), "meeting_amendment", [name])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("meeting_amendment")
    op.drop_table("agenda_template_item")
    with op.batch_alter_table("body_rules") as table:
        table.drop_constraint(op.f("ck_body_rules_hidden_part"), type_="check")
        table.drop_constraint(op.f("ck_body_rules_part_numbering"), type_="check")
        table.drop_column("hidden_part")
        table.drop_column("part_numbering")
    with op.batch_alter_table("agenda_item") as table:
        table.drop_index(op.f("ix_agenda_item_suggestion"))
        table.drop_index(op.f("ix_agenda_item_referred_to_id"))
        table.drop_constraint(op.f("fk_agenda_item_referred_to_id"), type_="foreignkey")
        table.drop_constraint(op.f("ck_agenda_item_part"), type_="check")
        for name in reversed(ITEM):
            table.drop_column(name)
    with op.batch_alter_table("meeting") as table:
        table.drop_constraint(op.f("uq_meeting_body_id_held_number"), type_="unique")
        table.drop_column("held_number")
