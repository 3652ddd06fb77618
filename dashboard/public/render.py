"""Templates in two languages: one Jinja environment each, every sentence from the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from dashboard import look
from youthvoice.editorial import DECISION_NAMES, STAGE_NAMES, STAGE_WORDS, STATUS_NAMES
from youthvoice.model import LANGUAGES, Stage
from youthvoice.settings import Settings
from youthvoice.strings import Translator, catalogue

TEMPLATES = Path(__file__).parent / "templates"
STAGES = [Stage.RECEIVED, Stage.IN_REVIEW, Stage.COUNTED, Stage.QUOTED, Stage.ANSWERED]
"""How a voice goes, from left to right."""


class Renderer:
    """Renders a template in one of the two languages."""

    def __init__(self, settings: Settings) -> None:
        self._translators = {language: Translator(language) for language in LANGUAGES}
        self._environments = {
            language: self._environment(language, settings) for language in LANGUAGES
        }

    def _environment(self, language: str, settings: Settings) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=select_autoescape(default=True),
            extensions=["jinja2.ext.i18n"],
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.policies["ext.i18n.trimmed"] = True
        environment.install_gettext_translations(  # type: ignore[attr-defined]
            catalogue(language), newstyle=True
        )
        t = self._translators[language]
        environment.globals.update(
            lang=language,
            other=("fr" if language == "en" else "en"),
            demo=settings.demo,
            dashboard=settings.dashboard_address,
            number=t.number,
            day=t.day,
            many=t.many,
            min_cell=settings.min_cell,
            duty_hours=settings.duty_hours_fr if language == "fr" else settings.duty_hours_en,
            decision_names=DECISION_NAMES,
            status_names=STATUS_NAMES,
            address=settings.public_address,
            stage_names=STAGE_NAMES,
            stage_words=STAGE_WORDS,
            stages=STAGES,
            look_names=look,
            keep_originals_days=settings.keep_originals_days,
            exit=settings.exit_fr if language == "fr" else settings.exit_en,
        )
        return environment

    def translator(self, language: str) -> Translator:
        """The translator of a language."""
        return self._translators[language]

    def render(self, template: str, language: str, **values: Any) -> str:
        """The HTML of a template."""
        return self._environments[language].get_template(template).render(**values)
