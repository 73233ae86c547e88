"""Invitations: the notice period as a rule, letters, answers, calendars, finding a date."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

UNITS = "'calendar', 'full', 'working'"
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def one_of(name: str, *values: str) -> sa.Enum:
    """A closed list as text with a CHECK."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


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


def number(name: str, *, nullable: bool = False) -> sa.Column:
    """A column of whole numbers."""
    return sa.Column(name, sa.Integer(), nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    """A column of moments."""
    return sa.Column(name, MOMENT(), nullable=nullable)


def text(name: str, length: int | None = None, *, nullable: bool = False) -> sa.Column:
    """A column of text."""
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def upgrade() -> None:
    """Add the columns and tables."""
    with op.batch_alter_table("body_rules") as table:
        table.add_column(sa.Column("notice_unit", sa.String(length=32), nullable=False, server_default="calendar"))
        table.add_column(sa.Column("counts_send_day", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("counts_meeting_day", sa.Boolean(), nullable=False, server_default=sa.true()))
        table.add_column(number("urgent_days", nullable=True))
        table.add_column(text("urgent_unit", 32, nullable=True))
        table.add_column(number("supplement_days", nullable=True))
        table.create_check_constraint(op.f("ck_body_rules_notice_unit"), f"notice_unit IN ({UNITS})")
        table.create_check_constraint(op.f("ck_body_rules_urgent_unit"), f"urgent_unit IN ({UNITS})")
    _letters()
    _answers()
    _calendars()
    _dates()


def _letters() -> None:
    op.create_table(
        "meeting_letter",
        *own("meeting_letter"),
        number("meeting_id"),
        number("person_id"),
        text("recipient", 254),
        sa.Column("kind", one_of("kind", "invitation", "change", "supplement", "cancellation"), nullable=False),
        number("sequence"),
        text("plan", 64),
        number("supplements"),
        moment("at"),
        text("mail_once", 96),
        moment("bounced_at", nullable=True),
        to("meeting_letter", "meeting_id", "meeting", owned=True),
        to("meeting_letter", "person_id", "person"),
    )
    for name in ("meeting_id", "person_id", "mail_once"):
        op.create_index(op.f(f"ix_meeting_letter_{name}"), "meeting_letter", [name])


def _answers() -> None:
    op.create_table(
        "meeting_answer",
        *own("meeting_answer"),
        number("meeting_id"),
        number("seat_id", nullable=True),
        number("person_id"),
        sa.Column("kind", one_of("kind", "accepted", "declined", "deputy"), nullable=False),
        number("by_id"),
        moment("at"),
        to("meeting_answer", "meeting_id", "meeting", owned=True),
        to("meeting_answer", "seat_id", "seat", owned=True),
        to("meeting_answer", "person_id", "person"),
        to("meeting_answer", "by_id", "person"),
        sa.UniqueConstraint("meeting_id", "seat_id", name=op.f("uq_meeting_answer_meeting_id_seat_id")),
    )
    for name in ("meeting_id", "seat_id", "person_id", "by_id"):
        op.create_index(op.f(f"ix_meeting_answer_{name}"), "meeting_answer", [name])


def _calendars() -> None:
    op.create_table(
        "calendar_address",
        *own("calendar_address"),
        number("person_id"),
        text("secret_hash", 64),
        moment("created_at"),
        to("calendar_address", "person_id", "person", owned=True),
        sa.UniqueConstraint("person_id", name=op.f("uq_calendar_address_person_id")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_address_secret_hash")),
    )


def _dates() -> None:
    op.create_table(
        "date_poll",
        *own("date_poll"),
        number("body_id"),
        text("title"),
        text("place", nullable=True),
        sa.Column("answer_until", sa.Date(), nullable=True),
        sa.Column("state", one_of("state", "open", "picked", "dropped"), nullable=False),
        number("meeting_id", nullable=True),
        number("by_id"),
        moment("at"),
        to("date_poll", "body_id", "body", owned=True),
        to("date_poll", "meeting_id", "meeting"),
        to("date_poll", "by_id", "person"),
    )
    for name in ("body_id", "state", "meeting_id", "by_id"):
        op.create_index(op.f(f"ix_date_poll_{name}"), "date_poll", [name])
    op.create_table(
        "date_option",
        *own("date_option"),
        number("poll_id"),
        sa.Column("date", sa.Date(), nullable=False),
        moment("starts_at"),
        moment("ends_at"),
        to("date_option", "poll_id", "date_poll", owned=True),
        sa.UniqueConstraint("poll_id", "starts_at", name=op.f("uq_date_option_poll_id_starts_at")),
    )
    op.create_index(op.f("ix_date_option_poll_id"), "date_option", ["poll_id"])
    op.create_table(
        "date_answer",
        *own("date_answer"),
        number("option_id"),
        number("person_id"),
        sa.Column("choice", one_of("choice", "yes", "maybe", "no"), nullable=False),
        moment("at"),
        to("date_answer", "option_id", "date_option", owned=True),
        to("date_answer", "person_id", "person", owned=True),
        sa.UniqueConstraint("option_id", "person_id", name=op.f("uq_date_answer_option_id_person_id")),
    )
    for name in ("option_id", "person_id"):
        op.create_index(op.f(f"ix_date_answer_{name}"), "date_answer", [name])


def downgrade() -> None:
    """Take them away."""
    for name in ("date_answer", "date_option", "date_poll", "calendar_address", "meeting_answer", "meeting_letter"):
        op.drop_table(name)
    with op.batch_alter_table("body_rules") as table:
        table.drop_constraint(op.f("ck_body_rules_urgent_unit"), type_="check")
        table.drop_constraint(op.f("ck_body_rules_notice_unit"), type_="check")
        for name in (
            "supplement_days",
            "urgent_unit",
            "urgent_days",
            "counts_meeting_day",
            "counts_send_day",
            "notice_unit",
        ):
            table.drop_column(name)
