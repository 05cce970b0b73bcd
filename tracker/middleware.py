"""The language of a page: the reader's choice, else Vietnamese; never the browser's. And files of saves that failed."""

from django.conf import settings
from django.utils import translation

from agreements import files
from agreements.models import Document


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


class FailedUploadsMiddleware:
    """A save that fails leaves no file behind: its row was taken back, and nobody would ever find the file."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with files.noting_stored() as stored:
            response = self.get_response(request)
        if stored and response.status_code >= 500:
            for name in stored:
                if not Document.objects.filter(file=name).exists():
                    files.storage().delete(name)
        return response
