"""The spread around one feature's line is the other feature's, then the noise's."""

from __future__ import annotations

import numpy as np
import pytest

from linreg.study.spreads import (
    explained_by_others,
    feature_spread,
    share_spread,
    spread_given,
    unexplained,
)
from linreg.study.trace import Trace


@pytest.mark.parametrize("feature", [0, 1])
def test_the_spread_is_numpys(trace: Trace, feature: int) -> None:
    X, y = trace.features.double().numpy(), trace.labels.double().numpy().flatten()
    w, b = (2.0, -3.4), 4.2
    other = 1 - feature
    left = y - w[feature] * X[:, feature]
    assert unexplained(trace, feature).numpy() == pytest.approx(left, abs=1e-5)
    others = w[other] * X[:, other] + b
    assert explained_by_others(trace, feature).numpy() == pytest.approx(others, abs=1e-5)
    for share in (0.0, 0.4, 1.0):
        spread = spread_given(trace, feature, share).item()
        assert spread == pytest.approx(np.std(left - share * others), rel=1e-4)


def test_the_spreads_of_the_book_s_data(trace: Trace) -> None:
    assert spread_given(trace, 0).item() == pytest.approx(3.5408, abs=5e-5)
    assert spread_given(trace, 1).item() == pytest.approx(2.0023, abs=5e-5)
    assert spread_given(trace, 0, 1.0).item() == pytest.approx(0.01, rel=0.1)


@pytest.mark.parametrize("feature", [0, 1])
def test_the_spread_of_a_share_is_numpys(trace: Trace, feature: int) -> None:
    x, w = trace.features[:, feature].double().numpy(), (2.0, -3.4)[feature]
    assert feature_spread(trace, feature).item() == pytest.approx(np.std(x), rel=1e-5)
    assert share_spread(trace, feature).item() == pytest.approx(np.std(w * x), rel=1e-5)
