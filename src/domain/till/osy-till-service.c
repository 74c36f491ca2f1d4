/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Acts on the till: one after the other, under the lock of its row. Payments never wait for it:
 * they only add entries. */

#include "osy-till-service.h"

#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-event-service.h"
#include "osy-id.h"
#include "osy-shop-service.h"
#include "osy-till-slip.h"
#include "osy-till-store.h"
#include "osy-till.h"

static gboolean
refuse (OsyErrorCode code, const char *message, GError **error)
{
  g_set_error_literal (error, OSY_ERROR, code, message);
  return FALSE;
}

static gboolean
refuse_member (const char *pointer, const char *code, const char *message, GError **error)
{
  g_autoptr (GError) refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, message);

  osy_error_add_field (refusal, pointer, code, message);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static const char *
actor_of (const OsyTillAct *act)
{
  return osy_principal_actor (act->call->principal);
}

/* The till with its next version, the event and the audit row of @what. @value: the answer. */
static gboolean
save_and_tell (const OsyTillAct *act,
               OsyTill *till,
               OsyTillAsk *ask,
               const char *what,
               JsonObject *value,
               GError **error)
{
  const char *shop = osy_db_tx_restaurant (act->tx);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), value);
  g_autoptr (JsonNode) payload = NULL;

  if (!osy_till_store_save (act->tx, till, error))
    return FALSE;
  ask->version = till->version;
  if (json_object_has_member (value, "number")) {
    payload = osy_json_take_object (json_object_new ());
    json_object_set_int_member (json_node_get_object (payload), "number",
                                json_object_get_int_member (value, "number"));
  }
  const OsyAuditEntry audit = {
      .action = what, .object_type = "till", .object_id = shop, .new_value = node};
  const OsyEventDraft draft = {.type = what,
                               .aggregate_type = "till",
                               .aggregate_id = shop,
                               .aggregate_seq = till->version,
                               .payload = payload};
  return osy_event_emit (act->tx, act->call, &draft, error) &&
         osy_audit_record (act->tx, act->ring, act->call, &audit, error);
}

/* ---- looking ---- */

static JsonObject *
till_to_json (const OsyTill *till)
{
  JsonObject *object = json_object_new ();
  g_autofree char *at = till->opened_at != 0 ? osy_clock_format (till->opened_at) : NULL;

  if (at != NULL) {
    json_object_set_string_member (object, "opened_at", at);
    json_object_set_string_member (object, "opened_by", till->opened_by);
  } else {
    json_object_set_null_member (object, "opened_at");
    json_object_set_null_member (object, "opened_by");
  }
  json_object_set_int_member (object, "opening_float", till->opening_float);
  json_object_set_boolean_member (object, "blind", till->blind);
  json_object_set_int_member (object, "version", till->version);
  return object;
}

static gboolean
sees_cash (const OsyTillAct *act, const OsyTill *till)
{
  return !till->blind || osy_principal_can (act->call->principal, OSY_PERM_TILL_MANAGE);
}

static void
hide_count (JsonArray *array, guint i, JsonNode *count, gpointer data)
{
  json_object_remove_member (json_node_get_object (count), "expected");
  json_object_remove_member (json_node_get_object (count), "difference");
}

/* Adds the moves and counts of the close @z, 0: of none yet. */
static gboolean
add_rows (const OsyTillAct *act, JsonObject *object, gint64 z, GError **error)
{
  JsonArray *moves = osy_till_store_moves (act->tx, act->ring, z, NULL, error);
  JsonArray *counts =
      moves != NULL ? osy_till_store_counts (act->tx, act->ring, z, NULL, error) : NULL;

  if (moves != NULL)
    json_object_set_array_member (object, "moves", moves);
  if (counts != NULL)
    json_object_set_array_member (object, "counts", counts);
  return counts != NULL;
}

JsonObject *
osy_till_service_look (const OsyTillAct *act, OsyTillAsk *ask, GError **error)
{
  g_auto (OsyTill) till = {0};
  gint64 last = -1;

  if (!osy_principal_check (act->call->principal, OSY_PERM_PAYMENT_TAKE, error) ||
      !osy_till_store_read (act->tx, &till, error) ||
      (last = osy_till_store_last (act->tx, error)) < 0)
    return NULL;
  g_autoptr (JsonObject) object = till_to_json (&till);
  JsonObject *report = osy_till_store_report (act->tx, 0, till.opening_float, error);
  if (report == NULL)
    return NULL;
  json_object_set_object_member (object, "report", report);
  json_object_set_int_member (object, "last_number", last);
  if (!add_rows (act, object, 0, error))
    return NULL;
  if (!sees_cash (act, &till)) {
    osy_till_hide_cash (report);
    json_array_foreach_element (json_object_get_array_member (object, "counts"), hide_count, NULL);
  }
  ask->version = till.version;
  return g_steal_pointer (&object);
}

/* ---- before the close ---- */

JsonObject *
osy_till_service_open (const OsyTillAct *act, OsyTillAsk *ask, GError **error)
{
  g_auto (OsyTill) till = {0};

  if (!osy_principal_check (act->call->principal, OSY_PERM_PAYMENT_TAKE, error) ||
      !osy_till_store_lock (act->tx, &till, error))
    return NULL;
  if (till.opened_at != 0) {
    refuse (OSY_ERROR_STATE_CONFLICT, "The till is open already.", error);
    return NULL;
  }
  till.opened_at = osy_clock_now ();
  till.opened_by = g_strdup (actor_of (act));
  till.opening_float = ask->amount;
  till.version++;
  g_autoptr (JsonObject) object = till_to_json (&till);
  till.version--;
  return save_and_tell (act, &till, ask, "till.opened", object, error) ? g_steal_pointer (&object)
                                                                       : NULL;
}

JsonObject *
osy_till_service_setup (const OsyTillAct *act, OsyTillAsk *ask, GError **error)
{
  g_auto (OsyTill) till = {0};

  if (!osy_principal_check (act->call->principal, OSY_PERM_SHOP_MANAGE, error) ||
      !osy_till_store_lock (act->tx, &till, error))
    return NULL;
  if (ask->if_version != 0 && ask->if_version != till.version) {
    GError *refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                                           "Another screen changed this first.");
    osy_error_set_extra (refusal, "current_version",
                         json_node_init_int (json_node_alloc (), till.version));
    g_propagate_error (error, refusal);
    return NULL;
  }
  till.blind = ask->blind;
  g_autoptr (JsonObject) object = json_object_new ();
  json_object_set_boolean_member (object, "blind", till.blind);
  json_object_set_int_member (object, "version", till.version + 1);
  return save_and_tell (act, &till, ask, "till.setup_changed", object, error)
             ? g_steal_pointer (&object)
             : NULL;
}

/* (transfer full): the only object of @array (transfer full) (nullable). */
static JsonObject *
take_only (JsonArray *array, GError **error)
{
  JsonObject *object = NULL;

  if (array == NULL)
    return NULL;
  if (json_array_get_length (array) == 1)
    object = json_object_ref (json_array_get_object_element (array, 0));
  else
    refuse (OSY_ERROR_INTERNAL, "A row of the till is not there.", error);
  json_array_unref (array);
  return object;
}

JsonObject *
osy_till_service_move (const OsyTillAct *act, OsyTillAsk *ask, GError **error)
{
  g_auto (OsyTill) till = {0};
  g_autofree char *known = NULL;

  if (!osy_principal_check (act->call->principal, OSY_PERM_PAYMENT_TAKE, error) ||
      !osy_till_store_lock (act->tx, &till, error) ||
      !osy_till_store_find_key (act->tx, "till_entry", ask->key, ask->fingerprint, &known, error))
    return NULL;
  ask->version = till.version;
  ask->replayed = known != NULL;
  if (known != NULL)
    return take_only (osy_till_store_moves (act->tx, act->ring, 0, known, error), error);
  g_autofree char *id = osy_id_new ();
  const OsyTillRow row = {.id = id,
                          .amount = ask->amount,
                          .reason = ask->reason,
                          .actor = actor_of (act),
                          .at = osy_clock_now (),
                          .key = ask->key,
                          .fingerprint = ask->fingerprint};
  if (!osy_till_store_add_move (act->tx, act->ring, &row, error))
    return NULL;
  g_autoptr (JsonObject) object =
      take_only (osy_till_store_moves (act->tx, act->ring, 0, id, error), error);
  return object != NULL && save_and_tell (act, &till, ask, "till.cash_moved", object, error)
             ? g_steal_pointer (&object)
             : NULL;
}

JsonObject *
osy_till_service_count (const OsyTillAct *act, OsyTillAsk *ask, GError **error)
{
  g_auto (OsyTill) till = {0};

  if (!osy_principal_check (act->call->principal, OSY_PERM_PAYMENT_TAKE, error) ||
      !osy_till_store_lock (act->tx, &till, error))
    return NULL;
  g_autoptr (JsonObject) report = osy_till_store_report (act->tx, 0, till.opening_float, error);
  if (report == NULL)
    return NULL;
  g_autofree char *id = osy_id_new ();
  const OsyTillRow row = {.id = id,
                          .amount = ask->amount,
                          .expected = json_object_get_int_member (
                              json_object_get_object_member (report, "cash"), "expected"),
                          .denominations = ask->denominations,
                          .reason = ask->reason,
                          .actor = actor_of (act),
                          .at = osy_clock_now ()};
  if (!osy_till_store_add_count (act->tx, act->ring, &row, error))
    return NULL;
  g_autoptr (JsonObject) object =
      take_only (osy_till_store_counts (act->tx, act->ring, 0, id, error), error);
  if (object == NULL || !save_and_tell (act, &till, ask, "till.counted", object, error))
    return NULL;
  if (!sees_cash (act, &till)) {
    json_object_remove_member (object, "expected");
    json_object_remove_member (object, "difference");
  }
  return g_steal_pointer (&object);
}

/* ---- the close ---- */

static JsonObject *
read_z (const OsyTillAct *act, gint64 number, GError **error)
{
  gint64 origin = osy_till_store_origin (act->tx, number, error);
  const OsyTillPage page = {.number = number};
  g_autoptr (JsonObject) object =
      origin > 0 ? take_only (osy_till_store_list (act->tx, act->ring, &page, error), error) : NULL;

  return object != NULL && add_rows (act, object, origin, error) ? g_steal_pointer (&object) : NULL;
}

JsonObject *
osy_till_service_z (const OsyTillAct *act, OsyTillAsk *ask, GError **error)
{
  return osy_principal_check (act->call->principal, OSY_PERM_TILL_MANAGE, error)
             ? read_z (act, ask->number, error)
             : NULL;
}

static gboolean
check_count (const OsyTillZ *z, GError **error)
{
  if (z->left > z->counted)
    return refuse_member ("/counted", "OUT_OF_RANGE", "No more stays than was counted.", error);
  return z->counted == z->expected || z->reason != NULL ||
         refuse_member ("/reason", "REQUIRED",
                        "What was counted is not what should be there: say why.", error);
}

/* Of the day on which it was opened; else of its last entry; else of now. (transfer full) */
static char *
day_of (const OsyTillAct *act, const OsyTillZ *z, gint64 last_at, GError **error)
{
  g_autoptr (OsyShop) shop = osy_shop_service_get (act->tx, osy_db_tx_restaurant (act->tx), error);
  gint64 at = z->opened_at != 0 ? z->opened_at : last_at != 0 ? last_at : z->closed_at;

  return shop != NULL ? osy_shop_business_day (shop, at) : NULL;
}

static gboolean
write_z (const OsyTillAct *act, OsyTillAsk *ask, OsyTillZ *z, JsonObject *report, GError **error)
{
  JsonObject *cash = json_object_get_object_member (report, "cash");

  z->counted = ask->amount;
  z->expected = json_object_get_int_member (cash, "expected");
  z->denominations = ask->denominations;
  z->reason = ask->reason;
  z->actor = actor_of (act);
  z->key = ask->key;
  z->fingerprint = ask->fingerprint;
  if (!check_count (z, error))
    return FALSE;
  osy_till_finish_cash (cash, z->counted, z->left);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), report);
  z->report = node;
  gboolean ok = osy_till_store_add_z (act->tx, act->ring, z, error);
  z->report = NULL;
  return ok;
}

/* What was claimed and summed is what becomes of it: what commits meanwhile has no number. */
static gboolean
make_z (const OsyTillAct *act, OsyTillAsk *ask, const OsyTill *till, gint64 number, GError **error)
{
  OsyTillZ z = {.number = number,
                .origin = number,
                .opened_at = till->opened_at,
                .closed_at = osy_clock_now (),
                .opening_float = till->opening_float,
                .left = ask->left};
  gint64 last_at = 0;

  if (!osy_till_store_claim (act->tx, number, &last_at, error))
    return FALSE;
  g_autoptr (JsonObject) report =
      osy_till_store_report (act->tx, number, till->opening_float, error);
  JsonNode *carried = report != NULL ? osy_till_store_remaining (act->tx, TRUE, error) : NULL;
  if (carried == NULL)
    return FALSE;
  json_object_set_member (report, "carried_over", carried);
  g_autofree char *day = day_of (act, &z, last_at, error);
  z.business_day = day;
  return day != NULL && write_z (act, ask, &z, report, error);
}

JsonObject *
osy_till_service_close (const OsyTillAct *act, OsyTillAsk *ask, GError **error)
{
  g_auto (OsyTill) till = {0};
  g_autofree char *known = NULL;

  if (!osy_principal_check (act->call->principal, OSY_PERM_TILL_MANAGE, error) ||
      !osy_till_store_lock (act->tx, &till, error) ||
      !osy_till_store_find_key (act->tx, "till_z", ask->key, ask->fingerprint, &known, error))
    return NULL;
  ask->version = till.version;
  ask->replayed = known != NULL;
  if (known != NULL)
    return read_z (act, g_ascii_strtoll (known, NULL, 10), error);
  gint64 last = osy_till_store_last (act->tx, error);
  if (last < 0 || !make_z (act, ask, &till, last + 1, error))
    return NULL;
  till.opened_at = 0;
  g_clear_pointer (&till.opened_by, g_free);
  till.opening_float = ask->left;
  g_autoptr (JsonObject) object = read_z (act, last + 1, error);
  return object != NULL && save_and_tell (act, &till, ask, "till.closed", object, error) &&
                 osy_till_slip_queue (act, object, FALSE, error)
             ? g_steal_pointer (&object)
             : NULL;
}

/* The one that was wrong, copied but for its count. */
static gboolean
make_correction (const OsyTillAct *act,
                 OsyTillAsk *ask,
                 JsonObject *wrong,
                 gint64 number,
                 GError **error)
{
  JsonObject *report = json_object_get_object_member (wrong, "report");
  JsonObject *cash = json_object_get_object_member (report, "cash");
  g_autoptr (GDateTime) opened =
      json_object_get_null_member (wrong, "opened_at")
          ? NULL
          : g_date_time_new_from_iso8601 (json_object_get_string_member (wrong, "opened_at"), NULL);
  OsyTillZ z = {.number = number,
                .corrects = ask->number,
                .origin = osy_till_store_origin (act->tx, ask->number, error),
                .business_day = json_object_get_string_member (wrong, "business_day"),
                .closed_at = osy_clock_now (),
                .opening_float = json_object_get_int_member (cash, "opening_float"),
                .left = json_object_get_int_member (cash, "left")};

  if (opened != NULL)
    z.opened_at =
        g_date_time_to_unix (opened) * G_USEC_PER_SEC + g_date_time_get_microsecond (opened);
  return z.origin > 0 && write_z (act, ask, &z, report, error);
}

JsonObject *
osy_till_service_correct (const OsyTillAct *act, OsyTillAsk *ask, GError **error)
{
  g_auto (OsyTill) till = {0};

  if (!osy_principal_check (act->call->principal, OSY_PERM_TILL_MANAGE, error) ||
      !osy_till_store_lock (act->tx, &till, error))
    return NULL;
  g_autoptr (JsonObject) wrong = read_z (act, ask->number, error);
  if (wrong == NULL)
    return NULL;
  if (!json_object_get_null_member (wrong, "corrected_by")) {
    refuse (OSY_ERROR_STATE_CONFLICT, "It was corrected already; correct the newer one.", error);
    return NULL;
  }
  gint64 last = osy_till_store_last (act->tx, error);
  if (last < 0 || !make_correction (act, ask, wrong, last + 1, error))
    return NULL;
  g_autoptr (JsonObject) object = read_z (act, last + 1, error);
  return object != NULL && save_and_tell (act, &till, ask, "till.corrected", object, error) &&
                 osy_till_slip_queue (act, object, FALSE, error)
             ? g_steal_pointer (&object)
             : NULL;
}

JsonObject *
osy_till_service_print (const OsyTillAct *act, OsyTillAsk *ask, GError **error)
{
  g_autoptr (JsonObject) object = osy_till_service_z (act, ask, error);

  return object != NULL && osy_till_slip_queue (act, object, TRUE, error)
             ? g_steal_pointer (&object)
             : NULL;
}
