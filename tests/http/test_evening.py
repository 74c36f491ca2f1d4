#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""One evening of a full house: 40 tables, 150 rounds and all that guests think of, while printers die, a
kitchen screen loses its network, the business day turns and the daemon is killed. In the end food was cooked
exactly once, every slip is on paper once or marked, and money is right to the won.

OSY_SEED=n plays that evening again."""

import asyncio
import collections
import datetime
import http.client
import json
import os
import random
import re
import sys
import threading
import time
import uuid
import zoneinfo

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_check_model import total  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from osy_printer import Printer, wait_for  # noqa: E402
from tap import case, equal, run  # noqa: E402

import websockets  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
TABLES, CHECKS, KITCHEN = "/restaurants/me/tables", "/restaurants/me/checks", "/restaurants/me/kitchen"
JOBS = "/restaurants/me/print-jobs?limit=200"
SEED = int(os.environ.get("OSY_SEED", random.randrange(1 << 30)))
HOT, COLD = "화구", "찬음식"
N_TABLES, N_ROUNDS = 40, 150
ZONE = zoneinfo.ZoneInfo("Asia/Seoul")
AHEAD = 10  # seconds that the day goes on for, at least, when the first round is placed


# ---- the kitchen's screen ----


class Screen(threading.Thread):
    """Follows the feed with the token of a device; knows of the kitchen what it was told, and no more."""

    def __init__(self, daemon):
        super().__init__(daemon=True)
        self.daemon_under_test = daemon
        made = daemon.call("POST", "/restaurants/me/devices", {"name": "주방 화면", "role": "KITCHEN"})
        self.device = daemon.call("POST", "/auth/pair", {"pairing_code": made["pairing_code"]},
                                  anonymous=True)["device_token"]
        self.tickets, self.epoch, self.seq = {}, None, 0
        self.fault, self.away, self.resumed = None, None, 0
        self.network, self.stopping = threading.Event(), threading.Event()
        self.connected = threading.Event()
        self.network.set()

    def headers(self):
        answer = self.daemon_under_test.call("POST", "/auth/device-token", {"device_token": self.device}, anonymous=True)
        return {"Authorization": f"Bearer {answer['access_token']}"}

    def take(self, message):
        if message["type"] != "event":
            return
        event = message["event"]
        assert message["epoch"] == self.epoch, "the feed changed its epoch"
        assert event["seq"] == self.seq + 1, f"event {event['seq']} follows {self.seq}"
        self.seq = event["seq"]
        if event["type"] == "kitchen.ticket":
            ticket = event["ticket"]
            self.tickets[ticket["id"]] = ticket
        if "order" in event:
            for ticket in self.tickets.values():
                if ticket["order_id"] == event["order"]["id"]:
                    ticket["order_status"] = event["order"]["status"]

    async def follow(self):
        address = f"ws://127.0.0.1:{self.daemon_under_test.port}/ws/restaurants/me/feed"
        headers = await asyncio.get_running_loop().run_in_executor(None, self.headers)
        socket = await websockets.connect(address, extra_headers=headers)
        try:
            hello = json.loads(await asyncio.wait_for(socket.recv(), 10))
            self.epoch = self.epoch or hello["epoch"]
            await socket.send(json.dumps({"type": "resume", "epoch": self.epoch, "seq": self.seq}))
            self.resumed += 1
            self.connected.set()
            while self.network.is_set() and not self.stopping.is_set():
                try:
                    self.take(json.loads(await asyncio.wait_for(socket.recv(), 0.1)))
                except asyncio.TimeoutError:
                    pass
        finally:
            self.connected.clear()
            socket.transport.abort()  # a cable that is pulled says no goodbye

    def run(self):
        while not self.stopping.is_set():
            if not self.network.wait(0.1):
                continue
            try:
                asyncio.run(self.follow())
            except AssertionError as fault:
                self.fault = fault
                return
            except (OSError, Refused, EOFError, asyncio.TimeoutError, http.client.HTTPException,
                    websockets.exceptions.WebSocketException) as fault:
                self.away = fault
                time.sleep(0.1)  # the daemon is away; it is asked again

    def caught_up(self):
        if self.fault:
            raise self.fault
        head = self.daemon_under_test.call("GET", f"/restaurants/me/feed?after={self.seq}&limit=1")["head"]
        return self.seq == head


# ---- paper ----


def read_slip(text):
    """What a slip tells, without marks and without what the clock says."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if "계산서" in lines:
        sold = [re.fullmatch(r"(.+?) +(\d+) × ([\d,]+) +([\d,]+)", line) for line in lines]
        due = next(m for m in (re.fullmatch(r"합계 +([\d,]+)", line) for line in lines) if m)
        return ("bill", tuple(sorted((m[1], int(m[2])) for m in sold if m)), int(due[1].replace(",", "")))
    number = next(int(m[1]) for m in (re.match(r"(\d+)번\b", line) for line in lines) if m)
    table = next(m[1] for m in (re.fullmatch(r"테이블 (\d+)", line) for line in lines) if m)
    rules = [i for i, line in enumerate(lines) if set(line) <= set("-─━_=")]
    body = lines[rules[0] + 1:rules[-1]]
    rows = tuple(sorted((m[1], int(m[2])) for m in (re.fullmatch(r"(.+?) {2,}(\d+)", line) for line in body) if m))
    if "바뀌었어요" in lines:
        moved = next((m[1] for m in (re.fullmatch(r"자리 이동 (\S+)", line) for line in lines) if m), None)
        return ("moved", number, table, moved) if moved else \
            ("void" if "취소" in lines else "added", number, table, rows)
    fired = next((int(m[1]) for m in (re.fullmatch(r"코스 (\d) 시작", line) for line in lines) if m), None)
    if fired:
        return ("fired", number, table, fired, rows)
    note = next(m[1] for m in (re.fullmatch(r"※ (\S+)", line) for line in lines) if m)
    return ("sent", number, table, note, rows)


# ---- what should be; it knows of no database and of no daemon ----


class Round:
    def __init__(self, order, note, courses, station):
        self.id, self.number, self.note = order["id"], order["number"], note
        self.day, self.at, self.check = order["business_day"], order["created_at"], order["check_id"]
        self.held = 2 in courses.values()
        self.lines = {}
        for line in order["items"]:
            name = line["name"]
            self.lines[line["line_id"]] = {
                "line_id": line["line_id"], "item": line["menu_item_id"], "name": name, "quantity": line["quantity"],
                "unit_price": line["unit_price"], "course": courses[line["menu_item_id"]],
                "station": station[line["menu_item_id"]], "made": 0, "voided": 0}
        self.open = {line["station"] for line in self.lines.values()}

    def rows(self, station, course=None):
        return tuple(sorted((l["name"], l["quantity"] - l["voided"]) for l in self.lines.values()
                            if l["station"] == station and course in (None, l["course"])
                            and l["quantity"] > l["voided"]))


class Party:
    def __init__(self, table):
        self.table, self.guest, self.check = table, None, None  # guest: the party merged into this one

    def parties(self):
        return [self, self.guest] if self.guest else [self]


class Evening:
    def __init__(self, daemon, kitchen, receipt):
        self.daemon, self.kitchen, self.receipt = daemon, kitchen, receipt
        self.random = random.Random(SEED)
        self.call = daemon.call
        self.parties, self.rounds, self.adjustments = {}, {}, {}
        self.paper = collections.Counter()
        self.done = collections.Counter()
        self.items, self.station = [], {}
        for category in daemon.menu()["categories"]:
            for item in category["items"]:
                self.station[item["id"]] = COLD if category["name"] == "음료" else HOT
                if not item["sold_out"] and all(group["min"] == 0 for group in item["option_groups"]):
                    self.items.append(item)
        self.draw()

    def draw(self):
        floor = str(uuid.uuid4())
        self.ids = {str(n + 1): str(uuid.uuid4()) for n in range(N_TABLES)}
        self.call("POST", "/restaurants/me/floor/changes", {"changes": [
            {"op": "PUT", "type": "floor", "id": floor, "name": "1층", "width": 1280, "height": 720},
            *({"op": "PUT", "type": "piece", "id": self.ids[n], "floor_id": floor, "kind": "TABLE", "number": n,
               "x": 80 * (i % 10), "y": 80 * (i // 10), "width": 64, "height": 64} for i, n in enumerate(self.ids))]})
        hot, cold = str(uuid.uuid4()), str(uuid.uuid4())
        drinks = next(c["id"] for c in self.daemon.menu()["categories"] if c["name"] == "음료")
        self.call("PUT", f"{KITCHEN}/setup", {
            "version": self.call("GET", f"{KITCHEN}/setup")["version"], "default_station_id": hot,
            "stations": [{"id": hot, "name": HOT}, {"id": cold, "name": COLD}],
            "routes": [{"kind": "CATEGORY", "target_id": drinks, "station_id": cold}]})
        self.stations = {hot: HOT, cold: COLD}

    # ---- what the model knows ----

    def of(self, *checks):
        return [r for r in self.rounds.values() if r.check in checks]

    def lines(self, check):
        return [line for r in self.of(check) for line in r.lines.values()]

    def total(self, check):
        return total(self.lines(check), self.adjustments.get(check, []))

    def due(self, party):
        return sum(self.total(p.check) for p in party.parties() if p.check)

    def pick(self, wanted=lambda party: True):
        found = [p for p in self.parties.values() if wanted(p)]
        return self.random.choice(found) if found else None

    def shown(self, r):
        """The number of the table that the kitchen sends this round to."""
        return next(n for n, p in self.parties.items() if r.check in [x.check for x in p.parties()])

    # ---- asking ----

    def act(self, number, what, body=None):
        self.done[what] += 1
        return self.call("POST", f"{TABLES}/{self.ids[number]}/{what}", body)

    def tickets(self, r=None, state="open"):
        board = self.call("GET", f"{KITCHEN}/tickets?state={state}")["tickets"]
        return {self.stations[t["station_id"]]: t for t in board if r is None or t["order_id"] == r.id}

    # ---- guests ----

    def seat(self):
        free = [n for n in self.ids if not any(n in (x.table for x in p.parties()) for p in self.parties.values())]
        if free:
            number = self.random.choice(free)
            self.act(number, "seat", {"guest_count": self.random.randint(1, 6)})
            self.parties[number] = Party(number)

    def new_round(self, party):
        """The body of a round of up to three dishes, some of them for later."""
        chosen = self.random.sample(self.items, self.random.randint(1, 3))
        courses = {item["id"]: 2 if self.random.random() < 0.2 else 1 for item in chosen}
        if 1 not in courses.values():
            courses[chosen[0]["id"]] = 1
        note = f"손님{len(self.rounds) + 1:03}"
        lines = [{"menu_item_id": item["id"], "quantity": self.random.randint(1, 4), "course": courses[item["id"]],
                  "seat": self.random.randint(1, 4)} for item in chosen]
        return courses, note, self.daemon.order_body(lines, type="DINE_IN", table_id=self.ids[party.table], note=note,
                                                     accept={"ready_in_minutes": 10})

    def placed(self, party, order, courses, note):
        assert party.check in (None, order["check_id"]), "a round came on another check"
        party.check = order["check_id"]
        r = self.rounds[order["id"]] = Round(order, note, courses, self.station)
        wait_for("the tickets of a round", lambda: set(self.tickets(r)) == r.open)
        for station in r.open:
            self.paper["sent", r.number, party.table, note, r.rows(station)] += 1

    def round(self, party=None):
        party = party or self.pick()
        courses, note, body = self.new_round(party)
        self.placed(party, self.daemon.place(body), courses, note)

    def adjust(self, check, **body):
        self.done[body["kind"]] += 1
        self.call("POST", f"{CHECKS}/{check}/adjustments", {"reason": "손님 요청", **body}, key=str(uuid.uuid4()))

    def void(self):
        """What is not made yet is not cooked, and the kitchen's paper says so."""
        party = self.pick(lambda p: p.check and p.guest is None and self.due(p) > 20000)
        if party is None:
            return
        r = self.random.choice(self.of(party.check))
        line = self.random.choice(list(r.lines.values()))
        off = sum(a.get("quantity", 0) for a in self.adjustments.get(party.check, []) if a.get("line_id") == line["line_id"])
        if off >= line["quantity"]:
            return
        self.adjust(party.check, kind="VOID", line_id=line["line_id"], quantity=1)
        self.adjustments.setdefault(party.check, []).append({"line_id": line["line_id"], "quantity": 1})
        if line["made"] + line["voided"] < line["quantity"]:
            line["voided"] += 1
            self.paper["void", r.number, party.table, ((line["name"], 1),)] += 1
            wait_for("the void on the ticket", lambda: any(
                row["quantity_voided"] == line["voided"] for row in self.tickets(r)[line["station"]]["lines"]
                if row["line_id"] == line["line_id"]))

    def discount(self):
        party = self.pick(lambda p: p.check and p.guest is None and self.due(p) > 20000
                          and not any("line_id" not in a for a in self.adjustments.get(p.check, [])))
        if party is None:
            return
        what = self.random.choice([("percent", "percent", 10), ("won", "amount", 700)])
        self.adjust(party.check, kind="DISCOUNT", **{what[1]: what[2]})
        self.adjustments.setdefault(party.check, []).append({what[0]: what[2]})

    # ---- tables ----

    def tell_moved(self, rounds, came, goes):
        for r in rounds:
            self.paper["moved", r.number, goes, f"{came}→{goes}"] += len(r.open)

    def free(self):
        taken = {x.table for p in self.parties.values() for x in p.parties()}
        return self.random.choice([n for n in self.ids if n not in taken] or [None])

    def move(self):
        party, goes = self.pick(lambda p: p.guest is None), self.free()
        if party is None or goes is None:
            return
        came, rounds = party.table, self.of(party.check)
        done = self.act(came, "move", {"to_table_id": self.ids[goes]})
        self.tell_moved(rounds, came, goes)
        if self.random.random() < 0.3:
            self.call("POST", f"{TABLES}/acts/{done['act_id']}/undo")
            self.tell_moved(rounds, goes, came)
            self.done["undo"] += 1
            return
        party.table = goes
        self.parties[goes] = self.parties.pop(came)

    def merge(self):
        alone = lambda p: p.guest is None and p.check  # noqa: E731
        one = self.pick(alone)
        into = self.pick(lambda p: alone(p) and p is not one)
        if one is None or into is None:
            return
        self.act(one.table, "merge", {"into_table_id": self.ids[into.table]})
        self.tell_moved(self.of(one.check), one.table, into.table)
        into.guest = self.parties.pop(one.table)

    def unmerge(self):
        party = self.pick(lambda p: p.guest)
        if party is None:
            return
        guest, party.guest = party.guest, None
        self.act(guest.table, "unmerge")
        self.tell_moved(self.of(guest.check), party.table, guest.table)
        self.parties[guest.table] = guest

    def transfer(self):
        """A whole round goes to other people; what is taken off its lines goes along."""
        one = self.pick(lambda p: p.guest is None and p.check and len(self.of(p.check)) > 1
                        and not any("line_id" not in a for a in self.adjustments.get(p.check, [])))
        other = self.pick(lambda p: p.guest is None and p.check and p is not one)
        if one is None or other is None:
            return
        r = self.random.choice(self.of(one.check))
        self.act(one.table, "transfer", {"order_ids": [r.id], "to_table_id": self.ids[other.table]})
        self.tell_moved([r], one.table, other.table)
        r.check = other.check
        mine = [a for a in self.adjustments.get(one.check, []) if a.get("line_id") in r.lines]
        self.adjustments[one.check] = [a for a in self.adjustments.get(one.check, []) if a not in mine]
        self.adjustments.setdefault(other.check, []).extend(mine)

    def split(self):
        party = self.pick(lambda p: p.check)
        if party is None:
            return
        self.done["split"] += 1
        parts = [{"kind": "EQUAL"}] * self.random.randint(2, 4) + [{"kind": "SEAT", "seat": 2}]
        check = self.call("PUT", f"{CHECKS}/{party.check}/parts", {"parts": parts})
        equal(sum(p["amount"] for p in check["parts"]) + check["rest"], self.due(party), "a split")

    def leave(self):
        """The bill is asked for and printed; then the table is free."""
        party = self.pick(lambda p: p.check)
        if party is None:
            return
        self.act(party.table, "request-bill", {"on": True})
        check = self.call("POST", f"{CHECKS}/{party.check}/print", {}, key=str(uuid.uuid4()))
        equal(check["totals"]["total"], self.due(party), "a bill")
        off = collections.Counter()
        for p in party.parties():
            for a in self.adjustments.get(p.check, []):
                off[a.get("line_id")] += a.get("quantity", 0)
        sold = [(l["name"], l["quantity"] - off[l["line_id"]]) for p in party.parties() for l in self.lines(p.check)]
        self.paper["bill", tuple(sorted(row for row in sold if row[1] > 0)), self.due(party)] += 1
        self.done["bill"] += 1
        self.cook(*self.of(*(p.check for p in party.parties())))
        self.act(party.table, "clear", {"leave_unpaid": True})
        del self.parties[party.table]

    # ---- the kitchen ----

    def fire(self, r):
        self.call("POST", f"{KITCHEN}/orders/{r.id}/fire", {"course": 2})
        r.held = False
        self.done["fire"] += 1
        for station in {l["station"] for l in r.lines.values() if l["course"] == 2} & r.open:
            self.paper["fired", r.number, self.shown(r), 2, r.rows(station, 2)] += 1

    def bump(self, r, station):
        ticket = self.tickets(r)[station]
        path = f"{KITCHEN}/tickets/{ticket['id']}"
        waiting = [l for l in r.lines.values() if l["station"] == station and l["made"] + l["voided"] < l["quantity"]]
        if waiting and self.random.random() < 0.3:
            self.call("POST", f"{KITCHEN}/lines/{waiting[0]['line_id']}/make", {"quantity": 1})
            self.done["make"] += 1
        # Not at once: a second tap of the same hand is passed over.
        wait_for("the bump", lambda: self.call("POST", path + "/bump")["state"] != "OPEN")
        self.done["bump"] += 1
        if self.random.random() < 0.15:
            try:
                self.call("POST", path + "/recall", {"restart_timer": False})
                self.done["recall"] += 1
                wait_for("the bump", lambda: self.call("POST", path + "/bump")["state"] != "OPEN")
            except Refused as refusal:  # its day is over, or nothing of it was made
                equal(refusal.code, "STATE_CONFLICT")
        for line in waiting:
            line["made"] = line["quantity"] - line["voided"]
        r.open.discard(station)

    def cook(self, *rounds):
        for r in rounds or [r for r in self.rounds.values() if r.open][:1]:
            if r.open and r.held:
                self.fire(r)
            for station in sorted(r.open):
                self.bump(r, station)

    # ---- the evening ----

    def play(self, rounds):
        """Until so many rounds are placed."""
        others = [self.void, self.void, self.discount, self.move, self.move, self.merge, self.merge, self.unmerge,
                  self.transfer, self.split, self.leave, self.cook, self.cook, self.cook]
        while len(self.rounds) < rounds:
            self.random.choice(others)()
            while len(self.parties) < 12 or (self.random.random() < 0.4 and len(self.parties) < 30):
                self.seat()
            self.round()

    def settled(self, job):
        return job["state"] in ("DONE", "DISMISSED")

    def jobs(self):
        found, cursor = [], None
        while True:
            page = self.call("GET", JOBS + (f"&cursor={cursor}" if cursor else ""))
            found += page["jobs"]
            cursor = page["next_cursor"]
            if cursor is None:
                return found


def turn_of_the_day(daemon):
    """Lets the business day end at the next full minute that is not too near; returns that instant."""
    turn = datetime.datetime.now(ZONE) + datetime.timedelta(seconds=AHEAD + 60)
    turn = turn.replace(second=0, microsecond=0)
    daemon.call("PATCH", "/restaurants/me", {"cutoff_minutes": turn.hour * 60 + turn.minute})
    return turn


def dies_in_the_middle(evening):
    """The kitchen's printer goes off with half a slip in it."""
    evening.kitchen.do("die 200")
    evening.round()
    while evening.kitchen.events.get(timeout=60)["event"] != "died":
        pass
    evening.kitchen.do("alive")


def away_for_a_while(evening):
    """It is off for some rounds; the other stands in, and says so."""
    evening.kitchen.do("off")
    evening.play(len(evening.rounds) + 6)
    wait_for("the other printer stands in", lambda: any("대신 출력" in text for text in evening.receipt.texts()))
    evening.kitchen.do("alive")


def killed(evening):
    """SIGKILL while a round is being placed and slips are under way; it is placed once."""
    evening.kitchen.do("slow 500")
    evening.round()
    party = evening.pick()
    courses, note, body = evening.new_round(party)
    key, daemon = str(uuid.uuid4()), evening.daemon
    wait_for("a slip under way", lambda: any(j["state"] == "PRINTING" for j in evening.jobs()))

    def send():
        try:
            daemon.place(body, key=key)
        except (OSError, Refused, ValueError, http.client.HTTPException):
            pass  # asked again by its key

    sender = threading.Thread(target=send)
    sender.start()
    daemon.kill()
    sender.join()
    evening.kitchen.do("slow 0")
    daemon.start()
    daemon.login()
    evening.placed(party, daemon.place(body, key=key), courses, note)


@case
def an_evening(daemon):
    """All that happens in one evening, and what is left of it."""
    print(f"# OSY_SEED={SEED}", flush=True)
    sim = daemon.program("ordersync-sim")
    with Printer(sim) as kitchen, Printer(sim) as receipt:
        def add(name, printer, **more):
            return daemon.call("POST", "/restaurants/me/printers", {"name": name, "transport": "TCP", "mode": "TEXT",
                                                                    "address": printer.address, **more})

        counter = add("계산대", receipt, purposes=["BILL", "RECEIPT"])
        add("주방", kitchen, purposes=["KITCHEN"], backup_id=counter["id"])
        screen = Screen(daemon)
        screen.start()
        evening = Evening(daemon, kitchen, receipt)
        daemon.evening, daemon.screen = evening, screen
        daemon.turn = turn_of_the_day(daemon)
        evening.play(20)
        dies_in_the_middle(evening)
        evening.play(60)
        wait_for("the day's turn", lambda: datetime.datetime.now(ZONE) > daemon.turn, 120)
        evening.play(70)
        screen.network.clear()
        wait_for("the screen alone", lambda: not screen.connected.is_set())
        evening.play(90)
        screen.network.set()
        evening.play(100)
        away_for_a_while(evening)
        evening.play(125)
        killed(evening)
        evening.play(N_ROUNDS)
        evening.cook(*evening.rounds.values())
        while evening.pick(lambda party: party.check):
            evening.leave()
        for number in list(evening.parties):
            evening.act(number, "clear", {})
        equal({t["state"] for t in daemon.call("GET", TABLES)["tables"]}, {"FREE"})
        wait_for("all slips on paper", lambda: all(evening.settled(j) for j in evening.jobs()), 120)
        wait_for("quiet", lambda: int(daemon.sql("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM inbox "
                                                 "WHERE done_at IS NULL)").split()[2]) == 0)
        wait_for("the screen's last event", screen.caught_up)
        for printer in (kitchen, receipt):
            equal((printer.do("status")["whole"], printer.faults), (True, []))
    print(f"# {len(evening.rounds)} rounds, {dict(evening.done)}", flush=True)
    equal(len(evening.rounds), N_ROUNDS)
    missing = {"seat", "VOID", "DISCOUNT", "move", "undo", "merge", "unmerge", "transfer", "split", "bill", "clear",
               "fire", "make", "recall"} - set(evening.done)
    equal(missing, set(), "what did not happen this evening")


@case
def cooked_once(daemon):
    """The kitchen was sent what was ordered; every ticket was sent away; what was not made was voided."""
    evening = daemon.evening
    ordered, made = collections.Counter(), collections.Counter()
    for r in evening.rounds.values():
        for line in r.lines.values():
            ordered[line["item"]] += line["quantity"]
            made[line["item"]] += line["made"]
    rows = daemon.sql("SELECT menu_item_id || ' ' || sum(quantity_sent) || ' ' || sum(quantity_made) || ' ' || "
                      "sum(quantity_waiting) FROM kitchen_line GROUP BY menu_item_id").splitlines()
    rows = [row.split() for row in rows if len(row.split()) == 4]
    equal({row[0]: int(row[1]) for row in rows}, dict(ordered), "sent")
    equal({row[0]: int(row[2]) for row in rows}, dict(made), "made")
    equal({row[3] for row in rows}, {"0"}, "waiting")
    equal(daemon.call("GET", f"{KITCHEN}/tickets?state=open")["tickets"], [])


@case
def the_screen(daemon):
    """Without gap or repeat it knows what REST tells."""
    screen, told = daemon.screen, daemon.call("GET", f"{KITCHEN}/tickets?state=all")["tickets"]
    assert screen.resumed >= 3, f"the screen came {screen.resumed} times"
    assert len(told) > 50, f"REST tells of {len(told)} tickets"
    for ticket in told:
        equal(screen.tickets.get(ticket["id"]), ticket)
    open_ones = [t["id"] for t in screen.tickets.values() if t["state"] == "OPEN"]
    equal(open_ones, [], "open on the screen alone")
    screen.stopping.set()
    screen.join()


@case
def two_days(daemon):
    """Every round is of the day in which it was placed; each day counts from 1."""
    cutoff, numbers = daemon.turn - daemon.turn.replace(hour=0, minute=0), collections.defaultdict(list)
    for r in daemon.evening.rounds.values():
        at = datetime.datetime.fromisoformat(r.at.replace("Z", "+00:00")).astimezone(ZONE)
        equal(r.day, (at - cutoff).date().isoformat(), f"the day of {at}")
        numbers[r.day].append(r.number)
    equal(len(numbers), 2)
    for day, given in numbers.items():
        equal(given, list(range(1, len(given) + 1)), f"numbers of {day}")
        print(f"# {day}: {len(given)} rounds")


@case
def money(daemon):
    """Every check comes to what its rounds and adjustments say."""
    evening = daemon.evening
    for check in {r.check for r in evening.rounds.values()}:
        seen = daemon.call("GET", f"{CHECKS}/{check}")
        if not seen["merged"]:
            equal(seen["totals"]["total"], evening.total(check))
        equal(seen["totals"]["owed"], seen["totals"]["total"])
    amounts = daemon.sql("SELECT sum(total_amount) FROM guest_check").split()[2]
    equal(int(amounts), sum(evening.total(check) for check in {r.check for r in evening.rounds.values()}))


@case
def paper(daemon):
    """Every slip is on paper once; what may be there twice is marked; nothing else is."""
    evening = daemon.evening
    plain, marked = collections.Counter(), collections.Counter()
    for text in evening.kitchen.texts() + evening.receipt.texts():
        (marked if "(재출력)" in text else plain)[read_slip(text)] += 1
    wanted = evening.paper
    equal([s for s in plain | marked if s not in wanted], [], "slips of nothing")
    equal([s for s in wanted if plain[s] + marked[s] < wanted[s]], [], "lost")
    equal([(s, plain[s]) for s in plain if plain[s] > wanted[s]], [], "twice without a mark")
    jobs = evening.jobs()
    equal(len(jobs), sum(wanted.values()), "slips queued")
    equal(collections.Counter(j["subject_id"] for j in jobs if j["purpose"] == "BILL").most_common(1)[0][1], 1)
    print(f"# {sum(plain.values())} plain, {sum(marked.values())} marked of {len(jobs)} slips; "
          f"{sum('대신 출력' in t for t in evening.receipt.texts())} by the other printer")
    assert 1 <= sum(marked.values()) <= 4, "marked are those that a death left in doubt"


@case
def everything_holds(daemon):
    """After all this every invariant holds."""
    daemon.ctl("check")


def main():
    with Daemon(sys.argv[1], extra=("--limit-staff=1000000", "--limit-heavy=1000000")) as daemon:
        daemon.setup(MENU)
        daemon.start()
        daemon.login()
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
