# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""A person's desk: keyboard, finger and scanner as events of the X server, the console's screen as
the probe tells of it, and a Korean input method that is switched on."""

import contextlib
import ctypes
import ctypes.util
import gettext
import json
import os
import shutil
import socket
import subprocess
import time

HAND_MS = 45      # between two keys: what is faster than 35 may be a scanner
SCANNER_MS = 4
TOUCH_PX = 44
PATIENCE = int(os.environ.get("ORDERSYNC_ACTS_PATIENCE", "15"))


class Failed(Exception):
    """What was waited for and did not come."""


def wait_for(what, check, patience=PATIENCE, step=0.02):
    end = time.monotonic() + patience
    while True:
        answer = check()
        if answer:
            return answer
        if time.monotonic() > end:
            raise Failed(what() if callable(what) else what)
        time.sleep(step)


class Hands:
    """Keys and a finger, by XTEST. The server itself keeps the time between two keys, so that the
    load of the machine changes nothing; nobody manages windows here, so the newest has the keys."""

    SHIFTED = dict(zip("!@#$%^&*()_+{}:\"|<>?~", "1234567890-=[];'\\,./`"))
    NAMES = {" ": "space", "-": "minus", "=": "equal", "/": "slash", ".": "period", ",": "comma",
             ";": "semicolon", "'": "apostrophe", "[": "bracketleft", "]": "bracketright",
             "\\": "backslash", "`": "grave"}

    def __init__(self):
        self.x = ctypes.CDLL("libX11.so.6")
        self.test = ctypes.CDLL("libXtst.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XStringToKeysym.restype = ctypes.c_ulong
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(None))
        self.root = ctypes.c_ulong(self.x.XDefaultRootWindow(self.display))

    def code(self, name):
        symbol = self.x.XStringToKeysym(self.NAMES.get(name, name).encode())
        code = self.x.XKeysymToKeycode(self.display, ctypes.c_ulong(symbol))
        if code == 0:
            raise Failed(f"no key {name}")
        return code

    def strike(self, name, gap=HAND_MS):
        """'a', 'A', 'F5', 'ctrl+z', 'alt+4', 'ctrl+shift+z'."""
        *held, last = name.split("+") if len(name) > 1 else [name]
        held = [{"ctrl": "Control_L", "alt": "Alt_L", "shift": "Shift_L"}[one] for one in held]
        if last in self.SHIFTED:
            held, last = held + ["Shift_L"], self.SHIFTED[last]
        elif len(last) == 1 and last.isupper():
            held, last = held + ["Shift_L"], last.lower()
        codes = [self.code(one) for one in held]
        for code in codes:
            self.test.XTestFakeKeyEvent(self.display, code, 1, ctypes.c_ulong(0))
        self.test.XTestFakeKeyEvent(self.display, self.code(last), 1, ctypes.c_ulong(gap))
        self.test.XTestFakeKeyEvent(self.display, self.code(last), 0, ctypes.c_ulong(0))
        for code in reversed(codes):
            self.test.XTestFakeKeyEvent(self.display, code, 0, ctypes.c_ulong(0))

    def sync(self):
        self.x.XSync(self.display, 0)

    def keys(self, *names):
        self.take_focus()
        for name in names:
            self.strike(name)
        self.sync()

    def write(self, text, gap=HAND_MS, enter=False):
        self.take_focus()
        for at, one in enumerate(text):
            self.strike(one, gap if at else HAND_MS)
        if enter:
            self.strike("Return", gap)
        self.sync()

    def scan(self, code):
        self.write(code, SCANNER_MS, enter=True)

    def click(self, x, y):
        self.test.XTestFakeMotionEvent(self.display, -1, x, y, ctypes.c_ulong(0))
        self.test.XTestFakeButtonEvent(self.display, 1, 1, ctypes.c_ulong(10))
        self.test.XTestFakeButtonEvent(self.display, 1, 0, ctypes.c_ulong(10))
        self.sync()

    def children(self, window):
        root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        found = ctypes.POINTER(ctypes.c_ulong)()
        self.x.XQueryTree(self.display, window, ctypes.byref(root), ctypes.byref(parent),
                          ctypes.byref(found), ctypes.byref(count))
        answer = [found[at] for at in range(count.value)]
        if count.value:
            self.x.XFree(found)
        return answer

    def take_focus(self):
        """What a window manager does: the keys go to the uppermost window (not to a popover)."""
        for window in reversed(self.children(self.root)):
            looks = (ctypes.c_int * 64)()  # an XWindowAttributes, of which two fields are read
            if not self.x.XGetWindowAttributes(self.display, ctypes.c_ulong(window), looks):
                continue
            x, y, width, height = looks[0:4]
            state, override = looks[MAP_STATE], looks[OVERRIDE]
            if state != 2 or override or width < 100:
                continue
            now, back = ctypes.c_ulong(), ctypes.c_int()
            self.x.XGetInputFocus(self.display, ctypes.byref(now), ctypes.byref(back))
            if now.value != window:
                self.x.XSetInputFocus(self.display, ctypes.c_ulong(window), 2, ctypes.c_ulong(0))
                self.sync()
                time.sleep(0.05)  # the program hears of it by an event
            return


# Where fields lie in an XWindowAttributes, in ints: on 64 bits its pointers and longs take two each.
class Attributes(ctypes.Structure):
    _fields_ = [("x", ctypes.c_int), ("y", ctypes.c_int), ("width", ctypes.c_int),
                ("height", ctypes.c_int), ("border_width", ctypes.c_int), ("depth", ctypes.c_int),
                ("visual", ctypes.c_void_p), ("root", ctypes.c_ulong), ("c_class", ctypes.c_int),
                ("bit_gravity", ctypes.c_int), ("win_gravity", ctypes.c_int),
                ("backing_store", ctypes.c_int), ("backing_planes", ctypes.c_ulong),
                ("backing_pixel", ctypes.c_ulong), ("save_under", ctypes.c_int),
                ("colormap", ctypes.c_ulong), ("map_installed", ctypes.c_int),
                ("map_state", ctypes.c_int), ("all_event_masks", ctypes.c_long),
                ("your_event_mask", ctypes.c_long), ("do_not_propagate_mask", ctypes.c_long),
                ("override_redirect", ctypes.c_int), ("screen", ctypes.c_void_p)]


MAP_STATE = Attributes.map_state.offset // 4
OVERRIDE = Attributes.override_redirect.offset // 4


class Ibus:
    """ibus with its Hangul engine, which begins in Hangul, on the session bus of this run. Debian 12's
    loses Enter, Backspace and arrows in any program of GTK 4 while it forwards keys, so that is off:
    what docs/USER_GUIDE.ko.md asks a shop to do."""

    def __init__(self, base):
        home = os.path.join(base, "ibus")
        settings = os.path.join(home, "glib-2.0", "settings")
        os.makedirs(settings)
        with open(os.path.join(settings, "keyfile"), "w", encoding="utf-8") as file:
            file.write("[org/freedesktop/ibus/engine/hangul]\ninitial-input-mode='hangul'\n"
                       "use-event-forwarding=false\n"
                       "[desktop/ibus/general]\npreload-engines=['hangul']\n"
                       "use-system-keyboard-layout=true\n")
        address = "unix:path=" + os.path.join(home, "socket")
        self.env = {"IBUS_ADDRESS": address, "GTK_IM_MODULE": "ibus"}
        self.own = dict(os.environ, GSETTINGS_BACKEND="keyfile", XDG_CONFIG_HOME=home,
                        XDG_CACHE_HOME=home, HOME=home, IBUS_ADDRESS=address)
        self.log = open(os.path.join(home, "log"), "w", encoding="utf-8")
        self.daemon = subprocess.Popen(
            ["ibus-daemon", "--panel", "disable", "--emoji-extension", "disable", "--address",
             address], env=self.own, stdout=self.log, stderr=self.log)
        wait_for("ibus is there", lambda: os.path.exists(os.path.join(home, "socket")))

    def switch_on(self):
        """From now on every letter is one of Hangul."""
        def ibus(*words):
            return subprocess.run(["ibus", *words], env=self.own, capture_output=True, text=True,
                                  check=False)

        wait_for("ibus takes the Hangul engine",
                 lambda: ibus("engine", "hangul").returncode == 0
                 and ibus("engine").stdout.strip() == "hangul", step=0.2)

    @staticmethod
    def missing():
        """Why there is no input method here; '' when there is."""
        parts = {"ibus-daemon": shutil.which("ibus-daemon"),
                 "ibus-hangul": os.path.exists("/usr/libexec/ibus-engine-hangul"),
                 "ibus-gtk4": any(os.path.exists(os.path.join(
                     folder, "gtk-4.0/4.0.0/immodules/libim-ibus.so")) for folder in
                     ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64"))}
        return ", ".join(name for name, there in parts.items() if not there)

    def close(self):
        self.daemon.terminate()
        self.daemon.wait(10)
        self.log.close()


class Speaker:
    """A loudspeaker that nobody has plugged in: without one the console says so across the screen."""

    def __init__(self, base):
        folder = os.path.join(base, "speaker")
        os.mkdir(folder, 0o700)
        pipe = os.path.join(folder, "pulse.sock")
        self.env = {"PULSE_SERVER": "unix:" + pipe}
        self.server = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
             "--disable-shm=yes", "-L", f"module-native-protocol-unix auth-anonymous=1 socket={pipe}",
             "-L", "module-null-sink sink_name=test", "-L", "module-always-sink"],
            env=dict(os.environ, XDG_RUNTIME_DIR=folder, HOME=folder),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for("the null sink is there", lambda: os.path.exists(pipe))

    def close(self):
        self.server.kill()
        self.server.wait()


class Widget(dict):
    """One of the probe's."""

    __getattr__ = dict.__getitem__

    def says(self, words):
        return words in self.words or words == self.tip


def inside(box, other):
    return (other[0] <= box[0] and other[1] <= box[1] and box[0] + box[2] <= other[0] + other[2]
            and box[1] + box[3] <= other[1] + other[3])


def overlap(box, other):
    return (box[0] < other[0] + other[2] and other[0] < box[0] + box[2]
            and box[1] < other[1] + other[3] and other[1] < box[1] + box[3])


class Desk:
    """The console, and the hands and eyes before it."""

    def __init__(self, build, base, url, data, language, parts):
        self.hands = Hands()
        self.trail = []  # what the hands have done, for who looks why it went wrong
        modules = os.path.join(base, "modules")
        os.makedirs(modules)
        os.symlink(os.path.join(build, "tests/ui/libordersync-probe.so"),
                   os.path.join(modules, "libordersync-probe.so"))
        self.path = os.path.join(base, "probe.sock")
        env = dict(os.environ, GSETTINGS_SCHEMA_DIR=os.path.join(build, "data"),
                   GSETTINGS_BACKEND="memory", LANGUAGE=language, LC_ALL="C.UTF-8",
                   GTK_A11Y="none", XDG_STATE_HOME=os.path.join(base, "state"),
                   ORDERSYNC_DATA_DIR=data, GIO_EXTRA_MODULES=modules, ORDERSYNC_PROBE=self.path,
                   G_DEBUG="fatal-criticals")
        env["GTK_IM_MODULE"] = "gtk-im-context-simple"
        for part in parts:
            env.update(part.env)
        self.words = gettext.translation("ordersync", os.path.join(build, "po"), [language],
                                         fallback=language == "en")
        self.program = subprocess.Popen(
            [os.path.join(build, "src/console/ordersync"), "--server", url], env=env)
        self.pipe = wait_for("the console is on the screen", self.connect)

    def connect(self):
        if self.program.poll() is not None:
            raise Failed(f"the console ended with {self.program.returncode}")
        pipe = socket.socket(socket.AF_UNIX)
        with contextlib.suppress(OSError):
            pipe.connect(self.path)
            return pipe.makefile("rw", encoding="utf-8")
        pipe.close()
        return None

    def _(self, text):
        return self.words.gettext(text)

    def close(self):
        self.pipe.close()
        self.program.terminate()
        self.program.wait(20)

    # ---- eyes ----

    def look(self):
        """All that can be seen."""
        self.pipe.write("look\n")
        self.pipe.flush()
        line = self.pipe.readline()
        if not line:
            raise Failed(f"the console ended with {self.program.wait(10)}")
        return [Widget(one) for one in json.loads(line)]

    def all(self, kind=None, words=None, test=None):
        def fits(one):
            return ((kind is None or one.type == kind or kind in one["class"].split()
                     or one.icon == kind) and (words is None or one.says(words))
                    and (test is None or test(one)))
        return [one for one in self.look() if fits(one)]

    def see(self, kind=None, words=None, test=None, patience=PATIENCE):
        """Waits for it: the smallest that fits."""
        found = wait_for(lambda: f"nothing on the screen: {kind} {words}; there is {self.views()}",
                         lambda: self.all(kind, words, test), patience)
        return min(found, key=lambda one: one.box[2] * one.box[3])

    def sees(self, kind=None, words=None, test=None):
        return bool(self.all(kind, words, test))

    def views(self):
        """Of our own parts, with what the toasts say."""
        return sorted({f"{one.type}: {one.words}" if one.type == "OscToasts" else one.type
                       for one in self.look() if one.type.startswith("Osc")})

    def gone(self, kind=None, words=None, test=None):
        wait_for(lambda: f"still on the screen: {kind} {words}",
                 lambda: not self.all(kind, words, test))

    # ---- finger ----

    def tap(self, kind=None, words=None, test=None, middle=(0.5, 0.5)):
        """A finger on the middle of what fits, once that can be touched and is as large as one."""
        def fits(one):
            return one.enabled and one.hit and one.type not in ("GtkLabel", "GtkImage") and (
                test is None or test(one))
        self.clear_toasts(kind, words, test)
        try:
            found = self.see(kind, words, fits)
        except Failed:
            near = [(one.type, one["class"], one.words, one.enabled, one.hit)
                    for one in self.all(kind, words)][:6]
            raise Failed(f"nothing to touch: {kind} {words}: {near}") from None
        for _ in range(25):  # it may just be growing, or the page be moving
            time.sleep(0.02)
            again = self.all(kind, words, fits)
            before, found = found.box, min(
                again or [found], key=lambda one: one.box[2] * one.box[3])
            if found.box == before and again:
                break
        x, y, width, height = found.box
        if min(width, height) < TOUCH_PX:
            raise Failed(f"{found.type} '{found.words or found.tip}' is {width}x{height} px")
        self.trail.append(f"{found.type} '{found.words or found.tip}' {x},{y} {width}x{height}")
        self.hands.click(x + int(width * middle[0]), y + int(height * middle[1]))
        return found

    def clear_toasts(self, kind, words, test):
        """What lies under a sentence is touched once that has been touched away."""
        for _ in range(3):
            toast = next((one for one in self.all("OscToasts")), None)
            found = [one for one in self.all(kind, words, test) if one.enabled]
            # What is not there yet, in a popover that is just opening, does not lie under it.
            under = toast and [one for one in found if overlap(one.box, toast.box)]
            if not under or any(one.hit for one in found):
                return
            label = min(self.all("GtkLabel", test=lambda one: inside(one.box, toast.box)),
                        key=lambda one: one.box[0], default=None)
            if label is None:
                return
            self.trail.append(f"sentence '{label.words}'")
            self.hands.click(label.box[0] + 20, label.box[1] + label.box[3] // 2)
            time.sleep(0.05)

    def say(self, text):
        """Taps the button that says @text in the language of this run."""
        return self.tap(words=self._(text), test=lambda one: one.type.endswith("Button"))

    # ---- keys and scanner ----

    def keys(self, *names):
        self.trail.append(" ".join(names))
        self.hands.keys(*names)

    def tab_to(self, kind=None, words=None, test=None):
        """By Tab alone, from wherever the focus is."""
        for _ in range(60):
            if self.all(kind, words, lambda one: one.focus and (test is None or test(one))):
                return
            self.keys("Tab")
            time.sleep(0.02)
        raise Failed(f"no way by Tab to: {kind} {words}")

    def write(self, text):
        self.trail.append(f"'{text}'")
        self.hands.write(text)

    def scan(self, code):
        self.trail.append(f"scan '{code}'")
        self.hands.scan(code)
