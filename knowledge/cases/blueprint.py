"""The blueprint that all pages of cases stand on; the modules with views hang their routes on it."""

from flask import Blueprint

blueprint = Blueprint("cases", __name__, template_folder="templates")
