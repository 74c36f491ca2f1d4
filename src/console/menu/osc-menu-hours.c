/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Times of the week. A time that was typed wrong stays in its row as text; one that ends before it
 * begins ends in the morning after. */

#include "osc-menu-hours.h"

#include <glib/gi18n.h>

#include "osc-field.h"
#include "osc-menu-bind.h"
#include "osc-menu-entry.h"
#include "osc-words-week.h"
#include "osc-words.h"
#include "osc-widget.h"
#include "osy-day-time.h"

#define DAY 1440

struct _OscMenuHours {
  GtkWidget parent_instance;
  GtkWidget *empty;
  GtkWidget *lines;
  OscMenuDraft *draft;
};

G_DEFINE_FINAL_TYPE (OscMenuHours, osc_menu_hours, GTK_TYPE_WIDGET)

/* ---- one window ---- */

/* What a window's widgets write to. */
typedef struct {
  OscMenuDraft *draft;
  JsonObject *row;
  GtkWidget *from; /* borrowed */
  GtkWidget *until;
  gboolean filling;
} Window;

static void
window_free (Window *window)
{
  g_object_unref (window->draft);
  json_object_unref (window->row);
  g_free (window);
}

static void
remove_member (JsonObject *row, const char *name)
{
  if (json_object_has_member (row, name))
    json_object_remove_member (row, name);
}

static void
set_time (JsonObject *row, const char *name, const char *text)
{
  int minutes;

  if (osy_day_time_parse (text, &minutes))
    json_object_set_int_member (row, name, minutes);
  else
    json_object_set_string_member (row, name, text);
}

/* Both blank: all day long. */
static void
on_time (GtkWidget *field, Window *window)
{
  const char *from = osc_field_text (OSC_FIELD (window->from));
  const char *until = osc_field_text (OSC_FIELD (window->until));

  if (window->filling)
    return;
  remove_member (window->row, "from");
  remove_member (window->row, "until");
  if (*from != '\0' || *until != '\0') {
    set_time (window->row, "from", from);
    set_time (window->row, "until", until);
  }
  gint64 begin = osc_menu_entry_int (window->row, "from", -1);
  gint64 end = osc_menu_entry_int (window->row, "until", -1);
  if (begin >= 0 && end >= 0 && end <= begin)
    json_object_set_int_member (window->row, "until", end + DAY);
  osc_menu_draft_touch (window->draft);
}

static gboolean
has_day (JsonObject *row, int day)
{
  JsonArray *days = osc_menu_entry_list (row, "weekdays");

  for (guint i = 0; i < json_array_get_length (days); i++)
    if (json_array_get_int_element (days, i) == day)
      return TRUE;
  return FALSE;
}

static void
on_day (GtkToggleButton *chip, Window *window)
{
  int changed = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (chip), "day"));
  JsonArray *days = json_array_new ();

  if (!window->filling) {
    for (int day = 1; day <= 7; day++)
      if (day == changed ? gtk_toggle_button_get_active (chip) : has_day (window->row, day))
        json_array_add_int_element (days, day);
    json_object_set_array_member (window->row, "weekdays", json_array_ref (days));
    osc_menu_draft_touch (window->draft);
  }
  json_array_unref (days);
}

static GtkWidget *
make_days (Window *window)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "week-days");
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  for (int day = 1; day <= 7; day++) {
    GtkWidget *chip = gtk_toggle_button_new_with_label (osc_words_weekday (day));

    gtk_widget_add_css_class (chip, "menu-chip");
    gtk_widget_set_hexpand (chip, TRUE);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), has_day (window->row, day));
    g_object_set_data (G_OBJECT (chip), "day", GINT_TO_POINTER (day));
    g_signal_connect (chip, "toggled", G_CALLBACK (on_day), window);
    gtk_box_append (GTK_BOX (box), chip);
  }
  return box;
}

static GtkWidget *
make_time (Window *window, const char *label, const char *name)
{
  GtkWidget *field = g_object_new (OSC_TYPE_FIELD, "label", label, NULL);
  gint64 minutes = osc_menu_entry_int (window->row, name, -1);
  g_autofree char *text = minutes >= 0 ? osy_day_time_format ((int)minutes)
                                       : g_strdup (osc_menu_entry_text (window->row, name));

  gtk_widget_set_hexpand (field, TRUE);
  osc_field_set_text (OSC_FIELD (field), text);
  g_signal_connect (field, "changed", G_CALLBACK (on_time), window);
  return field;
}

GtkWidget *
osc_menu_window_new (OscMenuDraft *draft, JsonObject *row, const char *place)
{
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (draft) && row != NULL && place != NULL, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *times = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  Window *window = g_new0 (Window, 1);

  window->draft = g_object_ref (draft);
  window->row = json_object_ref (row);
  window->filling = TRUE;
  g_object_set_data_full (G_OBJECT (box), "window", window, (GDestroyNotify)window_free);
  gtk_widget_add_css_class (box, "menu-window");
  gtk_widget_add_css_class (times, "menu-line");
  gtk_box_append (GTK_BOX (box), make_days (window));
  window->from = make_time (window, _ ("From"), "from");
  window->until = make_time (window, _ ("Until"), "until");
  osc_menu_bind (window->from, draft, &(OscBind){OSC_BIND_FAULT, row, NULL, place});
  gtk_box_append (GTK_BOX (times), window->from);
  gtk_box_append (GTK_BOX (times), window->until);
  gtk_box_append (GTK_BOX (box), times);
  window->filling = FALSE;
  return box;
}

void
osc_menu_window_fill (JsonObject *row, guint weekdays, int from, int until)
{
  const OsyWeekWindow window = {weekdays, from, until};

  g_return_if_fail (row != NULL);
  osy_week_window_write (&window, row);
}

/* ---- the page ---- */

/* Looked at without being made: a list that is not there is no change. */
static JsonArray *
hours_of (JsonObject *entry)
{
  return json_object_has_member (entry, "hours") ? osc_menu_entry_list (entry, "hours") : NULL;
}

char *
osc_menu_hours_words (JsonObject *entry)
{
  g_return_val_if_fail (entry != NULL, NULL);
  JsonArray *rows = hours_of (entry);
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (OsyWeekWindow));

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    OsyWeekWindow window;

    if (osc_menu_entry_window (json_array_get_object_element (rows, i), &window))
      g_array_append_val (windows, window);
  }
  return windows->len > 0 ? osc_words_week (windows) : NULL;
}

static void show_lines (OscMenuHours *self);

static void
on_remove (OscMenuHours *self, GtkWidget *button)
{
  JsonObject *entry = osc_menu_draft_root (self->draft);
  JsonArray *rows = osc_menu_entry_list (entry, "hours");

  json_array_remove_element (rows,
                             GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "line")));
  if (json_array_get_length (rows) == 0)
    json_object_remove_member (entry, "hours");
  osc_menu_draft_touch (self->draft);
  show_lines (self);
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
show_lines (OscMenuHours *self)
{
  JsonArray *rows = hours_of (osc_menu_draft_root (self->draft));
  guint n = rows != NULL ? json_array_get_length (rows) : 0;

  osc_widget_drop_children (self->lines);
  gtk_widget_set_visible (self->empty, n == 0);
  for (guint i = 0; i < n; i++) {
    g_autofree char *place = g_strdup_printf ("hours/%u", i);
    GtkWidget *window =
        osc_menu_window_new (self->draft, json_array_get_object_element (rows, i), place);
    GtkWidget *remove = osc_menu_bind_button ("osy-close-symbolic", _ ("Take this line away"),
                                              G_CALLBACK (on_remove), self);

    gtk_widget_set_valign (remove, GTK_ALIGN_END);
    g_object_set_data (G_OBJECT (remove), "line", GUINT_TO_POINTER (i));
    gtk_box_append (GTK_BOX (gtk_widget_get_last_child (window)), remove);
    gtk_box_append (GTK_BOX (self->lines), window);
  }
}

void
osc_menu_hours_add (OscMenuHours *self)
{
  g_return_if_fail (OSC_IS_MENU_HOURS (self));
  JsonObject *row = json_object_new ();

  /* A lunch on workdays: quicker to change than a blank. */
  osc_menu_window_fill (row, OSY_WEEK_ALL_DAYS & ~(OSY_WEEK_BIT (6) | OSY_WEEK_BIT (7)), 660, 870);
  json_array_add_object_element (osc_menu_entry_list (osc_menu_draft_root (self->draft), "hours"),
                                 row);
  osc_menu_draft_touch (self->draft);
  show_lines (self);
  gtk_widget_child_focus (gtk_widget_get_last_child (self->lines), GTK_DIR_TAB_FORWARD);
}

void
osc_menu_hours_show (OscMenuHours *self, OscMenuDraft *draft)
{
  g_return_if_fail (OSC_IS_MENU_HOURS (self) && OSC_IS_MENU_DRAFT (draft));

  g_set_object (&self->draft, draft);
  show_lines (self);
}

static void
osc_menu_hours_dispose (GObject *object)
{
  OscMenuHours *self = OSC_MENU_HOURS (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_MENU_HOURS);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (osc_menu_hours_parent_class)->dispose (object);
}

static void
osc_menu_hours_class_init (OscMenuHoursClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_hours_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/menu/osc-menu-hours.ui");
  gtk_widget_class_bind_template_child (widget_class, OscMenuHours, empty);
  gtk_widget_class_bind_template_child (widget_class, OscMenuHours, lines);
  gtk_widget_class_bind_template_callback (widget_class, osc_menu_hours_add);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menuhours");
}

static void
osc_menu_hours_init (OscMenuHours *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

GtkWidget *
osc_menu_hours_new (void)
{
  return g_object_new (OSC_TYPE_MENU_HOURS, NULL);
}
