/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A workbook's parts, by the relations between them (ECMA-376 part 2), its strings and formats. */

#include "osy-xlsx-book.h"

#include <string.h>

#include "osy-error.h"

#define MAX_STRINGS 500000
#define MAX_FORMATS 100000
#define MAX_DIGITS 30

/* ---- relations ---- */

typedef struct {
  char *folder;        /* that targets are relative to: "xl/" */
  GHashTable *by_id;   /* id → path */
  GHashTable *by_type; /* last word of the type → path */
} Relations;

static void
relations_clear (Relations *self)
{
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->by_type, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Relations, relations_clear)

/* "/xl/a.xml" and, in the folder "xl/", "a.xml" and "../xl/a.xml" are "xl/a.xml". */
static char *
resolve (const char *folder, const char *target)
{
  g_autofree char *base = g_strconcat ("/", folder, NULL);
  g_autofree char *path = g_canonicalize_filename (target, base);

  return g_strdup (path + 1);
}

static void
relation_cb (GMarkupParseContext *context,
             const char *name,
             const char **names,
             const char **values,
             gpointer data,
             GError **error)
{
  Relations *self = data;
  const char *id = osy_xlsx_attribute (names, values, "Id");
  const char *type = osy_xlsx_attribute (names, values, "Type");
  const char *target = osy_xlsx_attribute (names, values, "Target");
  const char *mode = osy_xlsx_attribute (names, values, "TargetMode");

  if (strcmp (osy_xlsx_local (name), "Relationship") != 0 || id == NULL || type == NULL ||
      target == NULL || g_strcmp0 (mode, "External") == 0)
    return;
  const char *last = strrchr (type, '/');
  g_hash_table_insert (self->by_id, g_strdup (id), resolve (self->folder, target));
  if (!g_hash_table_contains (self->by_type, last != NULL ? last + 1 : type))
    g_hash_table_insert (self->by_type, g_strdup (last != NULL ? last + 1 : type),
                         resolve (self->folder, target));
}

/* Those of @part, "" for the workbook as a whole. */
static gboolean
read_relations (OsyXlsxParts *parts, const char *part, Relations *self, GError **error)
{
  static const GMarkupParser parser = {.start_element = relation_cb};
  const char *slash = strrchr (part, '/');
  const char *name = slash != NULL ? slash + 1 : part;

  self->folder = g_strndup (part, (gsize)(name - part));
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->by_type = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *path = g_strdup_printf ("%s_rels/%s.rels", self->folder, name);
  return osy_xlsx_parts_parse (parts, path, &parser, self, error);
}

/* ---- the workbook ---- */

typedef struct {
  OsyXlsxBook *book;
  const Relations *relations;
} Workbook;

static gboolean
is_yes (const char *text)
{
  return g_strcmp0 (text, "1") == 0 || g_strcmp0 (text, "true") == 0;
}

static void
workbook_cb (GMarkupParseContext *context,
             const char *name,
             const char **names,
             const char **values,
             gpointer data,
             GError **error)
{
  const Workbook *self = data;
  const char *local = osy_xlsx_local (name);

  if (strcmp (local, "workbookPr") == 0)
    self->book->from_1904 = is_yes (osy_xlsx_attribute (names, values, "date1904"));
  if (strcmp (local, "sheet") != 0)
    return;
  const char *state = osy_xlsx_attribute (names, values, "state");
  const char *title = osy_xlsx_attribute (names, values, "name");
  const char *id = osy_xlsx_attribute (names, values, "id");
  const char *path = id != NULL ? g_hash_table_lookup (self->relations->by_id, id) : NULL;
  if ((state != NULL && strcmp (state, "visible") != 0) || title == NULL || path == NULL ||
      strstr (path, "chartsheet") != NULL)
    return;
  self->book->n_sheets++;
  if (self->book->path != NULL)
    return;
  self->book->sheet = g_strdup (title);
  self->book->path = g_strdup (path);
}

/* ---- strings ---- */

typedef struct {
  GPtrArray *strings;
  GString *text;
  guint phonetic; /* how deep in readings, which are not part of the text */
  gboolean in_text;
} Strings;

static void
string_start_cb (GMarkupParseContext *context,
                 const char *name,
                 const char **names,
                 const char **values,
                 gpointer data,
                 GError **error)
{
  Strings *self = data;
  const char *local = osy_xlsx_local (name);

  if (strcmp (local, "rPh") == 0)
    self->phonetic++;
  else if (strcmp (local, "t") == 0)
    self->in_text = self->phonetic == 0;
}

static void
string_end_cb (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Strings *self = data;
  const char *local = osy_xlsx_local (name);

  if (strcmp (local, "rPh") == 0)
    self->phonetic--;
  else if (strcmp (local, "t") == 0)
    self->in_text = FALSE;
  if (strcmp (local, "si") != 0)
    return;
  g_ptr_array_add (self->strings, g_strdup (self->text->str));
  g_string_truncate (self->text, 0);
  if (self->strings->len > MAX_STRINGS)
    osy_xlsx_damaged (error, "it holds more than 500,000 texts");
}

static void
string_text_cb (GMarkupParseContext *context,
                const char *text,
                gsize len,
                gpointer data,
                GError **error)
{
  Strings *self = data;

  if (self->in_text)
    g_string_append_len (self->text, text, (gssize)len);
}

static gboolean
read_strings (OsyXlsxParts *parts, const char *path, GPtrArray *strings, GError **error)
{
  static const GMarkupParser parser = {string_start_cb, string_end_cb, string_text_cb, NULL, NULL};
  Strings self = {strings, g_string_new (NULL), 0, FALSE};
  gboolean ok = path == NULL || osy_xlsx_parts_parse (parts, path, &parser, &self, error);

  g_string_free (self.text, TRUE);
  return ok;
}

/* ---- formats ---- */

OsyXlsxFormat
osy_xlsx_format_read (const char *code)
{
  OsyXlsxFormat format = {FALSE, 0};
  gsize zeros = strspn (code, "0");
  char quote = '\0';

  if (code[zeros] == '\0') {
    format.digits = zeros <= MAX_DIGITS ? (guint)zeros : 0;
    return format;
  }
  if (g_ascii_strcasecmp (code, "General") == 0)
    return format;
  for (const char *p = code; *p != '\0' && *p != ';'; p++) {
    if (quote != '\0') {
      if (*p == quote)
        quote = '\0';
    } else if (*p == '"') {
      quote = '"';
    } else if (*p == '[' && strchr ("hHmMsS", p[1]) == NULL) {
      quote = ']'; /* a colour, a condition, a currency */
    } else if (*p == '\\' || *p == '_' || *p == '*') {
      p += p[1] != '\0';
    } else if (strchr ("yYmMdDhHsS", *p) != NULL) {
      format.is_date = TRUE;
    }
  }
  return format;
}

static OsyXlsxFormat
builtin_format (gint64 id)
{
  return (OsyXlsxFormat){(id >= 14 && id <= 22) || (id >= 27 && id <= 36) ||
                             (id >= 45 && id <= 47) || (id >= 50 && id <= 58),
                         0};
}

typedef struct {
  GHashTable *codes; /* id → OsyXlsxFormat */
  GArray *formats;
  gboolean in_cells;
} Styles;

static void
style_start_cb (GMarkupParseContext *context,
                const char *name,
                const char **names,
                const char **values,
                gpointer data,
                GError **error)
{
  Styles *self = data;
  const char *local = osy_xlsx_local (name);
  const char *text = osy_xlsx_attribute (names, values, "numFmtId");
  gint64 id = 0;

  if (text != NULL && !g_ascii_string_to_signed (text, 10, 0, G_MAXINT, &id, NULL))
    id = 0;
  if (strcmp (local, "cellXfs") == 0)
    self->in_cells = TRUE;
  const char *code = osy_xlsx_attribute (names, values, "formatCode");
  if (strcmp (local, "numFmt") == 0 && code != NULL) {
    OsyXlsxFormat format = osy_xlsx_format_read (code);
    g_hash_table_insert (self->codes, GINT_TO_POINTER ((int)id),
                         g_memdup2 (&format, sizeof format));
  }
  if (!self->in_cells || strcmp (local, "xf") != 0)
    return;
  const OsyXlsxFormat *own = g_hash_table_lookup (self->codes, GINT_TO_POINTER ((int)id));
  OsyXlsxFormat format = own != NULL ? *own : builtin_format (id);
  g_array_append_val (self->formats, format);
  if (self->formats->len > MAX_FORMATS)
    osy_xlsx_damaged (error, "it holds more than 100,000 styles");
}

static void
style_end_cb (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  if (strcmp (osy_xlsx_local (name), "cellXfs") == 0)
    ((Styles *)data)->in_cells = FALSE;
}

static gboolean
read_styles (OsyXlsxParts *parts, const char *path, GArray *formats, GError **error)
{
  static const GMarkupParser parser = {.start_element = style_start_cb,
                                       .end_element = style_end_cb};
  g_autoptr (GHashTable) codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  Styles self = {codes, formats, FALSE};

  return path == NULL || osy_xlsx_parts_parse (parts, path, &parser, &self, error);
}

/* ---- all of it ---- */

static gboolean
read_workbook (OsyXlsxParts *parts, OsyXlsxBook *self, GError **error)
{
  static const GMarkupParser parser = {.start_element = workbook_cb};
  g_auto (Relations) top = {NULL};
  g_auto (Relations) own = {NULL};

  if (!read_relations (parts, "", &top, error))
    return FALSE;
  const char *path = g_hash_table_lookup (top.by_type, "officeDocument");
  if (path == NULL)
    return osy_xlsx_damaged (error, "it is no workbook");
  if (!read_relations (parts, path, &own, error))
    return FALSE;
  Workbook workbook = {self, &own};
  if (!osy_xlsx_parts_parse (parts, path, &parser, &workbook, error))
    return FALSE;
  if (self->path == NULL)
    return osy_xlsx_damaged (error, "it has no sheet that can be seen");
  return read_strings (parts, g_hash_table_lookup (own.by_type, "sharedStrings"), self->strings,
                       error) &&
         read_styles (parts, g_hash_table_lookup (own.by_type, "styles"), self->formats, error);
}

OsyXlsxBook *
osy_xlsx_book_read (OsyXlsxParts *parts, GError **error)
{
  g_autoptr (OsyXlsxBook) self = g_new0 (OsyXlsxBook, 1);

  self->strings = g_ptr_array_new_with_free_func (g_free);
  self->formats = g_array_new (FALSE, FALSE, sizeof (OsyXlsxFormat));
  return read_workbook (parts, self, error) ? g_steal_pointer (&self) : NULL;
}

void
osy_xlsx_book_free (OsyXlsxBook *self)
{
  if (self == NULL)
    return;
  g_free (self->sheet);
  g_free (self->path);
  g_ptr_array_unref (self->strings);
  g_array_unref (self->formats);
  g_free (self);
}
