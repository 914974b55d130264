"""The small words of Spanish."""

from voice_app.scoring.lexicons.lexicon import Lexicon, phrases_of, words_of

SPANISH = Lexicon(
    fillers=phrases_of(
        "eh", "ehm", "em", "este", "pues", "bueno", "mmm", "ah", "sí", "a ver", "o sea"
    ),
    polite=phrases_of("por favor", "gracias", "muchas gracias", "buenos días")
    + phrases_of("perdón", "perdone", "disculpe", "hola"),
    openers=words_of("y e"),
    articles=words_of("el la los las lo un una unos unas del de"),
    frame=words_of(
        "es está esto eso esta ese esa son yo creo pienso diría digo elijo escojo quiero "
        "que la el número opción los las lo un una respuesta imagen foto dibujo hay se va "
        "debe puede hay para a al en sería de del ahí aquí llama llamo lo estoy seguro segura "
        "señora señor"
    ),
    negators=words_of("no nunca jamás tampoco sin ni nada ningún ninguna ninguno"),
    idioms=phrases_of("no olvide", "no se olvide de", "no olvides", "no te olvides de"),
    repairs=phrases_of("no perdón", "perdón", "quiero decir", "mejor dicho", "no digo", "no espere")
    + phrases_of("no no", "digo", "no espera", "no perdone", "no mejor"),
    opposites=(
        ("con", "sin"),
        ("antes", "después"),
        ("abierta", "cerrada"),
        ("abierto", "cerrado"),
        ("abrir", "cerrar"),
        ("abra", "cierre"),
        ("caliente", "fría"),
        ("caliente", "frío"),
        ("caliente", "fria"),
        ("subir", "bajar"),
        ("sube", "baja"),
        ("arriba", "abajo"),
        ("encender", "apagar"),
        ("siempre", "nunca"),
        ("más", "menos"),
        ("dentro", "fuera"),
        ("limpio", "sucio"),
    ),
    small_numbers={"cero": "0", "dos": "2"},
    ones=words_of("un una uno"),
    counters=words_of("número imagen foto respuesta opción"),
    after_one=words_of("menos y"),
    text_to_num="es",
    dont_know=phrases_of("no sé", "no lo sé", "no entiendo", "no comprendo", "ni idea")
    + phrases_of("no he entendido", "no entendí", "no lo entiendo", "no conozco", "no lo conozco")
    + phrases_of(
        "no tengo ni idea", "no tengo idea", "no me acuerdo", "no recuerdo", "se me olvidó"
    )
    + phrases_of("no sé cómo se llama", "no sé qué es", "no sé la palabra", "lo olvidé")
    + phrases_of("lo he olvidado", "no lo recuerdo", "no me sé", "quién sabe"),
    repeat=phrases_of("repita", "repítalo", "repite", "puede repetir", "otra vez", "cómo", "qué")
    + phrases_of("más despacio", "perdón", "repetir", "repítame", "puede repetirlo", "de nuevo")
    + phrases_of(
        "puede repetir la pregunta", "podría repetir", "no he oído", "no oí", "una vez más"
    ),
    stop=phrases_of(
        "pare", "para", "basta", "stop", "quiero parar", "quiero terminar", "ya no quiero"
    ),
    inventions=(
        "subtítulos realizados por la comunidad de amara.org",
        "subtítulos realizados por",
        "subtítulos por la comunidad de amara.org",
        "subtitulado por",
        "gracias por ver el video",
        "gracias por ver el vídeo",
        "gracias por ver",
        "suscríbete",
        "amara.org",
        "hasta la próxima",
        "música",
    ),
)
