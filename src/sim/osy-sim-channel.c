/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* "channel": a delivery platform that sends orders to a shop's signed ingest, well and badly, and
 * takes what the shop tells back. One line of JSON at the end says what was not as it must be. */

#include <glib-unix.h>
#include <stdio.h>
#include <string.h>

#include "osy-clock.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-rest.h"
#include "osy-sim-command.h"
#include "osy-sim-listen.h"

#define AT_ONCE 16
#define TOO_OLD_S 301

/** What it is told to do. */
typedef struct {
  char *server;
  char *channel;
  char *store;
  char *callback; /* nullable: where to listen for what the shop tells back */
  char **items;   /* "PLU:PRICE:NAME" */
  int orders;
  double wait; /* seconds to listen at the end */
} Options;

typedef struct {
  const Options *options;
  char secret[1024];
  SoupSession *session;
  GMainLoop *loop;
  GRand *rand;
  GPtrArray *unexpected; /* texts */
  GPtrArray *waiting;    /* bodies of the rush that are still to be sent */
  GHashTable *seqs;      /* order id → the last number of what was told back */
  guint sent, pushed, under_way;
} Platform;

/** One call. */
typedef struct {
  JsonObject *body;
  gint64 behind_s;    /* by which its clock is wrong */
  gboolean forged;    /* signed with another secret */
  const char *expect; /* the statuses that are right: "201", "200 409" */
  const char *what;   /* for whoever reads the end */
} Call;

/* ---- bodies ---- */

static JsonObject *
item_of (const char *spec, gint64 quantity)
{
  g_auto (GStrv) parts = g_strsplit (spec, ":", 3);
  JsonObject *item = json_object_new ();
  gboolean whole = g_strv_length (parts) == 3;

  json_object_set_string_member (item, "plu", whole ? parts[0] : spec);
  json_object_set_string_member (item, "channelItemId", spec);
  json_object_set_string_member (item, "name", whole ? parts[2] : "모르는 메뉴");
  json_object_set_int_member (item, "qty", quantity);
  json_object_set_int_member (item, "unitPrice",
                              whole ? g_ascii_strtoll (parts[1], NULL, 10) : 9000);
  json_object_set_array_member (item, "options", json_array_new ());
  return item;
}

static JsonObject *
amounts_of (JsonObject *item)
{
  JsonObject *amounts = json_object_new ();
  gint64 items = osy_rest_int (item, "unitPrice", 0) * osy_rest_int (item, "qty", 0);

  json_object_set_int_member (amounts, "items", items);
  json_object_set_int_member (amounts, "deliveryFee", 3000);
  json_object_set_array_member (amounts, "discounts", json_array_new ());
  json_object_set_int_member (amounts, "total", items + 3000);
  json_object_set_int_member (amounts, "vat", (items + 3000) / 11);
  return amounts;
}

static JsonObject *
guest_of (void)
{
  JsonObject *guest = json_object_new ();

  json_object_set_string_member (guest, "name", "김손님");
  json_object_set_string_member (guest, "phone", "050712345678");
  json_object_set_boolean_member (guest, "phoneIsSafe", TRUE);
  return guest;
}

static JsonObject *
delivery_of (void)
{
  JsonObject *delivery = json_object_new ();

  json_object_set_string_member (delivery, "roadAddr", "서울 강남구 테헤란로 1");
  json_object_set_string_member (delivery, "detail", "101동 1001호");
  json_object_set_string_member (delivery, "memo", "문 앞에 놓아 주세요");
  json_object_set_string_member (delivery, "by", "platform");
  return delivery;
}

static JsonObject *
payment_of (void)
{
  JsonObject *payment = json_object_new ();

  json_object_set_boolean_member (payment, "prepaid", TRUE);
  json_object_set_string_member (payment, "method", "platform");
  json_object_set_int_member (payment, "amountDue", 0);
  return payment;
}

/* @item: (transfer full) */
static JsonObject *
order_of (Platform *self, const char *id, JsonObject *item)
{
  JsonObject *order = json_object_new ();
  JsonArray *items = json_array_new ();
  g_autofree char *now = osy_clock_format (osy_clock_now ());
  g_autofree char *shown = g_strdup_printf ("%04X", g_rand_int_range (self->rand, 0, 0x10000));

  json_object_set_string_member (order, "channelOrderId", id);
  json_object_set_string_member (order, "displayId", shown);
  json_object_set_string_member (order, "orderType", "delivery");
  json_object_set_string_member (order, "placedAt", now);
  json_object_set_null_member (order, "dueAt");
  json_object_set_boolean_member (order, "asap", TRUE);
  json_object_set_object_member (order, "customer", guest_of ());
  json_object_set_object_member (order, "delivery", delivery_of ());
  json_object_set_object_member (order, "amounts", amounts_of (item));
  json_array_add_object_element (items, item);
  json_object_set_array_member (order, "items", items);
  json_object_set_object_member (order, "payment", payment_of ());
  json_object_set_string_member (order, "notes", "수저 빼 주세요");
  json_object_set_boolean_member (order, "cutlery", FALSE);
  return order;
}

/* @order: (transfer full) */
static JsonObject *
event_of (Platform *self, const char *type, JsonObject *order)
{
  JsonObject *event = json_object_new ();
  g_autofree char *id = osy_id_new ();
  g_autofree char *now = osy_clock_format (osy_clock_now ());

  json_object_set_string_member (event, "eventId", id);
  json_object_set_string_member (event, "eventType", type);
  json_object_set_string_member (event, "occurredAt", now);
  json_object_set_string_member (event, "channel", self->options->channel);
  json_object_set_string_member (event, "storeId", self->options->store);
  json_object_set_object_member (event, "order", order);
  return event;
}

static JsonObject *
new_item (Platform *self)
{
  guint n = g_strv_length (self->options->items);

  return item_of (self->options->items[g_rand_int_range (self->rand, 0, (gint32)n)],
                  g_rand_int_range (self->rand, 1, 4));
}

static JsonObject *
new_event (Platform *self)
{
  g_autofree char *id = osy_id_new ();

  return event_of (self, "order.created", order_of (self, id, new_item (self)));
}

/* The cancellation of what @event placed. */
static JsonObject *
cancel_of (Platform *self, JsonObject *event)
{
  JsonObject *order = json_object_new ();
  const char *id = json_object_get_string_member (json_object_get_object_member (event, "order"),
                                                  "channelOrderId");

  json_object_set_string_member (order, "channelOrderId", id);
  return event_of (self, "order.cancelled", order);
}

/* ---- calls ---- */

static char *
sign (const char *secret, const char *ts, const char *body)
{
  g_autofree char *plain = g_strconcat (ts, ".", body, NULL);
  g_autofree char *hex = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *)secret,
                                                    strlen (secret), plain, (gssize)strlen (plain));

  return g_strconcat ("v1=", hex, NULL);
}

static SoupMessage *
message_of (Platform *self, const Call *call)
{
  g_autofree char *path =
      g_strconcat ("/api/v1/channels/", self->options->channel, "/orders", NULL);
  const OsyRestRequest request = {.method = "POST", .path = path};
  SoupMessage *message = osy_rest_message_new (self->options->server, &request);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), call->body);
  g_autofree char *body = osy_json_print (node);
  g_autofree char *ts =
      g_strdup_printf ("%" G_GINT64_FORMAT, osy_clock_now () / G_USEC_PER_SEC - call->behind_s);
  g_autofree char *signature = sign (call->forged ? "another" : self->secret, ts, body);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_replace (headers, "X-OrderSync-Timestamp", ts);
  soup_message_headers_replace (headers, "X-OrderSync-Signature", signature);
  soup_message_headers_replace (headers, "Idempotency-Key",
                                json_object_get_string_member (call->body, "eventId"));
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  self->sent++;
  return message;
}

static void
judge (Platform *self, const char *what, const char *expect, guint status)
{
  g_autofree char *got = g_strdup_printf ("%u", status);
  g_auto (GStrv) right = g_strsplit (expect, " ", -1);

  if (!g_strv_contains ((const char *const *)right, got))
    g_ptr_array_add (self->unexpected,
                     g_strdup_printf ("%s: answered %s, not %s", what, got, expect));
}

/* @body: (transfer none). */
static void
send (Platform *self, const Call *call)
{
  g_autoptr (SoupMessage) message = message_of (self, call);
  g_autoptr (GBytes) answer = soup_session_send_and_read (self->session, message, NULL, NULL);

  judge (self, call->what, call->expect, answer != NULL ? soup_message_get_status (message) : 0);
}

static void
send_body (Platform *self, const char *what, JsonObject *body, const char *expect)
{
  const Call call = {.body = body, .expect = expect, .what = what};

  send (self, &call);
}

/* ---- the rush at noon ---- */

static void rush (Platform *self);

static void
rushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Platform *self = user_data;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GBytes) answer =
      soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);

  judge (self, "a rush of orders", "201", answer != NULL ? soup_message_get_status (message) : 0);
  self->under_way--;
  rush (self);
}

static void
rush (Platform *self)
{
  while (self->waiting->len > 0 && self->under_way < AT_ONCE) {
    g_autoptr (JsonObject) body = g_ptr_array_steal_index (self->waiting, self->waiting->len - 1);
    const Call call = {.body = body};
    g_autoptr (SoupMessage) message = message_of (self, &call);
    self->under_way++;
    soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, rushed_cb,
                                      self);
  }
  if (self->under_way == 0)
    g_main_loop_quit (self->loop);
}

/* ---- what goes wrong between platforms and shops ---- */

static void
same_again (Platform *self)
{
  g_autoptr (JsonObject) event = new_event (self);
  JsonObject *order = json_object_get_object_member (event, "order");
  JsonArray *items = json_array_new ();

  send_body (self, "an order", event, "201");
  send_body (self, "the same event again", event, "200");
  send_body (self, "and again", event, "200");
  g_autoptr (JsonObject) other = event_of (self, "order.created", json_object_ref (order));
  json_array_add_object_element (items, item_of (self->options->items[0], 9));
  json_object_set_array_member (order, "items", items);
  send_body (self, "the same order with another body", other, "409");
}

static void
cancellations (Platform *self)
{
  g_autoptr (JsonObject) late = new_event (self);
  g_autoptr (JsonObject) late_end = cancel_of (self, late);
  g_autoptr (JsonObject) early = new_event (self);
  g_autoptr (JsonObject) early_end = cancel_of (self, early);

  send_body (self, "an order that is cancelled", late, "201");
  send_body (self, "its cancellation", late_end, "200 201 202");
  send_body (self, "its cancellation again", late_end, "200");
  send_body (self, "a cancellation before its order", early_end, "200 201 202");
  send_body (self, "its order", early, "201");
}

static void
strange_orders (Platform *self)
{
  g_autofree char *first = osy_id_new ();
  g_autofree char *second = osy_id_new ();
  g_autofree char *third = osy_id_new ();
  JsonObject *dearer = new_item (self);
  g_autoptr (JsonObject) unmapped =
      event_of (self, "order.created", order_of (self, first, item_of ("nobody-knows-this", 1)));

  json_object_set_int_member (dearer, "unitPrice", osy_rest_int (dearer, "unitPrice", 0) + 500);
  g_autoptr (JsonObject) price = event_of (self, "order.created", order_of (self, second, dearer));
  JsonObject *order = order_of (self, third, new_item (self));
  json_object_set_int_member (json_object_get_object_member (order, "amounts"), "total", 1);
  g_autoptr (JsonObject) sum = event_of (self, "order.created", order);
  send_body (self, "an item that nobody has mapped", unmapped, "201");
  send_body (self, "a price that is not the menu's", price, "201");
  send_body (self, "a sum that does not add up", sum, "201");
}

static void
bad_calls (Platform *self)
{
  g_autoptr (JsonObject) event = new_event (self);
  g_autoptr (JsonObject) bare = event_of (self, "order.created", json_object_new ());
  const Call calls[] = {
      {.body = event, .forged = TRUE, .expect = "401", .what = "a forged signature"},
      {.body = event, .behind_s = TOO_OLD_S, .expect = "401", .what = "a clock that is late"},
      {.body = event, .behind_s = -TOO_OLD_S, .expect = "401", .what = "a clock that is early"},
      {.body = bare, .expect = "422", .what = "an order without anything"},
      {.body = event, .behind_s = 200, .expect = "201", .what = "a clock that is nearly right"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    send (self, &calls[i]);
}

/* ---- what the shop tells back ---- */

static void
callback_cb (SoupServer *server,
             SoupServerMessage *message,
             const char *path,
             GHashTable *query,
             gpointer user_data)
{
  Platform *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GBytes) bytes =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const char *ts = soup_message_headers_get_one (headers, "X-OrderSync-Timestamp");
  g_autofree char *wanted = sign (self->secret, ts != NULL ? ts : "", body);
  g_autoptr (JsonNode) node = osy_json_parse (body, strlen (body), NULL);

  soup_server_message_set_status (message, 200, NULL);
  self->pushed++;
  if (g_strcmp0 (wanted, soup_message_headers_get_one (headers, "X-OrderSync-Signature")) != 0 ||
      node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
    g_ptr_array_add (self->unexpected, g_strdup ("the shop told something that it did not sign"));
    return;
  }
  const char *id = osy_rest_text (json_node_get_object (node), "channelOrderId", "");
  gint64 seq = osy_rest_int (json_node_get_object (node), "seq", 0);
  gint64 last = GPOINTER_TO_INT (g_hash_table_lookup (self->seqs, id));
  if (seq < last)
    g_ptr_array_add (self->unexpected, g_strdup_printf ("%s was told out of order", id));
  g_hash_table_insert (self->seqs, g_strdup (id), GINT_TO_POINTER ((int)seq));
}

static gboolean
waited_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

/* ---- all of it ---- */

static void
sum_up (Platform *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *unexpected = json_array_new ();
  g_autoptr (JsonNode) node = osy_json_take_object (object);

  for (guint i = 0; i < self->unexpected->len; i++)
    json_array_add_string_element (unexpected, self->unexpected->pdata[i]);
  json_object_set_string_member (object, "event", "done");
  json_object_set_int_member (object, "sent", self->sent);
  json_object_set_int_member (object, "told_back", self->pushed);
  json_object_set_array_member (object, "unexpected", unexpected);
  g_autofree char *text = osy_json_print (node);
  g_print ("%s\n", text);
}

static void
play (Platform *self)
{
  for (int i = 0; i < self->options->orders; i++)
    g_ptr_array_add (self->waiting, new_event (self));
  if (self->waiting->len > 0) {
    rush (self);
    g_main_loop_run (self->loop);
  }
  same_again (self);
  cancellations (self);
  strange_orders (self);
  bad_calls (self);
  g_timeout_add ((guint)(self->options->wait * 1000), waited_cb, self->loop);
  g_main_loop_run (self->loop);
}

static int
simulate (const Options *options)
{
  g_autoptr (SoupServer) server = soup_server_new ("server-header", "channel", NULL);
  g_autoptr (GError) error = NULL;
  Platform self = {.options = options};

  if (fgets (self.secret, sizeof self.secret, stdin) == NULL)
    self.secret[0] = '\0';
  g_strchomp (self.secret);
  soup_server_add_handler (server, NULL, callback_cb, &self, NULL);
  if (options->callback != NULL && !osy_sim_listen (server, options->callback, &error)) {
    g_printerr ("ordersync-sim: %s\n", error->message);
    return 2;
  }
  self.session = osy_rest_session_new ();
  self.loop = g_main_loop_new (NULL, FALSE);
  self.rand = g_rand_new ();
  self.unexpected = g_ptr_array_new_with_free_func (g_free);
  self.waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  self.seqs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  play (&self);
  sum_up (&self);
  int code = self.unexpected->len == 0 ? 0 : 1;
  soup_server_disconnect (server);
  g_object_unref (self.session);
  g_main_loop_unref (self.loop);
  g_rand_free (self.rand);
  g_ptr_array_unref (self.unexpected);
  g_ptr_array_unref (self.waiting);
  g_hash_table_unref (self.seqs);
  return code;
}

int
osy_sim_channel (int argc, char **argv)
{
  Options options = {.orders = 20};
  gboolean secret_stdin = FALSE;
  const GOptionEntry entries[] = {
      {"server", 0, 0, G_OPTION_ARG_STRING, &options.server, "Address of the daemon", "URL"},
      {"channel", 0, 0, G_OPTION_ARG_STRING, &options.channel, "What the platform is called",
       "NAME"},
      {"store", 0, 0, G_OPTION_ARG_STRING, &options.store, "What it calls the shop", "ID"},
      {"secret-stdin", 0, 0, G_OPTION_ARG_NONE, &secret_stdin,
       "Read the secret from standard input", NULL},
      {"item", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.items, "What it sells, once or more",
       "PLU:PRICE:NAME"},
      {"orders", 0, 0, G_OPTION_ARG_INT, &options.orders, "In the rush; 20", "N"},
      {"callback", 0, 0, G_OPTION_ARG_STRING, &options.callback, "Where the shop tells it back",
       "HOST:PORT"},
      {"wait", 0, 0, G_OPTION_ARG_DOUBLE, &options.wait, "How long to listen at the end",
       "SECONDS"},
      {NULL},
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  int code = 2;

  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, &argc, &argv, &error) && options.server != NULL &&
      options.channel != NULL && options.store != NULL && options.items != NULL && secret_stdin)
    code = simulate (&options);
  else
    g_printerr ("ordersync-sim: %s\n",
                error != NULL
                    ? error->message
                    : "--server, --channel, --store, --item and --secret-stdin are needed.");
  char *const texts[] = {options.server, options.channel, options.store, options.callback};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_strfreev (options.items);
  return code;
}
