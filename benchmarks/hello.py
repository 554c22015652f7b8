"""The smallest of Flask's applications: what everything over HTTP is measured against, under the same gunicorn."""

from flask import Flask, request

app = Flask("hello")


@app.route("/", methods=["GET", "POST"])
def hello() -> str:
    """Read what was sent and say hello."""
    request.get_data()
    return "hello"
