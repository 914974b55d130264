"""The log, which the database itself lets nobody change."""

from alembic import op
import sqlalchemy as sa
import voice_app.models

revision = '0005'
down_revision = '0004'

_SQLITE = (
    "CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END",
    "CREATE TRIGGER audit_entry_undeleted BEFORE DELETE ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END",
    # INSERT OR REPLACE deletes without a trigger: what goes to the end replaces nothing.
    "CREATE TRIGGER audit_entry_at_the_end BEFORE INSERT ON audit_entry "
    "WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit_entry) "
    "OR EXISTS (SELECT 1 FROM audit_entry WHERE previous = NEW.previous) "
    "BEGIN SELECT RAISE(ABORT, 'an entry goes to the end of the log'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION audit_entry_kept() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the log is only added to'; END $$",
    "CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_kept()",
)


def upgrade() -> None:
    """Apply."""
    op.create_table('audit_entry',
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.Column('actor', sa.String(length=80), nullable=False),
    sa.Column('action', sa.String(length=80), nullable=False),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('center', sa.String(length=80), nullable=True),
    sa.Column('before', sa.String(length=120), nullable=True),
    sa.Column('after', sa.String(length=120), nullable=True),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('mac', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('seq'),
    sa.UniqueConstraint('previous', name='uq_audit_entry_previous')
    )
    op.create_index('ix_audit_entry_subject', 'audit_entry', ['subject'], unique=False)
    is_postgresql = op.get_bind().dialect.name == 'postgresql'
    for statement in _POSTGRESQL if is_postgresql else _SQLITE:
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.drop_table('audit_entry')
    if op.get_bind().dialect.name == 'postgresql':
        op.execute("DROP FUNCTION audit_entry_kept()")
