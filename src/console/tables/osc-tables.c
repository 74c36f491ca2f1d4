/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The tables view: which floor, what is picked, what the next tap is for. */

#include "osc-tables.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "osc-booking-list.h"
#include "osc-floor-editor.h"
#include "osc-scale.h"
#include "osc-table-words.h"
#include "osc-tables-private.h"
#include "osc-toasts.h"
#include "osc-waiting-list.h"
#include "osc-widget.h"
#include "osy-clock.h"
#include "osy-compat.h"

#define SIDE_WIDTH 372
#define SIDE_WIDTH_WIDE 420
#define WIDE_FROM 1500

static void view_init (OscViewInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (OscTables,
                               osc_tables,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (OSC_TYPE_VIEW, view_init))

OscTablePlan *
osc_tables_plan (OscTables *self)
{
  g_return_val_if_fail (OSC_IS_TABLES (self), NULL);
  return OSC_TABLE_PLAN (self->plan);
}

OscFloorCanvas *
osc_tables_canvas (OscTables *self)
{
  g_return_val_if_fail (OSC_IS_TABLES (self), NULL);
  return self->editor != NULL ? osc_floor_editor_canvas (OSC_FLOOR_EDITOR (self->editor)) : NULL;
}

static gboolean
is_on (OscTables *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), page) == 0;
}

const OsyTable *
osc_tables_picked (OscTables *self)
{
  return osc_table_store_find (self->tables, osc_table_plan_picked (osc_tables_plan (self)));
}

/* ---- toolbar ---- */

static void
on_floor_toggled (GtkToggleButton *button, OscTables *self)
{
  if (!self->filling && gtk_toggle_button_get_active (button))
    osc_table_plan_set_floor (osc_tables_plan (self), gtk_widget_get_name (GTK_WIDGET (button)));
}

static void
show_floors (OscTables *self)
{
  const OsyFloorPlan *plan = osc_table_store_plan (self->tables);
  const char *shown = osc_table_plan_floor (osc_tables_plan (self));
  GtkWidget *group = NULL;
  GtkWidget *child;

  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (self->floors)) != NULL)
    gtk_box_remove (GTK_BOX (self->floors), child);
  for (guint i = 0; i < plan->floors->len; i++) {
    const OsyFloor *floor = g_ptr_array_index (plan->floors, i);
    GtkWidget *button = gtk_toggle_button_new_with_label (floor->name);

    gtk_widget_set_name (button, floor->id);
    gtk_widget_set_focus_on_click (button, FALSE);
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (group));
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), g_strcmp0 (floor->id, shown) == 0);
    g_signal_connect (button, "toggled", G_CALLBACK (on_floor_toggled), self);
    gtk_box_append (GTK_BOX (self->floors), button);
    group = group != NULL ? group : button;
  }
  gtk_widget_set_visible (self->floors, plan->floors->len > 1);
  self->filling = FALSE;
}

/* One entry of the legend: what it looks like, its word, how many. */
static void
add_legend (OscTables *self, const char *css_class, const char *word, guint count)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *mark = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *text = g_strdup_printf ("%u", count);
  GtkWidget *number = gtk_label_new (text);

  gtk_widget_add_css_class (mark, "legend-mark");
  gtk_widget_add_css_class (mark, css_class);
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "legend-entry");
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (number, "strong");
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), gtk_label_new (word));
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (self->legend), box);
}

/* Counts over all floors: "dining" includes who has not ordered yet. */
static void
show_legend (OscTables *self)
{
  const OsyTableRoom *room = osc_table_store_room (self->tables);
  gint64 now = osy_clock_now ();
  guint states[OSY_N_TABLE_STATES] = {0};
  guint booked = 0;
  GtkWidget *child;

  for (guint i = 0; i < room->tables->len; i++) {
    const OsyTable *table = g_ptr_array_index (room->tables, i);
    gboolean is_booked = table->state == OSY_TABLE_FREE &&
                         osc_table_store_booking (self->tables, table->table_id, now) != NULL;

    booked += is_booked;
    states[table->state] += !is_booked;
  }
  while ((child = gtk_widget_get_first_child (self->legend)) != NULL)
    gtk_box_remove (GTK_BOX (self->legend), child);
  add_legend (self, "free", _ ("Free"), states[OSY_TABLE_FREE]);
  add_legend (self, "dining", _ ("Dining"), states[OSY_TABLE_DINING] + states[OSY_TABLE_SEATED]);
  add_legend (self, "bill", _ ("Bill"), states[OSY_TABLE_BILL]);
  add_legend (self, "booked", _ ("Booked"), booked);
}

static void
show_lists (OscTables *self)
{
  const OsyTableRoom *room = osc_table_store_room (self->tables);
  g_autofree char *waiting = g_strdup_printf (_ ("Waiting %u"), room->waiting->len);

  gtk_label_set_label (GTK_LABEL (self->waiting_label), waiting);
  gtk_label_set_label (GTK_LABEL (self->bookings_label), _ ("Bookings"));
}

static void
show_hint (OscTables *self)
{
  g_autofree char *text = NULL;

  if (self->typed != NULL)
    text = g_strdup_printf (_ ("Table %s, then Enter"), self->typed);
  else if (self->aim != OSC_TABLES_PICK)
    text = g_strdup (_ ("Tap where they are to go. Esc ends it"));
  else
    text = g_strdup (_ ("Drag a table onto another to move or merge. Nothing is cooked again"));
  gtk_label_set_label (GTK_LABEL (self->hint), text);
}

static void
show (OscTables *self)
{
  const OsyFloorPlan *plan = osc_table_store_plan (self->tables);
  gboolean loaded = osc_floor_store_get_loaded (osc_table_store_floors (self->tables));

  if (is_on (self, "edit"))
    return;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), plan->floors->len > 0 ? "work"
                                                             : loaded              ? "empty"
                                                                                   : "loading");
  show_legend (self);
  show_lists (self);
}

static void
on_plan_changed (OscTables *self)
{
  show_floors (self);
  show (self);
}

/* ---- what is picked ---- */

void
osc_tables_pick (OscTables *self, const char *id)
{
  const OsyPiece *piece =
      id != NULL ? osy_floor_plan_piece (osc_table_store_plan (self->tables), id) : NULL;

  if (piece != NULL &&
      g_strcmp0 (piece->floor_id, osc_table_plan_floor (osc_tables_plan (self))) != 0) {
    osc_table_plan_set_floor (osc_tables_plan (self), piece->floor_id);
    show_floors (self);
  }
  osc_table_plan_pick (osc_tables_plan (self), id);
  osc_table_panel_show (OSC_TABLE_PANEL (self->panel), id);
  if (id != NULL)
    osc_tables_show_side (self, "table");
}

void
osc_tables_show_side (OscTables *self, const char *name)
{
  self->filling = TRUE;
  gtk_stack_set_visible_child_name (GTK_STACK (self->side), name);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->waiting), g_str_equal (name, "waiting"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->bookings), g_str_equal (name, "bookings"));
  self->filling = FALSE;
}

static void
on_list_toggled (OscTables *self, GtkToggleButton *button)
{
  gboolean on = gtk_toggle_button_get_active (button);

  if (self->filling)
    return;
  osc_tables_show_side (self, !on                                    ? "table"
                              : GTK_WIDGET (button) == self->waiting ? "waiting"
                                                                     : "bookings");
}

static const char *
aim_sentence (OscTablesAim aim)
{
  switch (aim) {
  case OSC_TABLES_MOVE: return _ ("Tap the table they move to");
  case OSC_TABLES_MERGE: return _ ("Tap the table to merge with");
  case OSC_TABLES_TRANSFER: return _ ("Tap the table it belongs to");
  case OSC_TABLES_SEAT_BOOKING:
  case OSC_TABLES_SEAT_WAITING: return _ ("Tap the table for these guests");
  case OSC_TABLES_PICK:
  default: return NULL;
  }
}

void
osc_tables_aim (OscTables *self, OscTablesAim aim, const char *what)
{
  const OsyTable *from = osc_tables_picked (self);
  gboolean party = aim == OSC_TABLES_SEAT_BOOKING || aim == OSC_TABLES_SEAT_WAITING;

  self->aim = aim;
  osy_set_str (&self->aim_for, what);
  osc_table_plan_want_target (osc_tables_plan (self), aim == OSC_TABLES_PICK  ? NULL
                                                      : party || from == NULL ? ""
                                                                              : from->table_id);
  osc_table_panel_want_target (OSC_TABLE_PANEL (self->panel), party ? NULL : aim_sentence (aim));
  if (party)
    osc_toasts_say (GTK_WIDGET (self), aim_sentence (aim));
  show_hint (self);
}

static void
on_picked (OscTables *self, const char *id)
{
  if (self->aim != OSC_TABLES_PICK)
    osc_tables_hit (self, id);
  else
    osc_tables_pick (self, id);
}

static void
on_dropped (OscTables *self, const char *from, const char *on)
{
  osc_tables_pick (self, from);
  osc_tables_dropped (self, from, on);
}

/* ---- what came of it ---- */

static void
undo (OscTables *self)
{
  osc_table_store_undo (self->tables);
}

static void
on_done (OscTables *self, const char *sentence, gboolean can_undo)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) && !can_undo)
    return;
  if (can_undo)
    osc_toasts_offer (GTK_WIDGET (self), sentence, _ ("Undo"), G_CALLBACK (undo), G_OBJECT (self));
  else
    osc_toasts_say (GTK_WIDGET (self), sentence);
}

static void
on_failed (OscTables *self, const char *sentence)
{
  osc_toasts_say (GTK_WIDGET (self), sentence);
}

static void
on_plan_failed (OscTables *self, const GError *error)
{
  g_autofree char *text = osc_table_store_failure_text (error);

  osc_toasts_say (GTK_WIDGET (self), text);
}

/* ---- the editor ---- */

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  OscTables *self = OSC_TABLES (widget);

  if (self->editor == NULL) {
    self->editor = osc_floor_editor_new (osc_table_store_floors (self->tables));
    gtk_stack_add_named (GTK_STACK (self->stack), self->editor, "edit");
  }
  osc_floor_editor_begin (OSC_FLOOR_EDITOR (self->editor),
                          osc_table_plan_floor (osc_tables_plan (self)));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "edit");
}

static void
end_edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  OscTables *self = OSC_TABLES (widget);

  osc_floor_store_forget_steps (osc_table_store_floors (self->tables));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "work");
  on_plan_changed (self);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  OscTables *self = OSC_TABLES (widget);

  if (self->aim != OSC_TABLES_PICK)
    osc_tables_aim (self, OSC_TABLES_PICK, NULL);
  else
    osc_tables_pick (self, NULL);
  osc_tables_show_side (self, "table");
}

static void
pick_action (GtkWidget *widget, const char *name, GVariant *id)
{
  osc_tables_pick (OSC_TABLES (widget), g_variant_get_string (id, NULL));
}

/* ---- keys ---- */

static void
type_digit (OscTables *self, int digit)
{
  g_autofree char *text = g_strdup_printf ("%s%d", self->typed != NULL ? self->typed : "", digit);

  if (g_utf8_strlen (text, -1) <= OSY_PIECE_MAX_NUMBER)
    osy_set_str (&self->typed, text);
  show_hint (self);
}

/* Digits and Enter choose a table; Enter alone does what the large button says. */
static void
enter (OscTables *self)
{
  g_autofree char *number = g_steal_pointer (&self->typed);
  const OsyTable *table =
      number != NULL ? osc_table_store_find_number (self->tables, number) : NULL;

  show_hint (self);
  if (table != NULL)
    on_picked (self, table->table_id);
  else if (number != NULL)
    osc_toasts_say (GTK_WIDGET (self), _ ("There is no table with that number"));
  else if (self->aim == OSC_TABLES_PICK)
    osc_tables_primary (self);
}

static gboolean
back (OscTables *self)
{
  const char *side = gtk_stack_get_visible_child_name (GTK_STACK (self->side));
  gboolean inner = self->typed != NULL || self->aim != OSC_TABLES_PICK ||
                   osc_tables_picked (self) != NULL || g_strcmp0 (side, "table") != 0;

  if (!inner)
    return FALSE;
  if (self->typed != NULL)
    g_clear_pointer (&self->typed, g_free);
  else
    close_action (GTK_WIDGET (self), NULL, NULL);
  show_hint (self);
  return TRUE;
}

static gboolean
act_key (OscTables *self, const char *action)
{
  if (self->live)
    gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
  return TRUE;
}

static gboolean
step_key (OscTables *self, int dx, int dy)
{
  if (self->aim == OSC_TABLES_PICK)
    osc_table_plan_step (osc_tables_plan (self), dx, dy);
  return TRUE;
}

static gboolean
step_guests (OscTables *self, int by)
{
  OscTablePanel *panel = OSC_TABLE_PANEL (self->panel);

  osc_table_panel_set_guests (panel, osc_table_panel_guests (panel) + by);
  osc_table_panel_show (panel, osc_table_plan_picked (osc_tables_plan (self)));
  return TRUE;
}

static gboolean
arrow (OscTables *self, OscKey key)
{
  switch (key) {
  case OSC_KEY_LEFT: return step_key (self, -1, 0);
  case OSC_KEY_RIGHT: return step_key (self, 1, 0);
  case OSC_KEY_UP: return step_key (self, 0, -1);
  case OSC_KEY_DOWN: return step_key (self, 0, 1);
  default: return FALSE;
  }
}

static gboolean
work_key (OscTables *self, OscKey key)
{
  if (key >= OSC_KEY_CARD_1 && key <= OSC_KEY_CARD_9) {
    type_digit (self, (int)(key - OSC_KEY_CARD_1) + 1);
    return TRUE;
  }
  switch (key) {
  case OSC_KEY_ZERO: type_digit (self, 0); return TRUE;
  case OSC_KEY_NEXT: enter (self); return TRUE;
  case OSC_KEY_MORE: return step_guests (self, 1);
  case OSC_KEY_LESS: return step_guests (self, -1);
  case OSC_KEY_MOVE: return act_key (self, "tables.move");
  case OSC_KEY_SPLIT: return act_key (self, "tables.split");
  case OSC_KEY_BOOK: return act_key (self, "tables.book");
  case OSC_KEY_PAY: osc_tables_pay (self); return TRUE;
  case OSC_KEY_PRINT: return act_key (self, "tables.print");
  case OSC_KEY_BACK: return back (self);
  case OSC_KEY_UNDO: return osc_table_store_undo (self->tables);
  default: return arrow (self, key);
  }
}

static gboolean
view_key (OscView *view, OscKey key)
{
  OscTables *self = OSC_TABLES (view);

  if (is_on (self, "edit"))
    return osc_floor_editor_key (OSC_FLOOR_EDITOR (self->editor), key);
  return is_on (self, "work") && work_key (self, key);
}

/* ---- the view ---- */

static void
view_enter (OscView *view)
{
  OscTables *self = OSC_TABLES (view);

  on_plan_changed (self);
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
}

static void
view_open (OscView *view, const char *what)
{
  osc_tables_pick (OSC_TABLES (view), what);
}

static void
view_set_live (OscView *view, gboolean live)
{
  static const char *const actions[] = {
      "tables.primary",     "tables.seat",         "tables.order",        "tables.unmerge",
      "tables.print",       "tables.clear",        "tables.move",         "tables.merge",
      "tables.transfer",    "tables.request-bill", "tables.drop-bill",    "tables.book",
      "tables.edit",        "tables.template",     "tables.seat-booking", "tables.aim-booking",
      "tables.aim-waiting",
  };
  OscTables *self = OSC_TABLES (view);

  self->live = live;
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], live);
}

static gboolean
view_busy (OscView *view)
{
  OscTables *self = OSC_TABLES (view);

  return is_on (self, "edit") || self->aim != OSC_TABLES_PICK;
}

static const OscKeyLine *
view_key_lines (OscView *view)
{
  static const OscKeyLine lines[] = {
      {"1 … 9  Enter", N_ ("Choose a table by its number")},
      {"←  ↑  ↓  →", N_ ("To the next table")},
      {"Enter", N_ ("What the large button says")},
      {"+  −", N_ ("More or fewer guests")},
      {"M", N_ ("Move or merge")},
      {"S", N_ ("Split the bill")},
      {"B", N_ ("Book a table")},
      {"Ctrl Z", N_ ("Undo")},
      {NULL, NULL},
  };
  static const OscKeyLine drawing[] = {
      {"PgUp  PgDn", N_ ("Choose the next thing on the plan")},
      {"←  ↑  ↓  →", N_ ("Move it by 8, with Shift by 1")},
      {"Ctrl N", N_ ("Another table")},
      {"Ctrl D", N_ ("Duplicate")},
      {"R", N_ ("Turn")},
      {"Del", N_ ("Delete")},
      {"Ctrl Z  Ctrl Shift Z", N_ ("Undo, redo")},
      {"Esc", N_ ("Done drawing")},
      {NULL, NULL},
  };

  return is_on (OSC_TABLES (view), "edit") ? drawing : lines;
}

static void
view_init (OscViewInterface *iface)
{
  iface->enter = view_enter;
  iface->open = view_open;
  iface->key = view_key;
  iface->set_live = view_set_live;
  iface->busy = view_busy;
  iface->key_lines = view_key_lines;
}

/* ---- life ---- */

static void
fit (OscTables *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;
  gboolean wide = surface != NULL && gdk_surface_get_width (surface) >= osc_scale_px (WIDE_FROM);

  gtk_widget_set_size_request (self->side, osc_scale_px (wide ? SIDE_WIDTH_WIDE : SIDE_WIDTH), -1);
}

static void
osc_tables_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (osc_tables_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (gtk_widget_get_native (widget)), "notify::width",
                           G_CALLBACK (fit), widget, G_CONNECT_SWAPPED);
  fit (OSC_TABLES (widget));
}

static void
osc_tables_dispose (GObject *object)
{
  OscTables *self = OSC_TABLES (object);

  self->filling = TRUE;
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_TABLES);
  g_clear_object (&self->tables);
  g_clear_pointer (&self->aim_for, g_free);
  g_clear_pointer (&self->aim_what, json_object_unref);
  g_clear_pointer (&self->typed, g_free);
  G_OBJECT_CLASS (osc_tables_parent_class)->dispose (object);
}

static void
osc_tables_class_init (OscTablesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_tables_dispose;
  widget_class->realize = osc_tables_realize;
  g_type_ensure (ADW_TYPE_STATUS_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/tables/osc-tables.ui");
  gtk_widget_class_bind_template_child (widget_class, OscTables, stack);
  gtk_widget_class_bind_template_child (widget_class, OscTables, templates);
  gtk_widget_class_bind_template_child (widget_class, OscTables, work);
  gtk_widget_class_bind_template_child (widget_class, OscTables, left);
  gtk_widget_class_bind_template_child (widget_class, OscTables, floors);
  gtk_widget_class_bind_template_child (widget_class, OscTables, legend);
  gtk_widget_class_bind_template_child (widget_class, OscTables, waiting);
  gtk_widget_class_bind_template_child (widget_class, OscTables, waiting_label);
  gtk_widget_class_bind_template_child (widget_class, OscTables, bookings);
  gtk_widget_class_bind_template_child (widget_class, OscTables, bookings_label);
  gtk_widget_class_bind_template_child (widget_class, OscTables, foot);
  gtk_widget_class_bind_template_child (widget_class, OscTables, hint);
  gtk_widget_class_bind_template_child (widget_class, OscTables, side);
  gtk_widget_class_bind_template_callback (widget_class, on_list_toggled);
  osc_tables_install_acts (widget_class);
  gtk_widget_class_install_action (widget_class, "tables.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "tables.end-edit", NULL, end_edit_action);
  gtk_widget_class_install_action (widget_class, "tables.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "tables.pick", "s", pick_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tables");
}

/* How many tables to begin with. */
static void
add_templates (OscTables *self)
{
  static const int sizes[] = {8, 12, 20};

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *text =
        g_strdup_printf (g_dngettext (NULL, "%d table", "%d tables", (gulong)sizes[i]), sizes[i]);
    GtkWidget *button = gtk_button_new_with_label (text);

    gtk_widget_add_css_class (button, i == 1 ? "primary" : "soft");
    gtk_widget_add_css_class (button, "commit");
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "tables.template");
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", sizes[i]);
    gtk_box_append (GTK_BOX (self->templates), button);
  }
}

static void
osc_tables_init (OscTables *self)
{
  self->live = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  add_templates (self);
  show_hint (self);
}

static void
add_parts (OscTables *self)
{
  self->plan = osc_table_plan_new (self->tables);
  gtk_widget_set_vexpand (self->plan, TRUE);
  gtk_box_insert_child_after (GTK_BOX (self->left), self->plan,
                              gtk_widget_get_first_child (self->left));
  self->panel = osc_table_panel_new (self->tables);
  self->booking_list = osc_booking_list_new (self->tables);
  self->waiting_list = osc_waiting_list_new (self->tables);
  gtk_stack_add_named (GTK_STACK (self->side), self->panel, "table");
  gtk_stack_add_named (GTK_STACK (self->side), self->booking_list, "bookings");
  gtk_stack_add_named (GTK_STACK (self->side), self->waiting_list, "waiting");
  g_signal_connect_object (self->plan, "picked", G_CALLBACK (on_picked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->plan, "dropped", G_CALLBACK (on_dropped), self, G_CONNECT_SWAPPED);
}

GtkWidget *
osc_tables_new (const OscContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);
  OscTables *self = g_object_new (OSC_TYPE_TABLES, NULL);

  self->tables = g_object_ref (context->tables);
  add_parts (self);
  g_signal_connect_object (self->tables, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tables, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tables, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (osc_table_store_floors (self->tables), "changed",
                           G_CALLBACK (on_plan_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (osc_table_store_floors (self->tables), "failed",
                           G_CALLBACK (on_plan_failed), self, G_CONNECT_SWAPPED);
  on_plan_changed (self);
  return GTK_WIDGET (self);
}
