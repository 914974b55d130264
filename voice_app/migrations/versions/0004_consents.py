"""What people agreed to: a table of its own, into which what badges kept of it moves."""

import json

from alembic import op
import sqlalchemy as sa
import voice_app.models

revision = '0004'
down_revision = '0003'

_SHOWN = sa.text(
    "SELECT event.seq, event.badge_code, event.consent, event.at, attempt.owner_hash "
    "FROM badge_event AS event JOIN badge ON badge.code = event.badge_code "
    "JOIN attempt ON attempt.id = badge.attempt_id "
    "WHERE event.consent IS NOT NULL ORDER BY event.seq"
)


def upgrade() -> None:
    """Apply."""
    op.create_table('consent',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('purpose', sa.String(length=24), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('owner_hash', sa.String(length=64), nullable=False),
    sa.Column('is_given', sa.Boolean(), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=True),
    sa.Column('phrase', sa.String(length=80), nullable=True),
    sa.Column('text', sa.String(), nullable=True),
    sa.Column('played_sha256', sa.String(length=64), nullable=True),
    sa.Column('was_played', sa.Boolean(), nullable=False),
    sa.Column('recording', sa.String(length=64), nullable=True),
    sa.Column('recording_sha256', sa.String(length=64), nullable=True),
    sa.Column('recording_bytes', sa.Integer(), nullable=True),
    sa.Column('media_type', sa.String(length=80), nullable=True),
    sa.Column('untold', sa.String(length=16), nullable=True),
    sa.Column('at', voice_app.models.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('seq'),
    sa.UniqueConstraint('recording')
    )
    op.create_index('ix_consent_about', 'consent', ['purpose', 'subject', 'seq'], unique=False)
    op.create_index('ix_consent_owner_hash', 'consent', ['owner_hash'], unique=False)
    op.add_column('badge_event', sa.Column('consent_seq', sa.Integer(), nullable=True))
    for row in op.get_bind().execute(_SHOWN).all():
        if said := json.loads(row.consent):
            about = {'subject': row.badge_code, 'owner_hash': row.owner_hash, 'at': row.at}
            _add(op.get_bind(), row.seq, about | _told(said))
    with op.batch_alter_table('badge_event', recreate='always') as batch_op:
        batch_op.drop_column('consent')
        batch_op.create_foreign_key('fk_badge_event_consent', 'consent', ['consent_seq'], ['seq'])


def downgrade() -> None:
    """Take back; the recordings stay in their folder, and no row names them."""
    bind = op.get_bind()
    op.add_column('badge_event', sa.Column('consent', sa.JSON(), nullable=True))
    rows = bind.execute(sa.text(
        "SELECT event.seq, consent.phrase, consent.language, consent.played_sha256 "
        "FROM badge_event AS event JOIN consent ON consent.seq = event.consent_seq "
        "WHERE consent.is_given"
    )).all()
    for seq, phrase, language, played in rows:
        said = {
            'phrase': f'{language}/phrases/{phrase}' if language else phrase,
            'played_sha256': played or '',
            'utterance_id': None,
        }
        bind.execute(
            sa.text("UPDATE badge_event SET consent = :said WHERE seq = :seq"),
            {'said': json.dumps(said), 'seq': seq},
        )
    with op.batch_alter_table('badge_event', recreate='always') as batch_op:
        batch_op.drop_constraint('fk_badge_event_consent', type_='foreignkey')
        batch_op.drop_column('consent_seq')
    op.drop_table('consent')


def _told(said: dict[str, str]) -> dict[str, object]:
    language, _, phrase = said['phrase'].rpartition('/phrases/')
    return {
        'language': language or None,
        'phrase': phrase,
        'played_sha256': said['played_sha256'] or None,
    }


def _add(bind: sa.Connection, event: int, values: dict[str, object]) -> None:
    """Add the word that an event rests on. Nobody was asked for their voice until now."""
    bind.execute(
        sa.text(
            "INSERT INTO consent (purpose, subject, owner_hash, is_given, language, phrase, "
            "played_sha256, was_played, untold, at) VALUES ('show-badge', :subject, :owner_hash, "
            ":given, :language, :phrase, :played_sha256, :played, 'not-asked', :at)"
        ),
        {**values, 'given': True, 'played': False},
    )
    seq = bind.execute(sa.text("SELECT max(seq) FROM consent")).scalar_one()
    bind.execute(
        sa.text("UPDATE badge_event SET consent_seq = :seq WHERE seq = :event"),
        {'seq': seq, 'event': event},
    )
