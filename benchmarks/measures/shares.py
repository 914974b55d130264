"""Shares with how sure one may be of them."""

from dataclasses import dataclass

from scipy.stats import binomtest


@dataclass(frozen=True)
class Share:
    """`part` of `whole`, and the 95 % Wilson interval of the share behind it, 0 to 1."""

    part: int
    whole: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share, 0 to 1; not a number where there is nothing to share."""
        return self.part / self.whole if self.whole else float("nan")

    def __str__(self) -> str:
        if not self.whole:
            return "-"
        of = f"{self.part}/{self.whole}"
        return f"{of} = {100 * self.value:.1f} % [{100 * self.low:.1f}, {100 * self.high:.1f}]"


def share(part: int, whole: int) -> Share:
    """Return a share; where there is nothing to share, anything from 0 to 1 may be so."""
    if not whole:
        return Share(part, whole, 0.0, 1.0)
    interval = binomtest(part, whole).proportion_ci(method="wilson")
    return Share(part, whole, float(interval.low), float(interval.high))
