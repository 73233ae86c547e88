"""Papers with their route and attachments, decisions that replace others; search finds papers."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
STATES = ("draft", "submitted", "permitted", "withdrawn")
FOUND = ("gap", "topic", "solution", "decision", "agreement", "meeting", "document")
SEARCHED = ("search_outbox", "search_saved_hit")
SUBJECTS = ("gap", "topic", "solution", "agreement")


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


def to(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    """A reference."""
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def number(name: str, *, nullable: bool = False) -> sa.Column:
    """A column of whole numbers."""
    return sa.Column(name, sa.Integer(), nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    """A column of moments."""
    return sa.Column(name, MOMENT(), nullable=nullable)


def text(name: str, length: int | None = None, *, nullable: bool = False) -> sa.Column:
    """A column of text."""
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def index(table: str, *columns: str) -> None:
    """One index per column."""
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def found_kinds(*kinds: str) -> None:
    """What search may hold."""
    for name in SEARCHED:
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"ck_{name}_kind"), type_="check")
            listed = ", ".join(f"'{kind}'" for kind in kinds)
            table.create_check_constraint(op.f(f"ck_{name}_kind"), f"kind IN ({listed})")


def upgrade() -> None:
    """Add the tables."""
    _papers()
    _stations()
    _subjects()
    _steps()
    _attachments()
    _replacements()
    found_kinds(*FOUND, "paper")


def _papers() -> None:
    op.create_table(
        "paper",
        *own("paper"),
        text("reference", 80, nullable=True),
        text("title"),
        sa.Column("kind", one_of("kind", "decision", "information", "report", "inquiry"), nullable=False),
        sa.Column("state", one_of("state", *STATES), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        number("originator_id"),
        number("lead_id", nullable=True),
        number("created_by_id"),
        moment("created_at"),
        moment("submitted_at", nullable=True),
        *(text(name) for name in ("legal_basis", "situation", "proposal", "effects", "costs")),
        text("final_text", nullable=True),
        number("version"),
        to("paper", "originator_id", "organisation"),
        to("paper", "lead_id", "person"),
        to("paper", "created_by_id", "person"),
        sa.UniqueConstraint("tenant_id", "reference", name=op.f("uq_paper_tenant_id_reference")),
    )
    index("paper", "state", "originator_id", "lead_id", "created_by_id")


def _stations() -> None:
    table = "paper_station"
    op.create_table(
        table,
        *own(table),
        number("paper_id"),
        number("position"),
        number("body_id"),
        sa.Column("role", one_of("role", "hearing", "preliminary", "noting", "decision"), nullable=False),
        sa.Column("target_date", sa.Date(), nullable=True),
        number("item_id", nullable=True),
        sa.Column(
            "recommendation", one_of("recommendation", "adopt", "adopt_amended", "reject", "none"), nullable=True
        ),
        text("recommendation_text", nullable=True),
        sa.Column("recommended_on", sa.Date(), nullable=True),
        to(table, "paper_id", "paper", "CASCADE"),
        to(table, "body_id", "body"),
        to(table, "item_id", "agenda_item", "SET NULL"),
        sa.UniqueConstraint("paper_id", "position", name=op.f(f"uq_{table}_paper_id_position")),
    )
    index(table, "paper_id", "body_id", "item_id")


def _subjects() -> None:
    table = "paper_subject"
    counted = " + ".join(f"(CASE WHEN {kind}_id IS NULL THEN 0 ELSE 1 END)" for kind in SUBJECTS)
    op.create_table(
        table,
        *own(table),
        number("paper_id"),
        number("position"),
        *(number(f"{kind}_id", nullable=True) for kind in SUBJECTS),
        to(table, "paper_id", "paper", "CASCADE"),
        *(to(table, f"{kind}_id", kind) for kind in SUBJECTS),
        sa.CheckConstraint(f"{counted} = 1", name=op.f(f"ck_{table}_exactly_one_subject")),
    )
    index(table, "paper_id", *(f"{kind}_id" for kind in SUBJECTS))


def _steps() -> None:
    table = "paper_step"
    op.create_table(
        table,
        *own(table),
        number("paper_id"),
        moment("at"),
        number("person_id"),
        sa.Column("source", one_of("source", *STATES), nullable=False),
        sa.Column("target", one_of("target", *STATES), nullable=False),
        text("comment"),
        to(table, "paper_id", "paper", "CASCADE"),
        to(table, "person_id", "person"),
    )
    index(table, "paper_id", "person_id")


def _attachments() -> None:
    table = "paper_attachment"
    op.create_table(
        table,
        *own(table),
        number("paper_id"),
        number("place"),
        number("version"),
        text("name", 200),
        text("media", 128),
        number("size"),
        text("sha256", 64),
        text("stored", 64),
        moment("added_at"),
        number("added_by_id"),
        moment("erased_at", nullable=True),
        to(table, "paper_id", "paper", "CASCADE"),
        to(table, "added_by_id", "person"),
        sa.UniqueConstraint("paper_id", "place", "version", name=op.f(f"uq_{table}_paper_id_place_version")),
    )
    index(table, "paper_id", "stored", "added_by_id")


def _replacements() -> None:
    table = "decision_replacement"
    op.create_table(
        table,
        *own(table),
        number("newer_id"),
        number("older_id"),
        text("note"),
        moment("at"),
        number("by_id"),
        to(table, "newer_id", "decision", "CASCADE"),
        to(table, "older_id", "decision", "CASCADE"),
        to(table, "by_id", "person"),
        sa.UniqueConstraint("newer_id", "older_id", name=op.f(f"uq_{table}_newer_id_older_id")),
        sa.CheckConstraint("newer_id <> older_id", name=op.f(f"ck_{table}_two_decisions")),
    )
    index(table, "newer_id", "older_id", "by_id")


def downgrade() -> None:
    """Take them away."""
    for name in SEARCHED:
        op.execute(sa.text(f"DELETE FROM {name} WHERE kind = 'paper'"))
    found_kinds(*FOUND)
    names = ("paper_attachment", "paper_step", "paper_subject", "paper_station", "paper", "decision_replacement")
    for name in names:
        op.drop_table(name)
