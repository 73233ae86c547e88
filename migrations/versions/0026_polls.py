"""Polls by every method and mode, decisions in writing between meetings."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

MODES = "'open', 'named', 'unnamed', 'secret', 'entered', 'paper'"
CIRCULAR_STATES = ("running", "stopped", "closed", "withdrawn")
DECISION_KINDS = ("concept", "membership", "rules", "report", "minutes")
VOICES = ("yes", "no", "abstain", "object")
Time = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    """Widen polls, add circulars."""
    _widen_polls()
    _add_circulars()


def _widen_polls() -> None:
    with op.batch_alter_table("poll") as table:
        table.add_column(sa.Column("mode", sa.String(length=32), nullable=False, server_default="unnamed"))
        for name in ("papers", "file", "void_reason"):
            table.add_column(sa.Column(name, sa.String(), nullable=True))
        for name in ("deadline", "voided_at"):
            table.add_column(sa.Column(name, Time(), nullable=True))
        table.add_column(sa.Column("file_sha256", sa.String(length=64), nullable=True))
        for name, target in (("voided_by_id", "person"), ("replaces_id", "poll")):
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
            table.create_foreign_key(op.f(f"fk_poll_{name}"), target, [name], ["id"])
            table.create_index(op.f(f"ix_poll_{name}"), [name])
        table.create_check_constraint(op.f("ck_poll_mode"), f"mode IN ({MODES})")
    with op.batch_alter_table("poll_option") as table:
        table.add_column(sa.Column("cost", sa.Integer(), nullable=True))
    with op.batch_alter_table("poll_entitlement") as table:
        table.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("weight", sa.Integer(), nullable=False, server_default="1"))
        table.create_foreign_key(op.f("fk_poll_entitlement_person_id"), "person", ["person_id"], ["id"])
        table.create_index(op.f("ix_poll_entitlement_person_id"), ["person_id"])
    with op.batch_alter_table("ballot") as table:
        table.add_column(sa.Column("answer", sa.String(), nullable=True))


def _enum(name: str, values: tuple[str, ...], *, nullable: bool = False) -> sa.Column:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(name, kind, nullable=nullable)


def _table(name: str, *columns: sa.Column, references: dict[str, str], **constraints: tuple[str, ...]) -> None:
    """A table of a county with its references; those to a row that owns it, marked by „!“, go with it."""
    keys = [
        sa.ForeignKeyConstraint(
            [column],
            [target.removesuffix("!")],
            name=op.f(f"fk_{name}_{column}"),
            ondelete="CASCADE" if target.endswith("!") else None,
        )
        for column, target in {**references, "tenant_id": "tenant.id"}.items()
    ]
    unique = [sa.UniqueConstraint(*names, name=op.f(f"uq_{name}_{'_'.join(names)}")) for names in constraints.values()]
    tenant, id_ = (sa.Column(column, sa.Integer(), nullable=False) for column in ("tenant_id", "id"))
    op.create_table(name, tenant, id_, *columns, *keys, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")), *unique)
    for column in references:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def _text(name: str, *, nullable: bool = False, length: int | None = None) -> sa.Column:
    return sa.Column(name, sa.String(length=length) if length else sa.String(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _time(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, Time(), nullable=nullable)


def _add_circulars() -> None:
    _table(
        "circular",
        _text("key", length=64),
        _number("body_id"),
        _text("title"),
        _text("text"),
        _text("reason", nullable=True),
        _enum("kind", DECISION_KINDS),
        _enum("state", CIRCULAR_STATES),
        _time("opened_at", nullable=False),
        _number("opened_by_id"),
        _time("deadline", nullable=False),
        _time("reminded_at"),
        _text("rule"),
        _text("rule_sha256", length=64),
        _time("closed_at"),
        _number("closed_by_id", nullable=True),
        _text("note", nullable=True),
        _text("tally", nullable=True),
        _text("tally_sha256", nullable=True, length=64),
        _text("file", nullable=True),
        _text("file_sha256", nullable=True, length=64),
        _number("decision_id", nullable=True),
        _number("reported_meeting_id", nullable=True),
        references={
            "body_id": "body.id",
            "opened_by_id": "person.id",
            "closed_by_id": "person.id",
            "decision_id": "decision.id",
            "reported_meeting_id": "meeting.id",
        },
        key=("tenant_id", "key"),
    )
    op.create_index(op.f("ix_circular_state"), "circular", ["state"])
    _table(
        "circular_voice",
        _number("circular_id"),
        _number("seat_id"),
        _number("organisation_id"),
        _enum("answer", VOICES, nullable=True),
        _text("reason", nullable=True),
        _number("answered_by_id", nullable=True),
        _time("answered_at"),
        references={
            "circular_id": "circular.id!",
            "seat_id": "seat.id",
            "organisation_id": "organisation.id",
            "answered_by_id": "person.id",
        },
        seat=("circular_id", "seat_id"),
    )


def downgrade() -> None:
    """Take them away."""
    for name in ("circular_voice", "circular"):
        op.drop_table(name)
    with op.batch_alter_table("ballot") as table:
        table.drop_column("answer")
    with op.batch_alter_table("poll_entitlement") as table:
        table.drop_index(op.f("ix_poll_entitlement_person_id"))
        table.drop_constraint(op.f("fk_poll_entitlement_person_id"), type_="foreignkey")
        table.drop_column("weight")
        table.drop_column("person_id")
    with op.batch_alter_table("poll_option") as table:
        table.drop_column("cost")
    with op.batch_alter_table("poll") as table:
        table.drop_constraint(op.f("ck_poll_mode"), type_="check")
        for name in ("voided_by_id", "replaces_id"):
            table.drop_index(op.f(f"ix_poll_{name}"))
            table.drop_constraint(op.f(f"fk_poll_{name}"), type_="foreignkey")
            table.drop_column(name)
        for name in ("mode", "papers", "file", "void_reason", "deadline", "voided_at", "file_sha256"):
            table.drop_column(name)
