/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* menu import: a spreadsheet's file into a shop's menu, with its report by row. */

#include "osy-ctl-menu.h"

#include <sys/stat.h>

#include "osy-ctl-command.h"
#include "osy-ctl-session.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-menu-csv.h"
#include "osy-menu-import.h"

typedef struct {
  gboolean dry_run;
  gboolean json;
  char *restaurant_id;
  char **rest; /* nullable */
} Options;

static void
options_clear (Options *options)
{
  g_clear_pointer (&options->restaurant_id, g_free);
  g_clear_pointer (&options->rest, g_strfreev);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/** One import. */
typedef struct {
  OsyKeyring *ring;
  GBytes *file;
  gboolean dry_run;
  JsonNode *report;
} Work;

static void
work_clear (Work *work)
{
  g_clear_pointer (&work->file, g_bytes_unref);
  g_clear_pointer (&work->report, json_node_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static GBytes *
read_file (const char *path, GError **error)
{
  g_autoptr (GError) fault = NULL;
  struct stat info;
  char *data;
  gsize len;

  if (stat (path, &info) == 0 && info.st_size > OSY_MENU_CSV_MAX_BYTES) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_TOO_LARGE, "%s is larger than 8 MiB; split it.", path);
    return NULL;
  }
  if (g_file_get_contents (path, &data, &len, &fault))
    return g_bytes_new_take (data, len);
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "The menu file cannot be read: %s.",
               fault->message);
  return NULL;
}

GBytes *
osy_ctl_menu_read (const char *path, GError **error)
{
  g_autoptr (GBytes) file = read_file (path, error);

  if (file == NULL || !osy_menu_import_check (file, error))
    return NULL;
  return g_steal_pointer (&file);
}

static JsonNode *
import (OsyDbTx *tx, OsyKeyring *ring, GBytes *file, gboolean dry_run, GError **error)
{
  g_autoptr (OsyPrincipal) self = osy_principal_new_system (osy_db_tx_restaurant (tx), "ctl");
  OsyCall call = {self, NULL};
  OsyMenuRoom room = {NULL, ring, NULL, NULL};

  return osy_menu_import_file (tx, &call, &room, file, dry_run, error);
}

gboolean
osy_ctl_menu_put (OsyDbTx *tx, OsyKeyring *ring, GBytes *file, GError **error)
{
  g_autoptr (JsonNode) report = import (tx, ring, file, FALSE, error);

  return report != NULL;
}

/* ---- the report ---- */

static void
print_remarks (JsonObject *report, const char *list, const char *word)
{
  JsonArray *remarks = json_object_get_array_member (report, list);

  for (guint i = 0; i < json_array_get_length (remarks); i++) {
    JsonObject *remark = json_array_get_object_element (remarks, i);
    const char *column = json_object_get_string_member_with_default (remark, "column", NULL);
    g_print ("row %" G_GINT64_FORMAT "%s%s: %s: %s\n", json_object_get_int_member (remark, "row"),
             column ? ", " : "", column ? column : "", word,
             json_object_get_string_member (remark, "detail"));
  }
}

static void
print_changes (JsonObject *report)
{
  JsonArray *changes = json_object_get_array_member (report, "changes");

  for (guint i = 0; i < json_array_get_length (changes); i++) {
    JsonObject *change = json_array_get_object_element (changes, i);
    JsonArray *fields = json_object_get_array_member (change, "fields");
    gboolean created = json_array_get_length (fields) == 0;
    g_print ("row %" G_GINT64_FORMAT ": %s: %s / %s", json_object_get_int_member (change, "row"),
             created ? "created" : "changed", json_object_get_string_member (change, "category"),
             json_object_get_string_member (change, "name"));
    for (guint j = 0; j < json_array_get_length (fields); j++)
      g_print ("%s%s", j > 0 ? ", " : " (", json_array_get_string_element (fields, j));
    g_print (created ? "\n" : ")\n");
  }
}

static void
print_report (JsonNode *node, gboolean json)
{
  JsonObject *report = json_node_get_object (node);

  if (json) {
    g_autofree char *text = osy_json_print (node);
    g_print ("%s\n", text);
    return;
  }
  print_changes (report);
  print_remarks (report, "warnings", "warning");
  print_remarks (report, "errors", "error");
  if (json_array_get_length (json_object_get_array_member (report, "errors")) > 0)
    return;
  g_print ("%s%" G_GINT64_FORMAT " created, %" G_GINT64_FORMAT " changed, %" G_GINT64_FORMAT
           " unchanged\n",
           json_object_get_boolean_member (report, "dry_run") ? "Dry run: " : "",
           json_object_get_int_member (report, "created"),
           json_object_get_int_member (report, "changed"),
           json_object_get_int_member (report, "unchanged"));
}

/* ---- the command ---- */

static gboolean
read_options (int argc, char **argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
      {"dry-run", 0, 0, G_OPTION_ARG_NONE, &options->dry_run, "Only say what would change", NULL},
      {"restaurant", 0, 0, G_OPTION_ARG_STRING, &options->restaurant_id, "Of several shops, which",
       "ID"},
      {"json", 0, 0, G_OPTION_ARG_NONE, &options->json, "Print the report as JSON", NULL},
      {NULL},
  };

  if (!osy_ctl_parse (entries, argc, argv, &options->rest, error))
    return FALSE;
  if (g_strv_length (options->rest) == 2)
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                       "Name one file: ordersyncctl menu import [--dry-run] FILE.");
  return FALSE;
}

static gboolean
run_import (OsyDbTx *tx, gpointer data, GError **error)
{
  Work *work = data;

  g_clear_pointer (&work->report, json_node_unref);
  work->report = import (tx, work->ring, work->file, work->dry_run, error);
  return work->report != NULL;
}

/* Faults of rows are told as the report before the one line that says nothing was done. */
static gboolean
read_and_tell (Work *work, const Options *options, GError **error)
{
  g_autoptr (GError) fault = NULL;

  work->file = osy_ctl_menu_read (options->rest[1], &fault);
  if (work->file != NULL)
    return TRUE;
  JsonNode *report = osy_error_get_extra (fault, "report");
  if (report != NULL)
    print_report (report, options->json);
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

int
osy_ctl_menu_import (const char *data_dir, int argc, char **argv, GError **error)
{
  g_auto (Options) options = {FALSE};
  g_auto (Work) work = {NULL};

  if (!read_options (argc, argv, &options, error) || !read_and_tell (&work, &options, error))
    return -1;
  g_autoptr (OsyCtlSession) session = osy_ctl_session_open (data_dir, NULL, 0, error);
  g_autofree char *shop =
      session != NULL ? osy_ctl_session_shop (session, options.restaurant_id, error) : NULL;
  if (shop == NULL)
    return -1;
  OsyDbScope scope = {.restaurant_id = shop};
  work.ring = osy_ctl_session_ring (session);
  work.dry_run = options.dry_run;
  if (!osy_db_pool_run (osy_ctl_session_pool (session), &scope, run_import, &work, error))
    return -1;
  print_report (work.report, options.json);
  return OSY_CTL_OK;
}
