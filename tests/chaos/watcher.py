# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The real console on a day: every view is opened again and again by keys while its memory is measured. Nobody listens
as assistive technology, whose objects would be counted too."""

import hashlib
import itertools
import os
import statistics
import subprocess
import threading
import time

MOST_MB = 180  # resident, in the end
MAY_GROW = 0.05  # of what it had, in the last two thirds of a day
ENOUGH = 30  # samples
BETWEEN = 0.4  # seconds a view is looked at
# Every view, dishes that are looked for, a caller and the sheet of keys; no key that decides about an order.
WAYS = (["F5"], ["1"], ["F8"], ["F2"], ["Right"], ["F3"], ["Left"], ["Escape"], ["F6"], ["F7"], ["F10"], ["Escape"], ["F12"],
        ["alt+4"], ["alt+5"], ["alt+8"], ["alt+0"], ["F1"], ["Escape"])


def slope(samples):
    """MB in a second: the median of all pairs (Theil and Sen), so that single peaks say nothing."""
    return statistics.median((b[1] - a[1]) / (b[0] - a[0]) for a, b in itertools.combinations(samples, 2) if b[0] > a[0])


class Watcher(threading.Thread):
    """A console that is signed in, and somebody who goes round in it."""

    def __init__(self, daemon):
        super().__init__(daemon=True)
        self.samples, self.rounds, self.over = [], 0, threading.Event()
        self.url, self.base = f"http://127.0.0.1:{daemon.port}", os.path.dirname(daemon.data_dir)
        self.env = dict(os.environ, GSETTINGS_SCHEMA_DIR=os.path.join(daemon.build_dir, "data"), GSETTINGS_BACKEND="memory",
                        LANGUAGE="ko", GTK_A11Y="none", XDG_STATE_HOME=os.path.join(self.base, "state"),
                        ORDERSYNC_DATA_DIR=daemon.data_dir)
        self.sign_in(daemon)
        self.console = subprocess.Popen([daemon.program("ordersync"), "--server", self.url], env=self.env,
                                        stderr=subprocess.DEVNULL)

    def sign_in(self, daemon):
        """As somebody who did it yesterday."""
        token = daemon.login()["refresh_token"]
        name = "session-" + hashlib.sha256(self.url.encode()).hexdigest()[:16]
        folder = os.path.join(self.base, "state", "ordersync")
        os.makedirs(folder, mode=0o700)
        with open(os.path.join(folder, name), "w", encoding="ascii", opener=lambda path, how: os.open(path, how, 0o600)) as file:
            file.write(token)

    def xdotool(self, *words):
        return subprocess.run(["xdotool", *words], env=self.env, capture_output=True, text=True, check=False).stdout

    def measure(self):
        with open(f"/proc/{self.console.pid}/smaps_rollup", encoding="ascii") as file:
            kb = {line.split()[0]: int(line.split()[1]) for line in file if "kB" in line}
        self.samples.append((time.monotonic(), kb["Rss:"] / 1024, kb["Pss:"] / 1024))

    def run(self):
        while not self.over.is_set() and not (windows := self.xdotool("search", "--name", "OrderSync").split()):
            self.over.wait(0.2)
        self.over.wait(2)
        while not self.over.is_set() and self.console.poll() is None:
            self.xdotool("windowfocus", windows[-1])
            for keys in WAYS:
                self.xdotool("key", *keys)
                if self.over.wait(BETWEEN):
                    return
            self.rounds += 1
            self.measure()

    def end(self):
        """What is wrong with it."""
        self.over.set()
        self.join(20)
        if self.console.poll() is not None:
            yield f"the console ended with {self.console.returncode}"
            return
        self.measure()
        late = self.samples[len(self.samples) // 3:]
        if late[-1][1] > MOST_MB:
            yield f"the console ends at {late[-1][1]:.0f} MB RSS, of {MOST_MB}"
        if len(self.samples) >= ENOUGH and self.grows() > MAY_GROW * statistics.median(one[1] for one in late):
            yield f"the console grows by {self.grows():.1f} MB in the last two thirds of the day: {self.told()}"

    def grows(self):
        """MB in the last two thirds of the day."""
        late = self.samples[len(self.samples) // 3:]
        return slope(late) * (late[-1][0] - late[0][0]) if len(late) > 1 else 0

    def told(self):
        rss, pss = ([round(one[at]) for one in self.samples] for at in (1, 2))
        return (f"{rss[0]}–{rss[-1]} MB RSS (most {max(rss)}), {pss[0]}–{pss[-1]} PSS, {self.grows():+.1f} in the last two "
                f"thirds, {self.rounds} rounds") if rss else "not measured"

    def close(self):
        self.over.set()
        if self.console.poll() is None:
            self.console.kill()
        self.console.wait()
