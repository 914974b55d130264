"""Ways in for candidates: cards with their pictures, devices of centers, codes and links."""

from alembic import op
import sqlalchemy as sa
import voice_app.models

revision = '0008'
down_revision = '0007'


def upgrade() -> None:
    """Apply."""
    op.create_table('card',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('candidate_id', sa.String(length=36), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('picture', sa.String(length=32), nullable=False),
    sa.Column('made_at', voice_app.models.Moment(), nullable=False),
    sa.Column('closed_at', voice_app.models.Moment(), nullable=True),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id']),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('secret_hash')
    )
    op.create_index('ix_card_candidate_id', 'card', ['candidate_id'], unique=False)
    op.create_table('card_pin',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('card_id', sa.String(length=36), nullable=False),
    sa.Column('pin_hash', sa.String(length=200), nullable=True),
    sa.Column('made_at', voice_app.models.Moment(), nullable=False),
    sa.ForeignKeyConstraint(['card_id'], ['card.id']),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index('ix_card_pin_card_id', 'card_pin', ['card_id'], unique=False)
    op.create_table('card_try',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('pin_seq', sa.Integer(), nullable=True),
    sa.Column('is_right', sa.Boolean(), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.ForeignKeyConstraint(['pin_seq'], ['card_pin.seq']),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index('ix_card_try_pin', 'card_try', ['pin_seq', 'seq'], unique=False)
    op.create_table('device',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('center_id', sa.String(length=36), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', voice_app.models.Moment(), nullable=False),
    sa.Column('ended_at', voice_app.models.Moment(), nullable=True),
    sa.ForeignKeyConstraint(['center_id'], ['center.id']),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('secret_hash')
    )
    op.create_index('ix_device_center_id', 'device', ['center_id'], unique=False)
    op.create_table('kiosk_code',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('device_id', sa.String(length=36), nullable=False),
    sa.Column('candidate_id', sa.String(length=36), nullable=False),
    sa.Column('code_hash', sa.String(length=200), nullable=False),
    sa.Column('made_at', voice_app.models.Moment(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('used_at', voice_app.models.Moment(), nullable=True),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id']),
    sa.ForeignKeyConstraint(['device_id'], ['device.id']),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index('ix_kiosk_code_device_id', 'kiosk_code', ['device_id'], unique=False)
    op.create_table('sign_in_link',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('candidate_id', sa.String(length=36), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', voice_app.models.Moment(), nullable=False),
    sa.Column('used_at', voice_app.models.Moment(), nullable=True),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id']),
    sa.PrimaryKeyConstraint('seq'),
    sa.UniqueConstraint('secret_hash')
    )
    op.create_index('ix_sign_in_link_candidate_id', 'sign_in_link', ['candidate_id'], unique=False)


def downgrade() -> None:
    """Take back; candidates keep their attempts, and get new cards."""
    for name in ('sign_in_link', 'kiosk_code', 'device', 'card_try', 'card_pin', 'card'):
        op.drop_table(name)
