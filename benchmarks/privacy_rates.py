"""How much the privacy check finds and how often it is wrong, per class, and what each of its parts adds.

`python -m benchmarks.privacy_rates` prints the tables of docs/pruefung-auf-personen.md. Rates depend on no machine.
"""

from collections.abc import Callable, Iterable

from benchmarks.privacy_sample import Sentence, sample
from benchmarks.privacy_scores import Detector, Span, measure, percent
from knowledge.privacy.person_names import first_names, names_after_roles, names_after_titles
from knowledge.privacy.rules import check
from knowledge.privacy.tagging import names_by_part_of_speech


def whole_check(sentence: Sentence) -> list[Span]:
    """What the product marks."""
    return [(hit.start, hit.end) for hit in check(sentence.text, in_case=sentence.in_case)]


def only(*finders: Callable[[str], Iterable[Span]]) -> Detector:
    """A detector that consists of these parts alone."""
    return lambda sentence: [span for finder in finders for span in finder(sentence.text)]


PARTS: dict[str, Detector] = {
    "Anrede und Rolle": only(names_after_titles, names_after_roles),
    "Liste der Vornamen": only(first_names),
    "Wortart (HanTa)": only(names_by_part_of_speech),
    "Anrede, Rolle und Wortart": only(names_after_titles, names_after_roles, names_by_part_of_speech),
    "alles zusammen": whole_check,
}


def tables(sentences: list[Sentence]) -> str:
    """Both tables as Markdown."""
    whole = measure(sentences, whole_check)
    lines = ["| Klasse | Stellen | gefunden | ganz markiert |", "|---|--:|--:|--:|"]
    for group in whole.items:
        lines.append(
            f"| {group} | {whole.items[group]} | {percent(whole.recall(group))} | {percent(whole.coverage(group))} |"
        )
    lines.append(f"| **zusammen** | {whole.items.total()} | {percent(whole.recall())} | {percent(whole.coverage())} |")
    lines += [
        "",
        f"Genauigkeit: {percent(whole.precision())} von {whole.marks} Markierungen treffen. "
        f"Markiert werden {whole.harmless_marked} von {whole.harmless} harmlosen Sätzen.",
        "",
        "| Teil | Namen allein | nach Anrede | falsche Markierungen |",
        "|---|--:|--:|--:|",
    ]
    people = [each for each in sentences if not each.items or each.items[0].kind == "name"]
    for name, detect in PARTS.items():
        part = measure(people, detect)
        wrong = part.marks - part.right
        lines.append(
            f"| {name} | {percent(part.recall('Name allein'))} | {percent(part.recall('Name nach'))} | {wrong} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Print the tables."""
    sentences = sample()
    print(f"{len(sentences)} Sätze, {sum(len(each.items) for each in sentences)} Stellen\n")
    print(tables(sentences))


if __name__ == "__main__":
    main()
