"""The receipt's pages as the tests use them."""

import html
import re

from domain.filings import returning
from domain.store.intake import complaints

WRONG = "0000-0000-0000-0000-0000-0000-0000"


def text_of(response):
    return html.unescape(response.get_data(as_text=True))


def without_token(response, typed):
    """The page without what is new in each second, and with R for the receipt that was typed."""
    page = re.sub(r'name="csrf_token" value="[^"]*"', "", text_of(response))
    return page.replace(typed, "R")


def complaint_of(receipt, database, app):
    return complaints.by_receipt(database, app.extensions["doorstep"].keys.receipt, receipt)


class Desk:
    """The receipt's pages as a browser without JavaScript uses them."""

    def __init__(self, client, receipt):
        self.client, self.receipt = client, receipt
        page = client.get("/receipt").get_data(as_text=True)
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)

    def send(self, way="", receipt=None, **fields):
        data = {"csrf_token": self.token, "receipt": receipt or self.receipt} | fields
        return self.client.post(f"/receipt{way}", data=data, content_type="multipart/form-data")


def ask_borrower(app, database, complaint, text):
    returning.ask(database, app.extensions["doorstep"].keys, complaint.id, text, "anna")
