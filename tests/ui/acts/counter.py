# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Acts of who sells at the counter."""

from act import Act

GIMBAP, COLA, SPICY = "8801056150020", "8801056150037", "8801056150013"
SUNDAE = "8801056150044"
SHELF = "분식"  # its dishes: 떡볶이, 김밥, 순대


def line(name, quantity=1, **more):
    return {"name": name, "quantity": quantity, **more}


def sold(*lines, **more):
    return {"order": [{"status": "ACCEPTED", "items": list(lines), **more}]}


class Sale(Act):
    """Begins on the board; the order is sent at the end."""

    want = sold(line("김밥"))

    def open(self, desk):
        desk.keys("F2")
        self.choose_shelf(desk)

    def choose_shelf(self, desk):
        """By keys, from where the last one has left it; what sells often comes first of all."""
        for key in ("Page_Down", "Page_Down", "Page_Up", "Page_Up"):
            if desk.see("GtkToggleButton", SHELF).pressed:
                break
            desk.keys(key)
        desk.see("OscSaleTile", "김밥")
        if desk.sees("cursor"):
            desk.keys("Escape")

    def send(self, desk):
        desk.keys("ctrl+Return")

    def start(self, desk):
        """By touch."""
        desk.tap("new-order")
        desk.tap("GtkToggleButton", SHELF)
        desk.see("OscSaleTile", "김밥")

    def tap_send(self, desk):
        desk.tap("send")


class new_sale(Sale):
    def keys(self, desk, shop):
        self.open(desk)
        desk.keys("Right", "Right", "Return")
        desk.see("OscCartRow", "김밥")
        self.send(desk)

    def touch(self, desk, shop):
        self.start(desk)
        desk.tap("OscSaleTile", "김밥")
        self.tap_send(desk)

    def scan(self, desk, shop):
        desk.scan(GIMBAP)
        desk.see("OscCartRow", "김밥")
        self.send(desk)


class quantity(Sale):
    want = sold(line("김밥", 3))

    def keys(self, desk, shop):
        self.open(desk)
        desk.keys("3", "Right", "Right", "Return")
        desk.see("OscCartRow", "김밥 3")
        self.send(desk)

    def touch(self, desk, shop):
        self.start(desk)
        desk.tap("OscSaleTile", "김밥")
        for _ in range(2):
            desk.tap("osy-plus-symbolic")
        self.tap_send(desk)

    def scan(self, desk, shop):
        for _ in range(3):
            desk.scan(GIMBAP)
        desk.see("OscCartRow", "김밥 3")
        self.send(desk)


class search(Sale):
    """By initials where an input method writes them, else by the code, key by key."""

    want = sold(line("콜라"))

    def keys(self, desk, shop):
        self.open(desk)
        desk.keys("F3")
        if desk.ibus:
            desk.write("zf")
            desk.see("GtkText", test=lambda one: one.focus)
            desk.gone("OscSaleTile", "김밥")
        else:
            desk.write(COLA)
        desk.keys("Return")
        desk.see("OscCartRow", "콜라")
        self.send(desk)

    def touch(self, desk, shop):
        self.start(desk)
        desk.tap("GtkToggleButton", "음료")
        desk.gone("OscSaleTile", "김밥")
        desk.tap("OscSaleTile", "콜라")
        self.tap_send(desk)

    def scan(self, desk, shop):
        desk.scan(COLA)
        desk.see("OscCartRow", "콜라")
        self.send(desk)


class option(Sale):
    want = sold(line("떡볶이", options=[{"name": "매운맛"}], amount=5000))

    def keys(self, desk, shop):
        self.open(desk)
        desk.keys("Right", "Return")
        desk.see("OscOptionSheet")
        desk.keys("2", "Return")
        desk.gone("OscOptionSheet")
        self.send(desk)

    def touch(self, desk, shop):
        self.start(desk)
        desk.tap("OscSaleTile", "떡볶이")
        desk.tap("OscOptionChip", "매운맛")
        desk.tap("commit", test=lambda one: "send" not in one["class"].split())
        desk.gone("OscOptionSheet")
        self.tap_send(desk)

    def scan(self, desk, shop):
        desk.scan(SPICY)
        desk.see("OscOptionSheet")
        desk.keys("2", "Return")
        desk.gone("OscOptionSheet")
        self.send(desk)


class note(Sale):
    """What is typed last is still being composed when Enter comes."""

    want = {"order": [{"status": "ACCEPTED"}]}
    TYPED = "rkqt"

    def __init__(self):
        self.want = sold(line("김밥"), note="rkqt")

    def before(self, desk, shop):
        self.want = sold(line("김밥"), note="값" if desk.ibus else self.TYPED)

    def keys(self, desk, shop):
        self.open(desk)
        desk.keys("Right", "Right", "Return")
        desk.tab_to(test=lambda one: one.box[0] > 900 and one.box[1] > 500 and
                    one.type == "GtkText")
        self.write_and_send(desk)

    def write_and_send(self, desk):
        desk.write(self.TYPED)
        self.send(desk)

    def touch(self, desk, shop):
        self.start(desk)
        desk.tap("OscSaleTile", "김밥")
        desk.tap("GtkEntry", desk._("Note for the whole order"))
        desk.write(self.TYPED)
        self.tap_send(desk)


class takeout(Sale):
    want = sold(line("김밥"), type="TAKEOUT")

    def keys(self, desk, shop):
        self.open(desk)
        desk.keys("Right", "Right", "Return", "ctrl+2")
        self.send(desk)

    def touch(self, desk, shop):
        self.start(desk)
        desk.tap("OscSaleTile", "김밥")
        desk.say("Takeout")
        self.tap_send(desk)

    def scan(self, desk, shop):
        desk.scan(GIMBAP)
        desk.see("OscCartRow", "김밥")
        desk.keys("ctrl+2")
        self.send(desk)


class take_out_line(Sale):
    want = sold(line("순대"))

    def keys(self, desk, shop):
        self.open(desk)
        desk.keys("Right", "Right", "Right", "Return")
        desk.see("OscCartRow", "순대")
        desk.keys("Left", "Return")
        desk.see("OscCartRow", "김밥")
        desk.keys("Delete")
        desk.gone("OscCartRow", "김밥")
        self.send(desk)

    def touch(self, desk, shop):
        self.start(desk)
        desk.tap("OscSaleTile", "순대")
        desk.tap("OscSaleTile", "김밥")
        desk.say("Take out")
        desk.gone("OscCartRow", "김밥")
        self.tap_send(desk)

    def scan(self, desk, shop):
        desk.scan(SUNDAE)
        desk.scan(GIMBAP)
        desk.see("OscCartRow", "김밥")
        desk.keys("Delete")
        desk.gone("OscCartRow", "김밥")
        self.send(desk)


class undo_in_cart(Sale):
    want = sold(line("김밥", 1))

    def keys(self, desk, shop):
        self.open(desk)
        desk.keys("Right", "Right", "Return", "equal")
        desk.see("OscCartRow", "김밥 2")
        desk.keys("ctrl+z")
        desk.see("OscCartRow", "김밥 1")
        self.send(desk)

    def touch(self, desk, shop):
        self.start(desk)
        desk.tap("OscSaleTile", "김밥")
        desk.tap("osy-plus-symbolic")
        desk.see("OscCartRow", "김밥 2")
        desk.tap("osy-undo-symbolic")
        desk.see("OscCartRow", "김밥 1")
        self.tap_send(desk)

    def scan(self, desk, shop):
        desk.scan(GIMBAP)
        desk.scan(GIMBAP)
        desk.see("OscCartRow", "김밥 2")
        desk.keys("ctrl+z")
        desk.see("OscCartRow", "김밥 1")
        self.send(desk)


class hold_and_take_back(Sale):
    want = sold(line("김밥", 2))

    def keys(self, desk, shop):
        self.open(desk)
        desk.keys("2", "Right", "Right", "Return")
        desk.see("OscCartRow", "김밥 2")
        desk.keys("ctrl+h")
        desk.gone("OscCartRow")
        desk.keys("ctrl+h")
        desk.see("OscCartRow", "김밥 2")
        self.send(desk)

    def touch(self, desk, shop):
        self.start(desk)
        desk.tap("OscSaleTile", "김밥")
        desk.tap("OscSaleTile", "김밥")
        desk.say("Hold")
        desk.gone("OscCartRow")
        desk.tap(test=lambda one: one.type.endswith("Button") and "held" in one["class"])
        desk.see("OscCartRow", "김밥 2")
        self.tap_send(desk)

    def scan(self, desk, shop):
        desk.scan(GIMBAP)
        desk.scan(GIMBAP)
        desk.see("OscCartRow", "김밥 2")
        desk.keys("ctrl+h")
        desk.gone("OscCartRow")
        desk.keys("ctrl+h")
        desk.see("OscCartRow", "김밥 2")
        self.send(desk)


class sell_at_table(Sale):
    want = {"order": [{"status": "ACCEPTED", "type": "DINE_IN"}],
            "table": [{"state": "DINING"}]}

    def keys(self, desk, shop):
        desk.keys("F6")
        desk.see("OscTableTile")
        desk.keys("2", "Return")
        desk.see("panel-primary")
        desk.keys("Return")
        self.choose_shelf(desk)
        desk.keys("Right", "Right", "Return")
        self.send(desk)

    def touch(self, desk, shop):
        desk.tap("GtkButton", desk._("Tables"))
        desk.tap("OscTableTile", test=lambda one: one.words.startswith("2"))
        desk.tap("panel-primary")
        desk.tap("GtkToggleButton", SHELF)
        desk.tap("OscSaleTile", "김밥")
        self.tap_send(desk)

    def scan(self, desk, shop):
        desk.scan(shop.table_code(1))
        desk.see("panel-primary")
        desk.keys("Return")
        desk.see("OscSale")
        desk.scan(GIMBAP)
        desk.see("OscCartRow", "김밥")
        self.send(desk)


class sold_out(Sale):
    want = {"menu": [{"sold_out": True}]}

    def keys(self, desk, shop):
        self.open(desk)
        desk.keys("Right", "Right", "x")

    def touch(self, desk, shop):
        self.start(desk)
        desk.tap("tool", desk._("Sold out"))
        desk.tap("OscSaleTile", "김밥")


class sell_again(Sale):
    want = {"menu": [{"sold_out": False}]}

    def before(self, desk, shop):
        shop.call("POST", f"/menu/items/{shop.items['김밥']['id']}/sold-out", {})

    def keys(self, desk, shop):
        self.open(desk)
        desk.see("OscSaleTile", desk._("Sold out"))
        desk.keys("Right", "Right", "x")

    def touch(self, desk, shop):
        self.start(desk)
        desk.see("OscSaleTile", desk._("Sold out"))
        desk.tap("OscSaleTile", "김밥")
        desk.say("Sell again")


class take_back_sent(Sale):
    """The offer at the bottom, or Ctrl and Z."""

    want = {"order": [{"status": "CANCELED"}]}

    def keys(self, desk, shop):
        self.open(desk)
        desk.keys("Right", "Right", "Return")
        self.send(desk)
        desk.see("OscToasts", desk._("Take it back"))
        desk.keys("ctrl+z")
        desk.see("OscCartRow", "김밥")
        self.empty(desk)

    def empty(self, desk):
        desk.keys("alt+Down", "Delete")
        desk.gone("OscCartRow")

    def touch(self, desk, shop):
        self.start(desk)
        desk.tap("OscSaleTile", "김밥")
        self.tap_send(desk)
        desk.say("Take it back")
        desk.tap("OscCartRow", "김밥", middle=(0.05, 0.5))
        desk.say("Take out")
        desk.gone("OscCartRow")

    def scan(self, desk, shop):
        desk.scan(GIMBAP)
        desk.see("OscCartRow", "김밥")
        self.send(desk)
        desk.see("OscToasts", desk._("Take it back"))
        desk.keys("ctrl+z")
        desk.see("OscCartRow", "김밥")
        self.empty(desk)


class phone_order(Sale):
    """Of who has called before: the same as last time, whatever was on the screen."""

    NUMBER = "01023454821"
    want = sold(line("순대", 2), channel="PHONE", type="TAKEOUT")

    def before(self, desk, shop):
        shop.place("순대", 2, channel="PHONE", customer={"name": "정경화", "phone": self.NUMBER})
        shop.act("ready", "complete")
        shop.mark()
        desk.gone("OscOrderCard")
        desk.keys("F8")

    def same_again(self, desk):
        desk.see("GtkButton", desk._("Same as last time"))

    def keys(self, desk, shop):
        desk.keys("F10")
        desk.see("OscGuestSheet")
        desk.write(self.NUMBER)
        self.same_again(desk)
        desk.keys("Return")
        desk.see("OscCartRow", "순대 2")
        self.send(desk)

    def touch(self, desk, shop):
        desk.tap("GtkButton", desk._("Orders"), lambda one: one.box[0] < 88)
        desk.tap("new-order")
        desk.tap("GtkToggleButton", desk._("Phone order"))
        desk.see("OscGuestSheet")
        for digit in self.NUMBER:
            desk.tap("numeric", digit, lambda one: one.words == digit)
        self.same_again(desk)
        desk.tap("GtkButton", desk._("Same as last time"))
        desk.see("OscCartRow", "순대 2")
        self.tap_send(desk)


ACTS = [one() for one in (new_sale, quantity, search, option, note, takeout, take_out_line,
                          undo_in_cart, hold_and_take_back, sell_at_table, sold_out, sell_again,
                          take_back_sent, phone_order)]
