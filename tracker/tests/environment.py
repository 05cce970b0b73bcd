"""The environment of the tests: loaded as a pytest plugin before the settings are read."""

import gc
import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "for-tests-only-" + "x" * 40)
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="tracker-tests-"))
os.environ.setdefault("PLAIN_STATIC_FILES", "on")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
# the loop of a browser test goes on in its process, where later tests then ask the database
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# whitenoise warns of a missing folder, and a warning is an error here
(Path(os.environ["DATA_DIR"]) / "static").mkdir(parents=True, exist_ok=True)

# pages make much that is dropped at once: collecting it in larger heaps takes a twelfth less time over all
gc.set_threshold(100_000, 50, 50)
