"""Files brought in by staff: read, reviewed, written, undone; each import stays in the list “Đợt nhập”."""
