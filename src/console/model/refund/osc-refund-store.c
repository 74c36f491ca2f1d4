/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is chosen to go back, and what the daemon says that it would do. */

#include "osc-refund-private.h"

#include "osy-compat.h"
#include "osy-json.h"

#define PAYMENTS "/api/v1/restaurants/me/payments"
#define PLAN_MS 120

enum { CHANGED, DONE, FAILED, FOUND, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscRefundStore, osc_refund_store, G_TYPE_OBJECT)

/* An answer and the question that it is for. */
typedef struct {
  OscRefundStore *self;
  guint question;
} Flight;

static Flight *
flight_new (OscRefundStore *self, guint question)
{
  Flight *flight = g_new0 (Flight, 1);

  flight->self = g_object_ref (self);
  flight->question = question;
  return flight;
}

/* Returns: (transfer full): the store; @flight is gone. */
static OscRefundStore *
flight_land (Flight *flight, guint *question)
{
  OscRefundStore *self = flight->self;

  *question = flight->question;
  g_free (flight);
  return self;
}

/* ---- telling ---- */

void
osc_refund_store_tell (OscRefundStore *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

void
osc_refund_store_emit_done (OscRefundStore *self, gint64 won, const char *check_id)
{
  g_signal_emit (self, signals[DONE], 0, won, check_id);
}

void
osc_refund_store_emit_failed (OscRefundStore *self, const GError *error, const char *permission)
{
  g_signal_emit (self, signals[FAILED], 0, error, permission);
}

void
osc_refund_store_emit_requested (OscRefundStore *self, const OsyClientRequest *request)
{
  g_autofree char *body = request->body != NULL ? osy_json_print (request->body) : NULL;

  g_signal_emit (self, signals[REQUESTED], 0, request->method, request->path, body, request->key);
}

/* ---- the plan ---- */

static void
drop_plan (OscRefundStore *self)
{
  g_clear_handle_id (&self->plan_source, g_source_remove);
  g_clear_pointer (&self->plan, osc_refund_plan_free);
  g_clear_error (&self->trouble);
  self->plan_question++;
}

void
osc_refund_store_take_plan (OscRefundStore *self, JsonNode *answer, const GError *error)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self));

  drop_plan (self);
  if (answer != NULL)
    self->plan = osc_refund_plan_new (answer);
  else
    self->trouble = g_error_copy (error);
  osc_refund_store_tell (self);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint question = 0;
  g_autoptr (OscRefundStore) self = flight_land (user_data, &question);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (question == self->plan_question)
    osc_refund_store_take_plan (self, answer, error);
}

static JsonArray *
pieces_to_json (OscRefundStore *self)
{
  const OsyBill *bill = osc_bill_store_bill (self->bill);
  JsonArray *array = json_array_new ();

  /* In the order of the bill, so that the same choice is the same body. */
  for (guint i = 0; bill != NULL && i < bill->lines->len; i++) {
    const OsyBillLine *line = g_ptr_array_index (bill->lines, i);
    gint64 quantity = osc_refund_store_quantity (self, line->line_id);
    if (quantity < 1)
      continue;
    JsonObject *piece = json_object_new ();
    json_object_set_string_member (piece, "line_id", line->line_id);
    json_object_set_int_member (piece, "quantity", quantity);
    json_array_add_object_element (array, piece);
  }
  return array;
}

static void
add_account (OscRefundStore *self, JsonObject *body)
{
  static const char *const names[] = {"bank", "account_number", "holder"};
  JsonObject *account = json_object_new ();
  guint given = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (self->account[i] != NULL && *self->account[i] != '\0') {
      json_object_set_string_member (account, names[i], self->account[i]);
      given++;
    }
  if (given == G_N_ELEMENTS (names))
    json_object_set_object_member (body, "refund_account", account);
  else
    json_object_unref (account);
}

static gboolean
add_choice (OscRefundStore *self, JsonObject *body)
{
  if (self->way == OSC_REFUND_BY_LINE) {
    JsonArray *pieces = pieces_to_json (self);
    gboolean some = json_array_get_length (pieces) > 0;
    json_object_set_array_member (body, "lines", pieces);
    return some;
  }
  if (self->way == OSC_REFUND_BY_AMOUNT) {
    json_object_set_int_member (body, "amount", self->amount);
    return self->amount > 0;
  }
  JsonObject *fraction = json_object_new ();
  json_object_set_int_member (fraction, "numerator", self->numerator);
  json_object_set_int_member (fraction, "denominator", self->denominator);
  json_object_set_object_member (body, "fraction", fraction);
  return self->numerator > 0;
}

JsonObject *
osc_refund_store_body (OscRefundStore *self)
{
  g_autoptr (JsonObject) body = json_object_new ();

  if (self->check_id == NULL || !add_choice (self, body))
    return NULL;
  add_account (self, body);
  return g_steal_pointer (&body);
}

static void
ask_plan (OscRefundStore *self)
{
  JsonObject *chosen = osc_refund_store_body (self);

  if (chosen == NULL)
    return;
  g_autoptr (JsonNode) body = osy_json_take_object (chosen);
  g_autofree char *path =
      g_strconcat ("/api/v1/restaurants/me/checks/", self->check_id, "/refund-plan", NULL);
  const OsyClientRequest request = {.method = "POST", .path = path, .body = body};

  if (self->client == NULL)
    osc_refund_store_emit_requested (self, &request);
  else
    osy_client_send_async (self->client, &request, NULL, planned_cb,
                           flight_new (self, self->plan_question));
}

static gboolean
plan_cb (gpointer user_data)
{
  OscRefundStore *self = user_data;

  self->plan_source = 0;
  ask_plan (self);
  return G_SOURCE_REMOVE;
}

/* Another choice, or other payments: what was planned holds no more. */
static void
plan_anew (OscRefundStore *self)
{
  drop_plan (self);
  if (self->payments != NULL)
    self->plan_source = g_timeout_add (PLAN_MS, plan_cb, self);
  osc_refund_store_tell (self);
}

/* ---- what is chosen ---- */

void
osc_refund_store_set_way (OscRefundStore *self, OscRefundWay way)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self));
  if (self->way == way)
    return;
  self->way = way;
  plan_anew (self);
}

OscRefundWay
osc_refund_store_way (OscRefundStore *self)
{
  g_return_val_if_fail (OSC_IS_REFUND_STORE (self), OSC_REFUND_BY_LINE);
  return self->way;
}

void
osc_refund_store_set_quantity (OscRefundStore *self, const char *line_id, gint64 quantity)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self) && line_id != NULL);
  const OsyBill *bill = osc_bill_store_bill (self->bill);
  int index = bill != NULL ? osy_bill_find_line (bill, line_id) : -1;

  if (index < 0)
    return;
  quantity = CLAMP (quantity, 0,
                    osc_refund_store_left (self, g_ptr_array_index (bill->lines, (guint)index)));
  if (quantity == osc_refund_store_quantity (self, line_id))
    return;
  g_hash_table_insert (self->quantities, g_strdup (line_id), GINT_TO_POINTER ((int)quantity));
  plan_anew (self);
}

gint64
osc_refund_store_quantity (OscRefundStore *self, const char *line_id)
{
  g_return_val_if_fail (OSC_IS_REFUND_STORE (self), 0);
  return GPOINTER_TO_INT (g_hash_table_lookup (self->quantities, line_id));
}

void
osc_refund_store_set_share (OscRefundStore *self, int numerator, int denominator)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self) && denominator > 0);
  if (self->numerator == numerator && self->denominator == denominator)
    return;
  self->numerator = numerator;
  self->denominator = denominator;
  plan_anew (self);
}

void
osc_refund_store_get_share (OscRefundStore *self, int *numerator, int *denominator)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self));
  *numerator = self->numerator;
  *denominator = self->denominator;
}

void
osc_refund_store_set_amount (OscRefundStore *self, gint64 won)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self));
  if (self->amount == won)
    return;
  self->amount = won;
  plan_anew (self);
}

gint64
osc_refund_store_amount (OscRefundStore *self)
{
  g_return_val_if_fail (OSC_IS_REFUND_STORE (self), 0);
  return self->amount;
}

void
osc_refund_store_set_account (OscRefundStore *self,
                              const char *bank,
                              const char *number,
                              const char *holder)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self));
  const char *texts[] = {bank, number, holder};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    osy_set_str (&self->account[i], texts[i]);
  osc_refund_store_tell (self);
}

void
osc_refund_store_forget_choice (OscRefundStore *self)
{
  drop_plan (self);
  g_hash_table_remove_all (self->quantities);
  self->numerator = 0;
  self->denominator = 1;
  self->amount = 0;
  for (guint i = 0; i < G_N_ELEMENTS (self->account); i++)
    g_clear_pointer (&self->account[i], g_free);
}

/* ---- payments ---- */

static gboolean
is_ours (OscRefundStore *self, const OsyPayment *payment)
{
  const OsyBill *bill = osc_bill_store_bill (self->bill);

  if (self->check_id == NULL)
    return FALSE;
  if (g_str_equal (payment->check_id, self->check_id))
    return TRUE;
  for (guint i = 0; bill != NULL && i < bill->merged->len; i++)
    if (g_strcmp0 (g_ptr_array_index (bill->merged, i), payment->check_id) == 0)
      return TRUE;
  return FALSE;
}

static void
put_into (GPtrArray *payments, OsyPayment *payment)
{
  for (guint i = 0; i < payments->len; i++) {
    OsyPayment *old = g_ptr_array_index (payments, i);
    if (!g_str_equal (old->id, payment->id))
      continue;
    gboolean newer = payment->version >= old->version;
    osy_payment_free (newer ? old : payment);
    if (newer)
      g_ptr_array_index (payments, i) = payment;
    return;
  }
  g_ptr_array_insert (payments, 0, payment);
}

void
osc_refund_store_put (OscRefundStore *self, OsyPayment *payment)
{
  osc_refund_store_recognize (self, payment);
  if (self->payments == NULL || !is_ours (self, payment)) {
    osy_payment_free (payment);
    return;
  }
  put_into (self->payments, payment);
  plan_anew (self);
}

static GPtrArray *
read_payments (JsonNode *answer)
{
  GPtrArray *payments = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_payment_free);
  JsonObject *object =
      answer != NULL && JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonNode *node = object != NULL ? json_object_get_member (object, "payments") : NULL;
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    OsyPayment *payment = osy_payment_from_json (json_array_get_element (array, i), NULL);
    if (payment != NULL)
      g_ptr_array_add (payments, payment);
  }
  return payments;
}

/* All of a reading are here: they are what is known. */
static void
settle_reading (OscRefundStore *self)
{
  if (self->failed) {
    g_clear_pointer (&self->coming, g_ptr_array_unref);
  } else {
    g_clear_pointer (&self->payments, g_ptr_array_unref);
    self->payments = g_steal_pointer (&self->coming);
    for (guint i = 0; i < self->payments->len; i++)
      osc_refund_store_recognize (self, g_ptr_array_index (self->payments, i));
  }
  plan_anew (self);
}

void
osc_refund_store_take_payments (OscRefundStore *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self));
  if (self->coming == NULL || self->awaited == 0)
    return;
  g_autoptr (GPtrArray) payments = read_payments (answer);
  self->failed = self->failed || answer == NULL;
  while (payments->len > 0)
    put_into (self->coming, g_ptr_array_steal_index (payments, payments->len - 1));
  if (--self->awaited == 0)
    settle_reading (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint question = 0;
  g_autoptr (OscRefundStore) self = flight_land (user_data, &question);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (question != self->question)
    return;
  if (answer == NULL)
    g_info ("The payments of the check could not be read: %s", error->message);
  osc_refund_store_take_payments (self, answer);
}

static void
read_of (OscRefundStore *self, const char *check_id)
{
  g_autofree char *path = g_strconcat (PAYMENTS "?limit=100&check_id=", check_id, NULL);
  const OsyClientRequest request = {.method = "GET", .path = path};

  self->awaited++;
  if (self->client == NULL)
    osc_refund_store_emit_requested (self, &request);
  else
    osy_client_send_async (self->client, &request, NULL, read_cb,
                           flight_new (self, self->question));
}

/* What is merged into a check keeps its own payments. */
void
osc_refund_store_reload (OscRefundStore *self)
{
  const OsyBill *bill = osc_bill_store_bill (self->bill);

  if (self->check_id == NULL)
    return;
  self->question++;
  self->failed = FALSE;
  self->awaited = 0;
  g_clear_pointer (&self->coming, g_ptr_array_unref);
  self->coming = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_payment_free);
  for (guint i = 0; bill != NULL && i < bill->merged->len; i++)
    read_of (self, g_ptr_array_index (bill->merged, i));
  read_of (self, self->check_id);
}

/* The check is here, or another one: a merged one is shown on its root. */
static void
on_bill (OscRefundStore *self)
{
  const OsyBill *bill = osc_bill_store_bill (self->bill);

  if (bill != NULL && g_strcmp0 (bill->id, self->check_id) != 0) {
    osy_set_str (&self->check_id, bill->id);
    g_clear_pointer (&self->payments, g_ptr_array_unref);
    osc_refund_store_reload (self);
  }
  osc_refund_store_tell (self);
}

void
osc_refund_store_show (OscRefundStore *self, const char *check_id)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self));

  if (g_strcmp0 (check_id, self->check_id) != 0) {
    g_clear_pointer (&self->check_id, g_free);
    g_clear_pointer (&self->payments, g_ptr_array_unref);
    osc_refund_store_forget_choice (self);
    self->way = OSC_REFUND_BY_LINE;
    self->failed = FALSE;
    self->question++;
  }
  if (check_id != NULL)
    osc_bill_store_show (self->bill, check_id);
  if (self->check_id != NULL)
    osc_refund_store_reload (self);
  osc_refund_store_tell (self);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscRefundStore) self = user_data;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, NULL);
  g_autoptr (GPtrArray) payments = answer != NULL ? read_payments (answer) : NULL;

  g_signal_emit (self, signals[FOUND], 0, payments);
}

void
osc_refund_store_find (OscRefundStore *self, const char *text)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self) && text != NULL);
  g_autofree char *escaped = g_uri_escape_string (text, NULL, FALSE);
  g_autofree char *path = g_strconcat (PAYMENTS "?limit=50&q=", escaped, NULL);
  const OsyClientRequest request = {.method = "GET", .path = path};

  if (self->client == NULL)
    osc_refund_store_emit_requested (self, &request);
  else
    osy_client_send_async (self->client, &request, NULL, found_cb, g_object_ref (self));
}

/* ---- what is known ---- */

OscBillStore *
osc_refund_store_bill (OscRefundStore *self)
{
  g_return_val_if_fail (OSC_IS_REFUND_STORE (self), NULL);
  return self->bill;
}

GPtrArray *
osc_refund_store_payments (OscRefundStore *self)
{
  g_return_val_if_fail (OSC_IS_REFUND_STORE (self), NULL);
  return self->payments;
}

gboolean
osc_refund_store_failed (OscRefundStore *self)
{
  g_return_val_if_fail (OSC_IS_REFUND_STORE (self), FALSE);
  return (self->failed && self->payments == NULL) ||
         osc_bill_store_phase (self->bill) == OSC_BILL_FAILED;
}

gint64
osc_refund_store_paid (OscRefundStore *self)
{
  g_return_val_if_fail (OSC_IS_REFUND_STORE (self), 0);
  gint64 won = 0;

  for (guint i = 0; self->payments != NULL && i < self->payments->len; i++) {
    const OsyPayment *payment = g_ptr_array_index (self->payments, i);
    won += osy_payment_is_captured (payment->status) ? payment->amount : 0;
  }
  return won;
}

gint64
osc_refund_store_ceiling (OscRefundStore *self)
{
  g_return_val_if_fail (OSC_IS_REFUND_STORE (self), 0);
  gint64 won = 0;

  for (guint i = 0; self->payments != NULL && i < self->payments->len; i++) {
    const OsyPayment *payment = g_ptr_array_index (self->payments, i);
    won += osy_payment_is_captured (payment->status) ? payment->amount - payment->held : 0;
  }
  return won;
}

static gint64
pieces_back (const OsyPayment *payment, const char *line_id)
{
  gint64 pieces = 0;

  for (guint i = 0; i < payment->refunds->len; i++) {
    const OsyRefund *refund = g_ptr_array_index (payment->refunds, i);
    for (guint k = 0; k < refund->lines->len; k++) {
      const OsyRefundLine *line = g_ptr_array_index (refund->lines, k);
      if (!g_str_equal (refund->status, OSY_REFUND_FAILED) &&
          g_strcmp0 (line->line_id, line_id) == 0)
        pieces += line->quantity;
    }
  }
  return pieces;
}

gint64
osc_refund_store_left (OscRefundStore *self, const OsyBillLine *line)
{
  g_return_val_if_fail (OSC_IS_REFUND_STORE (self) && line != NULL, 0);
  gint64 left = line->quantity - line->voided - line->comped;

  for (guint i = 0; self->payments != NULL && i < self->payments->len; i++)
    left -= pieces_back (g_ptr_array_index (self->payments, i), line->line_id);
  return MAX (left, 0);
}

const OscRefundPlan *
osc_refund_store_plan (OscRefundStore *self)
{
  g_return_val_if_fail (OSC_IS_REFUND_STORE (self), NULL);
  return self->plan;
}

const GError *
osc_refund_store_trouble (OscRefundStore *self)
{
  g_return_val_if_fail (OSC_IS_REFUND_STORE (self), NULL);
  return self->trouble;
}

/* ---- the feed ---- */

static void
on_payment (OscRefundStore *self, JsonNode *thing)
{
  OsyPayment *payment = osy_payment_from_json (thing, NULL);

  if (payment != NULL)
    osc_refund_store_put (self, payment);
}

/* Nobody listened for a while. */
static void
on_reset (OscRefundStore *self)
{
  if (self->check_id != NULL)
    osc_refund_store_show (self, self->check_id);
  osc_refund_store_ask_all (self);
}

void
osc_refund_store_attach (OscRefundStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self) && OSY_IS_FEED (feed));

  osc_bill_store_attach (self->bill, feed);
  g_signal_connect_object (feed, "thing::payment", G_CALLBACK (on_payment), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "reset", G_CALLBACK (on_reset), self, G_CONNECT_SWAPPED);
}

/* ---- life ---- */

static void
osc_refund_store_dispose (GObject *object)
{
  OscRefundStore *self = OSC_REFUND_STORE (object);

  g_clear_handle_id (&self->plan_source, g_source_remove);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  if (self->file != NULL)
    osc_cart_file_flush (self->file);
  g_clear_object (&self->file);
  g_clear_object (&self->bill);
  g_clear_object (&self->shop);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_refund_store_parent_class)->dispose (object);
}

static void
osc_refund_store_finalize (GObject *object)
{
  OscRefundStore *self = OSC_REFUND_STORE (object);

  osc_refund_store_forget_choice (self);
  g_free (self->folder);
  g_free (self->check_id);
  g_clear_pointer (&self->payments, g_ptr_array_unref);
  g_clear_pointer (&self->coming, g_ptr_array_unref);
  g_hash_table_unref (self->quantities);
  g_ptr_array_unref (self->held);
  G_OBJECT_CLASS (osc_refund_store_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n, GType *types)
{
  return g_signal_newv (name, OSC_TYPE_REFUND_STORE, G_SIGNAL_RUN_LAST, NULL, NULL, NULL, NULL,
                        G_TYPE_NONE, n, types);
}

static void
osc_refund_store_class_init (OscRefundStoreClass *klass)
{
  GType done[] = {G_TYPE_INT64, G_TYPE_STRING};
  GType failed[] = {G_TYPE_ERROR, G_TYPE_STRING};
  GType found[] = {G_TYPE_PTR_ARRAY};
  GType requested[] = {G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING};

  G_OBJECT_CLASS (klass)->dispose = osc_refund_store_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_refund_store_finalize;
  signals[CHANGED] = add_signal ("changed", 0, NULL);
  signals[DONE] = add_signal ("done", G_N_ELEMENTS (done), done);
  signals[FAILED] = add_signal ("failed", G_N_ELEMENTS (failed), failed);
  signals[FOUND] = add_signal ("found", G_N_ELEMENTS (found), found);
  signals[REQUESTED] = add_signal ("requested", G_N_ELEMENTS (requested), requested);
}

static void
osc_refund_store_init (OscRefundStore *self)
{
  self->quantities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify)osc_refund_held_free);
  self->denominator = 1;
}

OscRefundStore *
osc_refund_store_new (OsyClient *client, OscShopStore *shop, const char *folder)
{
  g_return_val_if_fail (OSC_IS_SHOP_STORE (shop), NULL);
  OscRefundStore *self = g_object_new (OSC_TYPE_REFUND_STORE, NULL);

  g_set_object (&self->client, client);
  self->shop = g_object_ref (shop);
  self->bill = osc_bill_store_new (client);
  if (folder != NULL)
    self->folder = g_strdup (folder);
  else if (client != NULL)
    self->folder = g_build_filename (g_get_user_state_dir (), "ordersync", "shops", NULL);
  g_signal_connect_object (self->bill, "changed", G_CALLBACK (on_bill), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "changed", G_CALLBACK (osc_refund_store_open_file), self,
                           G_CONNECT_SWAPPED);
  osc_refund_store_open_file (self);
  return self;
}
