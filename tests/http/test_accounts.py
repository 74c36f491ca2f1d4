#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""One's own account over HTTP: sessions, password, PIN for one act, paired screens; and that wrong guesses
are still counted after a restart."""

import os
import sys
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import EMAIL, PASSWORD, Daemon, Refused  # noqa: E402
from tap import case, equal, run  # noqa: E402

STAFF, DEVICES = "/restaurants/me/staff", "/restaurants/me/devices"
MIJIN = "mijin@staff.example"
SHARED = {}


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


def bearer(token, act=None):
    return {"Authorization": f"Bearer {token}", **({"X-Act-Token": act} if act else {})}


def sign_in(daemon, email=EMAIL, password=PASSWORD, **more):
    return daemon.call("POST", "/auth/login", {"email": email, "password": password, **more}, anonymous=True)


def hire(daemon, email, role):
    code = daemon.call("POST", STAFF, {"name": email.split("@")[0], "email": email, "role": role})["invitation_code"]
    return daemon.call("POST", "/auth/invitation", {"code": code, "email": email, "password": PASSWORD},
                       anonymous=True)


def actor_of(daemon, action):
    return daemon.sql(f"SELECT actor FROM audit_log WHERE action = '{action}' ORDER BY created_at DESC LIMIT 1").split()[2]


@case
def sessions(daemon):
    """One sees one's own sign-ins, ends one, and it is over at once; nobody else's."""
    other = sign_in(daemon)
    listed = daemon.call("GET", "/auth/sessions")["sessions"]
    assert len(listed) >= 2, listed
    equal([s["client"] for s in listed], ["local"] * len(listed))
    equal(sum(s["current"] for s in listed), 1)
    mine = daemon.call("GET", "/auth/sessions", headers=bearer(other["access_token"]))["sessions"]
    ended = next(s["id"] for s in mine if s["current"])
    SHARED["mijin"] = hire(daemon, MIJIN, "STAFF")
    foreign = bearer(SHARED["mijin"]["access_token"])
    equal(refused(daemon.call, "POST", f"/auth/sessions/{ended}/revoke", headers=foreign).status, 404)
    equal(refused(daemon.call, "POST", f"/auth/sessions/{uuid.uuid4()}/revoke").status, 404)
    daemon.call("POST", f"/auth/sessions/{ended}/revoke")
    equal(refused(daemon.call, "GET", "/auth/me", headers=bearer(other["access_token"])).status, 401)
    equal(refused(daemon.call, "POST", "/auth/refresh", {"refresh_token": other["refresh_token"]},
                  anonymous=True).status, 401)
    assert ended not in [s["id"] for s in daemon.call("GET", "/auth/sessions")["sessions"]]


@case
def password(daemon):
    """A new password needs the old one, is not a bad one, and ends every other sign-in."""
    here, there = sign_in(daemon, MIJIN), sign_in(daemon, MIJIN)
    me, new = bearer(here["access_token"]), "a quite different phrase"

    def change(old, wanted):
        return daemon.call("POST", "/auth/password", {"password": old, "new_password": wanted}, headers=me)

    equal(refused(change, "not it", new).code, "INVALID_CREDENTIALS")
    for bad in ("short", "password1234", MIJIN):
        equal(refused(change, PASSWORD, bad).code, "INVALID_REQUEST", bad)
    change(PASSWORD, new)
    equal(daemon.call("GET", "/auth/me", headers=me)["role"], "STAFF")
    equal(refused(daemon.call, "GET", "/auth/me", headers=bearer(there["access_token"])).status, 401)
    equal(refused(sign_in, daemon, MIJIN).code, "INVALID_CREDENTIALS")
    SHARED["mijin"] = sign_in(daemon, MIJIN, new)
    equal(len(daemon.call("GET", "/auth/sessions", headers=me)["sessions"]), 2)


@case
def lost_password(daemon):
    """Whoever holds the data directory gives an only owner a new password: told, and all sign-ins end"""
    words, other = ("account", "reset-password", "--email", EMAIL, "--password-stdin"), "nine lives of a cat"
    tokens = sign_in(daemon)
    for stdin, code in (("short\n", 2), ("", 2), (EMAIL + "\n", 2)):
        equal(daemon.ctl(*words, stdin=stdin, check=False).returncode, code, stdin)
    equal(daemon.ctl("account", "reset-password", "--email", "nobody@shop.example", "--password-stdin",
                     stdin=other + "\n", check=False).returncode, 1)
    daemon.call("GET", "/auth/me", headers=bearer(tokens["access_token"]))
    told = daemon.ctl(*words, stdin=other + "\n")
    assert other not in told.stdout + told.stderr
    # The running daemon refuses what was signed in before, at once, and again after a restart.
    deadline = time.monotonic() + 10
    while True:
        try:
            daemon.call("GET", "/auth/me", headers=bearer(tokens["access_token"]))
        except Refused as refusal:
            equal(refusal.status, 401)
            break
        assert time.monotonic() < deadline, "still signed in"
        time.sleep(0.05)
    equal(refused(daemon.call, "POST", "/auth/refresh", {"refresh_token": tokens["refresh_token"]},
                  anonymous=True).status, 401)
    equal(refused(sign_in, daemon).status, 401)
    # Without a daemon it is the same.
    daemon.stop()
    daemon.ctl(*words, stdin=PASSWORD + "\n")
    daemon.start()
    equal(refused(daemon.call, "GET", "/auth/me", headers=bearer(tokens["access_token"])).status, 401)
    equal(refused(sign_in, daemon, password=other).status, 401)
    daemon.login()
    rows = daemon.call("GET", "/restaurants/me/audit?action=auth.password_reset")["rows"]
    equal([row["actor"] for row in rows], ["system:ctl"] * 2)
    daemon.sql("DELETE FROM auth_failure")


@case
def pin_acts(daemon):
    """The owner shows himself at the counter by PIN: one act, in that session, with that permission."""
    counter = SHARED["mijin"]["access_token"]
    owner = daemon.call("GET", "/auth/me")
    equal((owner["pin"], owner["totp"]), (False, False))
    for easy in ("1234", "0000", "9876", "1212", "1995", "12a4", "123"):
        equal(refused(daemon.call, "POST", "/auth/pin", {"password": PASSWORD, "pin": easy}).code, "INVALID_REQUEST",
              easy)
    daemon.call("POST", "/auth/pin", {"password": PASSWORD, "pin": "4093"})
    equal(daemon.call("GET", "/auth/me")["pin"], True)
    people = daemon.call("GET", "/auth/act/people", headers=bearer(counter))["people"]
    equal([(p["user_id"], p["role"]) for p in people], [(owner["user_id"], "OWNER")])

    def act(pin="4093", permission="menu:manage", user=owner["user_id"], token=counter):
        return daemon.call("POST", "/auth/act", {"user_id": user, "pin": pin, "permission": permission},
                           headers=bearer(token))["act_token"]

    def add(name, token, shown=None):
        return daemon.call("POST", "/restaurants/me/menu/categories", {"name": name}, headers=bearer(token, shown))

    equal(refused(add, "없음", counter).code, "INSUFFICIENT_PERMISSION")
    shown = act()
    add("김밥", counter, shown)
    equal(actor_of(daemon, "menu.category_created"), f"user:{owner['user_id']}")
    equal(refused(add, "면", counter, shown).status, 403, "used before")
    equal(refused(add, "면", daemon.token, act()).status, 403, "another session")
    equal(refused(add, "면", counter, act(permission="payment:refund")).status, 403, "another permission")
    equal(refused(add, "면", counter, "guess").status, 403, "a guess")
    for sensitive in ("staff:manage", "device:manage", "privacy:manage"):
        equal(refused(act, permission=sensitive).code, "INSUFFICIENT_PERMISSION")
    answers = [refused(act, pin="5555").body, refused(act, user=str(uuid.uuid4())).body,
               refused(act, user=daemon.call("GET", "/auth/me", headers=bearer(counter))["user_id"]).body]
    equal([{k: a[k] for k in ("code", "status", "detail")} for a in answers],
          [{k: answers[0][k] for k in ("code", "status", "detail")}] * 3, "who exists")


@case
def pins_are_throttled(daemon):
    """Five wrong PINs stop it, before bcrypt and over a restart; its owner has his password."""
    owner = daemon.call("GET", "/auth/me")["user_id"]
    body = {"user_id": owner, "pin": "7391", "permission": "menu:manage"}
    wrong = [refused(daemon.call, "POST", "/auth/act", body) for _ in range(6)]
    left = [answer.body["tries_left"] for answer in wrong if answer.status == 401]
    equal(left, list(range(len(left) - 1, -1, -1)))
    equal(wrong[-1].status, 429)
    daemon.stop()
    daemon.start()
    equal(refused(daemon.call, "POST", "/auth/act", dict(body, pin="4093")).status, 429)
    daemon.call("POST", "/auth/pin/remove", {"password": PASSWORD})
    equal(daemon.call("GET", "/auth/me")["pin"], False)


@case
def devices(daemon):
    """A screen is paired once by its code, works as itself, and is out at once when it is revoked."""
    equal(refused(daemon.call, "POST", DEVICES, {"name": "x", "role": "OWNER"}).code, "INVALID_REQUEST")
    equal(refused(daemon.call, "POST", DEVICES, {"name": "x", "role": "STAFF"},
                  headers=bearer(SHARED["mijin"]["access_token"])).code, "INSUFFICIENT_PERMISSION")
    made = daemon.call("POST", DEVICES, {"name": "주방 화면", "role": "KITCHEN"})
    code = made["pairing_code"]
    typed = code[:4].lower() + "-" + code[4:]
    paired = daemon.call("POST", "/auth/pair", {"pairing_code": typed}, anonymous=True)
    equal((paired["device_id"], paired["restaurant_id"]), (made["id"], daemon.restaurant_id))
    equal(refused(daemon.call, "POST", "/auth/pair", {"pairing_code": code}, anonymous=True).code,
          "INVALID_CREDENTIALS")

    def open_it(token=paired["device_token"]):
        return daemon.call("POST", "/auth/device-token", {"device_token": token}, anonymous=True)["access_token"]

    screen = bearer(open_it())
    equal(daemon.call("GET", "/auth/me", headers=screen)["role"], "KITCHEN")
    daemon.call("GET", "/restaurants/me/kitchen/lines", headers=screen)
    equal(refused(daemon.call, "GET", DEVICES, headers=screen).status, 403)
    equal(refused(daemon.call, "POST", "/auth/pin", {"password": PASSWORD, "pin": "4093"}, headers=screen).status, 403)
    equal(actor_of(daemon, "device.paired"), f"device:{made['id']}")
    equal(refused(open_it, code).status, 401)
    equal(refused(open_it, "A" * 43).status, 401)
    listed = daemon.call("GET", DEVICES)["devices"]
    equal([(d["name"], "paired_at" in d, "pairing_until" in d) for d in listed], [("주방 화면", True, False)])
    daemon.call("POST", f"{DEVICES}/{made['id']}/revoke")
    equal(refused(daemon.call, "GET", "/auth/me", headers=screen).status, 401)
    equal(refused(open_it).status, 401)
    equal(refused(daemon.call, "POST", f"{DEVICES}/{made['id']}/revoke").status, 404)
    equal(daemon.call("GET", DEVICES)["devices"], [])
    daemon.stop()
    daemon.start()
    equal(refused(daemon.call, "GET", "/auth/me", headers=screen).status, 401, "after a restart")


@case
def guesses_survive_a_restart(daemon):
    """Ten wrong passwords stop an account; a restart forgives none, who was known gets in all the same."""
    known = sign_in(daemon)["known_client"]
    for _ in range(10):
        equal(refused(sign_in, daemon, EMAIL, "a wrong guess").status, 401)
    equal(refused(sign_in, daemon).code, "RATE_LIMITED")
    daemon.stop()
    daemon.start()
    stopped = refused(sign_in, daemon)
    equal((stopped.status, stopped.code), (429, "RATE_LIMITED"))
    assert sign_in(daemon, known_client=known)["access_token"]


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.contract = Contract()
        daemon.setup()
        daemon.start()
        daemon.login()
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
