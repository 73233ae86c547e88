"""Documents and small collections that the search tests share."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from knowledge.search.audience import EVERYONE
from knowledge.search.backend import Results
from knowledge.search.documents import Kind, Put, SearchDocument

MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def document(
    key: str,
    title: str = "",
    body: str = "",
    *,
    kind: Kind = Kind.GAP,
    audience: Iterable[str] = (EVERYONE,),
    updated: datetime = MOMENT,
    facets: Mapping[str, tuple[str, ...]] | None = None,
) -> SearchDocument:
    """A document with the fields that matter to a test."""
    return SearchDocument(kind, key, title, body, f"/{kind}/{key}", frozenset(audience), updated, facets or {})


def puts(*documents: SearchDocument) -> list[Put]:
    """Changes that store these documents."""
    return [Put(each) for each in documents]


def keys(results: Results) -> list[str]:
    """The keys of the hits, best first."""
    return [hit.key for hit in results.hits]


CATALOGUE = (
    document(
        "kurs-betreuung",
        "Sprachkurse ohne Kinderbetreuung schließen Eltern aus",
        "Eltern mit kleinen Kindern können Integrationskurse nicht beginnen, weil während der Kurszeit keine Betreuung "
        "besteht. Das Regelangebot greift wegen der Wartezeit nicht.",
        facets={"life_domain": ("language", "early_education"), "status": ("implementing",)},
    ),
    document(
        "schulplatz",
        "Wochenlange Wartezeit zwischen Zuzug und Schulplatz",
        "Zwischen der Meldung eines schulpflichtigen Kindes und dem ersten Schultag vergehen bis zu vier Monate.",
        facets={"life_domain": ("education",), "status": ("monitoring",)},
    ),
    document(
        "leistung",
        "Leistungslücke beim Wechsel vom AsylbLG in das SGB II",
        "Mit der Anerkennung endet die Leistung, bevor das Jobcenter bewilligt. Die Ausländerbehörde stellt die "
        "Fiktionsbescheinigung erst nach Wochen aus.",
        facets={"life_domain": ("subsistence",), "status": ("in_project",)},
    ),
    document(
        "bleiberecht",
        "Uneinheitliche Prüfung bei Geduldeten",
        "Die Aufenthaltserlaubnis nach § 25a AufenthG wird in den Kommunen verschieden geprüft. "
        "Ebenso nach §§ 25b, 104c.",
        facets={"life_domain": ("residence_status",), "status": ("in_review",)},
    ),
    document(
        "beratung",
        "Beraterinnen und Berater erreichen Berufstätige nicht",
        "Die Sprechzeiten der Migrationsberatung liegen am Vormittag. "
        "Ärztinnen im Anerkennungsverfahren fehlen Termine.",
        kind=Kind.SOLUTION,
        facets={"life_domain": ("work_training",)},
    ),
)
