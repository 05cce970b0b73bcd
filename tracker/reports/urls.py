"""The addresses of the reports."""

from django.urls import path
from django.views.generic import RedirectView

from tracker.reports import views
from tracker.reports.word import views as word

app_name = "reports"
urlpatterns = [
    path("", views.index, name="index"),
    path("agreements/", RedirectView.as_view(url="/reports/agreement-status/", query_string=True)),
    path("agreements/<int:pk>/", views.agreement_sheet_page, name="agreement-sheet"),
    path("templates/default/", word.default, name="default-template"),
    path("templates/<int:pk>/", word.template, name="word-template"),
    path("<slug:slug>/", views.report_page, name="report"),
]
