"""How other machines reach this one: its addresses, and the names that stay inside a house."""

import socket
from collections.abc import Iterable
from ipaddress import ip_address, ip_network

# Addresses and names that mean something only inside one network: nobody on the internet can
# be reached, or impersonated, under them.
HOUSE_NETWORKS = tuple(
    map(
        ip_network,
        (
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "169.254.0.0/16",
            "127.0.0.0/8",
            "fc00::/7",
            "fe80::/10",
            "::1/128",
        ),
    )
)
HOUSE_DOMAINS = ("local", "lan", "home.arpa", "internal", "localhost")

# Nothing is sent there: a datagram's socket only says which address it would leave from.
_ELSEWHERE = (("192.0.2.1", socket.AF_INET), ("2001:db8::1", socket.AF_INET6))
_ANY_PORT = 9


def house_addresses() -> tuple[str, ...]:
    """Give the addresses under which the same Wi-Fi reaches this machine; IPv4 first."""
    found = dict.fromkeys([*_departures(), *_own_name()])
    return tuple(sorted((one for one in found if _is_reachable(one)), key=_is_long))


def is_of_house(name: str) -> bool:
    """Tell whether a name or address means something only inside one network."""
    try:
        address = ip_address(name)
    except ValueError:
        parts = name.lower().rstrip(".")
        return any(parts == one or parts.endswith(f".{one}") for one in HOUSE_DOMAINS)
    return any(address in one for one in HOUSE_NETWORKS)


def in_address(name: str) -> str:
    """Write a name or address as it stands in a web address."""
    return f"[{name}]" if ":" in name else name


def _departures() -> Iterable[str]:
    for there, family in _ELSEWHERE:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((there, _ANY_PORT))
                yield str(probe.getsockname()[0])
        except OSError:  # nosec B112 # no way leads there from this machine
            continue


def _own_name() -> Iterable[str]:
    try:
        return [str(one[4][0]) for one in socket.getaddrinfo(socket.gethostname(), None)]
    except OSError:
        return []


def _is_reachable(name: str) -> bool:
    address = ip_address(name.partition("%")[0])
    return not (address.is_loopback or address.is_link_local or address.is_unspecified)


def _is_long(name: str) -> bool:
    return ":" in name
