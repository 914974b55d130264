"""Logistic coefficients from samples, and how well the chances they give hold."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.calibrate.samples import Sample
from benchmarks.measures.curves import brier, calibration_error
from voice_app.scoring.features import NAMES

_FOLDS = 5
# Little data of few speakers: coefficients are held near zero.
_INVERSE_PENALTY = 1.0


@dataclass(frozen=True)
class Fitted:
    """Coefficients for numbers as they are, and measures on folds that were left out."""

    weights: dict[str, float]
    intercept: float
    samples: int
    sounds: int
    brier: float
    calibration_error: float


def fitted(samples: Sequence[Sample]) -> Fitted:
    """Fit samples; folds are divided by text, so that no text is in two of them."""
    numbers = np.array([each.numbers for each in samples])
    said = np.array([each.is_said for each in samples])
    groups = [each.text for each in samples]
    weights = np.array([each.weight for each in samples])
    worths = weights * np.array([each.worth for each in samples])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=_INVERSE_PENALTY, max_iter=3000))
    chances = np.zeros(len(samples))
    for known, new in GroupKFold(_FOLDS).split(numbers, said, groups):
        model.fit(numbers[known], said[known], logisticregression__sample_weight=worths[known])
        chances[new] = model.predict_proba(numbers[new])[:, 1]
    model.fit(numbers, said, logisticregression__sample_weight=worths)
    met = _as_often_as_met(weights)
    scaler, logistic = model[0], model[1]
    slopes = logistic.coef_[0] / scaler.scale_
    intercept = logistic.intercept_[0] - float(np.dot(slopes, scaler.mean_))
    return Fitted(
        {name: round(float(w), 5) for name, w in zip(NAMES, slopes, strict=True)},
        round(float(intercept), 5),
        len(samples),
        len({(e.text, e.kind, e.condition) for e in samples}),
        brier(list(chances[met]), list(said[met])),
        calibration_error(list(chances[met]), list(said[met])),
    )


def _as_often_as_met(weights: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which samples to measure on: all of weight 1, of others what their weights add up to."""
    whole = np.floor(np.cumsum(weights))
    return np.asarray((weights >= 1) | (np.diff(whole, prepend=0) > 0), np.bool_)
