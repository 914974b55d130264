"""A finding that is let pass says which check, and why."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_LET_PASS = re.compile(r"# (nosec|nosemgrep)\b(.*)")
# The check's id, then a reason after a second mark, or the one of ruff's own check.
_REASONED = re.compile(r"( B\d{3})+ # (noqa: [A-Z]+\d+ \W*)?(?!noqa)\w.{3,}|: [\w.-]+ # \w.{3,}")


def test_each_exception_names_its_check_and_its_reason():
    passed = [
        (f"{path.relative_to(ROOT)}:{number}", found[2])
        for folder in ("voice_app", "benchmarks", "web/static", "web/templates")
        for path in sorted((ROOT / folder).rglob("*.*"))
        if path.suffix in {".py", ".js", ".html"}
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (found := _LET_PASS.search(line))
    ]
    assert passed
    assert [one for one in passed if not _REASONED.match(one[1])] == []


def test_an_exception_without_a_reason_is_seen():
    for bare in ("", " B603", " # because", " B603 # noqa: S603"):
        assert not _REASONED.match(bare)
