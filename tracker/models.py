"""Tables of the project itself: they tell about the register, and nothing of the register needs them."""

from tracker.imports.models import ImportBatch

__all__ = ["ImportBatch"]
