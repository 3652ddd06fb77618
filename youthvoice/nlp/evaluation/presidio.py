"""Microsoft Presidio's analyser in its default configuration: what our own is compared with.

It is no part of what runs (requirements/compare.in). Its usual model, en_core_web_lg, is not in the
package registry; our English model, which is named by the caller, takes its place.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Sequence
from typing import Any

from youthvoice.errors import YouthVoiceError, note
from youthvoice.model import Span
from youthvoice.nlp.pii.kinds import kind_of
from youthvoice.nlp.pii.names import locate


class PresidioMissing(YouthVoiceError):
    """presidio-analyzer is not installed."""


class Presidio:
    """Presidio's default `AnalyzerEngine` as a predictor: English always, one call a message."""

    def __init__(self, spacy_en: str) -> None:
        self._engine = _engine(locate(spacy_en))

    def find(self, texts: Sequence[str]) -> list[list[Span]]:
        """For each text, in order, what Presidio finds, with our kinds."""
        return [self._spans(text) for text in texts]

    def _spans(self, text: str) -> list[Span]:
        found = self._engine.analyze(text=text, language="en")
        kinds = [(one, kind_of(one.entity_type)) for one in found]
        return [
            Span(one.start, one.end, kind, one.score, "presidio") for one, kind in kinds if kind
        ]


def _engine(model: str) -> Any:
    try:
        import tldextract  # type: ignore[import-not-found, unused-ignore]
        from presidio_analyzer import (  # type: ignore[import-not-found, unused-ignore]
            AnalyzerEngine,
        )
        from presidio_analyzer.nlp_engine import (  # type: ignore[import-not-found, unused-ignore]
            NlpEngineProvider,
        )
    except ImportError:
        raise PresidioMissing(
            note("presidio-analyzer, which the comparison runs, is not installed."),
            note("Install it: pip install --no-deps -r requirements/compare.lock"),
        ) from None
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)  # it says what it does not load
    # It would fetch the list of public domains; the copy in its package serves: nothing goes out.
    tldextract.tldextract.TLD_EXTRACTOR.suffix_list_urls = ()
    settings = copy.deepcopy(NlpEngineProvider().nlp_configuration)
    settings["models"] = [{"lang_code": "en", "model_name": model}]
    return AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=settings).create_engine())
