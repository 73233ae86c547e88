"""Languages: German message ids, an English catalogue, and how dates, times and numbers read.

Nothing here knows a feature. Outside a request (commands, tests of rules) the messages stay German.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_datetime, format_time, get_timezone
from babel.numbers import format_decimal
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, get_locale, get_translations
from flask_babel.speaklater import LazyString

LANGUAGES = {"de": "Deutsch", "en": "English"}
DEFAULT_LANGUAGE = "de"
DEFAULT_ZONE = "Europe/Berlin"

_PATTERNS = {
    "de": {"long": "EEEE, d. MMMM y", "day": "dd.MM.y", "time": "HH:mm 'Uhr'"},
    "en": {"long": "EEEE, d MMMM y", "day": "d MMM y", "time": "HH:mm"},
}


def _(message: str, **values: object) -> str:
    """The message in the reader's language; `%(name)s` places take `values`."""
    text = _translated(message) if has_request_context() else message
    return text % values if values else text


def ngettext(singular: str, plural: str, num: int, **values: object) -> str:
    """Singular or plural for `num`, which is also available as `%(num)s`."""
    one, many = (_translated_plural(singular, plural, num),) * 2 if has_request_context() else (singular, plural)
    return (one if num == 1 else many) % {"num": num, **values}


def _translated(message: str) -> str:
    return str(_catalogue().ugettext(message))


def _translated_plural(singular: str, plural: str, num: int) -> str:
    return str(_catalogue().ungettext(singular, plural, num))


def _catalogue() -> Any:
    """The catalogue of the present language. Looked up once for each language of a request: a page asks fifty times."""
    asked = g.get("_flask_babel")
    locale = getattr(asked, "babel_locale", None)
    kept = getattr(asked, "catalogue", None)
    if kept is not None and kept[0] is locale:
        return kept[1]
    found = get_translations()
    asked = g.get("_flask_babel")
    if asked is not None:
        asked.catalogue = (asked.babel_locale, found)
    return found


def lazy(message: str, **values: object) -> Any:
    """Like `_`, translated when it is shown: for texts that are named at import time."""
    return LazyString(_, message, **values)


def language() -> str:
    """The reader's language code, German outside a request."""
    locale = get_locale() if has_request_context() else None
    return locale.language if locale and locale.language in LANGUAGES else DEFAULT_LANGUAGE


def _wanted_language() -> str:
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(list(LANGUAGES), DEFAULT_LANGUAGE) or DEFAULT_LANGUAGE


def show_date(value: date | None, form: str = "day") -> str:
    """A date as people write it: form `day` 10.12.2026, form `long` Donnerstag, 10. Dezember 2026."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = value.astimezone(get_timezone(DEFAULT_ZONE)).date()
    return _day(value, form, language())


@lru_cache(maxsize=4096)
def _day(value: date, form: str, locale: str) -> str:
    return format_date(value, _PATTERNS[locale][form], locale=locale)


def show_time(value: datetime | None) -> str:
    """The clock time of an aware moment in the tenant's zone, 14:00 Uhr."""
    if value is None:
        return "–"
    return format_time(value, _PATTERNS[language()]["time"], tzinfo=get_timezone(DEFAULT_ZONE), locale=language())


def show_datetime(value: datetime | None, form: str = "day") -> str:
    """Date and time of an aware moment in the tenant's zone."""
    if value is None:
        return "–"
    pattern = f"{_PATTERNS[language()][form]}, {_PATTERNS[language()]['time']}"
    return format_datetime(value, pattern, tzinfo=get_timezone(DEFAULT_ZONE), locale=language())


def show_time_span(start: datetime | None, end: datetime | None) -> str:
    """From–to on one day: 14:00–16:30 Uhr."""
    if start is None:
        return "–"
    if end is None:
        return show_time(start)
    zone = get_timezone(DEFAULT_ZONE)
    first = format_time(start, "HH:mm", tzinfo=zone, locale=language())
    return f"{first}–{show_time(end)}"


def show_number(value: int | float | None) -> str:
    """A number with the reader's separators."""
    return "–" if value is None else _number(value, language())


@lru_cache(maxsize=4096)
def _number(value: int | float, locale: str) -> str:
    return format_decimal(value, locale=locale)


def install(app: Flask) -> None:
    """Language choice and the filters `date`, `datetime`, `clock`, `number` for all templates."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", DEFAULT_LANGUAGE)
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", DEFAULT_ZONE)
    Babel(app, locale_selector=_wanted_language)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_translated, _translated_plural, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.filters.update(
        date=show_date, datetime=show_datetime, clock=show_time, number=show_number, time_span=show_time_span
    )
    app.jinja_env.globals.update(languages=LANGUAGES, language=language, time_span=show_time_span)
