/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Alerts and their messages against the database, with a clock of our own: once each, nothing in
 * quiet hours, one message afterwards, and no try is lost or made twice. Nobody is called. */

#include "osy-alert-fixture.h"

/* ---- tests ---- */

/* What stays wrong is told once, and again only after it was well. */
static void
test_once (void)
{
  begin ("2026-11-20T03:00:00Z", "{}");
  for (int i = 0; i < 3; i++)
    run (raise_one, "주방");
  g_autoptr (OsyFetchCall) call = take ();
  g_assert_cmpstr (call->url, ==, URL);
  g_assert_true (call->public_only);
  expect_nothing ();
  answer (call, 200);
  g_assert_cmpint (count_of ("SENT"), ==, 1);
  run (sweep, NULL); /* no printer is broken: it has ended */
  run (raise_one, "주방");
  g_autoptr (OsyFetchCall) again = take ();
  g_assert_nonnull (again);
  g_assert_cmpstr (again->id, !=, call->id);
  end ();
}

/* A shop on which all is well is looked at for a whole day. */
static void
test_quiet_day (void)
{
  begin ("2026-11-20T00:00:00Z", "{}");
  for (int i = 0; i < 24; i++) {
    run (sweep, NULL);
    osy_clock_advance_fake (G_TIME_SPAN_HOUR);
  }
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM alert WHERE restaurant_id = '%s'",
                                   osy_order_fixture_shop_id (fixture)),
                   ==, 0);
  run (sweep, GINT_TO_POINTER (30)); /* the database was away */
  run (sweep, NULL);
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM alert WHERE restaurant_id = '%s' "
                                   "AND kind = 'OUTAGE' AND ended_at IS NOT NULL",
                                   osy_order_fixture_shop_id (fixture)),
                   ==, 1);
  end ();
}

#define NIGHT "{\"quiet\":{\"from\":\"22:00\",\"until\":\"08:00\"}}"
#define DROPPING(from, until) \
  "{\"quiet\":{\"from\":\"" from "\",\"until\":\"" until "\",\"then\":\"DROP\"}}"

/* 23:00 in Seoul: nothing goes until 08:00, then one message says all of it. */
static void
test_held_back (void)
{
  begin ("2026-11-20T14:00:00Z", NIGHT);
  run (raise_one, "주방");
  run (raise_one, "홀");
  for (int i = 0; i < 9; i++) {
    expect_nothing ();
    osy_clock_advance_fake (G_TIME_SPAN_HOUR - 1);
  }
  g_assert_cmpint (count_of ("HELD"), ==, 2);
  osy_clock_advance_fake (9);
  g_autoptr (OsyFetchCall) call = take ();
  g_assert_nonnull (call);
  g_autofree char *body = body_of (call);
  g_assert_nonnull (strstr (body, "조용한 시간의 알림 2건"));
  g_assert_nonnull (strstr (body, "‘주방’"));
  g_assert_nonnull (strstr (body, "‘홀’"));
  expect_nothing ();
  answer (call, 503);
  g_assert_cmpint (count_of ("WAITING"), ==, 1);
  g_assert_cmpint (count_of ("JOINED"), ==, 1);
  osy_clock_advance_fake (G_TIME_SPAN_MINUTE);
  g_autoptr (OsyFetchCall) again = take ();
  g_autofree char *same = body_of (again);
  g_assert_nonnull (strstr (same, "2건"));
  g_assert_cmpstr (again->id, ==, call->id);
  answer (again, 200);
  g_assert_cmpint (count_of ("SENT"), ==, 2);
  end ();
}

/* What fails in the evening is not tried again in the night, and joins what came then. */
static void
test_retry_in_the_night (void)
{
  begin ("2026-11-20T12:59:55Z", NIGHT);
  run (raise_one, "주방");
  g_autoptr (OsyFetchCall) call = take ();
  g_assert_nonnull (call);
  answer (call, 503);
  osy_clock_advance_fake (G_TIME_SPAN_MINUTE);
  run (raise_one, "홀");
  expect_nothing ();
  g_assert_cmpint (count_of ("HELD"), ==, 2);
  set_clock ("2026-11-20T23:00:00Z");
  g_autoptr (OsyFetchCall) morning = take ();
  g_autofree char *body = body_of (morning);
  g_assert_nonnull (strstr (body, "2건"));
  end ();
}

static void
test_dropped (void)
{
  begin ("2026-11-20T14:00:00Z",
         "{\"quiet\":{\"from\":\"22:00\",\"until\":\"08:00\",\"then\":\"DROP\"},"
         "\"rules\":{\"THREAT\":{\"pierces\":true}}}");
  run (raise_one, "주방");
  expect_nothing ();
  g_assert_cmpint (count_of ("DROPPED"), ==, 1);
  run (raise_threat, "t1"); /* the owner wants to be woken for that */
  g_autoptr (OsyFetchCall) call = take ();
  g_assert_nonnull (call);
  set_clock ("2026-11-21T03:00:00Z");
  answer (call, 200);
  expect_nothing ();
  end ();
}

/* What somebody asks for in hours that drop waits for their end, though it is over by then; so does
 * what it has become one message with. */
static void
test_asked_in_the_night (void)
{
  begin ("2026-11-20T12:59:55Z", NIGHT);
  run (raise_one, "홀");
  g_autoptr (OsyFetchCall) failed = take ();
  answer (failed, 503);
  osy_clock_advance_fake (G_TIME_SPAN_SECOND);
  run (raise_one, "주방");
  g_autoptr (OsyFetchCall) refused = take ();
  answer (refused, 404);
  run (save_setup, DROPPING ("22:00", "08:00"));
  osy_clock_advance_fake (4 * G_TIME_SPAN_SECOND);
  run (retry, refused->id);
  expect_nothing ();
  g_assert_cmpint (count_of ("HELD"), ==, 1);
  g_assert_cmpint (count_of ("DROPPED"), ==, 0);
  run (save_setup, NIGHT);
  osy_clock_advance_fake (G_TIME_SPAN_MINUTE);
  expect_nothing ();
  g_assert_cmpint (count_of ("HELD"), ==, 2);
  run (sweep, NULL);
  set_clock ("2026-11-20T23:00:00Z");
  g_autoptr (OsyFetchCall) both = take ();
  g_assert_cmpstr (both->id, ==, failed->id);
  answer (both, 503);
  run (save_setup, DROPPING ("08:00", "09:00"));
  osy_clock_advance_fake (G_TIME_SPAN_MINUTE);
  expect_nothing ();
  g_assert_cmpint (count_of ("DROPPED"), ==, 0);
  set_clock ("2026-11-21T00:00:00Z");
  g_autoptr (OsyFetchCall) call = take ();
  g_assert_nonnull (call);
  g_autofree char *body = body_of (call);
  g_assert_nonnull (strstr (body, "2건"));
  end ();
}

/* Tries have an end, and what was refused for good has none at all. */
static void
test_given_up (void)
{
  begin ("2026-11-20T03:00:00Z", "{}");
  run (raise_one, "주방");
  for (int i = 0; i < 8; i++) {
    g_autoptr (OsyFetchCall) call = take ();
    g_assert_nonnull (call);
    answer (call, i % 2 ? 0 : 500);
    expect_nothing ();
    osy_clock_advance_fake (G_TIME_SPAN_HOUR);
  }
  expect_nothing ();
  g_assert_cmpint (count_of ("DEAD"), ==, 1);
  run (raise_one, "홀");
  g_autoptr (OsyFetchCall) refused = take ();
  answer (refused, 410);
  osy_clock_advance_fake (G_TIME_SPAN_DAY);
  expect_nothing ();
  g_assert_cmpint (count_of ("DEAD"), ==, 2);
  end ();
}

/* Who dies while sending leaves a row that is taken again, and no sooner than the call can last. */
static void
test_crash (void)
{
  begin ("2026-11-20T03:00:00Z", "{}");
  run (raise_one, "주방");
  g_autoptr (OsyFetchCall) call = take ();
  osy_clock_advance_fake (30 * G_TIME_SPAN_SECOND);
  expect_nothing ();
  osy_clock_advance_fake (30 * G_TIME_SPAN_SECOND);
  g_autoptr (OsyFetchCall) again = take ();
  g_assert_cmpstr (again->id, ==, call->id);
  end ();
}

/* Rules say whom a kind is told to. */
static void
test_rules (void)
{
  begin ("2026-11-20T03:00:00Z", "{\"rules\":{\"PRINTER\":{\"channels\":[\"SCREEN\"]}}}");
  run (raise_one, "주방");
  expect_nothing ();
  run (raise_threat, "t1");
  g_autoptr (OsyFetchCall) call = take ();
  g_assert_nonnull (call);
  end ();
}

/* ---- what goes wrong ---- */

/* One whose row is not what was sealed, and one that was sealed and is no recipient. */
static gboolean
add_broken (OsyDbTx *tx, gpointer data, GError **error)
{
  static const guint8 junk[] = {1, 2, 3, 4};
  g_autofree char *id = osy_id_new ();
  const OsyCell cell = {osy_db_tx_restaurant (tx), "alert_target", "detail_enc", id, NULL};
  g_autoptr (GBytes) bytes = data != NULL ? osy_keyring_seal (fixture->ring, &cell, data, error)
                                          : g_bytes_new_static (junk, sizeof junk);

  return bytes != NULL &&
         osy_db_exec (tx,
                      "INSERT INTO alert_target (restaurant_id, id, channel, detail_enc, "
                      "created_at) VALUES (app_restaurant(), $1::uuid, 'PAGERDUTY', $2, "
                      "'2026-01-01')",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_BYTES (bytes)), NULL, error);
}

static gboolean
list_targets (OsyDbTx *tx, gpointer data, GError **error)
{
  GPtrArray **list = data;

  *list = osy_alert_target_list (tx, fixture->ring, NULL, error);
  return *list != NULL;
}

/* Who cannot be read is told nothing, and keeps nobody else from being told. */
static void
test_unreadable (void)
{
  static const char *const sealed[] = {NULL, "no JSON", "[]", "{}", "{\"address\":\"x\"}"};

  begin ("2026-11-20T03:00:00Z", "{}");
  for (gsize i = 0; i < G_N_ELEMENTS (sealed); i++)
    run (add_broken, sealed[i]);
  g_autoptr (GPtrArray) list = NULL;
  run (list_targets, &list);
  g_assert_cmpuint (list->len, ==, 6);
  for (guint i = 0; i < list->len; i++)
    g_assert_cmpint (((OsyAlertTarget *)list->pdata[i])->unreadable, ==, i < 5);
  g_autoptr (JsonObject) shown = osy_alert_target_to_json (list->pdata[0]);
  g_assert_true (json_object_get_boolean_member (shown, "unreadable"));
  run (raise_one, "주방");
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK); /* it is warned of */
  g_autoptr (OsyFetchCall) call = take ();
  g_assert_nonnull (call);
  answer (call, 200);
  expect_nothing ();
  g_log_set_always_fatal (fatal);
  g_assert_cmpint (count_of ("SENT"), ==, 1);
  g_assert_cmpint (count_of ("DEAD"), ==, 5);
  end ();
}

/* What was taken over there and could not be written down is written down, and not sent again. */
static void
test_mark_lost (void)
{
  begin ("2026-11-20T03:00:00Z", "{}");
  run (raise_one, "주방");
  for (int i = 0; i < 2; i++) {
    g_autoptr (OsyFetchCall) call = take ();
    g_assert_nonnull (call); /* the second time nobody answered the first */
    call->status = i == 0 ? 503 : 200;
    osy_alert_messages.heard (&room, call);
    osy_clock_advance_fake (2 * G_TIME_SPAN_MINUTE);
  }
  expect_nothing ();
  g_assert_cmpint (count_of ("SENT"), ==, 1);
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM alert_message WHERE restaurant_id = '%s' "
                                   "AND sent_at = '2026-11-20T03:02:00Z'",
                                   osy_order_fixture_shop_id (fixture)),
                   ==, 1);
  end ();
}

/* Who dies at each try gives it up, too. */
static void
test_dies_each_time (void)
{
  begin ("2026-11-20T03:00:00Z", "{}");
  run (raise_one, "주방");
  for (int i = 0; i < 8; i++) {
    g_autoptr (OsyFetchCall) call = take ();
    g_assert_nonnull (call);
    osy_clock_advance_fake (2 * G_TIME_SPAN_MINUTE);
  }
  expect_nothing ();
  g_assert_cmpint (count_of ("DEAD"), ==, 1);
  end ();
}

/* After a long silence: what still is so is told with its time, what is over is not, nor what is of
 * another day; somebody who asks gets it all the same. */
static void
test_late (void)
{
  begin ("2026-11-20T03:00:00Z", "{}");
  run (raise_one, "주방");
  osy_clock_advance_fake (3 * G_TIME_SPAN_HOUR);
  g_autoptr (OsyFetchCall) call = take ();
  g_autofree char *body = body_of (call);
  g_assert_nonnull (strstr (body, "12:00에 있었던 일이에요. 프린터 ‘주방’"));
  answer (call, 200);
  run (raise_one, "홀");
  run (sweep, NULL); /* both have ended */
  expect_nothing ();
  g_assert_cmpint (count_of ("DROPPED"), ==, 1);
  run (raise_one, "바");
  osy_clock_advance_fake (25 * G_TIME_SPAN_HOUR);
  expect_nothing ();
  g_assert_cmpint (count_of ("DROPPED"), ==, 2);
  run (raise_threat, "t1");
  g_autoptr (OsyFetchCall) refused = take ();
  answer (refused, 404);
  osy_clock_advance_fake (3 * G_TIME_SPAN_DAY);
  run (retry, refused->id);
  g_autoptr (OsyFetchCall) asked = take ();
  g_assert_nonnull (asked);
  g_autofree char *with_day = body_of (asked);
  g_assert_nonnull (strstr (with_day, "11-21 16:00에 있었던 일이에요."));
  end ();
}

/* What the night held back is told in the morning though it is over, with both times; outages and
 * threats do not wait unless the shop says so. */
static void
test_over_in_the_night (void)
{
  begin ("2026-11-20T14:00:00Z", NIGHT);
  run (raise_one, "주방");
  expect_nothing ();
  osy_clock_advance_fake (G_TIME_SPAN_HOUR);
  run (sweep, NULL);
  run (raise_threat, "t1");
  g_autoptr (OsyFetchCall) threat = take ();
  g_assert_nonnull (threat);
  answer (threat, 200);
  set_clock ("2026-11-20T23:00:01Z");
  g_autoptr (OsyFetchCall) call = take ();
  g_autofree char *body = body_of (call);
  g_assert_nonnull (strstr (body, "11-20 23:00에 있었던 일이에요."));
  g_assert_nonnull (strstr (body, "(00:00에 끝났어요.)"));
  answer (call, 503); /* and if that fails it is told all the same */
  osy_clock_advance_fake (G_TIME_SPAN_MINUTE);
  g_autoptr (OsyFetchCall) again = take ();
  g_assert_nonnull (again);
  g_assert_cmpstr (again->id, ==, call->id);
  answer (again, 200);
  g_assert_cmpint (count_of ("DROPPED"), ==, 0);
  end ();
}

/* Two mornings: what is on its way in the first message does not go in the second as well. */
static void
test_two_digests (void)
{
  begin ("2026-11-20T14:00:00Z", NIGHT);
  run (raise_one, "주방");
  run (raise_one, "홀");
  expect_nothing ();
  set_clock ("2026-11-20T23:00:00Z");
  g_autofree char *first = NULL;
  for (int i = 0; i < 4; i++) { /* nobody knows whether it arrived */
    g_autoptr (OsyFetchCall) call = take ();
    osy_set_str (&first, call->id);
    answer (call, 0);
    osy_clock_advance_fake (i < 3 ? 2 * G_TIME_SPAN_MINUTE : 0);
  }
  run (save_setup, "{\"quiet\":{\"from\":\"22:00\",\"until\":\"08:07\"}}");
  run (raise_one, "바");
  expect_nothing ();
  osy_clock_advance_fake (G_TIME_SPAN_MINUTE);
  g_autoptr (OsyFetchCall) second = take ();
  g_autofree char *other = body_of (second);
  g_assert_cmpstr (second->id, !=, first);
  g_assert_nonnull (strstr (other, "‘바’"));
  g_assert_null (strstr (other, "‘홀’"));
  answer (second, 200);
  expect_nothing ();
  osy_clock_advance_fake (G_TIME_SPAN_MINUTE);
  g_autoptr (OsyFetchCall) again = take ();
  g_autofree char *same = body_of (again);
  g_assert_cmpstr (again->id, ==, first);
  g_assert_nonnull (strstr (same, "‘홀’"));
  answer (again, 200);
  g_assert_cmpint (count_of ("SENT"), ==, 3);
  end ();
}

static gboolean
threat_event (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (OsyEvent) event = osy_event_new ();

  event->type = g_strdup ("threat.raised");
  event->aggregate_id = g_strdup (data);
  return osy_alert_on_threat (tx, &fixture->call, event, &room, error);
}

static gboolean
add_threat (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_db_exec (tx,
                      "INSERT INTO threat (restaurant_id, id, kind, subject_hash, subject_enc, "
                      "raised_at) VALUES (app_restaurant(), $1::uuid, 'FLOOD', "
                      "'\\x00112233445566778899aabbccddeeff', '\\x00', '2026-11-20T01:00:00Z')",
                      OSY_PARAMS (OSY_P_TEXT (data)), NULL, error);
}

static gboolean
acknowledge (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE threat SET acknowledged_at = raised_at, acknowledged_by = 'x' "
                      "WHERE restaurant_id = app_restaurant()",
                      OSY_NO_PARAMS, NULL, error);
}

/* Events that come late, or after one another: the threat's own time holds, and one that somebody
 * has seen meanwhile raises nothing that never ends. */
static void
test_late_threat (void)
{
  g_autofree char *id = osy_id_new ();
  g_autofree char *other = osy_id_new ();

  begin ("2026-11-20T03:00:00Z", "{}");
  run (add_threat, id);
  run (threat_event, id);
  g_autoptr (OsyFetchCall) call = take ();
  g_autofree char *body = body_of (call);
  g_assert_nonnull (strstr (body, "10:00에 있었던 일이에요."));
  answer (call, 200);
  run (add_threat, other);
  run (acknowledge, NULL);
  run (threat_event, other);
  expect_nothing ();
  end ();
}

/* ---- indexes ---- */

typedef struct {
  const char *sql;
  const char *index;
} Lookup;

static gboolean
check_plan (OsyDbTx *tx, gpointer data, GError **error)
{
  const Lookup *lookup = data;
  g_autofree char *explain = g_strconcat ("EXPLAIN ", lookup->sql, NULL);
  gboolean named = FALSE;

  if (!osy_db_exec (tx, "SELECT set_config('enable_seqscan', 'off', true)", OSY_NO_PARAMS, NULL,
                    error))
    return FALSE;
  g_autoptr (OsyDbRows) rows = osy_db_query (tx, explain, OSY_NO_PARAMS, error);
  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++) {
    const char *line = osy_db_rows_text (rows, i, "QUERY PLAN");
    g_assert_null (strstr (line, "Sort"));
    named = named || strstr (line, lookup->index) != NULL;
  }
  g_assert_true (named);
  return rows != NULL;
}

/* What is asked each second, with each message, and by the sweep finds its rows without reading
 * all that ever was. */
static void
test_indexes (void)
{
  static const Lookup cases[] = {
      {"SELECT id FROM alert_message WHERE restaurant_id = app_restaurant() AND next_at <= now() "
       "ORDER BY next_at, created_at, id LIMIT 1",
       "alert_message_next"},
      {"SELECT id FROM alert_message WHERE restaurant_id = app_restaurant() "
       "AND digest_id = gen_random_uuid()",
       "alert_message_digest"},
      {"SELECT id FROM alert_message WHERE restaurant_id = app_restaurant() "
       "AND target_id = gen_random_uuid() AND status IN ('HELD', 'JOINED')",
       "alert_message_held"},
      {"SELECT id FROM alert_message WHERE restaurant_id = app_restaurant() "
       "AND incident = 'OPEN'",
       "alert_message_incident"},
      {"SELECT id FROM alert_message WHERE restaurant_id = app_restaurant() "
       "AND resolve_at <= now() ORDER BY resolve_at LIMIT 1",
       "alert_message_resolve"},
      {"SELECT id FROM alert WHERE restaurant_id = app_restaurant() AND ended_at < now()",
       "alert_ended"},
  };

  begin ("2026-11-20T03:00:00Z", "{}");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    run (check_plan, &cases[i]);
  end ();
}

/* ---- the feed ---- */

static gboolean
raise_refunds (OsyDbTx *tx, gpointer data, GError **error)
{
  JsonObject *facts = json_object_new ();

  json_object_set_int_member (facts, "amount", 1234567);
  g_autoptr (OsyAlert) alert = osy_alert_new (OSY_ALERT_REFUNDS, data, facts);
  return osy_alert_raise (tx, &room, &fixture->call, alert, error);
}

/* What the feed says of all alerts, one JSON object in each line, oldest first. */
static gboolean
read_feed (OsyDbTx *tx, gpointer data, GError **error)
{
  GString *text = data;
  g_autoptr (GPtrArray) alerts = osy_alert_store_list (tx, NULL, 0, NULL, 10, error);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_event_unref);
  OsyEventExtra extras[10] = {{NULL}};

  if (alerts == NULL)
    return FALSE;
  for (guint i = alerts->len; i > 0; i--) {
    OsyEvent *event = osy_event_new ();
    event->aggregate_id = g_strdup (((OsyAlert *)alerts->pdata[i - 1])->id);
    g_ptr_array_add (events, event);
  }
  gboolean ok = osy_alert_decorate (tx, events, extras, &room, error);
  for (guint i = 0; ok && i < events->len; i++) {
    g_autofree char *line = osy_json_print (extras[i].thing);
    g_string_append_printf (text, "%s\n", line);
    json_node_unref (extras[i].thing);
  }
  return ok;
}

/* Everybody who reads orders has the feed: how much went back, and what threatens, is not theirs;
 * nor is the text of what the owner keeps off the screens. */
static void
test_feed (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  begin ("2026-11-20T03:00:00Z", "{\"rules\":{\"REFUNDS\":{\"channels\":[\"SLACK\"]}}}");
  run (raise_threat, "t1");
  osy_clock_advance_fake (G_TIME_SPAN_SECOND);
  run (raise_refunds, "2026-11-20");
  osy_clock_advance_fake (G_TIME_SPAN_SECOND);
  run (raise_one, "주방");
  run (read_feed, text);
  g_auto (GStrv) lines = g_strsplit (text->str, "\n", -1);
  g_assert_true (
      g_regex_match_simple ("\\A{\"id\":\"[^\"]+\",\"screen\":true}\\z", lines[0], 0, 0));
  g_assert_true (
      g_regex_match_simple ("\\A{\"id\":\"[^\"]+\",\"screen\":false}\\z", lines[1], 0, 0));
  g_assert_nonnull (strstr (lines[2], "‘주방’"));
  run (save_setup, "{\"rules\":{\"PRINTER\":{\"channels\":[\"SLACK\"]}}}");
  g_string_truncate (text, 0);
  run (read_feed, text);
  g_assert_null (strstr (text->str, "주방"));
  end ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alert/queue/once", test_once);
  g_test_add_func ("/alert/queue/quiet-day", test_quiet_day);
  g_test_add_func ("/alert/queue/held-back", test_held_back);
  g_test_add_func ("/alert/queue/retry-in-the-night", test_retry_in_the_night);
  g_test_add_func ("/alert/queue/dropped", test_dropped);
  g_test_add_func ("/alert/queue/asked-in-the-night", test_asked_in_the_night);
  g_test_add_func ("/alert/queue/given-up", test_given_up);
  g_test_add_func ("/alert/queue/crash", test_crash);
  g_test_add_func ("/alert/queue/rules", test_rules);
  g_test_add_func ("/alert/queue/unreadable", test_unreadable);
  g_test_add_func ("/alert/queue/mark-lost", test_mark_lost);
  g_test_add_func ("/alert/queue/dies-each-time", test_dies_each_time);
  g_test_add_func ("/alert/queue/late", test_late);
  g_test_add_func ("/alert/queue/over-in-the-night", test_over_in_the_night);
  g_test_add_func ("/alert/queue/two-digests", test_two_digests);
  g_test_add_func ("/alert/queue/late-threat", test_late_threat);
  g_test_add_func ("/alert/indexes", test_indexes);
  g_test_add_func ("/alert/feed", test_feed);
  int failed = g_test_run ();
  osy_db_pool_close (osy_test_pg_pool ());
  return failed;
}
