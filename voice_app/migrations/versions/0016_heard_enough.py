"""When the sound of an answer was sent to whoever has it on the screen."""

from alembic import op
import sqlalchemy as sa
import voice_app.models

revision = '0016'
down_revision = '0015'


def upgrade() -> None:
    """Apply."""
    op.add_column('unmarked', sa.Column('sent_at', voice_app.models.Moment(), nullable=True))
    op.add_column('unmarked', sa.Column('spoken_seconds', sa.Float(), nullable=True))


def downgrade() -> None:
    """Take back."""
    op.drop_column('unmarked', 'spoken_seconds')
    op.drop_column('unmarked', 'sent_at')
