"""The indexer's loop, in a process of its own beside the server: whatever is queued is indexed within a second."""

import logging
import os
import time

from knowledge.search.backend import IndexBusy
from knowledge.search.service import SearchService

log = logging.getLogger("lueckenlos.search")
EVERY_SECONDS = 0.5


def watch(service: SearchService, parent: int | None = None) -> None:
    """Index until the process `parent` (the server) has gone; without one, for ever."""
    while parent is None or os.getppid() == parent:
        for tenant_id in service.tenants():
            _catch_up(service, tenant_id)
        time.sleep(EVERY_SECONDS)


def _catch_up(service: SearchService, tenant_id: int) -> None:
    try:
        rows = service.catch_up(tenant_id)
    except IndexBusy:
        log.warning("index busy", extra={"tenant": tenant_id})
        return
    if rows:
        log.info("indexed", extra={"tenant": tenant_id, "rows": rows})
