"""What was heard in an utterance: the parts that tell what somebody said are sealed."""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

from voice_app.vault.vault import Vault

# The rest (levels, what was asked, which versions) says nothing of what was answered.
SPOKEN = ("engines", "again", "stretches", "others", "found", "order")
SEALED = "sealed"
# The columns of a mark that the seal of its comment is bound to.
ABOUT_COMMENT = ("attempt_id", "item", "why", "turn", "author")


def closed(
    vault: Vault, evidence: Mapping[str, Any], *, owner: str, utterance_id: str
) -> dict[str, Any]:
    """Seal what was heard; evidence in which nothing was heard, or that is sealed, stays."""
    spoken = {name: evidence[name] for name in SPOKEN if name in evidence}
    rest = without_speech(evidence) if spoken else dict(evidence)
    if spoken:
        packed = zlib.compress(json.dumps(spoken, ensure_ascii=False).encode())
        box = vault.seal(packed, owner=owner, about=_about(utterance_id))
        rest[SEALED] = b64encode(box).decode()
    return rest


def unclosed(
    vault: Vault, evidence: Mapping[str, Any], *, owner: str, utterance_id: str
) -> dict[str, Any]:
    """Give evidence as it was before it was sealed; raises `VaultError` as `Vault.opened` does."""
    if SEALED not in evidence:
        return dict(evidence)
    box = b64decode(evidence[SEALED])
    packed = vault.opened(box, owner=owner, about=_about(utterance_id))
    spoken: dict[str, Any] = json.loads(zlib.decompress(packed))
    return without_speech(evidence) | spoken


def has_speech(evidence: Mapping[str, Any]) -> bool:
    """Tell whether evidence holds what somebody said, sealed or not."""
    return SEALED in evidence or any(evidence.get(name) for name in SPOKEN)


def is_open(evidence: Mapping[str, Any]) -> bool:
    """Tell whether evidence holds what somebody said in the clear."""
    return any(name in evidence for name in SPOKEN)


def without_speech(evidence: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is left of evidence when nothing of what was said may stay."""
    return {name: part for name, part in evidence.items() if name not in {*SPOKEN, SEALED}}


def unsealed(vault: Vault, row: Mapping[str, Any], *, owner: str, about: str) -> dict[str, Any]:
    """Give the words that `sealed` closed, none where there are none; raises `VaultError`."""
    if SEALED not in row:
        return {}
    words: dict[str, Any] = json.loads(
        vault.opened(b64decode(row[SEALED]), owner=owner, about=about)
    )
    return words


def sealed(vault: Vault, words: Mapping[str, Any], *, owner: str, about: str) -> str:
    """Seal some words for a row."""
    packed = json.dumps(words, ensure_ascii=False).encode()
    return b64encode(vault.seal(packed, owner=owner, about=about)).decode()


def about_comment(mark: Mapping[str, Any]) -> str:
    """Give what the seal of a comment is bound to, by the columns of its mark."""
    return f"comment {'/'.join(str(mark[one]) for one in ABOUT_COMMENT)}"


def _about(utterance_id: str) -> str:
    return f"hearing {utterance_id}"
