"""Entry of the ground floor."""

from agreements.admin import papers, promises, reference, staff

__all__ = ["papers", "promises", "reference", "staff"]
