#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""`ordersyncctl check` finds what it is there for: in a small shop with money of every kind each corruption below is
made by hand, past all triggers, must be named, and is put back; before and after there is nothing to find."""

import json
import os
import re
import signal
import sys
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from osy_daemon import Daemon  # noqa: E402
from osy_printer import wait_for  # noqa: E402
from osy_till import ME, Till  # noqa: E402
from osy_toss import Toss  # noqa: E402
from tap import case, equal, run  # noqa: E402

MENU = os.path.join(HERE, "..", "data", "menu-bunsik.csv")
CHANGED = re.compile(r"\b(?:UPDATE|INTO|DELETE FROM) ([a-z_]+)")

# Some rows of the shop. {prepaid} and so on: ids of orders; see open_shop().
PAID = "(SELECT id FROM payment WHERE order_id = '{prepaid}' AND status = 'PARTIALLY_REFUNDED')"
BACK = "(SELECT id FROM payment WHERE status = 'REFUNDED' AND method = 'CASH' LIMIT 1)"
CHECK = "(SELECT check_id FROM orders WHERE id = '{prepaid}')"
OPEN = "(SELECT check_id FROM orders WHERE id = '{open}')"

CORRUPTIONS = [
    # what is said, what is done, which rule names it
    ("an order's total", "UPDATE orders SET total_amount = total_amount + 11, supply_amount = supply_amount + 10, "
     "vat_amount = vat_amount + 1 WHERE id = '{prepaid}'", "order.amounts-add-up"),
    ("an order's VAT", "UPDATE orders SET supply_amount = supply_amount - 1, vat_amount = vat_amount + 1 "
     "WHERE id = '{prepaid}'", "order.vat-is-its-share"),
    ("an order's version", "UPDATE orders SET version = version + 1 WHERE id = '{prepaid}'", "order.version-counts-steps"),
    ("an order's state", "UPDATE orders SET status = 'READY' WHERE id = '{prepaid}'", "order.status-is-last-step"),
    ("a step that is not allowed", "UPDATE order_step SET from_status = 'DELIVERING' WHERE order_id = '{prepaid}' "
     "AND version = 3", "order.steps-allowed"),
    ("a step that is gone", "DELETE FROM order_step WHERE order_id = '{prepaid}' AND version = 2",
     "order.version-counts-steps"),
    ("an order's number", "UPDATE orders SET number = 900 WHERE id = '{prepaid}'", "order.numbers-without-gap"),
    ("an order that is gone", "DELETE FROM orders WHERE id = '{prepaid}'", "order.key-has-its-order"),
    ("a sum of orders", f"UPDATE guest_check SET orders_amount = orders_amount + 1 WHERE id = {CHECK}",
     "check.posted-orders"),
    ("a sum of adjustments", f"UPDATE guest_check SET adjustments_amount = adjustments_amount + 1 WHERE id = {CHECK}",
     "check.withdrawn-orders"),
    ("a discount", f"UPDATE guest_check SET discount_percent = discount_percent + 1 WHERE id = {OPEN}",
     "bill.checks-discounted"),
    ("an adjustment that is gone", "DELETE FROM order_adjustment WHERE line_id IS NOT NULL", "bill.orders-adjusted"),
    ("a check's version", f"UPDATE guest_check SET version = version + 1 WHERE id = {CHECK}", "bill.every-change-told"),
    ("a check that nobody paid", f"UPDATE guest_check SET status = 'SETTLED' WHERE id = {OPEN}", "payment.settled-is-paid"),
    ("a check that is paid in part", f"UPDATE guest_check SET status = 'SETTLED', tenders_amount = 1 WHERE id = {OPEN}",
     "payment.settled-is-paid"),
    ("a sum of tenders", f"UPDATE guest_check SET tenders_amount = tenders_amount + 1 WHERE id = {CHECK}",
     "payment.checks-are-their-payments"),
    ("a sum of refunds", f"UPDATE guest_check SET refunds_amount = refunds_amount + 1 WHERE id = {CHECK}",
     "payment.checks-are-their-payments"),
    ("a payment's amount", f"UPDATE payment SET amount = amount - 1 WHERE id = {PAID}", "payment.checks-are-their-payments"),
    ("a payment of another part", "UPDATE payment SET part_id = NULL WHERE part_id IS NOT NULL",
     "payment.parts-within-payments"),
    ("more given back than taken", f"UPDATE refund SET amount = 100 * amount WHERE payment_id = {PAID}",
     "payment.refunds-within-captured"),
    ("a refund that is gone", f"DELETE FROM refund WHERE payment_id = {PAID}", "payment.refunds-within-captured"),
    ("a payment's state", f"UPDATE payment SET status = 'REFUNDED' WHERE id = {PAID}", "payment.status-is-its-refunds"),
    ("a payment's version", f"UPDATE payment SET version = version + 1 WHERE id = {PAID}", "payment.every-change-told"),
    ("VAT of refunds", "UPDATE refund SET vat_amount = vat_amount + 1 WHERE id = (SELECT id FROM refund WHERE payment_id = "
     f"{BACK} LIMIT 1); UPDATE payment SET held_vat = held_vat + 1 WHERE id = {BACK}", "payment.all-back-is-all-vat"),
    ("a look-up that is forgotten", "DELETE FROM payment_task", "payment.unknown-is-asked-about"),
    ("money of an order that was withdrawn", "DELETE FROM refund WHERE payment_id = (SELECT id FROM payment WHERE order_id "
     "= '{rejected}'); UPDATE payment SET status = 'PAID', held_amount = 0, held_vat = 0, refunded_amount = 0 "
     "WHERE order_id = '{rejected}'; UPDATE payment_expectation SET undone_at = undone_at - interval '1 hour'",
     "payment.withdrawn-goes-back"),
    ("an audit row of a payment", f"DELETE FROM audit_log WHERE object_id = {PAID} AND action = 'payment.completed'",
     "payment.every-change-audited"),
    ("a cash receipt", "UPDATE cash_receipt SET amount = amount + 1", "payment.receipts-within-cash"),
    ("what is paid out", "UPDATE settlement SET pay_out = pay_out + 1", "payment.settlements-add-up"),
    ("a sale that is settled twice", "INSERT INTO settlement SELECT restaurant_id, 'again', payment_id, amount, fee, "
     "pay_out, sold_on, paid_out_on, imported_at FROM settlement WHERE amount > 0 LIMIT 1", "payment.settlements-are-ours"),
    ("what is promised", "UPDATE ingredient SET reserved = reserved + 1", "stock.promised-is-held"),
    ("more promised than there is", "UPDATE ingredient SET reserved = on_hand + 1", "stock.promised-within"),
    ("a portion that is held by nobody", "DELETE FROM stock_hold WHERE subject_id = '{open}'", "stock.promised-is-held"),
    ("what is on hand", "UPDATE ingredient SET on_hand = on_hand + 1", "stock.moved-is-there"),
    ("a movement", "UPDATE stock_movement SET quantity = quantity + 1 WHERE kind = 'RECEIVE'", "stock.history-adds-up"),
    ("what an order used", "UPDATE stock_movement SET quantity = quantity - 1 WHERE subject_id = '{prepaid}'",
     "stock.used-is-consumed"),
    ("an ingredient's version", "UPDATE ingredient SET version = version + 1", "stock.every-change-told"),
    ("an event that is gone", "DELETE FROM shop_feed WHERE aggregate_id = '{prepaid}' AND aggregate_seq = 2",
     "event.feed-without-gap"),
    ("an event before its time", "UPDATE shop_feed SET aggregate_seq = 5 - aggregate_seq WHERE aggregate_id = '{prepaid}' "
     "AND aggregate_seq IN (2, 3)", "event.order-within-aggregate"),
    ("an event that was never published", "INSERT INTO outbox (restaurant_id, event_id, type, aggregate_type, aggregate_id, "
     "aggregate_seq, occurred_at) SELECT id, gen_random_uuid(), 'order.seen', 'guest', gen_random_uuid(), 1, "
     "now() - interval '1 hour' FROM restaurant", "event.outbox-empties"),
    ("a handler that hangs", "UPDATE inbox SET done_at = NULL, received_at = now() - interval '2 hours' "
     "WHERE consumer = 'kitchen.order' AND seq = (SELECT max(seq) FROM inbox WHERE consumer = 'kitchen.order')",
     "event.handlers-keep-up"),
    ("a handler that was passed over", "DELETE FROM inbox WHERE (consumer, seq) = (SELECT i.consumer, i.seq FROM inbox i "
     "JOIN shop_feed f USING (restaurant_id, epoch, seq) WHERE i.consumer = 'saga.stock' AND f.type = 'order.created' "
     "ORDER BY i.seq OFFSET 2 LIMIT 1)", "event.handlers-hear-all"),
    ("a task of no event", "UPDATE inbox SET seq = seq + 100000 WHERE seq = (SELECT max(seq) FROM inbox)",
     "event.inbox-has-its-event"),
    ("an audit row that is gone", "DELETE FROM audit_log WHERE object_id = '{prepaid}' AND action = 'order.accepted'",
     "order.every-change-audited"),
    ("an audit row that nobody wrote", "INSERT INTO audit_log SELECT created_at, gen_random_uuid(), restaurant_id, trace_id, "
     "action, actor, object_type, NULL, old_value_enc, new_value_enc FROM audit_log LIMIT 1", "audit.every-row-is-sealed"),
    ("a seal that is gone", "DELETE FROM audit_seal WHERE seq = 3", "audit.seals-without-gap"),
    ("what the kitchen made", "UPDATE kitchen_line SET quantity_made = quantity_made + 1 WHERE order_id = '{prepaid}'",
     "kitchen.quantities-conserved"),
    ("what the kitchen was sent", "UPDATE kitchen_line SET quantity_made = quantity_made + 1, quantity_sent = "
     "quantity_sent + 1 WHERE order_id = '{prepaid}'", "kitchen.lines-are-the-orders"),
    ("a ticket that was bumped", "UPDATE kitchen_ticket SET status = 'OPEN' WHERE order_id = '{prepaid}'",
     "kitchen.what-is-over-is-closed"),
    ("a ticket's version", "UPDATE kitchen_ticket SET version = version + 1 WHERE order_id = '{prepaid}'",
     "kitchen.every-change-told"),
    ("a delivery that is still on its way", "UPDATE orders SET completed_at = NULL, " +
     ", ".join(f"{name} = {name} - interval '1 hour'" for name in ("handed_over_at", "closed_at")) +
     " WHERE id = '{delivery}'; UPDATE delivery SET status = 'PICKED_UP', delivered_at = NULL, " +
     ", ".join(f"{name} = {name} - interval '1 hour'" for name in ("requested_at", "picked_up_at")),
     "delivery.order-agrees"),
    ("a delivery of nothing to deliver", "UPDATE delivery SET order_id = '{prepaid}'", "delivery.of-deliveries"),
    ("a delivery's version", "UPDATE delivery SET version = version + 1", "delivery.every-change-told"),
    ("a saga's money", "UPDATE saga SET captured = captured + 1 WHERE order_id = '{prepaid}'", "saga.knows-its-money"),
    ("a saga's goods", "UPDATE saga SET goods = 'RESERVED' WHERE order_id = '{prepaid}'", "saga.knows-its-goods"),
    ("a saga's ride", "UPDATE saga SET ride = 'REQUESTED' WHERE order_id = '{delivery}'", "saga.knows-its-ride"),
    ("a saga that undid what was done", "UPDATE saga SET step = 'COMPENSATED' WHERE order_id = '{prepaid}'",
     "saga.agrees-with-its-order"),
    ("a saga that nobody looks at", "UPDATE saga SET next_at = NULL WHERE order_id = '{open}'", "saga.open-is-looked-at"),
    ("a saga that is gone", "DELETE FROM saga WHERE order_id = '{prepaid}'", "saga.prepaid-order-has-one"),
    ("a sum of sales", "UPDATE sale_hour SET gross = gross + 1", "analytics.sales-are-the-orders"),
    ("a sum of sales that is gone", "DELETE FROM sale_hour", "analytics.sales-are-the-orders"),
    ("a sum of items", "UPDATE sale_item SET quantity = quantity + 1", "analytics.items-are-the-lines"),
    ("a sum of preparation", "UPDATE sale_prep SET orders = orders + 1", "analytics.facts-are-the-sums"),
    ("a sum of tenders", "UPDATE sale_tender SET refunded = refunded + 1", "analytics.tenders-are-the-payments"),
    ("news that is not summed", "INSERT INTO sale_trouble SELECT restaurant_id, id, 'order', 'x', 1, now(), now() FROM orders",
     "analytics.news-is-summed"),
    ("a close that is gone", "DELETE FROM till_z WHERE number = 1", "till.numbers-without-gap"),
    ("a close's figures", "UPDATE till_z SET report = jsonb_set(report, '{{totals,vat}}', '0') WHERE number = 1",
     "till.closes-are-their-entries"),
    ("an entry of a close", "UPDATE till_entry SET amount = amount - 1 WHERE z_number = 1 AND kind = 'CASH_OUT'",
     "till.closes-are-their-entries"),
    ("an entry of another close", "UPDATE till_entry SET z_number = 3 WHERE kind = 'CASH_OUT'", "till.entries-have-their-close"),
    ("money that was not entered", "DELETE FROM till_entry WHERE kind = 'TAKEN' AND tender = 'CASH'",
     "till.payments-are-entered"),
    ("VAT that was not entered", "UPDATE till_entry SET vat = vat + 1 WHERE kind = 'TAKEN' AND tender = 'TOSS'",
     "till.payments-are-entered"),
    ("a refund that was not entered", "DELETE FROM till_entry WHERE kind = 'REFUNDED' AND tender = 'TOSS'",
     "till.refunds-are-entered"),
    ("what should be in the drawer", "UPDATE till_z SET expected = expected + 1", "till.expected-is-float-and-cash"),
    ("what was counted", "UPDATE till_z SET counted = counted + 1", "till.expected-is-float-and-cash"),
    ("a table's check", "UPDATE guest_check SET table_id = gen_random_uuid() WHERE id = (SELECT check_id FROM seating "
     "WHERE ended_at IS NULL)", "table.check-is-where-they-sit"),
]

# Tables are kept and put back as they were; what forbids a corruption is out of force meanwhile.
KEEP = """DO $$
DECLARE
  name text;
  rule record;
BEGIN
  FOREACH name IN ARRAY {tables} LOOP
    EXECUTE format('CREATE TABLE kept.%I AS SELECT * FROM public.%I', name, name);
    FOR rule IN SELECT conname, pg_get_constraintdef(oid) AS said FROM pg_constraint
        WHERE conrelid = ('public.' || name)::regclass AND contype = 'c' LOOP
      INSERT INTO kept.rule VALUES (name, rule.conname, rule.said);
      EXECUTE format('ALTER TABLE public.%I DROP CONSTRAINT %I', name, rule.conname);
    END LOOP;
  END LOOP;
END $$"""
PUT_BACK = """DO $$
DECLARE
  name text;
  columns text;
  rule record;
BEGIN
  FOREACH name IN ARRAY {tables} LOOP
    SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_attribute
      WHERE attrelid = ('public.' || name)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
    EXECUTE format('DELETE FROM public.%I', name);
    EXECUTE format('INSERT INTO public.%I (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM kept.%I', name, columns, columns,
                   name);
    EXECUTE format('DROP TABLE kept.%I', name);
  END LOOP;
  FOR rule IN DELETE FROM kept.rule RETURNING * LOOP
    EXECUTE format('ALTER TABLE public.%I ADD CONSTRAINT %I %s', rule.of, rule.name, rule.said);
  END LOOP;
END $$"""
PAST_TRIGGERS = "SET session_replication_role = replica; BEGIN; "


def check(daemon):
    answer = daemon.ctl("check", "--json", check=False)
    assert answer.stdout, answer.stderr
    return json.loads(answer.stdout)["broken"]


def corrupt(daemon, harm, rows):
    """What `check` says while the data is harmed."""
    harm = harm.format(**rows)
    tables = "ARRAY['" + "', '".join(sorted(set(CHANGED.findall(harm)))) + "']"
    daemon.sql(PAST_TRIGGERS + KEEP.replace("{tables}", tables) + f"; {harm}; COMMIT")
    try:
        return check(daemon)
    finally:
        daemon.sql(PAST_TRIGGERS + PUT_BACK.replace("{tables}", tables) + "; COMMIT")


def sell(till):
    """A shop with something of everything; ids of some of its orders."""
    daemon, item = till.daemon, till.daemon.plain_item()
    rice = daemon.call("POST", f"{ME}/ingredients", {"name": "쌀", "unit": "G", "block": True})
    daemon.call("POST", f"{ME}/ingredients/{rice['id']}/movements", {"kind": "RECEIVE", "quantity": 9_000_000},
                key=str(uuid.uuid4()))
    daemon.call("PUT", f"{ME}/menu/items/{item['id']}/recipe", {"lines": [{"ingredient_id": rice["id"], "quantity": 1000}]})
    rows = {"prepaid": till.prepaid(), "later": till.pay_later(), "delivery": till.delivery(), "split": till.split(),
            "account": till.account()}
    paid = rows["prepaid"][1][0]
    till.refund(paid, 700)
    cash = next(one for one in rows["split"][1] if one["method"] == "CASH")
    for amount in (1, 999, cash["amount"] - 1000):
        till.refund(cash, amount)
    wait_for("the refund", lambda: till.get(paid)["refunded_amount"] == 700)
    ids = {name: order["id"] for name, (order, _) in rows.items()}
    rejected = till.place_prepaid()
    till.prepay(rejected)
    till.reaches(rejected, "PENDING", "FULFILLING")
    daemon.act(rejected["id"], "reject", {"reason": "재료 소진"})
    till.reaches(rejected, "REJECTED", "COMPENSATED")
    left_open = till.place(type="DINE_IN", table_id=till.draw_table(), quantity=3, accept={"ready_in_minutes": 10})
    path = f"{ME}/checks/{left_open['check_id']}"
    daemon.call("POST", path + "/adjustments", {"kind": "DISCOUNT", "percent": 10, "reason": "단골"}, key=str(uuid.uuid4()))
    daemon.call("POST", path + "/adjustments", {"kind": "VOID", "line_id": left_open["items"][0]["line_id"], "quantity": 1,
                                                "reason": "품절"}, key=str(uuid.uuid4()))
    till.prepay(till.place_prepaid(), "VIRTUAL_ACCOUNT")
    daemon.call("POST", f"{ME}/settlements/import", {"day": till.cell("SELECT (now() AT TIME ZONE 'Asia/Seoul')::date")})
    close_the_till(daemon)
    return {**ids, "rejected": rejected["id"], "open": left_open["id"]}


def close_the_till(daemon):
    """Two closes, the first of which is corrected."""
    for _ in range(2):
        daemon.call("POST", f"{ME}/till/cash", {"kind": "OUT", "amount": 1000, "reason": "얼음"}, key=str(uuid.uuid4()))
        daemon.call("POST", f"{ME}/till/close", {"counted": 0, "left": 0, "reason": "안 셈"}, key=str(uuid.uuid4()))
    daemon.call("POST", f"{ME}/till/z/1/correct", {"counted": 1, "reason": "셈"})


def hold_still(till):
    """The daemon stops in the middle of nothing; its PostgreSQL goes on."""
    def is_still():
        till.quiet()
        os.kill(till.daemon.process.pid, signal.SIGSTOP)
        if till.cell("SELECT count(*) FROM pg_stat_activity WHERE usename LIKE 'ordersync%' AND pid <> "
                     "pg_backend_pid() AND state <> 'idle'") == "0":
            return True
        os.kill(till.daemon.process.pid, signal.SIGCONT)
        return False
    wait_for("a still moment", is_still)


@case
def nothing_at_first(shop):
    """A shop with money of every kind has nothing to find"""
    equal(check(shop.daemon), [])
    assert len(CORRUPTIONS) >= 30


def found(what, harm, rule):
    def one(shop):
        broken = corrupt(shop.daemon, harm, shop.rows)
        assert any(line.startswith(rule + ":") for line in broken), f"{rule} is not in {broken}"
    one.__doc__ = f"Found: {what}"
    return one


for corruption in CORRUPTIONS:
    case(found(*corruption))


@case
def nothing_at_last(shop):
    """All of it was put back, and the shop goes on"""
    equal(check(shop.daemon), [])
    os.kill(shop.daemon.process.pid, signal.SIGCONT)
    shop.till.prepaid()
    shop.till.quiet()
    equal(check(shop.daemon), [])


class Shop:
    def __init__(self, daemon, toss):
        self.daemon = daemon
        daemon.setup(MENU)
        daemon.start()
        daemon.login()
        self.till = Till(daemon, toss)
        self.rows = sell(self.till)
        hold_still(self.till)
        daemon.sql("CREATE SCHEMA kept; CREATE TABLE kept.rule (of text, name text, said text)")


def main():
    with Toss(os.path.join(sys.argv[1], "src", "sim", "ordersync-sim")) as toss:
        with Daemon(sys.argv[1], extra=[*toss.daemon_options(), "--toss-retry-ms", "300"]) as daemon:
            try:
                return run(Shop(daemon, toss))
            finally:
                if daemon.process is not None and daemon.process.poll() is None:
                    os.kill(daemon.process.pid, signal.SIGCONT)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
