#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Staff over HTTP: invitations, roles that change at once, the last owner, one person in two shops."""

import base64
import concurrent.futures
import hashlib
import hmac
import json
import os
import struct
import sys
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import EMAIL, PASSWORD, Daemon, Refused  # noqa: E402
from tap import case, equal, run  # noqa: E402

STAFF = "/restaurants/me/staff"
PEOPLE = {}  # name → {"id", "token", "refresh", "email"}


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


def as_person(daemon, name):
    return {"Authorization": f"Bearer {PEOPLE[name]['token']}"}


def invite(daemon, name, role, **more):
    return daemon.call("POST", STAFF, {"name": name, "email": f"{name}@staff.example", "role": role}, **more)


def accept(daemon, code, email, password=PASSWORD, **more):
    return daemon.call("POST", "/auth/invitation", dict({"code": code, "email": email, "password": password}, **more),
                       anonymous=True)


def hire(daemon, name, role):
    tokens = accept(daemon, invite(daemon, name, role)["invitation_code"], f"{name}@staff.example")
    PEOPLE[name] = {"token": tokens["access_token"], "refresh": tokens["refresh_token"]}
    PEOPLE[name]["id"] = daemon.call("GET", "/auth/me", headers=as_person(daemon, name))["user_id"]


def row(daemon, **wanted):
    return next(r for r in daemon.call("GET", STAFF)["staff"]
                if all(r.get(key) == value for key, value in wanted.items()))


def audited(daemon, action):
    return int(daemon.sql(f"SELECT count(*) FROM audit_log WHERE action = '{action}'").split()[2])


@case
def an_invitation(daemon):
    """An invitation makes an account in its role, once, and for its e-mail alone."""
    made = invite(daemon, "jimin", "STAFF")
    pending = row(daemon, name="jimin")
    equal((pending["invitation"]["id"], pending["role"], "user_id" in pending), (made["id"], "STAFF", False))
    assert pending["email"].startswith("ji***@"), pending
    stored = daemon.sql("SELECT encode(code_hash, 'escape'), encode(name_enc, 'escape') FROM staff_invitation")
    assert made["invitation_code"] not in stored and "jimin" not in stored
    equal(refused(accept, daemon, made["invitation_code"], "other@staff.example").code, "INVALID_CREDENTIALS")
    equal(refused(accept, daemon, "AAAA-AAAA-AAAA", "jimin@staff.example").code, "INVALID_CREDENTIALS")
    equal(refused(accept, daemon, "not a code", "jimin@staff.example").code, "INVALID_CREDENTIALS")
    equal(refused(accept, daemon, made["invitation_code"], "jimin@staff.example", "short").code, "INVALID_REQUEST")
    typed = made["invitation_code"].replace("-", " ").lower()
    tokens = accept(daemon, typed, " JIMIN@staff.example ", name="지민")
    PEOPLE["jimin"] = {"token": tokens["access_token"], "refresh": tokens["refresh_token"]}
    me = daemon.call("GET", "/auth/me", headers=as_person(daemon, "jimin"))
    equal((me["role"], me["name"], len(me["memberships"])), ("STAFF", "지민", 1))
    PEOPLE["jimin"]["id"] = me["user_id"]
    equal(refused(accept, daemon, typed, "jimin@staff.example").code, "INVALID_CREDENTIALS")
    here = row(daemon, user_id=me["user_id"])
    equal((here["version"], here["totp"], here["pin"], "invitation" in here), (1, False, False, False))
    equal((audited(daemon, "staff.invited"), audited(daemon, "staff.joined")), (1, 1))


@case
def what_is_refused(daemon):
    """No role above one's own, no ADMIN, nobody twice, and no staff list for staff."""
    equal(refused(invite, daemon, "admin", "ADMIN").status, 400)
    equal(refused(invite, daemon, "guest", "GUEST").status, 400)
    equal(refused(daemon.call, "POST", STAFF, {"name": "x", "email": "no mail", "role": "STAFF"}).status, 400)
    equal(refused(invite, daemon, "jimin", "STAFF").code, "CONFLICT")
    for method, path, body in (("GET", STAFF, None), ("POST", STAFF, {}),
                               ("PATCH", f"{STAFF}/{PEOPLE['jimin']['id']}", {"role": "OWNER"}),
                               ("POST", f"{STAFF}/{PEOPLE['jimin']['id']}/remove", None)):
        equal(refused(daemon.call, method, path, body, headers=as_person(daemon, "jimin")).code,
              "INSUFFICIENT_PERMISSION")
    for method, path, body in (("PATCH", f"{STAFF}/{uuid.uuid4()}", {"role": "STAFF"}),
                               ("POST", f"{STAFF}/{uuid.uuid4()}/remove", None)):
        equal(refused(daemon.call, method, path, body).code, "NOT_FOUND")


@case
def newest_invitation(daemon):
    """A newer invitation ends the older; a withdrawn or an old one is good for nothing."""
    first = invite(daemon, "late", "KITCHEN")
    second = invite(daemon, "late", "STAFF")
    equal(refused(accept, daemon, first["invitation_code"], "late@staff.example").code, "INVALID_CREDENTIALS")
    daemon.call("POST", f"{STAFF}/{second['id']}/remove")
    equal(refused(accept, daemon, second["invitation_code"], "late@staff.example").code, "INVALID_CREDENTIALS")
    third = invite(daemon, "late", "STAFF")
    daemon.sql("UPDATE staff_invitation SET expires_at = now() - interval '1 second'")
    equal(refused(accept, daemon, third["invitation_code"], "late@staff.example").code, "INVALID_CREDENTIALS")
    equal([r for r in daemon.call("GET", STAFF)["staff"] if "invitation" in r], [])


@case
def used_once_at_a_time(daemon):
    """Of four that take up one invitation at once, one comes in."""
    code = invite(daemon, "race", "STAFF")["invitation_code"]

    def come(_):
        try:
            return accept(daemon, code, "race@staff.example") and "in"
        except Refused as refusal:
            return refusal.code

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(come, range(4)))
    equal(answers.count("in"), 1, f"{answers}")
    equal(set(answers) <= {"in", "CONFLICT", "INVALID_CREDENTIALS"}, True, f"{answers}")


@case
def a_role_changes_at_once(daemon):
    """A changed role ends the former tokens at once, also over a restart; renewing gives the new one."""
    jimin = PEOPLE["jimin"]
    headers = as_person(daemon, "jimin")
    equal(refused(daemon.call, "PATCH", f"{STAFF}/{jimin['id']}", {"role": "MANAGER"},
                  headers={"If-Match": '"7"'}).code, "VERSION_CONFLICT")
    changed = daemon.call("PATCH", f"{STAFF}/{jimin['id']}", {"role": "MANAGER"}, headers={"If-Match": '"1"'})
    equal((changed["role"], changed["version"]), ("MANAGER", 2))
    equal(refused(daemon.call, "GET", "/restaurants/me", headers=headers).status, 401)
    daemon.stop()
    daemon.start()
    equal(refused(daemon.call, "GET", "/restaurants/me", headers=headers).status, 401, "after a restart")
    tokens = daemon.call("POST", "/auth/refresh", {"refresh_token": jimin["refresh"]}, anonymous=True)
    jimin.update(token=tokens["access_token"], refresh=tokens["refresh_token"])
    equal(daemon.call("GET", "/auth/me", headers=as_person(daemon, "jimin"))["role"], "MANAGER")
    equal(audited(daemon, "staff.role_changed"), 1)
    again = daemon.call("PATCH", f"{STAFF}/{jimin['id']}", {"role": "MANAGER"})
    equal(again["version"], 2, "version of a change that changes nothing")


@case
def the_last_owner(daemon):
    """The last owner neither goes nor steps down, also when two owners take each other."""
    me = daemon.call("GET", "/auth/me")["user_id"]
    equal(refused(daemon.call, "PATCH", f"{STAFF}/{me}", {"role": "STAFF"}).code, "CONFLICT")
    equal(refused(daemon.call, "POST", f"{STAFF}/{me}/remove").code, "CONFLICT")
    for attempt in range(3):
        name = f"second{attempt}"
        hire(daemon, name, "OWNER")
        other = PEOPLE[name]["id"]

        def take(pair):
            try:
                daemon.call("PATCH", f"{STAFF}/{pair[1]}", {"role": "MANAGER"}, headers=pair[0])
                return True
            except Refused:
                return False

        mine, his = {"Authorization": f"Bearer {daemon.token}"}, as_person(daemon, name)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            list(pool.map(take, ((mine, other), (his, me))))
        owners = int(daemon.sql("SELECT count(*) FROM membership WHERE role = 'OWNER'").split()[2])
        assert owners >= 1, "the shop has lost its last owner"
        daemon.sql(f"UPDATE membership SET role = 'MANAGER' WHERE user_id <> '{me}' AND role = 'OWNER'")
        daemon.sql(f"UPDATE membership SET role = 'OWNER' WHERE user_id = '{me}'")
        daemon.login()


@case
def removed(daemon):
    """Who is removed is out at once, cannot renew or sign in, and his invitations end with him."""
    hire(daemon, "boss", "OWNER")
    theirs = daemon.call("POST", STAFF, {"name": "friend", "email": "friend@staff.example", "role": "OWNER"},
                         headers=as_person(daemon, "boss"))
    daemon.call("POST", f"{STAFF}/{PEOPLE['boss']['id']}/remove")
    equal(refused(daemon.call, "GET", "/auth/me", headers=as_person(daemon, "boss")).status, 401)
    equal(refused(daemon.call, "POST", "/auth/refresh", {"refresh_token": PEOPLE["boss"]["refresh"]},
                  anonymous=True).status, 401)
    answer = refused(daemon.call, "POST", "/auth/login", {"email": "boss@staff.example", "password": PASSWORD},
                     anonymous=True)
    equal(answer.status // 100, 4)
    equal(refused(accept, daemon, theirs["invitation_code"], "friend@staff.example").code, "INVALID_CREDENTIALS")
    equal(audited(daemon, "staff.removed"), 1)


@case
def two_shops(daemon):
    """One owner, two shops: he chooses at the sign-in and sees both; a further one joins with his password."""
    made = json.loads(daemon.ctl("shop", "add", "--shop-name", "둘째집", "--owner-email", EMAIL,
                                 "--owner-password-stdin", "--json", stdin=PASSWORD + "\n").stdout)
    second = made["restaurant_id"]
    tokens = daemon.call("POST", "/auth/login", {"email": EMAIL, "password": PASSWORD, "restaurant_id": second},
                         anonymous=True)
    there = {"Authorization": f"Bearer {tokens['access_token']}"}
    me = daemon.call("GET", "/auth/me", headers=there)
    equal(me["restaurant"], {"id": second, "name": "둘째집"})
    equal([m["restaurant_id"] for m in me["memberships"]], [daemon.restaurant_id, second])
    equal(len(daemon.call("GET", STAFF, headers=there)["staff"]), 1, "people of the second shop")
    equal(daemon.call("GET", "/auth/me")["restaurant"]["id"], daemon.restaurant_id, "the first sign-in's shop")
    equal(refused(daemon.call, "PATCH", f"{STAFF}/{PEOPLE['jimin']['id']}", {"role": "OWNER"}, headers=there).code,
          "NOT_FOUND")
    code = invite(daemon, "jimin", "KITCHEN", headers=there)["invitation_code"]
    equal(refused(accept, daemon, code, "jimin@staff.example", "wrong but long enough").code, "INVALID_CREDENTIALS")
    joined = accept(daemon, code, "jimin@staff.example", name="someone else")
    me = daemon.call("GET", "/auth/me", headers={"Authorization": f"Bearer {joined['access_token']}"})
    equal((me["role"], me["restaurant"]["id"], me["name"]), ("KITCHEN", second, "지민"))
    equal({m["role"] for m in me["memberships"]}, {"MANAGER", "KITCHEN"})
    equal(refused(daemon.call, "POST", "/auth/login", {"email": "race@staff.example", "password": PASSWORD,
                                                       "restaurant_id": second}, anonymous=True).status, 404)


def totp(secret, step=0):
    """RFC 6238, as an authenticator shows it now, or some steps of 30 s later."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + step), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 1000000:06}"


@case
def second_factor(daemon):
    """Who has a second factor shows it to come into a further shop; without it the invitation stays good."""
    second = next(m["restaurant_id"] for m in daemon.call("GET", "/auth/me")["memberships"]
                  if m["restaurant_id"] != daemon.restaurant_id)
    there = {"Authorization": "Bearer " + daemon.call(
        "POST", "/auth/login", {"email": EMAIL, "password": PASSWORD, "restaurant_id": second},
        anonymous=True)["access_token"]}
    hire(daemon, "careful", "STAFF")
    secret = daemon.call("POST", "/auth/totp", {"password": PASSWORD}, headers=as_person(daemon, "careful"))["secret"]
    daemon.call("POST", "/auth/totp/confirm", {"code": totp(secret)}, headers=as_person(daemon, "careful"))
    equal(row(daemon, user_id=PEOPLE["careful"]["id"])["totp"], True)
    code = invite(daemon, "careful", "STAFF", headers=there)["invitation_code"]
    email = "careful@staff.example"
    equal(refused(accept, daemon, code, email).code, "TOTP_REQUIRED")
    equal(refused(accept, daemon, code, email, totp="000000").code, "INVALID_CREDENTIALS")
    equal(accept(daemon, code, email, totp=totp(secret, 1))["token_type"], "Bearer")


@case
def a_pin_taken_away(daemon):
    """An owner sees that somebody has a PIN and takes it away; he never sets one."""
    hire(daemon, "pinned", "STAFF")
    person, headers = PEOPLE["pinned"]["id"], as_person(daemon, "pinned")
    daemon.call("POST", "/auth/pin", {"password": PASSWORD, "pin": "7391"}, headers=headers)
    equal(row(daemon, user_id=person)["pin"], True)
    act = {"user_id": person, "pin": "7391", "permission": "shop:read"}
    assert daemon.call("POST", "/auth/act", act)["act_token"]
    daemon.call("POST", f"{STAFF}/{person}/reset-pin")
    equal(row(daemon, user_id=person)["pin"], False)
    equal(refused(daemon.call, "POST", "/auth/act", act).status // 100, 4)
    daemon.call("POST", f"{STAFF}/{person}/reset-pin")
    equal(audited(daemon, "staff.pin_reset"), 1)
    equal(refused(daemon.call, "POST", f"{STAFF}/{uuid.uuid4()}/reset-pin").code, "NOT_FOUND")


@case
def what_must_hold(daemon):
    """ordersyncctl check knows a shop without an owner, and an invitation of somebody who is gone."""
    equal(daemon.ctl("check").returncode, 0)
    invite(daemon, "orphan", "STAFF")
    daemon.sql("SET session_replication_role = replica; "
               f"DELETE FROM membership WHERE restaurant_id = '{daemon.restaurant_id}' AND role = 'OWNER'")
    broken = daemon.ctl("check", check=False)
    equal(broken.returncode, 1)
    assert "staff.shop-has-an-owner" in broken.stdout and "staff.inviter-works-here" in broken.stdout, broken.stdout


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.contract = Contract()
        daemon.setup()
        daemon.start()
        daemon.login()
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
