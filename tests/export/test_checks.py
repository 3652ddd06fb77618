from collections import defaultdict
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from youthvoice.export.checks import at_least, least_shown, suppress, week_key
from youthvoice.model import Cell


def cells(**counts: int) -> list[Cell]:
    return [Cell({"language": name}, count, count) for name, count in counts.items()]


def test_small_cells_and_what_would_reveal_them() -> None:
    found = suppress(cells(en=100, fr=40, other=3), 11)
    assert [cell.messages for cell in found] == [100, None, None]


def test_enough_hidden_together_hides_nothing_more() -> None:
    found = suppress(cells(en=100, fr=40, other=5, undecided=8), 11)
    assert [cell.messages for cell in found] == [100, 40, None, None]


def test_themes_do_not_add_up_so_only_small_ones_are_hidden() -> None:
    found = suppress([Cell({"theme": "a"}, 50, 40), Cell({"theme": "b"}, 4, 4)], 11)
    assert [cell.messages for cell in found] == [50, None]


def test_a_day_does_not_follow_from_its_week() -> None:
    days = [("2026-11-09", 20), ("2026-11-10", 3), ("2026-11-16", 4), ("2026-11-17", 30)]
    found = suppress([Cell({"day": day}, n, n) for day, n in days], 5)
    assert [cell.messages for cell in found] == [None, None, None, None]


@given(st.lists(st.integers(0, 30), min_size=12, max_size=12), st.integers(2, 15))
def test_no_group_with_a_known_sum_gives_a_small_cell_away(counts: list[int], least: int) -> None:
    grid = list(product(("q1", "q2", "q3", "q4"), ("en", "fr", "other")))
    given_cells = [
        Cell({"question": q, "language": lang}, n, n)
        for (q, lang), n in zip(grid, counts, strict=True)
        if n
    ]
    found = suppress(given_cells, least)
    groups: dict[tuple[str, str], list[tuple[Cell, Cell]]] = defaultdict(list)
    for exact, shown in zip(given_cells, found, strict=True):
        assert shown.messages is None or shown.messages == exact.messages >= least
        for name in ("question", "language"):
            groups[name, exact.values[name]].append((exact, shown))
    for group in groups.values():
        hidden = [exact.messages for exact, shown in group if shown.suppressed]
        if hidden and len(hidden) < len(group):
            assert len(hidden) >= 2 and sum(n or 0 for n in hidden) >= least


def test_a_hidden_week_does_not_follow_from_its_days() -> None:
    days = [("2026-11-09", 12), ("2026-11-10", 100), ("2026-11-16", 5), ("2026-11-25", 20)]
    weeks = [("2026-11-09", 112), ("2026-11-16", 5), ("2026-11-23", 20)]
    shown_weeks = suppress([Cell({"week": w}, n, n) for w, n in weeks], 11)
    assert [c.messages for c in shown_weeks] == [112, None, None]
    hidden = frozenset(week_key(c) for c in shown_weeks if c.suppressed)
    shown = suppress([Cell({"day": d}, n, n) for d, n in days], 11, hidden)
    assert [c.messages for c in shown] == [12, 100, None, None]


def test_few_texts_are_withheld_and_head_figures_too() -> None:
    (found,) = suppress([Cell({"theme": "a"}, 30, 2)], 11)
    assert found.messages == 30 and found.texts is None and not found.suppressed
    assert [at_least(n, 11) for n in (0, 1, 10, 11)] == [0, None, None, 11]


def test_a_slice_with_feelings_needs_twenty() -> None:
    assert least_shown(("theme", "feeling"), 11) == least_shown(("feeling",), 11) == 20
    assert least_shown(("feeling",), 25) == 25
    assert least_shown(("theme", "position"), 11) == 11


def test_feelings_and_positions_add_up() -> None:
    for name in ("feeling", "position"):
        given = [Cell({name: value}, n, n) for value, n in (("a", 100), ("b", 40), ("c", 3))]
        assert [cell.messages for cell in suppress(given, 11)] == [100, None, None]
