"""The pages: the admin for entry, reports for readers, files, and a health check."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from tracker import views
from tracker.door import second_factor_pages
from tracker.door.sessions import still_here
from tracker.personal import views as personal

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index"), name="home"),
    path("admin/", admin.site.urls),
    path("reports/", include("tracker.reports.urls")),
    path("imports/", include("tracker.imports.urls")),
    path("exports/", include("tracker.exports.urls")),
    path("files/<int:document_id>/", views.document_file, name="document-file"),
    path("people/<int:pk>/data/", personal.overview, name="person-data"),
    path("people/<int:pk>/data.json", personal.data_file, {"form": "json"}, name="person-json"),
    path("people/<int:pk>/data.xlsx", personal.data_file, {"form": "xlsx"}, name="person-xlsx"),
    path("people/<int:pk>/erase/", personal.erase_person, name="person-erase"),
    path("second-factor/", second_factor_pages.verify, name="second-factor"),
    path("second-factor/enrol/", second_factor_pages.enrol, name="second-factor-enrol"),
    path("still-here", still_here, name="still-here"),
    path("healthz", views.healthz, name="healthz"),
    path("status/", views.status, name="status"),
]

handler400 = "tracker.errors.bad_request"
handler403 = "tracker.errors.permission_denied"
handler404 = "tracker.errors.not_found"
handler500 = "tracker.errors.server_error"
