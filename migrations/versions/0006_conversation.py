"""Versions, comments, watching, digests, outgoing mail.

A kept version is never altered; it can be deleted, because a name that slipped into a text must be erasable.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_POSTGRES = (
    """
    CREATE FUNCTION kept_version_stays() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'kept versions are not altered'; END $$
    """,
    """
    CREATE TRIGGER kept_version_stays BEFORE UPDATE ON kept_version
    FOR EACH ROW EXECUTE FUNCTION kept_version_stays()
    """,
)
_SQLITE = (
    """
    CREATE TRIGGER kept_version_stays BEFORE UPDATE ON kept_version
    BEGIN SELECT RAISE(ABORT, 'kept versions are not altered'); END
    """,
)


def upgrade() -> None:
    """Create the tables, and see to it that versions stay as they are."""
    op.create_table(
        "mail_outbox",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("unsubscribe", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("once", sqlmodel.sql.sqltypes.AutoString(length=96), nullable=True),
        sa.Column("message_id", sqlmodel.sql.sqltypes.AutoString(length=128), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "sent", "failed", name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("claimed_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("sent_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("problem", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_mail_outbox_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_outbox")),
        sa.UniqueConstraint("tenant_id", "once", name=op.f("uq_mail_outbox_tenant_id_once")),
    )
    with op.batch_alter_table("mail_outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_outbox_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_mail_outbox_state"), ["state"], unique=False)

    op.create_table(
        "comment",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("edited_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("removed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.Column("resolved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("resolved_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["comment.id"], name=op.f("fk_comment_parent_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_comment_person_id")),
        sa.ForeignKeyConstraint(["removed_by_id"], ["person.id"], name=op.f("fk_comment_removed_by_id")),
        sa.ForeignKeyConstraint(["resolved_by_id"], ["person.id"], name=op.f("fk_comment_resolved_by_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_comment_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_at"), ["at"], unique=False)
        batch_op.create_index("ix_comment_kind_thing_id", ["kind", "thing_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_removed_by_id"), ["removed_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_resolved_by_id"), ["resolved_by_id"], unique=False)

    op.create_table(
        "digest_run",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("until_seq", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_digest_run_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_digest_run_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_run")),
        sa.UniqueConstraint("person_id", "day", name=op.f("uq_digest_run_person_id_day")),
    )
    with op.batch_alter_table("digest_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_digest_run_person_id"), ["person_id"], unique=False)

    op.create_table(
        "kept_version",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("texts", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kept_version_person_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_kept_version_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_version")),
        sa.UniqueConstraint("kind", "thing_id", "number", name=op.f("uq_kept_version_kind_thing_id_number")),
    )
    with op.batch_alter_table("kept_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_version_person_id"), ["person_id"], unique=False)

    op.create_table(
        "news_wish",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "rhythm",
            sa.Enum("never", "daily", "weekly", name="rhythm", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("mentions_at_once", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_news_wish_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_news_wish_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_wish")),
        sa.UniqueConstraint("person_id", name=op.f("uq_news_wish_person_id")),
    )
    with op.batch_alter_table("news_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_news_wish_person_id"), ["person_id"], unique=False)

    op.create_table(
        "watch",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("none", "watching", "stopped", name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("read_until", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_watch_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_watch_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch")),
        sa.UniqueConstraint("person_id", "kind", "thing_id", name=op.f("uq_watch_person_id_kind_thing_id")),
    )
    with op.batch_alter_table("watch", schema=None) as batch_op:
        batch_op.create_index("ix_watch_kind_thing_id", ["kind", "thing_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_watch_person_id"), ["person_id"], unique=False)

    op.create_table(
        "comment_mention",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_mention_comment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_comment_mention_person_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_comment_mention_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_mention")),
        sa.UniqueConstraint("comment_id", "person_id", name=op.f("uq_comment_mention_comment_id_person_id")),
    )
    with op.batch_alter_table("comment_mention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_mention_comment_id"), ["comment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_mention_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_at"), ["at"], unique=False)

    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)


def downgrade() -> None:
    """Take them away."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER kept_version_stays")
    else:
        op.execute("DROP TRIGGER kept_version_stays ON kept_version")
        op.execute("DROP FUNCTION kept_version_stays()")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_at"))

    with op.batch_alter_table("comment_mention", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_mention_person_id"))
        batch_op.drop_index(batch_op.f("ix_comment_mention_comment_id"))

    op.drop_table("comment_mention")
    with op.batch_alter_table("watch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_watch_person_id"))
        batch_op.drop_index("ix_watch_kind_thing_id")

    op.drop_table("watch")
    with op.batch_alter_table("news_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_news_wish_person_id"))

    op.drop_table("news_wish")
    with op.batch_alter_table("kept_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_version_person_id"))

    op.drop_table("kept_version")
    with op.batch_alter_table("digest_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_digest_run_person_id"))

    op.drop_table("digest_run")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_resolved_by_id"))
        batch_op.drop_index(batch_op.f("ix_comment_removed_by_id"))
        batch_op.drop_index(batch_op.f("ix_comment_person_id"))
        batch_op.drop_index(batch_op.f("ix_comment_parent_id"))
        batch_op.drop_index("ix_comment_kind_thing_id")
        batch_op.drop_index(batch_op.f("ix_comment_at"))

    op.drop_table("comment")
    with op.batch_alter_table("mail_outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mail_outbox_state"))
        batch_op.drop_index(batch_op.f("ix_mail_outbox_created_at"))

    op.drop_table("mail_outbox")
