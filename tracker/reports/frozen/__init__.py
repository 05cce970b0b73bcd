"""Copies of reports as they were sent: kept whole, never changed, compared with what the register says now."""
