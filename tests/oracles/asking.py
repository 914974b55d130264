"""Verifiers that are not ours, each in a process of its own that answers lines of JSON."""

import json
import subprocess
from base64 import urlsafe_b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
ORACLE = ROOT / ".venv-oracle" / "bin" / "python"
BY_HAND = "Run `make install-dev` first: it brings the verifiers that are not ours."

Document = dict[str, Any]


class Verifier:
    """A running verifier: one question a line, one answer a line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, **question: Any) -> Document:
        """Send one question and give its answer."""
        self.send(**question)
        return self.answer()

    def send(self, **question: Any) -> None:
        """Send a question; its answer must be read before the next one is sent."""
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Document:
        """Wait for the answer to what was sent."""
        line = self._process.stdout.readline()
        assert line, "The verifier stopped; what it said stands above."
        return json.loads(line)

    def judge(
        self, document: Document, known: Mapping[str, Document], *, now: str | None = None
    ) -> Document:
        """Ask about a credential; `known` holds the documents it may read, by address."""
        moment = {} if now is None else {"now": now}
        return self.ask(document=document, known=dict(known), **moment)

    def is_good(self, document: Document, known: Mapping[str, Document]) -> bool:
        """Tell whether a credential is real and neither revoked nor suspended."""
        found = self.judge(document, known)
        return found["real"] and not found["set"]


def digital_bazaar():
    """Give @digitalbazaar/vc with its eddsa-rdfc-2022 suite and its status lists."""
    return _running(*_node("verify.mjs"))


def jose():
    """Give jose, which knows JWTs and nothing of badges."""
    return _running(*_node("jose.mjs"))


def openbadgeslib():
    """Give openbadgeslib, in an environment of its own."""
    assert ORACLE.exists(), BY_HAND
    return _running(str(ORACLE), str(ROOT / "tests" / "badges" / "oracle_verify.py"))


def decoded(text: str) -> bytes:
    """Read base64url without its padding."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _node(script: str) -> tuple[str, str]:
    assert (HERE / "node_modules").is_dir(), BY_HAND
    return "node", str(HERE / script)


@contextmanager
def _running(*command: str) -> Iterator[Verifier]:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, encoding="utf-8", **pipes) as process:
        yield Verifier(process)
        process.stdin.close()
        assert process.wait(timeout=20) == 0
