"""Files that are broken, or made to break what reads them; the same ones every time."""

import gzip
import io
import pickle
import struct
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.hostile.takes import bomb, takes

_MUTANTS, _TORN, _MIXED = 40, 12, 6
_MOST_BYTES = 1_999_000


@dataclass(frozen=True)
class Hostile:
    """One file: what was done, its name, its bytes, and the container of the take it was."""

    kind: str
    name: str
    data: bytes
    container: str = ""


def corpus(canary: Path) -> Iterator[Hostile]:
    """All files. `canary` is a sound beside them that those which name files ask for."""
    real = takes()
    for container, take in real.items():
        yield from (replace(one, container=container) for one in _broken(container, take))
    yield from _boxes(real["whole-mp4"])
    yield from _play_lists(canary, real)
    yield from _foreign(real["wav"])
    yield from _claims(real)
    yield from _bombs()


def sample(files: Iterable[Hostile], *, each: int) -> list[Hostile]:
    """Give at most `each` files of every kind and container, spread over them."""
    groups: dict[tuple[str, str], list[Hostile]] = defaultdict(list)
    for one in files:
        groups[one.kind, one.container].append(one)
    spread = ((of, min(each, len(of))) for of in groups.values())
    return [of[len(of) * at // most] for of, most in spread for at in range(most)]


def _broken(container: str, take: bytes) -> Iterator[Hostile]:
    numbers = np.random.default_rng(sum(container.encode()))
    for number in range(_MUTANTS):
        most = len(take) if number % 2 else min(600, len(take))  # every other one in its headers
        yield Hostile("mutated", f"{container}-{number}", _mutated(take, most, numbers))
    for number in range(_TORN):
        end = len(take) * (number + 1) // (_TORN + 1)
        yield Hostile("torn", f"{container}-{number}", take[:end])
    for number in range(_MIXED):
        yield Hostile("shuffled", f"{container}-{number}", _shuffled(take, numbers))
        yield Hostile("doubled", f"{container}-{number}", _doubled(take, numbers))
        yield Hostile("holed", f"{container}-{number}", _holed(take, numbers))
    for size in (4, 16, 64, 300):
        yield Hostile("header only", f"{container}-{size}", take[:size])


def _mutated(take: bytes, most: int, numbers: np.random.Generator) -> bytes:
    data = bytearray(take)
    for place in numbers.integers(0, most, int(numbers.integers(1, 40))):
        data[place] = int(numbers.integers(0, 256))
    return bytes(data)


def _shuffled(take: bytes, numbers: np.random.Generator) -> bytes:
    pieces = [take[at : at + 500] for at in range(0, len(take), 500)]
    return b"".join(pieces[int(at)] for at in numbers.permutation(len(pieces)))


def _doubled(take: bytes, numbers: np.random.Generator) -> bytes:
    start, size = int(numbers.integers(0, len(take) // 2)), int(numbers.integers(1, len(take) // 2))
    return take[: start + size] + take[start:]


def _holed(take: bytes, numbers: np.random.Generator) -> bytes:
    start, size = int(numbers.integers(0, len(take) // 2)), int(numbers.integers(1, 4000))
    filler = b"\xff" if numbers.integers(0, 2) else b"\x00"
    return take[:start] + filler * size + take[start + size :]


def _boxes(take: bytes) -> Iterator[Hostile]:
    """Counts and sizes in the tables of an MP4 that claim more than there is."""
    names = (
        b"moov",
        b"mvhd",
        b"trak",
        b"mdhd",
        b"stsd",
        b"esds",
        b"stts",
        b"stsc",
        b"stsz",
        b"stco",
    )
    for name in names:
        place = take.find(name)
        for offset in (-4, 4, 8, 12):
            for claim in (0, 0x7FFFFFFF, 0xFFFFFFFF):
                data = bytearray(take)
                struct.pack_into(">I", data, place + offset, claim)
                label = f"{name.decode()}{offset:+}={claim:x}"
                yield Hostile("claims in boxes", label, bytes(data))


def _play_lists(canary: Path, real: dict[str, bytes]) -> Iterator[Hostile]:
    """Texts and boxes that name another file or address, under the name of a take."""
    near, far = canary.name, str(canary)
    for number, target in enumerate((near, far, f"file:{far}", f"subfile,,start,0,end,0,,:{far}")):
        for label, text in _lists_of(target):
            yield Hostile("play list", f"{label}-{number}", text.encode())
    web = "http://127.0.0.1:9/a.wav"
    for label, text in _lists_of(web):
        yield Hostile("play list", f"{label}-web", text.encode())
    for label, data in (("bare", b""), ("wav", real["wav"][:44]), ("webm", real["webm"][:300])):
        hidden = data + f"\nffconcat version 1.0\nfile {near}\n".encode()
        yield Hostile("play list", f"concat-behind-{label}", hidden)
    outside = b"url " + bytes(4) + far.encode() + b"\0"
    for container in ("mp4", "whole-mp4"):
        data = real[container].replace(b"url \0\0\0\1", outside)
        yield Hostile("play list", f"data-reference-{container}", data)


def _lists_of(target: str) -> Iterator[tuple[str, str]]:
    yield "concat", f"ffconcat version 1.0\nfile '{target}'\n"
    yield "concat-bom", f"\ufeffffconcat version 1.0\nfile {target}\n"
    yield "hls", f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{target}\n#EXT-X-ENDLIST\n"
    yield "hls-key", f'#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="{target}"\n#EXTINF:1,\na.ts\n'
    yield "pls", f"[playlist]\nFile1={target}\nNumberOfEntries=1\n"
    yield "dash", f'<?xml version="1.0"?><MPD><BaseURL>{target}</BaseURL></MPD>'
    yield "sdp", f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns={target}\nm=audio 9 RTP/AVP 0\n"
    yield "smil", f'<smil><body><audio src="{target}"/></body></smil>'
    yield (
        "xspf",
        f'<playlist xmlns="http://xspf.org/ns/0/"><location>{target}</location></playlist>',
    )


def _foreign(take: bytes) -> Iterator[Hostile]:
    """What is no sound, or one and something else besides."""
    image = Image.new("RGB", (64, 64), "red")
    for kind in ("png", "jpeg", "gif", "webp", "bmp", "tiff"):
        file = io.BytesIO()
        image.save(file, kind)
        yield Hostile("renamed", kind, file.getvalue())
    program = Path(sys.executable).resolve().read_bytes()[:200_000]
    texts = {"html": b"<html><script>alert(1)</script></html>", "csv": b"=cmd|' /C calc'!A0"}
    texts |= {"pdf": b"%PDF-1.7\n", "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
    texts |= {"pickle": pickle.dumps({"a": 1}), "program": program, "text": b"hello"}
    texts |= {"zip+wav": _zipped(take) + take, "wav+zip": take + _zipped(take)}
    texts |= {"id3": b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + bytes(100_000), "empty": b""}
    texts |= {f"byte-{byte:02x}": bytes([byte]) for byte in (0, 0x1A, 0x4F, 0x52, 0xFF)}
    texts |= {"zeros": bytes(_MOST_BYTES), "ones": b"\xff" * _MOST_BYTES}
    numbers = np.random.default_rng(5)
    texts |= {f"noise-{size}": numbers.bytes(size) for size in (10, 1000, 100_000, 1_900_000)}
    for name, data in texts.items():
        yield Hostile("renamed", name, data)


def _claims(real: dict[str, bytes]) -> Iterator[Hostile]:
    """Headers that promise gigabytes, no channels, or absurd rates."""
    head, sound = real["wav"][:44], real["wav"][44:]
    for label, offset, form, value in (
        ("4-gigabytes", 40, "<I", 0xFFFFFFFF),
        ("4-gigabytes-in-all", 4, "<I", 0xFFFFFFFF),
        ("nothing", 40, "<I", 0),
        ("no-channels", 22, "<H", 0),
        ("all-channels", 22, "<H", 0xFFFF),
        ("no-rate", 24, "<I", 0),
        ("absurd-rate", 24, "<I", 0x7FFFFFFF),
        ("one-a-second", 24, "<I", 1),
        ("no-bits", 34, "<H", 0),
        ("absurd-bits", 34, "<H", 0xFFFF),
        ("other-codec", 20, "<H", 0x1234),
        ("no-alignment", 32, "<H", 0),
        ("giant-format", 16, "<I", 0xFFFFFFF0),
    ):
        data = bytearray(head)
        struct.pack_into(form, data, offset, value)
        yield Hostile("claims", f"wav-{label}", bytes(data) + sound)
        yield Hostile("claims", f"wav-{label}-and-no-sound", bytes(data))
    yield Hostile("claims", "webm-unknown-size", real["webm"][:40] + b"\x01" + b"\xff" * 7)


def _bombs() -> Iterator[Hostile]:
    """Little that becomes much, or goes deep."""
    nested_boxes = b"".join(struct.pack(">I4s", 0x7FFFFFFF, b"moov") for _ in range(100_000))
    start = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"
    yield Hostile("bomb", "opus-hours", bomb(hours=7.5))
    yield Hostile("bomb", "zip", _zipped(bytes(50_000_000)))
    yield Hostile("bomb", "gzip", gzip.compress(bytes(50_000_000), mtime=0))
    yield Hostile("bomb", "boxes-in-boxes", start + nested_boxes)
    yield Hostile("bomb", "clusters-in-clusters", _EBML + b"\x1f\x43\xb6\x75\x01" * 1 + _CLUSTERS)
    yield Hostile("bomb", "empty-pages", b"OggS\0\0" + bytes(20) + b"\0" + _PAGES)
    yield Hostile("bomb", "empty-boxes", start + b"\0\0\0\x08free" * 200_000)


_EBML = bytes.fromhex("1a45dfa3934286810142f7810142f2810442f381084282847765626d18538067")
_CLUSTERS = b"\x01\xff\xff\xff\xff\xff\xff\xff\x1f\x43\xb6\x75" * 100_000
_PAGES = (b"OggS\0\0" + bytes(20) + b"\0") * 60_000


def _zipped(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("take.webm"), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()
