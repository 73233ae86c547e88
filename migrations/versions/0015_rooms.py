"""Reconstruction: the live room, its people and phases."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Create the three tables of a live room."""
    _create_room()
    _create_participant()
    _create_phase()


def _create_room() -> None:
    op.create_table(
        "workshop_room",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("code", TEXT(length=8), nullable=True),
        sa.Column("code_until", MOMENT(), nullable=True),
        sa.Column("workshop_case_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_workshop_room_opened_by_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_workshop_room_tenant_id")),
        sa.ForeignKeyConstraint(
            ["workshop_case_id"],
            ["workshop_case.id"],
            name=op.f("fk_workshop_room_workshop_case_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_room_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_room")),
        sa.UniqueConstraint("code", name=op.f("uq_workshop_room_code")),
        sa.UniqueConstraint("workshop_id", name=op.f("uq_workshop_room_workshop_id")),
    )
    for column in ("opened_by_id", "workshop_case_id"):
        op.create_index(op.f(f"ix_workshop_room_{column}"), "workshop_room", [column])


def _create_participant() -> None:
    op.create_table(
        "workshop_participant",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", TEXT(length=80), nullable=False),
        sa.Column(
            "role",
            _enum(
                "role", "moderator", "minutes", "case_giver", "resonance", "timekeeper", "own_experience", "projector"
            ),
            nullable=False,
        ),
        sa.Column("state", _enum("state", "waiting", "admitted", "refused", "left"), nullable=False),
        sa.Column("token_hash", TEXT(length=64), nullable=True),
        sa.Column("confirmed_at", MOMENT(), nullable=True),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("hand_at", MOMENT(), nullable=True),
        sa.Column("joined_at", MOMENT(), nullable=False),
        sa.Column("seen_at", MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_workshop_participant_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_workshop_participant_person_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_workshop_participant_tenant_id")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_participant_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_participant")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_workshop_participant_token_hash")),
        sa.UniqueConstraint("workshop_id", "person_id", name=op.f("uq_workshop_participant_workshop_id_person_id")),
    )
    for column in ("organisation_id", "person_id", "workshop_id"):
        op.create_index(op.f(f"ix_workshop_participant_{column}"), "workshop_participant", [column])


def _create_phase() -> None:
    op.create_table(
        "workshop_phase",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_case_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            _enum(
                "kind",
                "arrival",
                "presentation",
                "questions",
                "timeline",
                "cards",
                "resonance",
                "clusters",
                "check",
                "dots",
                "closing",
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("started_at", MOMENT(), nullable=True),
        sa.Column("ends_at", MOMENT(), nullable=True),
        sa.Column("seconds_left", sa.Integer(), nullable=True),
        sa.Column("done_at", MOMENT(), nullable=True),
        sa.Column("stations_shown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_workshop_phase_tenant_id")),
        sa.ForeignKeyConstraint(
            ["workshop_case_id"],
            ["workshop_case.id"],
            name=op.f("fk_workshop_phase_workshop_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_phase")),
        sa.UniqueConstraint("workshop_case_id", "position", name=op.f("uq_workshop_phase_workshop_case_id_position")),
    )
    op.create_index(op.f("ix_workshop_phase_workshop_case_id"), "workshop_phase", ["workshop_case_id"])


def downgrade() -> None:
    """Drop them, in the opposite order."""
    for table in ("workshop_phase", "workshop_participant", "workshop_room"):
        op.drop_table(table)
