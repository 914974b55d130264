"""What waits to be heard has a table of its own."""

from alembic import op
import sqlalchemy as sa
import voice_app.models

revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    """Apply."""
    op.create_table('unheard',
    sa.Column('utterance_id', sa.String(length=36), nullable=False),
    sa.Column('attempt_id', sa.String(length=36), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('since', voice_app.models.Moment(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], ),
    sa.ForeignKeyConstraint(['utterance_id'], ['utterance.id'], ),
    sa.PrimaryKeyConstraint('utterance_id')
    )
    with op.batch_alter_table('unheard', schema=None) as batch_op:
        batch_op.create_index('ix_unheard_turn', ['attempt_id', 'tries', 'seq'], unique=False)
    op.execute(
        "INSERT INTO unheard (utterance_id, attempt_id, seq, since, tries) "
        "SELECT utterance.id, response.attempt_id, response.seq, response.received_at, 0 "
        "FROM utterance JOIN response ON response.id = utterance.id "
        "WHERE NOT EXISTS (SELECT 1 FROM hearing WHERE hearing.utterance_id = utterance.id)"
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table('unheard')
