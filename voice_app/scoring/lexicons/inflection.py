"""The forms of regular verbs, adjectives and plurals in French, Spanish and English."""

from collections.abc import Callable, Iterable


def _ends(text: str) -> tuple[str, ...]:
    """Return endings written with spaces between them; a dash is none."""
    return tuple("" if each == "-" else each for each in text.split())


_FR = {
    "er": _ends("e es ons ez ent er é ée és ées ant a as ais ait aient era eras erai erez eront"),
    "ir": _ends("is it issons issez issent isse ir i ie is ies issant ira irez irai"),
    "re": _ends("- s ons ez ent re u ue us ues ant ra rez rai"),
}
_FR_MUTE = ("e", "es", "ent", "era", "erai", "erez", "eras", "eront")
_ES = {
    "ar": _ends("o as a amos an e es emos en ar ado ada ados ando é ó ad aste aron aré ará aba"),
    "er": _ends("o es e emos en a as amos an er ido ida idos iendo í ió ed iste eré erá ía"),
    "ir": _ends("o es e imos en a as amos an ir ido ida idos iendo í ió id iste iré irá ía"),
}
_ES_STRESSED = {
    "ar": _ends("o as a an e es en"),
    "er": _ends("o es e en a as an"),
    "ir": _ends("o es e en a as an"),
}
_ES_CLITICS = _ends("melos melas melo mela selos selas selo sela los las les nos lo la le me se te")
_ES_SPELLED = (("car", "qu"), ("gar", "gu"), ("zar", "c"))
_ES_BEFORE_A = (("ger", "j"), ("gir", "j"), ("guir", "g"), ("cer", "zc"), ("cir", "zc"))
_EN_DOUBLING = 4


def verb_forms(lemma: str, stems: Iterable[str], language: str) -> set[str]:
    """Return the forms of a verb by the rules; `stems` are further stems of its weak forms."""
    rules: dict[str, Callable[[str, Iterable[str]], set[str]]] = {
        "fr": _french,
        "es": _spanish,
        "en": _english,
    }
    return rules[language](lemma, stems) | {lemma}


def adjective_forms(lemma: str, language: str) -> set[str]:
    """Return the feminine and plural forms of a regular adjective."""
    if language == "fr":
        return {lemma, lemma + "e", lemma + "s", lemma + "es"}
    if language == "es":
        ends = ("o", "a", "os", "as")
        return {lemma[:-1] + end for end in ends} if lemma.endswith("o") else {lemma, lemma + "s"}
    return {lemma}


def singulars(word: str, language: str) -> tuple[str, ...]:
    """Return the word and what it may be the plural of."""
    rules = {"fr": _FR_PLURALS, "es": _ES_PLURALS, "en": _EN_PLURALS}.get(language, ())
    found = (word[: -len(end)] + start for end, start in rules if word.endswith(end))
    return (word, *(each for each in found if len(each) > 1 and not each.endswith("ss" * 2)))


def clitic(word: str) -> str:
    """Return the pronouns at the end of what may be a Spanish verb form; empty without."""
    longest = (end for end in _ES_CLITICS if word.endswith(end) and len(word) > len(end) + 2)
    return next(longest, "")


def without_clitics(word: str, language: str) -> str | None:
    """Return a Spanish verb form without the pronouns at its end: `ciérrela` gives `ciérre`."""
    end = clitic(word) if language == "es" else ""
    return word.removesuffix(end) if end else None


def _french(lemma: str, stems: Iterable[str]) -> set[str]:
    stem, end = lemma[:-2], lemma[-2:]
    found = {stem + each for each in _FR.get(end, ())}
    if end == "er" and stem.endswith("c"):
        found |= {stem[:-1] + "çons", stem[:-1] + "çant"}
    return found | {other + each for other in stems for each in _FR_MUTE}


def _spanish(lemma: str, stems: Iterable[str]) -> set[str]:
    lemma = lemma.removesuffix("se") if lemma.endswith("rse") else lemma
    stem, end = lemma[:-2], lemma[-2:].replace("í", "i")
    found = {stem + each for each in _ES.get(end, ())}
    for ending, start in _ES_SPELLED:
        if lemma.endswith(ending):
            stems = (*stems, *(other[:-1] + start for other in (stem, *stems)))
    for ending, start in _ES_BEFORE_A:
        if lemma.endswith(ending):
            before = lemma[: -len(ending)] + start
            found |= {before + each for each in ("o", "a", "as", "an", "amos")}
    stressed = _ES_STRESSED.get(end, ())
    return found | {other + each for other in stems for each in stressed} | {lemma}


def _english(lemma: str, _stems: Iterable[str]) -> set[str]:
    if lemma.endswith("e"):
        return {lemma + "s", lemma + "d", lemma[:-1] + "ing"}
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        return {lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"}
    found = {lemma + each for each in ("s", "es", "ed", "ing")}
    if len(lemma) <= _EN_DOUBLING and lemma[-1] not in "aeiouwxy" and lemma[-2] in "aeiou":
        found |= {lemma + lemma[-1] + each for each in ("ed", "ing")}
    return found


_FR_PLURALS = (("s", ""), ("aux", "al"), ("x", ""))
_ES_PLURALS = (("s", ""), ("ces", "z"), ("es", ""))
_EN_PLURALS = (("ies", "y"), ("es", ""), ("s", ""))
