"""How often one address may ask for what costs the service work: in memory, and bounded."""

import math
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address
from threading import Lock
from time import monotonic

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

MOST_ADDRESSES = 10_000
# All phones of one household or provider's customer share this part of an IPv6 address.
_SHARED_BITS = 64


class Turnstile:
    """Lets each address in `most` times in `seconds`, at once or spread over them.

    Of each address it keeps one moment: when all it did is forgotten. Of more than
    `MOST_ADDRESSES` it forgets the one that was not seen for the longest time.
    """

    def __init__(
        self, most: int, *, seconds: float, clock: Callable[[], float] = monotonic
    ) -> None:
        self._seconds = seconds
        self._apart = seconds / most
        self._clock = clock
        self._busy_until: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """How many addresses it remembers."""
        return len(self._busy_until)

    def wait_seconds(self, address: str, *, times: int = 1) -> int:
        """Let an address in: 0; or tell after how many whole seconds it may come again.

        What it brings may weigh as much as coming several `times`.
        """
        now, apart = self._clock(), self._apart * times
        with self._lock:
            until = max(self._busy_until.pop(address, now), now)
            wait = until + apart - now - self._seconds
            is_let_in = wait <= _ROUNDING
            self._busy_until[address] = until + apart if is_let_in else until
            while len(self._busy_until) > MOST_ADDRESSES:
                self._busy_until.popitem(last=False)
        return 0 if is_let_in else math.ceil(wait)

    def forget(self, address: str) -> None:
        """Count anew: what they did was in order."""
        with self._lock:
            self._busy_until.pop(address, None)


# Sums of fractions of a second are not exact.
_ROUNDING = 1e-6


def address_of(request: Request) -> str:
    """Give whom a request is counted for: the address, of IPv6 the first half."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return host
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return f"{int(address) >> _SHARED_BITS:x}"


def turned_away(wait_seconds: int, *, phrase: str) -> Response:
    """Give the answer for programs; `phrase` is the key of what a page says."""
    return JSONResponse(
        {"error": "too-many", "phrase": phrase},
        status_code=HTTPStatus.TOO_MANY_REQUESTS,
        headers=retry_after(wait_seconds),
    )


def retry_after(wait_seconds: int) -> dict[str, str]:
    """Give the header that says when to come again."""
    return {"Retry-After": str(wait_seconds)}
