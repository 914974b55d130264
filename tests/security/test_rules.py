"""Each rule for semgrep finds what it is for, and lets the same thing done well pass."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
RULES = ROOT / ".semgrep" / "rules.yaml"
EXAMPLES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).with_name("examples.yaml")).read_text("utf-8")
)
CASES = [
    pytest.param(rule, kind, number, id=f"{rule}-{kind}-{number}")
    for rule, told in EXAMPLES.items()
    for kind in ("bad", "good")
    for number in range(len(told[kind]))
]


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, set[str]]:
    """What semgrep says, without a network, about every example in a file of its own."""
    folder = tmp_path_factory.mktemp("examples")
    for rule, told in EXAMPLES.items():
        for kind in ("bad", "good"):
            for number, words in enumerate(told[kind]):
                path = folder / place(rule, kind, number=number)
                path.parent.mkdir(parents=True)
                path.write_text(words + "\n", encoding="utf-8")
    done = subprocess.run(
        [
            *(str(ROOT / ".venv-semgrep" / "bin" / "semgrep"), "scan", "--json", "--quiet"),
            *("--metrics=off", "--disable-version-check", "--no-git-ignore"),
            *("--config", str(RULES), "."),
        ],
        cwd=folder,
        env=os.environ | {"SEMGREP_SETTINGS_FILE": str(folder / "settings.yml")},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    told = json.loads(done.stdout)
    assert told["errors"] == []
    found: dict[Path, set[str]] = {Path(one): set() for one in told["paths"]["scanned"]}
    for one in told["results"]:
        found[Path(one["path"])].add(one["check_id"].rpartition(".")[2])
    return found


def place(rule: str, kind: str, *, number: int) -> Path:
    return Path(rule, f"{kind}{number}", EXAMPLES[rule]["file"])


def test_each_rule_has_examples_of_both_kinds():
    rules = [one["id"] for one in yaml.safe_load(RULES.read_text("utf-8"))["rules"]]
    assert sorted(rules) == sorted(EXAMPLES)
    assert all(told["bad"] and told["good"] for told in EXAMPLES.values())


@pytest.mark.parametrize(("rule", "kind", "number"), CASES)
def test_a_rule_finds_bad_examples_alone(
    findings: dict[Path, set[str]], rule: str, kind: str, number: int
):
    assert (rule in findings[place(rule, kind, number=number)]) == (kind == "bad")
