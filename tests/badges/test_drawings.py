"""A file is drawn once for all who ask for it, and no more is kept than there is room for."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from voice_app.routes.drawings import Drawings


class Drawer:
    """Draws files of one size and counts them."""

    def __init__(self, byte_size: int = 10) -> None:
        self.drawn = 0
        self.byte_size = byte_size

    def __call__(self) -> bytes:
        self.drawn += 1
        return b"x" * self.byte_size


def test_the_same_content_is_drawn_once_and_other_content_anew():
    drawings, draw = Drawings(), Drawer()
    for content in (("pdf", "A5"), ("pdf", "A5"), ("pdf", "A6"), ("png", "A5")):
        assert drawings.of(*content, draw=draw) == b"x" * 10
    assert draw.drawn == 3


def test_what_was_not_asked_for_the_longest_goes():
    drawings, draw = Drawings(most_bytes=30), Drawer()
    for name in "abcabd":
        drawings.of(name, draw=draw)
    assert (draw.drawn, drawings.byte_size) == (4, 30)
    drawings.of("a", draw=draw)
    drawings.of("b", draw=draw)
    assert draw.drawn == 4
    drawings.of("c", draw=draw)
    assert draw.drawn == 5


def test_a_file_larger_than_the_room_is_drawn_and_not_kept():
    drawings, draw = Drawings(most_bytes=9), Drawer()
    assert len(drawings.of("a", draw=draw)) == 10
    assert drawings.byte_size == 0


def test_many_who_ask_at_once_wait_for_one_drawing():
    drawings, draw = Drawings(), Drawer()
    may_end = Event()

    def slowly() -> bytes:
        may_end.wait(10)
        return draw()

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(drawings.of, "a", draw=slowly) for _ in range(8)]
        may_end.set()
        assert {one.result() for one in asked} == {b"x" * 10}
    assert draw.drawn == 1


def test_a_drawing_that_fails_is_tried_again():
    drawings = Drawings()

    def fail() -> bytes:
        raise ValueError("no ink")

    for _ in range(2):
        with pytest.raises(ValueError, match="no ink"):
            drawings.of("a", draw=fail)
    assert drawings.of("a", draw=Drawer()) == b"x" * 10
