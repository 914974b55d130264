"""The two graphs with their weights, ready to run: hears a sound, reads tokens against it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnx import ModelProto

from voice_app.audio.engines.whisper.graphs import Quantization, attended, decoder, encoder
from voice_app.audio.engines.whisper.weights import depth, number, read_weights
from voice_app.audio.speech import EngineError

Floats = NDArray[np.float32]

_NEVER = -1e9


@dataclass(frozen=True)
class Sound:
    """A window of sound as the decoder's layers attend to it; `seconds` of it are the take.

    `attended` has the outputs of the encoder's graph, by their names.
    """

    attended: Mapping[str, Floats]
    seconds: float


@dataclass(frozen=True)
class Past:
    """What the decoder keeps of tokens it has read, shape (layers, heads, tokens, width)."""

    keys: Floats
    values: Floats

    @property
    def size(self) -> int:
        """How many tokens were read."""
        return int(self.keys.shape[2])

    def only(self, tokens: Sequence[int]) -> "Past":
        """Keep some of the tokens, in this order."""
        return Past(self.keys[:, :, tokens], self.values[:, :, tokens])


class Network:
    """Whisper from the folder of a CTranslate2 model, run by ONNX Runtime.

    Not for use by two threads at once. Raises `EngineError` where the model cannot be read.
    """

    def __init__(self, folder: Path, *, threads: int, quantization: Quantization) -> None:
        weights = read_weights(folder / "model.bin")
        try:
            # Copied, so that the file is not kept in memory for them.
            self._embeddings = weights["decoder/embeddings/weight"].copy()
            self._places = weights["decoder/position_encodings/encodings"].copy()
            self._attended = attended(weights)
            self._encoder = _session(encoder(weights, quantization), threads, spins=False)
            self._decoder = _session(decoder(weights, quantization), threads, spins=True)
        except KeyError as cause:
            message = f"The model in {folder} is no Whisper: it has no {cause}."
            raise EngineError(message) from cause
        heads = number(weights, "decoder/num_heads")
        width = self._embeddings.shape[1] // heads
        empty = np.zeros((depth(weights, "decoder"), heads, 0, width), np.float32)
        self.nothing_read = Past(empty, empty)

    @property
    def most_tokens(self) -> int:
        """How many tokens can be read in all."""
        return len(self._places)

    def listen(self, features: Floats, *, seconds: float) -> Sound:
        """Encode the features of a window, shape (80, frames), of which `seconds` are the take."""
        taken = {"mel": features[None].astype(np.float32)}
        found = self._encoder.run(self._attended, taken)
        return Sound(dict(zip(self._attended, found, strict=True)), seconds)

    def read(
        self,
        sound: Sound,
        tokens: Sequence[int],
        *,
        places: Sequence[int],
        sees: NDArray[np.bool_],
        rows: Sequence[int],
        past: Past,
    ) -> tuple[Floats, Past]:
        """Read tokens at their places, each seeing those before it that `sees` allows.

        `sees` has shape (tokens, past + tokens). Returns the natural logarithms of what comes
        after each of `rows`, shape (rows, vocabulary), and past and new tokens together.
        """
        hidden = self._embeddings[list(tokens)].astype(np.float32)
        hidden += self._places[list(places)].astype(np.float32)
        logs, keys, values = self._decoder.run(
            ("logs", "own_keys", "own_values"),
            {
                "hidden": hidden,
                "bias": np.where(sees, np.float32(0), np.float32(_NEVER)),
                "rows": np.asarray(rows, np.int64),
                **sound.attended,
                "past_keys": past.keys,
                "past_values": past.values,
            },
        )
        return logs, Past(keys, values)


def _session(graph: ModelProto, threads: int, *, spins: bool) -> onnxruntime.InferenceSession:
    """Load a graph; threads that spin start sooner, and take time from others while they wait.

    The decoder runs again and again for a millisecond, the encoder once for long; if both
    spun, each would hold up the other.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", str(int(spins)))
    return onnxruntime.InferenceSession(
        graph.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
