/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** OsyXlsxParts: the files inside a workbook, which together may unpack to so much and no more. */
typedef struct _OsyXlsxParts OsyXlsxParts;

/** osy_xlsx_parts_new: (transfer full): NULL with INVALID_REQUEST when @file is no whole ZIP file.
 */
OsyXlsxParts *osy_xlsx_parts_new (GBytes *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_xlsx_parts_free: ends @self; NULL is nothing. */
void osy_xlsx_parts_free (OsyXlsxParts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyXlsxParts, osy_xlsx_parts_free)

/** osy_xlsx_parts_read: (transfer full): the text of @name, in whatever case; NULL with @error. */
char *osy_xlsx_parts_read (OsyXlsxParts *self, const char *name, gsize *len, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** osy_xlsx_parts_parse: reads @name as XML. Names come with their prefix (osy_xlsx_local()). A
 *  document type, and with it every entity but XML's own five, is refused. */
gboolean osy_xlsx_parts_parse (OsyXlsxParts *self,
                               const char *name,
                               const GMarkupParser *parser,
                               gpointer data,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_xlsx_local: Returns: a name of XML without its prefix: "x:row" is "row". */
const char *osy_xlsx_local (const char *name);
/** osy_xlsx_attribute: Returns: (nullable): the value of the attribute so named, by local name. */
const char *osy_xlsx_attribute (const char **names, const char **values, const char *local);
/** osy_xlsx_damaged: sets @error: @what is not as it should be. Returns: FALSE. */
gboolean osy_xlsx_damaged (GError **error, const char *what);

G_END_DECLS
