"""From scratch and with PyTorch's parts: the same run at half the rate, another at the same."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import nn

from linreg.concise import fit_concise, make_loader, make_net
from linreg.data import data_iter
from linreg.lesson import Lesson
from linreg.loss import squared_loss
from linreg.model import linreg
from linreg.study.recording import train
from linreg.study.trace import Trace
from linreg.study.two_runs import (
    HALF,
    ComparedRun,
    Parting,
    concise_run,
    copied_net,
    digits_agree,
    loader_epochs,
    own_parameters,
    parting,
    runs_between,
    scratch_run,
    steps_compared,
)
from tests.linreg.conftest import changed
from visuals.source import source_of

EPSILON = torch.finfo(torch.float32).eps
"""Relative distance of neighbouring numbers of single precision."""


def pair(lesson: Lesson, share: float) -> tuple[ComparedRun, ComparedRun]:
    trace = train(lesson)
    return scratch_run(trace, lesson), concise_run(trace, lesson, share * lesson.lr)


def test_at_half_the_rate_the_runs_are_equal_up_to_the_last_bits(lesson: Lesson) -> None:
    ours, theirs = pair(lesson, HALF)
    assert ours.num_steps == theirs.num_steps == 300
    assert not torch.equal(ours.params, theirs.params)
    assert (ours.params - theirs.params).abs().max() <= 2 * EPSILON
    assert [f"{value:.5f}" for value in ours.params[-1].tolist()] == [
        f"{value:.5f}" for value in theirs.params[-1].tolist()
    ]


@pytest.mark.parametrize("batch_size", [1, 7, 10, 64])
def test_they_differ_by_units_of_the_last_digit(lesson: Lesson, batch_size: int) -> None:
    ours, theirs = pair(changed(lesson, batch_size=batch_size), HALF)
    scale = ours.params.abs().max()
    assert (ours.params - theirs.params).abs().max() <= 4 * EPSILON * scale


def test_the_last_bits_differ_because_the_factor_is_rounded_before_the_sum(lesson: Lesson) -> None:
    """With every error in exact proportion to a power of two, nothing is rounded twice."""
    torch.manual_seed(lesson.seed)
    errors = torch.randn(10)
    before, after = (errors * (2 / 10)).sum() / 2, errors.sum() / 10
    torch.testing.assert_close(before, after)
    assert (errors[:8] * (2 / 8)).sum() / 2 == errors[:8].sum() / 8


def test_at_the_same_rate_the_runs_part(lesson: Lesson) -> None:
    ours, theirs = pair(lesson, 1)
    assert torch.equal(ours.params[0], theirs.params[0])
    assert (ours.params - theirs.params).abs().max() > 1
    assert (theirs.losses[1:150] < ours.losses[1:150]).all()


def test_the_first_loss_gradient_and_step_are_twice_as_large(lesson: Lesson) -> None:
    ours, theirs = pair(lesson, 1)
    torch.testing.assert_close(theirs.batch_losses[0], 2 * ours.batch_losses[0])
    torch.testing.assert_close(theirs.grads[0], 2 * ours.grads[0])
    first = ours.params[1] - ours.params[0], theirs.params[1] - theirs.params[0]
    torch.testing.assert_close(first[1], 2 * first[0])


def test_a_run_goes_against_its_gradients(lesson: Lesson) -> None:
    for run in pair(lesson, 1):
        torch.testing.assert_close(run.params[:-1] - run.lr * run.grads, run.params[1:])


def test_the_loss_is_the_mean_half_square_of_all_examples(lesson: Lesson) -> None:
    trace = train(lesson)
    run = concise_run(trace, lesson)
    for step in (0, 40):
        *w, b = run.params[step]
        y_hat = linreg(trace.features, torch.stack(w).reshape(-1, 1), b.reshape(1))
        loss = squared_loss(y_hat, trace.labels).mean().double()
        torch.testing.assert_close(run.losses[step], loss, rtol=1e-4, atol=0)


def test_what_is_said_of_two_runs(lesson: Lesson) -> None:
    def said(share: float = 1.0, **values: object) -> Parting:
        return parting(*pair(changed(lesson, **values), share))

    assert said() is Parting.FALLS_FASTER
    assert said(lr=0.0, num_epochs=1) is Parting.NEITHER_MOVES
    assert said(lr=2.5, num_epochs=1) is Parting.GROWS_FASTER
    assert said(lr=1.2, batch_size=100, num_epochs=1) is Parting.DIFFERS


def test_four_digits_agree_at_every_step_of_the_lesson(lesson: Lesson) -> None:
    assert digits_agree(*pair(lesson, HALF), 4)
    assert not digits_agree(*pair(lesson, HALF), 9)
    assert not digits_agree(*pair(lesson, 1), 4)


def test_the_batches_of_the_runs_are_those_of_the_loader(lesson: Lesson, trace: Trace) -> None:
    run = concise_run(trace, lesson, most_steps=1)
    rows = loader_epochs(lesson, 1)[0][0]
    y_hat = linreg(trace.features[rows], *trace.params(0))
    torch.testing.assert_close(run.batch_losses[0], nn.MSELoss()(y_hat, trace.labels[rows]))


def test_the_rates_between_are_really_run(lesson: Lesson) -> None:
    short = changed(lesson, num_epochs=1)
    trace = train(short)
    runs = runs_between(trace, short, 3)
    assert [run.lr for run in runs] == pytest.approx([0.03, 0.0225, 0.015])
    for run in runs:
        assert torch.equal(run.params, concise_run(trace, short, run.lr).params)


def test_steps_are_compared_until_nothing_more_is_seen(lesson: Lesson, trace: Trace) -> None:
    assert steps_compared(trace, lesson) == 300
    long = changed(lesson, num_examples=5000)
    assert 300 < steps_compared(train(long), long) < 600


def test_a_long_run_is_cut(lesson: Lesson) -> None:
    trace = train(lesson)
    for run in (scratch_run(trace, lesson, 7), concise_run(trace, lesson, most_steps=7)):
        assert run.num_steps == 7
        assert len(run.params) == len(run.losses) == 8


def test_a_short_last_batch_and_a_diverging_run_are_compared_too(lesson: Lesson) -> None:
    ours, theirs = pair(changed(lesson, num_examples=23), HALF)
    torch.testing.assert_close(ours.params, theirs.params)
    ours, theirs = pair(changed(lesson, lr=2.5, num_epochs=1), HALF)
    torch.testing.assert_close(ours.params[:20], theirs.params[:20], rtol=1e-3, atol=0)


def test_the_callers_random_state_is_left_alone(lesson: Lesson, trace: Trace) -> None:
    torch.manual_seed(3)
    expected = torch.rand(4)
    torch.manual_seed(3)
    own_parameters(lesson)
    loader_epochs(lesson, 1)
    scratch_run(trace, lesson, 3)
    concise_run(trace, lesson, most_steps=3)
    assert torch.equal(torch.rand(4), expected)


# The loader


def test_a_loader_begins_anew(lesson: Lesson) -> None:
    assert [len(batches) for batches in loader_epochs(lesson, 3)] == [100, 100, 100]
    assert [len(batches) for batches in loader_epochs(changed(lesson, num_examples=23), 2)] == [
        3,
        3,
    ]


def test_a_loader_deals_every_example_once_an_epoch_and_shuffles_anew(lesson: Lesson) -> None:
    first, second = (torch.cat(batches) for batches in loader_epochs(lesson, 2))
    for rows in (first, second):
        assert torch.equal(rows.sort().values, torch.arange(1000))
    assert not torch.equal(first, second)


def test_a_loader_never_deals_what_data_iter_deals(lesson: Lesson) -> None:
    """It draws a seed of its own before it shuffles."""
    rows = torch.arange(lesson.num_examples)
    torch.manual_seed(lesson.seed)
    (ours, _), *_ = data_iter(10, rows, rows)
    torch.manual_seed(lesson.seed)
    (theirs, _), *_ = make_loader((rows, rows), 10)
    assert not torch.equal(ours, theirs)


def test_a_loader_deals_rows_of_both_tensors(trace: Trace) -> None:
    (X, y), *_ = make_loader((trace.features, trace.labels), 10)
    assert (X.shape, y.shape) == ((10, 2), (10, 1))
    (row,) = (trace.features == X[0]).all(dim=1).nonzero().flatten()
    assert trace.labels[row] == y[0]


# The model


def test_the_weight_is_a_row(lesson: Lesson) -> None:
    net = make_net()
    assert net.weight.shape == (1, 2)
    assert net.bias.shape == (1,)
    assert [param.requires_grad for param in net.parameters()] == [True, True]
    weight, bias = own_parameters(lesson)
    assert (weight.abs() <= 0.5**0.5).all()  # uniform, up to one over the root of the features
    assert bias.abs() <= 0.5**0.5
    assert (weight != 0).all()


def test_with_copied_parameters_it_predicts_the_same(trace: Trace) -> None:
    w, b = trace.params(-1)
    net = copied_net(w, b)
    torch.testing.assert_close(net(trace.features), linreg(trace.features, w, b))


# The loss and the step


def test_mse_loss_is_twice_the_mean_of_our_loss(trace: Trace) -> None:
    y_hat = linreg(trace.features[:10], *trace.params(0))
    y = trace.labels[:10]
    torch.testing.assert_close(nn.MSELoss()(y_hat, y), 2 * squared_loss(y_hat, y).mean())


def test_a_step_leaves_the_gradients_and_zero_grad_removes_them(trace: Trace) -> None:
    net = make_net()
    loader = make_loader((trace.features, trace.labels), 10)
    steps = fit_concise(loader, net, 0.03, 1)
    before = [param.detach().clone() for param in net.parameters()]
    next(steps)
    grads = [param.grad for param in net.parameters()]
    assert all(grad is not None and (grad != 0).all() for grad in grads)
    optimizer = torch.optim.SGD(net.parameters(), 0.03)
    optimizer.step()
    for param, old, grad in zip(net.parameters(), before, grads, strict=True):
        assert grad is not None
        torch.testing.assert_close(param.detach(), old - 0.03 * grad)
    optimizer.zero_grad()
    assert all(param.grad is None for param in net.parameters())


def test_the_pasted_functions_learn(lesson: Lesson, trace: Trace) -> None:
    imports = (
        "from __future__ import annotations\nfrom torch import nn, optim\n"
        "from torch.utils.data import DataLoader, TensorDataset"
    )
    pasted = "\n\n".join([imports, *map(source_of, (make_loader, make_net, fit_concise))])
    names: dict[str, Any] = {"data": (trace.features, trace.labels)}
    call = f"""
net = make_net()
loader = make_loader(data, {lesson.batch_size})
for loss in fit_concise(loader, net, {lesson.lr}, {lesson.num_epochs}):
    pass
"""
    torch.manual_seed(lesson.seed)
    exec(f"{pasted}\n{call}", names)
    assert names["net"].weight.flatten().tolist() == pytest.approx(lesson.true_w, abs=0.01)
    assert names["net"].bias.item() == pytest.approx(lesson.true_b, abs=0.01)
