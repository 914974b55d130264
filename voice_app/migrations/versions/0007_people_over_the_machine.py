"""People over the machine: the stop switch, policies, inferences, what waits and is decided."""

from alembic import op
import sqlalchemy as sa
import voice_app.models

revision = '0007'
down_revision = '0006'


def upgrade() -> None:
    """Apply."""
    op.create_table('machine_stop',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('scope', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('is_stopped', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('author', sa.String(length=80), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index('ix_machine_stop_about', 'machine_stop', ['scope', 'name', 'seq'])
    op.create_table('center_policy',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('center', sa.String(length=36), nullable=False),
    sa.Column('automatic', sa.JSON(), nullable=False),
    sa.Column('sample_percent', sa.Integer(), nullable=False),
    sa.Column('author', sa.String(length=80), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index('ix_center_policy_center', 'center_policy', ['center'])
    op.create_table('inference',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('hearing_seq', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.String(length=36), nullable=False),
    sa.Column('item', sa.String(length=64), nullable=False),
    sa.Column('engine', sa.String(length=80), nullable=True),
    sa.Column('model_digest', sa.String(length=64), nullable=True),
    sa.Column('decider', sa.String(length=40), nullable=False),
    sa.Column('calibration', sa.String(length=40), nullable=True),
    sa.Column('content_version', sa.String(length=64), nullable=False),
    sa.Column('input_digest', sa.String(length=64), nullable=False),
    sa.Column('evidence_digest', sa.String(length=64), nullable=False),
    sa.Column('thresholds', sa.JSON(), nullable=False),
    sa.Column('verdict', sa.String(length=8), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('seq'),
    sa.UniqueConstraint('hearing_seq')
    )
    op.create_index('ix_inference_attempt_id', 'inference', ['attempt_id'])
    op.create_table('referral',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('attempt_id', sa.String(length=36), nullable=False),
    sa.Column('item', sa.String(length=64), nullable=False),
    sa.Column('why', sa.String(length=12), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('seq'),
    sa.UniqueConstraint('attempt_id', 'item', 'why', name='uq_referral')
    )
    op.create_table('ruling',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('attempt_id', sa.String(length=36), nullable=False),
    sa.Column('item', sa.String(length=64), nullable=False),
    sa.Column('verdict', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=True),
    sa.Column('referral_seq', sa.Integer(), nullable=True),
    sa.Column('author', sa.String(length=80), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index('ix_ruling_attempt_id', 'ruling', ['attempt_id'])


def downgrade() -> None:
    """Take back."""
    for table in ('ruling', 'referral', 'inference', 'center_policy', 'machine_stop'):
        op.drop_table(table)
