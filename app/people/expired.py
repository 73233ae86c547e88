"""What was typed when the session had run out: shown to its writer, to be copied, instead of being lost."""

from flask import make_response, redirect, render_template, request
from flask_login.utils import login_url
from werkzeug.wrappers import Response as AnyResponse

WORTH_KEEPING = 20
"""From so many characters on a typed text is worth showing again."""
_SECRET = {"csrf_token", "once", "password", "slip"}


def ask_to_sign_in() -> AnyResponse:
    """The way to the sign-in page; before it, texts that a form was sent with. They are not stored."""
    address = login_url("people.sign_in", next_url=request.url)
    texts = typed_texts()
    if not texts:
        return redirect(address)
    return make_response(render_template("people/expired.html", texts=texts, sign_in_address=address), 401)


def typed_texts() -> list[str]:
    """The longer texts of the form that was sent."""
    if request.method != "POST":
        return []
    given = [(name, value) for name, value in request.form.items(multi=True) if name not in _SECRET]
    return [value for _name, value in given if len(value.strip()) >= WORTH_KEEPING]
