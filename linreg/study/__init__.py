"""Numbers that the lecture tells; their code is never on the screen.

A run and its record
    :mod:`~linreg.study.recording`       training runs of a lesson
    :mod:`~linreg.study.trace`           the record of a run
    :mod:`~linreg.study.single_run`      the run with one feature
    :mod:`~linreg.study.two_runs`        from scratch and with PyTorch's parts, on the same batches
    :mod:`~linreg.study.iteration`       one pass through the loop's body, every tensor of it
    :mod:`~linreg.study.computation_graph`  the graph that autograd records of a batch's loss
    :mod:`~linreg.study.unzeroed`        the end of a run that never zeroes its gradients
    :mod:`~linreg.study.report`          the lines that the command prints
    :mod:`~linreg.study.outcome`         the end of a run
    :mod:`~linreg.study.prediction`      the prediction for an example that training has not seen

Data
    :mod:`~linreg.study.normal`          the normal distribution and histograms
    :mod:`~linreg.study.example`         one example and the parts of its label
    :mod:`~linreg.study.spreads`         the spread of the labels
    :mod:`~linreg.study.dealing`         examples as an epoch deals them

Loss and gradient
    :mod:`~linreg.study.losses`          losses over a data set, and the noise floor
    :mod:`~linreg.study.error_curves`    losses as functions of one error
    :mod:`~linreg.study.profile`         the loss as a function of one weight
    :mod:`~linreg.study.bowl`            the loss over all weights
    :mod:`~linreg.study.descent`         curvatures, the largest learning rate
    :mod:`~linreg.study.push_and_lever`  one line where the pushes of the examples cancel
    :mod:`~linreg.study.batch_gradients` gradients of batches
    :mod:`~linreg.study.batch_fan`       batches of one size, their spread and their agreement
    :mod:`~linreg.study.votes`           the batches of an epoch, and how many agree

The exact answer
    :mod:`~linreg.study.exact`           the answer beside the end of a run
    :mod:`~linreg.study.running_sums`    the sums of its equations, example by example
    :mod:`~linreg.study.three_examples`  three examples as points in space
    :mod:`~linreg.study.costs`           multiplications of solving and of descending
"""
