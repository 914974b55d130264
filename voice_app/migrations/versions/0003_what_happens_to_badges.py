"""What happens to badges: their place in the status lists, their events, their parts, levels."""

from alembic import op
import sqlalchemy as sa
import voice_app.models

revision = '0003'
down_revision = '0002'

_NAMES = {"uq": "uq_%(table_name)s_%(column_0_name)s"}


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table('badge', recreate='always', naming_convention=_NAMES) as batch_op:
        batch_op.drop_constraint('uq_badge_attempt_id', type_='unique')
        batch_op.add_column(
            sa.Column('kind', sa.String(length=8), nullable=False, server_default='single')
        )
        batch_op.add_column(sa.Column('holder_id', sa.String(length=45), nullable=True))
        batch_op.add_column(sa.Column('expires_at', voice_app.models.Moment(), nullable=True))
        batch_op.add_column(sa.Column('list_number', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('list_index', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('replaces', sa.String(length=8), nullable=True))
        batch_op.create_unique_constraint('uq_badge_place', ['list_number', 'list_index'])
        batch_op.create_unique_constraint('uq_badge_replaces', ['replaces'])
        batch_op.create_index('ix_badge_key_id', ['key_id'], unique=False)
        batch_op.create_index('ix_badge_attempt_id', ['attempt_id'], unique=False)
    op.create_index('ix_attempt_owner_hash', 'attempt', ['owner_hash'], unique=False)
    op.create_index(
        'ux_badge_earned',
        'badge',
        ['attempt_id', 'kind'],
        unique=True,
        sqlite_where=sa.text('replaces IS NULL'),
        postgresql_where=sa.text('replaces IS NULL'),
    )
    op.create_table('badge_part',
    sa.Column('full_code', sa.String(length=8), nullable=False),
    sa.Column('part_code', sa.String(length=8), nullable=False),
    sa.ForeignKeyConstraint(['full_code'], ['badge.code'], ),
    sa.ForeignKeyConstraint(['part_code'], ['badge.code'], ),
    sa.PrimaryKeyConstraint('full_code', 'part_code')
    )
    op.create_index('ix_badge_part_part_code', 'badge_part', ['part_code'], unique=False)
    op.create_table('badge_event',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('badge_code', sa.String(length=8), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=True),
    sa.Column('author', sa.String(length=80), nullable=False),
    sa.Column('other_code', sa.String(length=8), nullable=True),
    sa.Column('consent', sa.JSON(), nullable=True),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.ForeignKeyConstraint(['badge_code'], ['badge.code'], ),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index('ix_badge_event_badge_code', 'badge_event', ['badge_code'], unique=False)
    op.create_table('private_level',
    sa.Column('token', sa.String(length=43), nullable=False),
    sa.Column('attempt_id', sa.String(length=36), nullable=False),
    sa.Column('level', sa.String(length=16), nullable=False),
    sa.Column('credential', sa.String(), nullable=False),
    sa.Column('key_id', sa.String(length=80), nullable=False),
    sa.Column('made_at', voice_app.models.Moment(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], ),
    sa.PrimaryKeyConstraint('token')
    )
    op.create_index('ix_private_level_attempt_id', 'private_level', ['attempt_id'], unique=False)
    # These were public from the moment they were given, and their addresses are out.
    op.execute(
        "INSERT INTO badge_event (badge_code, kind, reason, author, at) "
        "SELECT code, 'shown', 'given-before', 'service', issued_at FROM badge"
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table('private_level')
    op.drop_table('badge_event')
    op.drop_table('badge_part')
    op.drop_index('ix_attempt_owner_hash', table_name='attempt')
    op.drop_index('ux_badge_earned', table_name='badge')
    with op.batch_alter_table('badge', recreate='always') as batch_op:
        batch_op.drop_index('ix_badge_key_id')
        batch_op.drop_index('ix_badge_attempt_id')
        batch_op.drop_constraint('uq_badge_replaces', type_='unique')
        batch_op.drop_constraint('uq_badge_place', type_='unique')
        for name in ('replaces', 'list_index', 'list_number', 'expires_at', 'holder_id', 'kind'):
            batch_op.drop_column(name)
        batch_op.create_unique_constraint('uq_badge_attempt_id', ['attempt_id'])
