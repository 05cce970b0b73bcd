"""The addresses of exports."""

from django.urls import path

from tracker.exports import views

app_name = "exports"
urlpatterns = [
    path("", views.index, name="index"),
    path("workbook/", views.workbook, name="workbook"),
    path("<slug:kind>/", views.kind, name="kind"),
]
