"""Whisper on ONNX Runtime next to the implementation its weights were converted for."""

import struct
from pathlib import Path

import numpy as np
import pytest
from ctranslate2 import StorageView
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from hypothesis import given
from hypothesis import strategies as some

from tests.engines.speakers import MODELS_HINT, say
from voice_app.audio.catalog import WHISPER_BASE
from voice_app.audio.engines.whisper.branches import Branches
from voice_app.audio.engines.whisper.network import Network
from voice_app.audio.engines.whisper.reading import Reading, Rules
from voice_app.audio.engines.whisper.weights import read_weights
from voice_app.audio.models import installed_folder
from voice_app.audio.recordings import decode
from voice_app.audio.speech import EngineError
from voice_app.settings import Settings

pytestmark = pytest.mark.engine

SAID = {
    "en": "the kitchen before the bathroom",
    "es": "la cocina antes del baño",
    "fr": "la cuisine avant la salle de bain",
}
PHRASES = {
    "en": (" The kitchen before the bathroom.", " The kitchen.", " The bathroom", " Thirty-three!"),
    "es": (" La cocina antes del baño.", " La cocina.", " El baño", " ¡Treinta y tres!"),
    "fr": (" La cuisine avant la salle de bain.", " La cuisine.", " Le bain", " Trente-trois !"),
}
SECONDS = 6


class Peer:
    """The same model run by CTranslate2 in float32."""

    def __init__(self, folder: Path) -> None:
        self._model = WhisperModel(str(folder), device="cpu", compute_type="float32")

    def features(self, samples: np.ndarray) -> np.ndarray:
        missing = SECONDS * 16_000 - len(samples)
        return self._model.feature_extractor(np.pad(samples, (0, missing)))[:, : SECONDS * 100]

    def tokenizer(self, language: str) -> Tokenizer:
        words = self._model.hf_tokenizer
        return Tokenizer(words, multilingual=True, task="transcribe", language=language)

    def logs(self, features: np.ndarray, tokenizer: Tokenizer, text: list[int]) -> np.ndarray:
        states = self._model.encode(features)
        found = self._model.model.align(states, tokenizer.sot_sequence, [text], [SECONDS * 100])
        return np.log(found[0].text_token_probs)

    def free(self, features: np.ndarray, tokenizer: Tokenizer) -> list[int]:
        states: StorageView = self._model.encode(features)
        prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        return self._model.model.generate(states, [prompt], beam_size=1)[0].sequences_ids[0]


@pytest.fixture(scope="module")
def folder() -> Path:
    found = installed_folder(WHISPER_BASE, Settings().models_folder)
    if found is None:
        pytest.fail(f"Whisper is not installed: {MODELS_HINT}")
    return found


@pytest.fixture(scope="module")
def peer(folder: Path) -> Peer:
    return Peer(folder)


@pytest.fixture(scope="module")
def exact(folder: Path) -> Network:
    return Network(folder, threads=2, quantization="float32")


@pytest.fixture(scope="module")
def quick(folder: Path) -> Network:
    return Network(folder, threads=2, quantization="int8")


def _reading(network: Network, features: np.ndarray, tokenizer: Tokenizer, texts: list[list[int]]):
    sound = network.listen(features, seconds=SECONDS)
    prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
    return Reading(network, sound, prompt=prompt, texts=texts)


def _features(peer: Peer, folder: Path, language: str) -> np.ndarray:
    return peer.features(
        decode(say(SAID[language], language=language, folder=folder)).recording.samples
    )


@pytest.mark.parametrize("language", SAID)
def test_phrases_are_as_likely_as_the_peer_finds_them(
    peer: Peer, exact: Network, tmp_path: Path, language: str
):
    features, tokenizer = _features(peer, tmp_path, language), peer.tokenizer(language)
    texts = [tokenizer.encode(phrase) for phrase in PHRASES[language]]
    ours = _reading(exact, features, tokenizer, texts).logs(tokenizer.eot)
    for text, logs in zip(texts, ours, strict=True):
        assert np.allclose(logs[:-1], peer.logs(features, tokenizer, text), atol=0.02)


@pytest.mark.parametrize("language", SAID)
def test_the_free_text_is_the_peers_whatever_phrases_were_read(
    peer: Peer, exact: Network, tmp_path: Path, language: str
):
    features, tokenizer = _features(peer, tmp_path, language), peer.tokenizer(language)
    theirs = [token for token in peer.free(features, tokenizer) if token < tokenizer.eot]
    rules = Rules(never=[], never_first=[tokenizer.eot], end=tokenizer.eot)
    for texts in ([], [tokenizer.encode(p) for p in PHRASES[language]], [theirs], [theirs[:2]]):
        said, mean = _reading(exact, features, tokenizer, texts).free(rules, most=60)
        assert said == theirs
        assert mean < 0


@pytest.mark.parametrize("language", SAID)
def test_int8_stays_near_the_exact_numbers(
    peer: Peer, exact: Network, quick: Network, tmp_path: Path, language: str
):
    features, tokenizer = _features(peer, tmp_path, language), peer.tokenizer(language)
    texts = [tokenizer.encode(phrase) for phrase in PHRASES[language]]
    means = [
        [np.mean(logs) for logs in _reading(each, features, tokenizer, texts).logs(tokenizer.eot)]
        for each in (exact, quick)
    ]
    assert np.allclose(*means, atol=0.6)
    assert np.argmax(means[1]) == 0


def test_a_text_is_at_most_as_long_as_allowed(peer: Peer, quick: Network, tmp_path: Path):
    tokenizer = peer.tokenizer("en")
    reading = _reading(quick, _features(peer, tmp_path, "en"), tokenizer, [])
    rules = Rules(never=[tokenizer.eot], never_first=[], end=tokenizer.eot)
    assert len(reading.free(rules, most=7)[0]) == 7


@pytest.mark.parametrize(
    "content", [b"", b"no model at all", struct.pack("<I", 5), struct.pack("<IH", 6, 60_000)]
)
def test_a_file_that_is_no_model_is_an_error_that_names_it(tmp_path: Path, content: bytes):
    path = tmp_path / "model.bin"
    path.write_bytes(content)
    with pytest.raises(EngineError, match=r"model\.bin"):
        read_weights(path)


def test_a_model_of_another_kind_is_an_error(tmp_path: Path):
    name = b"encoder/weight\0"
    variable = struct.pack("<H", len(name)) + name + struct.pack("<BIBIf", 1, 1, 0, 4, 0.5)
    spec = b"TransformerSpec\0"
    head = struct.pack("<IH", 6, len(spec)) + spec + struct.pack("<II", 1, 1)
    (tmp_path / "model.bin").write_bytes(head + variable)
    with pytest.raises(EngineError, match="no Whisper"):
        Network(tmp_path, threads=1, quantization="int8")


def test_weights_kept_as_bytes_are_scaled(tmp_path: Path):
    def variable(name: bytes, kind: int, array: np.ndarray) -> bytes:
        shape = struct.pack(f"<B{array.ndim}I", array.ndim, *array.shape)
        name += b"\0"
        data = array.tobytes()
        sizes = struct.pack("<BI", kind, len(data))
        return struct.pack("<H", len(name)) + name + shape + sizes + data

    head = struct.pack("<IH", 6, 2) + b"W\0" + struct.pack("<II", 3, 2)
    bytes_, scale = np.array([[2, -4], [100, 50]], np.int8), np.array([2, 50], np.float32)
    path = tmp_path / "model.bin"
    path.write_bytes(
        head + variable(b"a/weight", 1, bytes_) + variable(b"a/weight_scale", 0, scale)
    )
    found = read_weights(path)
    assert list(found) == ["a/weight"]
    assert found["a/weight"].tolist() == [[1, -2], [2, 1]]


@given(some.lists(some.lists(some.integers(0, 4), min_size=1, max_size=6), max_size=8))
def test_a_branch_sees_its_own_text_and_nothing_else(texts: list[list[int]]):
    branches = Branches([90, 91, 92])
    paths = [branches.grow(text) for text in texts]
    sees, places = branches.sees(), branches.places()
    for text, path in zip(texts, paths, strict=True):
        assert path[0] == branches.trunk_end
        assert [branches.tokens[at] for at in path[1:]] == text
        assert [places[at] for at in path] == list(range(2, 3 + len(text)))
        assert np.flatnonzero(sees[path[-1]]).tolist() == sorted([0, 1, *path])
    assert len(branches.tokens) == 3 + len(
        {tuple(t[: n + 1]) for t in texts for n in range(len(t))}
    )
