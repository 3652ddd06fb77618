"""Which texts speak of the same thing, whatever their language: groups of sentence vectors.

Each language's mean is taken away from its vectors first, so that what is said decides and not the language
it is said in. Average linkage over cosine distances gives one tree of the texts (no random start: the
same texts give the same groups); of its cuts that leave `FEWEST` to `MOST` groups the one with the highest
silhouette (Rousseeuw 1987) is taken, where a text in no group counts 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Whole = NDArray[np.intp]
Real = NDArray[np.float64]

FEWEST, MOST = 4, 15
"""How many groups a codebook's second level is proposed from."""
LEAST = 3
"""A smaller group has no phrase that three texts share, so nothing to name it by."""
LEAST_PART = 50
"""A group holds at least one in so many texts."""
FINEST = 80
"""The tree is cut into at most so many pieces: most of them are single texts by then."""
OWN_MEAN = 10
"""A language with fewer texts has no mean of its own to speak of; the mean of all is taken."""
CLOSE = 0.2
"""Groups whose centres are so alike (cosine) may be one theme: of published answers to four consultations
about one pair in thirty is."""
WIDE = 0.8
"""A group whose texts are this much less like its centre than usual (of the median group) may be two."""
SHOWN = 12
"""How many borderline texts of a group are named."""


class Group(NamedTuple):
    """Texts (by their places) on the same thing, the most typical first; `centre` has length 1.

    `borderline`: those nearest to another group. `halves`: the two that a wide group falls into.
    """

    members: tuple[int, ...]
    borderline: tuple[int, ...]
    halves: tuple[tuple[int, ...], tuple[int, ...]] | None
    centre: Real


class Grouping(NamedTuple):
    """All groups, the largest first; the texts in none; which pairs of groups are close; the silhouette."""

    groups: tuple[Group, ...]
    other: tuple[int, ...]
    close: tuple[tuple[int, int], ...]
    silhouette: float


def distinct(keys: Sequence[str]) -> list[int]:
    """The place of the first text of each key: texts that say nearly the same share one."""
    first: dict[str, int] = {}
    for place, key in enumerate(keys):
        first.setdefault(key, place)
    return list(first.values())


def centred(vectors: Vectors, languages: Sequence[str]) -> Real:
    """Vectors of length 1 without what only their language says."""
    kept = vectors.astype(np.float64)
    spoken = np.asarray(languages)
    everything = kept.mean(axis=0)
    for language in sorted(set(languages)):
        own = spoken == language
        kept[own] -= kept[own].mean(axis=0) if own.sum() >= OWN_MEAN else everything
    return _unit(kept)


def group(points: Real) -> Grouping:
    """Groups of texts, from their `centred` vectors; none where there are too few texts."""
    least = max(LEAST, len(points) // LEAST_PART)
    if len(points) < 2 * least:
        return Grouping((), tuple(range(len(points))), (), 0.0)
    far = np.clip(1 - points @ points.T, 0, None)
    tree = _tree(far)
    labels, silhouette = _best_cut(tree, far, least)
    parts = [np.flatnonzero(labels == label) for label in range(labels.max() + 1)]
    kept = sorted((part for part in parts if len(part) >= least), key=lambda p: (-len(p), p[0]))
    other = sorted(int(place) for part in parts if len(part) < least for place in part)
    return _described(points, kept, other, silhouette, least)


def nearest(centre: Real, others: Real) -> int:
    """Which of `others` (rows of length 1) a centre is most like."""
    return int(np.argmax(others @ centre))


def _unit(rows: Real) -> Real:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    found: Real = rows / np.where(lengths == 0, 1, lengths)
    return found


def _tree(far: Real) -> Real:
    # Loaded here: only whoever proposes a codebook needs it.
    from scipy.cluster.hierarchy import linkage  # type: ignore[import-untyped]
    from scipy.spatial.distance import squareform  # type: ignore[import-untyped]

    square = (far + far.T) / 2
    np.fill_diagonal(square, 0)
    found: Real = linkage(squareform(square, checks=False), method="average")
    return found


def _best_cut(tree: Real, far: Real, least: int) -> tuple[Whole, float]:
    from scipy.cluster.hierarchy import cut_tree

    texts = len(far)
    sizes = list(range(2, min(FINEST, texts // 2) + 1))
    cuts = cut_tree(tree, n_clusters=sizes)
    tried = [_judged(cuts[:, column].astype(np.intp), far, least) for column in range(len(sizes))]
    fitting = [one for one in tried if FEWEST <= one[1] <= MOST]
    if not fitting:  # everybody says much the same, or nobody does: as near to it as it goes
        wanted = min(tried, key=lambda one: abs(one[1] - FEWEST))[1]
        fitting = [one for one in tried if one[1] == wanted]
    best = max(fitting, key=lambda one: one[2])
    return best[0], best[2]


def _judged(labels: Whole, far: Real, least: int) -> tuple[Whole, int, float]:
    """A cut, how many groups it leaves, and its mean silhouette."""
    sizes = np.bincount(labels)
    kept = sizes >= least
    return labels, int(kept.sum()), float(np.mean(_silhouettes(labels, far) * kept[labels]))


def _silhouettes(labels: Whole, far: Real) -> Real:
    sizes = np.bincount(labels)
    sums = far @ np.eye(len(sizes))[labels]
    rows = np.arange(len(labels))
    own = sums[rows, labels] / np.maximum(sizes[labels] - 1, 1)
    means = sums / sizes
    means[rows, labels] = np.inf
    other = means.min(axis=1)
    widest = np.maximum(own, other)
    found: Real = np.where(sizes[labels] > 1, (other - own) / np.where(widest == 0, 1, widest), 0.0)
    return found


def _described(
    points: Real, parts: Sequence[Whole], other: Sequence[int], silhouette: float, least: int
) -> Grouping:
    centres = (
        _unit(np.stack([points[part].mean(axis=0) for part in parts])) if parts else points[:0]
    )
    tight = [
        float((points[part] @ centre).mean()) for part, centre in zip(parts, centres, strict=True)
    ]
    usual = float(np.median(tight)) if tight else 0.0
    groups = tuple(
        Group(
            _by(points[part] @ centres[place], part, highest=True),
            _borderline(points, part, centres, place),
            _halves(points, part, least) if tight[place] < WIDE * usual else None,
            centres[place],
        )
        for place, part in enumerate(parts)
    )
    alike = centres @ centres.T
    close = [
        (a, b) for a in range(len(parts)) for b in range(a + 1, len(parts)) if alike[a, b] >= CLOSE
    ]
    return Grouping(groups, tuple(other), tuple(close), silhouette)


def _by(scores: Real, part: Whole, highest: bool) -> tuple[int, ...]:
    order = np.argsort(-scores if highest else scores, kind="stable")
    return tuple(int(place) for place in part[order])


def _borderline(points: Real, part: Whole, centres: Real, own: int) -> tuple[int, ...]:
    if len(centres) < 2:
        return ()
    alike = points[part] @ centres.T
    others = np.delete(alike, own, axis=1).max(axis=1)
    return _by(alike[:, own] - others, part, highest=False)[:SHOWN]


def _halves(
    points: Real, part: Whole, least: int
) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The two parts of a wide group; None where one of them would be too small."""
    from scipy.cluster.hierarchy import cut_tree

    own = points[part]
    far = np.clip(1 - own @ own.T, 0, None)
    labels = cut_tree(_tree(far), n_clusters=2)[:, 0]
    first, second = (tuple(int(p) for p in part[labels == label]) for label in (0, 1))
    return (first, second) if min(len(first), len(second)) >= least else None
