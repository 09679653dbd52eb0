"""Linear regression from scratch: the torch code that the lecture shows and runs.

The modules follow the five stations of training: :mod:`linreg.data`, :mod:`linreg.model`,
:mod:`linreg.loss`, the gradient (autograd's work, checked in :mod:`linreg.gradient`) and
:mod:`linreg.optim`; :mod:`linreg.training` goes round them. :mod:`linreg.closed_form` finds the
answer without a step. :mod:`linreg.single_feature` does the same by hand for one feature.
:mod:`linreg.study` records runs and computes what is told of them. The code follows
*Dive into Deep Learning*, chapter 3 (https://d2l.ai).
"""
