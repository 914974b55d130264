"""The words on paper and pictures, in the languages that we write."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PaperWording:
    """What paper says in `language`.

    `claims` by micro-competence: `{who}` is the holder, `{language}` the employer language.
    `passed` is said of one test, `earned` of the badge that rests on four.
    `dates` has `{day}`, `{month}` and `{year}`; `first` is how the first of a month is written.
    """

    language: str
    badge: str
    somebody: str
    claims: Mapping[str, str]
    passed: str
    earned: str
    good_until: str
    watched: Mapping[bool, str]
    identified: Mapping[bool, str]
    scan: str
    or_type: str
    given_by: str
    contact: str
    write_name: str
    lost: str
    picture: str
    qr: str
    cards: str
    cut: str
    dates: str
    months: tuple[str, ...]
    first: str = "1"

    def day(self, day: date) -> str:
        """Write a day as people do: `22 November 2026`."""
        number = self.first if day.day == 1 else str(day.day)
        return self.dates.format(day=number, month=self.months[day.month - 1], year=day.year)


_ENGLISH = PaperWording(
    language="en",
    badge="Badge",
    somebody="This person",
    claims={
        "MC1": "{who} cleans with professional quality.",
        "MC2": "{who} organizes the work well.",
        "MC3": "{who} understands an employer who speaks {language}.",
        "MC4": "{who} respects instructions and needs.",
        "FULL": "{who} holds all four badges.",
    },
    passed="Test passed on {date}.",
    earned="Earned on {date}.",
    good_until="Good until {date}.",
    watched={True: "A person watched over the test.", False: "Nobody watched over the test."},
    identified={
        True: "A person checked who took the test.",
        False: "Nobody checked who the person is.",
    },
    scan="Is it real? Scan this square with a phone.",
    or_type="Or open {check_at} and type this code:",
    given_by="Given by {issuer}.",
    contact="Questions: {contact}.",
    write_name="Name:",
    lost="Lost this paper? Your center prints it again.",
    picture="Picture of the badge: {name}",
    qr="QR code. It opens the page that tells whether badge {code} is real.",
    cards="Badges: one card for each person",
    cut="Cut along the lines. Each person keeps their card.",
    dates="{day} {month} {year}",
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
)
_FRENCH = PaperWording(
    language="fr",
    badge="Badge",
    somebody="Cette personne",
    claims={
        "MC1": "{who} nettoie avec une qualité professionnelle.",
        "MC2": "{who} organise bien son travail.",
        "MC3": "{who} comprend un employeur qui parle {language}.",
        "MC4": "{who} respecte les consignes et les besoins.",
        "FULL": "{who} a les quatre badges.",
    },
    passed="Test réussi le {date}.",
    earned="Obtenu le {date}.",
    good_until="Valable jusqu'au {date}.",
    watched={
        True: "Une personne a surveillé le test.",
        False: "Personne n'a surveillé le test.",
    },
    identified={
        True: "Une personne a vérifié l'identité.",
        False: "Personne n'a vérifié l'identité.",
    },
    scan="Est-ce vrai ? Scannez ce carré avec un téléphone.",
    or_type="Ou ouvrez {check_at} et tapez ce code :",
    given_by="Donné par {issuer}.",
    contact="Questions : {contact}.",
    write_name="Nom :",
    lost="Papier perdu ? Votre centre l'imprime de nouveau.",
    picture="Image du badge : {name}",
    qr="Code QR. Il ouvre la page qui dit si le badge {code} est vrai.",
    cards="Badges : une carte pour chaque personne",
    cut="Découpez le long des lignes. Chaque personne garde sa carte.",
    dates="{day} {month} {year}",
    months=(
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    first="1er",
)
_SPANISH = PaperWording(
    language="es",
    badge="Insignia",
    somebody="Esta persona",
    claims={
        "MC1": "{who} limpia con calidad profesional.",
        "MC2": "{who} organiza bien su trabajo.",
        "MC3": "{who} comprende a un empleador que habla {language}.",
        "MC4": "{who} respeta las instrucciones y las necesidades.",
        "FULL": "{who} tiene las cuatro insignias.",
    },
    passed="Prueba superada el {date}.",
    earned="Obtenida el {date}.",
    good_until="Válida hasta el {date}.",
    watched={True: "Una persona vigiló la prueba.", False: "Nadie vigiló la prueba."},
    identified={True: "Una persona comprobó la identidad.", False: "Nadie comprobó la identidad."},
    scan="¿Es verdadera? Escanee este cuadrado con un teléfono.",
    or_type="O abra {check_at} y escriba este código:",
    given_by="Otorgada por {issuer}.",
    contact="Preguntas: {contact}.",
    write_name="Nombre:",
    lost="¿Perdió este papel? Su centro lo imprime otra vez.",
    picture="Imagen de la insignia: {name}",
    qr="Código QR. Abre la página que dice si la insignia {code} es verdadera.",
    cards="Insignias: una tarjeta para cada persona",
    cut="Corte por las líneas. Cada persona guarda su tarjeta.",
    dates="{day} de {month} de {year}",
    months=(
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
)
_WORDINGS = {words.language: words for words in (_ENGLISH, _FRENCH, _SPANISH)}


def paper_wording(language: str) -> PaperWording:
    """Give the wording in `language`, or the English one: read `.language` to know which."""
    return _WORDINGS.get(language, _ENGLISH)
