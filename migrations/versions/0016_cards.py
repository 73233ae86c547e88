"""Reconstruction: cards, clusters, dots and questions."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
LEVELS = ("operational", "organisation", "strategic", "council", "state", "federal")


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _refers(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _create(table: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _refers(table, "tenant_id", "tenant"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *parts,
    )


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    """Create the seven tables."""
    _create_board()
    _create_cluster()
    _create_card()
    _create_author()
    _create_move()
    _create_ballot()
    _create_question()


def _create_board() -> None:
    _create(
        "card_board",
        sa.Column("workshop_case_id", sa.Integer(), nullable=False),
        sa.Column("cards_each", sa.Integer(), nullable=False),
        sa.Column("dots_each", sa.Integer(), nullable=False),
        sa.Column("dots_per_cluster", sa.Integer(), nullable=False),
        sa.Column("dots_opened_at", MOMENT(), nullable=True),
        sa.Column("dots_closed_at", MOMENT(), nullable=True),
        sa.Column("voters", sa.Integer(), nullable=False),
        _refers("card_board", "workshop_case_id", "workshop_case", "CASCADE"),
        sa.UniqueConstraint("workshop_case_id", name=op.f("uq_card_board_workshop_case_id")),
    )


def _create_cluster() -> None:
    _create(
        "card_cluster",
        sa.Column("workshop_case_id", sa.Integer(), nullable=False),
        sa.Column("key", TEXT(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("when_text", TEXT(), nullable=False),
        sa.Column("then_text", TEXT(), nullable=False),
        sa.Column("because_text", TEXT(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decision", _enum("decision", "link", "new", "single"), nullable=True),
        sa.Column("gap_id", sa.Integer(), nullable=True),
        sa.Column("solvable_at", _enum("solvable_at", *LEVELS), nullable=True),
        sa.Column("dots", sa.Integer(), nullable=False),
        _refers("card_cluster", "workshop_case_id", "workshop_case", "CASCADE"),
        _refers("card_cluster", "gap_id", "gap", "SET NULL"),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_card_cluster_tenant_id_key")),
    )
    _index("card_cluster", "workshop_case_id", "gap_id")


def _create_card() -> None:
    _create(
        "workshop_card",
        sa.Column("workshop_case_id", sa.Integer(), nullable=False),
        sa.Column("key", TEXT(length=16), nullable=False),
        sa.Column("kind", _enum("kind", "break", "bridge", "question", "idea"), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=True),
        sa.Column("transition", TEXT(length=64), nullable=True),
        sa.Column("text", TEXT(), nullable=False),
        sa.Column("shown_as", sa.Integer(), nullable=True),
        sa.Column("cluster_id", sa.Integer(), nullable=True),
        _refers("workshop_card", "workshop_case_id", "workshop_case", "CASCADE"),
        _refers("workshop_card", "station_id", "station", "SET NULL"),
        _refers("workshop_card", "cluster_id", "card_cluster", "SET NULL"),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_workshop_card_tenant_id_key")),
    )
    _index("workshop_card", "workshop_case_id", "station_id", "cluster_id")


def _create_author() -> None:
    _create(
        "card_author",
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("workshop_case_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("client_key", TEXT(length=64), nullable=False),
        _refers("card_author", "card_id", "workshop_card", "CASCADE"),
        _refers("card_author", "workshop_case_id", "workshop_case", "CASCADE"),
        _refers("card_author", "participant_id", "workshop_participant", "SET NULL"),
        sa.UniqueConstraint("card_id", name=op.f("uq_card_author_card_id")),
        sa.UniqueConstraint("tenant_id", "client_key", name=op.f("uq_card_author_tenant_id_client_key")),
    )
    _index("card_author", "workshop_case_id", "participant_id")


def _create_move() -> None:
    _create(
        "card_move",
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("workshop_case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("from_id", sa.Integer(), nullable=True),
        sa.Column("to_id", sa.Integer(), nullable=True),
        _refers("card_move", "card_id", "workshop_card", "CASCADE"),
        _refers("card_move", "workshop_case_id", "workshop_case", "CASCADE"),
        _refers("card_move", "person_id", "person"),
    )
    _index("card_move", "card_id", "workshop_case_id", "person_id")


def _create_ballot() -> None:
    _create(
        "dot_ballot",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("points", TEXT(), nullable=False),
        _refers("dot_ballot", "board_id", "card_board", "CASCADE"),
        _refers("dot_ballot", "participant_id", "workshop_participant", "CASCADE"),
        sa.UniqueConstraint("board_id", "participant_id", name=op.f("uq_dot_ballot_board_id_participant_id")),
    )
    _index("dot_ballot", "board_id", "participant_id")


def _create_question() -> None:
    _create(
        "workshop_question",
        sa.Column("workshop_case_id", sa.Integer(), nullable=False),
        sa.Column("text", TEXT(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        _refers("workshop_question", "workshop_case_id", "workshop_case", "CASCADE"),
        _refers("workshop_question", "person_id", "person"),
        _refers("workshop_question", "organisation_id", "organisation"),
        sa.CheckConstraint("person_id IS NULL OR organisation_id IS NULL", name=op.f("ck_workshop_question_one_owner")),
    )
    _index("workshop_question", "workshop_case_id", "person_id", "organisation_id")


def downgrade() -> None:
    """Drop them, in the opposite order."""
    tables = ("workshop_question", "dot_ballot", "card_move", "card_author", "workshop_card", "card_cluster")
    for table in (*tables, "card_board"):
        op.drop_table(table)
