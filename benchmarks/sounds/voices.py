"""Which synthetic voice says what: the plan of the sounds, before any is made."""

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.sounds.phrases import chosen
from benchmarks.sounds.spoken import Kind, Spoken, folded, number_of

# To be counted up when voices, accents or levels change, so that no old sound is taken for new.
RECIPES: Mapping[Kind, int] = {"neural": 2, "formant": 1}
NEURAL_NATIVE, NEURAL_FOREIGN = 60, 90
FORMANT_NATIVE, FORMANT_FOREIGN = 60, 60

# Voices that speak no option name of the shipped sounds, but for French, which has one voice
# only; two names joined are one voice between two, which is how a language gets more of them.
NATIVE = {
    "en": [
        "bf_isabella",
        "bm_lewis",
        "af_nicole",
        "am_adam",
        "bf_alice",
        "am_puck",
        "bm_fable",
        "af_sarah",
    ],
    "fr": [
        "ff_siwis",
        "ff_siwis+bf_isabella",
        "ff_siwis+am_adam",
        "ff_siwis+bm_lewis",
        "ff_siwis+ef_dora",
    ],
    "es": ["em_santa", "em_alex", "ef_dora+em_santa", "em_santa+bm_lewis", "ef_dora+pf_dora"],
}
# Where a voice is from; the language's own are left out when it speaks.
FOREIGN = {
    "hi": ["hf_alpha", "hm_omega"],
    "ja": ["jf_alpha", "jm_kumo"],
    "zh": ["zf_xiaoxiao", "zm_yunxi"],
    "pt": ["pf_dora", "pm_alex"],
    "it": ["if_sara", "im_nicola"],
    "es": ["ef_dora", "em_santa"],
    "fr": ["ff_siwis"],
    "en": ["af_sarah", "am_adam"],
}
ESPEAK_NATIVE = {"en": ("en-gb", "en-us"), "fr": ("fr-fr", "fr-be"), "es": ("es", "es-419")}
ESPEAK_FOREIGN = {
    "en": ("es", "fr-fr", "pl", "pt-br", "hi"),
    "fr": ("es", "en-gb", "ar", "pt-br", "ro"),
    "es": ("fr-fr", "en-gb", "pt-br", "ro", "ar"),
}


def neural(language: str, *, cache: Path, seed: int) -> tuple[Spoken, ...]:
    """Return the sounds that Kokoro's voices are to make: native first, then foreign ones.

    Of the foreign ones half are light, half are strong, a language of origin after the other.
    """
    homes = [home for home in FOREIGN if home != language]
    voices: list[tuple[str, str | None]] = [
        (FOREIGN[home][turn % len(FOREIGN[home])], f"{home}-{strength}")
        for turn in range(2)
        for strength in ("light", "strong")
        for home in homes
    ]
    native: list[tuple[str, str | None]] = [(voice, None) for voice in NATIVE[language]]
    plan = _Plan("neural", language, cache=cache, seed=seed)
    return (*plan.of(native, NEURAL_NATIVE), *plan.of(voices, NEURAL_FOREIGN))


def formant(language: str, *, cache: Path, seed: int) -> tuple[Spoken, ...]:
    """Return the sounds that espeak-ng is to make: native first, then gross accents."""
    native: list[tuple[str, str | None]] = [(voice, None) for voice in ESPEAK_NATIVE[language]]
    foreign: list[tuple[str, str | None]] = [
        (voice, f"{voice}-gross") for voice in ESPEAK_FOREIGN[language]
    ]
    plan = _Plan("formant", language, cache=cache, seed=seed)
    return (*plan.of(native, FORMANT_NATIVE), *plan.of(foreign, FORMANT_FOREIGN))


class _Plan:
    """The sounds of one kind in one language."""

    def __init__(self, kind: Kind, language: str, *, cache: Path, seed: int) -> None:
        self._kind: Kind = kind
        self._language = language
        self._folder = cache / kind / language
        self._seed = seed

    def of(self, voices: Sequence[tuple[str, str | None]], count: int) -> Iterator[Spoken]:
        """Yield phrases, each in the next of the voices."""
        purpose = f"{self._kind} {'foreign' if voices[0][1] else 'native'}"
        texts = chosen(self._language, count=count, seed=self._seed, purpose=purpose)
        offset = random.Random(f"{self._seed} {purpose}").randrange(len(voices))
        for place, text in enumerate(texts):
            voice, accent = voices[(place + offset) % len(voices)]
            yield self._spoken(text, voice=voice, accent=accent)

    def _spoken(self, text: str, *, voice: str, accent: str | None) -> Spoken:
        words = folded(text).replace(" ", "-")[:40]
        number = number_of(text, voice, accent, self._seed, RECIPES[self._kind]) % 16**6
        name = f"{voice}-{accent or 'native'}-{words}-{number:06x}"
        identity = f"{self._kind}/{self._language}/{name}"
        path = self._folder / f"{name}.wav"
        return Spoken(identity, self._language, text, voice, self._kind, accent, path)
