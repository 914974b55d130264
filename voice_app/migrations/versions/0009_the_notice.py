"""What people were told about their voice, in which wording, and who heard it."""

from alembic import op
import sqlalchemy as sa
import voice_app.models

revision = '0009'
down_revision = '0008'


def upgrade() -> None:
    """Apply."""
    op.create_table('notice',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('lines', sa.JSON(), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('digest')
    )
    op.create_table('notice_heard',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('owner_hash', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('was_played', sa.Boolean(), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.ForeignKeyConstraint(['digest'], ['notice.digest'], ),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index('ix_notice_heard_owner_hash', 'notice_heard', ['owner_hash'], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_table('notice_heard')
    op.drop_table('notice')
