/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The current cart, and the held ones as tabs above it. */

#include "osc-cart-panel.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "osc-cart-row.h"
#include "osc-guest-sheet.h"
#include "osc-widget.h"
#include "osc-words.h"

#define TYPES 3

struct _OscCartPanel {
  GtkWidget parent_instance;
  GtkWidget *held;
  GtkWidget *dine_in;
  GtkWidget *takeout;
  GtkWidget *delivery;
  GtkWidget *table;
  GtkWidget *table_label;
  GtkWidget *people;
  GtkWidget *people_label;
  GtkWidget *address;
  GtkWidget *address_label;
  GtkWidget *guest_label;
  GtkWidget *stack;
  GtkWidget *scroller;
  GtkWidget *lines;
  GtkWidget *note;
  GtkWidget *count;
  GtkWidget *total;
  GtkWidget *reason;
  GtkWidget *send;
  GtkWidget *send_key;

  OscCarts *carts;
  OscMenuStore *menu;
  OscCart *cart;       /* the current one */
  OscCartLine *chosen; /* nullable */
  gboolean live;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (OscCartPanel, osc_cart_panel, GTK_TYPE_WIDGET)

static const char *const types[TYPES] = {"DINE_IN", "TAKEOUT", "DELIVERY"};

/* ---- lines ---- */

static OscCartRow *
row_at (OscCartPanel *self, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->lines), index);

  return row != NULL ? OSC_CART_ROW (gtk_list_box_row_get_child (row)) : NULL;
}

static int
index_of (OscCartPanel *self, OscCartLine *line)
{
  OscCartRow *row;

  for (int i = 0; (row = row_at (self, i)) != NULL; i++)
    if (osc_cart_row_line (row) == line)
      return i;
  return -1;
}

OscCartLine *
osc_cart_panel_find (OscCartPanel *self, int id)
{
  g_return_val_if_fail (OSC_IS_CART_PANEL (self), NULL);
  OscCartRow *row;

  for (int i = 0; (row = row_at (self, i)) != NULL; i++)
    if (osc_cart_line_id (osc_cart_row_line (row)) == id)
      return osc_cart_row_line (row);
  return NULL;
}

static void
mark_chosen (OscCartPanel *self)
{
  gboolean dine_in = self->cart != NULL && strcmp (osc_cart_type (self->cart), "DINE_IN") == 0;
  OscCartRow *row;

  for (int i = 0; (row = row_at (self, i)) != NULL; i++) {
    osc_cart_row_set_dine_in (row, dine_in);
    osc_cart_row_set_chosen (row, osc_cart_row_line (row) == self->chosen);
  }
}

OscCartLine *
osc_cart_panel_line (OscCartPanel *self)
{
  g_return_val_if_fail (OSC_IS_CART_PANEL (self), NULL);
  return self->chosen;
}

/* The row unfolds first; then as much of it as fits is brought on screen. */
static gboolean
show_chosen_cb (gpointer user_data)
{
  OscCartPanel *self = user_data;
  int index = self->chosen != NULL ? index_of (self, self->chosen) : -1;
  graphene_rect_t area;

  if (index >= 0 &&
      gtk_widget_compute_bounds (GTK_WIDGET (row_at (self, index)), self->lines, &area))
    gtk_adjustment_clamp_page (
        gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), area.origin.y,
        area.origin.y + area.size.height);
  return G_SOURCE_REMOVE;
}

void
osc_cart_panel_choose (OscCartPanel *self, OscCartLine *line)
{
  g_return_if_fail (OSC_IS_CART_PANEL (self));

  g_set_object (&self->chosen, line);
  mark_chosen (self);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, show_chosen_cb, g_object_ref (self), g_object_unref);
}

void
osc_cart_panel_step (OscCartPanel *self, int step)
{
  g_return_if_fail (OSC_IS_CART_PANEL (self));
  int index = self->chosen != NULL ? index_of (self, self->chosen) + step : 0;
  OscCartRow *row = row_at (self, MAX (index, 0));

  if (row != NULL)
    osc_cart_panel_choose (self, osc_cart_row_line (row));
}

static void
on_row_activated (OscCartPanel *self, GtkListBoxRow *row)
{
  OscCartLine *line = osc_cart_row_line (OSC_CART_ROW (gtk_list_box_row_get_child (row)));

  osc_cart_panel_choose (self, line == self->chosen ? NULL : line);
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  OscCartPanel *self = user_data;
  const OsyMenuItem *dish =
      osy_menu_find_item (osc_menu_store_get (self->menu), osc_cart_line_item_id (item));
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (
      GTK_LIST_BOX_ROW (row),
      osc_cart_row_new (self->cart, self->menu, item, dish != NULL && dish->groups->len > 0));
  osc_widget_set_name (row, osc_cart_line_name (item));
  return row;
}

/* ---- words ---- */

static void
show_texts (OscCartPanel *self)
{
  const char *table = osc_cart_text (self->cart, OSC_CART_TABLE);
  const char *name = osc_cart_text (self->cart, OSC_CART_NAME);
  const char *phone = osc_cart_text (self->cart, OSC_CART_PHONE);
  const char *address = osc_cart_text (self->cart, OSC_CART_ADDRESS);
  int guests = osc_cart_guests (self->cart);
  g_autofree char *table_text =
      table[0] != '\0' ? g_strdup_printf (_ ("Table %s"), table) : g_strdup (_ ("Table"));
  /* Translators: how many people sit at the table */
  g_autofree char *people_text =
      guests > 0
          ? g_strdup_printf (g_dngettext (NULL, "%d person", "%d people", (gulong)guests), guests)
          : g_strdup (_ ("People"));

  gtk_label_set_label (GTK_LABEL (self->table_label), table_text);
  gtk_label_set_label (GTK_LABEL (self->people_label), people_text);
  gtk_label_set_label (GTK_LABEL (self->address_label),
                       address[0] != '\0' ? address : _ ("Address"));
  gtk_label_set_label (GTK_LABEL (self->guest_label), name[0] != '\0'    ? name
                                                      : phone[0] != '\0' ? phone
                                                                         : _ ("Guest"));
}

static void
show_type (OscCartPanel *self)
{
  GtkWidget *buttons[TYPES] = {self->dine_in, self->takeout, self->delivery};
  const char *type = osc_cart_type (self->cart);

  for (int i = 0; i < TYPES; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (buttons[i]), strcmp (types[i], type) == 0);
  gtk_widget_set_visible (self->table, strcmp (type, "DINE_IN") == 0);
  gtk_widget_set_visible (self->people, strcmp (type, "DINE_IN") == 0);
  gtk_widget_set_visible (self->address, strcmp (type, "DELIVERY") == 0);
}

static void
show_note (OscCartPanel *self)
{
  GtkEditable *note = GTK_EDITABLE (self->note);
  const char *text = osc_cart_text (self->cart, OSC_CART_NOTE);

  if (strcmp (gtk_editable_get_text (note), text) == 0)
    return;
  gtk_editable_set_text (note, text);
  gtk_editable_set_position (note, -1);
}

/* Why it cannot be sent, once there is anything to send. (transfer full) (nullable) */
static char *
reason_text (OscCartPanel *self)
{
  g_autofree char *reason = NULL;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->cart)) == 0)
    return NULL;
  if (!self->live)
    return g_strdup (_ ("Reconnecting. The cart is kept; send it in a moment"));
  if (osc_cart_is_unsure (self->cart))
    return g_strdup (_ ("Nobody knows yet whether it arrived. Send it again, unchanged"));
  if (!osc_cart_can_send (self->cart, &reason))
    return g_steal_pointer (&reason);
  return NULL;
}

static void
show_foot (OscCartPanel *self)
{
  int count = osc_cart_count (self->cart);
  g_autofree char *count_text =
      g_strdup_printf (g_dngettext (NULL, "%d item", "%d items", (gulong)count), count);
  g_autofree char *total = osc_words_money (osc_cart_total (self->cart));
  g_autofree char *reason = reason_text (self);
  gboolean can_send = self->live && osc_cart_can_send (self->cart, NULL);

  gtk_label_set_label (GTK_LABEL (self->count), count_text);
  gtk_label_set_label (GTK_LABEL (self->total), total);
  gtk_label_set_label (GTK_LABEL (self->reason), reason != NULL ? reason : "");
  gtk_widget_set_visible (self->reason, reason != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "panel.send", can_send);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "panel.pay", can_send);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "panel.hold", !osc_cart_is_empty (self->cart));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "panel.undo", osc_cart_can_undo (self->cart));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "panel.redo", osc_cart_can_redo (self->cart));
}

static void
show (OscCartPanel *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->cart)) > 0;

  if (self->filling)
    return;
  self->filling = TRUE;
  show_type (self);
  show_texts (self);
  show_note (self);
  show_foot (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), any ? "lines" : "empty");
  if (self->chosen != NULL && index_of (self, self->chosen) < 0)
    osc_cart_panel_choose (self, NULL);
  mark_chosen (self);
  self->filling = FALSE;
}

static void
on_type_toggled (GtkToggleButton *button, OscCartPanel *self)
{
  GtkWidget *buttons[TYPES] = {self->dine_in, self->takeout, self->delivery};

  if (self->filling || self->cart == NULL || !gtk_toggle_button_get_active (button))
    return;
  for (int i = 0; i < TYPES; i++)
    if (buttons[i] == GTK_WIDGET (button))
      osc_cart_set_type (self->cart, types[i]);
  if (button == GTK_TOGGLE_BUTTON (self->delivery) &&
      osc_cart_text (self->cart, OSC_CART_ADDRESS)[0] == '\0')
    gtk_widget_activate_action (GTK_WIDGET (self), "sale.guest", "i", OSC_GUEST_ADDRESS);
}

static void
on_note_changed (OscCartPanel *self)
{
  if (self->filling || self->cart == NULL)
    return;
  self->filling = TRUE;
  osc_cart_set_text (self->cart, OSC_CART_NOTE, gtk_editable_get_text (GTK_EDITABLE (self->note)));
  self->filling = FALSE;
  show_foot (self);
}

/* Enter ends the note; sending is another Enter. */
static void
on_note_done (OscCartPanel *self)
{
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
}

/* ---- held carts ---- */

static void
on_held_clicked (GtkButton *tab, OscCartPanel *self)
{
  osc_carts_take_up (self->carts, g_object_get_data (G_OBJECT (tab), "osc-cart"));
}

/* Whose it is, or else when it was put by, and what it comes to. (transfer full) */
static char *
held_text (OscCartPanel *self, OscCart *cart)
{
  const char *table = osc_cart_text (cart, OSC_CART_TABLE);
  const char *name = osc_cart_text (cart, OSC_CART_NAME);
  g_autofree char *clock = osc_words_clock (osc_carts_held_at (self->carts, cart));
  g_autofree char *money = osc_words_money (osc_cart_total (cart));
  g_autofree char *place = NULL;

  if (table[0] != '\0' && strcmp (osc_cart_type (cart), "DINE_IN") == 0)
    place = g_strdup_printf (_ ("Table %s"), table);
  else
    place = g_strdup (name[0] != '\0' ? name : clock);
  return g_strdup_printf ("%s · %s", place, money);
}

static void
show_held (OscCartPanel *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->carts));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (row, "held-row");
  for (guint i = 0; i < n; i++) {
    g_autoptr (OscCart) cart = g_list_model_get_item (G_LIST_MODEL (self->carts), i);
    g_autofree char *text = held_text (self, cart);
    g_autofree char *name = g_strdup_printf (_ ("Held: %s"), text);
    GtkWidget *tab = gtk_button_new_with_label (text);

    gtk_widget_set_focus_on_click (tab, FALSE);
    gtk_widget_add_css_class (tab, "held-tab");
    gtk_widget_add_css_class (tab, "numeric");
    osc_widget_set_name (tab, name);
    g_object_set_data_full (G_OBJECT (tab), "osc-cart", g_object_ref (cart), g_object_unref);
    g_signal_connect_object (tab, "clicked", G_CALLBACK (on_held_clicked), self, G_CONNECT_DEFAULT);
    gtk_box_append (GTK_BOX (row), tab);
  }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->held), row);
  gtk_widget_set_visible (self->held, n > 0);
}

static void
follow_current (OscCartPanel *self)
{
  OscCart *cart = osc_carts_current (self->carts);

  if (cart == self->cart)
    return;
  if (self->cart != NULL)
    g_signal_handlers_disconnect_by_data (self->cart, self);
  g_set_object (&self->cart, cart);
  g_set_object (&self->chosen, NULL);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->lines), G_LIST_MODEL (cart), make_row, self, NULL);
  g_signal_connect_object (cart, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cart, "notify::busy", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

void
osc_cart_panel_setup (OscCartPanel *self, OscCarts *carts, OscMenuStore *menu)
{
  g_return_if_fail (OSC_IS_CART_PANEL (self) && self->carts == NULL);

  self->carts = g_object_ref (carts);
  self->menu = g_object_ref (menu);
  g_signal_connect_object (carts, "notify::current", G_CALLBACK (follow_current), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (carts, "items-changed", G_CALLBACK (show_held), self, G_CONNECT_SWAPPED);
  follow_current (self);
  show_held (self);
}

void
osc_cart_panel_set_live (OscCartPanel *self, gboolean live)
{
  g_return_if_fail (OSC_IS_CART_PANEL (self));
  self->live = live;
  show_foot (self);
}

void
osc_cart_panel_set_send_key (OscCartPanel *self, const char *key)
{
  g_return_if_fail (OSC_IS_CART_PANEL (self));
  gtk_label_set_label (GTK_LABEL (self->send_key), key != NULL ? key : "");
  gtk_widget_set_visible (self->send_key, key != NULL);
  osc_widget_set_class (self->send, "aside", key == NULL);
}

/* ---- actions ---- */

/* Each has an action of the view's behind it; here they are also switched off. */
static void
pass_on_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *of_view = g_strconcat ("sale.", name + strlen ("panel."), NULL);

  gtk_widget_activate_action_variant (widget, of_view, NULL);
}

static void
guest_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action_variant (widget, "sale.guest", parameter);
}

/* ---- life ---- */

static void
osc_cart_panel_dispose (GObject *object)
{
  OscCartPanel *self = OSC_CART_PANEL (object);

  self->filling = TRUE;
  if (self->cart != NULL)
    g_signal_handlers_disconnect_by_data (self->cart, self);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_CART_PANEL);
  g_clear_object (&self->chosen);
  g_clear_object (&self->cart);
  g_clear_object (&self->carts);
  g_clear_object (&self->menu);
  G_OBJECT_CLASS (osc_cart_panel_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/sale/osc-cart-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, held);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, dine_in);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, takeout);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, delivery);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, table);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, table_label);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, people);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, people_label);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, address);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, address_label);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, guest_label);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, lines);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, note);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, count);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, total);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, reason);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, send);
  gtk_widget_class_bind_template_child (widget_class, OscCartPanel, send_key);
  gtk_widget_class_bind_template_callback (widget_class, on_type_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_note_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_note_done);
}

static void
osc_cart_panel_class_init (OscCartPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_cart_panel_dispose;
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "panel.send", NULL, pass_on_action);
  gtk_widget_class_install_action (widget_class, "panel.pay", NULL, pass_on_action);
  gtk_widget_class_install_action (widget_class, "panel.hold", NULL, pass_on_action);
  gtk_widget_class_install_action (widget_class, "panel.undo", NULL, pass_on_action);
  gtk_widget_class_install_action (widget_class, "panel.redo", NULL, pass_on_action);
  gtk_widget_class_install_action (widget_class, "panel.guest", "i", guest_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "cartpanel");
}

static void
osc_cart_panel_init (OscCartPanel *self)
{
  self->live = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  gtk_entry_set_max_length (GTK_ENTRY (self->note), OSC_CART_MAX_NOTE);
}
