#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""First run, accounts, shop and menu over HTTP; every operation of the contract is called by now, and
the route tables and the contract name the same operations."""

import glob
import os
import re
import sys
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_contract import Contract  # noqa: E402
from osy_daemon import EMAIL, PASSWORD, Daemon, Refused  # noqa: E402
from tap import case, equal, run  # noqa: E402

# What tests/http/test_orders.py calls.
ORDERS = {"placeOrder", "getOrder", "listOrders", "getOrderTimeline", "acceptOrder", "rejectOrder",
          "startOrder", "readyOrder", "handOverOrder", "completeOrder", "cancelOrder", "recallOrder",
          "followOrder", "followFeed", "getFeed", "listKitchenLines", "getHealth", "getReady",
          "getMetrics", "getOpenapi", "getDocs", "getDocsScript"}
# What tests/http/test_kitchen.py calls.
KITCHEN = {"listKitchenTickets", "listKitchenHistory", "getKitchenSetup", "setKitchenSetup", "bumpTicket",
           "recallTicket", "showTicket", "touchTicket", "prioritizeTicket", "makeLine", "unmakeLine", "seeChange",
           "fireCourse", "holdCourse", "reprintOrder"}
PROMISE = {"getKitchenLoad", "setPace"}  # test_promise.py
LATER = {"rescheduleOrder"}  # test_later.py
# What tests/http/test_threats.py calls.
THREATS = {"listAudit", "exportAudit", "getAuditStatus", "getSecurity", "acknowledgeThreat"}
# What tests/http/test_staff.py calls.
STAFF = {"listStaff", "inviteStaff", "changeStaff", "removeStaff", "resetStaffPin", "acceptInvitation"}
# What tests/http/test_privacy.py calls.
PRIVACY = {"unmaskOrder", "findGuests", "getGuest", "unmaskGuest", "addGuestConsent", "exportGuest",
           "eraseGuest"}
ACCOUNTS = {"listSessions", "revokeSession", "changePassword", "setPin", "removePin", "listActPeople", "beginAct",
            "listDevices", "addDevice", "revokeDevice", "pairDevice", "openDevice"}  # test_accounts.py
# What tests/http/test_checks.py calls.
CHECKS = {"listChecks", "getCheck", "adjustCheck", "withdrawAdjustment", "splitCheck", "setServiceCharge",
          "printCheck", "printReceipt"}
# What tests/http/test_tables.py calls.
# What tests/http/test_printing.py calls.
PRINTING = {"listPrinters", "addPrinter", "findPrinters", "updatePrinter", "removePrinter", "testPrinter", "openDrawer",
            "openShopDrawer", "listPrintJobs", "retryPrintJob", "dismissPrintJob", "claimPrintJob", "tellPrintJob",
            "getSlipForm", "saveSlipForm", "getHealthReport"}
TABLES = {"getFloor", "changeFloor", "getFloorPhoto", "putFloorPhoto", "deleteFloorPhoto", "listTables", "seatTable",
          "countGuests", "moveTable", "mergeTable", "unmergeTable", "requestBill", "clearTable", "transferRounds",
          "undoTableAct", "listBookings", "addBooking", "changeBooking", "deleteBooking", "listWaiting", "addWaiting",
          "pauseWaiting", "callWaiting", "cancelWaiting", "seatWaiting"}
# What tests/http/test_delivery.py calls.
DELIVERY = {"listDeliveries", "getDelivery", "callRider", "assignDelivery", "pickUpDelivery", "deliverDelivery",
            "failDelivery", "cancelDelivery", "linkDelivery", "scanDelivery", "getDeliveryZones", "setDeliveryZones",
            "getDeliverySetup", "setDeliverySetup", "lookAsCourier", "pickUpAsCourier", "deliverAsCourier",
            "failAsCourier", "getCourierPage", "getCourierFile"}
# What tests/http/test_payment.py calls.
PAYMENT = {"takePayment", "confirmPayment", "getPayment", "getCheckout", "lookupPayment", "cancelPayment", "openPaymentDrawer",
           "refundPayment",
           "completeRefund", "issueCashReceipt", "cancelCashReceipt", "listPayments", "planRefund", "refundCheck",
           "getPaymentSetup", "putPaymentSetup", "takeTossWebhook", "getPayPage", "listSettlements",
           "importSettlements", "printRefund"}
CHANNEL = {"receiveChannelOrder", "listChannels", "addChannel", "changeChannel", "renewChannelSecret",
           "getChannelItems", "setChannelItems", "getOrderChannel", "mapChannelItem"}  # test_channel.py
STOCK = {"listIngredients", "addIngredient", "changeIngredient", "deleteIngredient", "listMovements", "moveIngredient",
         "undoMovement", "getRecipe", "setRecipe", "listRecipes", "getMorningStock", "getStockLeft"}  # test_stock.py
ALERTS = {"listAlerts", "retryAlertMessage", "getAlertSetup", "putAlertSetup", "listAlertTargets", "addAlertTarget",
          "removeAlertTarget", "testAlertTarget", "changeAlertTarget", "restoreAlertTarget",
          "listOpenAlerts"}  # test_alerts.py
SAGA = {"listAttention", "pushSaga", "retrySaga", "settleSaga"}  # test_saga.py
ANALYTICS = {"exportAnalytics", "exportAnalyticsBook", "getAnalytics", "listAnalyticsOrders", "listFindings",
             "judgeFinding"}  # test_analytics.py
REPORTS = {"getDailyReport", "getWeeklyReport", "listReports", "makeReport", "getReportSetup", "putReportSetup"}  # test_reports.py
TILL = {"getTill", "openTill", "moveTillCash", "countTill", "getTillRemaining", "closeTill", "putTillSetup", "listTillZ",
        "getTillZ", "printTillZ", "correctTillZ", "exportTillZ"}  # test_close.py
MENU = "/restaurants/me/menu"
VERSIONS = {"listMenuVersions", "compareMenuVersion", "restoreMenuVersion", "setMenuRules",
            "exportMenu", "getMenuPhoto", "putMenuPhoto"}  # test_menu.py


def refused(function, *args, **kwargs):
    try:
        answer = function(*args, **kwargs)
    except Refused as refusal:
        return refusal
    raise AssertionError(f"not refused: {answer}")


@case
def first_run(daemon):
    """Only who can read the set-up code makes the shop, and only once."""
    equal(daemon.call("GET", "/setup"), {"needed": True})
    path = os.path.join(daemon.data_dir, "setup-code")
    equal(os.stat(path).st_mode & 0o777, 0o600, "mode of the code file")
    with open(path, encoding="utf-8") as file:
        code = file.read().strip()
    body = {"code": "wrong", "shop_name": "소담분식", "owner_email": EMAIL, "owner_password": PASSWORD,
            "business_number": "124-81-00998"}
    assert refused(daemon.call, "POST", "/setup", body).status in (401, 403)
    body["code"] = code
    equal(refused(daemon.call, "POST", "/setup", dict(body, business_number="124-81-00999")).status, 400)
    made = daemon.call("POST", "/setup", body)
    daemon.token, daemon.restaurant_id = made["access_token"], made["restaurant_id"]
    assert not os.path.exists(path), "the code outlived its use"
    equal(daemon.call("GET", "/setup"), {"needed": False})
    equal(refused(daemon.call, "POST", "/setup", body, anonymous=True).code, "ALREADY_SET_UP")


@case
def accounts(daemon):
    """Sign in, renew, be told who one is, sign out; a used refresh token ends the family."""
    equal(refused(daemon.call, "POST", "/auth/login", {"email": EMAIL, "password": "wrong"},
                  anonymous=True).code, "INVALID_CREDENTIALS")
    first = daemon.login()
    equal(daemon.call("GET", "/auth/me")["role"], "OWNER")
    second = daemon.call("POST", "/auth/refresh", {"refresh_token": first["refresh_token"]}, anonymous=True)
    daemon.token = second["access_token"]
    daemon.call("POST", "/auth/logout")
    equal(refused(daemon.call, "GET", "/auth/me").status, 401)
    equal(refused(daemon.call, "POST", "/auth/refresh", {"refresh_token": second["refresh_token"]},
                  anonymous=True).status, 401)
    daemon.login()
    assert daemon.call("POST", "/ws-ticket")["ticket"]
    assert daemon.call("POST", "/auth/totp", {"password": PASSWORD})["otpauth_uri"]
    equal(refused(daemon.call, "POST", "/auth/totp/confirm", {"code": "000000"}).code, "INVALID_REQUEST")
    equal(refused(daemon.call, "POST", "/auth/totp/remove", {"password": PASSWORD, "code": "000000"}).code, "CONFLICT")


@case
def shop(daemon):
    """The shop is read and changed by version; a guest sees the public half."""
    mine = daemon.call("GET", "/restaurants/me")
    equal(mine["business_number"], "1248100998")
    changed = daemon.call("PATCH", "/restaurants/me", {"minimum_order": 5000},
                          headers={"If-Match": f'"{mine["version"]}"'})
    equal(changed["minimum_order"], 5000)
    equal(refused(daemon.call, "PATCH", "/restaurants/me", {"minimum_order": 0},
                  headers={"If-Match": f'"{mine["version"]}"'}).code, "VERSION_CONFLICT")
    equal(mine["setup"], {"shop": "DONE", "business_number": "DONE", "menu": "OPEN", "sound": "OPEN",
                          "printer": "OPEN", "first_order": "OPEN"})
    done = daemon.call("PATCH", "/restaurants/me", {"setup": {"menu": "DONE"}, "phone": "02-000-0000"})
    equal((done["setup"]["shop"], done["setup"]["menu"], done["phone"]), ("DONE", "DONE", "02-000-0000"))
    public = daemon.call("GET", f"/restaurants/{daemon.restaurant_id}", anonymous=True)
    assert "business_number" not in public
    equal(refused(daemon.call, "GET", f"/restaurants/{uuid.uuid4()}", anonymous=True).status, 404)


@case
def menu(daemon):
    """Categories, groups and items are made, changed, sold out and deleted; guests follow."""
    category = daemon.call("POST", MENU + "/categories", {"name": "김밥"})
    group = daemon.call("POST", MENU + "/option-groups", {
        "name": "추가", "min": 0, "max": 2, "options": [{"name": "치즈", "price": 500}, {"name": "참치", "price": 1000}]})
    item = daemon.call("POST", MENU + "/items", {
        "category_id": category["id"], "name": "원조김밥", "price": 3500, "option_group_ids": [group["id"]]})
    seen = daemon.menu()["categories"][0]["items"][0]
    equal((seen["name"], seen["price"], seen["option_groups"][0]["max"]), ("원조김밥", 3500, 2))
    daemon.call("PATCH", f"{MENU}/items/{item['id']}", {"price": 4000})
    daemon.call("PATCH", f"{MENU}/categories/{category['id']}", {"name": "분식"})
    daemon.call("PATCH", f"{MENU}/option-groups/{group['id']}", {"max": 1})
    option = group["options"][0]["id"]
    daemon.call("POST", f"{MENU}/options/{option}/sold-out", {"until": "TODAY"})
    daemon.call("POST", f"{MENU}/items/{item['id']}/sold-out", {"until": "NOW"})
    seen = daemon.menu()["categories"][0]["items"][0]
    equal((seen["price"], seen["sold_out"], seen["option_groups"][0]["options"][0]["sold_out"]),
          (4000, True, True))
    body = daemon.order_body([{"menu_item_id": item["id"], "quantity": 2}])
    equal(refused(daemon.place, body).code, "SOLD_OUT")
    daemon.call("POST", f"{MENU}/options/{option}/available")
    daemon.call("POST", f"{MENU}/items/{item['id']}/available")
    equal(daemon.place(body)["total_amount"], 8000)
    assert daemon.call("GET", MENU)["version"] > 1
    status, headers, _ = daemon.raw("GET", f"/api/v1/restaurants/{daemon.restaurant_id}/menu")
    again, _, content = daemon.raw("GET", f"/api/v1/restaurants/{daemon.restaurant_id}/menu",
                                   headers={"If-None-Match": headers["ETag"]})
    equal((status, again, content), (200, 304, b""))
    gone = daemon.call("POST", MENU + "/changes", {"changes": [{"kind": "item", "id": item["id"], "entry": None}]})
    equal(refused(daemon.place, body).code, "UNKNOWN_ITEM")
    daemon.call("POST", MENU + "/changes", gone["undo"])
    for path in (f"/items/{item['id']}", f"/option-groups/{group['id']}", f"/categories/{category['id']}"):
        daemon.call("DELETE", MENU + path)
    equal(refused(daemon.place, body).code, "UNKNOWN_ITEM")


@case
def imports(daemon):
    """A file in CP949 is tried, taken, and changes nothing the second time."""
    with open(os.path.join(ROOT, "tests", "data", "menu-cafe-cp949.csv"), "rb") as file:
        content = file.read()
    headers = {"Content-Type": "text/csv", "Authorization": f"Bearer {daemon.token}"}

    def send(query):
        status, _, answer = daemon.raw("POST", f"/api/v1{MENU}/import{query}", content, headers)
        equal(status, 200)
        return answer

    before = daemon.menu()["version"]
    send("?dry_run=true")
    equal(daemon.menu()["version"], before, "version after a dry run")
    send("")
    equal(len(daemon.menu()["categories"]), 4)
    taken = daemon.menu()["version"]
    send("")
    equal(daemon.menu()["version"], taken, "version after the same file")


@case
def kitchen_page(daemon):
    """The page is served with its policy, asked for again each time and sent when it changed; nothing else is."""
    status, headers, content = daemon.raw("GET", "/kitchen")
    equal((status, headers["Content-Type"], headers["Cache-Control"]), (200, "text/html; charset=utf-8", "no-cache"))
    policy = headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'",
                 "require-trusted-types-for 'script'"):
        assert part in policy, policy
    assert "unsafe" not in policy and "http" not in policy, policy
    equal(daemon.raw("GET", "/kitchen", headers={"If-None-Match": headers["ETag"]})[0], 304)
    equal(daemon.raw("GET", "/kitchen", headers={"If-None-Match": '"another"'})[0], 200)
    asked = set(re.findall(r'(?:src|href)="/kitchen/([^"]+)"', content.decode()))
    assert {"app.js", "style.css"} <= asked, asked
    for name, kind in (("app.js", "text/javascript"), ("style.css", "text/css")):
        status, headers, _ = daemon.raw("GET", f"/kitchen/{name}")
        equal((status, headers["Content-Type"]), (200, f"{kind}; charset=utf-8"), name)
    for name in ("", "index", "nothing.js", "..%2fapi%2fdocs.html", "%2e%2e/api/docs.html", "app.js/", "app.js%00"):
        assert daemon.raw("GET", f"/kitchen/{name}")[0] in (400, 404), name
    equal(daemon.call("GET", "/restaurants/me/edge"), {"state": "off", "addresses": []})


@case
def what_the_daemon_said(daemon):
    """The last lines of the log, in their order, from any of them on, and only as asked."""
    log = "/restaurants/me/log"
    found = daemon.call("GET", f"{log}?limit=1000")
    numbers = [line["seq"] for line in found["lines"]]
    equal(numbers, list(range(1, len(numbers) + 1)))
    assert len(daemon.call("GET", f"{log}?limit=1&after=0")["lines"]) <= 1
    last = daemon.call("GET", f"{log}?after={10**6}")
    equal((last["lines"], last["started_at"]), ([], found["started_at"]))
    for wrong in ("after=-1", "after=x", "after=", "limit=0", "limit=1001", "level=info"):
        equal(daemon.raw("GET", f"/api/v1{log}?{wrong}", 
                         headers={"Authorization": f"Bearer {daemon.token}"})[0], 400, wrong)


@case
def every_operation_called(daemon):
    """No operation of the contract is left untried."""
    named = {operation["operationId"] for item in daemon.contract.api["paths"].values()
             for operation in item.values()}
    elsewhere = (ACCOUNTS | ALERTS | ANALYTICS | CHANNEL | CHECKS | DELIVERY | KITCHEN | LATER | ORDERS | PAYMENT |
                 PRINTING | PRIVACY | PROMISE | REPORTS | SAGA | STAFF | STOCK | TABLES | THREATS | TILL |
                 VERSIONS)
    equal(sorted(named - daemon.contract.used - elsewhere), [])


def route_rows():
    """(METHOD, path, operationId, public) of every route table in the sources."""
    row = re.compile(r'\{\s*"(GET|POST|PATCH|PUT|DELETE)",\s*((?:"[^"]*"|[A-Z_]+|\s)+),\s*"([a-z]\w*)",([^}]*?)\}')
    for path in glob.glob(os.path.join(ROOT, "src", "**", "*.c"), recursive=True):
        if os.path.join("src", "sim") in path:
            continue  # other people's services
        with open(path, encoding="utf-8") as file:
            source = file.read()
        macros = {}
        for name, parts in re.findall(r'#define (\w+) ((?:[A-Z_]+ )?"[^"\n]*")\n', source):
            macros[name] = "".join(quoted or macros.get(macro, "")
                                   for quoted, macro in re.findall(r'"([^"]*)"|(\w+)', parts))
        for method, parts, name, rest in row.findall(source):
            text = "".join(quoted or macros.get(macro, "")
                           for quoted, macro in re.findall(r'"([^"]*)"|(\w+)', parts))
            yield method, text, name, "OSY_ROUTE_PUBLIC" in rest


@case
def tables_and_contract_agree(daemon):
    """Route tables and contract name the same operations, and agree on which are public."""
    routed = set(route_rows())
    assert len(routed) > 30, "the route tables were not found"
    described = set()
    for path, item in daemon.contract.api["paths"].items():
        for method, operation in item.items():
            security = operation.get("security")
            public = security == [] or (security is not None and ({} in security or any({"orderToken", "paymentToken"} & set(s) for s in security)))
            described.add((method.upper(), path, operation["operationId"], public))
    equal(sorted(routed - described), [], "routed but not described")
    equal(sorted(described - routed), [], "described but not routed")


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.contract = Contract()
        daemon.start()
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
