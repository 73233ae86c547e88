"""Workshops: planned by pages, invitations that were sent, and mails that carry a calendar part."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    """Add the columns and the log of invitations."""
    with op.batch_alter_table("workshop") as table:
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("cancelled_because", TEXT(), nullable=True))
    op.add_column("workshop_organisation", sa.Column("email", TEXT(length=254), nullable=True))
    op.add_column("mail_outbox", sa.Column("calendar", TEXT(), nullable=True))
    op.create_table(
        "workshop_invitation",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("recipient", TEXT(length=254), nullable=False),
        sa.Column(
            "method",
            sa.Enum("request", "cancel", name="method", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("mail_once", TEXT(length=96), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_workshop_invitation_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_workshop_invitation_person_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_workshop_invitation_tenant_id")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_invitation_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_invitation")),
        sa.UniqueConstraint(
            "workshop_id", "recipient", "sequence", name=op.f("uq_workshop_invitation_workshop_id_recipient_sequence")
        ),
    )
    for column in ("workshop_id", "organisation_id", "person_id"):
        op.create_index(op.f(f"ix_workshop_invitation_{column}"), "workshop_invitation", [column])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("workshop_invitation")
    op.drop_column("mail_outbox", "calendar")
    op.drop_column("workshop_organisation", "email")
    with op.batch_alter_table("workshop") as table:
        for column in ("cancelled_because", "revision", "version"):
            table.drop_column(column)
