"""The small words of French."""

from voice_app.scoring.lexicons.lexicon import Lexicon, phrases_of, words_of

FRENCH = Lexicon(
    fillers=phrases_of(
        "euh", "heu", "hum", "hmm", "mmh", "ben", "bah", "bon", "hein", "alors voilà"
    )
    + phrases_of(
        "voilà", "alors", "donc", "eh bien", "du coup", "oui", "ouais", "enfin bref", "ah"
    ),
    polite=phrases_of(
        "s il vous plaît", "s il te plaît", "merci", "merci beaucoup", "bonjour", "pardon"
    )
    + phrases_of("excusez moi", "au revoir"),
    openers=words_of("et"),
    articles=words_of("le la les l un une des du de d"),
    frame=words_of(
        "c ce ça cela est ceci je j pense penses crois dirais dis choisis choisi prends "
        "veux voudrais numéro option que qu qui la le les l un une des du de d réponse "
        "image photo dessin là il elle y a on va faut peut doit pour à au aux dans sur en "
        "appelle appelons suis sûr sûre être dire madame monsieur"
    ),
    negators=words_of("ne n pas jamais aucun aucune rien sans non ni"),
    idioms=phrases_of("n oubliez pas de", "n oubliez pas d", "n oublie pas de", "n oublie pas d"),
    repairs=phrases_of("non pardon", "non plutôt", "je veux dire", "non", "pardon")
    + phrases_of("non c est", "non excusez moi", "ou plutôt"),
    not_repairs=phrases_of("non pas", "non plus", "et non", "mais non"),
    opposites=(
        ("avec", "sans"),
        ("avant", "après"),
        ("ouvert", "fermé"),
        ("ouverte", "fermée"),
        ("ouvrir", "fermer"),
        ("ouvrez", "fermez"),
        ("chaud", "froid"),
        ("chaude", "froide"),
        ("monter", "descendre"),
        ("monte", "descend"),
        ("haut", "bas"),
        ("allumer", "éteindre"),
        ("toujours", "jamais"),
        ("plus", "moins"),
        ("dedans", "dehors"),
        ("propre", "sale"),
    ),
    small_numbers={"zéro": "0", "deux": "2"},
    ones=words_of("un une"),
    counters=words_of("numéro image photo réponse chiffre option nombre"),
    after_one=words_of("heure"),
    text_to_num="fr",
    dont_know=phrases_of("je ne sais pas", "je sais pas", "j sais pas", "chais pas", "sais pas")
    + phrases_of("aucune idée", "je ne comprends pas", "je comprends pas", "j ai pas compris")
    + phrases_of("je n ai pas compris", "je ne connais pas", "je connais pas", "j ai oublié")
    + phrases_of(
        "je n ai aucune idée", "j ai aucune idée", "je ne me souviens pas", "j en sais rien"
    )
    + phrases_of("je me souviens plus", "je ne me souviens plus", "je ne sais plus", "je sais plus")
    + phrases_of("je ne me rappelle plus", "je n en sais rien", "je l ignore", "pas compris")
    + phrases_of("je ne sais pas comment ça s appelle", "je ne sais pas le mot", "pas d idée"),
    repeat=phrases_of("répétez", "répète", "répéter", "vous pouvez répéter", "encore une fois")
    + phrases_of("comment", "pardon", "quoi", "plus lentement", "redites", "hein", "redire")
    + phrases_of("pouvez vous répéter", "tu peux répéter", "vous pouvez redire", "la question")
    + phrases_of("pourriez vous répéter", "je n ai pas entendu", "j ai pas entendu", "encore"),
    stop=phrases_of("stop", "arrêtez", "arrête", "j arrête", "je veux arrêter", "c est fini"),
    inventions=(
        "sous-titres réalisés par",
        "sous-titres réalisés para",
        "sous-titrage",
        "sous-titres par",
        "merci d'avoir regardé",
        "merci d'avoir écouté",
        "abonnez-vous",
        "à la prochaine",
        "amara.org",
        "sous-titrage société radio-canada",
        "sous-titrage st' 501",
        "transcription par",
        "musique",
    ),
)
