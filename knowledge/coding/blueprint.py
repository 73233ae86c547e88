"""The blueprint that all pages of this room stand on; the modules with views hang their routes on it."""

from flask import Blueprint

blueprint = Blueprint("coding", __name__, template_folder="templates")
