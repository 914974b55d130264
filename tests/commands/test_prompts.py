"""`voice-app prompts check` and `report` on a folder of sounds; nothing here speaks."""

from pathlib import Path

from click.testing import CliRunner

from voice_app.commands.prompts import prompts


def test_check_lists_what_is_missing_and_fails(tmp_path: Path):
    ran = CliRunner().invoke(prompts, ["check", "--assets", str(tmp_path)])

    assert ran.exit_code == 1
    assert "fr/prompts/broom (slow, ff_siwis) is missing" in ran.output
    assert "earcons/start.mp3 is missing" in ran.output


def test_the_shipped_sounds_are_there_and_fresh():
    ran = CliRunner().invoke(prompts, ["check"])

    assert ran.exit_code == 0, ran.output


def test_an_engine_without_a_voice_for_a_language_is_an_error(tmp_path: Path, monkeypatch):
    bank = Path(__file__).parents[1] / "data" / "bank_ko"
    monkeypatch.setenv("VOICE_APP_CONTENT", str(bank))

    ran = CliRunner().invoke(prompts, ["check", "--assets", str(tmp_path)])

    assert ran.exit_code == 1
    assert "kokoro has no voice for 'ko'" in ran.output


def test_a_broken_manifest_is_named(tmp_path: Path):
    (tmp_path / "manifest.json").write_text("[]")

    ran = CliRunner().invoke(prompts, ["report", "--assets", str(tmp_path)])

    assert ran.exit_code == 1
    assert "manifest.json is not a manifest" in ran.output
