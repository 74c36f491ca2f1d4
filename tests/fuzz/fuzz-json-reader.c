/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A body shaped like an order, read by a reader like that of the order room. */

#include <string.h>

#include "fuzz.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-error.h"

static const char *const types[] = {"DINE_IN", "TAKEOUT", "DELIVERY", NULL};

static void
read_options (OsyJsonReader *r, int depth)
{
  guint n = osy_json_reader_opt_array (r, "options", 20);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *option = osy_json_reader_element (r, "options", i);
    osy_json_reader_id (option, "option_id");
    osy_json_reader_opt_int (option, "quantity", 1, 99, 1);
    if (depth < 3)
      read_options (option, depth + 1);
  }
}

static void
read_items (OsyJsonReader *r)
{
  guint n = osy_json_reader_array (r, "items", 1, 100);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *item = osy_json_reader_element (r, "items", i);
    const char *id = osy_json_reader_id (item, "menu_item_id");
    g_assert_true (*id == '\0' || osy_id_is_valid (id));
    gint64 quantity = osy_json_reader_int (item, "quantity", 1, 999);
    g_assert_cmpint (quantity, >=, 1);
    g_assert_cmpint (quantity, <=, 999);
    const char *note = osy_json_reader_opt_string (item, "note", 0, 500);
    g_assert_true (note == NULL || g_utf8_strlen (note, -1) <= 500);
    read_options (item, 0);
  }
}

static void
read_rest (OsyJsonReader *r)
{
  OsyJsonReader *customer = osy_json_reader_opt_object (r, "customer");
  OsyJsonReader *payment = osy_json_reader_object (r, "payment");
  guint n = osy_json_reader_opt_array (r, "tags", 5);

  if (customer != NULL) {
    g_assert_nonnull (osy_json_reader_string (customer, "name", 1, 100));
    osy_json_reader_opt_string (customer, "phone", 1, 30);
  }
  g_assert_nonnull (osy_json_reader_enum (payment, "method", types, "TAKEOUT"));
  for (guint i = 0; i < n; i++)
    g_assert_nonnull (osy_json_reader_element_string (r, "tags", i, 1, 10));
  osy_json_reader_opt_time (r, "requested_at");
  osy_json_reader_opt_bool (r, "rush", FALSE);
  osy_json_reader_has (r, "rush");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (JsonNode) node = osy_json_parse ((const char *)data, size, NULL);

  if (node == NULL)
    return 0;
  g_autoptr (OsyJsonReader) r = osy_json_reader_new (node);
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (osy_json_reader_enum (r, "type", types, NULL));
  read_items (r);
  read_rest (r);
  if (!osy_json_reader_finish (r, &error)) {
    g_autoptr (JsonNode) problem = osy_error_to_problem (error, NULL);
    g_autofree char *text = osy_json_print (problem);
    g_assert_true (g_utf8_validate (text, -1, NULL));
  }
  return 0;
}
