/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Coins and notes, and what a report says of the cash to whom. */

#include <string.h>

#include "osy-error.h"
#include "osy-till.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = osy_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return node;
}

static void
test_denominations (void)
{
  static const struct {
    const char *body;
    gint64 counted;
    const char *said; /* NULL: nothing was sent */
    gboolean good;
  } rows[] = {
      {"{}", 5, NULL, TRUE},
      {"{\"denominations\":null}", 5, NULL, TRUE},
      {"{\"denominations\":{}}", 0, "{}", TRUE},
      {"{\"denominations\":{}}", 1, "{}", FALSE},
      {"{\"denominations\":{\"10\":3,\"50000\":2}}", 100030, "{\"50000\":2,\"10\":3}", TRUE},
      {"{\"denominations\":{\"10\":3,\"50000\":2}}", 100031, "{\"50000\":2,\"10\":3}", FALSE},
      {"{\"denominations\":{\"20000\":1}}", 20000, "{}", FALSE},
      {"{\"denominations\":{\"20000\":1}}", 0, "{}", FALSE},
      {"{\"denominations\":{\"500\":-1,\"100\":5}}", 0, NULL, FALSE},
      {"{\"denominations\":{\"1000\":1.5}}", 1500, NULL, FALSE},
      {"{\"denominations\":{\"1000\":null}}", 0, NULL, FALSE},
      {"{\"denominations\":[]}", 0, NULL, FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JsonNode) body = parse (rows[i].body);
    g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
    g_autofree char *said = osy_till_read_denominations (reader, rows[i].counted);
    g_autoptr (GError) error = NULL;
    g_test_message ("%s of %" G_GINT64_FORMAT, rows[i].body, rows[i].counted);
    g_assert_cmpint (osy_json_reader_finish (reader, &error), ==, rows[i].good);
    if (rows[i].good)
      g_assert_cmpstr (said, ==, rows[i].said);
    else
      g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  }
}

static void
test_cash (void)
{
  g_autoptr (JsonNode) node = parse ("{\"expected\":-3}");
  JsonObject *cash = json_node_get_object (node);

  osy_till_finish_cash (cash, 10, 4);
  g_autofree char *text = osy_json_print (node);
  g_assert_cmpstr (text, ==,
                   "{\"expected\":-3,\"counted\":10,\"difference\":13,\"left\":4,\"banked\":6}");
}

static void
test_blind (void)
{
  g_autoptr (JsonNode) node =
      parse ("{\"tenders\":[{\"tender\":\"CARD_TERMINAL\",\"net\":1},{\"tender\":\"CASH\","
             "\"net\":2},{\"tender\":\"TOSS\",\"net\":3}],\"totals\":{\"net\":6},"
             "\"cash\":{\"expected\":2}}");

  osy_till_hide_cash (json_node_get_object (node));
  g_autofree char *text = osy_json_print (node);
  g_assert_cmpstr (text, ==,
                   "{\"tenders\":[{\"tender\":\"CARD_TERMINAL\",\"net\":1},{\"tender\":\"TOSS\","
                   "\"net\":3}]}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/till/denominations", test_denominations);
  g_test_add_func ("/till/cash", test_cash);
  g_test_add_func ("/till/blind", test_blind);
  return g_test_run ();
}
