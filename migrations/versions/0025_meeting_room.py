"""The room of a meeting: how presences end, recusals with a class, spans of items, findings, speeches, captures."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

MODES = ("onsite", "remote")
DEPARTURES = ("left", "connection", "recused", "ended")
REASONS = ("interest", "relatives", "employment", "representation", "earlier_part", "concern")
OCCASIONS = ("stated", "vote", "lost", "regained")
SPEECHES = ("contribution", "point_of_order")
CAPTURED = ("note", "task", "motion")
RESULTS = ("adopted", "rejected", "withdrawn", "left_open")


def upgrade() -> None:
    """Add the columns and the tables."""
    _widen_presence()
    _widen_recusal()
    _add_rooms()
    _add_span("item_span", _reference("item_id", nullable=False), cascade=("item_id",))
    _add_span("interruption", sa.Column("reason", sa.String(), nullable=True))
    _add_findings()
    _add_speeches()
    _add_captured()


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _choice(name: str, values: tuple[str, ...], *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(name, kind, nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sqlmodel.sql.sqltypes.UTCDateTime(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _reference(name: str, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


_TARGETS = {"meeting_id": "meeting.id", "item_id": "agenda_item.id", "person_id": "person.id"}


def _table(name: str, *columns: sa.Column, cascade: tuple[str, ...] = (), unique: tuple[str, ...] = ()) -> None:
    """A table with the tenant, a number, its meeting and these columns; references are indexed."""
    references = ["meeting_id", *(column.name for column in columns if column.name in _TARGETS)]
    op.create_table(
        name,
        _number("tenant_id"),
        _number("id"),
        _number("meeting_id"),
        *columns,
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{name}_tenant_id")),
        *(
            sa.ForeignKeyConstraint(
                [each],
                [_TARGETS[each]],
                name=op.f(f"fk_{name}_{each}"),
                ondelete="CASCADE" if each in ("meeting_id", *cascade) else None,
            )
            for each in references
        ),
        *(sa.UniqueConstraint(each, name=op.f(f"uq_{name}_{each}")) for each in unique),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for each in references:
        if each not in unique:
            op.create_index(op.f(f"ix_{name}_{each}"), name, [each])


def _add_span(name: str, column: sa.Column, cascade: tuple[str, ...] = ()) -> None:
    _table(name, column, _moment("since"), _moment("until", nullable=True), cascade=cascade)
    with op.batch_alter_table(name) as table:
        table.create_check_constraint(op.f(f"ck_{name}_until_after_since"), "until IS NULL OR until >= since")


def _widen_presence() -> None:
    with op.batch_alter_table("presence") as table:
        table.drop_constraint(op.f("ck_presence_source"), type_="check")
        table.create_check_constraint(op.f("ck_presence_source"), "source IN ('self', 'clerk', 'qr')")
        table.add_column(sa.Column("mode", sa.String(length=32), nullable=False, server_default="onsite"))
        table.create_check_constraint(op.f("ck_presence_mode"), f"mode IN ({_listed(MODES)})")
        table.add_column(sa.Column("departure", sa.String(length=32), nullable=True))
        table.create_check_constraint(op.f("ck_presence_departure"), f"departure IN ({_listed(DEPARTURES)})")


def _widen_recusal() -> None:
    with op.batch_alter_table("recusal") as table:
        table.drop_constraint(op.f("uq_recusal_item_id_seat_id"), type_="unique")
        table.drop_constraint(op.f("ck_recusal_source"), type_="check")
        table.create_check_constraint(op.f("ck_recusal_source"), "source IN ('self', 'clerk', 'qr')")
        table.drop_column("reason")
    with op.batch_alter_table("recusal") as table:
        table.add_column(sa.Column("reason", sa.String(length=32), nullable=True))
        table.create_check_constraint(op.f("ck_recusal_reason"), f"reason IN ({_listed(REASONS)})")
        table.add_column(_moment("until", nullable=True))
        table.add_column(sa.Column("decided", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("left_room", sa.Boolean(), nullable=False, server_default=sa.false()))


def _add_rooms() -> None:
    flags = (_flag(name) for name in ("needs_code", "remote_allowed", "guests_out", "list_closed"))
    _table("meeting_room", *flags, _number("speaking_minutes"), unique=("meeting_id",))


def _add_findings() -> None:
    _table(
        "quorum_finding",
        _reference("item_id"),
        _moment("at"),
        _choice("occasion", OCCASIONS),
        _flag("reached"),
        *(_number(name) for name in ("present", "entitled", "needed")),
        sa.Column("kind", sa.String(length=32), nullable=False),
    )


def _add_speeches() -> None:
    _table(
        "speech",
        _reference("item_id"),
        _reference("person_id", nullable=False),
        _choice("kind", SPEECHES),
        _number("position"),
        _moment("asked_at"),
        _moment("began_at", nullable=True),
        _moment("ended_at", nullable=True),
        _flag("gone"),
    )


def _add_captured() -> None:
    _table(
        "captured",
        _reference("item_id"),
        _reference("person_id"),
        _choice("kind", CAPTURED),
        _moment("at"),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        _choice("result", RESULTS, nullable=True),
        *(_number(name, nullable=True) for name in ("in_favour", "against", "abstained")),
        _flag("dropped"),
        _number("version"),
    )


def downgrade() -> None:
    """Take them away; a code on the wall was seen by the person themselves."""
    for name in ("captured", "speech", "quorum_finding", "interruption", "item_span", "meeting_room"):
        op.drop_table(name)
    _narrow_recusal()
    op.execute("UPDATE presence SET source = 'self' WHERE source = 'qr'")
    with op.batch_alter_table("presence") as table:
        for name in ("departure", "mode"):
            table.drop_constraint(op.f(f"ck_presence_{name}"), type_="check")
            table.drop_column(name)
        table.drop_constraint(op.f("ck_presence_source"), type_="check")
        table.create_check_constraint(op.f("ck_presence_source"), "source IN ('self', 'clerk')")


def _narrow_recusal() -> None:
    op.execute("UPDATE recusal SET source = 'self' WHERE source = 'qr'")
    op.execute("DELETE FROM recusal WHERE id NOT IN (SELECT max(id) FROM recusal GROUP BY item_id, seat_id)")
    with op.batch_alter_table("recusal") as table:
        for name in ("left_room", "decided", "until"):
            table.drop_column(name)
        table.drop_constraint(op.f("ck_recusal_reason"), type_="check")
        table.drop_column("reason")
        table.drop_constraint(op.f("ck_recusal_source"), type_="check")
        table.create_check_constraint(op.f("ck_recusal_source"), "source IN ('self', 'clerk')")
        table.create_unique_constraint(op.f("uq_recusal_item_id_seat_id"), ["item_id", "seat_id"])
    with op.batch_alter_table("recusal") as table:
        table.add_column(sa.Column("reason", sa.String(), nullable=True))
