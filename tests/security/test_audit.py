"""`make audit` says what is known, and that nothing is known when nobody could be asked."""

import subprocess
from pathlib import Path

import pytest

AUDIT = Path(__file__).parents[2] / ".ci" / "audit"
CLEAN = "echo 'No known vulnerabilities found' >&2"
WEAK = """echo 'Found 1 known vulnerability in 1 package' >&2
echo 'pyyaml 5.3 PYSEC-2021-142 5.4'
exit 1"""
ALONE = """echo 'ERROR:pip_audit._cli:alembic: Dependency not found' >&2
exit 1"""


def audited(folder: Path, *says: str) -> tuple[int, str]:
    """Run the audit with a pip-audit that says these words, about one file after the other."""
    files = [folder / f"{number}.txt" for number in range(len(says))]
    for file, words in zip(files, says, strict=True):
        file.write_text(words)
    program = folder / "pip-audit"
    program.write_text('#!/usr/bin/env bash\n[ "$1" = --strict ] && . "${@: -1}"\n')
    program.chmod(0o755)
    done = subprocess.run(
        [str(AUDIT), str(program), *map(str, files)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("says", "code", "words"),
    [
        ((CLEAN, CLEAN), 0, "1.txt: no package with a known weakness"),
        ((WEAK, CLEAN), 1, "pyyaml 5.3 PYSEC-2021-142"),
        ((CLEAN, ALONE), 3, "could not be asked"),
        ((WEAK, ALONE), 1, "could not be asked"),
        ((ALONE, WEAK), 1, "pyyaml 5.3 PYSEC-2021-142"),
    ],
)
def test_every_file_is_asked_about(tmp_path: Path, says: tuple[str, ...], code: int, words: str):
    found, told = audited(tmp_path, *says)
    assert found == code
    assert words in told


def test_nobody_who_could_be_asked_is_not_a_clean_bill(tmp_path: Path):
    code, told = audited(tmp_path, ALONE)
    assert code == 3
    assert "no package with a known weakness" not in told
    assert "alembic: Dependency not found" in told
