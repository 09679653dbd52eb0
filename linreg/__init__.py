"""Linear regression from scratch: the torch code that the lecture shows and runs.

The modules follow the five stations of training: :mod:`linreg.data`, :mod:`linreg.model`,
:mod:`linreg.loss`, the gradient (autograd's work, checked in :mod:`linreg.gradient`) and
:mod:`linreg.optim`; :mod:`linreg.training` goes round them. The code follows *Dive into Deep
Learning*, chapter 3 (https://d2l.ai).
"""
