/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Closes as a spreadsheet for the accountant. */

#include "osc-till-export.h"

#include <glib/gi18n.h>

#include "osc-toasts.h"
#include "osy-error.h"

#define CHOICE "span"

typedef struct {
  GtkWidget *from;
  OscTillStore *store;
  GtkFileChooserNative *chooser;
  GDateTime *day;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->from);
  g_object_unref (saving->store);
  g_clear_object (&saving->chooser);
  g_date_time_unref (saving->day);
  g_free (saving);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) from = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = osc_till_store_export_finish (OSC_TILL_STORE (source), result, &error);

  if (gtk_widget_get_root (from) == NULL)
    return;
  if (done)
    osc_toasts_say (from, _ ("Saved the closes as a spreadsheet"));
  else if (error->domain == G_IO_ERROR)
    osc_toasts_say (from, _ ("The file could not be written. Choose another place"));
  else
    osc_toasts_say (from, _ ("The server can't be reached. Try again when it is back"));
}

/* (transfer full): the first day of what was chosen. */
static GDateTime *
first_day (const Saving *saving, const char *span)
{
  if (g_strcmp0 (span, "day") == 0)
    return g_date_time_ref (saving->day);
  if (g_strcmp0 (span, "year") == 0)
    return g_date_time_add_days (saving->day, -364);
  return g_date_time_add_days (saving->day, 1 - g_date_time_get_day_of_month (saving->day));
}

static void
on_response (Saving *saving, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (saving->chooser))
                               : NULL;

  if (file != NULL) {
    const char *span = gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (saving->chooser), CHOICE);
    g_autoptr (GDateTime) first = first_day (saving, span);
    g_autofree char *from = g_date_time_format (first, "%Y-%m-%d");
    g_autofree char *to = g_date_time_format (saving->day, "%Y-%m-%d");
    /* Translators: the language of files that the server makes: "en" or "ko" */
    osc_till_store_export_async (saving->store, from, to, C_ ("language of files", "en"), file,
                                 saved_cb, g_object_ref (saving->from));
  }
  saving_free (saving);
}

static void
add_spans (GtkFileChooser *chooser)
{
  const char *ids[] = {"month", "day", "year", NULL};
  const char *titles[] = {_ ("This month"), _ ("This day"), _ ("A year"), NULL};

  gtk_file_chooser_add_choice (chooser, CHOICE, _ ("What to save"), ids, titles);
  gtk_file_chooser_set_choice (chooser, CHOICE, ids[0]);
}

void
osc_till_export_ask (GtkWidget *from, OscTillStore *store, const char *day)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && OSC_IS_TILL_STORE (store));
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  Saving *saving = g_new0 (Saving, 1);

  saving->from = g_object_ref (from);
  saving->store = g_object_ref (store);
  g_autofree char *noon = day != NULL ? g_strconcat (day, "T12:00:00Z", NULL) : NULL;
  saving->day = noon != NULL ? g_date_time_new_from_iso8601 (noon, utc) : NULL;
  if (saving->day == NULL)
    saving->day = g_date_time_new_now_local ();
  g_autofree char *until = g_date_time_format (saving->day, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf ("%s %s.csv", _ ("Closes"), until);
  saving->chooser =
      gtk_file_chooser_native_new (_ ("Save the closes"), GTK_WINDOW (gtk_widget_get_root (from)),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save"), _ ("Back"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (saving->chooser), name);
  add_spans (GTK_FILE_CHOOSER (saving->chooser));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (saving->chooser), TRUE);
  g_signal_connect_swapped (saving->chooser, "response", G_CALLBACK (on_response), saving);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (saving->chooser));
}
