"""A number of an answer that waits is never given again; what waits is counted at once."""

from alembic import op
import sqlalchemy as sa
import voice_app.models

revision = '0012'
down_revision = '0011'


def upgrade() -> None:
    """Apply."""
    _make_anew(sqlite_autoincrement=True)
    op.create_index('ix_unmarked_kind', 'unmarked', ['center', 'micro_competence', 'why'], unique=False)
    op.create_index('ix_unmarked_claim', 'unmarked', ['claimed_by'], unique=False)
    op.create_index('ix_mark_replaces', 'mark', ['replaces'], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_index('ix_mark_replaces', table_name='mark')
    op.drop_index('ix_unmarked_claim', table_name='unmarked')
    op.drop_index('ix_unmarked_kind', table_name='unmarked')
    _make_anew(sqlite_autoincrement=False)


def _make_anew(*, sqlite_autoincrement: bool) -> None:
    op.drop_index('ix_unmarked_turn', table_name='unmarked')
    op.drop_index('ix_unmarked_attempt_id', table_name='unmarked')
    op.rename_table('unmarked', 'unmarked_before')
    op.create_table('unmarked',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('attempt_id', sa.String(length=36), nullable=False),
    sa.Column('item', sa.String(length=64), nullable=False),
    sa.Column('why', sa.String(length=12), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('center', sa.String(length=36), nullable=False),
    sa.Column('micro_competence', sa.String(length=8), nullable=False),
    sa.Column('since', voice_app.models.Moment(), nullable=False),
    sa.Column('claimed_by', sa.String(length=80), nullable=True),
    sa.Column('claimed_until', voice_app.models.Moment(), nullable=True),
    sa.PrimaryKeyConstraint('seq'),
    sa.UniqueConstraint('attempt_id', 'item', 'why', 'turn', name='uq_unmarked'),
    sqlite_autoincrement=sqlite_autoincrement
    )
    op.execute('INSERT INTO unmarked SELECT * FROM unmarked_before')
    op.drop_table('unmarked_before')
    op.create_index(op.f('ix_unmarked_attempt_id'), 'unmarked', ['attempt_id'], unique=False)
    op.create_index('ix_unmarked_turn', 'unmarked', ['center', 'micro_competence', 'since', 'seq'], unique=False)
