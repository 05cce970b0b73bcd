"""The wall between offices around each page (agreements/scope.py)."""

from contextvars import copy_context

from agreements.scope import seen_by


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
