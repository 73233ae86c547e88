"""Writes `route_matrix.txt` anew, for a person to read before it is committed."""

import shutil
import tempfile
from pathlib import Path

from app.core.database import Database
from app.schema import upgrade
from tests.conftest import load_demo
from tests.house.test_routes import MATRIX, matrix
from tests.support.demo import Demo

if __name__ == "__main__":
    folder = Path(tempfile.mkdtemp())
    url = f"sqlite:///{folder / 'demo.sqlite'}"
    database = Database(url)
    upgrade(database)
    database.dispose()
    load_demo(url)
    MATRIX.write_text(matrix(Demo.over(url, folder)), encoding="utf-8")
    shutil.rmtree(folder)
