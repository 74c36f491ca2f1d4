/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The dialog of one part of town. */

#include "osc-zone-sheet.h"

#include <glib/gi18n.h>

#include "osc-sheet.h"
#include "osc-trade-put.h"

#define FORM "osc-zone-form"

typedef struct {
  OscSheet *sheet; /* borrowed: it owns this */
  GtkWidget *page;
  char *id; /* nullable */
  guint place;
  OscZoneSheetDone done;
  OscField *name;
  OscField *areas;
  OscField *fee;
  OscField *minimum;
  OscField *minutes;
} Form;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_object_unref (form->page);
  g_free (form->id);
  g_free (form);
}

/* (transfer full): "역삼동, 논현동" without what is empty. */
static GStrv
read_areas (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ",\n", -1);
  g_autoptr (GStrvBuilder) areas = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (areas, parts[i]);
  return g_strv_builder_end (areas);
}

static gboolean
is_written (Form *form, gint64 *fee, gint64 *minimum, gint64 *minutes)
{
  if (*osc_field_text (form->name) == '\0') {
    osc_field_set_error (form->name, _ ("What is this part of town called?"));
    return FALSE;
  }
  *fee = osc_trade_number (form->fee, OSY_DELIVERY_MAX_FEE);
  *minimum = osc_trade_number (form->minimum, 100000000);
  *minutes = osc_trade_number (form->minutes, OSY_DELIVERY_MAX_MINUTES);
  return *fee >= 0 && *minimum >= 0 && *minutes >= 0;
}

static void
on_done (OscSheet *sheet)
{
  Form *form = g_object_get_data (G_OBJECT (sheet), FORM);
  gint64 fee;
  gint64 minimum;
  gint64 minutes;

  if (!is_written (form, &fee, &minimum, &minutes))
    return;
  OsyDeliveryZone *zone = g_new0 (OsyDeliveryZone, 1);
  *zone = (OsyDeliveryZone){.id = g_strdup (form->id),
                            .name = g_strdup (osc_field_text (form->name)),
                            .fee = fee,
                            .minimum = minimum,
                            .minutes = (int)minutes,
                            .areas = read_areas (osc_field_text (form->areas))};
  form->done (form->page, form->place, zone);
  gtk_window_close (GTK_WINDOW (sheet));
}

static void
on_take_away (OscSheet *sheet)
{
  Form *form = g_object_get_data (G_OBJECT (sheet), FORM);

  form->done (form->page, form->place, NULL);
  gtk_window_close (GTK_WINDOW (sheet));
}

static void
fill (Form *form, const OsyDeliveryZone *zone)
{
  g_autofree char *fee = g_strdup_printf ("%" G_GINT64_FORMAT, zone->fee);
  g_autofree char *minimum = g_strdup_printf ("%" G_GINT64_FORMAT, zone->minimum);
  g_autofree char *minutes = g_strdup_printf ("%d", zone->minutes);
  g_autofree char *areas = g_strjoinv (", ", zone->areas);

  form->id = g_strdup (zone->id);
  osc_field_set_text (form->name, zone->name);
  osc_field_set_text (form->areas, areas);
  osc_field_set_text (form->fee, fee);
  osc_field_set_text (form->minimum, minimum);
  osc_field_set_text (form->minutes, minutes);
}

static void
add_take_away (OscSheet *sheet)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Deliver there no more"));

  gtk_widget_add_css_class (button, "outlined");
  gtk_widget_add_css_class (button, "destructive-text");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_take_away), sheet, G_CONNECT_SWAPPED);
  osc_sheet_add (sheet, button);
}

void
osc_zone_sheet_show (GtkWidget *page,
                     const OsyDeliveryZone *zone,
                     guint place,
                     OscZoneSheetDone done)
{
  g_return_if_fail (GTK_IS_WIDGET (page) && done != NULL);
  OscSheet *sheet = osc_sheet_new (page);
  Form *form = g_new0 (Form, 1);

  osc_sheet_ask (sheet, zone != NULL ? _ ("Change a part of town") : _ ("Add a part of town"), NULL,
                 zone != NULL ? _ ("Change it") : _ ("Add it"));
  *form = (Form){.sheet = sheet, .page = g_object_ref (page), .place = place, .done = done};
  form->name = osc_sheet_add_field (sheet, _ ("Name"), _ ("As in: close by"), FALSE);
  form->areas = osc_sheet_add_field (
      sheet, _ ("Its streets, quarters or postcodes"),
      _ ("With commas between: 역삼동, 테헤란로, 062. Empty: everywhere else"), FALSE);
  form->fee = osc_sheet_add_field (sheet, _ ("Delivery fee in won"), NULL, FALSE);
  form->minimum = osc_sheet_add_field (sheet, _ ("Smallest order in won"), _ ("0: any"), FALSE);
  form->minutes = osc_sheet_add_field (sheet, _ ("Minutes on the road"), _ ("0: not said"), FALSE);
  g_object_set_data_full (G_OBJECT (sheet), FORM, form, form_free);
  if (zone != NULL) {
    fill (form, zone);
    add_take_away (sheet);
  }
  g_signal_connect (sheet, "primary", G_CALLBACK (on_done), NULL);
}
