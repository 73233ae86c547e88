"""The sample of the privacy check run by other tools, in an environment of their own.

    python -m venv build/peers && build/peers/bin/pip install presidio-analyzer euredact
    build/peers/bin/python -m benchmarks.privacy_peers

Presidio runs with its own recognisers over a blank German pipeline of spaCy: no German model can be had offline.
"""

import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.privacy_sample import Sentence, sample
from benchmarks.privacy_scores import Rates, Span, measure, percent

GROUPS = ("Kennung", "Name allein", "Name nach")


def presidio() -> Callable[[Sentence], list[Span]]:
    """Every recogniser that Presidio brings along, told that the text is German."""
    import spacy  # noqa: PLC0415  (only where the peer is installed)
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # noqa: PLC0415
    from presidio_analyzer.nlp_engine import SpacyNlpEngine  # noqa: PLC0415

    engine = SpacyNlpEngine(models=[{"lang_code": "de", "model_name": "blank"}])
    engine.nlp = {"de": spacy.blank("de")}
    registry = RecognizerRegistry(supported_languages=["de"])
    registry.load_predefined_recognizers(languages=["de"])
    for recogniser in registry.recognizers:
        recogniser.supported_language = "de"
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["de"])
    return lambda sentence: [(hit.start, hit.end) for hit in analyzer.analyze(sentence.text, language="de")]


def euredact() -> Callable[[Sentence], list[Span]]:
    """The rules of euredact for Germany."""
    import euredact as peer  # noqa: PLC0415

    def detect(sentence: Sentence) -> list[Span]:
        result: Any = peer.redact(sentence.text, countries=["DE"])
        return [(hit.start, hit.end) for hit in result.detections]

    return detect


def rows() -> Iterator[str]:
    """One line of the table per peer that is installed."""
    sentences = sample()
    for name, start in (("Presidio, leere deutsche Pipeline", presidio), ("euredact, Regeln für DE", euredact)):
        try:
            detect = start()
        except ImportError:
            yield f"| {name} | nicht installiert |"
            continue
        began = time.perf_counter()
        rates: Rates = measure(sentences, detect)
        spent = (time.perf_counter() - began) / len(sentences) * 1000
        found = " | ".join(percent(rates.recall(group)) for group in GROUPS)
        alarms = f"{rates.harmless_marked} von {rates.harmless}"
        yield f"| {name} | {found} | {percent(rates.precision())} | {alarms} | {spent:.1f} |".replace(".", ",")


if __name__ == "__main__":
    sys.stdout.write("\n".join(rows()) + "\n")
