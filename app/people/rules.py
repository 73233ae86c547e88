"""Rules of sign-in: how long a session lives, how often a wrong password may be tried. Pure; time is an argument.

Sources: OWASP ASVS 5.0 §7.3 (session time-outs) and §6.3 (brute force); the figures are ours.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
LONGEST_PASSWORD = 200
SHORTEST_PASSWORD = 12


@dataclass(frozen=True)
class Limit:
    """At most `count` times in `seconds`."""

    count: int
    seconds: int

    def window_start(self, now: datetime) -> datetime:
        """When the window that `now` lies in began."""
        return datetime.fromtimestamp(int(now.timestamp()) // self.seconds * self.seconds, UTC)

    def retry_after(self, now: datetime) -> int:
        """Seconds until the next window begins."""
        return self.seconds - int(now.timestamp()) % self.seconds


PER_ACCOUNT = Limit(10, 300)
PER_ADDRESS = Limit(60, 300)
EVERYWHERE = Limit(1000, 300)


def is_alive(seen_at: datetime, expires_at: datetime, now: datetime) -> bool:
    """Whether a session may still be used: neither idle for 30 minutes nor past its 12 hours."""
    return now < expires_at and now - seen_at < IDLE


def is_due_for_refresh(seen_at: datetime, now: datetime) -> bool:
    """Whether the session's last use is worth writing down again."""
    return now - seen_at >= SEEN_EVERY


def normal_email(typed: str) -> str:
    """An address as it is stored: no blanks around it, lower case."""
    return typed.strip().lower()
