"""Secret ballots: urns, their tellers, sealed envelopes, and the papers that a count publishes."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

STATES = ("prepared", "open", "counted", "given_up")


def upgrade() -> None:
    """Add the four tables."""
    _add_urns()
    op.create_table(
        "envelope",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("receipt", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_envelope_poll_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_envelope_seat_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_envelope_tenant_id")),
        sa.PrimaryKeyConstraint("poll_id", "seat_id", name=op.f("pk_envelope")),
    )
    op.create_index(op.f("ix_envelope_seat_id"), "envelope", ["seat_id"])
    op.create_table(
        "ballot_paper",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_ballot_paper_poll_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_ballot_paper_tenant_id")),
        sa.PrimaryKeyConstraint("poll_id", "position", name=op.f("pk_ballot_paper")),
    )


def _add_urns() -> None:
    op.create_table(
        "urn",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("key_name", sa.String(length=32), nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("paper_size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_urn_item_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_urn_poll_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_urn_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urn")),
        sa.UniqueConstraint("key_name", name=op.f("uq_urn_key_name")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_urn_poll_id")),
    )
    op.create_index(op.f("ix_urn_item_id"), "urn", ["item_id"])
    op.create_table(
        "urn_teller",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("urn_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_urn_teller_person_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_urn_teller_tenant_id")),
        sa.ForeignKeyConstraint(["urn_id"], ["urn.id"], name=op.f("fk_urn_teller_urn_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urn_teller")),
        sa.UniqueConstraint("urn_id", "person_id", name=op.f("uq_urn_teller_urn_id_person_id")),
        sa.UniqueConstraint("urn_id", "position", name=op.f("uq_urn_teller_urn_id_position")),
    )
    op.create_index(op.f("ix_urn_teller_person_id"), "urn_teller", ["person_id"])
    op.create_index(op.f("ix_urn_teller_urn_id"), "urn_teller", ["urn_id"])


def downgrade() -> None:
    """Take them away."""
    for name in ("urn_teller", "urn", "ballot_paper", "envelope"):
        op.drop_table(name)
