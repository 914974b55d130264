"""One process that holds one object: started, asked, ended."""

import subprocess  # nosec B404 # lists of arguments, no shell
import sys
from multiprocessing.connection import Pipe

from voice_app.audio.child import Answer, Call, Failed, OutOfMemory, Refused, Reply, Start

_PROGRAM = "from voice_app.audio.child import main; main({})"


class Died(Exception):
    """The process ended before it replied."""


class NoReply(Exception):
    """The process did not reply in time; it still runs."""


class NotLoaded(Exception):
    """The object could not be made or prepared; the words say why, without a full stop."""


class Process:
    """A child process. Its standard input is its lifeline: it ends when this process does.

    It begins to load at once; `load` waits for that. `load_seconds` is what loading took.
    """

    def __init__(self, start: Start) -> None:
        self._connection, theirs = Pipe()
        self.is_loaded = False
        self.load_seconds = 0.0
        number = theirs.fileno()
        with theirs:
            self._process = subprocess.Popen(  # nosec B603 # noqa: S603 -- this program itself
                [sys.executable, "-P", "-c", _PROGRAM.format(number)],
                stdin=subprocess.PIPE,
                pass_fds=(number,),
            )
        self._connection.send(start)

    @property
    def number(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def load(self, preparation: Call | None = None, *, seconds: float) -> Reply:
        """Wait until the object is made, or make one more call that belongs to its loading.

        Raises `NotLoaded`; the process has ended then.
        """
        try:
            said = self.ask(preparation, seconds=seconds) if preparation else self.receive(seconds)
        except Died as death:
            raise NotLoaded(f"its process died ({death})") from death
        except NoReply as late:
            self.end()
            raise NotLoaded("it took too long") from late
        if (trouble := _trouble(said)) is not None:
            self.end()
            raise NotLoaded(trouble)
        self.is_loaded = True
        self.load_seconds += said.seconds
        return said

    def ask(self, call: Call, *, seconds: float) -> Reply:
        """Send a call and wait for its reply; raises `Died` or `NoReply`."""
        try:
            self._connection.send(call)
        except OSError as error:
            raise self._death() from error
        return self.receive(seconds)

    def receive(self, seconds: float) -> Reply:
        """Wait for the next reply; raises `Died` or `NoReply`."""
        try:
            if self._connection.poll(seconds):
                reply: Reply = self._connection.recv()
                return reply
        except (EOFError, OSError) as error:
            raise self._death() from error
        raise NoReply

    def has_reply(self, *, seconds: float = 0) -> bool:
        """Whether a reply, or the process's death, comes within that time."""
        try:
            return self._connection.poll(seconds)
        except OSError:
            return True

    def kill(self) -> None:
        """End the process now; who waits for its reply learns of it."""
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """End the process now; more than once does no harm."""
        self._connection.close()
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.kill()
        self._process.wait()

    def _death(self) -> Died:
        self.end()
        return Died(_ending(self._process.returncode))


def _trouble(said: Reply) -> str | None:
    match said.outcome:
        case Answer():
            return None
        case Refused(error):
            return str(error).removesuffix(".")
        case Failed(words):
            return words
        case OutOfMemory():
            return "it asked for more memory than it may have"


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
