/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The kitchen display: what has changed is shown. */

#include "osc-kitchen.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-alarm.h"
#include "osc-keypad.h"
#include "osc-kitchen-counts.h"
#include "osc-kitchen-private.h"
#include "osc-kitchen-window.h"
#include "osc-kitchen-zoom.h"
#include "osc-settings.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

#define WIDE 1500 /* px */
#define STATION "osc-station"
#define IN_SHELL "view"

static void osc_kitchen_view_init (OscViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscKitchen,
                               osc_kitchen,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (OSC_TYPE_VIEW, osc_kitchen_view_init))

/* ---- what was sent out ---- */

static void
close_history (OscKitchen *self)
{
  gboolean any = g_list_model_get_n_items (self->tickets) > 0;

  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), any ? "grid" : "empty");
}

static gboolean
in_history (OscKitchen *self)
{
  return gtk_stack_get_visible_child (GTK_STACK (self->pages)) == self->history;
}

/* It is of no list: what is known of the ticket here takes its place. */
static void
on_history_recall (OscKitchen *self, OscKitchenItem *item, gboolean anew)
{
  OscKitchenItem *known =
      osc_kitchen_store_find (self->context.kitchen, osc_kitchen_item_data (item)->id);

  osc_kitchen_act_on (self, known != NULL ? known : item,
                      anew ? OSC_KITCHEN_RECALL_ANEW : OSC_KITCHEN_RECALL, NULL);
  close_history (self);
}

void
osc_kitchen_open_past (OscKitchen *self)
{
  if (self->history == NULL) {
    self->history = osc_kitchen_history_new (self->context.kitchen);
    g_signal_connect_object (self->history, "recall", G_CALLBACK (on_history_recall), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->history, "closed", G_CALLBACK (close_history), self,
                             G_CONNECT_SWAPPED);
    gtk_stack_add_child (GTK_STACK (self->pages), self->history);
  }
  gtk_stack_set_visible_child (GTK_STACK (self->pages), self->history);
  osc_kitchen_history_open (OSC_KITCHEN_HISTORY (self->history));
}

OscKitchenHistory *
osc_kitchen_history (OscKitchen *self)
{
  g_return_val_if_fail (OSC_IS_KITCHEN (self), NULL);
  return self->history != NULL ? OSC_KITCHEN_HISTORY (self->history) : NULL;
}

/* ---- pages ---- */

static void
show_late (OscKitchen *self)
{
  gint64 frozen = osc_kitchen_store_get_frozen (self->context.kitchen);
  int page = 0;
  guint late = osc_kitchen_grid_late_elsewhere (grid_of (self),
                                                frozen != 0 ? frozen : osy_clock_now (), &page);
  g_autofree char *text = g_strdup_printf (_ ("%1$d late on page %2$d"), (int)late, page + 1);

  gtk_widget_set_visible (self->late, late > 0);
  gtk_widget_set_visible (self->hint, late == 0);
  gtk_label_set_label (GTK_LABEL (self->late_text), text);
}

static void
on_turned (OscKitchen *self)
{
  int page = osc_kitchen_grid_page (grid_of (self));
  int pages = osc_kitchen_grid_pages (grid_of (self));
  g_autofree char *text = g_strdup_printf ("%d / %d", page + 1, pages);

  gtk_label_set_label (GTK_LABEL (self->page), text);
  gtk_widget_set_visible (self->pager, pages > 1);
  gtk_widget_set_sensitive (self->before, page > 0);
  gtk_widget_set_sensitive (self->after, page < pages - 1);
  show_late (self);
}

void
osc_kitchen_turn (OscKitchen *self, int by)
{
  osc_kitchen_grid_turn (grid_of (self), osc_kitchen_grid_page (grid_of (self)) + by);
}

static void
on_before (OscKitchen *self)
{
  osc_kitchen_turn (self, -1);
}

static void
on_after (OscKitchen *self)
{
  osc_kitchen_turn (self, 1);
}

static void
on_late (OscKitchen *self)
{
  int page = osc_kitchen_grid_page (grid_of (self));

  osc_kitchen_grid_late_elsewhere (grid_of (self), osy_clock_now (), &page);
  osc_kitchen_grid_turn (grid_of (self), page);
}

static void
on_shown (OscKitchen *self, OscKitchenItem *item)
{
  osc_kitchen_acts_report (self->acts, item, OSC_KITCHEN_SHOWN);
}

/* ---- stations and counts ---- */

static gboolean
is_here (gpointer item, gpointer user_data)
{
  OscKitchen *self = user_data;

  return self->station == NULL ||
         strcmp (osc_kitchen_item_data (item)->station_id, self->station) == 0;
}

static void
show_counts (OscKitchen *self)
{
  g_autoptr (GPtrArray) counts = osc_kitchen_store_counts (self->context.kitchen, self->station);

  osc_kitchen_counts_show (OSC_KITCHEN_COUNTS (self->wide ? self->panel : self->strip), counts);
}

static void
choose_station (OscKitchen *self, const char *id)
{
  char *station = g_strdup (id);

  g_free (self->station);
  self->station = station;
  if (osc_settings_get () != NULL)
    g_settings_set_string (osc_settings_get (), "kitchen-station", id != NULL ? id : "");
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  show_counts (self);
}

static void
on_station (GtkToggleButton *button, OscKitchen *self)
{
  const char *id = g_object_get_data (G_OBJECT (button), STATION);

  if (gtk_toggle_button_get_active (button) && g_strcmp0 (id, self->station) != 0)
    choose_station (self, id);
}

static GtkWidget *
add_station (OscKitchen *self, const char *id, const char *name)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *first = gtk_widget_get_first_child (self->stations);
  GtkWidget *count = gtk_label_new (NULL);

  gtk_box_append (GTK_BOX (box), gtk_label_new (name));
  gtk_box_append (GTK_BOX (box), count);
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_add_css_class (count, "kitchen-station-count");
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_focus_on_click (button, FALSE);
  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
  g_object_set_data_full (G_OBJECT (button), STATION, g_strdup (id), g_free);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), g_strcmp0 (id, self->station) == 0);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_station), self, 0);
  gtk_box_append (GTK_BOX (self->stations), button);
  return button;
}

/* The same stations in the same order keep their buttons. */
static gboolean
are_shown (OscKitchen *self, GPtrArray *stations)
{
  GtkWidget *button = gtk_widget_get_first_child (self->stations);

  for (guint i = 0; i < stations->len; i++) {
    const OscKitchenStation *station = g_ptr_array_index (stations, i);

    button = button != NULL ? gtk_widget_get_next_sibling (button) : NULL;
    if (button == NULL ||
        g_strcmp0 (g_object_get_data (G_OBJECT (button), STATION), station->id) != 0)
      return FALSE;
  }
  return stations->len == 0 || gtk_widget_get_next_sibling (button) == NULL;
}

static void
build_stations (OscKitchen *self, GPtrArray *stations)
{
  gboolean known = self->station == NULL;
  GtkWidget *button;

  while ((button = gtk_widget_get_first_child (self->stations)) != NULL)
    gtk_box_remove (GTK_BOX (self->stations), button);
  for (guint i = 0; i < stations->len; i++)
    known |=
        g_strcmp0 (((OscKitchenStation *)g_ptr_array_index (stations, i))->id, self->station) == 0;
  if (!known)
    choose_station (self, NULL);
  add_station (self, NULL, C_ ("stations", "All"));
  for (guint i = 0; i < stations->len; i++) {
    const OscKitchenStation *station = g_ptr_array_index (stations, i);

    add_station (self, station->id, station->name);
  }
}

static void
show_station (GtkWidget *button, guint open)
{
  g_autofree char *text = g_strdup_printf ("%u", open);
  GtkWidget *box = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), text);
}

static void
show_stations (OscKitchen *self)
{
  g_autoptr (GPtrArray) stations =
      osc_kitchen_store_stations (self->context.kitchen, osy_clock_now ());
  GtkWidget *button;

  if (!are_shown (self, stations))
    build_stations (self, stations);
  gtk_widget_set_visible (self->stations, stations->len > 0);
  button = gtk_widget_get_first_child (self->stations);
  if (button == NULL)
    return;
  show_station (button, g_list_model_get_n_items (G_LIST_MODEL (self->context.kitchen)));
  for (guint i = 0; i < stations->len; i++) {
    button = gtk_widget_get_next_sibling (button);
    show_station (button, ((OscKitchenStation *)g_ptr_array_index (stations, i))->open);
  }
}

static void
on_counted (OscKitchen *self)
{
  show_counts (self);
  show_stations (self);
}

static void
on_menu (OscKitchen *self)
{
  OsyMenu *menu = osc_menu_store_get (self->context.menu);

  osc_kitchen_counts_show_menu (OSC_KITCHEN_COUNTS (self->panel), menu);
  osc_kitchen_counts_show_menu (OSC_KITCHEN_COUNTS (self->strip), menu);
}

static void
on_dish (OscKitchen *self, const char *dish)
{
  osc_kitchen_grid_ring (grid_of (self), dish);
}

static void
on_tickets (OscKitchen *self)
{
  if (!in_history (self))
    close_history (self);
}

/* ---- time and what works ---- */

static void
show_clock (OscKitchen *self)
{
  g_autofree char *clock = osc_words_clock (osy_clock_now ());

  gtk_label_set_label (GTK_LABEL (self->clock), clock);
  gtk_label_set_label (GTK_LABEL (self->big_clock), clock);
}

static void
show_signs (OscKitchen *self)
{
  gboolean frozen = osc_kitchen_store_get_frozen (self->context.kitchen) != 0;
  gboolean sounds = osc_settings_get () != NULL &&
                    g_settings_get_boolean (osc_settings_get (), "kitchen-sound") &&
                    self->context.alarm != NULL &&
                    osc_alarm_get_device (self->context.alarm) != OSC_SOUND_DEVICE_FAULT &&
                    osc_alarm_muted_for (self->context.alarm) == 0;

  gtk_widget_set_visible (self->connection, self->alone && !frozen);
  gtk_widget_set_visible (self->sound, self->alone && !frozen);
  osc_widget_set_icon (self->sound_mark, sounds ? "osy-check-symbolic" : "osy-sound-off-symbolic");
  gtk_widget_set_visible (self->warning, frozen);
  osc_widget_set_class (self->bar, "frozen", frozen);
}

static gboolean
second_cb (gpointer user_data)
{
  OscKitchen *self = user_data;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_CONTINUE;
  show_clock (self);
  show_signs (self);
  osc_kitchen_grid_show_ages (grid_of (self), osc_kitchen_store_get_frozen (self->context.kitchen));
  show_late (self);
  return G_SOURCE_CONTINUE;
}

static void
on_frozen (OscKitchen *self)
{
  show_signs (self);
  osc_kitchen_grid_show_ages (grid_of (self), osc_kitchen_store_get_frozen (self->context.kitchen));
}

/* ---- this screen ---- */

static void
on_window (OscKitchen *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  osc_kitchen_window_open (&self->context, GTK_WIDGET (self));
}

static void
on_settings (OscKitchen *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.show", "(ss)", "settings", "kitchen");
}

static void
show_zoom (OscKitchen *self)
{
  int percent = osc_kitchen_zoom_get (self->monitor);
  g_autofree char *text = g_strdup_printf ("%d%%", percent);

  osc_kitchen_zoom_apply (GTK_WIDGET (self), percent);
  gtk_label_set_label (GTK_LABEL (self->zoom), text);
}

void
osc_kitchen_step_zoom (OscKitchen *self, int direction)
{
  osc_kitchen_zoom_step (self->monitor, direction);
  show_zoom (self);
}

static void
on_smaller (OscKitchen *self)
{
  osc_kitchen_step_zoom (self, -1);
}

static void
on_bigger (OscKitchen *self)
{
  osc_kitchen_step_zoom (self, 1);
}

void
osc_kitchen_set_alone (OscKitchen *self, const char *monitor)
{
  g_return_if_fail (OSC_IS_KITCHEN (self) && monitor != NULL);

  self->alone = TRUE;
  g_free (self->monitor);
  self->monitor = g_strdup (monitor);
  gtk_widget_set_visible (self->clock, TRUE);
  gtk_widget_set_visible (self->window, FALSE);
  gtk_widget_set_visible (self->settings, FALSE);
  show_zoom (self);
  show_signs (self);
}

/* ---- keys ---- */

static gboolean
osc_kitchen_key (OscView *view, OscKey key)
{
  OscKitchen *self = OSC_KITCHEN (view);

  if (!in_history (self))
    return osc_kitchen_press (self, key);
  if (key == OSC_KEY_BACK)
    close_history (self);
  return key == OSC_KEY_BACK;
}

/* A key that this machine has put to a use of its own goes before what it says otherwise. */
static gboolean
on_keypad (GtkEventControllerKey *keys,
           guint keyval,
           guint keycode,
           GdkModifierType state,
           OscKitchen *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  OscKey key = osc_keypad_find (keycode);

  if (key == OSC_KEY_NONE || GTK_IS_EDITABLE (gtk_root_get_focus (root)))
    return GDK_EVENT_PROPAGATE;
  return osc_kitchen_key (OSC_VIEW (self), key);
}

static const OscKeyLine *
osc_kitchen_key_lines (OscView *view)
{
  static const OscKeyLine lines[] = {
      {"1 – 9  0", N_ ("Choose a ticket")},
      {"Enter", N_ ("Send out the ticket")},
      {"Space", N_ ("Next row is made")},
      {"R", N_ ("Bring back the last one")},
      {"X", N_ ("Sold out")},
      {"P", N_ ("First")},
      {"F3", N_ ("Sent out today")},
      {"← →  ↑ ↓", N_ ("Another ticket or row")},
      {"Page ↑ ↓", N_ ("Another page")},
      {"Home  End", N_ ("First or last ticket")},
      {.keys = NULL},
  };

  return lines;
}

static void
osc_kitchen_view_init (OscViewInterface *iface)
{
  iface->key = osc_kitchen_key;
  iface->key_lines = osc_kitchen_key_lines;
}

/* ---- layout ---- */

static gboolean
fit_cb (gpointer user_data)
{
  OscKitchen *self = user_data;

  self->width_id = 0;
  self->wide = self->width >= WIDE;
  gtk_widget_set_visible (self->panel, self->wide);
  gtk_widget_set_visible (self->strip, !self->wide);
  osc_kitchen_counts_set_width (OSC_KITCHEN_COUNTS (self->strip), self->width);
  osc_widget_set_class (GTK_WIDGET (self), "wide", self->wide);
  osc_kitchen_grid_set_columns (grid_of (self), self->wide ? 5 : 4);
  show_counts (self);
  return G_SOURCE_REMOVE;
}

/* Of a line as wide as the view: what it means for the layout comes after this one. */
static void
on_resize (OscKitchen *self, int width)
{
  if (width != self->width && self->width_id == 0)
    self->width_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
  self->width = width;
}

static void
osc_kitchen_map (GtkWidget *widget)
{
  OscKitchen *self = OSC_KITCHEN (widget);

  GTK_WIDGET_CLASS (osc_kitchen_parent_class)->map (widget);
  self->keypad = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keypad, GTK_PHASE_CAPTURE);
  g_signal_connect (self->keypad, "key-pressed", G_CALLBACK (on_keypad), self);
  gtk_widget_add_controller (GTK_WIDGET (gtk_widget_get_root (widget)), self->keypad);
  second_cb (self);
}

static void
osc_kitchen_unmap (GtkWidget *widget)
{
  OscKitchen *self = OSC_KITCHEN (widget);

  gtk_widget_remove_controller (GTK_WIDGET (gtk_widget_get_root (widget)),
                                g_steal_pointer (&self->keypad));
  osc_kitchen_forget_first (self);
  GTK_WIDGET_CLASS (osc_kitchen_parent_class)->unmap (widget);
}

/* ---- life ---- */

static void
osc_kitchen_dispose (GObject *object)
{
  OscKitchen *self = OSC_KITCHEN (object);

  g_clear_handle_id (&self->second_id, g_source_remove);
  g_clear_handle_id (&self->width_id, g_source_remove);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_KITCHEN);
  g_clear_object (&self->acts);
  g_clear_object (&self->tickets);
  g_clear_object (&self->filter);
  g_clear_object (&self->context.kitchen);
  g_clear_object (&self->context.menu);
  g_clear_object (&self->context.orders);
  g_clear_pointer (&self->station, g_free);
  g_clear_pointer (&self->monitor, g_free);
  G_OBJECT_CLASS (osc_kitchen_parent_class)->dispose (object);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_resize);
  gtk_widget_class_bind_template_callback (widget_class, osc_kitchen_bump);
  gtk_widget_class_bind_template_callback (widget_class, osc_kitchen_tap);
  gtk_widget_class_bind_template_callback (widget_class, on_turned);
  gtk_widget_class_bind_template_callback (widget_class, on_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_dish);
  gtk_widget_class_bind_template_callback (widget_class, osc_kitchen_recall_last);
  gtk_widget_class_bind_template_callback (widget_class, osc_kitchen_open_past);
  gtk_widget_class_bind_template_callback (widget_class, osc_kitchen_ask_stop);
  gtk_widget_class_bind_template_callback (widget_class, osc_kitchen_go_first);
  gtk_widget_class_bind_template_callback (widget_class, on_late);
  gtk_widget_class_bind_template_callback (widget_class, on_before);
  gtk_widget_class_bind_template_callback (widget_class, on_after);
  gtk_widget_class_bind_template_callback (widget_class, on_window);
  gtk_widget_class_bind_template_callback (widget_class, on_settings);
  gtk_widget_class_bind_template_callback (widget_class, on_smaller);
  gtk_widget_class_bind_template_callback (widget_class, on_bigger);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, OscKitchen, child)

static void
osc_kitchen_class_init (OscKitchenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_kitchen_dispose;
  widget_class->map = osc_kitchen_map;
  widget_class->unmap = osc_kitchen_unmap;
  g_type_ensure (OSC_TYPE_KITCHEN_COUNTS);
  g_type_ensure (OSC_TYPE_KITCHEN_GRID);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/kitchen/osc-kitchen.ui");
  BIND (bar);
  BIND (stations);
  BIND (warning);
  BIND (connection);
  BIND (connection_mark);
  BIND (sound);
  BIND (sound_mark);
  BIND (clock);
  BIND (more);
  BIND (popover);
  BIND (window);
  BIND (settings);
  BIND (zoom);
  BIND (smaller);
  BIND (bigger);
  BIND (pages);
  BIND (grid);
  BIND (panel);
  BIND (strip);
  BIND (past);
  BIND (stop);
  BIND (first);
  BIND (hint);
  BIND (late);
  BIND (late_text);
  BIND (page);
  BIND (pager);
  BIND (before);
  BIND (after);
  BIND (big_clock);
  bind_callbacks (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "kitchen");
}

static void
osc_kitchen_init (OscKitchen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  osc_kitchen_counts_set_strip (OSC_KITCHEN_COUNTS (self->strip), TRUE);
  osc_widget_set_name (self->smaller, _ ("Smaller"));
  osc_widget_set_name (self->bigger, _ ("Bigger"));
  self->monitor = g_strdup (IN_SHELL);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_here, self, NULL));
  self->second_id = g_timeout_add_seconds (1, second_cb, self);
}

static void
follow (OscKitchen *self)
{
  g_autofree char *station = osc_settings_get () != NULL
                                 ? g_settings_get_string (osc_settings_get (), "kitchen-station")
                                 : g_strdup ("");

  if (station[0] != '\0')
    self->station = g_steal_pointer (&station);
  self->tickets = G_LIST_MODEL (gtk_filter_list_model_new (
      g_object_ref (G_LIST_MODEL (self->context.kitchen)), g_object_ref (self->filter)));
  g_signal_connect_object (self->tickets, "items-changed", G_CALLBACK (on_tickets), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context.kitchen, "counted", G_CALLBACK (on_counted), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context.kitchen, "notify::frozen-at", G_CALLBACK (on_frozen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context.menu, "changed", G_CALLBACK (on_menu), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
osc_kitchen_new (const OscContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);
  OscKitchen *self = g_object_new (OSC_TYPE_KITCHEN, NULL);

  self->context = *context;
  g_object_ref (context->kitchen);
  g_object_ref (context->menu);
  g_object_ref (context->orders);
  self->acts = osc_kitchen_acts_new (context->kitchen, GTK_WIDGET (self));
  follow (self);
  osc_kitchen_grid_follow (grid_of (self), self->tickets);
  on_counted (self);
  on_menu (self);
  on_tickets (self);
  on_frozen (self);
  show_clock (self);
  show_zoom (self);
  return GTK_WIDGET (self);
}
