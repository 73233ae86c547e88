"""The message catalogues: `python -m tools.messages update|check`, run by .venv's Python, which has Babel.

Message ids are German, so German needs no catalogue; every other language must be complete.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tools.places import BUILD, ROOT, SetUpError, finish, run, say
from tools.translations import CATALOGUES, PYBABEL, compile_catalogues

LANGUAGES = ("en",)
TEMPLATE = BUILD / "messages.pot"
_SOURCES = ("app", "knowledge", "meetings", "exports")
_WIDTH = "120"


def update() -> None:
    """Take new messages into the catalogues, drop those that are gone, compile."""
    extract()
    for language in LANGUAGES:
        catalogue = _catalogue(language)
        if catalogue.exists():
            options = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date", "--width", _WIDTH]
            _pybabel("update", *options, "--locale", language, "-i", str(TEMPLATE), "-d", str(CATALOGUES))
        else:
            _pybabel("init", "--width", _WIDTH, "--locale", language, "-i", str(TEMPLATE), "-d", str(CATALOGUES))
    compile_catalogues()


def check() -> None:
    """SetUpError with all faults unless each catalogue has every message of the sources, translated."""
    extract()
    found = [fault for language in LANGUAGES for fault in faults_of(language)]
    if found:
        raise SetUpError("\n  ".join(["the message catalogues are not complete:", *found]))


def extract() -> None:
    """Collect the messages of all Python files and templates into build/messages.pot."""
    BUILD.mkdir(exist_ok=True)
    # Files without line numbers: a catalogue changes when a message does.
    options = ["--add-location=file", "--project=Lückenlos", "-o", str(TEMPLATE)]
    _pybabel("extract", "-F", "pyproject.toml", *options, *_SOURCES)


def faults_of(language: str) -> list[str]:
    """What is wrong with a language's catalogue, one line each."""
    path = _catalogue(language)
    if not path.exists():
        return [f"{path.relative_to(ROOT)} is missing; `make messages` makes it."]
    return faults(read_catalogue(TEMPLATE), read_catalogue(path, language))


def faults(template: Catalog, catalogue: Catalog) -> list[str]:
    """Messages that are missing, left over, untranslated, doubtful (fuzzy) or whose places do not match."""
    wanted, present = _messages(template), _messages(catalogue)
    found = {
        "not in the catalogue, run `make messages`": wanted.keys() - present.keys(),
        "no longer used, run `make messages`": present.keys() - wanted.keys(),
    }
    listed = [f"{fault}: „{text}“" for fault, texts in found.items() for text in texts]
    bad = [
        f"{fault}: „{text}“" for text, message in present.items() for fault in _faults_of_message(message, catalogue)
    ]
    return sorted(listed + bad)


def _messages(catalogue: Catalog) -> dict[str, Message]:
    """The messages by their singular text, without the head of the file."""
    return {
        message.id if isinstance(message.id, str) else message.id[0]: message for message in catalogue if message.id
    }


def read_catalogue(path: Path, language: str | None = None) -> Catalog:
    """A catalogue or template from its file."""
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _faults_of_message(message: Message, catalogue: Catalog) -> list[str]:
    texts = message.string if isinstance(message.string, tuple | list) else [message.string]
    if not all(texts):
        return ["not translated"]
    if message.fuzzy:
        return ["marked as doubtful (fuzzy)"]
    return [str(error) for error in message.check(catalogue)]


def _catalogue(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "messages.po"


def _pybabel(*words: str) -> None:
    run([PYBABEL, "--quiet", *words])


def main() -> None:
    """The command line: `update` or `check`."""
    commands = {"update": update, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit("usage: python -m tools.messages update|check")
    try:
        commands[sys.argv[1]]()
    except SetUpError as error:
        finish(error)
    say("The message catalogues are complete." if sys.argv[1] == "check" else "The message catalogues are up to date.")


if __name__ == "__main__":
    main()
