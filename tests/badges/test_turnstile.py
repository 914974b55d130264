"""One address may not keep the service busy, and counting addresses costs next to nothing."""

import pytest
from starlette.requests import Request

from voice_app.routes.turnstile import MOST_ADDRESSES, Turnstile, address_of


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def test_an_address_is_let_in_so_often_and_then_told_how_long_to_wait():
    clock = Clock()
    turnstile = Turnstile(3, seconds=60, clock=clock)
    assert [turnstile.wait_seconds("a") for _ in range(3)] == [0, 0, 0]
    assert turnstile.wait_seconds("a") == 20
    clock.now += 19
    assert turnstile.wait_seconds("a") == 1
    clock.now += 1
    assert turnstile.wait_seconds("a") == 0
    assert turnstile.wait_seconds("a") == 20


def test_asking_in_vain_costs_no_time():
    clock = Clock()
    turnstile = Turnstile(1, seconds=60, clock=clock)
    turnstile.wait_seconds("a")
    waits = [turnstile.wait_seconds("a") for _ in range(50)]
    assert waits == [60] * 50


def test_one_address_does_not_stand_in_the_way_of_another():
    turnstile = Turnstile(1, seconds=60, clock=Clock())
    assert [turnstile.wait_seconds(one) for one in "abca"] == [0, 0, 0, 60]


def test_over_a_long_time_the_rate_holds():
    clock = Clock()
    turnstile = Turnstile(60, seconds=60, clock=clock)
    let_in = 0
    for _ in range(10_000):
        let_in += turnstile.wait_seconds("a") == 0
        clock.now += 0.1
    assert 1_000 <= let_in <= 1_060


def test_the_addresses_it_remembers_are_bounded():
    turnstile = Turnstile(1, seconds=60, clock=Clock())
    turnstile.wait_seconds("the first")
    for number in range(MOST_ADDRESSES + 100):
        turnstile.wait_seconds(str(number))
    assert len(turnstile) == MOST_ADDRESSES
    assert turnstile.wait_seconds("the first") == 0


@pytest.mark.parametrize(
    ("hosts", "are_one"),
    [
        (("192.0.2.1", "192.0.2.2"), False),
        (("2001:db8:0:1::1", "2001:db8:0:1:ffff::2"), True),
        (("2001:db8:0:1::1", "2001:db8:0:2::1"), False),
        (("::ffff:192.0.2.1", "192.0.2.1"), True),
        (("::ffff:192.0.2.1", "::ffff:192.0.2.2"), False),
        (("testclient", "testclient"), True),
    ],
)
def test_who_counts_as_one_address(hosts: tuple[str, str], *, are_one: bool):
    one, other = (address_of(Request({"type": "http", "client": (host, 1)})) for host in hosts)
    assert (one == other) == are_one


def test_a_request_from_nowhere_is_counted_too():
    assert address_of(Request({"type": "http", "client": None})) == ""
