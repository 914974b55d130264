"""Whom an invitation is for, and comments that assessors offer to each other."""

from alembic import op
import sqlalchemy as sa
import voice_app.models

revision = '0014'
down_revision = '0013'


def upgrade() -> None:
    """Apply."""
    op.add_column('invitation', sa.Column('candidate_id', sa.String(length=36), nullable=True))
    op.create_index(op.f('ix_invitation_candidate_id'), 'invitation', ['candidate_id'], unique=False)
    op.create_table('good_comment',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('about', sa.Integer(), nullable=True),
    sa.Column('center', sa.String(length=36), nullable=False),
    sa.Column('micro_competence', sa.String(length=8), nullable=False),
    sa.Column('criterion', sa.String(length=64), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('text', sa.String(length=240), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('author', sa.String(length=80), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index(op.f('ix_good_comment_about'), 'good_comment', ['about'], unique=False)
    op.create_index('ix_good_comment_center', 'good_comment', ['center', 'micro_competence'], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_table('good_comment')
    op.drop_index(op.f('ix_invitation_candidate_id'), table_name='invitation')
    op.drop_column('invitation', 'candidate_id')
