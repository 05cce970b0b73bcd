"""How much text a page reads: addresses end at 8 000 bytes, searches at 200 characters and 20 words.

And what no database holds: keys of thirty digits, texts with a NUL, rows that were ticked and are no numbers.
"""

import re

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import DataError
from django.shortcuts import render
from django.utils.translation import gettext as _

LONGEST_ADDRESS = 8_000
"""Bytes of all parameters; some 250 chosen boxes of a filter."""
LONGEST_SEARCH = 200
MOST_WORDS = 20
"""Every word is looked for in every name: a hundred of them take seconds."""
SEARCHES = ("q", "term")
"""Parameters of search boxes and of boxes that look up while one types."""


IMPOSSIBLE = re.compile(r"\0|\d{19}")
"""A NUL, or a number beyond the keys of a database."""
UNHOLDABLE = (OverflowError, ValueError, DataError)


class LimitsMiddleware:
    """Refuse an address that is too long (414), and search only for the beginning of a long text.

    Fields say themselves what is wrong with what they are sent; whatever comes past them as a row that cannot be is
    not found (404). No other fault is hidden: the request must have asked for the impossible.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
            return render(request, "errors/414.html", status=414)
        for name in SEARCHES:
            text = request.GET.get(name, "")
            if len(text) > LONGEST_SEARCH or len(text.split()) > MOST_WORDS:
                shorten(request, name)
        return self.get_response(request)

    def process_exception(self, request, error):
        if isinstance(error, UNHOLDABLE) and asks_the_impossible(request):
            return render(request, "errors/404.html", status=404)
        return None


def asks_the_impossible(request):
    """Whether an address or a form names something that no database holds."""
    sent = [
        value for data in (request.GET, request.POST) for _name, values in data.lists() for value in values
    ]
    ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
    return any(map(IMPOSSIBLE.search, (request.path, *map(str, sent)))) or not all(map(str.isdecimal, ticked))


def shorten(request, name):
    """Cut the search text `name` of a request, and say so on a page with a search box."""
    asked = request.GET.copy()
    asked[name] = " ".join(asked[name][:LONGEST_SEARCH].split()[:MOST_WORDS])
    request.GET = asked
    if name == "q":
        messages.warning(
            request,
            _(
                "Only the first %(words)d words and %(count)d characters are searched: please type fewer words."
            )
            % {"words": MOST_WORDS, "count": LONGEST_SEARCH},
        )
