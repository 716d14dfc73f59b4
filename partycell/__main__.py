"""``python -m partycell``: check, hand over and verify a cell's folder without a site."""

import sys

from partycell.offline.cli import main

sys.exit(main())
