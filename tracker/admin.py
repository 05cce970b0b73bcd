"""The pages of entry of the project's own tables."""

from tracker.reports.word.admin import ReportTemplateAdmin
from tracker.trace.admin import AccessLogAdmin

__all__ = ["AccessLogAdmin", "ReportTemplateAdmin"]
