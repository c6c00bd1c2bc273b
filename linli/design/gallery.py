"""Example data of the living gallery."""

PAGES = ["index"]


def context(page):
    return {"page": page}
