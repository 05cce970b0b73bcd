"""Entry of the ground floor."""

from agreements.admin import papers, progress, promises, reference, staff

__all__ = ["papers", "progress", "promises", "reference", "staff"]
