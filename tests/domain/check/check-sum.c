/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Sums the check of each line of standard input, for test_check_sum.py, which knows better. */

#include "osy-check-sum.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

static gint64
number (JsonObject *object, const char *name)
{
  return json_object_get_int_member_with_default (object, name, 0);
}

static void
read_members (JsonArray *array, OsyCheckSum *sum)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *object = json_array_get_object_element (array, i);
    const OsyCheckMember member = {.percent = (int)number (object, "percent"),
                                   .won = number (object, "won"),
                                   .service_percent = (int)number (object, "service_percent")};
    g_array_append_val (sum->members, member);
  }
}

static void
read_lines (JsonArray *array, OsyCheckSum *sum)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *object = json_array_get_object_element (array, i);
    const OsyCheckLine line = {.member = (guint)number (object, "member"),
                               .quantity = number (object, "quantity"),
                               .unit_price = number (object, "unit_price"),
                               .tax_free = number (object, "tax_free") != 0,
                               .seat = (int)number (object, "seat"),
                               .voided = number (object, "voided"),
                               .comped = number (object, "comped"),
                               .percent = (int)number (object, "percent"),
                               .won = number (object, "won")};
    g_array_append_val (sum->lines, line);
  }
}

static void
read_parts (JsonArray *array, OsyCheckSum *sum)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *object = json_array_get_object_element (array, i);
    JsonArray *takes = json_object_get_array_member (object, "takes");
    OsyCheckPart part = {.seat = (int)number (object, "seat"),
                         .frozen = number (object, "frozen") != 0,
                         .wanted = number (object, "wanted"),
                         .amount = number (object, "amount"),
                         .takes = g_array_new (FALSE, TRUE, sizeof (OsyCheckTake))};
    g_assert_true (
        osy_check_part_kind_from_name (json_object_get_string_member (object, "kind"), &part.kind));
    for (guint k = 0; k < json_array_get_length (takes); k++) {
      JsonArray *one = json_array_get_array_element (takes, k);
      const OsyCheckTake take = {(guint)json_array_get_int_element (one, 0),
                                 (int)json_array_get_int_element (one, 1),
                                 (int)json_array_get_int_element (one, 2)};
      g_array_append_val (part.takes, take);
    }
    g_array_append_val (sum->parts, part);
  }
}

static void
print (const OsyCheckSum *sum)
{
  printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
          " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
          sum->orders, sum->adjustments, sum->service, sum->total, sum->tax_free, sum->supply,
          sum->vat, sum->rest);
  for (guint i = 0; i < sum->lines->len; i++)
    printf (" %" G_GINT64_FORMAT, g_array_index (sum->lines, OsyCheckLine, i).due);
  for (guint i = 0; i < sum->parts->len; i++)
    printf (" %" G_GINT64_FORMAT, g_array_index (sum->parts, OsyCheckPart, i).amount);
  putchar ('\n');
}

int
main (void)
{
  char *text = NULL;
  size_t size = 0;

  while (getline (&text, &size, stdin) > 0) {
    g_autoptr (JsonNode) node = json_from_string (text, NULL);
    g_autoptr (OsyCheckSum) sum = osy_check_sum_new ();
    JsonObject *object = json_node_get_object (node);
    read_members (json_object_get_array_member (object, "members"), sum);
    read_lines (json_object_get_array_member (object, "lines"), sum);
    read_parts (json_object_get_array_member (object, "parts"), sum);
    osy_check_sum_run (sum);
    print (sum);
  }
  g_free (text);
  return 0;
}
