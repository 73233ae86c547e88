"""The blueprint that all pages of gaps stand on; the modules with views hang their routes on it."""

from flask import Blueprint

blueprint = Blueprint("gaps", __name__, template_folder="templates")
