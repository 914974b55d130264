"""People: centers, candidates, staff with their ways in, and who is signed in."""

from alembic import op
import sqlalchemy as sa
import voice_app.models

revision = '0006'
down_revision = '0005'


def upgrade() -> None:
    """Apply."""
    op.create_table('center',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('made_at', voice_app.models.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('account',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('center_id', sa.String(length=36), nullable=True),
    sa.Column('role', sa.String(length=12), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('password_hash', sa.String(length=255), nullable=True),
    sa.Column('totp_sealed', sa.String(length=255), nullable=True),
    sa.Column('totp_step', sa.Integer(), nullable=True),
    sa.Column('oidc_subject', sa.String(length=255), nullable=True),
    sa.Column('locked_at', voice_app.models.Moment(), nullable=True),
    sa.Column('made_at', voice_app.models.Moment(), nullable=False),
    sa.ForeignKeyConstraint(['center_id'], ['center.id']),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('email'),
    sa.UniqueConstraint('oidc_subject')
    )
    op.create_index('ix_account_center_id', 'account', ['center_id'], unique=False)
    op.create_table('candidate',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('center_id', sa.String(length=36), nullable=False),
    sa.Column('call_name', sa.String(length=60), nullable=True),
    sa.Column('help_language', sa.String(length=8), nullable=False),
    sa.Column('owner_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', voice_app.models.Moment(), nullable=False),
    sa.ForeignKeyConstraint(['center_id'], ['center.id']),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('owner_hash')
    )
    op.create_index('ix_candidate_center_id', 'candidate', ['center_id'], unique=False)
    op.create_table('ceremony',
    sa.Column('id_hash', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('account_id', sa.String(length=36), nullable=True),
    sa.Column('told', sa.JSON(), nullable=False),
    sa.Column('ends_at', voice_app.models.Moment(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id']),
    sa.PrimaryKeyConstraint('id_hash')
    )
    op.create_table('invitation',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('center_id', sa.String(length=36), nullable=True),
    sa.Column('account_id', sa.String(length=36), nullable=True),
    sa.Column('role', sa.String(length=12), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('made_by', sa.String(length=80), nullable=False),
    sa.Column('made_at', voice_app.models.Moment(), nullable=False),
    sa.Column('ends_at', voice_app.models.Moment(), nullable=False),
    sa.Column('used_at', voice_app.models.Moment(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id']),
    sa.ForeignKeyConstraint(['center_id'], ['center.id']),
    sa.PrimaryKeyConstraint('token_hash')
    )
    op.create_index('ix_invitation_center_id', 'invitation', ['center_id'], unique=False)
    op.create_table('passkey',
    sa.Column('id', sa.String(length=512), nullable=False),
    sa.Column('account_id', sa.String(length=36), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('sign_count', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('made_at', voice_app.models.Moment(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id']),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_passkey_account_id', 'passkey', ['account_id'], unique=False)
    op.create_table('recovery_code',
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.String(length=36), nullable=False),
    sa.Column('made_at', voice_app.models.Moment(), nullable=False),
    sa.Column('used_at', voice_app.models.Moment(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id']),
    sa.PrimaryKeyConstraint('code_hash')
    )
    op.create_index('ix_recovery_code_account_id', 'recovery_code', ['account_id'], unique=False)
    op.create_table('sign_in',
    sa.Column('id_hash', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('account_id', sa.String(length=36), nullable=True),
    sa.Column('candidate_id', sa.String(length=36), nullable=True),
    sa.Column('device_id', sa.String(length=36), nullable=True),
    sa.Column('center_id', sa.String(length=36), nullable=True),
    sa.Column('csrf_hash', sa.String(length=64), nullable=False),
    sa.Column('label', sa.String(length=60), nullable=True),
    sa.Column('idle_seconds', sa.Integer(), nullable=False),
    sa.Column('begun_at', voice_app.models.Moment(), nullable=False),
    sa.Column('seen_at', voice_app.models.Moment(), nullable=False),
    sa.Column('fresh_at', voice_app.models.Moment(), nullable=True),
    sa.Column('ends_at', voice_app.models.Moment(), nullable=False),
    sa.Column('ended_at', voice_app.models.Moment(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id']),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id']),
    sa.ForeignKeyConstraint(['center_id'], ['center.id']),
    sa.PrimaryKeyConstraint('id_hash')
    )
    op.create_index('ix_sign_in_account_id', 'sign_in', ['account_id'], unique=False)
    op.create_index('ix_sign_in_candidate_id', 'sign_in', ['candidate_id'], unique=False)
    op.create_index('ix_sign_in_center_id', 'sign_in', ['center_id'], unique=False)
    op.create_index('ix_sign_in_device_id', 'sign_in', ['device_id'], unique=False)


def downgrade() -> None:
    """Take back."""
    for name in (
        'sign_in',
        'recovery_code',
        'passkey',
        'invitation',
        'ceremony',
        'candidate',
        'account',
        'center',
    ):
        op.drop_table(name)
