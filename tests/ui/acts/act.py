# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""What every act has: something to begin with, the ways to do it, and what must come of it."""


class Act:
    want = {}

    @property
    def name(self):
        return type(self).__name__.replace("_", " ")

    def before(self, desk, shop):
        """What is there before it, the same for each way."""
