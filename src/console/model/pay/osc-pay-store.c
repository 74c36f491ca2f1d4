/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Taking money once. A key is made with each request and dies only with a certain answer; while
 * nobody knows, the same request leaves again and no other can be begun. */

#include "osc-pay-store.h"

#include <string.h>

#include "osc-cart-file.h"
#include "osc-pay-sum.h"
#include "osy-clock.h"
#include "osy-compat.h"
#include "osy-id.h"
#include "osy-json.h"

#define API "/api/v1/"
#define RETRY_MS 3000
/* The daemon knows a key for 30 days; what is older than a day is for people to look at. */
#define KEPT G_TIME_SPAN_DAY
#define MAX_BODY 10000
#define SCREEN "screen" /* a paired one works without a person */

/* What is under way, or was last. */
typedef struct {
  OscPayDeed deed;
  char *path;
  JsonNode *body; /* nullable */
  char *key;
  gint64 amount; /* of TAKE */
  gint64 at;
  const char *permission; /* (nullable): by which it may be allowed */
  gboolean resumed;       /* of an earlier run */
} Act;

struct _OscPayStore {
  GObject parent_instance;
  OsyClient *client; /* nullable */
  char *folder;
  OscCartFile *file; /* nullable */
  char *shop;        /* nullable */
  char *person;      /* nullable */
  char *check_id;    /* nullable */
  GPtrArray *payments;
  GPtrArray *methods; /* of char * */
  gboolean receipts;
  gboolean remote; /* the payment service is set up */
  char *edge;      /* (nullable): "https://192.168.0.9:8443" */
  Act act;
  OscPayPhase phase;
  gboolean asking; /* again, about what is UNSURE */
  guint retry;
};

enum { CHANGED, DONE, FAILED, RECOVERED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscPayStore, osc_pay_store, G_TYPE_OBJECT)

static void
act_clear (Act *act)
{
  g_clear_pointer (&act->path, g_free);
  g_clear_pointer (&act->body, json_node_unref);
  g_clear_pointer (&act->key, g_free);
}

static void
set_phase (OscPayStore *self, OscPayPhase phase)
{
  g_clear_handle_id (&self->retry, g_source_remove);
  self->phase = phase;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- reading ---- */

/* @payment: (transfer full). Returns: (transfer none): what is known of it from now on. */
static OsyPayment *
put (OscPayStore *self, OsyPayment *payment)
{
  for (guint i = 0; i < self->payments->len; i++) {
    OsyPayment *known = g_ptr_array_index (self->payments, i);
    if (!g_str_equal (known->id, payment->id))
      continue;
    if (payment->version < known->version) { /* an event has overtaken it */
      osy_payment_free (payment);
      return known;
    }
    osy_payment_free (known);
    self->payments->pdata[i] = payment;
    return payment;
  }
  g_ptr_array_insert (self->payments, 0, payment);
  return payment;
}

void
osc_pay_store_follow (OscPayStore *self, OsyPayment *payment)
{
  g_return_if_fail (OSC_IS_PAY_STORE (self));
  if (payment == NULL || g_strcmp0 (payment->check_id, self->check_id) != 0) {
    g_clear_pointer (&payment, osy_payment_free);
    return;
  }
  put (self, payment);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
osc_pay_store_take_list (OscPayStore *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_PAY_STORE (self) && answer != NULL);
  JsonArray *list = json_object_get_array_member (json_node_get_object (answer), "payments");

  for (guint i = list != NULL ? json_array_get_length (list) : 0; i > 0; i--) {
    OsyPayment *payment = osy_payment_from_json (json_array_get_element (list, i - 1), NULL);
    if (payment != NULL && g_strcmp0 (payment->check_id, self->check_id) == 0)
      put (self, payment);
    else
      g_clear_pointer (&payment, osy_payment_free);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

void
osc_pay_store_take_setup (OscPayStore *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_PAY_STORE (self) && answer != NULL);
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (answer);
  OsyJsonReader *toss = osy_json_reader_opt_object (reader, "toss");
  guint n = osy_json_reader_opt_array (reader, "methods", 10);

  g_ptr_array_set_size (self->methods, 0);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->methods,
                     g_strdup (osy_json_reader_element_string (reader, "methods", i, 1, 40)));
  self->receipts = toss != NULL && osy_json_reader_opt_bool (toss, "secret_key_set", FALSE);
  self->remote = self->receipts && osy_json_reader_opt_string (toss, "client_key", 1, 100) != NULL;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
osc_pay_store_take_edge (OscPayStore *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_PAY_STORE (self) && answer != NULL);
  JsonArray *list = json_object_get_array_member (json_node_get_object (answer), "addresses");

  osy_set_str (&self->edge, list != NULL && json_array_get_length (list) > 0
                                ? json_array_get_string_element (list, 0)
                                : NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

typedef void (*Taker) (OscPayStore *self, JsonNode *answer);

typedef struct {
  OscPayStore *self;
  Taker take;
} Asked;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer != NULL && JSON_NODE_HOLDS_OBJECT (answer))
    asked->take (asked->self, answer);
  else if (error != NULL)
    g_info ("Nothing is known of payments: %s", error->message);
  g_object_unref (asked->self);
  g_free (asked);
}

static void
get (OscPayStore *self, const char *path, Taker take)
{
  const OsyClientRequest request = {.method = "GET", .path = path};

  if (self->client == NULL) {
    g_signal_emit (self, signals[REQUESTED], 0, "GET", path + strlen (API), NULL);
    return;
  }
  Asked *asked = g_new0 (Asked, 1);
  asked->self = g_object_ref (self);
  asked->take = take;
  osy_client_send_async (self->client, &request, NULL, read_cb, asked);
}

static void
load_payments (OscPayStore *self)
{
  g_autofree char *path =
      g_strdup_printf (API "restaurants/me/payments?check_id=%s&limit=100", self->check_id);

  get (self, path, osc_pay_store_take_list);
}

void
osc_pay_store_show (OscPayStore *self, const char *check_id)
{
  g_return_if_fail (OSC_IS_PAY_STORE (self) && check_id != NULL);
  if (g_strcmp0 (check_id, self->check_id) != 0)
    g_ptr_array_set_size (self->payments, 0);
  osy_set_str (&self->check_id, check_id);
  g_signal_emit (self, signals[CHANGED], 0);
  load_payments (self);
  get (self, API "restaurants/me/payment-setup", osc_pay_store_take_setup);
  if (self->edge == NULL)
    get (self, API "restaurants/me/edge", osc_pay_store_take_edge);
}

static void
on_payment (OscPayStore *self, JsonNode *thing, const char *type)
{
  osc_pay_store_follow (self, osy_payment_from_json (thing, NULL));
}

static void
on_feed_state (OscPayStore *self, GParamSpec *pspec, OsyFeed *feed)
{
  if (osy_feed_get_state (feed) == OSY_FEED_LIVE)
    osc_pay_store_ask_again (self);
}

/* Events were missed. */
static void
on_reset (OscPayStore *self)
{
  if (self->check_id != NULL)
    load_payments (self);
}

void
osc_pay_store_attach (OscPayStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_PAY_STORE (self));
  g_signal_connect_object (feed, "thing::payment", G_CALLBACK (on_payment), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "notify::state", G_CALLBACK (on_feed_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "reset", G_CALLBACK (on_reset), self, G_CONNECT_SWAPPED);
}

/* ---- on disk ---- */

static void
forget (OscPayStore *self)
{
  if (self->file != NULL)
    osc_cart_file_write (self->file, g_strdup ("{}"));
}

static void
keep (OscPayStore *self)
{
  JsonObject *object = json_object_new ();
  g_autofree char *body = osy_json_print (self->act.body);

  json_object_set_string_member (object, "person", self->person != NULL ? self->person : SCREEN);
  json_object_set_string_member (object, "key", self->act.key);
  json_object_set_int_member (object, "at", self->act.at);
  json_object_set_int_member (object, "amount", self->act.amount);
  json_object_set_string_member (object, "body", body);
  g_autoptr (JsonNode) node = osy_json_take_object (object);
  osc_cart_file_write (self->file, osy_json_print (node));
}

/* The file may be anybody's work. Returns: FALSE when it can't be understood. */
static gboolean
load (OscPayStore *self, const char *text, char **person)
{
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), NULL);
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  const char *key = osy_json_reader_id (reader, "key");
  const char *body = osy_json_reader_string (reader, "body", 2, MAX_BODY);

  *person = g_strdup (osy_json_reader_string (reader, "person", 1, 40));
  self->act.deed = OSC_PAY_TAKE;
  self->act.at = osy_json_reader_int (reader, "at", 0, G_MAXINT64);
  self->act.amount = osy_json_reader_int (reader, "amount", 1, G_MAXINT64);
  if (!osy_json_reader_finish (reader, NULL))
    return FALSE;
  self->act.body = osy_json_parse (body, strlen (body), NULL);
  self->act.key = g_strdup (key);
  self->act.path = g_strdup (API "payments");
  self->act.resumed = TRUE;
  return self->act.body != NULL && JSON_NODE_HOLDS_OBJECT (self->act.body);
}

/* Another person's key is not known to the daemon, so theirs is never asked about: it would be
 * taken again. */
static void
resume (OscPayStore *self)
{
  g_autofree char *text = osc_cart_file_read (self->file);
  g_autofree char *person = NULL;

  if (text == NULL || g_str_equal (text, "{}"))
    return;
  if (!load (self, text, &person)) {
    act_clear (&self->act);
    osc_cart_file_put_aside (self->file);
    return;
  }
  if (g_strcmp0 (person, self->person) == 0 && osy_clock_now () - self->act.at < KEPT) {
    set_phase (self, OSC_PAY_UNSURE);
    osc_pay_store_ask_again (self);
    return;
  }
  g_signal_emit (self, signals[RECOVERED], 0, self->act.amount, FALSE);
  act_clear (&self->act);
  forget (self);
}

void
osc_pay_store_begin (OscPayStore *self, const char *shop, const char *person)
{
  g_return_if_fail (OSC_IS_PAY_STORE (self));
  if (!osy_id_is_valid (shop) || g_strcmp0 (shop, self->shop) == 0)
    return;
  g_autofree char *path = g_build_filename (self->folder, shop, "payment.json", NULL);
  osy_set_str (&self->shop, shop);
  osy_set_str (&self->person, person != NULL ? person : SCREEN);
  g_clear_object (&self->file);
  self->file = osc_cart_file_new (path);
  if (self->phase == OSC_PAY_IDLE)
    resume (self);
}

/* ---- doing ---- */

static gboolean
retry_cb (gpointer data)
{
  OscPayStore *self = data;

  self->retry = 0;
  osc_pay_store_ask_again (self);
  return G_SOURCE_REMOVE;
}

static void
fail (OscPayStore *self, const GError *error)
{
  gboolean askable = osy_error_is (error, OSY_ERROR_INSUFFICIENT_PERMISSION);
  gboolean moved = osy_error_is (error, OSY_ERROR_STATE_CONFLICT);

  if (self->act.resumed)
    g_signal_emit (self, signals[RECOVERED], 0, self->act.amount, FALSE);
  g_signal_emit (self, signals[FAILED], 0, self->act.deed, error,
                 askable ? self->act.permission : NULL);
  if (moved && self->check_id != NULL)
    load_payments (self);
}

void
osc_pay_store_answer (OscPayStore *self, OsyPayment *payment, const GError *error)
{
  g_return_if_fail (OSC_IS_PAY_STORE (self));
  gboolean take = self->act.deed == OSC_PAY_TAKE;
  gboolean shown = payment != NULL && g_strcmp0 (payment->check_id, self->check_id) == 0;

  self->asking = FALSE;
  if (take && error != NULL && osy_client_is_open (error)) {
    set_phase (self, OSC_PAY_UNSURE);
    self->retry = g_timeout_add (RETRY_MS, retry_cb, self);
    return;
  }
  if (take)
    forget (self);
  if (shown)
    payment = put (self, payment);
  set_phase (self, OSC_PAY_IDLE);
  if (error != NULL) {
    fail (self, error);
    return;
  }
  if (self->act.resumed)
    g_signal_emit (self, signals[RECOVERED], 0, self->act.amount, TRUE);
  g_signal_emit (self, signals[DONE], 0, self->act.deed, payment);
  if (!shown)
    g_clear_pointer (&payment, osy_payment_free);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscPayStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);
  OsyPayment *payment = answer != NULL ? osy_payment_from_json (answer, &error) : NULL;

  osc_pay_store_answer (self, payment, error);
}

static void
leave (OscPayStore *self, const char *act_token)
{
  const OsyClientRequest request = {.method = "POST",
                                    .path = self->act.path,
                                    .body = self->act.body,
                                    .key = self->act.key,
                                    .persistent = TRUE,
                                    .act_token = act_token};
  g_autofree char *text = self->act.body != NULL ? osy_json_print (self->act.body) : NULL;

  if (self->client == NULL)
    g_signal_emit (self, signals[REQUESTED], 0, "POST", self->act.path + strlen (API), text);
  else
    osy_client_send_async (self->client, &request, NULL, sent_cb, g_object_ref (self));
}

/* A disk that takes nothing does not keep a shop from taking money. */
static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscPayStore) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!osc_cart_file_flush_finish (OSC_CART_FILE (source), result, &error))
    g_warning ("A payment leaves without its key kept: %s", error->message);
  leave (self, NULL);
}

/* @path, @body: (transfer full); @body: nullable. */
static gboolean
begin (OscPayStore *self, OscPayDeed deed, char *path, JsonObject *body)
{
  if (self->phase != OSC_PAY_IDLE) {
    g_free (path);
    g_clear_pointer (&body, json_object_unref);
    return FALSE;
  }
  act_clear (&self->act);
  self->act = (Act){.deed = deed,
                    .path = path,
                    .body = body != NULL ? osy_json_take_object (body) : NULL,
                    .key = osy_id_new (),
                    .at = osy_clock_now (),
                    .permission = deed == OSC_PAY_UNDO ? "payment:refund" : "payment:take"};
  return TRUE;
}

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static JsonObject *
receipt_to_json (const char *kind, const char *identity)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", kind);
  json_object_set_string_member (object, "identity", identity);
  return object;
}

gboolean
osc_pay_store_take (OscPayStore *self, const OscPayAsk *ask)
{
  g_return_val_if_fail (OSC_IS_PAY_STORE (self) && ask->amount > 0, FALSE);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "check_id", ask->check_id);
  set_text (body, "part_id", ask->part_id);
  json_object_set_string_member (body, "method", ask->method);
  json_object_set_int_member (body, "amount", ask->amount);
  if (ask->received > 0)
    json_object_set_int_member (body, "received", ask->received);
  set_text (body, "approval_no", ask->approval_no);
  set_text (body, "shown_as", ask->shown_as);
  if (ask->receipt_kind != NULL)
    json_object_set_object_member (body, "cash_receipt",
                                   receipt_to_json (ask->receipt_kind, ask->receipt_identity));
  if (!begin (self, OSC_PAY_TAKE, g_strdup (API "payments"), body))
    return FALSE;
  self->act.amount = ask->amount;
  set_phase (self, OSC_PAY_SENDING);
  if (self->file == NULL) {
    leave (self, NULL);
    return TRUE;
  }
  keep (self);
  osc_cart_file_flush_async (self->file, kept_cb, g_object_ref (self));
  return TRUE;
}

void
osc_pay_store_do (OscPayStore *self, OscPayDeed deed, const OsyPayment *payment, const char *reason)
{
  static const char *const ends[] = {
      [OSC_PAY_LOOK_UP] = "lookup", [OSC_PAY_CANCEL] = "cancel", [OSC_PAY_UNDO] = "refunds"};
  JsonObject *body = deed == OSC_PAY_UNDO ? json_object_new () : NULL;

  g_return_if_fail (OSC_IS_PAY_STORE (self) && payment != NULL && ends[deed] != NULL);
  if (body != NULL) {
    json_object_set_int_member (body, "amount", payment->amount - payment->held);
    json_object_set_string_member (body, "reason", reason);
  }
  if (!begin (self, deed, g_strdup_printf (API "payments/%s/%s", payment->id, ends[deed]), body))
    return;
  set_phase (self, OSC_PAY_SENDING);
  leave (self, NULL);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscPayStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL)
    g_signal_emit (self, signals[FAILED], 0, OSC_PAY_DRAWER, error, NULL);
}

/* Beside what else is done: a printer may take long to say no. */
void
osc_pay_store_open_drawer (OscPayStore *self, const OsyPayment *payment)
{
  g_return_if_fail (OSC_IS_PAY_STORE (self) && payment != NULL);
  g_autofree char *path = g_strdup_printf (API "payments/%s/drawer", payment->id);
  const OsyClientRequest request = {.method = "POST", .path = path};

  if (self->client == NULL)
    g_signal_emit (self, signals[REQUESTED], 0, "POST", path + strlen (API), NULL);
  else
    osy_client_send_async (self->client, &request, NULL, opened_cb, g_object_ref (self));
}

void
osc_pay_store_issue (OscPayStore *self,
                     const OsyPayment *payment,
                     const char *kind,
                     const char *identity)
{
  g_return_if_fail (OSC_IS_PAY_STORE (self) && payment != NULL);
  if (!begin (self, OSC_PAY_RECEIPT, g_strdup_printf (API "payments/%s/cash-receipt", payment->id),
              receipt_to_json (kind, identity)))
    return;
  set_phase (self, OSC_PAY_SENDING);
  leave (self, NULL);
}

void
osc_pay_store_repeat (OscPayStore *self, const char *act_token)
{
  g_return_if_fail (OSC_IS_PAY_STORE (self));
  if (self->phase != OSC_PAY_IDLE || self->act.path == NULL)
    return;
  set_phase (self, OSC_PAY_SENDING);
  leave (self, act_token);
}

void
osc_pay_store_ask_again (OscPayStore *self)
{
  g_return_if_fail (OSC_IS_PAY_STORE (self));
  if (self->phase != OSC_PAY_UNSURE || self->asking)
    return;
  self->asking = TRUE;
  g_clear_handle_id (&self->retry, g_source_remove);
  leave (self, NULL);
}

/* ---- what is known ---- */

const char *
osc_pay_store_check_id (OscPayStore *self)
{
  g_return_val_if_fail (OSC_IS_PAY_STORE (self), NULL);
  return self->check_id;
}

GPtrArray *
osc_pay_store_payments (OscPayStore *self)
{
  g_return_val_if_fail (OSC_IS_PAY_STORE (self), NULL);
  return self->payments;
}

OscPayPhase
osc_pay_store_phase (OscPayStore *self)
{
  g_return_val_if_fail (OSC_IS_PAY_STORE (self), OSC_PAY_IDLE);
  return self->phase;
}

gint64
osc_pay_store_open_amount (OscPayStore *self)
{
  g_return_val_if_fail (OSC_IS_PAY_STORE (self), 0);
  return self->act.amount;
}

gboolean
osc_pay_store_takes (OscPayStore *self, const char *method)
{
  g_return_val_if_fail (OSC_IS_PAY_STORE (self), FALSE);
  return (self->remote || !osy_payment_is_remote (method)) &&
         g_ptr_array_find_with_equal_func (self->methods, method, g_str_equal, NULL);
}

gboolean
osc_pay_store_issues_receipts (OscPayStore *self)
{
  g_return_val_if_fail (OSC_IS_PAY_STORE (self), FALSE);
  return self->receipts;
}

gboolean
osc_pay_store_is_reachable (OscPayStore *self)
{
  g_return_val_if_fail (OSC_IS_PAY_STORE (self), FALSE);
  return self->edge != NULL;
}

char *
osc_pay_store_address (OscPayStore *self, const OsyPayment *payment)
{
  g_return_val_if_fail (OSC_IS_PAY_STORE (self), NULL);
  return self->edge != NULL && payment->checkout_url != NULL
             ? g_strconcat (self->edge, payment->checkout_url, NULL)
             : NULL;
}

/* ---- life ---- */

static void
osc_pay_store_finalize (GObject *object)
{
  OscPayStore *self = OSC_PAY_STORE (object);

  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_object (&self->client);
  g_clear_object (&self->file);
  g_free (self->folder);
  g_free (self->shop);
  g_free (self->person);
  g_free (self->check_id);
  g_free (self->edge);
  g_ptr_array_unref (self->payments);
  g_ptr_array_unref (self->methods);
  act_clear (&self->act);
  G_OBJECT_CLASS (osc_pay_store_parent_class)->finalize (object);
}

static guint
add_signal (OscPayStoreClass *klass, const char *name, guint n, GType *types)
{
  return g_signal_newv (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, NULL, NULL, NULL, NULL,
                        G_TYPE_NONE, n, types);
}

static void
osc_pay_store_class_init (OscPayStoreClass *klass)
{
  GType done[] = {G_TYPE_INT, G_TYPE_POINTER};
  GType failed[] = {G_TYPE_INT, G_TYPE_ERROR, G_TYPE_STRING};
  GType recovered[] = {G_TYPE_INT64, G_TYPE_BOOLEAN};
  GType requested[] = {G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING};

  G_OBJECT_CLASS (klass)->finalize = osc_pay_store_finalize;
  signals[CHANGED] = add_signal (klass, "changed", 0, NULL);
  signals[DONE] = add_signal (klass, "done", G_N_ELEMENTS (done), done);
  signals[FAILED] = add_signal (klass, "failed", G_N_ELEMENTS (failed), failed);
  signals[RECOVERED] = add_signal (klass, "recovered", G_N_ELEMENTS (recovered), recovered);
  signals[REQUESTED] = add_signal (klass, "requested", G_N_ELEMENTS (requested), requested);
}

static void
osc_pay_store_init (OscPayStore *self)
{
  self->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_payment_free);
  self->methods = g_ptr_array_new_with_free_func (g_free);
}

OscPayStore *
osc_pay_store_new (OsyClient *client, const char *folder)
{
  OscPayStore *self = g_object_new (OSC_TYPE_PAY_STORE, NULL);

  self->client = client != NULL ? g_object_ref (client) : NULL;
  self->folder = folder != NULL
                     ? g_strdup (folder)
                     : g_build_filename (g_get_user_state_dir (), "ordersync", "shops", NULL);
  return self;
}
