"""P3: a file through the admin: uploaded, shown, confirmed; and the size of the page that shows it."""

import re
import sys
import time
import types
from pathlib import Path

import harness

folder = harness.start()

import import_export  # noqa: E402
import registers as data  # noqa: E402
from django.contrib import admin, auth  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.urls import include, path, reverse  # noqa: E402
from import_export.admin import ImportExportModelAdmin  # noqa: E402

from agreements.models import User  # noqa: E402

SIZE = harness.size(10_000)
KIND = data.PROGRESS
PAGE_LIMIT = 200 * 1024
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')
WRITE = re.compile(
    r'action="(?P<address>/imports/\d+/write/)".*?name="batch" value="(?P<batch>[^"]+)"', re.DOTALL
)
UNDO = re.compile(r"/imports/\d+/undo/")


class StockAdmin(ImportExportModelAdmin):
    resource_classes = [data.StockProgress]
    autocomplete_fields = ()


def stock_settings():
    """An admin site of its own, with the pages that the packages bring: none of the project's templates."""
    site = admin.AdminSite(name="stock")
    site.register(KIND.model, StockAdmin)
    urls = types.ModuleType("benchmark_urls")
    urls.urlpatterns = [path("stock/", site.urls), path("", include("tracker.urls"))]
    sys.modules[urls.__name__] = urls
    folders = [Path(package.__file__).parent / "templates" for package in (import_export, admin, auth)]
    processors = [f"django.{name}" for name in ("template.context_processors.request",)]
    processors += ["django.contrib.auth.context_processors.auth"]
    processors += ["django.contrib.messages.context_processors.messages"]
    engine = {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": folders,
        "OPTIONS": {
            "context_processors": processors,
            "libraries": {"admin_list": "django.contrib.admin.templatetags.admin_list"},
        },
    }
    return {"ROOT_URLCONF": urls.__name__, "TEMPLATES": [engine]}


class Steps:
    """The steps of a user; `largest` is the size of the largest page met."""

    def __init__(self, client, content):
        self.client, self.content, self.largest = client, content, 0

    def upload(self, address, **fields):
        file = SimpleUploadedFile("progress.csv", self.content, content_type="text/csv")
        return self.page(self.client.post(address, {"import_file": file, **fields}, follow=True))

    def page(self, response):
        assert response.status_code == 200, f"status {response.status_code}"
        self.largest = max(self.largest, len(response.content))
        return response

    def stock(self):
        with override_settings(**stock_settings()), harness.history_as_it_comes():
            shown = self.upload(reverse("stock:agreements_progress_import"), format="0", resource="")
            asked = dict(HIDDEN.findall(shown.content.decode()))
            assert "import_file_name" in asked, "the stock preview shows errors"
            address = reverse("stock:agreements_progress_process_import")
            self.page(self.client.post(address, asked, follow=True))

    def ours(self):
        """The page that shows what an import will do holds a form that writes it; long work is waited for."""
        file = SimpleUploadedFile("progress.csv", self.content, content_type="text/csv")
        begun = self.page(
            self.client.post(reverse("imports:new"), {"kind": "progress", "file": file}, follow=True)
        )
        address = begun.redirect_chain[-1][0]
        shown = self.wait(address, WRITE)
        form = WRITE.search(shown)
        # each round writes the same file: the page wants to be told that this is meant
        self.page(self.client.post(form["address"], {"batch": form["batch"], "again": "on"}, follow=True))
        self.wait(address, UNDO)

    def wait(self, address, sign):
        """The text of the page at `address` as soon as it holds `sign`."""
        for _try in range(1200):
            text = self.page(self.client.get(address)).content.decode()
            if sign.search(text):
                return text
            time.sleep(0.05)
        raise AssertionError(f"the page never shows {sign.pattern}")


def main():
    office = data.make_office(commitments=max(1, SIZE // 10))
    file = data.write_file(folder / "progress.csv", KIND.rows(SIZE))
    user = User.objects.create_superuser("quan-tri-gia-dinh", office=office)
    client = Client()
    client.force_login(user)
    walks = {name: Steps(client, file.read_bytes()) for name in ("ours", "stock")}

    def proof():
        assert KIND.history_rows() == SIZE, f"{KIND.history_rows()} history rows for {SIZE} rows"
        return harness.fingerprint(KIND.written())

    arms = harness.measure(
        [
            harness.Arm("ours", walks["ours"].ours, KIND.clear, proof),
            harness.Arm("stock", walks["stock"].stock, KIND.clear, proof, slow=True),
        ]
    )
    harness.tell_arms("P3", "upload, preview, confirm", arms, SIZE)
    harness.tell_ratio("P3", "upload, preview, confirm", arms, "stock", 20)
    for name in arms:
        largest = walks[name].largest
        wanted, kept = ("≤ 200 KB", largest <= PAGE_LIMIT) if name == "ours" else ("", None)
        harness.tell("P3", f"largest page, {name}", f"{largest / 1024:,.0f} KB", wanted, kept)
    harness.finish()


if __name__ == "__main__":
    main()
