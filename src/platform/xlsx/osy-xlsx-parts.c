/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A workbook is a ZIP file of XML files. Both are untrusted: a few bytes can unpack to gigabytes.
 */

#include "osy-xlsx-parts.h"

#include <string.h>
#include <zip.h>

#include "osy-error.h"

/* All that is read of one workbook. 5,000 rows of a menu take about 6 MiB. */
#define MAX_UNPACKED (48 * 1024 * 1024)
/* Past a first MiB a part may not be so much larger than it is packed. Repetitive sheets reach 50.
 */
#define FREE_OF_RATIO (1024 * 1024)
#define MAX_RATIO 200
#define MAX_ENTRIES 2000
#define MAX_DEPTH 32

struct _OsyXlsxParts {
  zip_t *zip;
  GBytes *file; /* which the zip reads from */
  gsize left;   /* of MAX_UNPACKED */
};

gboolean
osy_xlsx_damaged (GError **error, const char *what)
{
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
               "The workbook cannot be read: %s. Save it again as .xlsx, or as “CSV UTF-8”.", what);
  return FALSE;
}

static gboolean
too_large (GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                       "The workbook unpacks to far more than a menu needs. Copy the rows alone "
                       "into a new workbook and send that.");
  return FALSE;
}

OsyXlsxParts *
osy_xlsx_parts_new (GBytes *file, GError **error)
{
  gsize len;
  const void *data = g_bytes_get_data (file, &len);
  g_autoptr (OsyXlsxParts) self = g_new0 (OsyXlsxParts, 1);
  zip_error_t fault;

  zip_error_init (&fault);
  self->file = g_bytes_ref (file);
  self->left = MAX_UNPACKED;
  zip_source_t *source = zip_source_buffer_create (data, len, 0, &fault);
  if (source != NULL && (self->zip = zip_open_from_source (source, ZIP_RDONLY, &fault)) == NULL)
    zip_source_free (source);
  zip_error_fini (&fault);
  if (self->zip == NULL) {
    osy_xlsx_damaged (error, "it is not whole");
    return NULL;
  }
  if (zip_get_num_entries (self->zip, 0) > MAX_ENTRIES) {
    too_large (error);
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
osy_xlsx_parts_free (OsyXlsxParts *self)
{
  if (self == NULL)
    return;
  if (self->zip != NULL)
    zip_discard (self->zip);
  g_bytes_unref (self->file);
  g_free (self);
}

/* ---- bytes ---- */

/* What the file says of its own size is not believed: what comes out is counted. */
static gboolean
unpack (OsyXlsxParts *self, zip_file_t *from, gsize packed, GString *out, GError **error)
{
  char chunk[16384];
  zip_int64_t n;

  while ((n = zip_fread (from, chunk, sizeof chunk)) > 0) {
    if ((gsize)n > self->left)
      return too_large (error);
    self->left -= (gsize)n;
    g_string_append_len (out, chunk, (gssize)n);
    if (out->len > FREE_OF_RATIO && out->len / MAX_RATIO > packed)
      return too_large (error);
  }
  return n == 0 || osy_xlsx_damaged (error, "a part of it is damaged");
}

char *
osy_xlsx_parts_read (OsyXlsxParts *self, const char *name, gsize *len, GError **error)
{
  zip_int64_t index = zip_name_locate (self->zip, name, ZIP_FL_NOCASE);
  zip_stat_t info;
  g_autofree char *missing = NULL;

  if (index < 0 || zip_stat_index (self->zip, (zip_uint64_t)index, 0, &info) != 0) {
    missing = g_strdup_printf ("it has no “%s”", name);
    osy_xlsx_damaged (error, missing);
    return NULL;
  }
  if ((info.valid & ZIP_STAT_ENCRYPTION_METHOD) && info.encryption_method != ZIP_EM_NONE) {
    osy_xlsx_damaged (error, "it is locked by a password");
    return NULL;
  }
  if (!(info.valid & ZIP_STAT_COMP_METHOD) ||
      (info.comp_method != ZIP_CM_STORE && info.comp_method != ZIP_CM_DEFLATE)) {
    osy_xlsx_damaged (error, "it is packed in an unusual way");
    return NULL;
  }
  zip_file_t *from = zip_fopen_index (self->zip, (zip_uint64_t)index, 0);
  if (from == NULL) {
    osy_xlsx_damaged (error, "a part of it is damaged");
    return NULL;
  }
  GString *out = g_string_new (NULL);
  gboolean ok =
      unpack (self, from, (info.valid & ZIP_STAT_COMP_SIZE) ? info.comp_size : 0, out, error);
  zip_fclose (from);
  *len = out->len;
  return g_string_free (out, !ok);
}

/* ---- XML ---- */

const char *
osy_xlsx_local (const char *name)
{
  const char *colon = strrchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

const char *
osy_xlsx_attribute (const char **names, const char **values, const char *local)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (osy_xlsx_local (names[i]), local) == 0)
      return values[i];
  return NULL;
}

/* A parser that hands on what it hears and watches how deep it goes. */
typedef struct {
  const GMarkupParser *to;
  gpointer data;
  gboolean has_type;
} Watch;

static void
start_cb (GMarkupParseContext *context,
          const char *name,
          const char **names,
          const char **values,
          gpointer data,
          GError **error)
{
  Watch *watch = data;

  if (g_slist_length ((GSList *)g_markup_parse_context_get_element_stack (context)) > MAX_DEPTH)
    osy_xlsx_damaged (error, "its XML is nested too deep");
  else if (watch->to->start_element != NULL)
    watch->to->start_element (context, name, names, values, watch->data, error);
}

static void
end_cb (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Watch *watch = data;

  if (watch->to->end_element != NULL)
    watch->to->end_element (context, name, watch->data, error);
}

static void
text_cb (GMarkupParseContext *context, const char *text, gsize len, gpointer data, GError **error)
{
  Watch *watch = data;

  if (watch->to->text != NULL)
    watch->to->text (context, text, len, watch->data, error);
}

static void
other_cb (GMarkupParseContext *context, const char *text, gsize len, gpointer data, GError **error)
{
  Watch *watch = data;

  /* Told at the end: GMarkup goes on after a fault in here and would set a second one. */
  watch->has_type = watch->has_type || g_str_has_prefix (text, "<!DOCTYPE");
}

gboolean
osy_xlsx_parts_parse (OsyXlsxParts *self,
                      const char *name,
                      const GMarkupParser *parser,
                      gpointer data,
                      GError **error)
{
  static const GMarkupParser watcher = {start_cb, end_cb, text_cb, other_cb, NULL};
  Watch watch = {parser, data, FALSE};
  g_autoptr (GError) fault = NULL;
  gsize len;
  g_autofree char *text = osy_xlsx_parts_read (self, name, &len, error);

  if (text == NULL)
    return FALSE;
  /* GMarkup goes on after a fault of encoding in a comment and would set a second error. */
  if (!g_utf8_validate_len (text, len, NULL))
    return osy_xlsx_damaged (error, "its XML is damaged");
  gsize skip = len >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  g_autoptr (GMarkupParseContext) context =
      g_markup_parse_context_new (&watcher, G_MARKUP_TREAT_CDATA_AS_TEXT, &watch, NULL);
  gboolean ok = g_markup_parse_context_parse (context, text + skip, (gssize)(len - skip), &fault) &&
                g_markup_parse_context_end_parse (context, &fault);
  if (watch.has_type)
    return osy_xlsx_damaged (error, "its XML declares a document type");
  if (ok)
    return TRUE;
  if (fault->domain == G_MARKUP_ERROR)
    return osy_xlsx_damaged (error, "its XML is damaged");
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}
