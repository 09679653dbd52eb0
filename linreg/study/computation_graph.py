"""The graph that autograd records of a loss, read from PyTorch's own objects."""

# torch leaves backward and the functions of its graph without types.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, TypeAlias

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode

from linreg.forward import forward
from linreg.study.trace import Trace

Function: TypeAlias = Any
"""A ``grad_fn`` of PyTorch."""

PARAMETERS = ("w", "b")

KEPT = "_saved_"
"""Beginning of the names under which a function keeps what its slope needs."""


@dataclass(frozen=True)
class Operation:
    """An operation that autograd recorded.

    Attributes
    ----------
    name
        Name of its function in PyTorch, for instance ``"MmBackward0"``.
    inputs
        Origin of each of its inputs: the name of an operation or of a parameter, or None for an
        input of which nothing is recorded.
    value
        Its result.
    gradient
        Gradient of the last result for this one, of the same shape: what backward hands to it.
    kept
        Numbers and tensors that it keeps for its slope, by name.
    """

    name: str
    inputs: tuple[str | None, ...]
    value: Tensor
    gradient: Tensor
    kept: Mapping[str, Tensor | float]


@dataclass(frozen=True)
class ComputationGraph:
    """The operations between the parameters and a sum of losses.

    Attributes
    ----------
    operations
        In the order in which they were done.
    grads
        Gradients of the **sum** after backward, by the name of the parameter.
    size
        Examples in the batch.
    """

    operations: tuple[Operation, ...]
    grads: Mapping[str, Tensor]
    size: int

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the operations, in order."""
        return tuple(operation.name for operation in self.operations)

    def operation(self, name: str) -> Operation:
        """Return the operation of a name."""
        return next(found for found in self.operations if found.name == name)

    def slope(self, name: str) -> Tensor:
        """Return the factor by which an operation multiplied its gradient for the one before it.

        For an operation on each number alone this is the derivative of its result, of the shape
        of its result.
        """
        operation = self.operation(name)
        source = next(source for source in operation.inputs if source in self.names)
        return self.operation(source).gradient / operation.gradient

    @property
    def products(self) -> Tensor:
        """Share of each example in the gradient of each weight, shape (n, p)."""
        product = self.operations[0]
        features = product.kept["self"]
        assert isinstance(features, Tensor)
        return product.gradient * features

    @property
    def means(self) -> Tensor:
        """Gradients divided by the size of the batch, shape (p + 1,), the bias last."""
        return torch.cat([self.grads[name].flatten() for name in PARAMETERS]) / self.size


class _Watch(TorchFunctionMode):
    """Keeps the result of every operation that is recorded, by its function."""

    def __init__(self) -> None:
        super().__init__()
        self.results: dict[Function, Tensor] = {}

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        """Do an operation, and keep its result."""
        result = func(*args, **(kwargs or {}))
        if isinstance(result, Tensor) and result.grad_fn is not None:
            self.results[result.grad_fn] = result.detach()
        return result


def recorded_graph(trace: Trace, no_grad: bool = False) -> ComputationGraph:
    """Compute the loss of a run's first batch, and read what autograd recorded of it.

    Parameters
    ----------
    trace
        The run.
    no_grad
        Whether the loss is computed inside ``torch.no_grad()``.

    Returns
    -------
    ComputationGraph
        After backward. Without operations where nothing was recorded.
    """
    rows = trace.batches[0]
    X, y = trace.features[rows], trace.labels[rows]
    params = {
        name: value.clone().requires_grad_()
        for name, value in zip(PARAMETERS, trace.params(0), strict=True)
    }
    with torch.no_grad() if no_grad else nullcontext(), _Watch() as watch:
        total = forward(X, y, **params).sum()
    functions = list(_walk(total.grad_fn))
    if not functions:
        return ComputationGraph((), {}, len(rows))
    gradients: dict[Function, Tensor] = {}
    for function in functions:
        function.register_prehook(_catcher(gradients, function))
    kept = {function: _kept(function) for function in functions}  # backward throws it away
    total.backward()
    operations = [
        Operation(
            function.name(),
            tuple(_origin(source, params) for source, _ in function.next_functions),
            watch.results[function],
            gradients[function],
            kept[function],
        )
        for function in reversed(functions)
    ]
    grads = {name: param.grad for name, param in params.items() if param.grad is not None}
    return ComputationGraph(tuple(operations), grads, len(rows))


def _walk(function: Function) -> Iterator[Function]:
    """Yield the functions of a graph from its last back to its first, parameters left out."""
    while function is not None and not _is_parameter(function):
        yield function
        sources = [source for source, _ in function.next_functions if source is not None]
        function = next((source for source in sources if not _is_parameter(source)), None)


def _is_parameter(function: Function) -> bool:
    return hasattr(function, "variable")


def _origin(function: Function, params: Mapping[str, Tensor]) -> str | None:
    if function is None:
        return None
    if _is_parameter(function):
        return next(name for name, param in params.items() if param is function.variable)
    return str(function.name())


def _kept(function: Function) -> dict[str, Tensor | float]:
    names = [name for name in dir(function) if name.startswith(KEPT)]
    found = {name.removeprefix(KEPT): getattr(function, name) for name in names}
    return {
        name: value.detach() if isinstance(value, Tensor) else float(value)
        for name, value in found.items()
        if isinstance(value, Tensor | int | float)
    }


def _catcher(
    gradients: dict[Function, Tensor], function: Function
) -> Callable[[tuple[Tensor, ...]], None]:
    """Return a hook that keeps the gradient that backward hands to a function."""

    def catch(arriving: tuple[Tensor, ...]) -> None:
        gradients[function] = arriving[0].clone()

    return catch
