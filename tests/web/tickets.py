# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Made-up tickets of a kitchen, as the API shows them."""

import json
import os
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))


def moment(minutes):
    """RFC 3339 so many minutes from now."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + minutes * 60))


def line(name, quantity=1, **more):
    made = {"line_id": str(uuid.uuid4()), "menu_item_id": str(uuid.uuid4()), "name": name, "options": [], "allergens": [],
            "course": 1, "quantity_sent": quantity, "quantity_waiting": quantity, "quantity_made": 0, "quantity_voided": 0,
            "prep_minutes": 15, "changes": []}
    made["options"] = [{"name": option, "quantity": 1} for option in more.pop("options", [])]
    made.update(more)
    return made


def done(name, quantity=1, **more):
    return line(name, quantity, quantity_waiting=0, quantity_made=quantity, **more)


def change(kind, quantity=1, **more):
    return {"id": str(uuid.uuid4()), "kind": kind, "quantity": quantity, "at": moment(0), **more}


def voided(name, quantity=1):
    return line(name, quantity, quantity_waiting=0, quantity_voided=quantity, changes=[change("VOIDED", quantity)])


def ticket(number, place, age, promise, *lines, **more):
    """@place: a table's number or an order type; sent @age minutes ago, promised after @promise."""
    at_table = place not in ("TAKEOUT", "DELIVERY")
    made = {"id": str(uuid.uuid4()), "order_id": str(uuid.uuid4()), "order_number": number, "channel": "COUNTER",
            "order_type": "DINE_IN" if at_table else place, "order_status": "PREPARING", "moved_from": [],
            "station_id": "11111111-0000-4000-8000-000000000001", "stage": "PREP", "state": "OPEN", "priority": False,
            "practice": False, "sent_at": moment(-age), "timer_from": moment(-age), "promised_at": moment(promise - age),
            "recalled": 0, "changes": [], "courses": [{"course": 1, "state": "FIRED", "fired_at": moment(-age)}], "lines": list(lines), "version": 1}
    if at_table:
        made["table"] = {"id": str(uuid.uuid4()), "number": place}
    made.update(more)
    return made


STATIONS = [{"id": f"11111111-0000-4000-8000-00000000000{n}", "name": name, "open": 0, "late": 0}
            for n, name in enumerate(("면·국물", "튀김", "김밥"), 1)]


def lunch():
    """The tickets of mockups/kitchen.png, and what it does not show: courses, a long ticket, a move."""
    noodles, fried, rolls = (station["id"] for station in STATIONS)
    long = [line(name, n % 3 + 1, options=["곱빼기"] if n % 2 else []) for n, name in enumerate(
        ("김치찌개", "된장찌개", "순두부찌개", "비빔밥", "제육덮밥", "라면", "떡만두국", "잔치국수", "김치볶음밥"))]
    courses = [{"course": 1, "state": "FIRED", "fired_at": moment(-3)}, {"course": 2, "state": "HELD"}]
    return [
        ticket(45, "3", 22.3, 20, done("돈까스"), line("김치찌개", options=["고기 많이"])),
        ticket(47, "DELIVERY", 11.2, 15, line("떡볶이", 2, options=["보통맛"]), line("순대", 2, note="간 빼 주세요"), station_id=fried),
        ticket(48, "5", 10.4, 14, line("비빔밥", 2, options=["고추장 따로", "반숙"]), line("된장찌개", note="덜 짜게"), voided("김치전")),
        ticket(49, "TAKEOUT", 8.1, 20, line("김밥", 4, options=["단무지 빼고"]), done("어묵탕"), station_id=rolls),
        ticket(50, "1", 6.8, 20, line("라면", 2, options=["계란 1", "꼬들"]), line("김밥"), guest_count=2),
        ticket(51, "DELIVERY", 5.5, 20, line("순두부찌개", allergens=["새우"]), line("공깃밥"), priority=True),
        ticket(52, "7", 4.2, 20, line("잔치국수", 3, options=["1개 곱빼기"]), moved_from=["5"],
               changes=[change("MOVED", 0, text="5→7")]),
        ticket(53, "TAKEOUT", 3.4, 20, line("모둠튀김"), line("떡볶이", options=["매운맛"]), station_id=fried),
        ticket(54, "2", 2.1, 20, line("치즈돈까스"), line("공깃밥", 2, changes=[change("ADDED")]), station_id=fried),
        ticket(55, "11", 1.2, 20, line("김치볶음밥", 2, options=["계란 반숙"]), line("순대", course=2), courses=courses),
        ticket(56, "12", 0.5, 20, *long),
    ]


def script(tickets, stations=STATIONS, more=""):
    """What to put before the page so that it shows these tickets."""
    with open(os.path.join(HERE, "fake-kitchen.js"), encoding="utf-8") as file:
        return (f"{file.read()}\nwindow.fake.tickets = {json.dumps(tickets)};\nwindow.fake.stations = {json.dumps(stations)};\n"
                f"{more}")
