"""Case reconstruction: dots from paper, sums of so few that they tell a single person's dots, the age of drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

FEW = """
    dots_closed_at IS NOT NULL
    AND (voters < 3 OR voters < (SELECT min_cell FROM tenant WHERE tenant.id = card_board.tenant_id))
"""


def upgrade() -> None:
    """Mark what is withheld, forget its sums, let ballots come from paper."""
    with op.batch_alter_table("card_board") as table:
        table.add_column(sa.Column("dots_withheld", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("dot_ballot") as table:
        table.add_column(sa.Column("people", sa.Integer(), nullable=False, server_default="1"))
        table.alter_column("participant_id", existing_type=sa.Integer(), nullable=True)
    op.add_column("case", sa.Column("created_on", sa.Date(), nullable=True))
    op.execute('UPDATE "case" SET created_on = CURRENT_DATE WHERE erased_on IS NULL')
    op.execute(f"UPDATE card_board SET dots_withheld = TRUE WHERE {FEW}")
    op.execute(
        "UPDATE card_cluster SET dots = 0 WHERE workshop_case_id IN"
        " (SELECT workshop_case_id FROM card_board WHERE dots_withheld = TRUE)"
    )


def downgrade() -> None:
    """Take them away; dots from paper that are not counted yet go with them."""
    op.drop_column("case", "created_on")
    op.execute("DELETE FROM dot_ballot WHERE participant_id IS NULL")
    with op.batch_alter_table("dot_ballot") as table:
        table.alter_column("participant_id", existing_type=sa.Integer(), nullable=False)
        table.drop_column("people")
    with op.batch_alter_table("card_board") as table:
        table.drop_column("dots_withheld")
