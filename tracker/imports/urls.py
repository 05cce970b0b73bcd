"""The addresses of imports."""

from django.urls import path

from tracker.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("names/", views.name_suggestions, name="names"),
    path("template/<slug:kind>.xlsx", views.template, name="template"),
    path("<int:pk>/", views.job_page, name="job"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/read/", views.read_again, name="read"),
    path("<int:pk>/answer/", views.answer, name="answer"),
    path("<int:pk>/sheets/", views.name_sheets, name="sheets"),
    path("<int:pk>/write/", views.write, name="write"),
    path("<int:pk>/undo/", views.undo, name="undo"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/errors.xlsx", views.faults_file, name="faults"),
]
