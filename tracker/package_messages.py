"""Whether every text of Django and of the add-ons has Vietnamese words, theirs or ours (locale/packages)."""

from importlib.util import find_spec
from pathlib import Path

import polib
from django.conf import global_settings, settings

PACKAGES = (
    "django.conf",  # forms, validators, core and models of Django share this catalogue
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django_filters",
    "import_export",
    "simple_history",
)
DOMAINS = ("django", "djangojs")
UNREACHABLE = {
    "names of languages that the register does not offer": frozenset(
        name for code, name in global_settings.LANGUAGES if code not in dict(settings.LANGUAGES)
    ),
    "Django's own page of a refused form: errors/csrf.html stands in its place": frozenset(
        {
            "CSRF verification failed. Request aborted.",
            "You are seeing this message because this HTTPS site requires a “Referer header” to be sent by your"
            " web browser, but none was sent. This header is required for security reasons, to ensure that your"
            " browser is not being hijacked by third parties.",
            "If you have configured your browser to disable “Referer” headers, please re-enable them, at least"
            " for this site, or for HTTPS connections, or for “same-origin” requests.",
            'If you are using the <meta name="referrer" content="no-referrer"> tag or including the'
            " “Referrer-Policy: no-referrer” header, please remove them. The CSRF protection requires the"
            " “Referer” header to do strict referer checking. If you’re concerned about privacy, use"
            ' alternatives like <a rel="noreferrer" …> for links to third-party sites.',
            "You are seeing this message because this site requires a CSRF cookie when submitting forms. This"
            " cookie is required for security reasons, to ensure that your browser is not being hijacked by"
            " third parties.",
            "If you have configured your browser to disable cookies, please re-enable them, at least for this"
            " site, or for “same-origin” requests.",
            "More information is available with DEBUG=True.",
        }
    ),
    "the page of an empty Django project: ours has addresses of its own": frozenset(
        {
            "The install worked successfully! Congratulations!",
            'View <a href="https://docs.djangoproject.com/en/%(version)s/releases/" target="_blank"'
            ' rel="noopener">release notes</a> for Django %(version)s',
            'You are seeing this page because <a href="https://docs.djangoproject.com/en/%(version)s/ref/settings/'
            '#debug" target="_blank" rel="noopener">DEBUG=True</a> is in your settings file and you have not'
            " configured any URLs.",
            "Django Documentation",
            "Topics, references, &amp; how-to’s",
            "Tutorial: A Polling App",
            "Get started with Django",
            "Django Community",
            "Connect, get help, or contribute",
        }
    ),
    "generic list and date views, of which there are none": frozenset(
        {
            "Invalid date string “%(datestr)s” given format “%(format)s”",
            "Empty list and “%(class_name)s.allow_empty” is False.",
        }
    ),
}
"""Why: texts that nobody can see, and so need no Vietnamese."""


def package_faults(ours, packages=PACKAGES):
    """Sentences about texts of `packages` without Vietnamese; `ours`: {(context, msgid)} that we translate."""
    unreachable = frozenset().union(*UNREACHABLE.values())
    found = []
    for package in packages:
        for domain in DOMAINS:
            missing = texts_of(package, domain) - translated_by(package, domain) - ours
            found += [
                f"{package} ({domain}): chưa có tiếng Việt cho “{msgid}”; thêm vào locale/packages"
                for _context, msgid in sorted(missing, key=str)
                if msgid not in unreachable
            ]
    return found


def folder_of(package):
    return Path(find_spec(package).submodule_search_locations[0]) / "locale"


def catalogues(package, domain, language="*"):
    return [
        polib.pofile(str(path)) for path in folder_of(package).glob(f"{language}/LC_MESSAGES/{domain}.po")
    ]


def texts_of(package, domain):
    """{(context, msgid)} that a package marks: its English catalogue, else those of all its languages.

    Of the latter only what still stands in its source: translators are slower than programmers.
    """
    if english := catalogues(package, domain, "en"):
        return {(entry.msgctxt, entry.msgid) for entry in english[0] if not entry.obsolete}
    source = source_of(package)
    told = {(entry.msgctxt, entry.msgid) for one in catalogues(package, domain) for entry in one}
    return {(context, msgid) for context, msgid in told if stands_in(msgid, source)}


def source_of(package):
    root = folder_of(package).parent
    files = [path for kind in ("*.py", "*.html", "*.js") for path in root.rglob(kind)]
    return "".join(path.read_text(encoding="utf-8", errors="replace") for path in sorted(files))


def stands_in(msgid, source):
    """Whether a text stands in the source, in quotes or in a template, whose lines and names are its own."""
    if msgid in source or msgid.replace('"', '\\"') in source or msgid.replace("'", "\\'") in source:
        return True
    first = msgid.strip().splitlines()[0].split("%(")[0].strip() if msgid.strip() else ""
    return len(first) > 12 and first in source


def translated_by(package, domain):
    """{(context, msgid)} for which a package brings Vietnamese itself, the plural told as well."""
    return {
        (entry.msgctxt, entry.msgid)
        for one in catalogues(package, domain, "vi")
        for entry in one
        if is_translated(entry)
    }


def is_translated(entry):
    """Whether an entry has its text, and the one text of the plural where there is one."""
    if entry.obsolete or "fuzzy" in entry.flags:
        return False
    return bool(entry.msgstr_plural.get(0) if entry.msgid_plural else entry.msgstr)
