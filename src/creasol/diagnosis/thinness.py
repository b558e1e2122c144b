"""What is thin here: counts held against the rate of others, for one territory or for all of them in one pass.

The question is whether chance alone explains a small count: things that fall one by one, anywhere, with the same
chance for every inhabitant. Two exact tests answer it.

- Against the rate of a reference, which holds the territory: the count is Poisson around what that rate would give.
  (Were the reference's own things scattered among its inhabitants, the count would be binomial, whose tails are
  shorter: the test then errs on the side of silence. T. Anderson and S. Samuels, "Some inequalities among binomial and
  Poisson probabilities", Berkeley Symposium 5, 1967.)
- Against comparable territories taken together, whose counts are small too: of all the things here and there, those
  that fall here are binomial, with the share of the inhabitants who live here. J. Przyborowski and H. Wilenski,
  "Homogeneity of results in testing samples from Poisson series", Biometrika 31, 1940.

Low and high counts are announced apart, each with the false discoveries held at `LEVEL`, the error of one side of
the 95 % interval: nothing is announced whose interval holds the rate of the others. Where so few are expected that not
even a count of 0 would be proof, the type is not tested for being thin, and does not burden the others. R. Tarone,
"A modified Bonferroni method for discrete data", Biometrics 46, 1990.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import binomial, poisson
from .enums import Verdict
from .false_discovery import discoveries

LEVEL = (1 - poisson.CONFIDENCE) / 2


@dataclass(frozen=True)
class Judgements:
    """One judgement for each type, along the last axis: what is expected, and what the count proves.

    ``tested`` are the types that could be proven thin; ``thin`` and ``ample`` are what is announced.
    """

    expected: NDArray
    shortfall: NDArray
    tested: NDArray
    thin: NDArray
    ample: NDArray

    @property
    def verdicts(self) -> NDArray:
        """Return the `Verdict` of each type."""
        cases = {Verdict.THIN: self.thin, Verdict.AMPLE: self.ample, Verdict.UNSURE: ~self.tested}
        return np.select(list(cases.values()), [verdict.value for verdict in cases], Verdict.ALIKE.value)


def judge_against_rate(
    counts: ArrayLike, inhabitants: ArrayLike, reference_counts: ArrayLike, reference_inhabitants: ArrayLike
) -> Judgements:
    """Hold counts (territories × types, or types) against the rates of a reference that holds the territories.

    ``inhabitants`` has one number for each territory (one number for a single one). The reference has one number for
    each type and one of inhabitants; territories of several references, a row of each, inhabitants in a column.
    """
    counts, here = np.asarray(counts, dtype=float), np.asarray(inhabitants, dtype=float)[..., None]
    expected = ratio(here * np.asarray(reference_counts), reference_inhabitants)
    return judgements(
        counts,
        expected,
        low=poisson.at_most(counts, expected),
        high=poisson.at_least(counts, expected),
        least=poisson.at_most(0, expected),
        known=(here > 0) & (np.asarray(reference_inhabitants) > 0),
    )


def judge_against_others(
    counts: ArrayLike, inhabitants: ArrayLike, other_counts: ArrayLike, other_inhabitants: ArrayLike
) -> Judgements:
    """Hold counts (territories × types, or types) against those of other territories, taken together.

    The others hold nobody of the territory itself. Shapes are as in `judge_against_rate`; with several territories,
    ``other_counts`` and ``other_inhabitants`` have one row, and one number, for each.
    """
    counts, others = np.asarray(counts, dtype=float), np.asarray(other_counts, dtype=float)
    here, there = (np.asarray(each, dtype=float)[..., None] for each in (inhabitants, other_inhabitants))
    total, share = counts + others, ratio(here, here + there)
    return judgements(
        counts,
        ratio(here * others, there),
        low=binomial.at_most(counts, total, share),
        high=binomial.at_least(counts, total, share),
        least=binomial.at_most(0, total, share),
        known=(here > 0) & (there > 0),
    )


def judgements(
    counts: NDArray, expected: NDArray, *, low: NDArray, high: NDArray, least: NDArray, known: NDArray
) -> Judgements:
    """Announce what the chances of so low and of so high a count allow; ``least`` is the chance of a count of 0.

    Nothing is said where it is not ``known`` how many live here and there.
    """
    tested = known & (least <= LEVEL)
    return Judgements(
        expected=expected,
        shortfall=np.maximum(expected - counts, 0),
        tested=tested,
        thin=discoveries(low, LEVEL, tested=tested),
        ample=discoveries(high, LEVEL, tested=known),
    )


def ratio(part: ArrayLike, whole: ArrayLike) -> NDArray:
    """Divide; 0 where there is nobody to divide by."""
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    return np.divide(part, whole, out=np.zeros((part + whole).shape), where=whole > 0)
