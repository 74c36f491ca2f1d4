/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

/* A shop that is told by Slack, and what would be sent to it, with a clock of our own. Nobody is
 * called. */

#include "osy-alert-service.h"
#include "osy-alert-store.h"
#include "osy-alert-target.h"
#include "osy-clock.h"
#include "osy-compat.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-order-fixture.h"
#include "osy-shop-service.h"

#define URL "https://hooks.example.com/services/T/B/x"

static OsyOrderFixture *fixture;
static OsyAlertRoom room;

static inline void
set_clock (const char *text)
{
  gint64 us = 0;

  g_assert_true (osy_clock_parse (text, &us));
  osy_clock_set_fake (us);
}

static inline void
run (OsyDbFunc func, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  osy_order_fixture_run (fixture, func, (gpointer)data, &error);
  g_assert_no_error (error);
}

/* ---- a shop, its rules and who is told ---- */

static inline gboolean
make_shop (OsyDbTx *tx, gpointer data, GError **error)
{
  const OsyShopDraft draft = {.name = "분식"};
  g_autoptr (OsyShop) shop =
      osy_shop_service_create (tx, fixture->ring, &fixture->call, &draft, error);

  return shop != NULL;
}

static inline gboolean
add_target (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (JsonNode) body = json_from_string (data, NULL);
  g_autoptr (OsyAlertTarget) target = osy_alert_target_read (body, FALSE, error);

  return target != NULL && osy_alert_target_add (tx, fixture->ring, target, error);
}

static inline gboolean
save_setup (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (JsonNode) body = json_from_string (data, NULL);
  OsyAlertSetup setup = {.version = 0};

  return osy_alert_setup_save (tx, fixture->ring, &fixture->call, body, &setup, error);
}

static inline void
begin (const char *now, const char *setup)
{
  set_clock (now);
  fixture = osy_order_fixture_new ();
  room =
      (OsyAlertRoom){.pool = fixture->pool, .ring = fixture->ring, .sent = osy_alert_sent_new ()};
  run (make_shop, NULL);
  run (add_target, "{\"channel\":\"SLACK\",\"name\":\"방\",\"address\":\"" URL "\"}");
  run (save_setup, setup);
}

static inline void
end (void)
{
  osy_clock_set_fake (0);
  g_clear_pointer (&room.sent, osy_alert_sent_free);
  g_clear_pointer (&fixture, osy_order_fixture_free);
}

/* ---- what happens ---- */

static inline gboolean
raise_one (OsyDbTx *tx, gpointer data, GError **error)
{
  JsonObject *facts = json_object_new ();

  json_object_set_string_member (facts, "name", data);
  g_autoptr (OsyAlert) alert = osy_alert_new (OSY_ALERT_PRINTER, data, facts);
  return osy_alert_raise (tx, &room, &fixture->call, alert, error);
}

static inline gboolean
raise_threat (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (OsyAlert) alert = osy_alert_new (OSY_ALERT_THREAT, data, json_object_new ());

  return osy_alert_raise (tx, &room, &fixture->call, alert, error);
}

static inline gboolean
sweep (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_alert_sweep (tx, &room, GPOINTER_TO_INT (data), error);
}

static inline gboolean
take_one (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_alert_messages.take (tx, &room, data, error);
}

static inline gboolean
done_with (OsyDbTx *tx, gpointer call, GError **error)
{
  return osy_alert_messages.done (tx, &room, call, error);
}

/* (transfer full) (nullable): the next call that would be made. */
static inline OsyFetchCall *
take (void)
{
  for (;;) {
    g_autoptr (OsyFetchCall) call = NULL;
    run (take_one, &call);
    if (call == NULL || call->method != NULL)
      return g_steal_pointer (&call);
  }
}

static inline void
answer (OsyFetchCall *call, guint status)
{
  call->status = status;
  if (status == 0)
    call->error = g_error_new_literal (OSY_ERROR, OSY_ERROR_TIMEOUT, "nobody knows");
  run (done_with, call);
}

static inline gboolean
retry (OsyDbTx *tx, gpointer id, GError **error)
{
  return osy_alert_store_retry (tx, id, osy_clock_now (), error);
}

/* As after a change of the rules. */
static inline gboolean
reconsider (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_alert_store_reconsider (tx, osy_clock_now (), error);
}

static inline gint64
count_of (const char *status)
{
  return osy_test_count ("SELECT count(*) FROM alert_message WHERE restaurant_id = '%s' "
                         "AND status = '%s'",
                         osy_order_fixture_shop_id (fixture), status);
}

static inline char *
body_of (OsyFetchCall *call)
{
  return g_strndup (g_bytes_get_data (call->body, NULL), g_bytes_get_size (call->body));
}

static inline void
expect_nothing (void)
{
  g_autoptr (OsyFetchCall) call = take ();

  g_assert_null (call);
}
