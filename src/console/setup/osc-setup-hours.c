/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Opening times in their simple form. Who opens otherwise on some days says so in the settings. */

#include "osc-setup-hours.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-field.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-shop.h"

#define DAYS 7
#define DAY_MINUTES 1440

struct _OscSetupHours {
  GtkWidget parent_instance;
  GtkWidget *days;
  OscField *opens;
  OscField *closes;
  GtkWidget *day_buttons[DAYS];
};

enum { CHANGED, SUBMITTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscSetupHours, osc_setup_hours, GTK_TYPE_WIDGET)

/* Up to four digits of @text, its colon left out. Returns: how many there are; -1: something else.
 */
static int
read_digits (const char *text, int *number)
{
  int n = 0;

  *number = 0;
  for (; *text != '\0'; text++) {
    if (*text == ':' || *text == ' ')
      continue;
    if (!g_ascii_isdigit (*text) || n == 4)
      return -1;
    *number = *number * 10 + (*text - '0');
    n++;
  }
  return n;
}

gboolean
osc_setup_hours_parse (const char *text, int *minutes)
{
  int number;
  int n = read_digits (text, &number);
  int hours = n <= 2 ? number : number / 100;
  int rest = n <= 2 ? 0 : number % 100;

  if (n < 1 || rest > 59 || hours * 60 + rest > DAY_MINUTES)
    return FALSE;
  *minutes = hours * 60 + rest;
  return TRUE;
}

static void
set_clock (OscField *field, int minutes)
{
  g_autofree char *text = g_strdup_printf ("%02d:%02d", minutes / 60 % 24, minutes % 60);

  osc_field_set_text (field, minutes == DAY_MINUTES ? "24:00" : text);
}

static gboolean
is_chosen (OscSetupHours *self, int day)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->day_buttons[day]));
}

gboolean
osc_setup_hours_show (OscSetupHours *self, const GArray *hours)
{
  g_return_val_if_fail (OSC_IS_SETUP_HOURS (self), FALSE);
  const OsyShopHours *rows = (const OsyShopHours *)(void *)hours->data;
  gboolean chosen[DAYS] = {FALSE};

  for (guint i = 0; i < hours->len; i++) {
    if (rows[i].opens != rows[0].opens || rows[i].closes != rows[0].closes ||
        chosen[rows[i].weekday - 1])
      return FALSE;
    chosen[rows[i].weekday - 1] = TRUE;
  }
  if (hours->len == 0)
    return TRUE;
  for (int i = 0; i < DAYS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->day_buttons[i]), chosen[i]);
  set_clock (self->opens, rows[0].opens);
  set_clock (self->closes, rows[0].closes);
  return TRUE;
}

static gboolean
read_field (OscField *field, int *minutes)
{
  if (osc_setup_hours_parse (osc_field_text (field), minutes))
    return TRUE;
  osc_field_set_error (field, _ ("Type a time, such as 10:00"));
  osc_field_focus (field);
  return FALSE;
}

static JsonObject *
new_row (int day, int opens, int closes)
{
  JsonObject *row = json_object_new ();

  json_object_set_int_member (row, "weekday", day + 1);
  json_object_set_int_member (row, "opens", opens);
  json_object_set_int_member (row, "closes", closes);
  return row;
}

/* What closes at or before its opening closes on the next morning. */
JsonArray *
osc_setup_hours_read (OscSetupHours *self)
{
  g_return_val_if_fail (OSC_IS_SETUP_HOURS (self), NULL);
  int opens = 0;
  int closes = 0;

  if (!read_field (self->opens, &opens) || !read_field (self->closes, &closes))
    return NULL;
  opens %= DAY_MINUTES;
  if (closes <= opens)
    closes += DAY_MINUTES;
  JsonArray *rows = json_array_new ();
  for (int i = 0; i < DAYS; i++)
    if (is_chosen (self, i))
      json_array_add_object_element (rows, new_row (i, opens, closes));
  return rows;
}

char *
osc_setup_hours_text (OscSetupHours *self)
{
  g_return_val_if_fail (OSC_IS_SETUP_HOURS (self), NULL);
  char days[DAYS + 1] = "";

  for (int i = 0; i < DAYS; i++)
    days[i] = is_chosen (self, i) ? '1' : '0';
  days[DAYS] = '\0';
  return g_strdup_printf ("%s|%s|%s", days, osc_field_text (self->opens),
                          osc_field_text (self->closes));
}

void
osc_setup_hours_set_text (OscSetupHours *self, const char *text)
{
  g_return_if_fail (OSC_IS_SETUP_HOURS (self));
  g_auto (GStrv) parts = g_strsplit (text, "|", 3);

  if (g_strv_length (parts) != 3 || strlen (parts[0]) != DAYS)
    return;
  for (int i = 0; i < DAYS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->day_buttons[i]), parts[0][i] == '1');
  osc_field_set_text (self->opens, parts[1]);
  osc_field_set_text (self->closes, parts[2]);
}

/* ---- life ---- */

static void
on_changed (OscSetupHours *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_submitted (OscSetupHours *self)
{
  g_signal_emit (self, signals[SUBMITTED], 0);
}

static void
osc_setup_hours_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SETUP_HOURS);
  G_OBJECT_CLASS (osc_setup_hours_parent_class)->dispose (object);
}

static void
osc_setup_hours_class_init (OscSetupHoursClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_setup_hours_dispose;
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_SETUP_HOURS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[SUBMITTED] = g_signal_new ("submitted", OSC_TYPE_SETUP_HOURS, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (OSC_TYPE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/setup/osc-setup-hours.ui");
  gtk_widget_class_bind_template_child (widget_class, OscSetupHours, days);
  gtk_widget_class_bind_template_child (widget_class, OscSetupHours, opens);
  gtk_widget_class_bind_template_child (widget_class, OscSetupHours, closes);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_submitted);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "setuphours");
}

static void
osc_setup_hours_init (OscSetupHours *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  for (int i = 0; i < DAYS; i++) {
    GtkWidget *button = gtk_toggle_button_new_with_label (osc_words_weekday (i + 1));

    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
    gtk_widget_set_hexpand (button, TRUE);
    g_signal_connect_object (button, "toggled", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (self->days), button);
    self->day_buttons[i] = button;
  }
  set_clock (self->opens, 10 * 60);
  set_clock (self->closes, 21 * 60);
}
