"""All labels of many messages: messages a second, minutes for all of them, peak memory.

    python -m benchmarks.labels                     50,000 messages, on two cores
    python -m benchmarks.labels --messages 2000     fewer; minutes are told for 50,000 all the same

Messages are different, of 15 words, half in each language, put together from pieces of our own invented
answers (training/texts). Each row is a process of its own that loads only what it needs, on so many cores
as are given; loading is part of the memory and not of the time. There is no slower second pass: themes take one
pass a message, and one for each theme of the codebook. Machines are noisy: read the ratios.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.submissions import peak
from training.themes import consultations
from youthvoice.model import CodebookTheme, Language
from youthvoice.nlp import language as languages
from youthvoice.nlp.models import Models

MESSAGES, WORDS, THEMES, CORES = 50_000, 15, 12, 2
ASKED = 5
"""Every fifth message answers a question that asks for a position."""
SEED = 1
NONE = "no model of names is loaded"


class Message(NamedTuple):
    """A text that somebody might have written."""

    text: str
    language: Language


Run = Callable[[Sequence[Message]], object]


class Part(NamedTuple):
    """What one row does: `load` (given cores) what is then run; of how many messages one is read."""

    load: Callable[[int], Run]
    one_of: int = 1


class Done(NamedTuple):
    """What one row took: seconds for `read` of `messages`; `memory`: the most that its process had, in MB."""

    messages: int
    read: int
    seconds: float
    memory: float


def messages(count: int) -> list[Message]:
    """So many different messages of `WORDS` words: pieces of three to six words of different answers."""
    answers = [answer for one in consultations.read() for answer in one["answers"]]
    said = {
        language: [a["text"].split() for a in answers if a["language"] == language]
        for language in ("en", "fr")
    }
    dice, found = random.Random(SEED), dict[str, Message]()
    while len(found) < count:
        language = ("en", "fr")[len(found) % 2]
        text = " ".join(_words(said[language], dice))
        found.setdefault(text, Message(text, Language(language)))
    return list(found.values())


def _words(answers: Sequence[Sequence[str]], dice: random.Random) -> list[str]:
    words: list[str] = []
    while len(words) < WORDS:
        answer = dice.choice(answers)
        start = dice.randrange(max(1, len(answer) - 3))
        words += answer[start : start + dice.randint(3, 6)]
    return words[:WORDS]


def codebook() -> list[CodebookTheme]:
    """The twelve themes of the first of our consultations that has so many."""
    chosen = next(one for one in consultations.read() if len(one["themes"]) >= THEMES)
    return [
        CodebookTheme(theme["id"], 2, None, theme["name"], theme["description"])
        for theme in chosen["themes"][:THEMES]
    ]


def question() -> str:
    """The question of the same consultation."""
    chosen = next(one for one in consultations.read() if len(one["themes"]) >= THEMES)
    return str(chosen["question"]["en"])


def _language(_cores: int) -> Run:
    languages.read("ready")
    return _each(lambda texts: [languages.read(text) for text in texts])


def _risk(cores: int) -> Run:
    return _each(_reader(cores, feelings=False).risks)


def _feeling(cores: int) -> Run:
    return _each(_reader(cores).feelings)


def _words_themes(_cores: int) -> Run:
    from youthvoice import defaults
    from youthvoice.nlp.themes import ThemeTagger

    tagger = ThemeTagger(defaults.themes())
    return _each(lambda texts: [tagger.propose(text, Language.UNDECIDED) for text in texts])


def _themes(cores: int) -> Run:
    mapper = _reader(cores, feelings=False).mapper(codebook())
    return lambda some: mapper.map([one.text for one in some], [one.language for one in some])


def _position(cores: int) -> Run:
    positions, asked = _reader(cores, feelings=False).positions, question()
    return _each(lambda texts: positions.read(asked, texts))


def _all(cores: int) -> Run:
    """As the pipeline goes: risk and feeling when a message comes, themes and positions in the tag job."""
    reader, asked = _reader(cores), question()
    mapper = reader.mapper(codebook())

    def run(some: Sequence[Message]) -> None:
        texts = [one.text for one in some]
        spoken = [languages.read(text).language for text in texts]
        reader.on_arrival(texts, texts)
        for text, language in zip(texts, spoken, strict=True):
            reader.words(text, language)
        mapper.map(texts, spoken)
        reader.positions.read(asked, texts[::ASKED])

    return run


def _each(read: Callable[[Sequence[str]], object]) -> Run:
    return lambda some: read([one.text for one in some])


def _reader(cores: int, feelings: bool = True) -> Any:
    from youthvoice.nlp.reader import Reader

    return Reader(Models(NONE, NONE, threads=cores, feelings=feelings))


PARTS: Mapping[str, Part] = {
    "language": Part(_language),
    "risk: rules and network": Part(_risk),
    "feeling": Part(_feeling),
    "common themes, by words": Part(_words_themes),
    f"codebook of {THEMES} themes": Part(_themes),
    "position, of every fifth": Part(_position, ASKED),
    "all of these": Part(_all),
}


def measure(name: str, count: int, cores: int) -> Done:
    """Run one part in this process; the warm-up is not part of the time."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    part, every = PARTS[name], messages(count)
    run = part.load(cores)
    run(every[:2])
    chosen = every[:: part.one_of]
    began = time.perf_counter()
    run(chosen)
    return Done(count, len(chosen), time.perf_counter() - began, peak(os.getpid()))


def in_turn(names: Sequence[str], count: int, cores: int) -> Iterator[tuple[str, Done]]:
    """Each part in a fresh process."""
    for name in names:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            yield name, pool.submit(measure, name, count, cores).result()


def row(name: str, done: Done) -> list[str]:
    """A line of the table."""
    rate = done.messages / done.seconds
    minutes = MESSAGES / rate / 60
    return [name, f"{done.read:,}", f"{rate:,.0f}", f"{minutes:,.1f}", f"{done.memory:,.0f}"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.labels")
    parser.add_argument("--messages", type=int, default=MESSAGES)
    parser.add_argument("--cores", type=int, default=CORES)
    parser.add_argument("--only", choices=PARTS, action="append", help="one part (repeatable)")
    given = parser.parse_args()
    names = given.only or list(PARTS)
    title = f"{given.messages:,} messages of {WORDS} words on {given.cores} cores"
    table = Table(title=title, title_justify="left", box=None)
    for heading in ("what", "read", "messages/s", f"minutes for {MESSAGES:,}", "peak MB"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for name, done in in_turn(names, given.messages, given.cores):
        table.add_row(*row(name, done))
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
