"""Reading YAML from people we do not know: plain values only, every key a text and said once, nothing endless."""

from pathlib import Path
from typing import Any

import yaml

from app.core.i18n import _
from app.dataset.problems import DataFileError, Problem, broken, dotted, quoted, unreadable

__all__ = ["DataFileError", "read_mapping"]

LARGEST_FILE = 20_000_000
DEEPEST = 40
MOST_VALUES = 1_000_000
PLAIN = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp")}
MAPPING, SEQUENCE = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"

Steps = tuple[str | int, ...]


def read_mapping(path: Path) -> dict[str, Any]:
    """The file's content as plain values; DataFileError for everything that is not a clean YAML mapping."""
    node = _compose(path, _text(path))
    if node is None:
        raise unreadable(path, _("Sie ist leer"))
    if not isinstance(node, yaml.MappingNode):
        raise unreadable(path, _("Sie enthält keine Gruppen von Angaben (Schlüssel: Wert)"))
    values: dict[str, Any] = _Reader(path).value(node, ())
    return values


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise unreadable(path, _("Es gibt sie nicht")) from None
    except IsADirectoryError:
        raise unreadable(path, _("Sie ist ein Ordner")) from None
    except OSError:
        raise unreadable(path, _("Sie lässt sich nicht lesen")) from None
    if len(content) > LARGEST_FILE:
        raise unreadable(path, _("Sie ist größer als 20 Megabyte"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise unreadable(path, _("Sie ist keine Textdatei in UTF-8")) from None


def _compose(path: Path, text: str) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise unreadable(path, _("Sie ist kein gültiges YAML%(place)s", place=_place(error.problem_mark))) from None
    except yaml.YAMLError:
        raise unreadable(path, _("Sie ist keine Textdatei, die als YAML gelesen werden kann")) from None
    except RecursionError:
        raise unreadable(path, _("Sie ist zu tief verschachtelt")) from None
    return node


def _place(mark: yaml.Mark | None) -> str:
    if mark is None:
        return ""
    return _(" (Zeile %(line)s, Spalte %(column)s)", line=mark.line + 1, column=mark.column + 1)


class _Reader:
    """Turns composed nodes into values and knows the path of each; repeated references count every time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.scalars = yaml.SafeLoader("")
        self.left = MOST_VALUES

    def value(self, node: yaml.Node, steps: Steps) -> Any:
        """The plain value of a node."""
        self.left -= 1
        if self.left < 0 or len(steps) > DEEPEST:
            raise unreadable(self.path, _("Sie ist zu umfangreich oder verweist auf sich selbst"))
        if isinstance(node, yaml.MappingNode) and node.tag == MAPPING:
            return self._mapping(node, steps)
        if isinstance(node, yaml.SequenceNode) and node.tag == SEQUENCE:
            return [self.value(child, (*steps, index)) for index, child in enumerate(node.value)]
        return self._scalar(node, steps)

    def _mapping(self, node: yaml.MappingNode, steps: Steps) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node, steps)
            if key in values:
                reason = _("steht die Angabe doppelt (Zeile %(line)s)", line=key_node.start_mark.line + 1)
                raise self._broken((*steps, key), reason)
            values[key] = self.value(value_node, (*steps, key))
        return values

    def _key(self, node: yaml.Node, steps: Steps) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self._broken(steps, _("ist ein Schlüssel kein Text (Zeile %(line)s)", line=node.start_mark.line + 1))
        if node.tag != "tag:yaml.org,2002:str":
            reason = _(
                "ist der Schlüssel %(key)s kein Text (Zeile %(line)s); bitte in Anführungszeichen setzen",
                key=quoted(node.value),
                line=node.start_mark.line + 1,
            )
            raise self._broken((*steps, node.value), reason)
        return str(node.value)

    def _scalar(self, node: yaml.Node, steps: Steps) -> Any:
        if not isinstance(node, yaml.ScalarNode) or node.tag not in PLAIN:
            raise self._broken(steps, _("steht eine Art von Wert (%(tag)s), die hier nicht erlaubt ist", tag=node.tag))
        try:
            return self.scalars.construct_object(node)
        except (
            ValueError,
            OverflowError,
            KeyError,
            AttributeError,
            yaml.YAMLError,
        ):  # what PyYAML raises for 2026-02-31, !!bool x, …
            raise self._broken(steps, _("steht %(value)s, das es nicht gibt", value=quoted(node.value))) from None

    def _broken(self, steps: Steps, reason: str) -> DataFileError:
        return broken(self.path, Problem(dotted(steps), reason))
