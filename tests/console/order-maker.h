/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-order-item.h"

/* Orders made up for the tests of the console's model; times in seconds since an early morning. */
#define MORNING (G_GINT64_CONSTANT (1795219200) * G_TIME_SPAN_SECOND)

static inline OsyOrderData *
make_data (const char *id, gint64 number, const char *status, const char *type)
{
  OsyOrderData *data = osy_order_data_new ();
  OsyOrderLine *line = osy_order_line_new ();

  line->line_id = g_strdup ("l");
  line->menu_item_id = g_strdup ("m");
  line->name = g_strdup ("김밥");
  line->quantity = 1;
  g_ptr_array_add (data->lines, line);
  data->id = g_strdup (id);
  data->number = number;
  data->status = g_strdup (status);
  data->type = g_strdup (type);
  data->channel = g_strdup ("QR");
  data->business_day = g_strdup ("2026-11-21");
  data->total_amount = 22500;
  data->version = 1;
  data->created_at = MORNING + number * G_TIME_SPAN_SECOND;
  return data;
}

static inline OsyOrder *
make_order (const char *id, gint64 number, const char *status, gint64 version)
{
  OsyOrderData *data = make_data (id, number, status, "TAKEOUT");

  data->version = version;
  return osy_order_new (data);
}
