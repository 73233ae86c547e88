"""Reports of possible gaps, what was written about them, and apart from them how reporters can be reached."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the reports."""
    op.create_table(
        "report",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "held",
                "received",
                "in_review",
                "accepted",
                "declined",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("received_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("happened", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("wish", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column(
            "frequency",
            sa.Enum(
                "once",
                "several",
                "monthly",
                "weekly",
                "unknown",
                name="frequency",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("gap_id", sa.Integer(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["gap_id"], ["gap.id"], name=op.f("fk_report_gap_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_report_municipality_id")),
        sa.ForeignKeyConstraint(["reporter_id"], ["person.id"], name=op.f("fk_report_reporter_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_report_tenant_id_key")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_report_token_hash")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_gap_id"), ["gap_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_received_at"), ["received_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_reporter_id"), ["reporter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_state"), ["state"], unique=False)

    op.create_table(
        "report_contact",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("seed", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("erase_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_contact_report_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_contact_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_contact")),
        sa.UniqueConstraint("report_id", name=op.f("uq_report_contact_report_id")),
    )
    with op.batch_alter_table("report_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_contact_erase_on"), ["erase_on"], unique=False)

    op.create_table(
        "report_facet",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column(
            "facet",
            sa.Enum(
                "life_domain",
                "transition",
                "interface",
                name="facet",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_facet_report_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_facet_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_facet")),
        sa.UniqueConstraint("report_id", "facet", "key", name=op.f("uq_report_facet_report_id_facet_key")),
    )
    with op.batch_alter_table("report_facet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_facet_report_id"), ["report_id"], unique=False)

    op.create_table(
        "report_hit",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("hit", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("replace", "harmless", name="verdict", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_report_hit_person_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_hit_report_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_hit_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_hit")),
        sa.UniqueConstraint("report_id", "hit", name=op.f("uq_report_hit_report_id_hit")),
    )
    with op.batch_alter_table("report_hit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_hit_person_id"), ["person_id"], unique=False)

    op.create_table(
        "report_message",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "author",
            sa.Enum("reporter", "coordination", name="author", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_report_message_person_id")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_message_report_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_message_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_message")),
    )
    with op.batch_alter_table("report_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_message_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_message_report_id"), ["report_id"], unique=False)

    op.create_table(
        "report_step",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "held",
                "received",
                "in_review",
                "accepted",
                "declined",
                "withdrawn",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "target",
            sa.Enum(
                "held",
                "received",
                "in_review",
                "accepted",
                "declined",
                "withdrawn",
                name="target",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_report_step_person_id")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_step_report_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_report_step_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_step")),
    )
    with op.batch_alter_table("report_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_step_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_step_report_id"), ["report_id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("report_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_step_report_id"))
        batch_op.drop_index(batch_op.f("ix_report_step_person_id"))

    op.drop_table("report_step")
    with op.batch_alter_table("report_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_message_report_id"))
        batch_op.drop_index(batch_op.f("ix_report_message_person_id"))

    op.drop_table("report_message")
    with op.batch_alter_table("report_hit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_hit_person_id"))

    op.drop_table("report_hit")
    with op.batch_alter_table("report_facet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_facet_report_id"))

    op.drop_table("report_facet")
    with op.batch_alter_table("report_contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_contact_erase_on"))

    op.drop_table("report_contact")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_state"))
        batch_op.drop_index(batch_op.f("ix_report_reporter_id"))
        batch_op.drop_index(batch_op.f("ix_report_received_at"))
        batch_op.drop_index(batch_op.f("ix_report_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_report_gap_id"))

    op.drop_table("report")
