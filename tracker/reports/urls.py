"""The addresses of the reports."""

app_name = "reports"
urlpatterns = []
