/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Opening times. The widgets are the only copy of what is being typed; the shop's settings come in
 * by osc_hours_show() and go out by osc_hours_read(). */

#include "osc-hours.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osy-day-time.h"
#include "osy-shop.h"

#define DAYS 7
#define DAY_MINUTES 1440
#define OPENS 600
#define CLOSES 1260

static const char *const weekdays[DAYS] = {N_ ("Mon"), N_ ("Tue"), N_ ("Wed"), N_ ("Thu"),
                                           N_ ("Fri"), N_ ("Sat"), N_ ("Sun")};

struct _OscHours {
  GtkWidget parent_instance;
  GtkWidget *rows[DAYS];   /* boxes of times */
  GtkWidget *closed[DAYS]; /* labels */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscHours, osc_hours, GTK_TYPE_WIDGET)

/* ---- one row of times: opening, dash, closing, "next day", out ---- */

static GtkWidget *
nth (GtkWidget *row, int n)
{
  GtkWidget *child = gtk_widget_get_first_child (row);

  for (; n > 0 && child != NULL; n--)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static gboolean
read_entry (GtkWidget *entry, int *minutes)
{
  gboolean right = osy_day_time_parse (gtk_editable_get_text (GTK_EDITABLE (entry)), minutes);

  osc_widget_set_class (entry, "wrong", !right);
  return right;
}

static gboolean
read_row (GtkWidget *row, int *opens, int *closes)
{
  gboolean right;

  *opens = *closes = 0;
  right = read_entry (nth (row, 0), opens) & read_entry (nth (row, 2), closes);
  *opens %= DAY_MINUTES;
  if (right && *closes <= *opens)
    *closes += DAY_MINUTES;
  gtk_widget_set_visible (nth (row, 3), right && *closes > DAY_MINUTES);
  return right;
}

static void
show_closed (OscHours *self)
{
  for (int day = 0; day < DAYS; day++)
    gtk_widget_set_visible (self->closed[day],
                            gtk_widget_get_first_child (self->rows[day]) == NULL);
}

static OscHours *
hours_of (GtkWidget *widget)
{
  return OSC_HOURS (gtk_widget_get_ancestor (widget, OSC_TYPE_HOURS));
}

static void
on_finished (GtkWidget *row)
{
  OscHours *self = hours_of (row);
  int opens;
  int closes;

  if (self != NULL && read_row (row, &opens, &closes))
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_out (GtkWidget *row)
{
  OscHours *self = hours_of (row);

  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (row)), row);
  show_closed (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
new_entry (GtkWidget *row, const char *name, int minutes)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_autofree char *clock = osy_day_time_format (minutes);

  gtk_editable_set_text (GTK_EDITABLE (entry), clock);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 5);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 5);
  gtk_widget_add_css_class (entry, "numeric");
  osc_widget_set_name (entry, name);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_finished), row, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, focus);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_finished), row, G_CONNECT_SWAPPED);
  return entry;
}

static GtkWidget *
add_row (OscHours *self, int day, int opens, int closes)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *next = gtk_label_new (_ ("next day"));
  GtkWidget *out = gtk_button_new_from_icon_name ("osy-close-symbolic");
  g_autofree char *opens_name = g_strdup_printf (_ ("%s opens"), _ (weekdays[day]));
  g_autofree char *closes_name = g_strdup_printf (_ ("%s closes"), _ (weekdays[day]));

  gtk_widget_add_css_class (row, "times");
  gtk_widget_add_css_class (next, "secondary");
  gtk_widget_add_css_class (out, "plain");
  osc_widget_set_name (out, _ ("Take these times out"));
  gtk_box_append (GTK_BOX (row), new_entry (row, opens_name, opens));
  gtk_box_append (GTK_BOX (row), gtk_label_new ("–"));
  gtk_box_append (GTK_BOX (row), new_entry (row, closes_name, closes));
  gtk_box_append (GTK_BOX (row), next);
  gtk_box_append (GTK_BOX (row), out);
  gtk_widget_set_visible (next, closes > DAY_MINUTES);
  g_signal_connect_object (out, "clicked", G_CALLBACK (on_out), row, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->rows[day]), row);
  show_closed (self);
  return row;
}

/* ---- the week ---- */

static void
on_add (GtkWidget *button, OscHours *self)
{
  int day = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "osc-day"));
  GtkWidget *last = gtk_widget_get_last_child (self->rows[day]);
  int opens = OPENS;
  int closes = CLOSES;

  /* After a break: an hour later, till the evening. */
  if (last != NULL && read_row (last, &opens, &closes)) {
    opens = MIN (closes + 60, DAY_MINUTES - 120);
    closes = MAX (opens + 120, CLOSES);
  }
  gtk_widget_grab_focus (nth (add_row (self, day, opens, closes), 0));
  g_signal_emit (self, signals[CHANGED], 0);
}

void
osc_hours_show (OscHours *self, const GArray *hours)
{
  g_return_if_fail (OSC_IS_HOURS (self) && hours != NULL);
  GtkWidget *child;

  for (int day = 0; day < DAYS; day++)
    while ((child = gtk_widget_get_first_child (self->rows[day])) != NULL)
      gtk_box_remove (GTK_BOX (self->rows[day]), child);
  show_closed (self);
  for (guint i = 0; i < hours->len; i++) {
    const OsyShopHours *row = &g_array_index (hours, OsyShopHours, i);

    add_row (self, row->weekday - 1, row->opens, row->closes);
  }
}

JsonArray *
osc_hours_read (OscHours *self)
{
  g_return_val_if_fail (OSC_IS_HOURS (self), NULL);
  g_autoptr (JsonArray) array = json_array_new ();

  for (int day = 0; day < DAYS; day++)
    for (GtkWidget *row = gtk_widget_get_first_child (self->rows[day]); row != NULL;
         row = gtk_widget_get_next_sibling (row)) {
      JsonObject *object;
      int opens;
      int closes;

      if (!read_row (row, &opens, &closes))
        return NULL;
      object = json_object_new ();
      json_object_set_int_member (object, "weekday", day + 1);
      json_object_set_int_member (object, "opens", opens);
      json_object_set_int_member (object, "closes", closes);
      json_array_add_object_element (array, object);
    }
  return g_steal_pointer (&array);
}

static void
osc_hours_dispose (GObject *object)
{
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_hours_parent_class)->dispose (object);
}

static void
osc_hours_class_init (OscHoursClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_hours_dispose;
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_HOURS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "hours");
}

static void
add_day (OscHours *self, int day)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *name = gtk_label_new (_ (weekdays[day]));
  GtkWidget *add = gtk_button_new_from_icon_name ("osy-plus-symbolic");
  g_autofree char *add_name = g_strdup_printf (_ ("%s: add times"), _ (weekdays[day]));

  self->rows[day] = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->closed[day] = gtk_label_new (_ ("Closed"));
  gtk_widget_add_css_class (box, "hours-day");
  gtk_widget_add_css_class (name, "weekday");
  gtk_widget_add_css_class (add, "plain");
  gtk_widget_add_css_class (self->closed[day], "secondary");
  gtk_label_set_xalign (GTK_LABEL (self->closed[day]), 0);
  gtk_widget_set_hexpand (self->rows[day], TRUE);
  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_widget_set_valign (add, GTK_ALIGN_START);
  osc_widget_set_name (add, add_name);
  g_object_set_data (G_OBJECT (add), "osc-day", GINT_TO_POINTER (day));
  g_signal_connect_object (add, "clicked", G_CALLBACK (on_add), self, 0);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), self->closed[day]);
  gtk_box_append (GTK_BOX (box), self->rows[day]);
  gtk_box_append (GTK_BOX (box), add);
  gtk_widget_insert_before (box, GTK_WIDGET (self), NULL);
}

static void
osc_hours_init (OscHours *self)
{
  osc_widget_make_vertical (GTK_WIDGET (self));
  for (int day = 0; day < DAYS; day++)
    add_day (self, day);
}
