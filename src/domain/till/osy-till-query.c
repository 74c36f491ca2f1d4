/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Days in the queries of the till. */

#include "osy-till-query.h"

#include <string.h>

#include "osy-error.h"
#include "osy-payment-ask.h"

#define MAX_DAYS 366

gboolean
osy_till_query_refuse (const char *name, const char *detail, GError **error)
{
  g_autofree char *pointer = g_strconcat ("/query/", name, NULL);
  g_autoptr (GError) refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, detail);

  osy_error_add_field (refusal, pointer, "FORMAT", detail);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

const char *
osy_till_query_day (const char *day)
{
  return *day != '\0' ? day : NULL;
}

static gboolean
read_day (OsyHttpRequest *http, const char *name, gboolean needed, char ret[11], GError **error)
{
  const char *text = osy_http_request_query (http, name);
  GDate day;

  ret[0] = '\0';
  if (text == NULL && !needed)
    return TRUE;
  g_date_clear (&day, 1);
  if (text != NULL && osy_payment_ask_day (text))
    g_date_set_parse (&day, text);
  if (!g_date_valid (&day))
    return osy_till_query_refuse (name, "A day is YYYY-MM-DD.", error);
  g_strlcpy (ret, text, 11);
  return TRUE;
}

gboolean
osy_till_query_span (OsyHttpRequest *http, gboolean needed, OsyTillSpan *ret, GError **error)
{
  GDate from, to;

  if (!read_day (http, "from", needed, ret->from, error) ||
      !read_day (http, "to", needed, ret->to, error))
    return FALSE;
  if (!needed)
    return TRUE;
  g_date_clear (&from, 1);
  g_date_clear (&to, 1);
  g_date_set_parse (&from, ret->from);
  g_date_set_parse (&to, ret->to);
  int n = g_date_days_between (&from, &to);
  return (n >= 0 && n < MAX_DAYS) ||
         osy_till_query_refuse ("to", "Send from and to, a year apart at most.", error);
}
