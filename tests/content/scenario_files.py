"""A small bank of scenarios in two languages, written beside the small bank of items."""

from pathlib import Path

from tests.content.fakes import FRAMEWORK, write_bank

LINES = """
lines:
  - {id: LO1.S1, kind: skill, says: {en: Asks.}}
  - {id: LO1.S2, kind: skill, says: {en: Says again.}}
  - {id: LO1.S3, kind: skill, says: {en: Mops.}, why_not: {en: A phone sees no mop.}}
  - {id: LO1.K1, kind: knowledge, says: {en: Knows.}}
"""

BANK = """
micro_competence: MC1
employer_languages: [fr, en]
pools:
  - {id: meeting, scenarios: [flat, house], take: 1}
rehearsal: trial
example: shown
"""

FLAT = """
id: flat
picture: kitchen
steps:
  - id: flat.hello
    learning_outcome: LO1
    skills: [LO1.K1]
    says: [hello]
    help: task.listen
    picture: kitchen
    task: {kind: listen}
  - id: flat.questions
    learning_outcome: LO1
    help: ask
    criteria: [asks]
    task:
      kind: asking
      questions:
        - {id: home, picture: kitchen, answer: two-rooms}
        - {id: tools, picture: mopping, answer: no-mop}
  - id: flat.again
    learning_outcome: LO1
    help: ask
    criteria: [says-again]
    task: {kind: saying, points: [{id: rooms, picture: kitchen}]}
  - id: flat.surface
    learning_outcome: LO1
    help: ask
    points: 1
    task: {kind: choosing, options: [kitchen, bathroom, mopping, dusting], right: kitchen}
  - id: flat.wet
    learning_outcome: LO1
    help: ask
    points: 2
    task:
      kind: picking
      options: [kitchen, bathroom, mopping, dusting]
      right: [bathroom, mopping]
  - id: flat.order
    learning_outcome: LO1
    help: ask
    points: 9
    task:
      kind: arranging
      plan: kitchen
      kept: [dusting]
      cards: [{id: dusting, minutes: 20}, {id: mopping, minutes: 30}, {id: kitchen, minutes: 40}]
      rules:
        - {kind: includes, id: ask, points: 1, card: mopping}
        - {kind: excludes, id: ask, points: 1, card: kitchen}
        - {kind: before, id: ask, points: 2, card: dusting, other: mopping}
        - {kind: first, id: ask, points: 1, card: dusting}
        - {kind: last, id: ask, points: 1, card: mopping}
        - {kind: fits, id: ask, points: 1, minutes: 60}
        - {kind: done-by, id: ask, points: 1, card: dusting, minutes: 30}
        - {kind: not-during, id: ask, points: 1, card: mopping, begins: 0, ends: 10}
"""

TELLING = """
says: {hello: Bonjour., two-rooms: Deux pièces., no-mop: Un balai.}
help: {ask: Posez vos questions.}
lists: {small: [petit, grand]}
cues:
  home: ["(quel|un) {small} logement"]
  tools: [quel matériel]
  rooms: [deux pièces]
"""

TRIAL = """
id: trial
picture: kitchen
steps:
  - id: trial.try
    learning_outcome: LO1
    help: try
    task: {kind: choosing, options: [kitchen, bathroom, mopping, dusting], right: kitchen}
"""

SHOWN = """
id: shown
picture: kitchen
steps:
  - id: shown.say
    learning_outcome: LO1
    help: try
    criteria: [says-again]
    shown: {say: answer}
    task: {kind: saying, points: [{id: rooms, picture: kitchen}]}
"""

SHOWN_TELLING = """
says: {answer: Il y a deux pièces.}
help: {try: Essayez.}
cues: {rooms: [deux pièces]}
"""

RUBRIC = """
criteria:
  - id: asks
    learning_outcome: LO1
    skills: [LO1.S1]
    says: {fr: Pose les questions., en: Asks the questions.}
    levels:
      - {points: 0, says: {fr: Aucune., en: None.}}
      - {points: 2, says: {fr: Toutes., en: All.}, example: all-asked}
    offers: {good: {fr: Très bien., en: Very good.}}
  - id: says-again
    learning_outcome: LO1
    skills: [LO1.S2]
    says: {fr: Redit., en: Says again.}
    levels:
      - {points: 0, says: {fr: Rien., en: Nothing.}}
      - {points: 1, says: {fr: Un peu., en: A little.}}
      - {points: 3, says: {fr: Tout., en: All.}}
examples:
  all-asked: {fr: Combien de pièces ?, en: How many rooms?}
references:
  all-asked: {step: flat.questions, levels: {asks: 2}}
"""

RESOURCES = """
pages:
  - id: questions
    picture: kitchen
    title: {fr: Les questions, en: The questions}
    says: {fr: [Posez six questions.], en: [Ask six questions.]}
"""

MORE_FRAMEWORK = FRAMEWORK.replace(
    "learning_outcomes:\n  - id: LO6",
    """  - id: MC1
    names: {en: Cleaning, fr: Nettoyer}
    descriptions: {en: Cleaning well, fr: Bien nettoyer}
    learning_outcomes: [LO1]
learning_outcomes:
  - id: LO1
    micro_competence: MC1
    names: {en: Asking, fr: Demander}
    descriptions: {en: Asking first, fr: Demander avant}
  - id: LO6""",
)

PHRASES = "phrases: {thanks: X., next.item: Y., task.listen: Z., section.LO1: W.}"

FILES = {
    "framework/any.yaml": MORE_FRAMEWORK,
    "framework_lines.yaml": LINES,
    "languages/fr/phrases.yaml": f"own_name: Français\n{PHRASES}",
    "languages/en/phrases.yaml": f"own_name: English\n{PHRASES}",
    "scenarios/mc1/bank.yaml": BANK,
    "scenarios/mc1/flat.yaml": FLAT,
    "scenarios/mc1/flat.fr.yaml": TELLING,
    "scenarios/mc1/flat.en.yaml": TELLING,
    "scenarios/mc1/house.yaml": FLAT.replace("flat", "house"),
    "scenarios/mc1/house.fr.yaml": TELLING,
    "scenarios/mc1/house.en.yaml": TELLING,
    "scenarios/mc1/trial.yaml": TRIAL,
    "scenarios/mc1/trial.fr.yaml": "says: {}\nhelp: {try: Essayez.}",
    "scenarios/mc1/trial.en.yaml": "says: {}\nhelp: {try: Try.}",
    "scenarios/mc1/shown.yaml": SHOWN,
    "scenarios/mc1/shown.fr.yaml": SHOWN_TELLING,
    "scenarios/mc1/shown.en.yaml": SHOWN_TELLING,
    "scenarios/mc1/rubric.yaml": RUBRIC,
    "scenarios/mc1/resources.yaml": RESOURCES,
    "scenarios/mc1/words.fr.yaml": "words: {}",
    "scenarios/mc1/words.en.yaml": "words: {}",
}


def write_scenarios(folder: Path, **replaced: str) -> Path:
    """Write both small banks; `replaced` gives other content by file name, its signs as `_`."""
    write_bank(folder)
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        key = name.replace("/", "_").replace(".", "_")
        path.write_text(replaced.get(key, text), "utf-8")
    return folder
