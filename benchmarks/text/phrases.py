"""Orders and names that the sweeps are made of, written by hand in three languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Order:
    """An order: the verb as told, its infinitive, and the rest."""

    verb: str
    infinitive: str
    rest: str

    @property
    def text(self) -> str:
        """The order as it is told."""
        return f"{self.verb} {self.rest}"


def _orders(*lines: str) -> tuple[Order, ...]:
    return tuple(Order(*(part.strip() for part in line.split("|"))) for line in lines)


ORDERS = {
    "fr": _orders(
        "passez|passer|l'aspirateur dans le salon",
        "fermez|fermer|la fenêtre de la chambre",
        "ouvrez|ouvrir|la porte du jardin",
        "éteignez|éteindre|le four",
        "allumez|allumer|la lumière du couloir",
        "lavez|laver|les verres avec du savon",
        "rangez|ranger|les assiettes propres en haut",
        "videz|vider|la poubelle avant midi",
        "mettez|mettre|deux cuillères de sucre dans le café",
        "donnez|donner|le sirop au bébé après le repas",
        "mélangez|mélanger|la farine et le lait",
        "appelez|appeler|le médecin à huit heures",
        "coupez|couper|les carottes dans la cuisine",
        "utilisez|utiliser|l'eau chaude",
        "repassez|repasser|les chemises blanches",
        "sortez|sortir|le chien le matin",
    ),
    "es": _orders(
        "pase|pasar|la aspiradora en el salón",
        "cierre|cerrar|la ventana del dormitorio",
        "abra|abrir|la puerta del jardín",
        "apague|apagar|el horno",
        "encienda|encender|la luz del pasillo",
        "lave|lavar|los vasos con jabón",
        "guarde|guardar|los platos limpios arriba",
        "vacíe|vaciar|la basura antes de comer",
        "ponga|poner|dos cucharas de azúcar en el café",
        "dé|dar|el jarabe al bebé después de comer",
        "mezcle|mezclar|la harina y la leche",
        "llame|llamar|al médico a las ocho",
        "corte|cortar|las zanahorias en la cocina",
        "use|usar|el agua caliente",
        "planche|planchar|las camisas blancas",
        "saque|sacar|al perro por la mañana",
    ),
    "en": _orders(
        "vacuum|vacuum|the living room",
        "close|close|the window in the bedroom",
        "open|open|the garden door",
        "turn off|turn off|the oven",
        "turn on|turn on|the light in the hallway",
        "wash|wash|the glasses with soap",
        "put|put|the clean plates up",
        "empty|empty|the bin before noon",
        "put|put|two spoons of sugar in the coffee",
        "give|give|the syrup to the baby after lunch",
        "mix|mix|the flour and the milk",
        "call|call|the doctor at eight o'clock",
        "cut|cut|the carrots in the kitchen",
        "use|use|hot water",
        "iron|iron|the white shirts",
        "walk|walk|the dog in the morning",
    ),
}
NEGATED = {
    "fr": (
        "ne {verb} pas {rest}",
        "ne {verb} jamais {rest}",
        "ne {verb} surtout pas {rest}",
        "{verb} pas {rest}",
        "il ne faut pas {infinitive} {rest}",
        "vous ne devez pas {infinitive} {rest}",
        "évitez de {infinitive} {rest}",
        "il est interdit de {infinitive} {rest}",
        "n'oubliez pas de ne pas {infinitive} {rest}",
        "oubliez de {infinitive} {rest}",
        "vous n'avez pas besoin de {infinitive} {rest}",
    ),
    "es": (
        "no {verb} {rest}",
        "nunca {verb} {rest}",
        "jamás {verb} {rest}",
        "no {verb} nunca {rest}",
        "no hay que {infinitive} {rest}",
        "no debe {infinitive} {rest}",
        "evite {infinitive} {rest}",
        "está prohibido {infinitive} {rest}",
        "no olvide no {infinitive} {rest}",
        "olvide {infinitive} {rest}",
        "no hace falta {infinitive} {rest}",
    ),
    "en": (
        "do not {verb} {rest}",
        "don't {verb} {rest}",
        "never {verb} {rest}",
        "don't ever {verb} {rest}",
        "you must not {verb} {rest}",
        "you should never {verb} {rest}",
        "you can't {verb} {rest}",
        "it is forbidden to {verb} {rest}",
        "don't forget not to {verb} {rest}",
        "forget to {verb} {rest}",
        "you don't have to {verb} {rest}",
    ),
}
POSITIVE = {
    "fr": (
        "n'oubliez pas de {infinitive} {rest}",
        "n'oubliez jamais de {infinitive} {rest}",
        "pensez à {infinitive} {rest}",
        "veillez à {infinitive} {rest}",
        "il faut {infinitive} {rest}",
        "vous devez {infinitive} {rest}",
        "n'hésitez pas à {infinitive} {rest}",
        "assurez-vous de {infinitive} {rest}",
        "pouvez-vous {infinitive} {rest}",
    ),
    "es": (
        "no olvide {infinitive} {rest}",
        "no se olvide de {infinitive} {rest}",
        "no deje de {infinitive} {rest}",
        "recuerde {infinitive} {rest}",
        "hay que {infinitive} {rest}",
        "tiene que {infinitive} {rest}",
        "acuérdese de {infinitive} {rest}",
        "asegúrese de {infinitive} {rest}",
        "puede {infinitive} {rest}",
    ),
    "en": (
        "don't forget to {verb} {rest}",
        "never forget to {verb} {rest}",
        "be sure to {verb} {rest}",
        "make sure you {verb} {rest}",
        "remember to {verb} {rest}",
        "you have to {verb} {rest}",
        "you must {verb} {rest}",
        "do not hesitate to {verb} {rest}",
        "could you {verb} {rest}",
    ),
}
COUNTED = {
    "fr": ("{} minutes", "appelez le {}", "{} degrés", "donnez {} comprimés à l'enfant"),
    "es": ("{} minutos", "llame al {}", "{} grados", "dé {} pastillas al niño"),
    "en": ("{} minutes", "call {}", "{} degrees", "give the child {} pills"),
}
TIMED = {"fr": "venez à {} heures", "es": "venga a las {}", "en": "come at {} o'clock"}
OPPOSED = {"fr": "{} la table", "es": "{} la mesa", "en": "{} the table"}
FILLERS = {
    "fr": ("euh", "hum", "ben", "alors", "voilà"),
    "es": ("eh", "este", "pues", "bueno", "a ver"),
    "en": ("um", "uh", "er", "well", "you know"),
}
PLEASE = {
    "fr": ("{} s'il vous plaît", "s'il te plaît {}", "{} merci"),
    "es": ("{} por favor", "por favor {}", "{} gracias"),
    "en": ("{} please", "please {}", "{} thank you"),
}
ARTICLES = {
    "fr": {"le": "la", "la": "le"},
    "es": {"el": "la", "la": "el", "los": "las", "las": "los"},
    "en": {"the": ""},
}
