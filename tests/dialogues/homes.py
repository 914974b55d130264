"""A small bank of scenarios, built by hand: one home a pool, every kind of task."""

from voice_app.dialogues.scenario import (
    Arranging,
    Asking,
    Before,
    Card,
    Choosing,
    Criterion,
    Excludes,
    Includes,
    Level,
    Listen,
    Picking,
    Pool,
    Question,
    Saying,
    Scenario,
    ScenarioBank,
    Step,
    Task,
    Telling,
)

TELLING = Telling(
    says={"hello": "Bonjour.", "i-am": "Je suis Anne.", "here": "C'est un appartement."},
    help={"wants-kitchen": "La cuisine.", "kitchen-first": "La cuisine d'abord.", "no-office": "!"},
    cues={"who": ("votre nom",), "home": ("quel logement",)},
)
QUESTIONS = (Question("who", "mop", "i-am"), Question("home", "broom", "here"))
ASKS = Criterion(
    "asks",
    "LO1",
    says={"en": "Asks."},
    levels=(Level(0, {}), Level(1, {}), Level(2, {})),
)
RESTATES = Criterion(
    "restates", "LO1", says={"en": "Restates."}, levels=(Level(0, {}), Level(2, {}))
)
ROOMS = Arranging(
    cards=(Card("kitchen", 20), Card("bathroom", 30), Card("office", 10)),
    rules=(
        Includes("wants-kitchen", 1, "kitchen"),
        Before("kitchen-first", 2, "kitchen", "bathroom"),
        Excludes("no-office", 1, "office"),
    ),
)


def step(name: str, task: Task, *, points: int = 0, criteria: tuple[str, ...] = ()) -> Step:
    spoken = isinstance(task, Asking | Saying)
    return Step(
        name,
        "LO1" if spoken else "LO2",
        task,
        help="task.choose",
        says=("hello",),
        points=points,
        criteria=criteria,
    )


def home(name: str, *steps: Step) -> Scenario:
    return Scenario(name, steps, {"fr": TELLING, "en": TELLING}, picture="kitchen")


def spoken_home(name: str) -> Scenario:
    return home(
        name,
        step(f"{name}.hello", Listen()),
        step(f"{name}.ask", Asking(QUESTIONS), criteria=("asks",)),
        step(f"{name}.restate", Saying(QUESTIONS), criteria=("restates",)),
    )


def pictured_home(name: str) -> Scenario:
    return home(
        name,
        step(f"{name}.choose", Choosing(("mop", "broom", "sponge", "bucket"), "mop"), points=2),
        step(
            f"{name}.pick",
            Picking(("mop", "broom", "sponge"), frozenset({"mop", "broom"})),
            points=2,
        ),
        step(f"{name}.rooms", ROOMS, points=4),
    )


def bank(micro_competence: str = "MC1", *, is_spoken: bool = True) -> ScenarioBank:
    """Build a bank with a pool of pictures, and before it one of speech."""
    talks = {name: spoken_home(name) for name in ("talk-a", "talk-b")} if is_spoken else {}
    shows = {name: pictured_home(name) for name in ("show-a", "show-b", "show-c")}
    pools = (Pool("talks", tuple(talks)),) if is_spoken else ()
    rehearsal = home(
        "try",
        step("try.ask", Asking(QUESTIONS)),
        step("try.say", Saying(QUESTIONS)),
        step("try.choose", Choosing(("mop", "broom"), "mop")),
    )
    pictures_only = home("try", rehearsal.steps[2])
    return ScenarioBank(
        micro_competence=micro_competence,
        employer_languages=("fr",),
        pools=(*pools, Pool("shows", tuple(shows))),
        scenarios=talks | shows,
        rehearsal=rehearsal if is_spoken else pictures_only,
        example=home("example", step("example.hello", Listen())),
        rubric={"asks": ASKS, "restates": RESTATES} if is_spoken else {},
        spoken={},
        references={},
        resources=(),
        version="0",
    )
