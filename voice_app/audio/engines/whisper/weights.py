"""The weights of a Whisper model, from the file that CTranslate2's converter writes."""

import mmap
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice_app.audio.speech import EngineError

Weights = Mapping[str, NDArray[Any]]

_VERSION = 6
_TYPES: tuple[type[np.generic], ...] = (np.float32, np.int8, np.int16, np.int32, np.float16)


def read_weights(path: Path) -> Weights:
    """Map the variables of a `model.bin` by their names, without reading them into memory.

    The layout is that of CTranslate2's `ModelSpec`, version 6. Weights that were stored as
    int8 with a scale for each row come back as float32. Raises `EngineError`.
    """
    try:
        with path.open("rb") as file:
            stored = dict(_Reader(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)).variables())
    except (OSError, ValueError, IndexError, struct.error) as cause:
        message = f"The model file {path} cannot be read: {cause}"
        raise EngineError(message) from cause
    return {
        name: _scaled(array, stored.get(f"{name}_scale"))
        for name, array in stored.items()
        if not name.endswith("_scale")
    }


def number(weights: Weights, name: str) -> int:
    """Return one whole number that is stored among the weights, such as how many heads."""
    return int(weights[name].item())


def depth(weights: Weights, part: str) -> int:
    """Count the layers of a part: `encoder` or `decoder`."""
    starts = {name.split("/")[1] for name in weights if name.startswith(f"{part}/layer_")}
    return len(starts - {"layer_norm"})


def _scaled(array: NDArray[Any], scale: NDArray[Any] | None) -> NDArray[Any]:
    if scale is None or array.dtype != np.int8:
        return array
    return array.astype(np.float32) / scale.astype(np.float32).reshape(-1, 1)


class _Reader:
    """Walks through the file: each variable is a name, a shape, a type and its bytes."""

    def __init__(self, data: mmap.mmap) -> None:
        self._data = data
        self._at = 0

    def variables(self) -> list[tuple[str, NDArray[Any]]]:
        version = self._take("I")
        if version != _VERSION:
            message = f"its format is {version}, known is {_VERSION}"
            raise ValueError(message)
        self._text()
        self._take("I")
        return [(self._text(), self._array()) for _ in range(self._take("I"))]

    def _take(self, kind: str) -> int:
        (value,) = struct.unpack_from(f"<{kind}", self._data, self._at)
        self._at += struct.calcsize(kind)
        return int(value)

    def _text(self) -> str:
        size = self._take("H")
        text = self._data[self._at : self._at + size - 1].decode()
        self._at += size
        return text

    def _array(self) -> NDArray[Any]:
        shape = [self._take("I") for _ in range(self._take("B"))]
        kind = np.dtype(_TYPES[self._take("B")])
        size = self._take("I")
        found = np.frombuffer(self._data, kind, size // kind.itemsize, self._at)
        self._at += size
        return found.reshape(shape)
