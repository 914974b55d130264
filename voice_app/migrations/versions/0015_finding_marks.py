"""Whether somebody marked an answer, and what could not be judged, is found at once."""

from alembic import op

revision = '0015'
down_revision = '0014'


def upgrade() -> None:
    """Apply."""
    op.create_index('ix_mark_answer', 'mark', ['attempt_id', 'item', 'author'], unique=False)
    op.create_index('ix_mark_reason', 'mark', ['reason'], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_index('ix_mark_reason', table_name='mark')
    op.drop_index('ix_mark_answer', table_name='mark')
