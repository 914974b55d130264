"""Scenarios, and marking by people: what waits for a mark, the marks, who may give them."""

from alembic import op
import sqlalchemy as sa
import voice_app.models

revision = '0011'
down_revision = '0010'


def upgrade() -> None:
    """Apply."""
    op.create_table('conflict',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('account_id', sa.String(length=36), nullable=False),
    sa.Column('owner_hash', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('is_over', sa.Boolean(), nullable=False),
    sa.Column('author', sa.String(length=80), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index('ix_conflict_of', 'conflict', ['account_id', 'owner_hash'], unique=False)
    op.create_table('control',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('center', sa.String(length=36), nullable=False),
    sa.Column('micro_competence', sa.String(length=8), nullable=False),
    sa.Column('attempt_id', sa.String(length=36), nullable=False),
    sa.Column('item', sa.String(length=64), nullable=False),
    sa.Column('levels', sa.JSON(), nullable=False),
    sa.Column('is_over', sa.Boolean(), nullable=False),
    sa.Column('author', sa.String(length=80), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index(op.f('ix_control_center'), 'control', ['center'], unique=False)
    op.create_table('jury',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('attempt_id', sa.String(length=36), nullable=False),
    sa.Column('center', sa.String(length=36), nullable=False),
    sa.Column('mode', sa.String(length=12), nullable=False),
    sa.Column('is_recorded', sa.Boolean(), nullable=False),
    sa.Column('author', sa.String(length=80), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_jury_attempt_id'), 'jury', ['attempt_id'], unique=False)
    op.create_table('license',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('account_id', sa.String(length=36), nullable=True),
    sa.Column('candidate_id', sa.String(length=36), nullable=True),
    sa.Column('micro_competence', sa.String(length=8), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=True),
    sa.Column('author', sa.String(length=80), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index(op.f('ix_license_candidate_id'), 'license', ['candidate_id'], unique=False)
    op.create_index('ix_license_of', 'license', ['account_id', 'micro_competence', 'seq'], unique=False)
    op.create_table('mark',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('attempt_id', sa.String(length=36), nullable=False),
    sa.Column('item', sa.String(length=64), nullable=False),
    sa.Column('why', sa.String(length=12), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('author', sa.String(length=80), nullable=False),
    sa.Column('levels', sa.JSON(), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=True),
    sa.Column('comment', sa.JSON(), nullable=False),
    sa.Column('is_counted', sa.Boolean(), nullable=False),
    sa.Column('listened_seconds', sa.Double(), nullable=False),
    sa.Column('replaces', sa.Integer(), nullable=True),
    sa.Column('began_at', voice_app.models.Moment(), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index(op.f('ix_mark_attempt_id'), 'mark', ['attempt_id'], unique=False)
    op.create_index('ix_mark_author', 'mark', ['author', 'at'], unique=False)
    op.create_table('marking_policy',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('center', sa.String(length=36), nullable=False),
    sa.Column('double_percent', sa.Integer(), nullable=False),
    sa.Column('control_percent', sa.Integer(), nullable=False),
    sa.Column('unsure_sample_percent', sa.Integer(), nullable=False),
    sa.Column('is_proposal_first', sa.Boolean(), nullable=False),
    sa.Column('promise_days', sa.Integer(), nullable=False),
    sa.Column('author', sa.String(length=80), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index(op.f('ix_marking_policy_center'), 'marking_policy', ['center'], unique=False)
    op.create_table('news',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('owner_hash', sa.String(length=64), nullable=False),
    sa.Column('attempt_id', sa.String(length=36), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.Column('heard_at', voice_app.models.Moment(), nullable=True),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index(op.f('ix_news_owner_hash'), 'news', ['owner_hash'], unique=False)
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
    sa.UniqueConstraint('attempt_id', 'item', 'why', 'turn', name='uq_unmarked')
    )
    op.create_index(op.f('ix_unmarked_attempt_id'), 'unmarked', ['attempt_id'], unique=False)
    op.create_index('ix_unmarked_turn', 'unmarked', ['center', 'micro_competence', 'since', 'seq'], unique=False)
    op.create_table('jury_seat',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('jury_id', sa.String(length=36), nullable=False),
    sa.Column('role', sa.String(length=12), nullable=False),
    sa.Column('account_id', sa.String(length=36), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['jury_id'], ['jury.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('jury_id', 'role', name='uq_jury_seat')
    )
    op.create_index(op.f('ix_jury_seat_jury_id'), 'jury_seat', ['jury_id'], unique=False)
    op.add_column('response', sa.Column('options', sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Take back."""
    op.drop_column('response', 'options')
    op.drop_index(op.f('ix_jury_seat_jury_id'), table_name='jury_seat')
    op.drop_table('jury_seat')
    op.drop_index('ix_unmarked_turn', table_name='unmarked')
    op.drop_index(op.f('ix_unmarked_attempt_id'), table_name='unmarked')
    op.drop_table('unmarked')
    op.drop_index(op.f('ix_news_owner_hash'), table_name='news')
    op.drop_table('news')
    op.drop_index(op.f('ix_marking_policy_center'), table_name='marking_policy')
    op.drop_table('marking_policy')
    op.drop_index('ix_mark_author', table_name='mark')
    op.drop_index(op.f('ix_mark_attempt_id'), table_name='mark')
    op.drop_table('mark')
    op.drop_index('ix_license_of', table_name='license')
    op.drop_index(op.f('ix_license_candidate_id'), table_name='license')
    op.drop_table('license')
    op.drop_index(op.f('ix_jury_attempt_id'), table_name='jury')
    op.drop_table('jury')
    op.drop_index(op.f('ix_control_center'), table_name='control')
    op.drop_table('control')
    op.drop_index('ix_conflict_of', table_name='conflict')
    op.drop_table('conflict')
