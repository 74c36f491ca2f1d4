# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Acts that can be done whatever is on the screen: in the strip, and the list of keys."""

from act import Act


class OpenState(Act):
    """What guests may order by themselves: the words at the left of the strip."""

    state = "Taking orders"
    minutes = 20
    want = {"shop": [{"open_state": "PAUSED"}]}

    def words(self, desk):
        return lambda one: one.box[1] < 48 and desk._(self.state).split("%")[0].strip() in one.words

    def before(self, desk, shop):
        shop.call("PATCH", "", {"open_state": "OPEN"})
        desk.see(test=self.words(desk))

    def after(self, desk, shop):
        shop.call("PATCH", "", {"open_state": "OPEN"})
        desk.see(words=desk._("Taking orders"))

    def see_paused(self, desk):
        """For as long as was asked: the strip counts down."""
        desk.see(test=lambda one: one.box[1] < 48 and any(
            (desk._("Paused %s") % f"{self.minutes - under}:") in one.words for under in (0, 1)))

    def keys(self, desk, shop):
        desk.tab_to(test=self.words(desk))
        desk.keys("Return")
        desk.tab_to("GtkButton", desk._(f"{self.minutes} min"), lambda one: "+" not in one.words)
        desk.keys("Return")
        self.see_paused(desk)

    def touch(self, desk, shop):
        desk.tap(test=lambda one: one.type.endswith("Button") and self.words(desk)(one))
        desk.tap("GtkButton", desk._(f"{self.minutes} min"), lambda one: "+" not in one.words)
        self.see_paused(desk)


class pause_for_10(OpenState):
    minutes = 10


class pause_for_20(OpenState):
    pass


class pause_for_30(OpenState):
    minutes = 30


class end_pause(OpenState):
    """By hand, before its time."""

    state = "Paused %s"
    want = {"shop": [{"open_state": "OPEN"}]}

    def before(self, desk, shop):
        shop.call("PATCH", "", {"open_state": "PAUSED"})
        desk.see(test=self.words(desk))

    def keys(self, desk, shop):
        desk.tab_to(test=self.words(desk))
        desk.keys("Return")
        desk.tab_to("GtkButton", desk._("Take orders again"))
        desk.keys("Return")

    def touch(self, desk, shop):
        desk.tap(test=lambda one: one.type.endswith("Button") and self.words(desk)(one))
        desk.say("Take orders again")


class Sound(Act):
    """While an order rings: it stays where it is, and so does its call on the screen."""

    def before(self, desk, shop):
        shop.place(accept=False)
        desk.see("answer-accept")

    @staticmethod
    def off(desk):
        """Five minutes at most, which are counted down."""
        words = desk._("Sound off %u:%02u").split("%")[0]
        return lambda one: one.type == "OscChip" and any(
            words + minutes in one.words for minutes in ("5:00", "4:5"))

    def by_keys(self, desk):
        desk.tab_to("OscChip", desk._("Sound"))
        desk.keys("Return")
        desk.tab_to("GtkButton", desk._("Sound off for 5 minutes"))
        desk.keys("Return")
        desk.see(test=self.off(desk))

    def by_touch(self, desk):
        desk.tap("OscChip", desk._("Sound"))
        desk.say("Sound off for 5 minutes")
        desk.see(test=self.off(desk))

    def after(self, desk, shop):
        desk.gone(test=self.off(desk))


class mute(Sound):
    """And it can be heard again before the next way is tried."""

    def keys(self, desk, shop):
        self.by_keys(desk)
        desk.see("answer-accept")
        desk.tab_to(test=self.off(desk))
        desk.keys("Return")

    def touch(self, desk, shop):
        self.by_touch(desk)
        desk.see("answer-accept")
        desk.tap(test=self.off(desk))


class list_of_keys(Act):
    """Of the screen that is open, and those that work everywhere."""

    names = ("Take a new order", "Next step of the order")

    def see_list(self, desk):
        for name in self.names:
            desk.see("GtkLabel", desk._(name), lambda one: one.root != "OscWindow")
        desk.keys("Escape")
        desk.gone(test=lambda one: one.root != "OscWindow")

    def keys(self, desk, shop):
        for key in ("F1", "?"):
            desk.keys(key)
            self.see_list(desk)

    def touch(self, desk, shop):
        # Whoever is signed in stands last in the strip, beside the clock.
        desk.tap("GtkToggleButton", test=lambda one: one.box[1] < 48 and one.box[0] + one.box[2] > 1080)
        desk.say("Keys")
        self.see_list(desk)


ACTS = [one() for one in (pause_for_10, pause_for_20, pause_for_30, end_pause, mute, list_of_keys)]
