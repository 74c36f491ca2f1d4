#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Menus over HTTP against a real daemon; every answer is held against the contract."""

import csv
import hashlib
import io
import json
import os
import sys
import tempfile
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
import openpyxl  # noqa: E402
import PIL.Image  # noqa: E402

from osy_contract import Contract  # noqa: E402
from osy_daemon import Daemon, Refused  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
CAFE = os.path.join(HERE, "..", "data", "menu-cafe-cp949.csv")
ME = "/restaurants/me/menu"


def find(daemon, name):
    for category in daemon.menu()["categories"]:
        for item in category["items"]:
            if item["name"] == name:
                return item
    return None


def code_of(function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except Refused as refusal:
        return refusal.code
    return None


def order_of(daemon, item, **more):
    return daemon.order_body([{"menu_item_id": item["id"], "quantity": 1, **more}])


@case
def reads(daemon):
    """A guest reads the menu, and again for nothing while it is the same."""
    path = f"/api/v1/restaurants/{daemon.restaurant_id}/menu"
    status, headers, content = daemon.raw("GET", path)
    equal(status, 200)
    status, again, nothing = daemon.raw("GET", path, headers={"If-None-Match": headers["ETag"]})
    equal((status, nothing), (304, b""))
    equal(again["ETag"], headers["ETag"])
    equal(find(daemon, "떡볶이")["option_groups"][0]["min"], 1)
    assert content


@case
def sells_out(daemon):
    """Sold out is refused at once, and back at once."""
    item = find(daemon, "콜라")
    daemon.call("POST", f"{ME}/items/{item['id']}/sold-out", {"until": "TODAY"})
    equal(find(daemon, "콜라")["sold_out"], True)
    equal(code_of(daemon.place, order_of(daemon, item)), "SOLD_OUT")
    daemon.call("POST", f"{ME}/items/{item['id']}/available")
    daemon.place(order_of(daemon, item))
    option = find(daemon, "라면")["option_groups"][0]["options"][0]
    daemon.call("POST", f"{ME}/options/{option['id']}/sold-out")
    body = order_of(daemon, find(daemon, "라면"), options=[{"option_id": option["id"]}])
    equal(code_of(daemon.place, body), "SOLD_OUT")
    daemon.call("POST", f"{ME}/options/{option['id']}/available")
    daemon.place(body)


@case
def edits(daemon):
    """Entries are made, changed, priced anew and deleted."""
    category = daemon.call("POST", f"{ME}/categories", {"name": "계절", "position": 0})
    daemon.call("PATCH", f"{ME}/categories/{category['id']}", {"names": {"ko": "여름", "en": "Summer"}})
    group = daemon.call("POST", f"{ME}/option-groups", {
        "name": "얼음", "min": 0, "max": 1, "options": [{"name": "많이", "price": 300}]})
    daemon.call("PATCH", f"{ME}/option-groups/{group['id']}", {"max": 2})
    item = daemon.call("POST", f"{ME}/items", {
        "category_id": category["id"], "name": "콩국수", "price": 9000, "origin": "콩:국내산",
        "option_group_ids": [group["id"]]})
    seen = order_of(daemon, item, unit_price=9000)
    daemon.place(seen)
    daemon.call("PATCH", f"{ME}/items/{item['id']}", {"price": 9500})
    equal(code_of(daemon.place, seen), "MENU_CHANGED")
    own = daemon.call("GET", ME)
    equal(own["categories"][0]["items"][0]["price"], 9500)
    equal(code_of(daemon.call, "DELETE", f"{ME}/option-groups/{group['id']}"), "CONFLICT")
    for path in (f"items/{item['id']}", f"option-groups/{group['id']}", f"categories/{category['id']}"):
        daemon.call("DELETE", f"{ME}/{path}")
        equal(code_of(daemon.call, "DELETE", f"{ME}/{path}"), "NOT_FOUND")


def quiet_head(daemon):
    """Where the feed ends once all that was said before is in it."""
    deadline = time.monotonic() + 10
    while daemon.sql("SELECT count(*) FROM outbox").splitlines()[2].strip() != "0":
        assert time.monotonic() < deadline, "the feed never came to rest"
        time.sleep(0.01)
    return daemon.call("GET", "/restaurants/me/feed?limit=1")["head"]


def next_events(daemon, head):
    """What the feed has after `head`; the relay is another thread."""
    deadline = time.monotonic() + 10
    while True:
        events = daemon.call("GET", f"/restaurants/me/feed?after={head}")["events"]
        if events or time.monotonic() > deadline:
            return events
        time.sleep(0.01)


@case
def tells_others(daemon):
    """A mark is in the public menu with the answer, and once in the feed, whichever way it was set."""
    item = find(daemon, "사이다")
    head = quiet_head(daemon)
    daemon.call("POST", f"{ME}/items/{item['id']}/sold-out")
    equal(find(daemon, "사이다")["sold_out"], True)
    told = ("menu.changed", "menu", daemon.restaurant_id)
    event, = next_events(daemon, head)
    equal((event["type"], event["aggregate_type"], event["aggregate_id"]), told)
    daemon.call("POST", f"{ME}/changes", {"changes": [
        {"kind": "stop", "item_id": item["id"], "mode": "FOR_SALE"}]})
    event, = next_events(daemon, event["seq"])
    equal((event["type"], event["aggregate_type"], event["aggregate_id"]), told)
    equal(find(daemon, "사이다")["sold_out"], False)


def menu_of(daemon):
    """The editor's menu without what a change always raises."""
    def plain(value):
        if isinstance(value, dict):
            return {k: plain(v) for k, v in value.items() if k != "version"}
        return [plain(v) for v in value] if isinstance(value, list) else value
    return plain(daemon.call("GET", ME))


def new_id():
    """A uuid of version 7, as a client makes it."""
    stamp = time.time_ns() // 1_000_000
    return str(uuid.UUID(int=stamp << 80 | 7 << 76 | 2 << 62 | uuid.uuid4().int & (1 << 62) - 1))


@case
def changes_at_once(daemon):
    """A batch is one version; its undo puts everything back, and again its undo."""
    before = menu_of(daemon)
    category, group, option, item = new_id(), new_id(), new_id(), new_id()
    old = find(daemon, "콜라")
    first = [entry["id"] for entry in before["categories"]]
    body = {"changes": [
        {"kind": "item", "id": item, "entry": {
            "category_id": category, "name": "팥빙수", "price": 9000, "code": "88010", "channels": ["COUNTER"],
            "option_group_ids": [group]}},
        {"kind": "option_group", "id": group, "entry": {
            "name": "토핑 추가", "min": 0, "max": 2, "options": [{"id": option, "name": "찹쌀떡", "price": 1000}]}},
        {"kind": "category", "id": category, "entry": {"name": "빙수"}, "position": 0},
        {"kind": "order", "of": "category", "ids": [category] + first[::-1]},
        {"kind": "stop", "item_id": old["id"], "mode": "TODAY"},
    ]}
    key = str(uuid.uuid4())
    done = daemon.call("POST", f"{ME}/changes", body, key=key)
    equal(daemon.call("POST", f"{ME}/changes", body, key=key), done)
    equal(done["version"], daemon.call("GET", ME)["version"])
    equal(find(daemon, "콜라")["sold_out"], True)
    equal(find(daemon, "팥빙수"), None)
    after = menu_of(daemon)
    equal([entry["id"] for entry in after["categories"]], [category] + first[::-1])
    equal(code_of(daemon.place, daemon.order_body([{"menu_item_id": item, "quantity": 1}], channel="QR")), "UNKNOWN_ITEM")
    daemon.call("POST", f"{ME}/items/{old['id']}/available")
    equal(code_of(daemon.call, "POST", f"{ME}/changes", done["undo"]), "VERSION_CONFLICT")
    daemon.call("POST", f"{ME}/items/{old['id']}/sold-out", {"until": "TODAY"})
    redo = daemon.call("POST", f"{ME}/changes", done["undo"])["undo"]
    equal(menu_of(daemon), before)
    daemon.call("POST", f"{ME}/changes", redo)
    equal(menu_of(daemon), after)


@case
def changes_refused(daemon):
    """What another changed meanwhile is not written over; faults are told by pointer."""
    item = find(daemon, "팥빙수") or next(
        entry for category in menu_of(daemon)["categories"] for entry in category["items"])
    seen = {"kind": "item", "id": item["id"], "expect": item["digest"], "entry": {**item, "name": "옛 이름"}}
    daemon.call("PATCH", f"{ME}/items/{item['id']}", {"price": 12345})
    before = menu_of(daemon)
    equal(code_of(daemon.call, "POST", f"{ME}/changes", {"changes": [seen]}), "VERSION_CONFLICT")
    twice = {"kind": "category", "id": new_id(), "entry": {"name": before["categories"][0]["name"]}}
    equal(code_of(daemon.call, "POST", f"{ME}/changes", {"changes": [twice]}), "CONFLICT")
    empty = {"kind": "category", "id": before["categories"][0]["id"], "entry": None}
    equal(code_of(daemon.call, "POST", f"{ME}/changes", {"changes": [empty]}), "CONFLICT")
    try:
        daemon.call("POST", f"{ME}/changes", {"changes": [{**seen, "expect": None, "entry": {"name": ""}}]})
    except Refused as refusal:
        equal(refusal.code, "INVALID_REQUEST")
        assert "/changes/0/entry/name" in [fault["pointer"] for fault in refusal.body["errors"]]
    else:
        raise AssertionError("a blank name was taken")
    equal(menu_of(daemon), before)


def send_file(daemon, content, query=""):
    headers = {"Authorization": f"Bearer {daemon.token}", "Content-Type": "text/csv"}
    return daemon.raw("POST", f"/api/v1{ME}/import{query}", content, headers)[0]


@case
def imports(daemon):
    """Files come in by HTTP, and by ordersyncctl beside the running daemon."""
    with open(CAFE, "rb") as file:
        cafe = file.read()
    equal(send_file(daemon, cafe, "?dry_run=true"), 200)
    equal(find(daemon, "소금빵"), None)
    equal(send_file(daemon, cafe), 200)
    equal(find(daemon, "콜드브루")["sold_out"], True)
    equal(send_file(daemon, "분류,메뉴명,가격\n빵,식빵,\n".encode()), 400)
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write("category,name,price\n디저트,소금빵,\"3,500원\"\n".encode())
        file.flush()
        daemon.ctl("menu", "import", file.name)
    deadline = time.monotonic() + 10
    while find(daemon, "소금빵")["price"] != 3500:
        assert time.monotonic() < deadline, "the daemon never heard of the import"
        time.sleep(0.05)


@case
def first_steps(daemon):
    """A shop made with a menu has these two of its first steps behind it."""
    setup = daemon.call("GET", "/restaurants/me")["setup"]
    equal({step for step, state in setup.items() if state == "DONE"}, {"shop", "menu"})


def import_json(daemon, table, query=""):
    return daemon.call("POST", f"{ME}/import{query}", table)


def exported(daemon, kind, language="ko"):
    path = f"/api/v1{ME}/export?format={kind}&language={language}"
    status, headers, content = daemon.raw("GET", path, headers={"Authorization": f"Bearer {daemon.token}"})
    equal(status, 200)
    assert headers["Content-Disposition"] == f'attachment; filename="menu.{kind}"', headers
    return content


def dry_run(daemon, content):
    headers = {"Authorization": f"Bearer {daemon.token}", "Content-Type": "text/csv"}
    status, _, body = daemon.raw("POST", f"/api/v1{ME}/import?dry_run=true", content, headers)
    equal(status, 200)
    return json.loads(body)


def picture(side, color, kind="JPEG", **more):
    file = io.BytesIO()
    PIL.Image.new("RGB", (side, side), color).save(file, kind, **more)
    return file.getvalue()


def put_photo(daemon, content, name=None, content_type="image/jpeg"):
    """(status, answer) of keeping a picture under its own name, or another."""
    name = name or hashlib.sha256(content).hexdigest()
    headers = {"Authorization": f"Bearer {daemon.token}", "Content-Type": content_type}
    status, _, body = daemon.raw("PUT", f"/api/v1{ME}/photos/{name}", content, headers)
    return status, json.loads(body)


def show_photo(daemon, item, content):
    """Puts a picture on a dish; its name."""
    status, put = put_photo(daemon, content)
    equal(status, 200)
    daemon.call("PATCH", f"{ME}/items/{item['id']}", {"photo": put["photo"]})
    return put["photo"]


def photo_rows(daemon):
    return int(daemon.sql("SELECT count(*) FROM menu_photo").split()[2])


def version_of(daemon):
    return daemon.call("GET", ME)["version"]


def entry_of(daemon, name):
    """An item in the editor's form."""
    return next(item for category in daemon.call("GET", ME)["categories"] for item in category["items"]
                if item["name"] == name)


@case
def photos(daemon):
    """A dish's picture is kept once, seen by anybody for ever, taken back by undo and by an earlier version."""
    category = daemon.call("POST", f"{ME}/categories", {"name": "사진"})
    one, two = (daemon.call("POST", f"{ME}/items", {"category_id": category["id"], "name": name, "price": 1000})
                for name in ("사진 콜라", "사진 사이다"))
    red, before = picture(640, "red"), version_of(daemon)
    equal((put_photo(daemon, red), version_of(daemon)), ((200, {"photo": hashlib.sha256(red).hexdigest()}), before))
    name = show_photo(daemon, one, red)
    equal((show_photo(daemon, two, red), photo_rows(daemon)), (name, 1))
    equal((find(daemon, "사진 콜라")["photo"], find(daemon, "사진 사이다")["photo"]), (name, name))
    put = version_of(daemon)
    public = f"/api/v1/restaurants/{daemon.restaurant_id}/menu/photos/{name}"
    status, headers, content = daemon.raw("GET", public)
    equal((status, content), (200, red))
    equal((headers["Content-Type"], headers["X-Content-Type-Options"], headers["ETag"], headers["Cache-Control"]),
          ("image/jpeg", "nosniff", f'"{name}"', "public, max-age=31536000, immutable"))
    equal(daemon.raw("GET", public, headers={"If-None-Match": headers["ETag"]})[0], 304)
    # Another shop does not have it, and a name that is none is none.
    for path in (f"/api/v1/restaurants/{uuid.uuid4()}/menu/photos/{name}", public[:-1] + "x", public[:-64] + "0" * 64):
        equal(daemon.raw("GET", path)[0], 404)
    # A file knows nothing of pictures, and leaves them.
    imports = {"Authorization": f"Bearer {daemon.token}", "Idempotency-Key": str(uuid.uuid4()),
               "Content-Type": "text/csv"}
    equal(daemon.raw("POST", f"/api/v1{ME}/import", "category,name,price\n사진,사진 콜라,1100\n".encode(), imports)[0], 200)
    equal((find(daemon, "사진 콜라")["photo"], find(daemon, "사진 콜라")["price"]), (name, 1100))
    # Away, and back by the inverse and by the version.
    bare = {key: value for key, value in entry_of(daemon, "사진 콜라").items() if key != "photo"}
    gone = daemon.call("POST", f"{ME}/changes", {"changes": [{"kind": "item", "id": one["id"], "entry": bare}]})
    equal("photo" in find(daemon, "사진 콜라"), False)
    daemon.call("POST", f"{ME}/changes", gone["undo"])
    equal(find(daemon, "사진 콜라")["photo"], name)
    show_photo(daemon, one, picture(64, "blue"))
    told = daemon.call("GET", f"{ME}/versions?limit=1")["versions"][0]["changes"][0]
    equal(told["members"], ["photo"])
    daemon.call("POST", f"{ME}/versions/{put}/restore", {}, key="photos-back")
    equal((find(daemon, "사진 콜라")["photo"], find(daemon, "사진 사이다")["photo"]), (name, name))
    # Old ones go with the next one put, unless a dish or a version needs them: blue is a version's.
    daemon.sql("INSERT INTO menu_photo SELECT restaurant_id, repeat('0', 64), content, put_at FROM menu_photo LIMIT 1")
    put_photo(daemon, picture(100, "white"))
    equal(photo_rows(daemon), 4)
    daemon.sql("UPDATE menu_photo SET put_at = now() - interval '2 days'")
    put_photo(daemon, picture(100, "black"))
    equal(photo_rows(daemon), 3)
    for gone in (f"/items/{one['id']}", f"/items/{two['id']}", f"/categories/{category['id']}"):
        daemon.call("DELETE", ME + gone)


def broken_pictures():
    """(what the server says, bytes): what must not be kept, and must not hurt it."""
    good = picture(128, "green")
    exif = PIL.Image.Exif()
    exif[271] = "Camera"
    wide = io.BytesIO()
    PIL.Image.new("RGB", (200, 100)).save(wide, "JPEG")
    huge = bytes.fromhex("ffd8ffc0000b082710271001011100ffd9")  # says it is 10,000 by 10,000
    late = bytes.fromhex("ffd8ffc0000b080080008001011100ffe10008457869660000ffd9")  # Exif behind the frame
    yield from ((415, picture(128, "red", "PNG")), (415, picture(128, "red", "GIF")), (415, picture(128, "red", "WEBP")),
                (415, b"<svg xmlns='http://www.w3.org/2000/svg' width='99999' height='99999'/>"),
                (415, b"<html><script>alert(1)</script>"), (415, b"\xff\xd8\xff<html>"), (415, b"\xff\xd8" + bytes(99)),
                (415, b"GIF89a"), (415, b"\x00"), ((400, 415), b""), (415, b"\xff\xd8\xff\xc0\x00\x02\xff\xd9"),
                (415, b"\xff\xd8\xff\xe0\x00\x00" + bytes(99)), (415, b"\xff\xd8\xff\xe0\xff\xff\xff\xd9"),
                (400, good[:-30]), (400, huge), (400, picture(63, "red")), (400, picture(1025, "red")),
                (400, wide.getvalue()), (400, picture(128, "red", exif=exif)), (400, late),
                (400, picture(128, "red", comment=b"from my kitchen")),
                (400, good + b"PK\x03\x04 and more"), (413, good[:-2] + bytes(600000) + b"\xff\xd9"))
    for at in range(0, len(good) - 2, 7):  # cut anywhere
        yield (400, 415), good[:at + 1]


@case
def refuses_photos(daemon):
    """Only a whole square JPEG of sensible size, by its bytes; a photo nobody put is no photo."""
    good = picture(128, "green")
    item = daemon.call("GET", ME)["categories"][0]["items"][0]
    before = (version_of(daemon), photo_rows(daemon))
    for status, content in broken_pictures():
        told, answer = put_photo(daemon, content)
        assert told in (status if isinstance(status, tuple) else (status,)), (status, content[:40], told, answer)
    equal(put_photo(daemon, good, "0" * 64)[0], 400)
    equal(put_photo(daemon, good, hashlib.sha256(good).hexdigest().upper())[0], 400)
    for photo in ("0" * 64, "x", "../" + "0" * 61, 7):
        equal(code_of(daemon.call, "PATCH", f"{ME}/items/{item['id']}", {"photo": photo}), "INVALID_REQUEST")
    equal((version_of(daemon), photo_rows(daemon)), before)


@case
def comes_back(daemon):
    """What is exported and imported again changes nothing, names that look like formulas neither."""
    odd = [{"name": name, "price": 1000 + index} for index, name in enumerate(
        ["=1+1", "+82", "-할인", "@HOME", "'=x", "쉼표, 둘", '따옴표 "큰 것"', "=HYPERLINK(\"http://x\")"])]
    category = daemon.call("POST", f"{ME}/categories", {"name": "=SUM(A1)"})
    for item in odd:
        daemon.call("POST", f"{ME}/items", dict(item, category_id=category["id"], description="둘째\n줄"))
    count = sum(len(category["items"]) for category in menu_of(daemon)["categories"])
    for kind, language in (("csv", "ko"), ("csv", "en"), ("xlsx", "ko"), ("xlsx", "en")):
        report = dry_run(daemon, exported(daemon, kind, language))
        equal((report["errors"], report["created"], report["changed"], report["unchanged"]), ([], 0, 0, count))
    text = exported(daemon, "csv")
    assert text.startswith(b"\xef\xbb\xbf")
    for row in csv.reader(io.StringIO(text.decode("utf-8-sig"))):
        assert not any(cell[:1] in ("=", "+", "-", "@") for cell in row), row
    book = openpyxl.load_workbook(io.BytesIO(exported(daemon, "xlsx")))
    kinds = {cell.data_type for row in book.active for cell in row}
    assert "f" not in kinds, kinds


@case
def imports_workbook(daemon):
    """A workbook another program wrote; a fault in it is told by its cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["분류", "메뉴명", "판매가", "코드", "옵션"])
    sheet.append(["엑셀", "수제비", 8500, "0012", "맵기(1-1): 순한맛, 매운맛(+500)"])
    sheet.append([None, "칼국수", "8,000원", None, None])
    sheet.merge_cells("A2:A3")
    book.create_sheet("재고").append(["다른 것"])
    file = io.BytesIO()
    book.save(file)
    report = dry_run(daemon, file.getvalue())
    equal((report["encoding"], report["errors"], report["created"]), ("XLSX", [], 2))
    assert any(one["code"] == "OTHER_SHEETS" for one in report["warnings"]), report["warnings"]
    headers = {"Authorization": f"Bearer {daemon.token}", "Idempotency-Key": str(uuid.uuid4()), "Content-Type":
               "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    status, _, content = daemon.raw("POST", f"/api/v1{ME}/import", file.getvalue(), headers)
    equal((status, json.loads(content)["created"]), (200, 2))
    equal(find(daemon, "수제비")["option_groups"][0]["name"], "맵기")
    sheet["C3"] = "=8000+1"
    file = io.BytesIO()
    book.save(file)
    for bad, words in ((file.getvalue(), "Cell C3"), (file.getvalue()[:999], "workbook"),
                       (b"\xd0\xcf\x11\xe0" + bytes(600), "xlsx")):
        status, _, content = daemon.raw("POST", f"/api/v1{ME}/import?dry_run=true", bad, headers)
        equal(status, 400)
        assert words in json.loads(content)["detail"], content


@case
def imports_mended(daemon):
    """A file is shown with its doubts, mended cell by cell, imported as JSON and taken back."""
    before = menu_of(daemon)
    report = dry_run(daemon, "대분류,메뉴명,가격,알레르기\n빙과,하드,약 700,딸기\n빙과,쭈쭈바,이천원,\n".encode())
    sheet = report["sheet"]
    equal([column["field"] for column in sheet["columns"]], ["category", "name", "price", "allergens"])
    equal({(r["row"], r.get("field"), r["severity"]) for r in report["errors"] + report["warnings"]},
          {(1, "category", "doubt"), (2, "price", "doubt"), (2, "allergens", "doubt"), (2, None, "warning"),
           (3, "price", "error")})
    equal(report["created"], 1)
    table = {"columns": [column["field"] for column in sheet["columns"]],
             "rows": [row["cells"] for row in sheet["rows"]],
             "row_numbers": [row["row"] for row in sheet["rows"]]}
    equal(code_of(import_json, daemon, table), "INVALID_REQUEST")
    table["rows"][1][2] = "2000"
    equal(import_json(daemon, table, "?dry_run=true")["errors"], [])
    equal(menu_of(daemon), before)
    done = import_json(daemon, table)
    equal((done["created"], find(daemon, "쭈쭈바")["price"]), (2, 2000))
    daemon.call("POST", f"{ME}/changes", done["undo"])
    equal(menu_of(daemon), before)


@case
def versions(daemon):
    """Each version says what it changed; any of them comes back as a new one, compared first, and goes again."""
    category = daemon.call("POST", ME + "/categories", {"name": "옛날"})
    item = daemon.call("POST", ME + "/items", {"category_id": category["id"], "name": "오뎅", "price": 3000})
    then = daemon.call("GET", ME)["version"]
    daemon.call("PATCH", f"{ME}/items/{item['id']}", {"price": 3500, "name": "어묵"})
    daemon.call("POST", f"{ME}/items/{item['id']}/sold-out", {"until": "NOW"})
    page = daemon.call("GET", ME + "/versions?limit=2")
    first, second = page["versions"]
    equal((first["action"], first["from_version"]), ("menu.item_updated", then))
    assert first["actor_name"] and first["actor"].startswith("user:"), first
    told = first["changes"][0]
    equal((told["change"], told["name"], told["name_before"], told["price_before"], told["price"], told["members"]),
          ("CHANGED", "어묵", "오뎅", 3000, 3500, ["names", "prices"]))
    equal((second["version"], second["changes"][0]["change"]), (then, "ADDED"))
    older = daemon.call("GET", f"{ME}/versions?limit=1&cursor={page['next_cursor']}")["versions"][0]
    equal(older["changes"][0]["kind"], "category")
    seen = daemon.call("GET", f"{ME}/versions/{then}")
    equal((seen["change_count"], seen["changes"][0]["price"]), (1, 3000))
    daemon.call("PATCH", f"{ME}/items/{item['id']}", {"price": 4000})
    path = f"{ME}/versions/{then}/restore"
    equal(code_of(daemon.call, "POST", path, {"expect": seen["expect"]}), "VERSION_CONFLICT")
    back = daemon.call("POST", path, {}, key="back-to-then")
    equal(daemon.call("POST", path, {}, key="back-to-then"), back, "sent again")
    mine = next(i for c in daemon.call("GET", ME)["categories"] for i in c["items"] if i["id"] == item["id"])
    equal((mine["name"], mine["price"], mine["sold_out"]), ("오뎅", 3000, True))
    newest = daemon.call("GET", ME + "/versions?limit=1")["versions"][0]
    equal((newest["action"], newest["restored"], newest["version"]), ("menu.restored", then, back["version"]))
    daemon.call("POST", ME + "/changes", back["undo"])
    mine = next(i for c in daemon.call("GET", ME)["categories"] for i in c["items"] if i["id"] == item["id"])
    equal((mine["name"], mine["price"]), ("어묵", 4000))
    equal(code_of(daemon.call, "GET", ME + "/versions/999999"), "NOT_FOUND")
    equal(code_of(daemon.call, "GET", ME + "/versions?cursor=x"), "INVALID_REQUEST")
    for gone in (f"/items/{item['id']}", f"/categories/{category['id']}"):
        daemon.call("DELETE", ME + gone)


def imports_price(daemon, category, name, price):
    """A file with three columns, carried out."""
    headers = {"Authorization": f"Bearer {daemon.token}", "Idempotency-Key": str(uuid.uuid4()),
               "Content-Type": "text/csv"}
    content = f"category,name,price\n{category},{name},{price}\n".encode()
    status, _, body = daemon.raw("POST", f"/api/v1{ME}/import", content, headers)
    equal((status, json.loads(body)["changed"]), (200, 1))


def minute_of_week(daemon):
    """Weekday and minute on the shop's wall, by the clock of its database."""
    text = daemon.sql("SELECT to_char(now() AT TIME ZONE 'Asia/Seoul', 'ID HH24 MI')").splitlines()[2]
    weekday, hour, minute = text.split()
    return int(weekday), int(hour) * 60 + int(minute)


@case
def hours(daemon):
    """Outside its hours guests are refused with the hours and see so; staff sell it; a price of now is taken."""
    category = daemon.call("POST", ME + "/categories", {"name": "시간 메뉴"})
    shop = daemon.call("GET", "/restaurants/me")
    daemon.call("PATCH", "/restaurants/me", {"time_zone": "Asia/Seoul", "cutoff_minutes": 0})
    _, minute = minute_of_week(daemon)
    every = [1, 2, 3, 4, 5, 6, 7]
    # twelve hours, of which the next ones are hours away
    now = {"weekdays": every, "from": (minute - 360) % 1440, "until": (minute - 360) % 1440 + 720}
    later = {"weekdays": every, "from": (minute + 360) % 1440, "until": (minute + 360) % 1440 + 720}
    item = daemon.call("POST", ME + "/items", {
        "category_id": category["id"], "name": "해장국", "hours": [later],
        "prices": [{"price": 9000}, {**now, "price": 7000}, {"channel": "QR", "price": 8000},
                   {**now, "channel": "QR", "price": 6000}, {**later, "channel": "WEB", "price": 1}]})
    equal((item["price"], item["hours"]), (9000, [later]))

    def places(channel, price):
        return code_of(daemon.place, {**order_of(daemon, item, unit_price=price), "channel": channel})

    seen = find(daemon, "해장국")
    equal((seen["price"], seen["outside_hours"], seen["hours"]), (7000, True, [later]))
    equal((places("QR", 6000), places("WEB", 7000), places("COUNTER", 7000)), ("OUTSIDE_HOURS", "OUTSIDE_HOURS", None))
    equal(places("COUNTER", 9000), "MENU_CHANGED")
    try:
        daemon.place({**order_of(daemon, item), "channel": "QR"})
    except Refused as refusal:
        begins = later["from"]
        assert f"every day {begins // 60:02}:{begins % 60:02}–" in refusal.body["detail"], refusal.body
    # a file says nothing of hours: it comes back as it went, and with another price leaves them alone
    for kind in ("csv", "xlsx"):
        report = dry_run(daemon, exported(daemon, kind))
        equal((report["errors"], report["created"], report["changed"]), ([], 0, 0))
    for price in (9500, 9000):
        imports_price(daemon, "시간 메뉴", "해장국", price)
        mine = next(i for c in daemon.call("GET", ME)["categories"] for i in c["items"] if i["id"] == item["id"])
        equal((mine["price"], mine["hours"], [row for row in mine["prices"] if row != {"price": price}]),
              (price, [later], [row for row in item["prices"] if row != {"price": 9000}]))
    # another clock on the wall: no change of the menu, and another menu
    version = daemon.call("GET", ME)["version"]
    daemon.call("PATCH", "/restaurants/me", {"time_zone": "America/Sao_Paulo"})  # twelve hours from Seoul
    deadline = time.monotonic() + 10
    while "outside_hours" in find(daemon, "해장국"):
        assert time.monotonic() < deadline, "the menu keeps to the old clock"
        time.sleep(0.05)
    equal((daemon.call("GET", ME)["version"], places("QR", 8000)), (version, None))
    daemon.call("PATCH", "/restaurants/me", {"time_zone": "Asia/Seoul"})
    # the hours of a category hold for what is in it
    daemon.call("PATCH", f"{ME}/items/{item['id']}", {"hours": None})
    daemon.call("PATCH", f"{ME}/categories/{category['id']}", {"hours": [later]})
    deadline = time.monotonic() + 10
    while "outside_hours" not in find(daemon, "해장국"):
        assert time.monotonic() < deadline, "the menu keeps to the old clock"
        time.sleep(0.05)
    equal(places("QR", 6000), "OUTSIDE_HOURS")
    # a version without hours comes back, and goes again
    before = daemon.call("GET", ME)["version"]
    told = daemon.call("GET", ME + "/versions?limit=1")["versions"][0]["changes"][0]
    equal((told["kind"], told["members"]), ("category", ["hours"]))
    back = daemon.call("POST", f"{ME}/versions/{before - 1}/restore", {}, key="hours-back")
    equal(places("QR", 6000), None)
    daemon.call("POST", ME + "/changes", back["undo"])
    equal(places("QR", 6000), "OUTSIDE_HOURS")
    equal(code_of(daemon.call, "PATCH", f"{ME}/items/{item['id']}", {"prices": [
        {"price": 1}, {**now, "price": 2}, {"weekdays": [1], "price": 3}]}), "INVALID_REQUEST")
    for gone in (f"/items/{item['id']}", f"/categories/{category['id']}"):
        daemon.call("DELETE", ME + gone)
    daemon.call("PATCH", "/restaurants/me", {name: shop[name] for name in ("time_zone", "cutoff_minutes")})


@case
def origins(daemon):
    """A shop that asks for origins keeps what lacks one from guests' screens, at the till it goes on."""
    category = daemon.call("POST", ME + "/categories", {"name": "원산지"})
    item = daemon.call("POST", ME + "/items", {"category_id": category["id"], "name": "옛날돈까스", "price": 9000})

    def places(channel):
        return code_of(daemon.place, {**order_of(daemon, item, menu_item_id=item["id"]), "channel": channel})

    assert find(daemon, "옛날돈까스")
    equal(code_of(daemon.call, "PUT", ME + "/rules", {}), "INVALID_REQUEST")
    before = daemon.call("GET", ME)["version"]
    done = daemon.call("PUT", ME + "/rules", {"origin_required": True})
    equal((done["version"], daemon.call("GET", ME)["origin_required"]), (before + 1, True))
    equal((find(daemon, "옛날돈까스"), places("QR"), places("COUNTER")), (None, "UNKNOWN_ITEM", None))
    daemon.call("PATCH", f"{ME}/items/{item['id']}", {"origin": "돼지고기:스페인산"})
    equal((find(daemon, "옛날돈까스")["origin"], places("QR")), ("돼지고기:스페인산", None))
    daemon.call("PATCH", f"{ME}/items/{item['id']}", {"origin": None})
    daemon.call("PUT", ME + "/rules", {"origin_required": False})
    assert find(daemon, "옛날돈까스")
    for gone in (f"/items/{item['id']}", f"/categories/{category['id']}"):
        daemon.call("DELETE", ME + gone)


@case
def large_menus(daemon):
    """Two thousand items come in by one import or one batch, within the body limit."""
    before = menu_of(daemon)
    rows = [[f"많이 {i % 20}", f"메뉴 {i}", str(1000 + i), "맵기(1-1): 순한맛, 매운맛(+500)", "설명 " * 20]
            for i in range(2000)]
    table = {"columns": ["category", "name", "price", "options", "description"], "rows": rows}
    done = import_json(daemon, table)
    equal(done["created"], 2000)
    redo = daemon.call("POST", f"{ME}/changes", done["undo"])["undo"]
    equal(menu_of(daemon), before)
    assert len(redo["changes"]) > 2000
    undo = daemon.call("POST", f"{ME}/changes", redo)["undo"]
    equal(find(daemon, "메뉴 1999")["price"], 2999)
    daemon.call("POST", f"{ME}/changes", undo)
    equal(menu_of(daemon), before)


@case
def all_routes(daemon):
    """Every route of the menu was asked above."""
    known = {operation["operationId"] for _, _, _, operation in daemon.contract.routes
             if "menu" in operation["tags"]}
    equal(known - daemon.contract.used, set())


def main():
    with Daemon(sys.argv[1]) as daemon:
        daemon.setup(MENU)
        daemon.contract = Contract()
        daemon.start()
        daemon.login()
        return run(daemon)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
