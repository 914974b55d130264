"""A small bank in two languages, written to a folder so that a test can break it."""

from pathlib import Path

FRAMEWORK = """
micro_competences:
  - id: MC3
    names: {en: Listening, fr: Écouter}
    descriptions: {en: What is said at work, fr: Ce qui se dit au travail}
    learning_outcomes: [LO6, LO7]
learning_outcomes:
  - id: LO6
    micro_competence: MC3
    names: {en: Words, fr: Mots}
    descriptions: {en: Words of the job, fr: Mots du métier}
  - id: LO7
    micro_competence: MC3
    names: {en: Phrases, fr: Phrases}
    descriptions: {en: Phrases of the job, fr: Phrases du métier}
"""

ITEMS = """
micro_competence: MC3
employer_languages: [fr]
sections:
  - category: material
    items:
      - id: broom
        learning_outcome: LO6
        question: what-do
        options: [sweeping, mopping, ironing, dusting]
        right: sweeping
  - category: instruction
    items:
      - id: kitchen-first
        learning_outcome: LO7
        question: what-do
        options: [kitchen, bathroom, ironing, dusting]
        right: kitchen
        rivals: [bathroom]
rehearsal:
  id: rain
  learning_outcome: LO7
  question: what-do
  options: [umbrella, mopping, ironing, dusting]
  right: umbrella
"""

PROMPTS = """
broom: Prenez le balai.
kitchen-first: La cuisine avant la salle de bains.
rain: Il pleut.
"""

EXAMPLES = """
- {item: broom, heard: balayer, expect: right, chosen: sweeping}
- {item: broom, heard: prenez le balai, expect: echo}
"""

FRENCH = """
places: [[un, le premier], [deux], [trois], [quatre]]
questions: {what-do: Que faites-vous ?}
words:
  sweeping: {name: balayer, accepted: [je balaye]}
  mopping: {name: laver le sol}
  ironing: {name: repasser}
  dusting: {name: enlever la poussière}
  kitchen: {name: la cuisine}
  bathroom: {name: la salle de bains}
  umbrella: {name: le parapluie}
"""

ENGLISH = """
places: [[one], [two], [three], [four]]
questions: {what-do: What do you do?}
words:
  sweeping: {name: sweeping}
  mopping: {name: washing the floor}
  ironing: {name: ironing}
  dusting: {name: dusting, accepted: [no dust, "no"]}
  kitchen: {name: the kitchen}
  bathroom: {name: the bathroom}
  umbrella: {name: the umbrella}
"""

FILES = {
    "framework/any.yaml": FRAMEWORK,
    "items/mc3/items.yaml": ITEMS,
    "items/mc3/prompts.fr.yaml": PROMPTS,
    "items/mc3/examples.fr.yaml": EXAMPLES,
    "languages/fr/words.yaml": FRENCH,
    "languages/fr/phrases.yaml": "own_name: Français\nphrases: {thanks: Merci., next.item: Suite.}",
    "languages/en/words.yaml": ENGLISH,
    "languages/en/phrases.yaml": "own_name: English\nphrases: {thanks: Thanks., next.item: Next.}",
}


def write_bank(folder: Path, **replaced: str) -> Path:
    """Write the small bank; `replaced` gives other content by file name, its signs as `_`."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(replaced.get(name.replace("/", "_").replace(".", "_"), text), "utf-8")
    return folder
