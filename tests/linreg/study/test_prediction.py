"""One example that training has not seen is predicted up to its noise."""

from __future__ import annotations

import torch

from linreg.lesson import Lesson
from linreg.study.prediction import predict_unseen
from linreg.study.recording import train
from linreg.study.trace import Trace
from tests.linreg.conftest import changed


def test_the_prediction_is_the_learned_model_s(trace: Trace, lesson: Lesson) -> None:
    torch.manual_seed(2)
    expected = torch.rand(1)
    torch.manual_seed(2)
    unseen = predict_unseen(trace, lesson)
    assert torch.equal(torch.rand(1), expected)
    x = torch.tensor(unseen.x)
    w, b = trace.params(-1)
    torch.testing.assert_close(torch.tensor(unseen.y_hat), (x @ w + b).squeeze())
    assert not (trace.features == x).all(dim=1).any()
    assert 0 < abs(unseen.error) < 6 * lesson.noise_std
    assert unseen.error == unseen.y_hat - unseen.y


def test_a_run_that_diverged_predicts_no_number(lesson: Lesson) -> None:
    told = changed(lesson, lr=2.5, seed=2**32 - 1)
    unseen = predict_unseen(train(told), told)
    assert unseen.error != unseen.error
