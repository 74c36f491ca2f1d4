/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Parameters in libpq's form. Text goes as text with its type left to the server, so one text
 * serves as uuid, jsonb or date; bytes go binary, since their text form is twice as long. */

#include "osy-db-private.h"

#include <string.h>

#include "osy-clock.h"

/* pg_type.dat; fixed for all time. */
#define BYTEA_OID 17
#define BYTEA_ARRAY_OID 1001

static const char *
own (OsyDbArgs *self, char *memory)
{
  g_ptr_array_add (self->owned, memory);
  return memory;
}

static void
append_quoted (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '"' || *c == '\\')
      g_string_append_c (out, '\\');
    g_string_append_c (out, *c);
  }
  g_string_append_c (out, '"');
}

static char *
text_array (GPtrArray *items)
{
  GString *out = g_string_new ("{");

  for (guint i = 0; i < items->len; i++) {
    const char *item = g_ptr_array_index (items, i);
    if (i > 0)
      g_string_append_c (out, ',');
    if (item == NULL)
      g_string_append (out, "NULL");
    else
      append_quoted (out, item);
  }
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

static char *
number_array (GArray *numbers, gboolean as_time)
{
  GString *out = g_string_new ("{");

  for (guint i = 0; i < numbers->len; i++) {
    gint64 number = g_array_index (numbers, gint64, i);
    if (i > 0)
      g_string_append_c (out, ',');
    if (!as_time) {
      g_string_append_printf (out, "%" G_GINT64_FORMAT, number);
    } else if (number == 0) {
      g_string_append (out, "NULL");
    } else {
      g_autofree char *time = osy_clock_format (number);
      append_quoted (out, time);
    }
  }
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

static void
append_int32 (GByteArray *out, gint32 value)
{
  guint32 wire = GUINT32_TO_BE ((guint32)value);
  g_byte_array_append (out, (const guint8 *)&wire, sizeof wire);
}

/* array_recv's form: dimensions, has-null flag, element type, then length and lower bound. */
static GByteArray *
bytes_array (GPtrArray *items)
{
  GByteArray *out = g_byte_array_new ();

  append_int32 (out, items->len > 0 ? 1 : 0);
  append_int32 (out, 1);
  append_int32 (out, BYTEA_OID);
  if (items->len > 0) {
    append_int32 (out, (gint32)items->len);
    append_int32 (out, 1);
  }
  for (guint i = 0; i < items->len; i++) {
    GBytes *item = g_ptr_array_index (items, i);
    if (item == NULL) {
      append_int32 (out, -1);
      continue;
    }
    gsize size;
    const guint8 *data = g_bytes_get_data (item, &size);
    append_int32 (out, (gint32)size);
    if (size > 0)
      g_byte_array_append (out, data, (guint)size);
  }
  return out;
}

static void
set_binary (OsyDbArgs *self, int i, Oid type, GByteArray *data)
{
  self->types[i] = type;
  self->formats[i] = 1;
  if (data == NULL)
    return;
  self->lengths[i] = (int)data->len;
  /* An empty value must not look like NULL. */
  g_byte_array_append (data, (const guint8 *)"", 1);
  self->values[i] = own (self, (char *)g_byte_array_free (data, FALSE));
}

static void
set_bytes (OsyDbArgs *self, int i, GBytes *bytes)
{
  GByteArray *copy = NULL;

  if (bytes != NULL) {
    gsize size;
    const guint8 *data = g_bytes_get_data (bytes, &size);
    copy = g_byte_array_sized_new ((guint)size + 1);
    if (size > 0)
      g_byte_array_append (copy, data, (guint)size);
  }
  set_binary (self, i, BYTEA_OID, copy);
}

/* Returns: (transfer full) (nullable): the text of a parameter that has to be made. */
static char *
print_param (const OsyDbParam *param)
{
  switch (param->type) {
  case OSY_DB_INT: return g_strdup_printf ("%" G_GINT64_FORMAT, param->number);
  case OSY_DB_TIME: return param->number != 0 ? osy_clock_format (param->number) : NULL;
  case OSY_DB_TEXT_ARRAY: return param->items ? text_array (param->items) : NULL;
  case OSY_DB_INT_ARRAY: return param->numbers ? number_array (param->numbers, FALSE) : NULL;
  case OSY_DB_TIME_ARRAY: return param->numbers ? number_array (param->numbers, TRUE) : NULL;
  default: return NULL;
  }
}

static void
set_param (OsyDbArgs *self, int i, const OsyDbParam *param, gboolean copy)
{
  char *printed;

  switch (param->type) {
  case OSY_DB_TEXT:
    printed = copy ? g_strdup (param->text) : NULL;
    self->values[i] = printed ? own (self, printed) : param->text;
    break;
  case OSY_DB_BOOL: self->values[i] = param->number ? "t" : "f"; break;
  case OSY_DB_BYTES: set_bytes (self, i, param->bytes); break;
  case OSY_DB_BYTES_ARRAY:
    set_binary (self, i, BYTEA_ARRAY_OID, param->items ? bytes_array (param->items) : NULL);
    break;
  default:
    printed = print_param (param);
    self->values[i] = printed ? own (self, printed) : NULL;
    break;
  }
}

OsyDbArgs *
osy_db_args_new (const OsyDbParam *params, gsize n_params, gboolean copy)
{
  OsyDbArgs *self = g_new0 (OsyDbArgs, 1);

  self->n = (int)n_params;
  self->types = g_new0 (Oid, n_params + 1);
  self->values = g_new0 (const char *, n_params + 1);
  self->lengths = g_new0 (int, n_params + 1);
  self->formats = g_new0 (int, n_params + 1);
  self->owned = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < self->n; i++)
    set_param (self, i, &params[i], copy);
  return self;
}

void
osy_db_args_free (OsyDbArgs *self)
{
  g_free (self->types);
  g_free (self->values);
  g_free (self->lengths);
  g_free (self->formats);
  g_ptr_array_unref (self->owned);
  g_free (self);
}
