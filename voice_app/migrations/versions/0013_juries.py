"""Ways to the seats of a jury, and what happened to it."""

from alembic import op
import sqlalchemy as sa
import voice_app.models

revision = '0013'
down_revision = '0012'


def upgrade() -> None:
    """Apply."""
    op.create_table('jury_link',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('seat_id', sa.String(length=36), nullable=False),
    sa.Column('key_hash', sa.String(length=64), nullable=True),
    sa.Column('made_by', sa.String(length=80), nullable=False),
    sa.Column('made_at', voice_app.models.Moment(), nullable=False),
    sa.Column('opened_at', voice_app.models.Moment(), nullable=True),
    sa.Column('ends_at', voice_app.models.Moment(), nullable=False),
    sa.ForeignKeyConstraint(['seat_id'], ['jury_seat.id'], ),
    sa.PrimaryKeyConstraint('token_hash'),
    sa.UniqueConstraint('key_hash')
    )
    op.create_index(op.f('ix_jury_link_seat_id'), 'jury_link', ['seat_id'], unique=False)
    op.create_table('jury_note',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('jury_id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('item', sa.String(length=64), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('author', sa.String(length=80), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.ForeignKeyConstraint(['jury_id'], ['jury.id'], ),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index(op.f('ix_jury_note_jury_id'), 'jury_note', ['jury_id'], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_table('jury_note')
    op.drop_table('jury_link')
