/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Days and clocks as they are asked for. */

#include "osy-analytics-query.h"

#include <string.h>

#include "osy-error.h"

gboolean
osy_analytics_query_refuse (const char *name, const char *detail, GError **error)
{
  g_autofree char *pointer = g_strconcat ("?", name, NULL);
  g_autoptr (GError) refusal =
      g_error_new (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "%s: %s", name, detail);

  osy_error_add_field (refusal, pointer, "INVALID", detail);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* Two digits each, "-" or ":" between them. */
static gboolean
read_digits (const char *text, const char *form, int *ret)
{
  int n = -1;

  for (guint i = 0; form[i] != '\0'; i++) {
    if (form[i] != '0') {
      n = -1;
      if (text[i] != form[i])
        return FALSE;
      continue;
    }
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
    if (n == -1)
      n = *ret++ = 0;
    ret[-1] = ret[-1] * 10 + (text[i] - '0');
  }
  return text[strlen (form)] == '\0';
}

static gboolean
parse_day (const char *text, GDate *ret)
{
  int parts[3] = {0};

  if (text == NULL || strlen (text) != 10 || !read_digits (text, "0000-00-00", parts) ||
      parts[0] < 2000 ||
      !g_date_valid_dmy ((GDateDay)parts[2], (GDateMonth)parts[1], (GDateYear)parts[0]))
    return FALSE;
  g_date_set_dmy (ret, (GDateDay)parts[2], (GDateMonth)parts[1], (GDateYear)parts[0]);
  return TRUE;
}

gboolean
osy_analytics_query_is_day (const char *text)
{
  GDate day;

  return parse_day (text, &day);
}

static gboolean
read_day (OsyHttpRequest *http, const char *name, GDate *ret, GError **error)
{
  return parse_day (osy_http_request_query (http, name), ret) ||
         osy_analytics_query_refuse (name, "Send a day such as 2026-11-21.", error);
}

static gboolean
read_until (OsyHttpRequest *http, int *ret, GError **error)
{
  const char *text = osy_http_request_query (http, "until");
  int parts[2] = {0};

  *ret = -1;
  if (text == NULL)
    return TRUE;
  if (strlen (text) != 5 || !read_digits (text, "00:00", parts) || parts[0] > 23 || parts[1] > 59)
    return osy_analytics_query_refuse ("until", "Send a clock such as 14:30.", error);
  *ret = parts[0] * 60 + parts[1];
  return TRUE;
}

static void
write_day (const GDate *day, char text[11])
{
  g_date_strftime (text, 11, "%Y-%m-%d", day);
}

gboolean
osy_analytics_query_span (OsyHttpRequest *http, OsyAnalyticsSpan *ret, GError **error)
{
  const gboolean compare = osy_http_request_query (http, "against") != NULL;
  GDate from, to, against;

  if (!read_day (http, "from", &from, error) || !read_day (http, "to", &to, error) ||
      (compare && !read_day (http, "against", &against, error)) ||
      !read_until (http, &ret->until, error))
    return FALSE;
  const int length = g_date_days_between (&from, &to);
  if (length < 0 || length >= OSY_ANALYTICS_MAX_DAYS)
    return osy_analytics_query_refuse ("to", "Send from and to, 731 days apart at most.", error);
  write_day (&from, ret->from);
  write_day (&to, ret->to);
  if (compare) {
    write_day (&against, ret->against);
    g_date_add_days (&against, (guint)length);
    write_day (&against, ret->against_to);
  }
  return TRUE;
}

gboolean
osy_analytics_query_day (OsyHttpRequest *http, const char *name, char ret[11], GError **error)
{
  GDate day;

  if (!read_day (http, name, &day, error))
    return FALSE;
  write_day (&day, ret);
  return TRUE;
}
