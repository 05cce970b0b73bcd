"""The tiles of the home page."""


def tiles(user, today):
    return []
