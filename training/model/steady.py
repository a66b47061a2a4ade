"""Computes exponentials and logarithms from basic operations alone, which all processors do alike."""

from __future__ import annotations

from math import factorial

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_LOG2_E = 1.4426950408889634
_LN2 = 0.6931471805599453
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
"""The logarithm of 2 in two parts, the first of which times a small whole number is exact."""

_EXP_TERMS = [1 / factorial(n) for n in range(12, -1, -1)]
_LOG_TERMS = [1 / n for n in range(25, 0, -2)]


def exponential(values: Floats) -> Floats:
    """Return e to the power of each value, to about 15 digits.

    NumPy and the C library choose among versions of `exp` and `log` by the processor, and these may differ
    in the last bit; addition, multiplication and division do not.

    >>> exponential(np.array([0.0, 1.0, -2.0])).round(14).tolist()
    [1.0, 2.71828182845905, 0.13533528323661]
    """
    powers_of_2 = np.rint(values * _LOG2_E)
    rest = values - powers_of_2 * _LN2_HIGH
    rest -= powers_of_2 * _LN2_LOW
    sums = np.full_like(rest, _EXP_TERMS[0])
    for term in _EXP_TERMS[1:]:
        sums *= rest
        sums += term
    return np.ldexp(sums, powers_of_2.astype(np.int32))


def logarithm(values: Floats) -> Floats:
    """Return the natural logarithm of each value, which is above 0, to about 15 digits.

    >>> logarithm(np.array([1.0, 2.0, 10.0])).round(14).tolist()
    [0.0, 0.69314718055995, 2.30258509299405]
    """
    mantissas, exponents = np.frexp(values)
    is_small = mantissas < 0.7071067811865476
    mantissas = np.where(is_small, 2 * mantissas, mantissas)
    ratio = (mantissas - 1) / (mantissas + 1)
    square = ratio * ratio
    sums = np.full_like(ratio, _LOG_TERMS[0])
    for term in _LOG_TERMS[1:]:
        sums *= square
        sums += term
    logarithms: Floats = 2 * ratio * sums + (exponents - is_small) * _LN2
    return logarithms
