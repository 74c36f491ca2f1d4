# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Acts of who waits at tables."""

from act import Act


def number(at):
    return lambda one: one.type == "OscTableTile" and one.words.split()[0] == str(at)


class Seated(Act):
    """An order at table 1."""

    guests = (0,)

    def before(self, desk, shop):
        for at in self.guests:
            shop.at_table(at)

    def pick(self, desk):
        desk.keys("F6")
        desk.see("OscTablePlan")
        desk.keys("1", "Return")
        desk.see("panel-primary")

    def tap(self, desk):
        desk.tap("GtkButton", desk._("Tables"), lambda one: one.box[0] < 88)
        desk.tap(test=number(1))
        desk.see("panel-primary")

    def pick_by_scan(self, desk, shop):
        desk.scan(shop.table_code(0))
        desk.see("panel-primary")


class seat(Seated):
    guests = ()
    want = {"table": [{"state": "SEATED"}]}

    def seat(self, desk):
        desk.tab_to("panel-act", desk._("Only seat them"))
        desk.keys("Return")

    def keys(self, desk, shop):
        self.pick(desk)
        self.seat(desk)

    def touch(self, desk, shop):
        self.tap(desk)
        desk.tap("panel-act", desk._("Only seat them"))

    def scan(self, desk, shop):
        self.pick_by_scan(desk, shop)
        self.seat(desk)


class seat_four(seat):
    want = {"table": [{"state": "SEATED", "seating": {"guest_count": 4}}]}

    def seat(self, desk):
        desk.keys("equal", "equal", "equal")
        super().seat(desk)

    def touch(self, desk, shop):
        self.tap(desk)
        desk.tap("guest-chip", "4")
        desk.tap("panel-act", desk._("Only seat them"))


class move(Seated):
    want = {"table": [{"state": "FREE"}, {"state": "DINING"}]}

    def move(self, desk):
        desk.keys("m")
        desk.keys("3", "Return")

    def keys(self, desk, shop):
        self.pick(desk)
        self.move(desk)

    def touch(self, desk, shop):
        self.tap(desk)
        desk.tap("panel-act", desk._("Move"), lambda one: desk._("Move some") not in one.words)
        desk.tap(test=number(3))

    def scan(self, desk, shop):
        self.pick_by_scan(desk, shop)
        self.move(desk)


class merge(Seated):
    guests = (0, 1)
    want = {"table": [{}, {}]}

    def merge(self, desk):
        desk.tab_to("panel-act", desk._("Merge"))
        desk.keys("Return")
        desk.keys("2", "Return")

    def keys(self, desk, shop):
        self.pick(desk)
        self.merge(desk)

    def touch(self, desk, shop):
        self.tap(desk)
        desk.tap("panel-act", desk._("Merge"))
        desk.tap(test=number(2))

    def scan(self, desk, shop):
        self.pick_by_scan(desk, shop)
        self.merge(desk)


class ask_for_bill(Seated):
    want = {"table": [{"state": "BILL"}]}

    def ask(self, desk):
        desk.tab_to("panel-act", desk._("Bill, please"))
        desk.keys("Return")

    def keys(self, desk, shop):
        self.pick(desk)
        self.ask(desk)

    def touch(self, desk, shop):
        self.tap(desk)
        desk.tap("panel-act", desk._("Bill, please"))

    def scan(self, desk, shop):
        self.pick_by_scan(desk, shop)
        self.ask(desk)


class free_round(Seated):
    """It costs nothing, so nobody pays: the one button lets the guests go."""

    want = {"table": [{"state": "FREE"}]}

    def before(self, desk, shop):
        shop.at_table(0, name="물")
        shop.act("ready", "complete")

    def leave(self, desk):
        desk.see("panel-primary", desk._("They have left"))
        desk.keys("Return")

    def keys(self, desk, shop):
        self.pick(desk)
        self.leave(desk)

    def touch(self, desk, shop):
        self.tap(desk)
        desk.tap("panel-primary", desk._("They have left"))

    def scan(self, desk, shop):
        self.pick_by_scan(desk, shop)
        self.leave(desk)


class take_back_move(Seated):
    """What has been moved stands again where it was."""

    want = {"ticket": [{"changes": [{"text": "1→3"}, {"text": "3→1"}]}]}

    def before(self, desk, shop):
        super().before(desk, shop)
        desk.keys("F6")
        desk.see("OscTablePlan")

    def keys(self, desk, shop):
        self.pick(desk)
        desk.keys("m")
        desk.keys("3", "Return")
        desk.see("free", "1")
        desk.keys("ctrl+z")
        desk.see("free", "3")

    def touch(self, desk, shop):
        self.tap(desk)
        desk.tap("panel-act", desk._("Move"), lambda one: desk._("Move some") not in one.words)
        desk.tap(test=number(3))
        desk.see("free", "1")
        desk.say("Undo")
        desk.see("free", "3")


class split_check(Seated):
    """Two people pay a table's bill, and one of them now."""

    want = {"check": [{"parts": [{}, {}]}], "payment": [{"amount": 1750, "status": "PAID"}]}

    def pay(self, desk):
        desk.see("pay-primary", test=lambda one: "3,500" in one.words)
        desk.keys("s", "s")
        desk.see("GtkToggleButton", desk._("By people"), lambda one: one.pressed)
        desk.keys("equal")
        desk.see("pay-primary", test=lambda one: "1,750" in one.words)
        desk.keys("2", "Return")

    def keys(self, desk, shop):
        self.pick(desk)
        desk.keys("F9")
        self.pay(desk)

    def touch(self, desk, shop):
        self.tap(desk)
        desk.tap("panel-primary")
        desk.see("pay-primary", test=lambda one: "3,500" in one.words)
        desk.tap("GtkToggleButton", desk._("By people"))
        desk.tap("osy-plus-symbolic")
        desk.tap("pay-tile", desk._("Cash"))
        desk.tap("pay-primary", test=lambda one: "1,750" in one.words)

    def scan(self, desk, shop):
        self.pick_by_scan(desk, shop)
        desk.keys("F9")
        self.pay(desk)


ACTS = [one() for one in (seat, seat_four, move, merge, ask_for_bill, free_round, take_back_move, split_check)]
