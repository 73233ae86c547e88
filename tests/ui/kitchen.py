"""A small application that renders every macro of the kit with invented content. Knows no feature and no database."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask, Response, render_template
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from flask_wtf.file import FileField
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    EmailField,
    FieldList,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.core import i18n
from app.core.security import POLICY
from app.people.tasks import Task, TaskGroup
from app.ui import assets
from app.ui.assets import Assets
from app.ui.error_texts import describe

ROOT = Path(__file__).parents[2]
TEMPLATES = (ROOT / "app/ui/templates", ROOT / "app/people/templates", Path(__file__).parent / "templates")


class SinkForm(FlaskForm):  # type: ignore[misc]
    """One field of every kind."""

    once = HiddenField(default="k1")
    title = StringField("Titel der Fehlstelle", validators=[InputRequired("Bitte geben Sie einen Titel ein.")])
    email = EmailField("E-Mail-Adresse", validators=[InputRequired("Bitte geben Sie Ihre E-Mail-Adresse ein.")])
    password = PasswordField("Passwort", validators=[InputRequired("Bitte geben Sie Ihr Passwort ein.")])
    text = TextAreaField("Beschreibung", validators=[InputRequired("Bitte beschreiben Sie, was fehlt.")])
    level = SelectField(
        "Ebene", choices=[SelectChoice("k", "Kreis"), SelectChoice("l", "Land")], validators=[InputRequired()]
    )
    vote = RadioField(
        "Ihre Stimme für die Stadt Brückfeld",
        choices=[SelectChoice("yes", "Ja"), SelectChoice("no", "Nein"), SelectChoice("abstain", "Enthaltung")],
        validators=[InputRequired("Bitte wählen Sie eine Antwort.")],
    )
    domains = SelectMultipleField(
        "Rechtskreise", choices=[SelectChoice("sgb2", "SGB II"), SelectChoice("asyl", "AsylbLG")]
    )
    agreed = BooleanField("Wir stimmen der Zielvereinbarung zu")
    points = IntegerField("Punkte", default=3, validators=[InputRequired()])
    due = DateField("Frist", default=date(2026, 12, 10))
    starts = DateTimeLocalField("Beginn")
    clock = TimeField("Uhrzeit")
    paper = FileField("Vorlage")
    names = FieldList(
        StringField("Beteiligte", validators=[InputRequired("Bitte nennen Sie einen Namen.")]), min_entries=1
    )


@dataclass(frozen=True)
class Account:
    """A demo account as the sign-in page gets it."""

    key: str
    name: str
    organisation: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Thing:
    """A row of the sample table."""

    id: int
    title: str
    cases: int
    organisations: int
    state: str
    tone: str
    changed: date


@dataclass(frozen=True)
class Sample:
    """Context of the base template, as the application gives it."""

    signed_in: bool = True
    theme: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    def context(self) -> dict[str, Any]:
        """What every page gets."""
        labels = ["Meine Aufgaben", "Fälle & Workshops", "Fehlstellen", "Sitzungen", "Vereinbarungen", "Suche"]
        places = [{"label": label, "url": f"/ort/{i}", "current": i == 2} for i, label in enumerate(labels)]
        actor = {
            "name": "Svenja Albers",
            "organisation_name": "Kommunales Integrationszentrum – Koordinierende Stelle KIM",
        }
        return {
            "actor": actor if self.signed_in else None,
            "tenant": {"name": "Kreis Sonderau", "fictional": True},
            "navigation": places if self.signed_in else [],
            "locale": "de",
            "languages": [
                {"code": "de", "label": "Deutsch", "current": True},
                {"code": "en", "label": "English", "current": False},
            ],
            "language_url": "/sprache",
            "sign_out_url": "/abmelden",
            "home_url": "/",
            "now_path": "/fehlstellen/F-12?q=a",
            "footer_links": [{"label": "Barrierefreiheit", "url": "/b"}, {"label": "Datenschutz", "url": "/d"}],
            "version": "0.1.0",
            "theme": self.theme,
            **self.extra,
        }


THINGS = (
    Thing(
        1,
        "Wartezeiten beim Rechtskreiswechsel vom AsylbLG in das SGB II",
        14,
        6,
        "priorisiert",
        "info",
        date(2026, 11, 3),
    ),
    Thing(
        2,
        "Keine Kinderbetreuung während der Integrationskurse",
        9,
        5,
        "im Themenspeicher",
        "neutral",
        date(2026, 9, 29),
    ),
    Thing(3, "Termine der Ausländerbehörde außerhalb der Kernzeit", 7, 4, "in Umsetzung", "success", date(2026, 6, 2)),
    Thing(
        4,
        "Anerkennung von Abschlüssen: niemand lotst durch das Verfahren",
        5,
        3,
        "zurückgestellt",
        "warning",
        date(2026, 3, 17),
    ),
)

ACCOUNTS = (
    Account(
        "p-albers",
        "Svenja Albers",
        "Kommunales Integrationszentrum – Koordinierende Stelle KIM",
        ("coordination", "moderator"),
    ),
    Account(
        "p-kaya",
        "Deniz Kaya-Brandt",
        "Kommunales Integrationszentrum – Koordinierende Stelle KIM",
        ("coordination", "minutes"),
    ),
    Account(
        "p-wieland",
        "Annegret Wieland",
        "Kreisverwaltung Sonderau, Dezernat Soziales und Integration",
        ("member", "chair"),
    ),
    Account("p-terhorst", "Lars Terhorst", "Kommunales Integrationszentrum – Koordinierende Stelle KIM", ("casemgmt",)),
    Account("p-marx", "Regina Marx", "AWO Kreisverband Sonderau", ("member", "casemgmt")),
    Account("p-brandes", "Holger Brandes", "Jobcenter Kreis Sonderau", ("member", "project_lead")),
    Account("p-oezer", "Murat Özer", "Ausländerbehörde des Kreises", ("member",)),
    Account("p-diallo", "Mariama Diallo", "Stadt Brückfeld", ("member",)),
    Account("p-hartung", "Ulrich Hartung", "Stadt Sonderau", ("member",)),
    Account("p-vogt", "Simone Vogt", "Jobcenter Kreis Sonderau", ("deputy",)),
    Account("p-jansen", "Silke Jansen", "Kreisjugendamt", ("advisor",)),
    Account("p-fricke", "Julia Fricke", "Volkshochschule Sonderau-Land (Sprachkursträger)", ("expert",)),
)

TASK_GROUPS = (
    TaskGroup(
        "Abstimmungen",
        (
            Task(
                "Umlaufbeschluss: Zielvereinbarung „Sprachförderung im Übergang“",
                "Lenkungsgruppe KIM · Ihre Stimme für die Stadt Brückfeld fehlt noch",
                "/a",
                date(2026, 11, 20),
                "danger",
            ),
            Task("Rangfolge der Themen für 2027", "6 Themen ordnen", "/b", date(2026, 11, 30), "warning"),
        ),
        "Keine offene Abstimmung.",
        further=3,
        further_url="/alle",
    ),
    TaskGroup(
        "Niederschriften",
        (
            Task(
                "Niederschrift der 7. Sitzung prüfen",
                "Einwendungen sind bis zum Fristende möglich",
                "/c",
                date(2026, 12, 10),
            ),
        ),
        "Keine Niederschrift wartet auf Ihre Prüfung.",
    ),
    TaskGroup("Zustimmungen", (), "Ihre Organisation hat alles beantwortet."),
    TaskGroup("Workshops", (), "Im Augenblick ist kein Workshop geplant."),
)

TILES = (
    {"value": "3", "label": "offene Abstimmungen", "url": "/a"},
    {"value": "12", "label": "Fehlstellen im Themenspeicher", "url": "/b"},
    {"value": "26.11.", "label": "nächste Sitzung der Lenkungsgruppe", "url": "/c"},
    {"value": "2", "label": "Maßnahmen im Verzug", "url": None},
)


def make_app(collected: Assets | None = None) -> Flask:
    """The application; its pages are those of `add_pages`. With `collected` files it can be browsed."""
    app = Flask(__name__, static_folder=None)
    app.config.update(SECRET_KEY="kitchen", TESTING=True)
    app.jinja_loader = ChoiceLoader([FileSystemLoader(str(folder)) for folder in TEMPLATES])  # type: ignore[assignment]
    i18n.install(app)
    CSRFProtect(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset=lambda path: f"/static/{path}", once_key=lambda: "einmal")
    if collected is not None:
        assets.install(app, collected)
        app.after_request(strictly)
    add_pages(app)
    return app


def strictly(response: Response) -> Response:
    """The policy that the real application sends."""
    response.headers["Content-Security-Policy"] = POLICY
    return response


def add_pages(app: Flask) -> None:
    """Every template that this folder owns, at an address of its own."""

    @app.get("/sink")
    def sink() -> str:
        return render_template("kitchen_sink.html", form=SinkForm(), things=THINGS, **Sample().context())

    @app.post("/sink")
    def refuse() -> tuple[str, int]:
        words = {**describe(409), "text": "Die Abstimmung ist schon geschlossen."}
        return render_template("ui/errors/_error.html", **words), 409

    @app.get("/sink-errors")
    def sink_with_errors() -> tuple[str, int]:
        form = SinkForm(formdata=MultiDict({"title": "", "level": "k", "once": "k1"}), meta={"csrf": False})
        form.validate()
        return render_template("kitchen_sink.html", form=form, things=THINGS, **Sample().context()), 422

    @app.get("/")
    def home() -> str:
        return render_template("people/home.html", groups=TASK_GROUPS, tiles=TILES, **Sample().context())

    @app.get("/sign-in", endpoint="people.enter")
    def sign_in() -> str:
        return render_template(
            "people/sign_in.html", form=SinkForm(), demo_accounts=ACCOUNTS, **Sample(signed_in=False).context()
        )

    @app.post("/demo/<key>", endpoint="people.enter_demo")
    def enter_demo(key: str) -> str:
        return key

    @app.get("/confirm")
    def confirm() -> str:
        words = {
            "title": "Abstimmung abbrechen?",
            "text": "Abgegebene Stimmen werden verworfen. Das lässt sich nicht rückgängig machen.",
            "facts": [("Gegenstand", "TOP 4, Rangfolge der Themen"), ("Abgegebene Stimmen", 7)],
        }
        rest = {"action_url": "/x", "confirm_label": "Abstimmung abbrechen", "back_url": "/", "form": FlaskForm()}
        return render_template("ui/confirm.html", **words, **rest, **Sample().context())

    @app.get("/error/<int:code>")
    def error(code: int) -> str:
        return render_template("ui/errors/error.html", **describe(code), request_id="8f3c-21ab", **Sample().context())

    @app.get("/error-fragment/<int:code>")
    def error_fragment(code: int) -> str:
        return render_template("ui/errors/_error.html", **describe(code), request_id="8f3c-21ab")
