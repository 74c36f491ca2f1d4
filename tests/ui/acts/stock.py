# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Acts of who looks after the store room."""

from act import Act


class Stock(Act):
    def open(self, desk):
        desk.keys("alt+5")
        desk.see("OscStockRow")
        desk.keys("Down")

    def tap_open(self, desk):
        desk.tap("GtkButton", desk._("Stock"), lambda one: one.box[0] < 88)
        desk.tap("GtkListBoxRow", "밀가루")

    def write(self, desk, amount):
        desk.see("OscStockEntry")
        desk.write(amount)
        desk.keys("Return")

    def tap_write(self, desk, amount):
        desk.see("OscStockEntry")
        for digit in amount:
            desk.tap("numeric", digit, lambda one: one.words == digit)
        desk.tap("primary", test=lambda one: one.box[0] > 990)


class receive(Stock):
    want = {"stock": [{"on_hand": 12000}]}

    def keys(self, desk, shop):
        self.open(desk)
        desk.keys("equal")
        self.write(desk, "12")

    def touch(self, desk, shop):
        self.tap_open(desk)
        desk.say("Receive")
        self.tap_write(desk, "12")


ACTS = [receive()]
