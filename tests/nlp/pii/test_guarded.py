"""A detector that errs or hangs harms one text only, and never in silence."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import pytest

from youthvoice.nlp.pii.guarded import Guarded

LIMIT = 0.05


def lengths(texts: Sequence[str]) -> list[int]:
    if any("bad" in text for text in texts):
        raise RuntimeError("CANARY")
    return [len(text) for text in texts]


def test_every_text_has_its_result_in_order() -> None:
    assert Guarded(lengths, 5)(["a", "", "ccc"]) == [1, 0, 3]


def test_no_texts_do_not_run_it() -> None:
    assert Guarded(lambda texts: 1 / 0, 5)([]) == []  # type: ignore[arg-type, return-value]


def test_an_error_gives_none_for_its_text_only() -> None:
    assert Guarded(lengths, 5)(["a", "bad", "ccc", "bad", ""]) == [1, None, 3, None, 0]


@pytest.mark.parametrize("wrong", [[], [1], [1, 2, 3], None, 7])
def test_another_number_of_results_is_a_failure(wrong: object) -> None:
    assert Guarded(lambda texts: wrong, 5)(["a", "b"]) in ([None, None], [1, 1])  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize(
    "error", [MemoryError, RecursionError, KeyError, UnicodeError, TimeoutError]
)
def test_whatever_it_raises(error: type[Exception]) -> None:
    def broken(texts: Sequence[str]) -> list[int]:
        raise error("CANARY")

    assert Guarded(broken, 5)(["a"]) == [None]


def test_what_takes_too_long_is_given_up() -> None:
    release = threading.Event()

    def slow(texts: Sequence[str]) -> list[int]:
        if "slow" in texts:
            release.wait(20)
        return lengths(texts)

    guarded = Guarded(slow, LIMIT)
    started = time.monotonic()
    assert guarded(["a", "slow", "ccc"]) == [1, None, 3]
    assert time.monotonic() - started < 10  # not the twenty seconds that it would take
    release.set()


def test_after_a_hang_the_next_texts_are_answered() -> None:
    guarded = Guarded(lambda texts: time.sleep(0.5) if "slow" in texts else lengths(texts), LIMIT)  # type: ignore[arg-type, return-value]
    assert guarded(["slow"]) == [None]
    assert guarded(["abc"]) == [3]


def test_many_threads_get_their_own_results() -> None:
    guarded = Guarded(lengths, 5)
    found: dict[int, list[int | None]] = {}

    def ask(size: int) -> None:
        found[size] = guarded(["x" * size, "bad", ""])

    threads = [threading.Thread(target=ask, args=(size,)) for size in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {size: [size, None, 0] for size in range(8)}
