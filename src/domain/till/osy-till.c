/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What was counted, and what a report says of it. */

#include "osy-till.h"

#include "osy-money.h"

#define MAX_PIECES 1000000

static const struct {
  const char *name;
  gint64 won;
} pieces[] = {{"50000", 50000}, {"10000", 10000}, {"5000", 5000}, {"1000", 1000}, {"500", 500},
              {"100", 100},     {"50", 50},       {"10", 10},     {"5", 5},       {"1", 1}};

/* Members that no piece has are refused by osy_json_reader_finish(). */
char *
osy_till_read_denominations (OsyJsonReader *reader, gint64 counted)
{
  OsyJsonReader *said = osy_json_reader_opt_object (reader, "denominations");
  gint64 sum = 0;

  if (said == NULL)
    return NULL;
  JsonObject *object = json_object_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++) {
    if (!osy_json_reader_said (said, pieces[i].name))
      continue;
    gint64 n = osy_json_reader_int (said, pieces[i].name, 0, MAX_PIECES);
    sum += n * pieces[i].won;
    json_object_set_int_member (object, pieces[i].name, n);
  }
  if (sum != counted)
    osy_json_reader_fault (reader, "denominations", "SUM", "Coins and notes are what was counted.");
  g_autoptr (JsonNode) node = osy_json_take_object (object);
  return osy_json_print (node);
}

void
osy_till_finish_cash (JsonObject *cash, gint64 counted, gint64 left)
{
  gint64 expected = json_object_get_int_member (cash, "expected");

  json_object_set_int_member (cash, "counted", counted);
  json_object_set_int_member (cash, "difference", counted - expected);
  json_object_set_int_member (cash, "left", left);
  json_object_set_int_member (cash, "banked", counted - left);
}

void
osy_till_hide_cash (JsonObject *report)
{
  JsonArray *all = json_object_get_array_member (report, "tenders");
  JsonArray *shown = json_array_new ();

  for (guint i = 0; i < json_array_get_length (all); i++) {
    JsonObject *tender = json_array_get_object_element (all, i);
    if (!g_str_equal (json_object_get_string_member (tender, "tender"), "CASH"))
      json_array_add_object_element (shown, json_object_ref (tender));
  }
  json_object_set_array_member (report, "tenders", shown);
  json_object_remove_member (report, "totals");
  json_object_remove_member (report, "cash");
}
