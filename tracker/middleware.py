"""The language of a page: the reader's choice, else Vietnamese; never the browser's. And the wall around it."""

from contextvars import copy_context

from django.conf import settings
from django.utils import translation

from agreements.scope import seen_by


class LanguageMiddleware:
    """Follow the language cookie only: an English Windows must not give an office half-English pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        offered = {code for code, _name in settings.LANGUAGES}
        language = wanted if wanted in offered else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class WallMiddleware:
    """Each page, and each piece of a file that goes out piece by piece, holds what its reader may see."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with seen_by(request.user):
            response = self.get_response(request)
            if response.streaming and not getattr(response, "file_to_stream", None):  # a file is made already
                response.streaming_content = within(copy_context(), response.streaming_content)
        return response


def within(context, pieces):
    """The `pieces` of an iterator, each made in `context`."""
    pieces, end = iter(pieces), object()
    while (piece := context.run(next, pieces, end)) is not end:
        yield piece
