#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Slips on their way to printers that are off, slow, out of paper or dying: each is on paper once, or
marked, or shown as not printed; and nobody waits for a printer."""

import os
import subprocess
import sys
import tempfile
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused, free_port  # noqa: E402
from osy_printer import Printer, wait_for  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
PRINTERS, JOBS = "/restaurants/me/printers", "/restaurants/me/print-jobs"


class World:
    def __init__(self, daemon, folder):
        self.daemon, self.folder = daemon, folder
        daemon.contract = Contract()

    def printer(self, **more):
        return Printer(self.daemon.program("ordersync-sim"), **more)

    def add(self, name, address=None, **more):
        body = {"name": name, "transport": "TCP" if address else "NONE", "mode": "TEXT", **more}
        if address:
            body["address"] = address
        return self.daemon.call("POST", PRINTERS, body)

    def test(self, printer):
        return self.daemon.call("POST", f"{PRINTERS}/{printer['id']}/test")

    def job(self, job):
        jobs = self.daemon.call("GET", JOBS + "?limit=200")["jobs"]
        return next(j for j in jobs if j["id"] == job["id"])

    def wait(self, job, state, timeout=60):
        return wait_for(f"{state} of a slip", lambda: (j := self.job(job))["state"] == state and j, timeout)

    def health(self, part):
        parts = {one.pop("part"): one for one in self.daemon.call("GET", "/restaurants/me/health")["parts"]}
        return parts[part]

    def state(self, printer):
        printers = self.daemon.call("GET", PRINTERS)["printers"]
        return next(p["state"] for p in printers if p["id"] == printer["id"])


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


@case
def of_a_computer(world):
    """A console takes the slip of its computer's printer once, and what it tells holds."""
    call = world.daemon.call
    desk = world.add("사무실", "HP_LaserJet", transport="SYSTEM")
    claim, outcome = f"{PRINTERS}/{desk['id']}/claim", JOBS + "/{}/outcome"
    equal(call("POST", claim), {"job": None, "slip": None})
    first = world.test(desk)
    taken = call("POST", claim)
    equal((taken["job"]["id"], taken["job"]["state"]), (first["id"], "PRINTING"))
    assert any("똠" in block.get("text", "") for block in taken["slip"]["blocks"]), taken["slip"]
    equal(call("POST", claim)["job"], None)
    told = call("POST", outcome.format(first["id"]), {"printed": True})
    equal(told["state"], "DONE")
    equal(call("POST", outcome.format(first["id"]), {"printed": False})["state"], "DONE")
    again = world.test(desk)
    call("POST", claim)
    told = call("POST", outcome.format(again["id"]), {"printed": False, "begun": True, "problem": "PAPER_END"})
    equal((told["state"], world.state(desk)["problem"]), ("QUEUED", "PAPER_END"))
    marked = wait_for("the second try", lambda: (t := call("POST", claim))["job"] and t)
    assert marked["slip"]["blocks"][0]["text"].startswith("(재출력)"), marked["slip"]["blocks"][0]
    equal(call("POST", outcome.format(again["id"]), {"printed": True})["state"], "DONE")
    other = world.add("벽")
    equal(refused(call, "POST", f"{PRINTERS}/{other['id']}/claim").code, "CONFLICT")
    equal(refused(call, "POST", outcome.format(again["id"]), {}).status, 400)


@case
def printers(world):
    """Added, changed by version, refused where they would lead out of the shop, removed."""
    call = world.daemon.call
    made = world.add("바", "192.168.0.20:9100", width=58, mode="RASTER", purposes=["BILL"])
    equal((made["columns"], made["state"]["ok"], made["state"]["waiting"]), (32, True, 0))
    headers = {"If-Match": f'"{made["version"]}"'}
    changed = call("PATCH", f"{PRINTERS}/{made['id']}", {"width": 80, "columns": 42, "name": "홀"}, headers=headers)
    equal((changed["name"], changed["width"], changed["columns"], changed["purposes"]), ("홀", 80, 42, ["BILL"]))
    equal(refused(call, "PATCH", f"{PRINTERS}/{made['id']}", {"name": "x"}, headers=headers).code, "VERSION_CONFLICT")
    for place in ("8.8.8.8:9100", "printer.example:9100", "192.168.0.20:80", "/etc/passwd", ""):
        equal(refused(call, "PATCH", f"{PRINTERS}/{made['id']}", {"address": place}).status, 400, place)
    for place in ("/dev/usb/lp100", "/dev/usb/../sda", "/dev/sda"):
        equal(refused(call, "PATCH", f"{PRINTERS}/{made['id']}", {"transport": "USB", "address": place}).status, 400)
    equal(refused(call, "PATCH", f"{PRINTERS}/{made['id']}", {"backup_id": made["id"]}).status, 400)
    equal(refused(call, "PATCH", f"{PRINTERS}/{made['id']}", {"backup_id": str(uuid.uuid4())}).status, 400)
    assert isinstance(call("GET", PRINTERS + "/found")["found"], list)
    call("DELETE", f"{PRINTERS}/{made['id']}")
    equal(refused(call, "DELETE", f"{PRINTERS}/{made['id']}").status, 404)


@case
def a_slip_is_printed_once(world):
    """In letters and as pictures, on both widths, without a byte that a printer does not know."""
    for width, mode in ((80, "RASTER"), (80, "TEXT"), (58, "RASTER"), (58, "TEXT")):
        with world.printer(width=width, output=world.folder) as sim:
            printer = world.add(f"{mode}{width}", sim.address, width=width, mode=mode)
            done = world.wait(world.test(printer), "DONE")
            equal((done["attempts"], done["copy"]), (1, 1))
            status = sim.do("status")
            equal((status["slips"], status["faults"], status["whole"]), (1, 0, True), sim.faults)
            assert sim.slips[0]["pictures"] > 0, "똠 and 햏 are pictures in any mode"
            if mode == "TEXT":
                assert "가나다라마바사 ABC" in sim.texts()[0], sim.texts()
            read = subprocess.run(["zbarimg", "-q", "--raw", os.path.join(world.folder, "slip-001.png")],
                                  capture_output=True, text=True, check=False)
            equal(read.stdout.strip(), "https://ordersync.invalid/test", f"the QR code of {mode}{width}")


@case
def a_dead_printer(world):
    """Its slip is shown as not printed, nothing waits for it, and it prints when the printer is back."""
    with world.printer() as sim:
        printer = world.add("주방", sim.address)
        sim.do("off")
        job = world.test(printer)
        started = time.monotonic()
        world.daemon.place()
        assert time.monotonic() - started < 5, "a sale waited for a printer"
        failed = world.wait(job, "FAILED")
        equal(world.health("PRINTING"), {"state": "BAD", "waiting": 0, "failed": 1})
        equal((failed["problem"], world.state(printer)["problem"], world.state(printer)["waiting"]), ("OFF", "OFF", 1))
        equal(refused(world.daemon.call, "DELETE", f"{PRINTERS}/{printer['id']}").code, "CONFLICT")
        sim.do("alive")
        world.daemon.call("POST", f"{JOBS}/{job['id']}/retry", {})
        world.wait(job, "DONE")
        equal(len(sim.slips), 1)
        assert "재출력" not in sim.texts()[0], "it was never on paper before"
        equal(world.state(printer), {"ok": True, "waiting": 0})
        equal(world.health("PRINTING"), {"state": "GOOD", "waiting": 0, "failed": 0})
        assert world.health("DATABASE")["size_bytes"] > 1000000 and world.health("DISK")["free_bytes"] > 0
        equal(world.health("NETWORK"), {"state": "OFF"})
        equal(refused(world.daemon.call, "POST", f"{JOBS}/{job['id']}/retry", {}).code, "STATE_CONFLICT")


@case
def another_stands_in(world):
    """After three tries the backup prints it and says for whom."""
    with world.printer() as sim:
        backup = world.add("홀", sim.address)
        printer = world.add("주방 프린터", f"127.0.0.1:{free_port()}", backup_id=backup["id"])
        done = world.wait(world.test(printer), "DONE")
        equal(done["printer_id"], backup["id"])
        assert "주방 프린터 대신 출력" in sim.texts()[0], sim.texts()
        equal((len(sim.slips), world.state(printer)["problem"], world.state(backup)["ok"]), (1, "OFF", True))


@case
def dies_in_the_middle(world):
    """What may have been on paper is printed again with a mark."""
    with world.printer() as sim:
        printer = world.add("주방", sim.address)
        sim.do("die 300")
        job = world.test(printer)
        wait_for("the doubt", lambda: world.job(job)["attempts"] >= 1 and world.job(job)["state"] != "PRINTING")
        sim.do("alive")
        world.wait(job, "DONE")
        equal(len(sim.slips), 1)
        assert "(재출력)" in sim.texts()[0], sim.texts()
        equal(sim.faults, [])


@case
def out_of_paper(world):
    """Nothing is sent; the state is told, and with paper the slip comes by itself, unmarked."""
    with world.printer() as sim:
        printer = world.add("주방", sim.address)
        sim.do("paper end")
        job = world.test(printer)
        wait_for("the state", lambda: world.state(printer).get("problem") == "PAPER_END")
        sim.do("paper ok")
        world.wait(job, "DONE")
        equal(len(sim.slips), 1)
        assert "재출력" not in sim.texts()[0]
        sim.do("cover open")
        other = world.test(printer)
        wait_for("the state", lambda: world.state(printer).get("problem") == "COVER")
        sim.do("cover closed")
        world.wait(other, "DONE")
        sim.do("paper low")
        world.wait(world.test(printer), "DONE")
        equal((world.state(printer)["problem"], world.state(printer)["ok"]), ("PAPER_LOW", True))


@case
def slow_and_silent(world):
    """A slow one gets its slips one after the other; one that never answers is believed."""
    with world.printer() as sim:
        printer = world.add("느림", sim.address)
        sim.do("slow 30000")
        jobs = [world.test(printer) for _ in range(3)]
        for job in jobs:
            world.wait(job, "DONE")
        equal((len(sim.slips), sim.faults), (3, []))
    with world.printer() as sim:
        printer = world.add("말없음", sim.address)
        sim.do("mute on")
        world.wait(world.test(printer), "DONE")
        equal((len(sim.slips), sim.faults), (1, []))


@case
def two_printers(world):
    """One that is off does not hold up the other."""
    with world.printer() as sim:
        off = world.add("꺼짐", f"127.0.0.1:{free_port()}")
        on = world.add("켜짐", sim.address)
        stuck = world.test(off)
        world.wait(world.test(on), "DONE")
        assert world.job(stuck)["state"] in ("QUEUED", "FAILED")
        moved = world.daemon.call("POST", f"{JOBS}/{stuck['id']}/retry", {"printer_id": on["id"]})
        equal((moved["printer_id"], moved["state"]), (on["id"], "QUEUED"))
        world.wait(stuck, "DONE")
        equal(len(sim.slips), 2)
        gone = world.test(off)
        equal(world.daemon.call("POST", f"{JOBS}/{gone['id']}/dismiss")["state"], "DISMISSED")
        equal(world.daemon.sql(f"SELECT content_enc IS NULL FROM print_job WHERE id = '{gone['id']}'").split()[2], "t")


@case
def drawer(world):
    """It opens with a reason, at once or not at all, and every time is noted."""
    with world.printer() as sim:
        bare = world.add("서랍 없음", sim.address)
        printer = world.add("계산대", sim.address, drawer=True)
        equal(refused(world.daemon.call, "POST", f"{PRINTERS}/{bare['id']}/kick", {"reason": "잔돈"}).code, "CONFLICT")
        world.daemon.call("POST", f"{PRINTERS}/{printer['id']}/kick", {"reason": "잔돈 교환"})
        wait_for("the kick", lambda: sim.kicks == 1)
        sim.do("off")
        equal(refused(world.daemon.call, "POST", f"{PRINTERS}/{printer['id']}/kick", {"reason": "잔돈"}).status, 503)
        sim.do("alive")
        rows = world.daemon.call("GET", "/restaurants/me/audit?action=drawer.opened")["rows"]
        equal(len(rows), 2)
        equal(sim.kicks, 1)
        # Where it hangs need not be known: the printer of receipts first.
        world.add("영수증", sim.address, drawer=True, purposes=["RECEIPT"])
        world.daemon.call("POST", "/restaurants/me/drawer/open", {"reason": "잔돈 교환"})
        wait_for("the kick", lambda: sim.kicks == 2)
        equal(len(world.daemon.call("GET", "/restaurants/me/audit?action=drawer.opened")["rows"]), 3)
        equal(refused(world.daemon.call, "POST", "/restaurants/me/drawer/open", {}).status, 400)
        # A sale opens it by itself: cash that was just taken, and nothing else.
        order = world.daemon.place()
        paid = [world.daemon.call("POST", "/payments", {"check_id": order["check_id"], "method": method, "amount": 100},
                                  key=str(uuid.uuid4())) for method in ("CASH", "CARD_TERMINAL")]
        world.daemon.call("POST", f"/payments/{paid[0]['id']}/drawer")
        wait_for("the kick", lambda: sim.kicks == 3)
        equal(refused(world.daemon.call, "POST", f"/payments/{paid[1]['id']}/drawer").code, "STATE_CONFLICT")
        equal(refused(world.daemon.call, "POST", f"/payments/{uuid.uuid4()}/drawer").code, "NOT_FOUND")
        world.daemon.sql(f"UPDATE payment SET paid_at = paid_at - interval '3 minutes' WHERE id = '{paid[0]['id']}'")
        equal(refused(world.daemon.call, "POST", f"/payments/{paid[0]['id']}/drawer").code, "STATE_CONFLICT")
        equal(sim.kicks, 3)
        equal(len(world.daemon.call("GET", "/restaurants/me/audit?action=drawer.opened")["rows"]), 4)


@case
def forms(world):
    """The shop's own form of a slip is kept by version."""
    call = world.daemon.call
    first = call("GET", "/restaurants/me/slips/RECEIPT")
    equal((first["kind"], first["version"]), ("RECEIPT", 0))
    form = {"header": "어서오세요", "footer": "또 오세요", "parts": [{"name": "lines", "shown": True, "larger": 1}]}
    saved = call("PUT", "/restaurants/me/slips/RECEIPT", form)
    equal((saved["version"], saved["form"]["header"], saved["form"]["parts"][0]), (1, "어서오세요", form["parts"][0]))
    equal(refused(call, "PUT", "/restaurants/me/slips/RECEIPT", form, headers={"If-Match": '"7"'}).code,
          "VERSION_CONFLICT")
    twice = {"parts": [{"name": "lines"}, {"name": "lines"}]}
    equal(refused(call, "PUT", "/restaurants/me/slips/RECEIPT", twice).status, 400)
    unknown = {"parts": [{"name": "lines"}, {"name": "no such part"}]}
    equal(refused(call, "PUT", "/restaurants/me/slips/RECEIPT", unknown).body["errors"][0]["pointer"], "/parts/1/name")
    equal(refused(call, "GET", "/restaurants/me/slips/NOTHING").status, 404)


@case
def orders_come_out(world):
    """An accepted delivery is printed for the kitchen, which learns nothing of the guest, and for the
    rider; a canceled one is told to the kitchen. Once each."""
    with world.printer() as sim:
        world.add("모두", sim.address, purposes=["KITCHEN", "DELIVERY"])
        order = world.daemon.place(world.daemon.order_body(
            type="DELIVERY", accept={"ready_in_minutes": 20}, delivery={"address": "서울시 한강로 2가"},
            customer={"name": "홍길동", "phone": "010-1234-5678"}))
        wait_for("both slips", lambda: len(sim.slips) >= 2)
        item = order["items"][0]["name"]
        rider = [text for text in sim.texts() if "한강로" in text]
        kitchen = [text for text in sim.texts() if "한강로" not in text]
        equal((len(rider), len(kitchen)), (1, 1), sim.texts())
        assert "배달" in kitchen[0] and item in kitchen[0], kitchen
        assert "010" not in kitchen[0] and "홍길동" not in kitchen[0], kitchen
        assert "010-1234-5678" in rider[0] or "01012345678" in rider[0], rider
        world.daemon.act(order["id"], "cancel", {"reason": "SOLD_OUT"})
        wait_for("the change", lambda: len(sim.slips) == 3)
        assert "취소" in sim.texts()[2] and item in sim.texts()[2], sim.texts()
        equal(sim.faults, [])


@case
def killed_at_any_instant(world):
    """SIGKILL of the daemon while slips are under way: none is lost, none comes twice without a mark."""
    daemon = world.daemon
    with world.printer() as sim:
        printer = world.add("주방", sim.address)
        sim.do("slow 60000")
        jobs = []
        for delay in (0.0, 0.15, 0.3, 0.5, 0.8):
            jobs += [world.test(printer), world.test(printer)]
            time.sleep(delay)  # any instant: what is asked holds at each
            daemon.kill()
            daemon.start()
            daemon.login()
        for job in jobs:
            world.wait(job, "DONE", 120)
        plain = [text for text in sim.texts() if "(재출력)" not in text]
        marked = [text for text in sim.texts() if "(재출력)" in text]
        assert len(plain) <= len(jobs), "a slip came twice without a mark"
        assert len(sim.slips) >= len(jobs), "a slip was lost"
        equal(sim.faults, [])
        print(f"# {len(plain)} plain, {len(marked)} marked of {len(jobs)}")


def main():
    with Daemon(sys.argv[1]) as daemon, tempfile.TemporaryDirectory() as folder:
        daemon.setup(menu=MENU)
        daemon.start()
        daemon.login()
        world = World(daemon, folder)
        status = run(world)
        daemon.stop()
    return status


if __name__ == "__main__":
    sys.exit(main())
