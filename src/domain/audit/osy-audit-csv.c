/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The log as a spreadsheet (RFC 4180), in which nothing anybody typed is a formula. */

#include "osy-audit-csv.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-json.h"

void
osy_audit_csv_cell (GString *text, const char *value)
{
  g_string_append_c (text, '"');
  if (value != NULL && *value != '\0' && strchr ("=+-@\t\r", *value) != NULL)
    g_string_append_c (text, '\'');
  for (const char *at = value; at != NULL && *at != '\0'; at++) {
    if (*at == '"')
      g_string_append_c (text, '"');
    g_string_append_c (text, *at);
  }
  g_string_append_c (text, '"');
}

static void
add_value (GString *text, JsonNode *value)
{
  g_autofree char *printed = value != NULL ? osy_json_print (value) : NULL;

  g_string_append_c (text, ',');
  osy_audit_csv_cell (text, printed);
}

void
osy_audit_csv_head (GString *text)
{
  g_string_append (text, "\xef\xbb\xbf"
                         "time,actor,name,action,object,object_id,old,new,seal\r\n");
}

void
osy_audit_csv_line (GString *text, const OsyAuditLine *line)
{
  g_autofree char *at = osy_clock_format (line->at);
  const char *const cells[] = {at,           line->actor,       line->actor_name,
                               line->action, line->object_type, line->object_id};

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++) {
    if (i > 0)
      g_string_append_c (text, ',');
    osy_audit_csv_cell (text, cells[i]);
  }
  add_value (text, line->old_value);
  add_value (text, line->new_value);
  g_string_append_c (text, ',');
  if (line->sealed_seq > 0)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, line->sealed_seq);
  g_string_append (text, "\r\n");
}
