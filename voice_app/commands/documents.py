"""`voice-app documents`: the documents a center needs, filled from its settings."""

from datetime import UTC, datetime
from pathlib import Path

import click

from voice_app.audio.prompts import Manifest
from voice_app.dialogues.loader import load_content
from voice_app.documents import Deployment, Facts, facts_of, write
from voice_app.documents import documents as made_of
from voice_app.settings import Settings, assets_folder


@click.command("documents")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
def documents(out: Path) -> None:
    """Write privacy notice, records, impact assessment, technical file, forms into a folder.

    Each as Markdown and as a page. Says how many places are left for the center to fill in.
    """
    made = made_of(_facts(Settings()))
    write(made, out)
    for one in made:
        left = f"{len(one.blanks)} to fill in" if one.blanks else "nothing to fill in"
        click.echo(f"{one.name + '.md':26}  {left}")
    all_left = sum(len(one.blanks) for one in made)
    click.echo(f"{all_left} places are for the center: {out / 'index.html'} lists them.")


def _facts(settings: Settings) -> Facts:
    return facts_of(
        Deployment(
            issuer_name=settings.issuer_name,
            issuer_country=settings.issuer_country,
            issuer_email=settings.issuer_email,
            origin=settings.origin,
            basis=settings.legal_basis,
            waiting_limit=settings.waiting_limit,
            has_level_credentials=settings.level_credentials,
            provider=settings.oidc_issuer,
        ),
        load_content(settings.content_folder),
        manifest=Manifest.load(assets_folder()),
        models_folder=settings.models_folder,
        made_on=datetime.now(UTC).date(),
    )
