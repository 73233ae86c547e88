"""Compiles the message catalogues that lie in app/translations; what they contain is checked by tools/messages.py."""

from __future__ import annotations

from tools.places import BUILD, ENVIRONMENT, ROOT, run, say
from tools.stamps import Stamp, fingerprint

CATALOGUES = ROOT / "app" / "translations"
PYBABEL = ENVIRONMENT / "bin" / "pybabel"


def compile_catalogues() -> None:
    """Make the .mo files from the .po files, if these have changed."""
    sources = sorted(CATALOGUES.glob("*/LC_MESSAGES/*.po"))
    stamp = Stamp(BUILD / "translations.json")
    state = fingerprint(sources)
    made = all(source.with_suffix(".mo").exists() for source in sources)
    if not sources or (made and stamp.holds("translations", state)):
        return
    say("Compiling the translations ...")
    run([PYBABEL, "--quiet", "compile", "--directory", CATALOGUES])
    stamp.write(translations=state)
