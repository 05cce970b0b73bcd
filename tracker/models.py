"""Tables of the project itself: they tell about the register, and nothing of the register needs them."""

from tracker.imports.models import ImportBatch
from tracker.reports.frozen.models import FrozenReport
from tracker.reports.word.models import ReportTemplate
from tracker.trace.models import AccessLog, Seal

__all__ = ["AccessLog", "FrozenReport", "ImportBatch", "ReportTemplate", "Seal"]
