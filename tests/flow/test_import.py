from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.factories import open_topic, topic
from youthvoice.flow.context import Context
from youthvoice.flow.import_file import import_file
from youthvoice.model import ReviewStatus
from youthvoice.store import contributions, kept, review_queue, rollups

MAP = {"text": "comment", "id": "id"}


def csv(path: Path, rows: list[str], name: str = "x.csv", heading: str = "id,comment") -> Path:
    target = path / name
    target.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    return target


def numbers(result) -> tuple[int, int, int, int]:
    assert result.read == result.accepted + result.seen + result.kept_aside
    return result[:4]


def test_every_row_once_and_bad_ones_kept_aside(context: Context, tmp_path: Path) -> None:
    open_topic(context)
    path = csv(tmp_path, ["1,the bus is late", "2,", "3,more mentors please", "4,a,b"])
    assert numbers(import_file(context, path, "mentoring", MAP)) == (4, 2, 0, 2)
    assert numbers(import_file(context, path, "mentoring", MAP)) == (4, 0, 2, 2)
    with context.store.read() as tx:
        assert [(row.reason, row.rows, row.first_line) for row in kept.counts(tx)] == [
            ("empty text", 1, 3),
            ("wrong number of columns", 1, 5),
        ]


def test_a_grown_file_and_a_second_file_with_the_same_ids(context: Context, tmp_path: Path) -> None:
    open_topic(context)
    rows = ["1,first of these", "2,second of these"]
    import_file(context, csv(tmp_path, rows), "mentoring", MAP)
    grown = csv(tmp_path, [*rows, "3,third of these"])
    assert numbers(import_file(context, grown, "mentoring", MAP)) == (3, 1, 2, 0)
    other = csv(tmp_path, ["1,somebody else said this"], "other.csv")
    assert numbers(import_file(context, other, "mentoring", MAP)) == (1, 1, 0, 0)


def test_without_an_id_two_people_may_say_the_same(context: Context, tmp_path: Path) -> None:
    open_topic(context)
    path = csv(tmp_path, ["free bus", "free bus", "more mentors"], heading="comment")
    mapping = {"text": "comment"}
    assert numbers(import_file(context, path, "mentoring", mapping)) == (3, 3, 0, 0)
    assert numbers(import_file(context, path, "mentoring", mapping)) == (3, 0, 3, 0)
    with context.store.read() as tx:
        assert rollups.count_total(tx, topic(context).id) == (3, 2)


def test_an_import_that_dies_goes_on(lite: Context, tmp_path: Path, monkeypatch) -> None:
    open_topic(lite)
    path = csv(tmp_path, [f"{n},comment number {n} on mentors" for n in range(1200)])
    analyser = lite.analyser()
    real, calls = analyser.analyse, []

    def dies(texts, topic=None):
        calls.append(1)
        if len(calls) == 2:
            raise MemoryError
        return real(texts, topic)

    monkeypatch.setattr(analyser, "analyse", dies)
    with pytest.raises(MemoryError):
        import_file(lite, path, "mentoring", MAP)
    with lite.store.read() as tx:
        assert contributions.status_counts(tx)["waiting"] == 500
    assert numbers(import_file(lite, path, "mentoring", MAP)) == (1200, 700, 500, 0)


@pytest.mark.slow
def test_worker_processes_do_the_same(lite: Context, tmp_path: Path) -> None:
    open_topic(lite)
    rows = [f"{n},my name is Maya Okafor and the bus is late {n}" for n in range(2100)]
    two = type(lite)(
        **{**lite.__dict__, "settings": lite.settings.model_copy(update={"workers": 2})}
    )
    seen: list[tuple[int, int]] = []
    done = import_file(
        two, csv(tmp_path, rows), "mentoring", MAP, progress=lambda a, b: seen.append((a, b))
    )
    assert numbers(done) == (2100, 2100, 0, 0) and seen[-1] == (2100, 2100)
    with lite.store.read() as tx:
        for item in review_queue.queue(tx, [ReviewStatus.WAITING], ["file"], most=20):
            assert "Okafor" not in str(item.text)


def test_nothing_of_a_kept_row_is_in_the_clear(lite: Context, tmp_path: Path) -> None:
    open_topic(lite)
    path = csv(tmp_path, ["1,ok", "2,zebracanary,too,many"])
    import_file(lite, path, "mentoring", MAP)
    lite.store.close()
    for folder, _dirs, files in os.walk(lite.settings.home):
        for name in files:
            assert b"zebracanary" not in (Path(folder) / name).read_bytes()


@pytest.mark.slow
def test_the_shared_consultations(lite: Context, shared_data: Path) -> None:
    open_topic(lite)
    mapping = {"text": "comment-body", "id": "comment-id"}
    for path in sorted((shared_data / "consultations").glob("*.csv")):
        first = import_file(lite, path, "mentoring", mapping)
        again = import_file(lite, path, "mentoring", mapping)
        assert first.accepted > 30 and again.accepted == 0 and again.seen == first.accepted
