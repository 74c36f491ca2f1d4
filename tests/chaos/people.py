# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Guests, cooks, the counter and the refund desk: each goes on whatever dies, and never gives up on a key."""

import threading
import time
import traceback
import uuid

from house import ME, OPEN, SETUP, Refused

ADDRESS = {"address": "서울 강남구 테헤란로 1길 10, 302호 (06234)"}
WHO = {"name": "홍길동", "phone": "010-1234-5678"}


class Person(threading.Thread):
    """Does its work again and again until it may stop; what it did not expect is a fault of the house."""

    def __init__(self, house, work, until):
        super().__init__(daemon=True)
        self.house, self.work, self.until = house, work, until

    def run(self):
        while not self.until.is_set():
            try:
                self.work(self.house)
            except Exception:
                self.house.fault(f"{self.work.__name__}: {traceback.format_exc().strip()}")
                return


def body_of(house, prepaid):
    item = house.items[0] if house.chance(15) else house.pick(house.items[1:12])
    lines = [{"menu_item_id": item["id"], "quantity": house.pick((1, 1, 2))}]
    if house.chance(40):
        lines.append({"menu_item_id": house.pick(house.items[1:12])["id"], "quantity": 1})
    more = {"type": "TAKEOUT"}
    if prepaid:
        more.update(channel="WEB", payment={"method": "TOSS"}, customer=WHO)
    if house.chance(45):
        more.update(type="DELIVERY", delivery=ADDRESS, customer=WHO)
        more.setdefault("channel", "PHONE")
    elif not prepaid and house.chance(50):
        more["type"] = "DINE_IN"
    if not prepaid and house.chance(50):
        more["accept"] = {"ready_in_minutes": 10}
    return house.daemon.order_body(lines, **more)


def place(house, prepaid):
    """An order that was acknowledged; None when it is sold out."""
    body, key = body_of(house, prepaid), str(uuid.uuid4())
    try:
        answer = house.insist(house.daemon.place, body, key=key, anonymous=prepaid)
    except Refused as refused:
        if refused.code != "SOLD_OUT":
            raise
        house.counts["sold out"] += 1
        return None
    house.note_order(key, body, answer, prepaid)
    return answer


def ask_payment(house, order, amount, method="TOSS", guest=True, **of):
    """The payment, or None when the order was closed meanwhile or is paid otherwise."""
    headers = {"X-Order-Token": order["tracking_token"]} if guest else None
    payment = house.attempt("POST", "/payments", {"method": method, "amount": amount, **of}, key=str(uuid.uuid4()),
                            headers=headers, anonymous=guest)
    if payment is not None:
        house.note_payment(payment, order["id"])
    return payment


def confirm(house, payment):
    """The guest agrees in the window, and the browser comes back, perhaps more than once."""
    back = house.toss.approve(payment["id"], payment["amount"])
    if house.chance(6):
        return  # and closes the browser
    body = {"payment_key": back["paymentKey"], "order_id": back["orderId"], "amount": back["amount"]}
    for _ in range(2 if house.chance(20) else 1):
        answer = house.attempt("POST", "/payments/confirm", body, anonymous=True)
        if answer is not None:
            house.note_payment(answer)


def guest(house):
    """Orders on the web and pays before it is made; some only look, some have it cancelled meanwhile."""
    order = place(house, prepaid=True)
    if order is None or house.chance(5):
        return
    payment = ask_payment(house, order, order["total_amount"], order_id=order["id"])
    if payment is None:
        return
    if house.chance(10):
        counter = threading.Thread(target=house.act, args=(order["id"], "cancel", {"reason": "손님 변심"}))
        counter.start()
        confirm(house, payment)
        counter.join()
    else:
        confirm(house, payment)


def counter(house):
    """Sells to who stands there: paid in one or two ways, now or never."""
    order = place(house, prepaid=False)
    if order is None:
        return
    if house.chance(8):
        house.act(order["id"], "cancel" if order["status"] != "PENDING" else "reject", {"reason": "손님 변심"})
        return
    left = order["total_amount"]
    if house.chance(30):
        ask_payment(house, order, 1000, "CASH", guest=False, check_id=order["check_id"], received=1000)
        left -= 1000
    method = house.pick(("CASH", "CARD_TERMINAL", "TOSS"))
    payment = ask_payment(house, order, left, method, guest=False, check_id=order["check_id"])
    if payment is not None and method == "TOSS":
        confirm(house, payment)


def deliver(house, order):
    """One step of its delivery, by an own rider or the agency's."""
    path = f"{ME}/orders/{order['id']}/delivery"
    delivery = house.attempt("GET", path, absent=True)
    if delivery is None or delivery["carrier"] == "AGENCY":
        return
    if delivery["status"] == "REQUESTED" and house.chance(60):
        house.attempt("POST", path, {"carrier": "AGENCY"})
        return
    verb = {"REQUESTED": "assign", "ASSIGNED": "pick-up", "PICKED_UP": "deliver"}.get(delivery["status"])
    if verb:
        house.attempt("POST", f"{ME}/deliveries/{delivery['id']}/{verb}", {"rider": "김라이더"} if verb == "assign" else {})
        house.counts["acts"] += 1


def bump(house, order):
    """The kitchen's screen: strikes a line, sends the ticket away, calls one back now and then."""
    board = house.ask("GET", f"{ME}/kitchen/tickets?order_id={order['id']}")
    for ticket in board["tickets"]:
        house.attempt("POST", f"{ME}/kitchen/tickets/{ticket['id']}/shown")
        house.attempt("POST", f"{ME}/kitchen/lines/{ticket['lines'][0]['line_id']}/make")
        if house.attempt("POST", f"{ME}/kitchen/tickets/{ticket['id']}/bump") and house.chance(10):
            house.attempt("POST", f"{ME}/kitchen/tickets/{ticket['id']}/recall")
        house.counts["acts"] += 1


def step(house, order):
    """What staff do next with an order on the board."""
    status, order_id = order["status"], order["id"]
    if status == "PENDING":
        house.act(order_id, "accept", {"ready_in_minutes": 10}) if house.chance(92) else \
            house.act(order_id, "reject", {"reason": "재료 소진"})
    elif status in ("ACCEPTED", "PREPARING") and house.chance(3):
        house.act(order_id, "cancel", {"reason": "재료 소진"})
    elif status in ("ACCEPTED", "PREPARING") and house.chance(50):
        bump(house, order)
    elif status == "ACCEPTED" and house.chance(40):
        house.act(order_id, "start")
    elif status in ("ACCEPTED", "PREPARING"):
        house.act(order_id, "ready")
    elif order["type"] == "DELIVERY":
        deliver(house, order)
    else:
        house.act(order_id, "complete")


def cook(house):
    """Takes what stands on the board."""
    orders = house.ask("GET", f"{ME}/orders?status={OPEN}&limit=60")["orders"]
    for order in orders:
        if house.closing.is_set():
            return
        house.note_status(order)
        if house.chance(60):
            step(house, order)
    time.sleep(0.05)


def desk(house):
    """Gives money back in parts; the finger slips and presses twice."""
    paid = house.paid()
    if paid and house.chance(60):
        payment_id, key = house.pick(paid), str(uuid.uuid4())
        body = {"amount": house.pick((100, 500, 1300)), "reason": "품절"}
        for _ in range(2):
            if house.attempt("POST", f"/payments/{payment_id}/refunds", body, key=key) is not None:
                with house.lock:
                    house.refunds[key] = {"payment": payment_id, "amount": body["amount"]}
    time.sleep(0.15)


def manager(house):
    """Changes what hardly ever changes, and signs in anew."""
    act = house.pick(("shop", "payment", "delivery", "stock", "recipe", "sold-out", "available", "login"))
    if act == "shop":
        house.attempt("PATCH", ME, {"guest_orders": True})
    elif act in ("payment", "delivery"):
        house.attempt("PUT", f"{ME}/{act}-setup", SETUP if act == "payment" else {"mask_hours": 24})
    elif act == "stock":
        house.receive(1)
    elif act == "recipe":
        house.write_recipe()
    elif act == "login":
        house.sign_in()
    else:
        house.attempt("POST", f"{ME}/menu/items/{house.items[-1]['id']}/{act}")
    time.sleep(0.2)


def hire(house, guests=4, counters=2, cooks=2):
    """Everybody, at work."""
    crew = [Person(house, guest, house.stopping) for _ in range(guests)]
    crew += [Person(house, counter, house.stopping) for _ in range(counters)]
    crew += [Person(house, work, house.stopping) for work in (desk, manager)]
    staff = [Person(house, cook, house.closing) for _ in range(cooks)]
    for person in crew + staff:
        person.start()
    return crew, staff
