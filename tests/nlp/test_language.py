import pytest

from youthvoice.model import Language
from youthvoice.nlp.language import identify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Mentors should be closer to our age", Language.EN),
        ("lol trop vrai", Language.FR),
        ("les mentors devraient être plus proches de notre âge", Language.FR),
        ("Necesitamos más mentores para los jóvenes de aquí", Language.OTHER),
        ("ਸਾਨੂੰ ਹੋਰ ਮਦਦ ਚਾਹੀਦੀ ਹੈ ਅਤੇ ਹੋਰ ਸਲਾਹਕਾਰ", Language.OTHER),
        ("👍👍", Language.UNDECIDED),
        ("", Language.UNDECIDED),
        ("ok", Language.UNDECIDED),
    ],
)
def test_identify(text: str, language: Language) -> None:
    assert identify(text) == language


def test_the_development_sentences(shared_data) -> None:
    for folder, wanted in (("eng_Latn", Language.EN), ("fra_Latn", Language.FR)):
        lines = (shared_data / "topics-dev" / folder / "dev.tsv").read_text("utf-8").splitlines()
        texts = [line.split("\t")[-1] for line in lines[1:]]
        right = sum(identify(text) == wanted for text in texts)
        print(f"{folder}: {right} of {len(texts)}")
        assert right / len(texts) > 0.97
