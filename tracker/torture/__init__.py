"""What attacks the import: random files, kills, races, a full disk; short as tests, long as benchmarks/torture.py."""
