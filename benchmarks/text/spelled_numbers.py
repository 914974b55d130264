"""Numbers from 0 to 99 in words."""

_ONES = {
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze "
    "quinze seize dix-sept dix-huit dix-neuf",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce "
    "quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés "
    "veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen",
}
_TENS = {
    "fr": "vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}


def in_words(number: int, language: str) -> str:
    """Return a number from 0 to 99 as it is said."""
    ones = _ONES[language].split()
    if number < len(ones):
        return ones[number]
    tens = _TENS[language].split()[number // 10 - 2]
    return _joined(tens, number, ones, language=language)


def _joined(tens: str, number: int, ones: list[str], *, language: str) -> str:
    if language == "es":
        return tens if number % 10 == 0 else f"{tens} y {ones[number % 10]}"
    if language == "en":
        return tens if number % 10 == 0 else f"{tens}-{ones[number % 10]}"
    rest = number % 20 if number >= 60 else number % 10
    if number == 80:
        return "quatre-vingts"
    if rest == 0:
        return tens
    link = " et " if rest in {1, 11} and number < 80 else "-"
    return f"{tens}{link}{ones[rest]}"
