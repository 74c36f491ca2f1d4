#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Pictures of the kitchen page beside shared/mockups/kitchen.png, of which the one of a tablet is kept; and of the
courier's page on a phone.

usage: shots.py BUILD-FOLDER PICTURES KEPT"""

import json
import os
import shutil
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "lib"), HERE]
import tickets as made_up  # noqa: E402
from osy_browser import Browser  # noqa: E402
from osy_daemon import Daemon  # noqa: E402

SIZES = ((1280, 800), (1920, 1080), (800, 1280))


def take(page, folder, name):
    time.sleep(1.2)  # the sound's state and the clock are written once a second
    page.picture(os.path.join(folder, f"kitchen-page-{name}.png"))
    if page.faults:
        raise SystemExit(f"{name}: {page.faults}")


def scene(browser, url, size, language, tickets, more=""):
    page = browser.page(*size, [made_up.script(tickets, more=f"localStorage.setItem('osy.language', '{language}');{more}")])
    page.open(url)
    page.wait("document.querySelector('#grid .card') || document.body.classList.contains('empty')")
    page.tap("#arm")
    page.wait("document.getElementById('arm').hidden")
    return page


COURIER = {"order_number": 47, "status": "ASSIGNED", "eta_at": "2026-11-21T03:45:00Z", "name": "정하늘",
           "phone": "050712345678", "address": "서울 용산구 한강대로 12길 5, 101동 1203호 (04376)",
           "note": "문 앞에 두고 벨 눌러 주세요", "items": [{"name": "떡볶이", "quantity": 2}, {"name": "순대", "quantity": 1}],
           "total_amount": 24500, "collect": True}
DONE = {"order_number": 47, "status": "DELIVERED", "delivered_at": "2026-11-21T03:41:00Z"}
COURIERS = {"fetch": (200, COURIER), "bring": (200, dict(COURIER, status="PICKED_UP", collect=False)), "done": (200, DONE),
            "over": (401, {}), "fail": (200, dict(COURIER, status="PICKED_UP"))}


def courier(browser, url, folder, language, name, dark=False):
    """One state of the courier's page, which hears an answer that is made up."""
    status, body = COURIERS[name]
    script = (f"Object.defineProperty(navigator, 'language', {{ get: () => '{language}' }});"
              f"window.fetch = async () => new Response({json.dumps(json.dumps(body))}, {{ status: {status} }});")
    page = browser.page(390, 844, [script])
    if dark:
        page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    page.open(url + "#token")
    page.wait("document.getElementById('number').textContent || document.getElementById('fault').textContent")
    if name == "fail":
        page.tap("#ask-fail")
    page.picture(os.path.join(folder, f"courier-{name}-{language}{'-dark' if dark else ''}.png"))
    if page.faults:
        raise SystemExit(f"{name}: {page.faults}")
    page.close()


def main():
    build, folder, kept = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    with Daemon(build) as daemon, Browser() as browser:
        daemon.setup()
        daemon.start()
        url = f"http://127.0.0.1:{daemon.port}/kitchen"
        for language in ("ko", "en"):
            for name in COURIERS:
                courier(browser, url.replace("/kitchen", "/courier"), folder, language, name)
            courier(browser, url.replace("/kitchen", "/courier"), folder, language, "fetch", dark=True)
            for size in SIZES:
                page = scene(browser, url, size, language, made_up.lunch())
                take(page, folder, f"{size[0]}-{language}")
                page.close()
            page = scene(browser, url, SIZES[0], language, made_up.lunch(), "setTimeout(() => { window.fake.say = () => {}; }, 1500)")
            page.wait("document.body.classList.contains('lost')", 20)
            take(page, folder, f"lost-{language}")
            page.close()
            page = scene(browser, url, SIZES[0], language, made_up.lunch())
            page.key("KeyH")
            page.wait("document.querySelectorAll('dialog .past').length > 0")
            take(page, folder, f"past-{language}")
            page.key("Escape")
            page.tap("#settings")
            take(page, folder, f"settings-{language}")
            page.close()
            page = scene(browser, url, SIZES[0], language, [])
            take(page, folder, f"empty-{language}")
            page.close()
    shutil.copy(os.path.join(folder, "kitchen-page-1280-ko.png"), os.path.join(kept, "kitchen-page.png"))


if __name__ == "__main__":
    main()
