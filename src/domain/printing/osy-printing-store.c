/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of the tables printer and slip_form. */

#include "osy-printing-store.h"

#include "osy-clock.h"
#include "osy-json.h"

#define HERE "restaurant_id = app_restaurant()"

static OsyPrinter *
read_printer (const OsyDbRows *rows, guint i)
{
  OsyPrinter *self = osy_printer_new ();

  self->id = g_strdup (osy_db_rows_text (rows, i, "id"));
  self->name = g_strdup (osy_db_rows_text (rows, i, "name"));
  self->transport = g_strdup (osy_db_rows_text (rows, i, "transport"));
  self->address = g_strdup (osy_db_rows_text (rows, i, "address"));
  self->columns = (int)osy_db_rows_int (rows, i, "columns");
  self->text = g_strcmp0 (osy_db_rows_text (rows, i, "mode"), "TEXT") == 0;
  self->language = g_strdup (osy_db_rows_text (rows, i, "language"));
  self->backup_id = g_strdup (osy_db_rows_text (rows, i, "backup_id"));
  const char *purposes = osy_db_rows_text (rows, i, "purposes");
  self->purposes = g_strsplit (purposes != NULL ? purposes : "", ",", -1);
  self->drawer = osy_db_rows_bool (rows, i, "drawer");
  self->problem = g_strdup (osy_db_rows_text (rows, i, "problem"));
  self->problem_since = osy_db_rows_time (rows, i, "problem_since");
  self->waiting = osy_db_rows_int (rows, i, "waiting");
  self->version = osy_db_rows_int (rows, i, "version");
  return self;
}

GPtrArray *
osy_printing_store_printers (OsyDbTx *tx, const char *id, GError **error)
{
  g_autoptr (GPtrArray) printers =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_printer_free);
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT id, name, transport, address, columns, mode, language, backup_id, "
      "array_to_string(purposes, ',') AS purposes, drawer, problem, problem_since, version, "
      "(SELECT count(*) FROM print_job j WHERE j.restaurant_id = p.restaurant_id "
      " AND j.printer_id = p.id AND j.status IN ('QUEUED', 'PRINTING', 'FAILED')) AS waiting "
      "FROM printer p WHERE " HERE " AND ($1::uuid IS NULL OR id = $1::uuid) "
      "ORDER BY created_at, id",
      OSY_PARAMS (OSY_P_TEXT (id)), error);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (printers, read_printer (rows, i));
  return g_steal_pointer (&printers);
}

static GPtrArray *
list_purposes (const OsyPrinter *printer)
{
  GPtrArray *list = g_ptr_array_new ();

  for (char **purpose = printer->purposes; *purpose != NULL; purpose++)
    g_ptr_array_add (list, *purpose);
  return list;
}

gboolean
osy_printing_store_insert_printer (OsyDbTx *tx, const OsyPrinter *printer, GError **error)
{
  g_autoptr (GPtrArray) purposes = list_purposes (printer);

  return osy_db_exec (
      tx,
      "INSERT INTO printer (restaurant_id, id, name, transport, address, columns, mode, language, "
      "backup_id, purposes, drawer, created_at, version) VALUES (app_restaurant(), $1::uuid, $2, "
      "$3, $4, $5::int, $6, $7, $8::uuid, $9::text[], $10, $11, $12::bigint)",
      OSY_PARAMS (OSY_P_TEXT (printer->id), OSY_P_TEXT (printer->name),
                  OSY_P_TEXT (printer->transport), OSY_P_TEXT (printer->address),
                  OSY_P_INT (printer->columns), OSY_P_TEXT (printer->text ? "TEXT" : "RASTER"),
                  OSY_P_TEXT (printer->language), OSY_P_TEXT (printer->backup_id),
                  OSY_P_TEXTS (purposes), OSY_P_BOOL (printer->drawer),
                  OSY_P_TIME (osy_clock_now ()), OSY_P_INT (printer->version)),
      NULL, error);
}

gboolean
osy_printing_store_update_printer (OsyDbTx *tx, const OsyPrinter *printer, GError **error)
{
  g_autoptr (GPtrArray) purposes = list_purposes (printer);

  return osy_db_exec (
      tx,
      "UPDATE printer SET name = $2, transport = $3, address = $4, columns = $5::int, mode = $6, "
      "language = $7, backup_id = $8::uuid, purposes = $9::text[], drawer = $10, "
      "version = $11::bigint WHERE " HERE " AND id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (printer->id), OSY_P_TEXT (printer->name),
                  OSY_P_TEXT (printer->transport), OSY_P_TEXT (printer->address),
                  OSY_P_INT (printer->columns), OSY_P_TEXT (printer->text ? "TEXT" : "RASTER"),
                  OSY_P_TEXT (printer->language), OSY_P_TEXT (printer->backup_id),
                  OSY_P_TEXTS (purposes), OSY_P_BOOL (printer->drawer),
                  OSY_P_INT (printer->version)),
      NULL, error);
}

gboolean
osy_printing_store_delete_printer (OsyDbTx *tx, const char *id, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE printer SET backup_id = NULL, version = version + 1 WHERE " HERE
                      " AND backup_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id)), NULL, error) &&
         osy_db_exec (tx, "DELETE FROM printer WHERE " HERE " AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id)), NULL, error);
}

gboolean
osy_printing_store_set_problem (OsyDbTx *tx,
                                const char *id,
                                const char *problem,
                                gint64 *version,
                                GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "UPDATE printer SET problem = $2, version = version + 1, "
      "problem_since = CASE WHEN $2::text IS NOT NULL THEN $3::timestamptz END "
      "WHERE " HERE " AND id = $1::uuid AND problem IS DISTINCT FROM $2 RETURNING version",
      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (problem), OSY_P_TIME (osy_clock_now ())), error);

  if (rows == NULL)
    return FALSE;
  *version = osy_db_rows_count (rows) > 0 ? osy_db_rows_int (rows, 0, "version") : 0;
  return TRUE;
}

gboolean
osy_printing_store_target (OsyDbTx *tx,
                           const char *purpose,
                           const char *printer_id,
                           OsyPrinter **ret,
                           GError **error)
{
  g_autoptr (GPtrArray) printers = osy_printing_store_printers (tx, NULL, error);
  guint found = G_MAXUINT;

  *ret = NULL;
  if (printers == NULL)
    return FALSE;
  for (guint i = printers->len; i > 0; i--) {
    const OsyPrinter *printer = printers->pdata[i - 1];
    if (g_strv_contains ((const char *const *)printer->purposes, purpose))
      found = i - 1;
  }
  for (guint i = 0; printer_id != NULL && i < printers->len; i++)
    if (g_str_equal (((OsyPrinter *)printers->pdata[i])->id, printer_id))
      found = i;
  if (found < printers->len)
    *ret = g_ptr_array_steal_index (printers, found);
  return TRUE;
}

/* ---- forms ---- */

OsySlipForm *
osy_printing_store_form (OsyDbTx *tx, const char *kind, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT form, version FROM slip_form WHERE " HERE " AND kind = $1",
                    OSY_PARAMS (OSY_P_TEXT (kind)), error);

  if (rows == NULL)
    return NULL;
  if (osy_db_rows_count (rows) == 0)
    return osy_slip_form_new ();
  g_autoptr (JsonNode) node = json_from_string (osy_db_rows_text (rows, 0, "form"), error);
  OsySlipForm *form = node != NULL ? osy_slip_form_from_json (node, error) : NULL;
  if (form != NULL)
    form->version = osy_db_rows_int (rows, 0, "version");
  return form;
}

gboolean
osy_printing_store_save_form (OsyDbTx *tx,
                              const char *kind,
                              OsySlipForm *form,
                              gboolean *saved,
                              GError **error)
{
  g_autoptr (JsonNode) node = osy_slip_form_to_json (form);
  g_autofree char *text = osy_json_print (node);
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "INSERT INTO slip_form AS f (restaurant_id, kind, form, version) "
      "VALUES (app_restaurant(), $1, $2::jsonb, 1) ON CONFLICT (restaurant_id, kind) "
      "DO UPDATE SET form = excluded.form, version = f.version + 1 "
      "WHERE $3::bigint = 0 OR f.version = $3::bigint RETURNING version",
      OSY_PARAMS (OSY_P_TEXT (kind), OSY_P_TEXT (text), OSY_P_INT (form->version)), error);

  if (rows == NULL)
    return FALSE;
  *saved = osy_db_rows_count (rows) > 0;
  if (*saved)
    form->version = osy_db_rows_int (rows, 0, "version");
  return TRUE;
}

gboolean
osy_printing_store_drawer (OsyDbTx *tx, char **id, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT id FROM printer WHERE restaurant_id = app_restaurant() AND drawer "
                    "ORDER BY NOT 'RECEIPT' = ANY (purposes), created_at, id LIMIT 1",
                    OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT, "No drawer hangs on any printer.");
    return FALSE;
  }
  *id = g_strdup (osy_db_rows_text (rows, 0, "id"));
  return TRUE;
}
