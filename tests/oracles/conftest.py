from collections.abc import Iterator

import pytest

from tests.oracles import asking
from tests.oracles.asking import Verifier


@pytest.fixture(scope="module")
def digital_bazaar() -> Iterator[Verifier]:
    with asking.digital_bazaar() as verifier:
        yield verifier


@pytest.fixture(scope="module")
def openbadgeslib() -> Iterator[Verifier]:
    with asking.openbadgeslib() as verifier:
        yield verifier


@pytest.fixture(scope="module")
def jose() -> Iterator[Verifier]:
    with asking.jose() as verifier:
        yield verifier


@pytest.fixture(params=["digital_bazaar", "openbadgeslib"])
def verifier(request: pytest.FixtureRequest) -> Verifier:
    return request.getfixturevalue(request.param)
