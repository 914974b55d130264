"""What people asked about their data, and what was deleted when its time had come."""

from alembic import op
import sqlalchemy as sa
import voice_app.models

revision = '0010'
down_revision = '0009'


def upgrade() -> None:
    """Apply."""
    op.create_table('correction',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('owner_hash', sa.String(length=64), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.Column('answered_by', sa.String(length=80), nullable=True),
    sa.Column('answered_at', voice_app.models.Moment(), nullable=True),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index('ix_correction_owner_hash', 'correction', ['owner_hash'], unique=False)
    op.create_table('erasure',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('tag', sa.String(length=64), nullable=False),
    sa.Column('scope', sa.String(length=12), nullable=False),
    sa.Column('badges', sa.String(length=12), nullable=False),
    sa.Column('asked_by', sa.String(length=80), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('files', sa.JSON(), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.Column('done_at', voice_app.models.Moment(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_erasure_tag', 'erasure', ['tag'], unique=False)
    op.create_table('retention_run',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('deleted', sa.JSON(), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('seq')
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table('retention_run')
    op.drop_index('ix_erasure_tag', table_name='erasure')
    op.drop_table('erasure')
    op.drop_index('ix_correction_owner_hash', table_name='correction')
    op.drop_table('correction')
