# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Chromium without a screen, driven by its DevTools protocol: pages, taps, keys, pictures, a cut line."""

import asyncio
import base64
import json
import os
import signal
import subprocess
import tempfile
import threading
import time

import websockets

from osy_daemon import children

PROGRAM = "/usr/bin/chromium"
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--mute-audio", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-extensions", "--disable-sync",
         "--disable-background-timer-throttling", "--disable-renderer-backgrounding",
         "--disable-backgrounding-occluded-windows", "--ignore-certificate-errors", "--force-color-profile=srgb",
         "--remote-debugging-port=0", "--lang=ko"]
KEYS = {"Enter": ("Enter", 13), "Space": (" ", 32), "PageDown": ("PageDown", 34), "PageUp": ("PageUp", 33), "Tab": ("Tab", 9),
        "Escape": ("Escape", 27), "ArrowRight": ("ArrowRight", 39)}


class PageError(Exception):
    """What the page threw."""


class Gone(Exception):
    """The page went elsewhere while it was asked."""


class Browser:
    """One Chromium; each page() has storage of its own, like another tablet."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="osy-browser-")
        environment = dict(os.environ, HOME=self.folder.name, XDG_CONFIG_HOME=self.folder.name)
        self.process = subprocess.Popen([PROGRAM, *FLAGS, f"--user-data-dir={self.folder.name}/profile", "about:blank"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        self.loop = asyncio.new_event_loop()
        self.waiting, self.pages, self.last = {}, {}, 0
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.socket = self.run(self.connect())
        asyncio.run_coroutine_threadsafe(self.listen(), self.loop)

    def run(self, coroutine, timeout=60):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(timeout)

    async def connect(self):
        path = os.path.join(self.folder.name, "profile", "DevToolsActivePort")
        deadline = time.monotonic() + 60
        while not os.path.exists(path) or os.path.getsize(path) < 10:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("Chromium did not start")
            await asyncio.sleep(0.05)
        with open(path, encoding="utf-8") as file:
            port, door = file.read().split()
        return await websockets.connect(f"ws://127.0.0.1:{port}{door}", max_size=None, ping_interval=None)

    async def listen(self):
        try:
            async for text in self.socket:
                message = json.loads(text)
                if "id" in message:
                    self.waiting.pop(message["id"]).set_result(message)
                elif message.get("sessionId") in self.pages:
                    self.pages[message["sessionId"]].heard(message["method"], message["params"])
        except websockets.ConnectionClosed:
            pass

    async def ask(self, method, params, session):
        self.last += 1
        number, answer = self.last, self.loop.create_future()
        self.waiting[number] = answer
        message = {"id": number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        await self.socket.send(json.dumps(message))
        return await answer

    def call(self, method, session=None, **params):
        answer = self.run(self.ask(method, params, session))
        if "error" in answer:
            told = answer["error"]["message"]
            raise (Gone if "navigated" in told or "context" in told else RuntimeError)(f"{method}: {told}")
        return answer["result"]

    def page(self, width=1280, height=800, scripts=()):
        context = self.call("Target.createBrowserContext")["browserContextId"]
        return Page(self, context, width, height, scripts)

    def sleep(self, seconds):
        """Nothing of it runs for a while, as on a tablet that sleeps."""
        family = [self.process.pid]
        for pid in family:
            family += children(pid)
        for number in (signal.SIGSTOP, signal.SIGCONT):
            for pid in family:
                os.kill(pid, number)
            if number == signal.SIGSTOP:
                time.sleep(seconds)

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.loop.call_soon_threadsafe(self.loop.stop)
        try:
            self.folder.cleanup()
        except OSError:
            pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Page:
    def __init__(self, browser, context, width, height, scripts):
        self.browser, self.context = browser, context
        self.faults = []  # exceptions, console errors, refusals by the page's policy
        self.loads = 0
        target = browser.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        browser.pages[self.session] = self
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)
        self.resize(width, height)
        for script in scripts:
            self.call("Page.addScriptToEvaluateOnNewDocument", source=script)

    def call(self, method, **params):
        return self.browser.call(method, self.session, **params)

    def heard(self, method, params):
        if method == "Page.loadEventFired":
            self.loads += 1
        elif method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.faults.append(details.get("exception", {}).get("description") or details["text"])
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "assert"):
            self.faults.append(" ".join(str(one.get("value", one.get("description"))) for one in params["args"]))
        elif method == "Log.entryAdded":
            entry = params["entry"]
            # Requests that fail while the line is cut are no fault of the page.
            if entry["level"] == "error" and entry["source"] != "network":
                self.faults.append(f"{entry['source']}: {entry['text']}")

    def resize(self, width, height):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def open(self, url, seconds=20):
        before = self.loads
        self.call("Page.navigate", url=url)
        deadline = time.monotonic() + seconds
        while self.loads == before:
            assert time.monotonic() < deadline, f"{url} did not load"
            time.sleep(0.01)

    def run(self, script):
        """The value of an expression; promises are waited for."""
        answer = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise PageError(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")

    def wait(self, script, seconds=10, what=None):
        """Until the expression, which may be an element, is there and true, on whatever page it is by then."""
        deadline = time.monotonic() + seconds
        while not self.is_true(f"Promise.resolve({script}).then(Boolean)"):
            assert time.monotonic() < deadline, f"in {seconds} s not: {what or script}"
            time.sleep(0.02)

    def is_true(self, script):
        try:
            return self.run(script)
        except Gone:
            return False

    def tap(self, selector, between=None):
        """A press and a release in the middle of it, where a finger would; between() happens while it is down."""
        place = self.run(f"""(() => {{ const found = document.querySelector({json.dumps(selector)});
            if (!found) return null; const box = found.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2]; }})()""")
        assert place, f"{selector} is not there to be tapped"
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)
            if between and kind == "mousePressed":
                between()

    def key(self, code, key=None):
        name, number = KEYS.get(code, (key or code[-1].lower(), ord(code[-1])))
        event = {"code": code, "key": name, "windowsVirtualKeyCode": number}
        text = {"text": "\r"} if code == "Enter" else {"text": name} if len(name) == 1 else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", **event, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", **event)

    def type(self, text):
        self.call("Input.insertText", text=text)

    def picture(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def close(self):
        self.browser.pages.pop(self.session, None)
        self.browser.call("Target.disposeBrowserContext", browserContextId=self.context)
