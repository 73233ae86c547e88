"""The blueprint that all pages of cases stand on; the modules with views hang their routes on it."""

from flask import Blueprint

from knowledge.cases.names import called

blueprint = Blueprint("cases", __name__, template_folder="templates")
blueprint.add_app_template_filter(called, "case_name")
