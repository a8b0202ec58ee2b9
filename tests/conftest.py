"""Tests know the suite's own profiles alone, whatever the person who runs them has set up."""

from __future__ import annotations

import os

from steps.targets.profile_loader import TARGETS_FILE, TARGETS_FILE_VARIABLE

os.environ[TARGETS_FILE_VARIABLE] = str(TARGETS_FILE)
