"""A candidate in front of the page: touches, listens and speaks, and never types."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Request

from tests.browser.microphone import Microphone
from tests.server import Server
from voice_app.audio.prompts import Manifest
from voice_app.consents import EXTRAS
from voice_app.dialogues.content import Item
from voice_app.dialogues.loader import load_content
from voice_app.notices import edition
from voice_app.settings import Settings, assets_folder

CONTENT = load_content(Settings().content_folder)
NOTICE = edition(CONTENT.languages["en"], Manifest(), basis="contract").lines
BANK = CONTENT.assessments["MC3"]
PATIENCE_MS = 45_000

Answer = Callable[[Item], None]


class Candidate:
    """Walks the page from the first touch to the badge; keeps what went wrong in `troubles`."""

    def __init__(self, page: Page, service: Server) -> None:
        self.page = page
        self.service = service
        self.troubles: list[str] = []
        self.foreign: list[str] = []
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", self._watch)

    def open(self, *, employer: str, help_language: str) -> None:
        """From the start button, past the notice, to the microphone check."""
        self.page.goto(self.service.origin)
        self.press("start")
        self.choose_language(help_language)
        self.screen("employer")
        self.choose_language(employer)
        self.choose_assessment("MC3")
        self.screen("explain")
        self.press("continue")
        self.pass_the_notice()
        self.screen("microphone")

    def choose_assessment(self, code: str) -> None:
        """Touch a badge to win, where there are several, and begin at its doors."""
        if self.screen("assessment", "explain") == "assessment":
            self.page.click(f'[data-assessment="{code}"]')
            self.press("continue")
            self.screen("doors")
            self.press("begin")

    def try_the_microphone(self, microphone: Microphone) -> None:
        """Hear one's own voice, and go on by voice."""
        self.press("microphone")
        self.press("speak")
        self.recorder("recording")
        microphone.say(spoken_name("umbrella", "en"))
        self.press("speak")
        self.recorder("reviewing")
        self.press("clear")

    def pass_the_notice(self) -> None:
        """Look at every picture of the notice without hearing it out."""
        self.screen("notice")
        for _ in range(len(NOTICE) - 1):
            self.press("continue")
        self.press("heard")

    def refuse_extras(self) -> None:
        """Say no, by touch, to everything the test does not need."""
        for _ in EXTRAS:
            self.screen("extras")
            self.press("no")

    def choose_language(self, code: str) -> None:
        self.page.click(f'[data-code="{code}"]')
        self.press("continue")

    def press(self, control: str) -> None:
        self.page.click(f'[data-control="{control}"]:visible', timeout=PATIENCE_MS)

    def screen(self, *names: str) -> str:
        """Wait for one of the screens; its name."""
        wanted = ",".join(f'body[data-screen="{name}"]' for name in names)
        self.page.wait_for_selector(wanted, timeout=PATIENCE_MS)
        return str(self.page.evaluate("document.body.dataset.screen"))

    def recorder(self, *states: str) -> None:
        wanted = ",".join(f'body[data-recorder="{state}"]' for state in states)
        self.page.wait_for_selector(wanted, timeout=PATIENCE_MS)

    def item(self) -> Item:
        """The item on the screen."""
        turn = self.state()["turn"]["item"]["id"]
        return BANK.rehearsal if turn == BANK.rehearsal.id else BANK.items[turn]

    def state(self) -> dict[str, Any]:
        attempt = self.page.evaluate("JSON.parse(localStorage.getItem('voice.attempt')).attempt")
        return self.page.request.get(f"{self.service.origin}/attempts/{attempt}").json()

    def answer_all(self, answer: Answer) -> Iterator[Item]:
        """Answer every question that comes until the outcome is told."""
        while True:
            match self.screen("ask", "section", "outcome"):
                case "section":
                    self.press("continue")
                    self.page.wait_for_selector('body:not([data-screen="section"])')
                case "outcome":
                    return
                case _:
                    yield self._one(answer)

    def _one(self, answer: Answer) -> Item:
        item = self.item()
        self.page.wait_for_selector('[data-part="options"]:visible', timeout=PATIENCE_MS)
        answer(item)
        self._settled()
        return item

    def _settled(self) -> None:
        """The question just answered is gone from the screen."""
        self.page.wait_for_function(
            """() => document.body.dataset.screen !== 'ask'
                 || document.querySelector('[data-part="sent"]').hidden""",
            timeout=PATIENCE_MS,
        )

    def touch(self, item: Item) -> None:
        self.page.click(f'[data-option="{item.right}"]')
        self.press("answer")

    def speak(self, sound: Path, *, microphone: Microphone) -> None:
        """Tap, speak, tap, and send the take."""
        self.press("speak")
        self.recorder("recording")
        microphone.say(sound)
        self.press("speak")
        self.recorder("reviewing")
        self.press("answer")

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.troubles.append(message.text)

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.service.origin, "data:", "blob:")):
            self.foreign.append(request.url)


def spoken_name(option: str, language: str) -> Path:
    """The option's name by the shipped synthetic voice."""
    folder = assets_folder()
    return folder / Manifest.load(folder).files(f"{language}/words/{option}")[0]
