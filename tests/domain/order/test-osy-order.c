/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The order model: JSON both ways (property test), refusals, and every step of the table. */

#include <string.h>

#include "osy-clock.h"
#include "osy-error.h"
#include "osy-id.h"
#include "osy-order.h"

static char *
random_text (GRand *rand, gboolean may_be_null)
{
  static const char *const words[] = {"김밥", "a\"b\\c", "메모\n두 줄", "😀", " ", "</script>"};

  if (may_be_null && g_rand_boolean (rand))
    return NULL;
  return g_strdup_printf ("%s %d", words[g_rand_int_range (rand, 0, (gint32)G_N_ELEMENTS (words))],
                          g_rand_int_range (rand, 0, 1000));
}

static gint64
random_amount (GRand *rand)
{
  return (gint64)g_rand_int (rand) * 100;
}

static gint64
random_time (GRand *rand)
{
  if (g_rand_boolean (rand))
    return 0;
  return G_GINT64_CONSTANT (1763700000000000) + (gint64)g_rand_int (rand) * 1009;
}

static void
add_options (GRand *rand, GPtrArray *options, int depth)
{
  int n = g_rand_int_range (rand, 0, 4 - depth);

  for (int i = 0; i < n; i++) {
    OsyOrderOption *option = osy_order_option_new ();

    option->option_id = osy_id_new ();
    option->name = random_text (rand, FALSE);
    option->quantity = g_rand_int_range (rand, 1, 1000);
    option->price = random_amount (rand);
    add_options (rand, option->options, depth + 1);
    g_ptr_array_add (options, option);
  }
}

static OsyOrderLine *
random_line (GRand *rand)
{
  OsyOrderLine *line = osy_order_line_new ();

  line->line_id = osy_id_new ();
  line->menu_item_id = osy_id_new ();
  line->name = random_text (rand, FALSE);
  line->quantity = g_rand_int_range (rand, 1, 1000);
  line->unit_price = random_amount (rand);
  line->amount = random_amount (rand);
  line->tax_free = g_rand_boolean (rand);
  line->note = random_text (rand, TRUE);
  line->station = random_text (rand, TRUE);
  line->prep_minutes = g_rand_int_range (rand, 0, 60);
  add_options (rand, line->options, 0);
  return line;
}

static OsyOrder *
random_order (GRand *rand)
{
  static const char *const statuses[] = {"PENDING", "READY", "REJECTED", "EXPIRED"};
  OsyOrderData *data = osy_order_data_new ();
  int n_lines = g_rand_int_range (rand, 1, 6);

  data->id = osy_id_new ();
  data->restaurant_id = osy_id_new ();
  data->number = g_rand_int_range (rand, 1, 1000);
  data->status = g_strdup (statuses[g_rand_int_range (rand, 0, G_N_ELEMENTS (statuses))]);
  data->type = g_strdup ("DELIVERY");
  data->channel = g_strdup ("WEB");
  data->table_id = random_text (rand, TRUE);
  data->guest_count = g_rand_int_range (rand, 0, 9);
  data->practice = g_rand_boolean (rand);
  data->unreadable = g_rand_boolean (rand);
  for (int i = 0; i < n_lines; i++)
    g_ptr_array_add (data->lines, random_line (rand));
  data->total_amount = random_amount (rand);
  data->tax_free_amount = random_amount (rand);
  data->supply_amount = random_amount (rand);
  data->vat_amount = random_amount (rand);
  data->payment_method = random_text (rand, TRUE);
  data->business_day = g_strdup ("2026-11-21");
  data->check_id = osy_id_new ();
  data->guest_id = osy_id_new ();
  data->version = g_rand_int_range (rand, 1, 50);
  gint64 *times[] = {&data->requested_at, &data->created_at, &data->accepted_at,
                     &data->started_at,   &data->ready_at,   &data->handed_over_at,
                     &data->completed_at, &data->closed_at,  &data->promised_at};
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    *times[i] = random_time (rand);
  char **personal[] = {&data->customer_name, &data->customer_phone, &data->delivery_address,
                       &data->note, &data->reason};
  for (gsize i = 0; i < G_N_ELEMENTS (personal); i++)
    *personal[i] = random_text (rand, TRUE);
  return osy_order_new (data);
}

static void
assert_options_equal (GPtrArray *a, GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++) {
    const OsyOrderOption *x = g_ptr_array_index (a, i);
    const OsyOrderOption *y = g_ptr_array_index (b, i);

    g_assert_cmpstr (x->option_id, ==, y->option_id);
    g_assert_cmpstr (x->name, ==, y->name);
    g_assert_cmpint (x->quantity, ==, y->quantity);
    g_assert_cmpint (x->price, ==, y->price);
    assert_options_equal (x->options, y->options);
  }
}

static void
assert_lines_equal (GPtrArray *a, GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++) {
    const OsyOrderLine *x = g_ptr_array_index (a, i);
    const OsyOrderLine *y = g_ptr_array_index (b, i);

    g_assert_cmpstr (x->line_id, ==, y->line_id);
    g_assert_cmpstr (x->menu_item_id, ==, y->menu_item_id);
    g_assert_cmpstr (x->name, ==, y->name);
    g_assert_cmpint (x->quantity, ==, y->quantity);
    g_assert_cmpint (x->unit_price, ==, y->unit_price);
    g_assert_cmpint (x->amount, ==, y->amount);
    g_assert_cmpint (x->tax_free, ==, y->tax_free);
    g_assert_cmpstr (x->note, ==, y->note);
    g_assert_cmpstr (x->station, ==, y->station);
    g_assert_cmpint (x->prep_minutes, ==, y->prep_minutes);
    assert_options_equal (x->options, y->options);
  }
}

/* Written out member by member, so that a member that neither half of the code knows is noticed. */
static void
assert_orders_equal (const OsyOrderData *a, const OsyOrderData *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->restaurant_id, ==, b->restaurant_id);
  g_assert_cmpint (a->number, ==, b->number);
  g_assert_cmpstr (a->status, ==, b->status);
  g_assert_cmpstr (a->type, ==, b->type);
  g_assert_cmpstr (a->channel, ==, b->channel);
  g_assert_cmpstr (a->table_id, ==, b->table_id);
  g_assert_cmpint (a->guest_count, ==, b->guest_count);
  g_assert_cmpint (a->practice, ==, b->practice);
  g_assert_cmpint (a->unreadable, ==, b->unreadable);
  assert_lines_equal (a->lines, b->lines);
  g_assert_cmpint (a->total_amount, ==, b->total_amount);
  g_assert_cmpint (a->tax_free_amount, ==, b->tax_free_amount);
  g_assert_cmpint (a->supply_amount, ==, b->supply_amount);
  g_assert_cmpint (a->vat_amount, ==, b->vat_amount);
  g_assert_cmpstr (a->payment_method, ==, b->payment_method);
  g_assert_cmpstr (a->business_day, ==, b->business_day);
  g_assert_cmpstr (a->check_id, ==, b->check_id);
  g_assert_cmpstr (a->guest_id, ==, b->guest_id);
  g_assert_cmpint (a->version, ==, b->version);
  g_assert_cmpint (a->requested_at, ==, b->requested_at);
  g_assert_cmpint (a->created_at, ==, b->created_at);
  g_assert_cmpint (a->accepted_at, ==, b->accepted_at);
  g_assert_cmpint (a->started_at, ==, b->started_at);
  g_assert_cmpint (a->ready_at, ==, b->ready_at);
  g_assert_cmpint (a->handed_over_at, ==, b->handed_over_at);
  g_assert_cmpint (a->completed_at, ==, b->completed_at);
  g_assert_cmpint (a->closed_at, ==, b->closed_at);
  g_assert_cmpint (a->promised_at, ==, b->promised_at);
  g_assert_cmpstr (a->customer_name, ==, b->customer_name);
  g_assert_cmpstr (a->customer_phone, ==, b->customer_phone);
  g_assert_cmpstr (a->delivery_address, ==, b->delivery_address);
  g_assert_cmpstr (a->note, ==, b->note);
  g_assert_cmpstr (a->reason, ==, b->reason);
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);

  for (int i = 0; i < 300; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (OsyOrder) order = random_order (rand);
    g_autoptr (JsonNode) node = osy_order_to_json (order);
    g_autofree char *text = json_to_string (node, FALSE);
    g_autoptr (JsonNode) parsed = json_from_string (text, &error);
    g_autoptr (OsyOrder) again = osy_order_from_json (parsed, &error);

    g_assert_no_error (error);
    assert_orders_equal (osy_order_data (order), osy_order_data (again));
  }
}

static void
test_contract_shape (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (OsyOrder) order = random_order (rand);
  g_autoptr (JsonNode) node = osy_order_to_json (order);
  JsonObject *object = json_node_get_object (node);
  JsonObject *line =
      json_array_get_object_element (json_object_get_array_member (object, "items"), 0);
  static const char *const members[] = {
      "id",       "number",       "status",          "type",          "channel",
      "items",    "total_amount", "tax_free_amount", "supply_amount", "vat_amount",
      "currency", "business_day", "version",         "check_id"};
  static const char *const line_members[] = {"line_id",    "menu_item_id", "name",  "quantity",
                                             "unit_price", "options",      "amount"};

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_true (json_object_has_member (object, members[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (line_members); i++)
    g_assert_true (json_object_has_member (line, line_members[i]));
}

/* The snapshot kept in the database in clear must not carry the guest's words. */
static void
test_snapshot_without_notes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_order_line_free);
  g_autoptr (GError) error = NULL;
  OsyOrderLine *line = random_line (rand);

  g_free (line->note);
  line->note = g_strdup ("allergic to shrimp");
  g_ptr_array_add (lines, line);
  g_autoptr (JsonNode) without = osy_order_lines_to_json (lines, FALSE);
  g_autoptr (JsonNode) with = osy_order_lines_to_json (lines, TRUE);
  g_autofree char *text = json_to_string (without, FALSE);
  g_assert_null (strstr (text, "shrimp"));

  g_autoptr (GPtrArray) back = osy_order_lines_from_json (json_node_get_array (with), &error);
  g_assert_no_error (error);
  assert_lines_equal (lines, back);
}

static void
replace_member (JsonObject *object, const char *name, const char *json)
{
  if (json == NULL) {
    json_object_remove_member (object, name);
    return;
  }
  json_object_set_member (object, name, json_from_string (json, NULL));
}

static void
test_refuses (void)
{
  static const struct {
    const char *name;
    const char *json;
  } cases[] = {
      {"id", NULL},
      {"id", "7"},
      {"number", "\"7\""},
      {"number", "1.5"},
      {"status", "\"OPEN\""},
      {"status", NULL},
      {"items", NULL},
      {"items", "{}"},
      {"items", "[7]"},
      {"items", "[{}]"},
      {"created_at", "17"},
      {"created_at", "\"x\""},
      {"practice", "1"},
      {"guest_count", "-1"},
      {"customer", "\"\""},
      {"version", NULL},
      {"total_amount", "true"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (i);
    g_autoptr (OsyOrder) order = random_order (rand);
    g_autoptr (JsonNode) node = osy_order_to_json (order);
    g_autoptr (GError) error = NULL;

    replace_member (json_node_get_object (node), cases[i].name, cases[i].json);
    g_assert_null (osy_order_from_json (node, &error));
    g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  }
  g_autoptr (GError) error = NULL;
  g_assert_null (osy_order_from_json (NULL, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
}

/* What later versions add, and members sent as null, must not keep an order off the board. */
static void
test_tolerates (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (OsyOrder) order = random_order (rand);
  g_autoptr (JsonNode) node = osy_order_to_json (order);
  g_autoptr (GError) error = NULL;

  replace_member (json_node_get_object (node), "from_the_future", "{\"a\":[1,2]}");
  replace_member (json_node_get_object (node), "note", "null");
  g_autoptr (OsyOrder) again = osy_order_from_json (node, &error);
  g_assert_no_error (error);
  g_assert_null (osy_order_data (again)->note);
}

static void
test_step_round_trip (void)
{
  g_autoptr (OsyOrderStep) step = osy_order_step_new ();
  g_autoptr (GError) error = NULL;

  step->from_status = g_strdup ("PENDING");
  step->to_status = g_strdup ("ACCEPTED");
  step->act = g_strdup ("accept");
  step->actor = g_strdup ("김지은");
  step->at = G_GINT64_CONSTANT (1763700000123456);
  g_autoptr (JsonNode) node = osy_order_step_to_json (step);
  g_autoptr (OsyOrderStep) again = osy_order_step_from_json (node, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->from_status, ==, "PENDING");
  g_assert_cmpstr (again->to_status, ==, "ACCEPTED");
  g_assert_cmpstr (again->act, ==, "accept");
  g_assert_cmpstr (again->actor, ==, "김지은");
  g_assert_null (again->reason);
  g_assert_cmpint (again->at, ==, step->at);

  json_object_remove_member (json_node_get_object (node), "act");
  g_assert_null (osy_order_step_from_json (node, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
}

static OsyOrderData *
order_in (const char *status, const char *type)
{
  OsyOrderData *data = osy_order_data_new ();

  data->status = g_strdup (status);
  data->type = g_strdup (type);
  return data;
}

static const char *
target (const char *status, const char *type, const char *act, gboolean started, gboolean handed)
{
  g_autoptr (OsyOrderData) data = order_in (status, type);
  const OsyStateRow *row;

  data->started_at = started ? 1 : 0;
  data->handed_over_at = handed ? 1 : 0;
  row = osy_order_find_step (data, act);
  return row == NULL ? NULL : row->to;
}

static void
test_steps (void)
{
  g_assert_cmpstr (target ("PENDING", "TAKEOUT", "accept", 0, 0), ==, "ACCEPTED");
  g_assert_cmpstr (target ("ACCEPTED", "TAKEOUT", "ready", 0, 0), ==, "READY");
  g_assert_cmpstr (target ("READY", "DELIVERY", "hand-over", 0, 0), ==, "DELIVERING");
  g_assert_cmpstr (target ("READY", "DINE_IN", "hand-over", 0, 0), ==, "COMPLETED");
  g_assert_cmpstr (target ("READY", "TAKEOUT", "complete", 0, 0), ==, "COMPLETED");
  g_assert_null (target ("PENDING", "TAKEOUT", "ready", 0, 0));
  g_assert_null (target ("COMPLETED", "TAKEOUT", "cancel", 0, 0));
  g_assert_null (target ("PENDING", "TAKEOUT", "dance", 0, 0));
}

static void
test_recall (void)
{
  g_assert_cmpstr (target ("PREPARING", "TAKEOUT", "recall", 1, 0), ==, "ACCEPTED");
  g_assert_cmpstr (target ("READY", "TAKEOUT", "recall", 1, 0), ==, "PREPARING");
  g_assert_cmpstr (target ("READY", "TAKEOUT", "recall", 0, 0), ==, "ACCEPTED");
  g_assert_cmpstr (target ("DELIVERING", "DELIVERY", "recall", 0, 1), ==, "READY");
  g_assert_cmpstr (target ("COMPLETED", "DELIVERY", "recall", 0, 1), ==, "DELIVERING");
  g_assert_cmpstr (target ("COMPLETED", "DELIVERY", "recall", 0, 0), ==, "READY");
  g_assert_cmpstr (target ("COMPLETED", "TAKEOUT", "recall", 1, 1), ==, "READY");
  g_assert_null (target ("ACCEPTED", "TAKEOUT", "recall", 0, 0));
  g_assert_null (target ("PENDING", "TAKEOUT", "recall", 0, 0));
  g_assert_null (target ("CANCELED", "TAKEOUT", "recall", 0, 0));
}

/* Design §5: closed states have no way on, every open one can be cancelled, only recall has two
 * rows of one (from, act), and what is marked forward has its way back. */
static void
test_table (void)
{
  static const char *const open[] = {"PENDING_PAYMENT", "PENDING", "ACCEPTED",
                                     "PREPARING",       "READY",   "DELIVERING"};
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const OsyStateRow *row = osy_order_states.rows; row->from != NULL; row++) {
    g_assert_cmpstr (row->from, !=, "REJECTED");
    g_assert_cmpstr (row->from, !=, "CANCELED");
    g_assert_cmpstr (row->from, !=, "EXPIRED");
    if (row->forward)
      g_assert_true (osy_state_table_allows (&osy_order_states, row->to, row->from));
    if (!g_str_equal (row->act, "recall"))
      g_assert_true (g_hash_table_add (seen, g_strdup_printf ("%s %s", row->from, row->act)));
    else
      g_assert_cmpstr (row->to, !=, "PENDING");
  }
  for (gsize i = 0; i < G_N_ELEMENTS (open); i++)
    g_assert_cmpstr (osy_state_table_find (&osy_order_states, open[i], "cancel")->to, ==,
                     "CANCELED");
}

static void
test_is_open (void)
{
  static const struct {
    const char *status;
    gboolean open;
  } cases[] = {
      {"PENDING_PAYMENT", FALSE}, {"PENDING", TRUE},   {"ACCEPTED", TRUE},
      {"PREPARING", TRUE},        {"READY", TRUE},     {"DELIVERING", TRUE},
      {"COMPLETED", FALSE},       {"REJECTED", FALSE}, {"CANCELED", FALSE},
      {"EXPIRED", FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (OsyOrder) order = osy_order_new (order_in (cases[i].status, "TAKEOUT"));

    g_assert_cmpint (osy_order_is_open (order), ==, cases[i].open);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order/json/round-trip", test_round_trip);
  g_test_add_func ("/order/json/contract-shape", test_contract_shape);
  g_test_add_func ("/order/json/snapshot-without-notes", test_snapshot_without_notes);
  g_test_add_func ("/order/json/refuses", test_refuses);
  g_test_add_func ("/order/json/tolerates", test_tolerates);
  g_test_add_func ("/order/json/step", test_step_round_trip);
  g_test_add_func ("/order/states/steps", test_steps);
  g_test_add_func ("/order/states/recall", test_recall);
  g_test_add_func ("/order/states/table", test_table);
  g_test_add_func ("/order/states/is-open", test_is_open);
  return g_test_run ();
}
