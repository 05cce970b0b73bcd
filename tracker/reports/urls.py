"""The addresses of the reports."""

from django.urls import path
from django.views.generic import RedirectView

from tracker.reports import views
from tracker.reports.frozen import views as frozen
from tracker.reports.word import views as word

app_name = "reports"
urlpatterns = [
    path("", views.index, name="index"),
    path("agreements/", RedirectView.as_view(url="/reports/agreement-status/", query_string=True)),
    path("agreements/<int:pk>/", views.agreement_sheet_page, name="agreement-sheet"),
    path("templates/default/", word.default, name="default-template"),
    path("templates/<int:pk>/", word.template, name="word-template"),
    path("frozen/", frozen.listed, name="frozen-list"),
    path("frozen/<int:pk>/", frozen.read, name="frozen"),
    path("frozen/<int:pk>/sign/", frozen.sign, name="sign"),
    path("frozen/<int:pk>/compare/", frozen.compare, name="compare"),
    path("<slug:slug>/", views.report_page, name="report"),
    path("<slug:slug>/keep/", frozen.keep, name="keep"),
]
