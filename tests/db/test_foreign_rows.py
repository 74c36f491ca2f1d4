#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Row level security of the real schema: what the catalogue must say, and what every role can really do to
the rows of another shop, table by table, partition by partition, with no, a wrong and the right context.
Whoever widens a policy or a grant on purpose changes a table of exceptions here."""

import json
import os
import re
import signal
import subprocess
import sys
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
sys.path.insert(0, HERE)
import two_shops  # noqa: E402
from osy_daemon import Daemon  # noqa: E402
from tap import case, equal, run  # noqa: E402

# Tables that belong to no shop, each with the reason why that is right.
SHOPLESS = {
    "app_user": "found by e-mail before anybody knows whose it is; every word of it is sealed",
    "auth_failure": "counted before anybody is signed in",
    "audit_check": "the last verification of the whole chain",
    "audit_checkpoint": "signs the whole chain",
    "audit_key_change": "public keys and signatures over the whole chain",
    "jwt_key": "wrapped; one for the installation",
    "key_rotation": "how far a change of keys has come; names of tables alone",
    "key_material": "wrapped; one for the installation",
    "organisation": "ids alone",
    "refresh_token": "found by the hash of a bearer secret",
    "revoked_session": "session ids alone, read at the start",
    "schema_migration": "the schema's own",
    "state_initial": "the same for all",
    "state_transition": "the same for all",
    "user_recovery_code": "a person's own (its policy is tried below)",
    "user_totp": "a person's own (its policy is tried below)",
}
# What a service does to the rows of all shops because that is its work. Nothing else is allowed.
SERVICES = {
    ("ordersync_relay", "outbox"): "read delete",
    ("ordersync_relay", "feed_head"): "read insert update move",
    ("ordersync_relay", "shop_feed"): "read insert",
    ("ordersync_relay", "inbox"): "read insert delete",
    ("ordersync_relay", "idempotency"): "read delete",
    ("ordersync_relay", "stock_reservation"): "read",  # in which shops something has expired; old ones it deletes
    ("ordersync_relay", "stock_hold"): "read",
    ("ordersync_relay", "orders"): "read",  # in which shops one for later begins
    ("ordersync_sealer", "audit_log"): "read",
    ("ordersync_sealer", "audit_unsealed"): "read delete",
    ("ordersync_sealer", "audit_seal"): "read insert",
    ("ordersync_keys", "audit_seal"): "read",  # numbers and hashes, which a new key signs
    ("ordersync_owner", "audit_unsealed"): "insert",  # by the trigger queue_for_seal()
    ("ordersync_owner", "channel_link"): "read",  # by the functions of 115-channel.sql
    ("ordersync_owner", "channel_event"): "read",
    ("ordersync_owner", "channel_push"): "read",
    ("ordersync_owner", "rider_call"): "read",  # by the function of 104-delivery.sql
    ("ordersync_owner", "payment"): "read",  # by the functions of 110-payment.sql
    ("ordersync_owner", "payment_task"): "read",
    ("ordersync_owner", "payment_setup"): "read",
    ("ordersync_owner", "sale_position"): "read",  # by the function of 130-analytics.sql
    ("ordersync_owner", "sale_trouble"): "read",
    ("ordersync_owner", "feed_head"): "read",
    ("ordersync_owner", "saga"): "read",  # by the function of 120-saga.sql
    ("ordersync_owner", "orders"): "read",  # by the function of 140-metrics.sql
    ("ordersync_owner", "print_job"): "read",
    ("ordersync_owner", "outbox"): "read",
    ("ordersync_owner", "inbox"): "read",
    ("ordersync_owner", "alert_message"): "read",  # by the function of 136-alert.sql
    ("ordersync_owner", "report_delivery"): "read",  # by the function of 142-report-mail.sql
    ("ordersync_owner", "restaurant"): "read",  # by the functions of 044-threat.sql
}
# The role that turns keys works on the sealed cells of every shop, and on nothing else of a row.
KEYS = "ordersync_keys"
CELL = re.compile(r"_(enc|bidx)$|^(find_keys|wrapped|kek|retired_at|chain)$")
SERVICES.update({(KEYS, "data_key"): "read delete", (KEYS, "order_find"): "read insert delete"})
# Columns that a made-up row needs besides those that may not be NULL.
MADE_UP = {"subject_key": {"wrapped": "\\x00"}}
KEY = {"restaurant": "id"}  # where the column of the shop has another name
DENIED = "42501"

PROBE = """
CREATE FUNCTION pg_temp.probe(who text, shop text, person text, statement text) RETURNS text
  LANGUAGE plpgsql AS $f$
DECLARE
  n bigint;
BEGIN
  PERFORM set_config('app.restaurant', shop, true), set_config('app.user', person, true);
  PERFORM set_config('role', who, true);
  IF statement LIKE 'SELECT%' THEN
    EXECUTE statement INTO n;
  ELSE
    EXECUTE statement;
    GET DIAGNOSTICS n = ROW_COUNT;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'OS000', MESSAGE = n::text;
EXCEPTION
  WHEN SQLSTATE 'OS000' THEN RETURN SQLERRM;
  WHEN OTHERS THEN RETURN SQLSTATE;
END $f$;
-- Triggers and foreign keys would refuse much of it too; here row security stands alone.
SET session_replication_role = replica;
"""


class Database:
    def __init__(self, daemon):
        self.command = ["psql", "-h", os.path.join(daemon.data_dir, "run"), "-U", "ordersync_admin",
                        "-d", "ordersync", "-AtqX", "-F", "\t", "-v", "ON_ERROR_STOP=1"]

    def rows(self, script):
        done = subprocess.run(self.command, input=script, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return [line.split("\t") for line in done.stdout.splitlines() if line]

    def column(self, script):
        return [row[0] for row in self.rows(script)]

    def probe(self, probes):
        """The answers to [(role, shop, person, statement)]: how many rows, or the SQLSTATE."""
        listed = json.dumps([dict(zip("wspt", p), n=n) for n, p in enumerate(probes)])
        answers = self.rows(PROBE + f"""
            SELECT n, pg_temp.probe(w, s, p, t) FROM json_to_recordset($json${listed}$json$)
              AS x(n int, w text, s text, p text, t text) ORDER BY n;""")
        answers = [row for row in answers if len(row) == 2]
        equal(len(answers), len(probes), "answers")
        return [answer for _, answer in answers]


class World:
    """The two shops, the tables, the roles."""

    def __init__(self, daemon):
        self.db = Database(daemon)
        self.own, self.other = two_shops.make(daemon)
        # Nothing works on the rows any more; the database goes on.
        daemon.process.send_signal(signal.SIGSTOP)
        self.roles = self.db.column("SELECT rolname FROM pg_roles WHERE rolname ~ '^ordersync_' AND NOT rolsuper "
                                    "ORDER BY 1") + ["probe_nobody"]
        self.db.rows("CREATE ROLE probe_nobody; GRANT USAGE ON SCHEMA public TO probe_nobody")
        tables = self.db.rows("""
            SELECT c.relname, c.relispartition, EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND
              attname = 'restaurant_id') OR c.relname = 'restaurant'
            FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1""")
        self.partitions = [name for name, partition, _ in tables if partition == "t"]
        self.tables = [name for name, partition, shop in tables if partition == "f" and shop == "t"]
        self.shopless = [name for name, partition, shop in tables if partition == "f" and shop == "f"]
        self.columns = {}
        for table, column in self.db.rows("""SELECT relname, attname FROM pg_attribute JOIN pg_class c ON
                c.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
                AND attgenerated = '' AND attidentity <> 'a' ORDER BY attnum"""):
            self.columns.setdefault(table, []).append(column)
        shops = [self.own.restaurant_id, self.other.restaurant_id]
        samples = self.sample(shops)
        for table in self.tables:
            for shop in shops:
                if (table, shop) not in samples:
                    self.make_row(table, shop)
        self.samples = self.sample(shops)

    def sample(self, shops):
        """One row of each table and shop as JSON."""
        found = {}
        for table, shop, row in self.db.rows("".join(
                f"(SELECT '{t}', '{s}', to_json(t) FROM {t} t WHERE {KEY.get(t, 'restaurant_id')} = '{s}' LIMIT 1);"
                for t in self.tables for s in shops)):
            found[table, shop] = row
        return found

    def make_row(self, table, shop):
        """A made-up row for a table in which the daemon has left none."""
        key = KEY.get(table, "restaurant_id")
        checks = " ".join(self.db.column(f"SELECT pg_get_constraintdef(oid) FROM pg_constraint "
                                         f"WHERE conrelid = '{table}'::regclass AND contype = 'c'"))
        columns = self.db.rows(f"SELECT attname, format_type(atttypid, NULL), attgenerated FROM pg_attribute WHERE "
                               f"attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped "
                               "AND attnotnull AND NOT atthasdef")
        for size in (32, 16, 64, 12, 8, 1):
            row = {name: made_up(name, kind, checks, size) for name, kind, *_ in columns}
            row.update(MADE_UP.get(table, {}), **{key: shop})
            names = ", ".join(row)
            try:
                self.db.rows("SET session_replication_role = replica;"
                             f"INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE SELECT {names} FROM "
                             f"json_populate_record(NULL::{table}, $json${json.dumps(row)}$json$)")
                return
            except AssertionError as error:
                refusal = error
        raise AssertionError(f"no row of {table} could be made up: let two_shops.py make one: {refusal}")

    def contexts(self):
        """(name, shop, person) of what a transaction may have set; all of them strangers to the other shop."""
        return (("none", "", ""), ("own shop", self.own.restaurant_id, self.own.user_id),
                ("own person", "", self.own.user_id))


def made_up(name, kind, checks, size):
    """A value of a type, of @size bytes or that number; one of the words that a check allows where there are some."""
    words = re.search(rf"\b{name} = ANY \(ARRAY\['([^']*)'", checks)
    if words:
        return words.group(1)
    return {"uuid": str(uuid.uuid4()), "bytea": "\\x" + "00" * size, "text": "x", "boolean": True, "jsonb": {},
            "timestamp with time zone": "2026-01-01T00:00:00Z", "date": "2026-01-01", "text[]": ["x"],
            "timestamp with time zone[]": []}.get(kind, size)


# ---- what the catalogue says ----

def nothing(world, query, what):
    equal(world.db.rows(query), [], what)


@case
def every_table_has_a_decision(world):
    """Every table belongs to a shop, or is known not to."""
    equal(sorted(set(world.shopless) - set(SHOPLESS)), [], "tables of no shop that nobody reviewed")
    equal(sorted(set(SHOPLESS) - set(world.shopless)), [], "reviewed tables that are no more")
    assert len(world.tables) > 25 and len(world.partitions) > 5


@case
def security_is_forced(world):
    """Tables of shops and their partitions have row security, forced upon their owner too."""
    nothing(world, """SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace
        AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity) AND (relname = 'restaurant'
        OR EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'restaurant_id'))""",
            "tables without forced row security")


@case
def views_and_functions(world):
    """Views run as who asks; what runs as its owner fixes its path, is no superuser's, and not for all."""
    nothing(world, """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND
        (relkind = 'm' OR relkind = 'v' AND NOT coalesce(reloptions::text[] @> '{security_invoker=true}', false))""",
            "views that see more than who asks")
    nothing(world, """SELECT proname FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
        WHERE pronamespace = 'public'::regnamespace AND prosecdef AND (rolname <> 'ordersync_owner'
        OR NOT coalesce(proconfig @> '{"search_path=public, pg_temp"}', false)
        OR has_function_privilege('probe_nobody', p.oid, 'EXECUTE'))""", "SECURITY DEFINER functions")


@case
def grants(world):
    """No grant reaches a partition, and none goes round row security; roles own nothing and inherit nothing."""
    roles = "unnest(ARRAY[" + ", ".join(f"'{r}'" for r in world.roles if r != "ordersync_owner") + "]) AS r"
    nothing(world, f"""SELECT r, relname FROM {roles}, pg_class WHERE relispartition AND
        relnamespace = 'public'::regnamespace AND has_any_column_privilege(r, oid, 'SELECT, INSERT, UPDATE')
        OR relispartition AND relkind = 'r' AND has_table_privilege(r, oid, 'DELETE')""", "grants on partitions")
    nothing(world, f"""SELECT r, relname FROM {roles}, pg_class WHERE relnamespace = 'public'::regnamespace
        AND relkind IN ('r', 'p') AND has_table_privilege(r, oid, 'TRUNCATE, REFERENCES, TRIGGER')""",
            "grants that row security does not bind")
    nothing(world, f"""SELECT r FROM {roles} WHERE has_schema_privilege(r, 'public', 'CREATE')
        OR has_database_privilege(r, current_database(), 'CREATE')""", "roles that can make objects")
    nothing(world, f"""SELECT r, relname FROM {roles}, pg_class WHERE relowner = r::regrole UNION ALL
        SELECT r, proname FROM {roles}, pg_proc WHERE proowner = r::regrole UNION ALL
        SELECT r, nspname FROM {roles}, pg_namespace WHERE nspowner = r::regrole""", "what service roles own")
    nothing(world, """SELECT rolname FROM pg_roles WHERE rolname ~ '^ordersync_' AND rolname <> 'ordersync_admin'
        AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)""", "roles with too much")
    nothing(world, """SELECT roleid::regrole, member::regrole FROM pg_auth_members
        WHERE member::regrole::text ~ '^"?ordersync_' OR roleid::regrole::text ~ '^"?ordersync_'""", "memberships")


@case
def who_turns_keys_reads_no_words(world):
    """Of a shop's rows the role that turns keys reads the sealed cells and the names of the rows."""
    found = world.db.rows(f"""SELECT relname, attname FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
        AND has_column_privilege('{KEYS}', attrelid, attnum, 'SELECT') AND NOT EXISTS (SELECT FROM pg_index i
          WHERE i.indrelid = c.oid AND (indisprimary OR indisunique) AND attnum = ANY (indkey))
        AND relname NOT IN ('key_rotation', 'key_material', 'data_key', 'subject_key', 'jwt_key', 'audit_key_change')""")
    equal([row for row in found if not CELL.search(row[1]) and row[1] != "created_at"], [],
          "readable words")


@case
def keys_stay_in_the_shop(world):
    """A foreign key from a shop's row to a shop's row names the shop on both sides."""
    nothing(world, """SELECT conrelid::regclass, conname FROM pg_constraint c WHERE contype = 'f'
        AND connamespace = 'public'::regnamespace
        AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = conrelid AND attname = 'restaurant_id')
        AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = confrelid AND attname = 'restaurant_id')
        AND NOT EXISTS (SELECT FROM unnest(conkey, confkey) AS k(here, there)
          JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = here AND a.attname = 'restaurant_id'
          JOIN pg_attribute b ON b.attrelid = confrelid AND b.attnum = there AND b.attname = 'restaurant_id')""",
            "foreign keys that may cross shops")


# ---- what every role can do ----

def statements(world, table, shop):
    """(act, statement) that reach for the rows of @shop in @table."""
    columns, row, key = world.columns[table], world.samples[table, shop], KEY.get(table, "restaurant_id")
    names = ", ".join(f'"{c}"' for c in columns)
    yield "read", f"SELECT count(*) FROM {table} WHERE {key} = '{shop}'"
    yield "delete", f"DELETE FROM {table} WHERE {key} = '{shop}'"
    yield "insert", (f"INSERT INTO {table} ({names}) SELECT {names} "
                     f"FROM json_populate_record(NULL::{table}, $row${row}$row$)")
    for column in columns:
        yield f"update {column}", f'UPDATE {table} SET "{column}" = "{column}" WHERE {key} = \'{shop}\''
    # Without a condition row security alone chooses the rows, and no right to read is needed.
    yield "move", f"UPDATE {table} SET {key} = '{shop}'"


def may(world, role, table, act):
    act, _, column = act.partition(" ")
    if role == KEYS and act in ("read", "update") and any(CELL.search(c) for c in world.columns[table]):
        return act == "read" or bool(CELL.search(column))
    return act in SERVICES.get((role, table), "").split()


def foreign_rows(world, tables):
    """(how much was tried, what reached a row of the other shop and is nobody's work)"""
    tried = [((role, shop, person, statement), (role, context, table, act))
             for table in tables for act, statement in statements(world, table, world.other.restaurant_id)
             for role in world.roles for context, shop, person in world.contexts()]
    found = []
    for answer, (role, context, table, act) in zip(world.db.probe([t for t, _ in tried]), [w for _, w in tried]):
        if act == "insert":
            # Who may insert is told so, or that the row is there already; who may not, 42501.
            reached = answer != DENIED
        else:
            reached = answer not in ("0", DENIED)
        if reached and not may(world, role, table, act):
            found.append(f"{role}, {context}: {act} {table}: {answer}")
    return len(tried), found


@case
def no_foreign_row(world):
    """No role reads, adds, changes, takes over or deletes a row of another shop, whatever context it has."""
    count, found = foreign_rows(world, world.tables)
    equal(found, [], "foreign rows")
    assert count > 5000, "too little was tried"


@case
def planted_holes(world):
    """Each kind of hole that is planted is found."""
    holes = (("CREATE POLICY hole ON orders FOR SELECT TO ordersync_app USING (true)", "read orders"),
             ("CREATE POLICY hole ON orders FOR INSERT TO ordersync_app WITH CHECK (true)", "insert orders"),
             ("CREATE POLICY hole ON orders TO ordersync_app USING (restaurant_id = app_restaurant()) "
              "WITH CHECK (true)", "move orders"),
             ("ALTER TABLE orders DISABLE ROW LEVEL SECURITY", "update status orders"))
    for hole, seen in holes:
        world.db.rows(hole)
        found = foreign_rows(world, ["orders"])[1]
        world.db.rows("DROP POLICY IF EXISTS hole ON orders; ALTER TABLE orders ENABLE ROW LEVEL SECURITY")
        assert any(seen in line for line in found), f"{hole}: {found}"


@case
def the_probe_sees(world):
    """The same statements reach one's own rows, or else the case above would prove nothing."""
    own = world.own
    tried = [((role, own.restaurant_id, own.user_id, statement), (role, table, act))
             for table in world.tables for act, statement in statements(world, table, own.restaurant_id)
             if act in ("read", "insert") for role in ("ordersync_app",)]
    rights = {"SELECT": "read", "INSERT": "insert"}
    granted = {(rights[right], table) for right, table in world.db.rows(
        """SELECT r, relname FROM pg_class, unnest(ARRAY['SELECT', 'INSERT']) r WHERE relkind IN ('r', 'p')
        AND relnamespace = 'public'::regnamespace AND has_table_privilege('ordersync_app', oid, r)""")}
    blind = [f"{act} {table}: {answer}" for answer, (role, table, act)
             in zip(world.db.probe([t for t, _ in tried]), [w for _, w in tried])
             if (act, table) in granted and answer in ("0", DENIED)]
    equal(blind, [], "own rows out of reach")


@case
def no_partition_by_name(world):
    """Naming a partition gets round nothing: even one's own rows are reached through the parent alone."""
    tried = [((role, shop, person, statement.format(partition)), (role, partition, statement))
             for partition in world.partitions for role in world.roles
             for _, shop, person in world.contexts()
             for statement in ("SELECT count(*) FROM {}", "DELETE FROM {}", "INSERT INTO {0} SELECT * FROM {0}",
                               "UPDATE {} SET restaurant_id = restaurant_id")]
    answers = world.db.probe([t for t, _ in tried])
    found = [f"{what}: {answer}" for answer, what in zip(answers, [w for _, w in tried])
             if answer != DENIED and not (what[0] == "ordersync_owner" and answer == "0")]
    equal(found, [], "partitions within reach")


@case
def a_persons_own(world):
    """The second factor of a person is his alone; the shop learns yes or no of its own people."""
    for shop in (world.own, world.other):
        world.db.rows(f"INSERT INTO user_totp VALUES ('{shop.user_id}', '\\x00', 0, now(), now()) "
                      f"ON CONFLICT DO NOTHING; INSERT INTO user_recovery_code VALUES ('{shop.user_id}', '\\x00') "
                      "ON CONFLICT DO NOTHING")
    other = world.other.user_id
    acts = [f"SELECT count(*) FROM {{}} WHERE user_id = '{other}'", f"DELETE FROM {{}} WHERE user_id = '{other}'",
            f"UPDATE {{}} SET user_id = '{other}'", f"INSERT INTO {{}} (user_id) VALUES ('{other}')"]
    tried = [(role, shop, person, act.format(table)) for role in world.roles
             for table in ("user_totp", "user_recovery_code") for act in acts
             for _, shop, person in world.contexts()]
    found = [(probe, answer) for probe, answer in zip(tried, world.db.probe(tried)) if answer not in ("0", DENIED)
             and not (probe[0] == KEYS and probe[3].startswith("SELECT"))]
    equal(found, [], "somebody else's second factor")
    count = "SELECT count(*) FROM staff_totp() WHERE user_id {} '" + other + "'"
    answers = world.db.probe([("ordersync_app", world.own.restaurant_id, "", count.format("=")),
                              ("ordersync_app", world.own.restaurant_id, "", count.format("<>")),
                              ("ordersync_app", "", world.own.user_id, count.format("=")),
                              ("ordersync_relay", world.own.restaurant_id, "", count.format("<>"))])
    equal(answers, ["0", "1", "0", DENIED], "what staff_totp() tells")


@case
def an_invitation_by_its_code(world):
    """An invitation is seen by who holds its code, and then it alone."""
    shops = [s.restaurant_id for s in (world.own, world.other)]
    codes = {shop: world.db.column(f"SELECT encode(code_hash, 'hex') FROM staff_invitation WHERE restaurant_id = "
                                   f"'{shop}'")[0] for shop in shops}
    count = ("SELECT count(*) FROM staff_invitation, LATERAL set_config('app.invitation', '{}', true)")
    seen = world.db.rows(f"""BEGIN; SET LOCAL ROLE ordersync_app;
        SELECT 'x' FROM set_config('app.invitation', '{codes[shops[1]]}', true);
        SELECT restaurant_id, encode(code_hash, 'hex') FROM staff_invitation; ROLLBACK;""")
    equal(seen[1:], [[shops[1], codes[shops[1]]]], "rows for a code")
    equal(world.db.probe([("ordersync_app", "", "", count.format("00" * 32))]), ["0"], "rows for a wrong code")


def main():
    with Daemon(sys.argv[1]) as daemon:
        try:
            return run(World(daemon))
        finally:
            daemon.process.send_signal(signal.SIGCONT)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
