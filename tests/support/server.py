"""The real server in a process of its own, as `lueckenlos serve` runs it."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.support.postgres import free_port

START_SECONDS = 60.0
COMMAND = [sys.executable, "-m", "app.cli"]


class ServerDidNotStart(RuntimeError):
    """The server ended or did not answer in time; the message holds what it said."""


class Server:
    """One server on a free port of the loopback address."""

    def __init__(self, database_url: str, data_dir: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = data_dir / f"server-{self.port}.log"
        self._environment = {
            **os.environ,
            "LUECKENLOS_DATABASE_URL": database_url,
            "LUECKENLOS_DATA_DIR": str(data_dir),
            "LUECKENLOS_PORT": str(self.port),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Server":
        """Start it and wait until it is ready."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("wb") as log:
            self._process = subprocess.Popen([*COMMAND, "serve"], env=self._environment, stdout=log, stderr=log)
        ends = time.monotonic() + START_SECONDS
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > ends:
                raise ServerDidNotStart(self.said())
            time.sleep(0.05)
        return self

    def stop(self) -> None:
        """End it and wait for its end."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def kill(self) -> None:
        """End it without any chance to tidy up."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def said(self) -> str:
        """What it wrote to its log."""
        return self._log.read_text(errors="replace")

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:  # noqa: S310 - our own address
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
