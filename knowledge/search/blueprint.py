"""The blueprint of the search pages, which several modules fill."""

from flask import Blueprint

blueprint = Blueprint("search", __name__, template_folder="templates")
