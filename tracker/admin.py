"""The pages of entry of the project's own tables."""

from tracker.reports.word.admin import ReportTemplateAdmin

__all__ = ["ReportTemplateAdmin"]
