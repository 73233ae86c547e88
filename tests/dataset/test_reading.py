"""Files from people we do not know: what is not clean YAML is refused in one German sentence."""

from pathlib import Path

import pytest

from app.dataset.reading import DataFileError, read_mapping

REFUSED = {
    "empty file": (b"", "Sie ist leer"),
    "only a comment": (b"# noch nichts\n", "Sie ist leer"),
    "binary file": (b"\x89PNG\r\n\x1a\n\x00\x00", "Sie ist keine Textdatei in UTF-8"),
    "nul byte": (b"a: \x00", "Sie ist keine Textdatei"),
    "utf-16": ("a: 1".encode("utf-16"), "Sie ist keine Textdatei in UTF-8"),
    "a list at the top": (b"- 1\n", "Sie enthält keine Gruppen von Angaben"),
    "open bracket": (b"a: [\n", "Sie ist kein gültiges YAML (Zeile 2, Spalte 1)"),
    "two documents": (b"a: 1\n---\nb: 2\n", "Sie ist kein gültiges YAML (Zeile 2, Spalte 1)"),
    "too deep": (b"[" * 5000, "Sie ist zu tief verschachtelt"),
    "refers to itself": (b"a: &x [*x]\n", "Sie ist zu umfangreich oder verweist auf sich selbst"),
    "duplicate key": (b"a:\n  b: 1\n  b: 2\n", "Bei a.b steht die Angabe doppelt (Zeile 3)"),
    "boolean key": (b"a:\n- {no: 1}\n", "Bei a[0].no ist der Schlüssel „no“ kein Text (Zeile 2)"),
    "number as key": (b"12: 1\n", "Bei 12 ist der Schlüssel „12“ kein Text (Zeile 1)"),
    "list as key": (b"a:\n  ? [1]\n  : 2\n", "Bei a ist ein Schlüssel kein Text (Zeile 2)"),
    "merge key": (b"a: {<<: {b: 1}}\n", "Bei a.<< ist der Schlüssel „<<“ kein Text"),
    "impossible date": (b"a:\n  b: 2026-02-31\n", "Bei a.b steht „2026-02-31“, das es nicht gibt"),
    "python object": (b"a: !!python/object:os.system {}\n", "Bei a steht eine Art von Wert"),
    "binary value": (b"a: [!!binary aGFsbG8=]\n", "Bei a[0] steht eine Art von Wert"),
    "not a boolean": (b"a: !!bool vielleicht\n", "Bei a steht „vielleicht“, das es nicht gibt"),
}


def aliases(levels: int) -> bytes:
    """A small file that unfolds to ten to the power of `levels` values."""
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_an_unclean_file_is_refused_with_its_name_and_the_reason(tmp_path: Path, content: bytes, reason: str):
    file = tmp_path / "kreis.yaml"
    file.write_bytes(content)
    with pytest.raises(DataFileError) as refusal:
        read_mapping(file)
    assert refusal.value.message.startswith(f"Die Datei „{file}“ kann nicht geladen werden: {reason}")
    assert refusal.value.message.endswith(".")
    assert "\n" not in refusal.value.message


def test_a_small_file_that_unfolds_to_billions_of_values_is_refused(tmp_path: Path):
    file = tmp_path / "kreis.yaml"
    file.write_bytes(aliases(9))
    with pytest.raises(DataFileError, match="zu umfangreich"):
        read_mapping(file)


def test_a_huge_file_is_not_even_parsed(tmp_path: Path):
    file = tmp_path / "kreis.yaml"
    file.write_bytes(b"#" * 20_000_001)
    with pytest.raises(DataFileError, match="größer als 20 Megabyte"):
        read_mapping(file)


@pytest.mark.parametrize(("name", "reason"), [("fehlt.yaml", "Es gibt sie nicht"), (".", "Sie ist ein Ordner")])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str, reason: str):
    with pytest.raises(DataFileError, match=reason):
        read_mapping(tmp_path / name)


def test_a_repeated_value_may_be_an_alias(tmp_path: Path):
    file = tmp_path / "kreis.yaml"
    file.write_text("a: &tag 2026-03-17\nb: [*tag]\n", encoding="utf-8")
    values = read_mapping(file)
    assert values["b"] == [values["a"]]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path):
    file = tmp_path / "kreis.yaml"
    file.write_text("a: Öffnung\n", encoding="utf-8-sig")
    assert read_mapping(file) == {"a": "Öffnung"}
