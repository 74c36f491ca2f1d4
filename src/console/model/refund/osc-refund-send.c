/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Refunding once: key and body are on disk before they leave, and while nobody knows what became of
 * them they stay there and are asked about again, under the same key, by itself. */

#include "osc-refund-private.h"
#include "osy-clock.h"
#include "osy-id.h"
#include "osy-json.h"

#define RETRY_SECONDS 10
#define PERMISSION "payment:refund"

/* ---- keeping ---- */

static void
keep (OscRefundStore *self)
{
  if (self->file != NULL)
    osc_cart_file_write (self->file, osc_refund_held_print (self->held));
}

static OscRefundHeld *
find_held (OscRefundStore *self, const char *key)
{
  for (guint i = 0; i < self->held->len; i++) {
    OscRefundHeld *held = g_ptr_array_index (self->held, i);
    if (g_strcmp0 (held->key, key) == 0)
      return held;
  }
  return NULL;
}

static OscRefundHeld *
held_here (OscRefundStore *self)
{
  for (guint i = 0; i < self->held->len; i++) {
    OscRefundHeld *held = g_ptr_array_index (self->held, i);
    if (g_strcmp0 (held->check_id, self->check_id) == 0)
      return held;
  }
  return NULL;
}

const OscRefundHeld *
osc_refund_store_held (OscRefundStore *self)
{
  g_return_val_if_fail (OSC_IS_REFUND_STORE (self), NULL);
  return held_here (self);
}

GPtrArray *
osc_refund_store_unsure (OscRefundStore *self)
{
  g_return_val_if_fail (OSC_IS_REFUND_STORE (self), NULL);
  return self->held;
}

static void
let_go (OscRefundStore *self, OscRefundHeld *held)
{
  g_ptr_array_remove (self->held, held);
  keep (self);
}

/* It was made. */
static void
settle (OscRefundStore *self, OscRefundHeld *held)
{
  g_autofree char *check_id = g_strdup (held->check_id);
  gint64 won = held->amount;

  let_go (self, held);
  if (g_strcmp0 (check_id, self->check_id) == 0)
    osc_refund_store_forget_choice (self);
  osc_refund_store_tell (self);
  osc_refund_store_emit_done (self, won, check_id);
}

void
osc_refund_store_recognize (OscRefundStore *self, const OsyPayment *payment)
{
  for (guint i = 0; i < payment->refunds->len; i++) {
    const OsyRefund *refund = g_ptr_array_index (payment->refunds, i);
    OscRefundHeld *held = refund->act_id != NULL ? find_held (self, refund->act_id) : NULL;
    if (held != NULL)
      settle (self, held);
  }
}

/* ---- sending ---- */

/* After these nobody knows whether it was made. */
static gboolean
is_open (const GError *error)
{
  switch (error->domain == OSY_ERROR ? error->code : OSY_ERROR_INTERNAL) {
  case OSY_ERROR_INTERNAL:
  case OSY_ERROR_UNAVAILABLE:
  case OSY_ERROR_TIMEOUT:
  case OSY_ERROR_IN_PROGRESS:
  case OSY_ERROR_RATE_LIMITED:
  case OSY_ERROR_CANCELLED:
  case OSY_ERROR_UNAUTHENTICATED: return TRUE;
  default: return FALSE;
  }
}

static void
take_answer (OscRefundStore *self, JsonNode *answer)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonNode *node = object != NULL ? json_object_get_member (object, "payments") : NULL;
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    OsyPayment *payment = osy_payment_from_json (json_array_get_element (array, i), NULL);
    if (payment != NULL)
      osc_refund_store_put (self, payment);
  }
}

static void
take_refusal (OscRefundStore *self, OscRefundHeld *held, const GError *error)
{
  gboolean askable = osy_error_is (error, OSY_ERROR_INSUFFICIENT_PERMISSION);

  if (is_open (error)) {
    osc_refund_store_tell (self);
    return;
  }
  held->wants_pin = askable;
  if (!askable)
    let_go (self, held);
  else
    osc_refund_store_reload (self); /* a PIN is good once: the first try may have come through */
  osc_refund_store_tell (self);
  osc_refund_store_emit_failed (self, error, askable ? PERMISSION : NULL);
}

void
osc_refund_store_take_outcome (OscRefundStore *self,
                               const char *key,
                               JsonNode *answer,
                               const GError *error)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self));
  OscRefundHeld *held = find_held (self, key);

  if (held != NULL)
    held->sending = FALSE;
  if (answer == NULL) {
    if (held != NULL)
      take_refusal (self, held, error);
    return;
  }
  if (held != NULL)
    settle (self, held);
  take_answer (self, answer);
}

typedef struct {
  OscRefundStore *self;
  char *key;
  char *act_token;
} Leaving;

static void
leaving_free (Leaving *leaving)
{
  g_object_unref (leaving->self);
  g_free (leaving->key);
  g_free (leaving->act_token);
  g_free (leaving);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Leaving, leaving_free)

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Leaving) leaving = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  osc_refund_store_take_outcome (leaving->self, leaving->key, answer, error);
}

static void
leave (Leaving *taken)
{
  g_autoptr (Leaving) leaving = taken;
  OscRefundStore *self = leaving->self;
  const OscRefundHeld *held = find_held (self, leaving->key);

  if (held == NULL)
    return;
  g_autofree char *path =
      g_strconcat ("/api/v1/restaurants/me/checks/", held->check_id, "/refunds", NULL);
  const OsyClientRequest request = {.method = "POST",
                                    .path = path,
                                    .body = held->body,
                                    .key = held->key,
                                    .persistent = TRUE,
                                    .act_token = leaving->act_token};

  if (self->client == NULL)
    osc_refund_store_emit_requested (self, &request);
  else
    osy_client_send_async (self->client, &request, NULL, sent_cb, g_steal_pointer (&leaving));
}

/* What is not on disk does not leave: after a power cut it could be asked for twice. */
static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Leaving) leaving = user_data;
  g_autoptr (GError) error = NULL;
  OscRefundHeld *held = find_held (leaving->self, leaving->key);

  if (osc_cart_file_flush_finish (OSC_CART_FILE (source), result, &error)) {
    leave (g_steal_pointer (&leaving));
    return;
  }
  g_warning ("A refund is not sent, since its key could not be kept: %s", error->message);
  if (held == NULL)
    return;
  let_go (leaving->self, held);
  osc_refund_store_tell (leaving->self);
  g_autoptr (GError) refusal =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_STORAGE_FULL, error->message);
  osc_refund_store_emit_failed (leaving->self, refusal, NULL);
}

static void
ask_about (OscRefundStore *self, OscRefundHeld *held, const char *act_token)
{
  Leaving *leaving = g_new0 (Leaving, 1);

  held->sending = TRUE;
  held->wants_pin = FALSE;
  held->token = held->token || act_token != NULL;
  leaving->self = g_object_ref (self);
  leaving->key = g_strdup (held->key);
  leaving->act_token = g_strdup (act_token);
  keep (self);
  if (self->file != NULL)
    osc_cart_file_flush_async (self->file, kept_cb, leaving);
  else
    leave (leaving);
}

void
osc_refund_store_ask_all (OscRefundStore *self)
{
  for (guint i = 0; i < self->held->len; i++) {
    OscRefundHeld *held = g_ptr_array_index (self->held, i);
    if (!held->sending && !held->wants_pin)
      ask_about (self, held, NULL);
  }
}

static gboolean
retry_cb (gpointer user_data)
{
  OscRefundStore *self = user_data;

  osc_refund_store_ask_all (self);
  if (self->held->len > 0)
    return G_SOURCE_CONTINUE;
  self->retry_source = 0;
  return G_SOURCE_REMOVE;
}

static void
watch (OscRefundStore *self)
{
  if (self->retry_source == 0)
    self->retry_source = g_timeout_add_seconds (RETRY_SECONDS, retry_cb, self);
}

void
osc_refund_store_refund (OscRefundStore *self, const char *reason)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self) && reason != NULL);
  JsonObject *body =
      self->plan != NULL && held_here (self) == NULL ? osc_refund_store_body (self) : NULL;
  OscRefundHeld *held;

  if (body == NULL)
    return;
  json_object_set_string_member (body, "reason", reason);
  held = g_new0 (OscRefundHeld, 1);
  held->key = osy_id_new ();
  held->check_id = g_strdup (self->check_id);
  held->body = osy_json_take_object (body);
  held->amount = self->plan->amount;
  held->at = osy_clock_now ();
  g_ptr_array_add (self->held, held);
  watch (self);
  ask_about (self, held, NULL);
  osc_refund_store_tell (self);
}

void
osc_refund_store_repeat (OscRefundStore *self, const char *act_token)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self));
  OscRefundHeld *held = held_here (self);

  if (held == NULL || held->sending)
    return;
  ask_about (self, held, act_token);
  osc_refund_store_tell (self);
}

void
osc_refund_store_give_up (OscRefundStore *self)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self));
  OscRefundHeld *held = held_here (self);

  if (held == NULL || held->sending || held->token || !held->wants_pin)
    return;
  let_go (self, held);
  osc_refund_store_tell (self);
}

/* ---- acts on one payment ---- */

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscRefundStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);
  OsyPayment *payment = answer != NULL ? osy_payment_from_json (answer, &error) : NULL;

  if (payment != NULL)
    osc_refund_store_put (self, payment);
  else
    osc_refund_store_emit_failed (self, error, NULL);
}

static void
act (OscRefundStore *self, const char *path, gboolean with_body)
{
  g_autoptr (JsonNode) body = with_body ? osy_json_take_object (json_object_new ()) : NULL;
  const OsyClientRequest request = {
      .method = "POST", .path = path, .body = body, .persistent = TRUE};

  if (self->client == NULL)
    osc_refund_store_emit_requested (self, &request);
  else
    osy_client_send_async (self->client, &request, NULL, acted_cb, g_object_ref (self));
}

void
osc_refund_store_complete (OscRefundStore *self, const char *payment_id, const char *refund_id)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self) && payment_id != NULL && refund_id != NULL);
  g_autofree char *path =
      g_strconcat ("/api/v1/payments/", payment_id, "/refunds/", refund_id, "/complete", NULL);

  act (self, path, TRUE);
}

void
osc_refund_store_ask (OscRefundStore *self, const char *payment_id)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self) && payment_id != NULL);
  g_autofree char *path = g_strconcat ("/api/v1/payments/", payment_id, "/lookup", NULL);

  act (self, path, FALSE);
}

void
osc_refund_store_print (OscRefundStore *self, const char *payment_id, const char *refund_id)
{
  g_return_if_fail (OSC_IS_REFUND_STORE (self) && payment_id != NULL && refund_id != NULL);
  g_autofree char *path =
      g_strconcat ("/api/v1/payments/", payment_id, "/refunds/", refund_id, "/print", NULL);

  act (self, path, FALSE);
}

/* ---- what was kept ---- */

void
osc_refund_store_open_file (OscRefundStore *self)
{
  OsyShop *shop = osc_shop_store_get (self->shop);
  const char *id = shop != NULL ? osy_shop_data (shop)->id : NULL;
  g_autoptr (GError) error = NULL;

  if (self->file != NULL || self->folder == NULL || !osy_id_is_valid (id))
    return;
  g_autofree char *path = g_build_filename (self->folder, id, "refunds.json", NULL);
  self->file = osc_cart_file_new (path);
  g_autofree char *text = osc_cart_file_read (self->file);
  g_autoptr (GPtrArray) held = text != NULL ? osc_refund_held_read (text, &error) : NULL;
  if (error != NULL) {
    g_warning ("The refunds that were under way could not be understood: %s", error->message);
    osc_cart_file_put_aside (self->file);
  }
  while (held != NULL && held->len > 0)
    g_ptr_array_add (self->held, g_ptr_array_steal_index (held, 0));
  if (self->held->len == 0)
    return;
  watch (self);
  osc_refund_store_ask_all (self);
  osc_refund_store_tell (self);
}
