"""The addresses of the reports."""

from django.urls import path

from tracker.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.index, name="index"),
    path("agreements/", views.agreement_status_page, name="agreement-status"),
    path("agreements/<int:pk>/", views.agreement_sheet_page, name="agreement-sheet"),
]
