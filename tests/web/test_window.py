#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The simulated payment window in Chromium: both scripts, each button, and back to the shop's page."""

import http.server
import json
import os
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import tap  # noqa: E402
from osy_browser import Browser  # noqa: E402
from osy_toss import Toss, query_of  # noqa: E402
from tap import case, equal  # noqa: E402

COUNT = iter(range(1, 1 << 30))


class Shop:
    """A shop's page that loads the script and asks for a payment; its other pages are empty."""

    def __init__(self, toss):
        page = f'<!doctype html><title>shop</title><div id="methods"></div><script src="{toss.url}@PATH@"></script>'

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                path = {"/v1": "/v1", "/v2": "/v2/standard"}.get(self.path)
                body = page.replace("@PATH@", path).encode() if path else b"<!doctype html><title>back</title>"
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wish(self, **more):
        order = f"window-{next(COUNT):06}"
        return order, {"orderId": order, "orderName": "김치볶음밥 외 1건", "successUrl": f"{self.url}/paid?shop=1",
                       "failUrl": f"{self.url}/failed", **more}


def ask(page, script):
    """Calls for the window, which never answers, and waits until it shows."""
    page.run(f"void ({script}).catch((error) => {{ window.refusal = error.code; }})")
    page.wait("document.querySelector('button')", what="the window")


def press(page, button, shop):
    """Where the button leads."""
    page.tap(f"button[formaction$={button}]")
    page.wait(f"location.href.startsWith({json.dumps(shop.url)}) && document.readyState === 'complete'",
              what="the way back")
    return page.run("location.href")


@case
def version_two(toss, shop, page):
    """payment().requestPayment() opens the window; 승인 comes back with what is then confirmed"""
    page.open(shop.url + "/v2")
    order, wish = shop.wish(method="CARD", amount={"currency": "KRW", "value": 12000},
                            card={"useEscrow": False, "flowMode": "DEFAULT"})
    ask(page, f"TossPayments('test_ck_web').payment({{customerKey: TossPayments.ANONYMOUS}})"
              f".requestPayment({json.dumps(wish)})")
    assert "12,000원" in page.run("document.body.textContent")
    assert page.run("[...document.querySelectorAll('button')].every((b) => b.offsetHeight >= 48)"), "small buttons"
    back = query_of(press(page, "approve", shop))
    equal((back["shop"], back["orderId"], back["amount"], back["paymentType"]), ("1", order, "12000", "NORMAL"))
    status, payment = toss.confirm({**back, "amount": int(back["amount"])})
    equal((status, payment["status"]), (200, "DONE"))


@case
def buttons(toss, shop, page):
    """취소, 카드 거절 and 시간초과 come back with the codes of the real one"""
    for button, code in (("cancel", "PAY_PROCESS_CANCELED"), ("reject", "REJECT_CARD_COMPANY"),
                         ("expire", "PAY_PROCESS_ABORTED")):
        page.open(shop.url + "/v1")
        _, wish = shop.wish(amount=5000)
        ask(page, f"TossPayments('test_ck_web').requestPayment('카드', {json.dumps(wish)})")
        url = press(page, button, shop)
        assert url.startswith(shop.url + "/failed?"), url
        equal(query_of(url)["code"], code)


@case
def widget(toss, shop, page):
    """The widget wants its amount first, draws itself, and is paid by a widget's key"""
    page.open(shop.url + "/v2")
    page.run("void (window.w = TossPayments('test_gck_web').widgets({customerKey: 'guest-1'}))")
    equal(page.run("w.renderPaymentMethods({selector: '#methods'}).catch((error) => error.code)"), "NOT_SETUP_AMOUNT")
    page.run("w.setAmount({currency: 'KRW', value: 7000})")
    page.run("w.renderPaymentMethods({selector: '#methods', variantKey: 'DEFAULT'}).then(() => true)")
    assert "카드" in page.run("document.querySelector('#methods').textContent")
    _, wish = shop.wish()
    ask(page, f"w.requestPayment({json.dumps(wish)})")
    back = query_of(press(page, "approve", shop))
    equal(toss.confirm({**back, "amount": 7000}, secret="test_gsk_web")[0], 200)


@case
def refusals(toss, shop, page):
    """What the real script refuses is refused on the page already"""
    page.open(shop.url + "/v2")
    for script, code in (("TossPayments('test_sk_web')", "INVALID_CLIENT_KEY"),
                         ("TossPayments('test_ck_web').payment({})", "INVALID_CUSTOMER_KEY"),
                         ("TossPayments('test_ck_web').payment({customerKey: 'ab'}).requestPayment({method: 'CARD',"
                          " amount: 1000})", "INVALID_AMOUNT")):
        equal(page.run(f"(async () => {{ try {{ await {script}; }} catch (error) {{ return error.code; }} }})()"), code)
    equal(toss.state()["violations"], [])
    equal(page.faults, [])


def main():
    with Toss(os.path.join(sys.argv[1], "src", "sim", "ordersync-sim")) as toss, Browser() as browser:
        shop = Shop(toss)
        failed = tap.run(toss, shop, browser.page(420, 800))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
