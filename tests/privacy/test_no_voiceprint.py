"""Nothing here knows people by their voice, or reads feelings in it: kept so by these checks."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Libraries whose purpose is to tell who speaks, or how they feel; and models that come with them.
FORBIDDEN = (
    "pyannote",
    "pyannote-audio",
    "resemblyzer",
    "speechbrain",
    "deepspeaker",
    "deep-speaker",
    "titanet",
    "nemo-toolkit",
    "wespeaker",
    "wespeakerruntime",
    "simple-diarizer",
    "diart",
    "voxceleb-trainer",
    "opensmile",
    "pyaudioanalysis",
    "audeer",
    "audonnx",
    "vokaturi",
    "deepface",
    "fer",
    "emotion",
    "speechemotionrecognition",
    "pyspeaker",
    "ecapa",
    "xvector",
    "silero-speaker",
)
_NAMES = re.compile(r"speaker.?embed|voice.?print|speaker.?(id|recog|verif)|emotion|diari[sz]")


def named(text: str) -> set[str]:
    return {
        re.sub(r"[-_.]+", "-", one).lower()
        for one in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)
    }


@pytest.mark.parametrize(
    "path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda p: p.name
)
def test_no_package_that_runs_here_knows_speakers_or_feelings(path: Path):
    found = named(path.read_text("utf-8"))
    assert found
    assert not found & set(FORBIDDEN)
    assert not [one for one in found if _NAMES.search(one)]


def test_no_module_imports_one():
    imported = set()
    for path in sorted((ROOT / "voice_app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {one.name.partition(".")[0] for one in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.partition(".")[0])
    assert "vosk" in imported
    assert not imported & {one.replace("-", "_") for one in FORBIDDEN}


def test_no_table_has_room_for_a_voiceprint():
    from voice_app.models import Row  # noqa: PLC0415

    columns = [f"{t.name}.{c.name}" for t in Row.metadata.tables.values() for c in t.c]
    assert not [one for one in columns if _NAMES.search(one) or "embedding" in one]


def test_the_speaker_model_of_vosk_is_never_loaded():
    source = (ROOT / "voice_app/audio/engines/vosk.py").read_text("utf-8")
    assert "SpkModel" not in source
    assert "SetSpkModel" not in source


def test_the_architecture_check_forbids_them_too():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = told["tool"]["importlinter"]["contracts"]
    voiceprints = [one for one in contracts if "known by their voice" in one["name"]]
    assert len(voiceprints) == 1
    assert {"speechbrain", "resemblyzer"} <= set(voiceprints[0]["forbidden_modules"])
