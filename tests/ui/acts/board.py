# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Acts of who answers orders and cooks them."""

from act import Act
from desk import wait_for

def becomes(status):
    return {"order": [{"status": status}]}


def open_by_slip(desk, shop):
    desk.scan(shop.slip())
    desk.see("OscDrawer")


class accept(Act):
    """As it rings, over everything else."""

    want = becomes("ACCEPTED")

    def before(self, desk, shop):
        shop.place(accept=False)
        desk.see("answer-accept")

    def keys(self, desk, shop):
        desk.keys("Return")

    def touch(self, desk, shop):
        desk.tap("answer-accept")


class accept_for_longer(accept):
    def keys(self, desk, shop):
        desk.keys("equal", "a")

    def touch(self, desk, shop):
        desk.tap("big-step", "+5")
        desk.tap("answer-accept")


class accept_on_the_board(accept):
    """It is looked at later, and answered from its card."""

    def before(self, desk, shop):
        super().before(desk, shop)
        desk.keys("Escape")
        desk.gone("OscArrival")

    def keys(self, desk, shop):
        desk.keys("1", "a")

    def touch(self, desk, shop):
        desk.tap("accept")


class reject(accept):
    want = becomes("REJECTED")

    def keys(self, desk, shop):
        desk.keys("Delete")
        desk.tab_to("reason")
        desk.keys("space")
        desk.tab_to("destructive")
        desk.keys("Return")

    def touch(self, desk, shop):
        desk.tap(test=lambda one: "destructive-text" in one["class"] and one.says(
            desk._("Reject")))
        desk.tap("reason", desk._("Out of ingredients"))
        desk.tap("destructive", test=lambda one: one.type == "GtkButton")


class ready(Act):
    want = becomes("READY")

    def before(self, desk, shop):
        shop.place()
        desk.see("OscOrderCard")

    def keys(self, desk, shop):
        desk.keys("1", "Return")

    def touch(self, desk, shop):
        desk.tap("edge")


class complete(ready):
    want = becomes("COMPLETED")

    def before(self, desk, shop):
        shop.place()
        shop.act("ready")
        desk.see("edge", desk._("Complete"))


class recall(complete):
    want = becomes("ACCEPTED")

    def keys(self, desk, shop):
        desk.keys("1", "r")

    def touch(self, desk, shop):
        desk.tap("OscOrderCard", middle=(0.4, 0.3))
        desk.say("Take back")

    def scan(self, desk, shop):
        open_by_slip(desk, shop)
        desk.say("Take back")


class cancel(ready):
    want = becomes("CANCELED")

    def reason(self, desk):
        desk.see("OscReasons")
        desk.tab_to("reason")
        desk.keys("space")
        desk.tab_to("destructive")
        desk.keys("Return")

    def keys(self, desk, shop):
        desk.keys("1", "Delete")
        self.reason(desk)

    def touch(self, desk, shop):
        desk.tap("OscOrderCard", middle=(0.4, 0.3))
        desk.tap(test=lambda one: one.type == "GtkButton" and one.says(desk._("Cancel")))
        desk.tap("reason", desk._("Guest asked for it"))
        desk.tap("destructive", test=lambda one: one.type == "GtkButton" and "reason" not in
                 one["class"])

    def scan(self, desk, shop):
        open_by_slip(desk, shop)
        desk.tap(test=lambda one: one.type == "GtkButton" and one.says(desk._("Cancel")))
        self.reason(desk)


class undo(ready):
    """Of the last act, while it is told of."""

    want = {"ticket": [{}]}

    def step(self, desk, shop, taken, back):
        before = desk.see("OscOrderCard").box[0]
        taken()
        wait_for("the order is ready", lambda: shop.status() == "READY")
        desk.see("OscOrderCard", test=lambda one: one.box[0] > before + 100)
        back()
        wait_for("the order is not ready", lambda: shop.status() != "READY")

    def keys(self, desk, shop):
        self.step(desk, shop, lambda: desk.keys("1", "Return"), lambda: desk.keys("ctrl+z"))

    def touch(self, desk, shop):
        self.step(desk, shop, lambda: desk.tap("edge"), lambda: desk.say("Undo"))


class find_order(Act):
    """By its number, and it is paid from there."""

    want = {"payment": [{"status": "PAID"}]}

    def before(self, desk, shop):
        shop.place()
        desk.see("OscOrderCard")

    def see_found(self, desk, shop):
        """That one alone, however long the answer took."""
        desk.gone("OscPastRow", test=lambda one: one.words.split()[0] != str(shop.order["number"]))
        desk.see("OscPastRow")

    def pay(self, desk):
        desk.see("pay-primary", test=lambda one: "3,500" in one.words)
        desk.keys("2", "Return")

    def keys(self, desk, shop):
        desk.keys("F3")
        desk.see("OscPast")
        desk.write(str(shop.order["number"]))
        self.see_found(desk, shop)
        desk.keys("Return", "Down", "Return")
        desk.see("OscDrawer")
        desk.keys("F9")
        self.pay(desk)

    def touch(self, desk, shop):
        desk.tap("tool", "F3")
        desk.write(str(shop.order["number"]))
        self.see_found(desk, shop)
        desk.tap("OscPastRow")
        desk.tap("drawer-pay")
        desk.see("pay-primary", test=lambda one: "3,500" in one.words)
        desk.tap("pay-tile", desk._("Cash"))
        desk.tap("pay-primary")

    def scan(self, desk, shop):
        open_by_slip(desk, shop)
        desk.keys("F9")
        self.pay(desk)


class Kitchen(Act):
    def before(self, desk, shop):
        shop.place()
        desk.keys("F8")
        desk.see("OscKitchenCard", "김밥")


class line_made(Kitchen):
    want = {"ticket": [{"lines": [{"quantity_made": 1}]}]}

    def keys(self, desk, shop):
        desk.keys("1", "space")

    def touch(self, desk, shop):
        desk.tap("OscKitchenRow", "김밥")


class bump(Kitchen):
    want = {"ticket": ["gone"]}

    def keys(self, desk, shop):
        desk.keys("1", "Return")

    def touch(self, desk, shop):
        desk.tap("kitchen-head")


class kitchen_recall(Kitchen):
    want = {"ticket": [{"recalled": 1}], "order": [{"status": "PREPARING"}]}

    def wait_gone(self, desk, shop):
        desk.gone("OscKitchenCard")
        wait_for("the order is ready", lambda: shop.status() == "READY")

    def keys(self, desk, shop):
        desk.keys("1", "Return")
        self.wait_gone(desk, shop)
        desk.keys("r")

    def touch(self, desk, shop):
        desk.tap("kitchen-head")
        self.wait_gone(desk, shop)
        desk.say("Bring back")


class first_in_kitchen(Kitchen):
    want = {"ticket": [{"priority": True}]}

    def keys(self, desk, shop):
        desk.keys("1", "p")

    def touch(self, desk, shop):
        desk.tap("go-first")
        desk.tap("OscKitchenRow", "김밥")


class first_by_head(first_in_kitchen):
    """What is chosen is the ticket: its head does not send it out now."""

    def touch(self, desk, shop):
        desk.tap("go-first")
        desk.tap("kitchen-head")


ACTS = [one() for one in (accept, accept_for_longer, accept_on_the_board, reject, ready, complete,
                          recall, cancel, undo, find_order, line_made, bump, kitchen_recall,
                          first_in_kitchen, first_by_head)]
