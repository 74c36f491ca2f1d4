/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* ordersyncctl check: what must always hold of the data, asked of the data. */

#include <json-glib/json-glib.h>

#include "osy-analytics-room.h"
#include "osy-audit-invariants.h"
#include "osy-bill-room.h"
#include "osy-ctl-command.h"
#include "osy-ctl-session.h"
#include "osy-channel-invariants.h"
#include "osy-delivery-invariants.h"
#include "osy-event-invariants.h"
#include "osy-kitchen-invariants.h"
#include "osy-json.h"
#include "osy-order-invariants.h"
#include "osy-payment-room.h"
#include "osy-saga-invariants.h"
#include "osy-staff-invariants.h"
#include "osy-stock-invariants.h"
#include "osy-table-invariants.h"
#include "osy-till-room.h"

static const OsyDbInvariant *const tables[] = {
    osy_event_invariants,      osy_audit_invariants,     osy_order_invariants,
    osy_bill_invariants,       osy_kitchen_invariants,   osy_staff_invariants,
    osy_stock_invariants,      osy_table_invariants,     osy_delivery_invariants,
    osy_payment_invariants,    osy_channel_invariants,   osy_saga_invariants,
    osy_saga_rooms_invariants, osy_analytics_invariants, osy_till_invariants};

static void
print_json (GPtrArray *broken)
{
  JsonArray *lines = json_array_new ();
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < broken->len; i++)
    json_array_add_string_element (lines, broken->pdata[i]);
  json_object_set_boolean_member (object, "ok", broken->len == 0);
  json_object_set_array_member (object, "broken", lines);
  g_autoptr (JsonNode) node = osy_json_take_object (object);
  g_autofree char *text = osy_json_print (node);
  g_print ("%s\n", text);
}

int
osy_ctl_check (const char *data_dir, int argc, char **argv, GError **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, "Answer as JSON", NULL},
      {NULL},
  };
  g_autoptr (GPtrArray) broken = g_ptr_array_new_with_free_func (g_free);

  if (!osy_ctl_parse (entries, argc, argv, NULL, error))
    return -1;
  g_autoptr (OsyCtlSession) session = osy_ctl_session_open (data_dir, NULL, OSY_CTL_NO_KEYS, error);
  if (session == NULL)
    return -1;
  g_autofree char *conninfo = osy_ctl_session_conninfo (session, "ordersync_admin");
  if (!osy_db_check_invariants (conninfo, tables, G_N_ELEMENTS (tables), broken, error))
    return -1;
  if (json)
    print_json (broken);
  for (guint i = 0; !json && i < broken->len; i++)
    g_print ("%s\n", (const char *)broken->pdata[i]);
  return broken->len == 0 ? OSY_CTL_OK : OSY_CTL_FAILED;
}
