"""The secret link of a report: made from the installation's key and a random seed; the database knows its hash. Pure.

Whoever reads the database cannot open a report's page with it; whoever holds the installation's key can make the link
again from the seed, which is stored only beside an e-mail address that asked for news.
"""

import base64
import hashlib
import hmac
import secrets

_LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Letters and digits that are not mistaken for one another."""


def token_for(key: bytes, seed: str) -> str:
    """The token of the link, 192 bit."""
    mac = hmac.new(key, b"report-link:" + seed.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac[:24]).decode()


def token_hash(token: str) -> str:
    """What the database keeps of it."""
    return hashlib.sha256(b"report:" + token.encode("utf-8", "replace")).hexdigest()


def fresh_number() -> str:
    """A number to talk about a report, M-XXXXXX; random, so that it does not tell how many reports there are."""
    return "M-" + "".join(secrets.choice(_LETTERS) for _place in range(6))
