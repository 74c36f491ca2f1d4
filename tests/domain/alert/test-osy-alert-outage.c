/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Outages that are told from memory, to a webhook of our own that answers when it is told to. */

#include "osy-alert-outage.h"

#include <libsoup/soup.h>
#include <string.h>

#include "osy-alert-target.h"
#include "osy-clock.h"
#include "osy-order-fixture.h"
#include "osy-shop-service.h"
#include "soup-leaks.h"

static OsyOrderFixture *fixture;
static SoupServer *hook;
static GPtrArray *asked; /* of SoupServerMessage, held until they are let go */
static GPtrArray *paths; /* of those, in the same order */
static guint gone;       /* so many were let go */
static guint untold;     /* messages that are given up */

/* ---- the webhook ---- */

static void
hook_cb (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer data)
{
  g_ptr_array_add (asked, g_object_ref (message));
  g_ptr_array_add (paths, g_strdup (path));
  soup_server_message_pause (message);
}

static void
let_go (guint i, guint status)
{
  soup_server_message_set_status (asked->pdata[i], status, NULL);
  soup_server_message_unpause (asked->pdata[i]);
  gone++;
}

/* What is given up is logged; that is how it is known here. */
static GLogWriterOutput
log_writer (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") &&
        strstr (fields[i].value, "was not told of an outage") != NULL) {
      untold++;
      return G_LOG_WRITER_HANDLED;
    }
  return g_log_writer_default (level, fields, n, data);
}

/* ---- whom to tell ---- */

static gboolean
make_shop (OsyDbTx *tx, gpointer data, GError **error)
{
  const OsyShopDraft draft = {.name = "분식"};
  g_autoptr (OsyShop) shop =
      osy_shop_service_create (tx, fixture->ring, &fixture->call, &draft, error);

  return shop != NULL;
}

static gboolean paged; /* by PagerDuty, not by Slack */

/* The only one. */
static gboolean
set_target (OsyDbTx *tx, gpointer url, GError **error)
{
  g_autofree char *text = g_strdup_printf (
      "{\"channel\":\"%s\",\"name\":\"방\",\"address\":\"%s\"%s}", paged ? "PAGERDUTY" : "SLACK",
      (char *)url, paged ? ",\"key\":\"0123456789abcdef0123456789abcdef\"" : "");
  g_autoptr (JsonNode) body = json_from_string (text, NULL);
  g_autoptr (OsyAlertTarget) target = osy_alert_target_read (body, TRUE, error);

  return target != NULL &&
         osy_db_exec (tx, "DELETE FROM alert_target WHERE restaurant_id = app_restaurant()",
                      OSY_NO_PARAMS, NULL, error) &&
         osy_alert_target_add (tx, fixture->ring, target, error);
}

static gboolean
read_people (OsyDbTx *tx, gpointer ret, GError **error)
{
  OsyAlertPeople **people = ret;

  *people = osy_alert_people_read (tx, fixture->ring, error);
  return *people != NULL;
}

static void
run (OsyDbFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;

  osy_order_fixture_run (fixture, func, data, &error);
  g_assert_no_error (error);
}

/* (transfer full): those of a shop that is told at @path. */
static OsyAlertPeople *
people_at (const char *path)
{
  GSList *uris = soup_server_get_uris (hook);
  g_autofree char *url =
      g_strdup_printf ("http://127.0.0.1:%d%s", g_uri_get_port (uris->data), path);
  OsyAlertPeople *people = NULL;

  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  run (set_target, url);
  run (read_people, &people);
  return people;
}

/* ---- tests ---- */

static OsyAlertRoom room = {.private_hooks = TRUE};

static OsyAlertOutage *
begin (void)
{
  g_autoptr (GError) error = NULL;
  gint64 noon = 0;

  g_assert_true (osy_clock_parse ("2026-11-20T03:00:00Z", &noon));
  osy_clock_set_fake (noon);
  fixture = osy_order_fixture_new ();
  run (make_shop, NULL);
  hook = soup_server_new (NULL, NULL);
  soup_server_add_handler (hook, NULL, hook_cb, NULL, NULL);
  soup_server_listen_local (hook, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  asked = g_ptr_array_new_with_free_func (g_object_unref);
  paths = g_ptr_array_new_with_free_func (g_free);
  gone = untold = 0;
  return osy_alert_outage_new (&room);
}

static void
end (OsyAlertOutage *outage)
{
  guint all = untold + asked->len - gone;

  osy_alert_outage_free (outage); /* gives up what is on its way */
  while (untold < all)
    g_main_context_iteration (NULL, TRUE);
  g_ptr_array_unref (asked);
  g_ptr_array_unref (paths);
  soup_server_disconnect (hook);
  g_clear_object (&hook);
  osy_clock_set_fake (0);
  g_clear_pointer (&fixture, osy_order_fixture_free);
}

static void
wait_asked (guint count)
{
  while (asked->len < count)
    g_main_context_iteration (NULL, TRUE);
}

/* Until something is given up, or more than @count came; what rests has its time at once. */
static void
try_until_untold (OsyAlertOutage *outage, guint count)
{
  while (untold == 0 && asked->len <= count) {
    osy_clock_advance_fake (G_TIME_SPAN_HOUR);
    osy_alert_outage_try (outage);
    g_main_context_iteration (NULL, TRUE);
  }
}

/* What fails while it lasts is tried again. */
static void
test_again (void)
{
  OsyAlertOutage *outage = begin ();

  osy_alert_outage_learn (outage, "a", people_at ("/a"));
  osy_alert_outage_begin (outage);
  wait_asked (1);
  let_go (0, 503);
  try_until_untold (outage, 1);
  g_assert_cmpuint (asked->len, ==, 2);
  end (outage);
}

/* What is on its way when it ends and fails then is not tried again, nor in the next outage. */
static void
test_fails_after_the_end (void)
{
  for (int next = 0; next < 2; next++) {
    OsyAlertOutage *outage = begin ();
    osy_alert_outage_learn (outage, "a", people_at ("/a"));
    osy_alert_outage_begin (outage);
    wait_asked (1);
    osy_alert_outage_end (outage);
    if (next == 1) {
      osy_alert_outage_begin (outage);
      wait_asked (2);
    }
    let_go (0, 503);
    try_until_untold (outage, asked->len);
    g_assert_cmpuint (asked->len, ==, next + 1);
    g_assert_cmpuint (untold, ==, 1);
    end (outage);
  }
}

/* A shop that is no longer looked at is not told; the others are. */
static void
test_keep (void)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new ();
  OsyAlertOutage *outage = begin ();

  g_ptr_array_add (left, (gpointer) "kept");
  osy_alert_outage_learn (outage, "gone", people_at ("/gone"));
  osy_alert_outage_learn (outage, "kept", people_at ("/kept"));
  osy_alert_outage_keep (outage, left);
  for (guint i = 0; i < 10; i++) { /* one after another: what else is sent arrives as well */
    osy_alert_outage_begin (outage);
    wait_asked (i + 1);
    g_assert_cmpstr (paths->pdata[i], ==, "/kept");
    let_go (i, 200);
  }
  end (outage);
}

/* (transfer full): what PagerDuty is told by the @i'th call. */
static char *
event_of (guint i)
{
  g_autoptr (GBytes) bytes =
      soup_message_body_flatten (soup_server_message_get_request_body (asked->pdata[i]));
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (JsonNode) body = json_from_string (text, NULL);
  JsonObject *object = json_node_get_object (body);

  return g_strdup_printf ("%s %s", json_object_get_string_member (object, "event_action"),
                          json_object_get_string_member (object, "dedup_key"));
}

/* The incident that was opened from memory is resolved once it is back, after it was opened, and
 * tried until it is. */
static void
test_resolved (void)
{
  for (int late = 0; late < 2; late++) {
    paged = TRUE;
    OsyAlertOutage *outage = begin ();
    osy_alert_outage_learn (outage, "a", people_at ("/a"));
    osy_alert_outage_begin (outage);
    wait_asked (1);
    if (late)
      osy_alert_outage_end (outage);
    let_go (0, 202);
    for (guint i = 0; i < 50; i++) {
      osy_alert_outage_try (outage);
      g_main_context_iteration (NULL, FALSE);
      g_assert_cmpuint (asked->len, <=, late ? 2 : 1);
    }
    if (!late)
      osy_alert_outage_end (outage);
    try_until_untold (outage, 1);
    g_autofree char *opened = event_of (0);
    g_autofree char *resolved = event_of (1);
    g_assert_true (g_str_has_prefix (opened, "trigger "));
    g_assert_true (g_str_has_prefix (resolved, "resolve "));
    g_assert_cmpstr (opened + strlen ("trigger "), ==, resolved + strlen ("resolve "));
    let_go (1, 503);
    try_until_untold (outage, 2);
    end (outage);
    paged = FALSE;
  }
}

int
main (int argc, char **argv)
{
  g_log_set_writer_func (log_writer, NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alert/outage/again", test_again);
  g_test_add_func ("/alert/outage/fails-after-the-end", test_fails_after_the_end);
  g_test_add_func ("/alert/outage/resolved", test_resolved);
  /* The last one: its last answer may be on its way when it ends. */
  g_test_add_func ("/alert/outage/keep", test_keep);
  int failed = g_test_run ();
  osy_db_pool_close (osy_test_pg_pool ());
  return failed;
}
