/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The check that is looked at. */

#include "osc-bill-store.h"

#include <string.h>

#include "osy-client-checks.h"
#include "osy-compat.h"
#include "osy-id.h"
#include "osy-json.h"

struct _OscBillStore {
  GObject parent_instance;
  OsyClient *client; /* nullable */
  char *check_id;    /* nullable */
  OsyBill *bill;     /* nullable */
  OscBillPhase phase;
  /* The act under way, or the last. */
  gboolean busy;
  gboolean open; /* nobody knows whether the last was done */
  const char *method;
  char *rest;
  JsonNode *body; /* nullable */
  char *key;
  const char *permission; /* by which it may be allowed */
};

enum { CHANGED, DONE, FAILED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscBillStore, osc_bill_store, G_TYPE_OBJECT)

static void
set_bill (OscBillStore *self, OsyBill *bill)
{
  if (self->bill != NULL && bill != NULL && bill->version < self->bill->version &&
      g_str_equal (bill->id, self->bill->id)) {
    osy_bill_free (bill); /* an answer that an event has overtaken */
    return;
  }
  g_clear_pointer (&self->bill, osy_bill_free);
  self->bill = bill;
  self->phase = bill != NULL ? OSC_BILL_READY : OSC_BILL_FAILED;
  if (bill != NULL)
    osy_set_str (&self->check_id, bill->id);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
osc_bill_store_take (OscBillStore *self, OsyBill *bill)
{
  g_return_if_fail (OSC_IS_BILL_STORE (self));
  self->busy = FALSE;
  set_bill (self, bill);
}

/* ---- reading ---- */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscBillStore) self = user_data;
  g_autoptr (GError) error = NULL;
  OsyBill *bill = osy_client_check_finish (OSY_CLIENT (source), result, &error);

  if (bill == NULL || bill->merged_into == NULL) {
    set_bill (self, bill);
    return;
  }
  osc_bill_store_show (self, bill->merged_into); /* the group is shown on its root */
  osy_bill_free (bill);
}

void
osc_bill_store_show (OscBillStore *self, const char *check_id)
{
  g_return_if_fail (OSC_IS_BILL_STORE (self));
  const OsyClientCheck check = {.check_id = check_id, .method = "GET"};

  if (g_strcmp0 (check_id, self->check_id) != 0) {
    g_clear_pointer (&self->bill, osy_bill_free);
    self->phase = OSC_BILL_LOADING;
    self->open = FALSE;
  }
  osy_set_str (&self->check_id, check_id);
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->client == NULL)
    g_signal_emit (self, signals[REQUESTED], 0, "GET", NULL, NULL);
  else
    osy_client_check_async (self->client, &check, NULL, loaded_cb, g_object_ref (self));
}

static void
on_check (OscBillStore *self, JsonNode *thing, const char *type)
{
  g_autoptr (OsyBill) bill = osy_bill_from_json (thing, NULL);

  if (bill == NULL || self->check_id == NULL)
    return;
  if (g_str_equal (bill->id, self->check_id) && bill->merged_into == NULL)
    set_bill (self, g_steal_pointer (&bill));
  else if (g_str_equal (bill->id, self->check_id) ||
           g_strcmp0 (bill->merged_into, self->check_id) == 0)
    osc_bill_store_show (self, self->check_id);
}

void
osc_bill_store_attach (OscBillStore *self, OsyFeed *feed)
{
  g_signal_connect_object (feed, "thing::check", G_CALLBACK (on_check), self, G_CONNECT_SWAPPED);
}

/* ---- acts ---- */

static gboolean
was_there (const OsyBill *bill, const char *id)
{
  for (guint i = 0; bill != NULL && i < bill->adjustments->len; i++)
    if (g_str_equal (((OsyBillAdjustment *)g_ptr_array_index (bill->adjustments, i))->id, id))
      return TRUE;
  return FALSE;
}

/* (transfer full) (nullable): the adjustment that @after has and the bill not yet. */
static char *
find_new (OscBillStore *self, const OsyBill *after)
{
  for (guint i = after->adjustments->len; i > 0; i--) {
    const OsyBillAdjustment *adjustment = g_ptr_array_index (after->adjustments, i - 1);
    if (!was_there (self->bill, adjustment->id))
      return g_strdup (adjustment->id);
  }
  return NULL;
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscBillStore) self = user_data;
  g_autoptr (GError) error = NULL;
  OsyBill *bill = osy_client_check_finish (OSY_CLIENT (source), result, &error);

  self->busy = FALSE;
  self->open = bill == NULL && osy_client_is_open (error);
  if (bill != NULL) {
    g_autofree char *id = g_str_equal (self->rest, "/adjustments") ? find_new (self, bill) : NULL;
    set_bill (self, bill);
    g_signal_emit (self, signals[DONE], 0, id);
    return;
  }
  gboolean askable = osy_error_is (error, OSY_ERROR_INSUFFICIENT_PERMISSION);
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[FAILED], 0, error, askable ? self->permission : NULL);
  if (osy_error_is (error, OSY_ERROR_VERSION_CONFLICT))
    osc_bill_store_show (self, self->check_id);
}

static void
send (OscBillStore *self, const char *act_token)
{
  gboolean split = g_str_equal (self->rest, "/parts");
  const OsyClientCheck check = {.check_id = self->check_id,
                                .method = self->method,
                                .rest = self->rest,
                                .body = self->body,
                                .key = self->key,
                                .if_version = split ? self->bill->version : 0,
                                .act_token = act_token};
  g_autofree char *text = self->body != NULL ? osy_json_print (self->body) : NULL;

  self->busy = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->client == NULL)
    g_signal_emit (self, signals[REQUESTED], 0, self->method, self->rest, text);
  else
    osy_client_check_async (self->client, &check, NULL, acted_cb, g_object_ref (self));
}

/* Whether this is what nobody knows of: it leaves with its key once more, and is done once. */
static gboolean
is_same_act (OscBillStore *self, const char *method, const char *rest, JsonNode *body)
{
  if (!self->open || !g_str_equal (method, self->method) || !g_str_equal (rest, self->rest))
    return FALSE;
  g_autofree char *now = osy_json_print (body);
  g_autofree char *then = osy_json_print (self->body);
  return g_str_equal (now, then);
}

/* @rest, @body: (transfer full). */
static void
act (OscBillStore *self, const char *method, char *rest, JsonObject *body, const char *permission)
{
  g_autofree char *where = rest;
  g_autoptr (JsonNode) what = osy_json_take_object (body);

  if (self->busy || self->bill == NULL)
    return;
  if (!is_same_act (self, method, where, what)) {
    osy_set_str (&self->rest, where);
    g_clear_pointer (&self->body, json_node_unref);
    g_free (self->key);
    self->method = method;
    self->body = json_node_ref (what);
    self->key = osy_id_new ();
    self->permission = permission;
  }
  send (self, NULL);
}

void
osc_bill_store_repeat (OscBillStore *self, const char *act_token)
{
  g_return_if_fail (OSC_IS_BILL_STORE (self));
  if (!self->busy && self->bill != NULL && self->rest != NULL)
    send (self, act_token);
}

static const char *
permission_of (const char *kind)
{
  return g_str_equal (kind, OSY_BILL_VOID) ? "order:cancel" : "check:adjust";
}

void
osc_bill_store_adjust (OscBillStore *self, const OscBillAdjust *adjust)
{
  g_return_if_fail (OSC_IS_BILL_STORE (self));
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "kind", adjust->kind);
  json_object_set_string_member (body, "reason", adjust->reason);
  if (adjust->line_id != NULL)
    json_object_set_string_member (body, "line_id", adjust->line_id);
  if (adjust->quantity > 0)
    json_object_set_int_member (body, "quantity", adjust->quantity);
  if (adjust->percent > 0)
    json_object_set_int_member (body, "percent", adjust->percent);
  if (adjust->won > 0)
    json_object_set_int_member (body, "amount", adjust->won);
  act (self, "POST", g_strdup ("/adjustments"), body, permission_of (adjust->kind));
}

void
osc_bill_store_withdraw (OscBillStore *self, const char *adjustment_id)
{
  g_return_if_fail (OSC_IS_BILL_STORE (self));
  const char *kind = OSY_BILL_DISCOUNT;

  for (guint i = 0; self->bill != NULL && i < self->bill->adjustments->len; i++) {
    const OsyBillAdjustment *adjustment = g_ptr_array_index (self->bill->adjustments, i);
    if (g_str_equal (adjustment->id, adjustment_id))
      kind = adjustment->kind;
  }
  act (self, "POST", g_strconcat ("/adjustments/", adjustment_id, "/withdraw", NULL),
       json_object_new (), permission_of (kind));
}

static JsonArray *
takes_to_json (const OsyBill *bill, const OsyBillPart *part)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < part->takes->len; i++) {
    const OsyCheckTake *take = &g_array_index (part->takes, OsyCheckTake, i);
    JsonObject *object = json_object_new ();
    json_object_set_string_member (
        object, "line_id", ((OsyBillLine *)g_ptr_array_index (bill->lines, take->line))->line_id);
    json_object_set_int_member (object, "numerator", take->numerator);
    json_object_set_int_member (object, "denominator", take->denominator);
    json_array_add_object_element (array, object);
  }
  return array;
}

static JsonObject *
part_to_json (const OsyBill *bill, const OsyBillPart *part)
{
  JsonObject *object = json_object_new ();

  if (part->id != NULL)
    json_object_set_string_member (object, "id", part->id);
  json_object_set_string_member (object, "kind", osy_check_part_kind_name (part->kind));
  if (part->name != NULL)
    json_object_set_string_member (object, "name", part->name);
  if (part->kind == OSY_CHECK_PART_SEAT)
    json_object_set_int_member (object, "seat", part->seat);
  if (part->kind == OSY_CHECK_PART_AMOUNT)
    json_object_set_int_member (object, "amount", part->wanted);
  if (part->kind == OSY_CHECK_PART_ITEM)
    json_object_set_array_member (object, "lines", takes_to_json (bill, part));
  return object;
}

void
osc_bill_store_split (OscBillStore *self, GPtrArray *parts)
{
  g_return_if_fail (OSC_IS_BILL_STORE (self));
  JsonArray *array = json_array_new ();
  JsonObject *body = json_object_new ();

  for (guint i = 0; self->bill != NULL && i < self->bill->parts->len; i++) {
    const OsyBillPart *part = g_ptr_array_index (self->bill->parts, i);
    if (part->frozen)
      json_array_add_object_element (array, part_to_json (self->bill, part));
  }
  for (guint i = 0; self->bill != NULL && i < parts->len; i++)
    json_array_add_object_element (array, part_to_json (self->bill, g_ptr_array_index (parts, i)));
  json_object_set_array_member (body, "parts", array);
  act (self, "PUT", g_strdup ("/parts"), body, NULL);
}

void
osc_bill_store_print (OscBillStore *self, const char *part_id)
{
  g_return_if_fail (OSC_IS_BILL_STORE (self));
  JsonObject *body = json_object_new ();

  if (part_id != NULL)
    json_object_set_string_member (body, "part_id", part_id);
  act (self, "POST", g_strdup ("/print"), body, NULL);
}

void
osc_bill_store_receipt (OscBillStore *self)
{
  g_return_if_fail (OSC_IS_BILL_STORE (self));
  act (self, "POST", g_strdup ("/receipt"), json_object_new (), NULL);
}

void
osc_bill_store_charge (OscBillStore *self, int percent)
{
  g_return_if_fail (OSC_IS_BILL_STORE (self));
  JsonObject *body = json_object_new ();

  json_object_set_int_member (body, "percent", percent);
  act (self, "PUT", g_strdup ("/service-charge"), body, "check:adjust");
}

/* ---- life ---- */

const OsyBill *
osc_bill_store_bill (OscBillStore *self)
{
  g_return_val_if_fail (OSC_IS_BILL_STORE (self), NULL);
  return self->bill;
}

OscBillPhase
osc_bill_store_phase (OscBillStore *self)
{
  g_return_val_if_fail (OSC_IS_BILL_STORE (self), OSC_BILL_NONE);
  return self->phase;
}

gboolean
osc_bill_store_is_busy (OscBillStore *self)
{
  g_return_val_if_fail (OSC_IS_BILL_STORE (self), FALSE);
  return self->busy;
}

static void
osc_bill_store_finalize (GObject *object)
{
  OscBillStore *self = OSC_BILL_STORE (object);

  g_clear_object (&self->client);
  g_free (self->check_id);
  g_clear_pointer (&self->bill, osy_bill_free);
  g_free (self->rest);
  g_clear_pointer (&self->body, json_node_unref);
  g_free (self->key);
  G_OBJECT_CLASS (osc_bill_store_parent_class)->finalize (object);
}

static guint
add_signal (OscBillStoreClass *klass, const char *name, guint n, GType *types)
{
  return g_signal_newv (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, NULL, NULL, NULL, NULL,
                        G_TYPE_NONE, n, types);
}

static void
osc_bill_store_class_init (OscBillStoreClass *klass)
{
  GType done[] = {G_TYPE_STRING};
  GType failed[] = {G_TYPE_ERROR, G_TYPE_STRING};
  GType requested[] = {G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING};

  G_OBJECT_CLASS (klass)->finalize = osc_bill_store_finalize;
  signals[CHANGED] = add_signal (klass, "changed", 0, NULL);
  signals[DONE] = add_signal (klass, "done", G_N_ELEMENTS (done), done);
  signals[FAILED] = add_signal (klass, "failed", G_N_ELEMENTS (failed), failed);
  signals[REQUESTED] = add_signal (klass, "requested", G_N_ELEMENTS (requested), requested);
}

static void
osc_bill_store_init (OscBillStore *self)
{
}

OscBillStore *
osc_bill_store_new (OsyClient *client)
{
  OscBillStore *self = g_object_new (OSC_TYPE_BILL_STORE, NULL);

  self->client = client != NULL ? g_object_ref (client) : NULL;
  return self;
}
