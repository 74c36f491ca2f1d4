/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Past orders and find. The picked row is the selection of the list, not the focus, so that keys
 * work wherever the focus is. */

#include "osc-past.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "osc-past-day.h"
#include "osc-past-row.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

#define SHAPES_MS 200

struct _OscPast {
  GtkWidget parent_instance;
  GtkWidget *search;
  GtkWidget *day;
  GtkWidget *kind_all;
  GtkWidget *kind_open;
  GtkWidget *kind_completed;
  GtkWidget *kind_dropped;
  GtkWidget *stack;
  GtkWidget *scroller;
  GtkWidget *list;
  GtkWidget *nothing;
  GtkWidget *every_day;
  GtkWidget *status;
  GtkWidget *failed_foot;
  GtkSingleSelection *selection;
  OscPastOrders *orders;
  OscContext context; /* borrowed */
  guint shapes_source;
  gboolean live;
};

static void osc_past_view_init (OscViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscPast,
                               osc_past,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (OSC_TYPE_VIEW, osc_past_view_init))

/* ---- the question ---- */

static OscPastKind
chosen_kind (OscPast *self)
{
  GtkWidget *buttons[] = {self->kind_all, self->kind_open, self->kind_completed,
                          self->kind_dropped};

  for (int i = 0; i < (int)G_N_ELEMENTS (buttons); i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (buttons[i])))
      return (OscPastKind)i;
  return OSC_PAST_ALL;
}

static void
look (OscPast *self)
{
  osc_past_orders_look (self->orders, osc_past_day_get (OSC_PAST_DAY (self->day)),
                        chosen_kind (self));
}

static void
on_kind (OscPast *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    look (self);
}

static void
on_typed (OscPast *self)
{
  osc_past_orders_find (self->orders, gtk_editable_get_text (GTK_EDITABLE (self->search)), FALSE);
}

static void
on_every_day (OscPast *self)
{
  osc_past_day_set (OSC_PAST_DAY (self->day), NULL);
  look (self);
}

static void
show_today (OscPast *self)
{
  g_autofree char *today = osc_shop_store_business_day (self->context.shop, osy_clock_now ());

  osc_past_day_set_today (OSC_PAST_DAY (self->day), today);
}

/* ---- what is shown ---- */

static void
show_nothing (OscPast *self)
{
  const char *text = osc_past_orders_text (self->orders);
  const char *day = osc_past_orders_day (self->orders);
  g_autofree char *title = NULL;
  g_autofree char *words = osc_words_day (day);

  if (text[0] != '\0')
    title = g_strdup_printf (_ ("No order found for “%s”"), text);
  else if (day != NULL)
    title = g_strdup_printf (_ ("No orders on %s"), words);
  else
    title = g_strdup (_ ("No orders"));
  adw_status_page_set_title (ADW_STATUS_PAGE (self->nothing), title);
  adw_status_page_set_description (
      ADW_STATUS_PAGE (self->nothing),
      text[0] != '\0' ? _ ("Number, name, phone, item or amount. Initials of an item will do")
                      : NULL);
  gtk_widget_set_visible (self->every_day, day != NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "nothing");
}

static gboolean
shapes_cb (gpointer user_data)
{
  OscPast *self = user_data;

  self->shapes_source = 0;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "shapes");
  return G_SOURCE_REMOVE;
}

static guint
count (OscPast *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->orders));
}

static void
tell (OscPast *self)
{
  g_autofree char *text = g_strdup_printf (
      g_dngettext (NULL, "%d order", "%d orders", count (self)), (int)count (self));

  osc_widget_set_name (self->status, text);
}

/* What is listed stays while the next page, or a page after a failure, is on its way. */
static void
show_phase (OscPast *self)
{
  OscPastPhase phase = osc_past_orders_phase (self->orders);
  const char *page = gtk_stack_get_visible_child_name (GTK_STACK (self->stack));

  gtk_widget_set_visible (self->failed_foot, phase == OSC_PAST_FAILED && count (self) > 0);
  if (phase == OSC_PAST_LOADING) {
    if (self->shapes_source == 0 && g_strcmp0 (page, "orders") != 0)
      self->shapes_source = g_timeout_add (SHAPES_MS, shapes_cb, self);
    return;
  }
  g_clear_handle_id (&self->shapes_source, g_source_remove);
  if (count (self) > 0)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "orders");
  else if (phase == OSC_PAST_FAILED)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "failed");
  else
    show_nothing (self);
  tell (self);
}

/* An order may come while nothing is listed. */
static void
on_items (OscPast *self)
{
  if (osc_past_orders_phase (self->orders) == OSC_PAST_READY && count (self) > 0)
    show_phase (self);
}

static void
on_retry (OscPast *self)
{
  osc_past_orders_retry (self->orders);
}

static void
on_scrolled (OscPast *self)
{
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  double page = gtk_adjustment_get_page_size (place);

  if (gtk_adjustment_get_value (place) + 3 * page > gtk_adjustment_get_upper (place))
    osc_past_orders_more (self->orders);
}

/* ---- rows ---- */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *cell, OscPast *self)
{
  gtk_list_item_set_child (cell, osc_past_row_new ());
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *cell, OscPast *self)
{
  osc_past_row_show (OSC_PAST_ROW (gtk_list_item_get_child (cell)), gtk_list_item_get_item (cell),
                     osc_past_orders_day (self->orders) == NULL);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *cell, OscPast *self)
{
  osc_past_row_show (OSC_PAST_ROW (gtk_list_item_get_child (cell)), NULL, FALSE);
}

/* ---- what is done with an order ---- */

static OscOrderItem *
picked (OscPast *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static OscOrderItem *
find_item (OscPast *self, const char *id)
{
  for (guint i = 0; i < count (self); i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (G_LIST_MODEL (self->orders), i);

    if (g_str_equal (osc_order_item_data (item)->id, id))
      return item;
  }
  return NULL;
}

static void
open_item (OscPast *self, OscOrderItem *item)
{
  osc_order_store_adopt (self->context.orders, item);
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.open-order", "s",
                              osc_order_item_data (item)->id);
}

static void
recall (OscPast *self, OscOrderItem *item)
{
  const char *why_not = osc_words_no_recall (osc_order_item_data (item));

  if (why_not != NULL) {
    osc_toasts_say (GTK_WIDGET (self), why_not);
  } else if (self->live) {
    osc_order_store_adopt (self->context.orders, item);
    osc_acts_recall (self->context.acts, item);
  }
}

static void
copy (OscPast *self, OscOrderItem *item)
{
  osc_order_store_adopt (self->context.orders, item);
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.show", "(ss)", "sale",
                              osc_order_item_data (item)->id);
}

static void
recall_action (GtkWidget *widget, const char *name, GVariant *id)
{
  OscOrderItem *item = find_item (OSC_PAST (widget), g_variant_get_string (id, NULL));

  if (item != NULL)
    recall (OSC_PAST (widget), item);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *id)
{
  OscOrderItem *item = find_item (OSC_PAST (widget), g_variant_get_string (id, NULL));

  if (item != NULL)
    copy (OSC_PAST (widget), item);
}

static void
on_activate (OscPast *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  open_item (self, picked (self));
}

/* ---- keys ---- */

static gboolean
pick (OscPast *self, int direction)
{
  guint at = gtk_single_selection_get_selected (self->selection);
  guint to = at == GTK_INVALID_LIST_POSITION ? 0 : direction > 0 ? at + 1 : at - MIN (at, 1);

  if (count (self) == 0)
    return TRUE;
  to = MIN (to, count (self) - 1);
  gtk_single_selection_set_selected (self->selection, to);
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", to);
  return TRUE;
}

static void
print (OscPast *self, OscOrderItem *item, gboolean receipt)
{
  const char *check = osc_order_item_data (item)->check_id;

  if (check != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "shell.print", "(ss)",
                                receipt ? "receipt" : "bill", check);
}

/* Also what is paid: a receipt may be wanted later. */
static void
pay (OscPast *self, OscOrderItem *item)
{
  const char *check = osc_order_item_data (item)->check_id;
  g_autofree char *what = check != NULL ? g_strconcat (check, "/past", NULL) : NULL;

  if (what != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "shell.show", "(ss)", "payment", what);
}

static gboolean
on_picked_key (OscPast *self, OscKey key)
{
  OscOrderItem *item = picked (self);

  if (item == NULL)
    return FALSE;
  switch (key) {
  case OSC_KEY_NEXT: open_item (self, item); return TRUE;
  case OSC_KEY_RECALL: recall (self, item); return TRUE;
  case OSC_KEY_COPY: copy (self, item); return TRUE;
  case OSC_KEY_PAY: pay (self, item); return TRUE;
  case OSC_KEY_PRINT:
  case OSC_KEY_REPRINT: print (self, item, key == OSC_KEY_REPRINT); return TRUE;
  default: return FALSE;
  }
}

static gboolean
osc_past_key (OscView *view, OscKey key)
{
  OscPast *self = OSC_PAST (view);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  switch (key) {
  case OSC_KEY_UP: return pick (self, -1);
  case OSC_KEY_DOWN: return pick (self, 1);
  case OSC_KEY_LEFT: osc_past_day_step (OSC_PAST_DAY (self->day), -1); return TRUE;
  case OSC_KEY_RIGHT: osc_past_day_step (OSC_PAST_DAY (self->day), 1); return TRUE;
  case OSC_KEY_FIND: gtk_widget_grab_focus (self->search); return TRUE;
  case OSC_KEY_BACK:
    /* Out of the search first; what was typed stays. */
    if (root == NULL || !GTK_IS_EDITABLE (gtk_root_get_focus (root)))
      return FALSE;
    gtk_root_set_focus (root, NULL);
    return TRUE;
  default: return on_picked_key (self, key);
  }
}

/* Enter in the search opens the first order found. */
static void
on_submitted (OscPast *self)
{
  osc_past_orders_find (self->orders, gtk_editable_get_text (GTK_EDITABLE (self->search)), TRUE);
  if (osc_past_orders_phase (self->orders) == OSC_PAST_READY && count (self) > 0)
    on_activate (self, 0);
}

/* Down leaves the search for the list. */
static gboolean
on_search_key (OscPast *self, guint keyval)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  pick (self, 1);
  return GDK_EVENT_STOP;
}

static const OscKeyLine *
osc_past_key_lines (OscView *view)
{
  static const OscKeyLine lines[] = {
      {"↑ ↓", N_ ("Pick an order")},     {"Enter", N_ ("Open the order")},
      {"← →", N_ ("Day before, after")}, {"R", N_ ("Take back")},
      {"Ctrl D", N_ ("As a new order")}, {.keys = NULL},
  };

  return lines;
}

/* ---- the view ---- */

static void
osc_past_enter (OscView *view)
{
  OscPast *self = OSC_PAST (view);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  show_today (self);
  if (root != NULL)
    gtk_root_set_focus (root, NULL);
  look (self);
}

static void
osc_past_open (OscView *view, const char *what)
{
  OscPast *self = OSC_PAST (view);

  gtk_widget_grab_focus (self->search);
  if (what[0] == '\0')
    return;
  osc_past_day_set (OSC_PAST_DAY (self->day), NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->kind_all), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->search), what);
  gtk_editable_set_position (GTK_EDITABLE (self->search), -1);
  osc_past_orders_find (self->orders, what, FALSE);
  look (self);
}

static void
osc_past_set_live (OscView *view, gboolean live)
{
  OscPast *self = OSC_PAST (view);

  self->live = live;
  if (live && self->orders != NULL)
    osc_past_orders_retry (self->orders);
}

static void
osc_past_view_init (OscViewInterface *iface)
{
  iface->enter = osc_past_enter;
  iface->open = osc_past_open;
  iface->key = osc_past_key;
  iface->set_live = osc_past_set_live;
  iface->key_lines = osc_past_key_lines;
}

/* ---- life ---- */

static void
osc_past_dispose (GObject *object)
{
  OscPast *self = OSC_PAST (object);

  g_clear_handle_id (&self->shapes_source, g_source_remove);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_PAST);
  g_clear_object (&self->selection);
  g_clear_object (&self->orders);
  G_OBJECT_CLASS (osc_past_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/past/osc-past.ui");
  gtk_widget_class_bind_template_child (widget_class, OscPast, search);
  gtk_widget_class_bind_template_child (widget_class, OscPast, day);
  gtk_widget_class_bind_template_child (widget_class, OscPast, kind_all);
  gtk_widget_class_bind_template_child (widget_class, OscPast, kind_open);
  gtk_widget_class_bind_template_child (widget_class, OscPast, kind_completed);
  gtk_widget_class_bind_template_child (widget_class, OscPast, kind_dropped);
  gtk_widget_class_bind_template_child (widget_class, OscPast, stack);
  gtk_widget_class_bind_template_child (widget_class, OscPast, scroller);
  gtk_widget_class_bind_template_child (widget_class, OscPast, list);
  gtk_widget_class_bind_template_child (widget_class, OscPast, nothing);
  gtk_widget_class_bind_template_child (widget_class, OscPast, every_day);
  gtk_widget_class_bind_template_child (widget_class, OscPast, status);
  gtk_widget_class_bind_template_child (widget_class, OscPast, failed_foot);
}

static void
osc_past_class_init (OscPastClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_past_dispose;
  g_type_ensure (OSC_TYPE_PAST_DAY);
  bind_template (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_submitted);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key);
  gtk_widget_class_bind_template_callback (widget_class, on_kind);
  gtk_widget_class_bind_template_callback (widget_class, on_every_day);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_day", G_CALLBACK (look));
  gtk_widget_class_install_action (widget_class, "past.recall", "s", recall_action);
  gtk_widget_class_install_action (widget_class, "past.copy", "s", copy_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "past");
}

static void
osc_past_init (OscPast *self)
{
  self->live = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

static void
make_list (OscPast *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->orders));
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list), factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (self->selection));
}

GtkWidget *
osc_past_new (const OscContext *context)
{
  OscPast *self = g_object_new (OSC_TYPE_PAST, NULL);
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  self->context = *context;
  self->orders = osc_past_orders_new (context->client, context->orders);
  g_signal_connect_object (self->orders, "notify::phase", G_CALLBACK (show_phase), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->orders, "items-changed", G_CALLBACK (on_items), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (place, "changed", G_CALLBACK (on_scrolled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (place, "value-changed", G_CALLBACK (on_scrolled), self,
                           G_CONNECT_SWAPPED);
  make_list (self);
  show_today (self);
  g_autofree char *today = osc_shop_store_business_day (context->shop, osy_clock_now ());
  osc_past_day_set (OSC_PAST_DAY (self->day), today);
  return GTK_WIDGET (self);
}

OscPastOrders *
osc_past_orders (OscPast *self)
{
  g_return_val_if_fail (OSC_IS_PAST (self), NULL);
  return self->orders;
}
