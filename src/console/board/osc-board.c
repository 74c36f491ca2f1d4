/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The order board: four columns over one list of orders, and what touch and keys do to them. */

#include "osc-board.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "osc-board-column.h"
#include "osc-board-row.h"
#include "osc-filter-bar.h"
#include "osc-later.h"
#include "osc-still-list.h"
#include "osc-task-bar.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

#define COLUMNS 4
#define HOLD_MS 400

struct _OscBoard {
  GtkWidget parent_instance;

  GtkWidget *filter;
  GtkWidget *later;
  GtkWidget *switcher;
  GtkWidget *switch_ready;
  GtkWidget *switch_out;
  GtkWidget *status;
  GtkWidget *tasks;
  GtkWidget *stack;
  GtkWidget *row;
  GtkWidget *column_new;
  GtkWidget *column_cooking;
  GtkWidget *column_ready;
  GtkWidget *column_out;

  OscOrderStore *store;
  OscActs *acts;
  OscMinutes *minutes;
  OscPrinterStore *printers;
  OscKitchenStore *kitchen;
  OscDeliveryStore *deliveries;
  OscPick *pick;
  OscStillList *orders;
  guint second_source;
  guint late_told;
  gboolean live;
};

enum { OPEN_ORDER, DROP_ORDER, N_SIGNALS };
static guint signals[N_SIGNALS];

static void osc_board_view_init (OscViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscBoard,
                               osc_board,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (OSC_TYPE_VIEW, osc_board_view_init))

static OscBoardColumn *
column_at (OscBoard *self, int index)
{
  GtkWidget *columns[COLUMNS] = {self->column_new, self->column_cooking, self->column_ready,
                                 self->column_out};

  return OSC_BOARD_COLUMN (columns[index]);
}

/* ---- acts ---- */

static void
do_act (OscBoard *self, OscOrderItem *item, const char *act)
{
  if (item == NULL || act == NULL || !self->live || osc_order_item_get_busy (item))
    return;
  osc_still_list_hold (self->orders, HOLD_MS);
  osc_filter_bar_touch (OSC_FILTER_BAR (self->filter));
  if (strcmp (act, "accept") == 0)
    osc_acts_accept (self->acts, item, osc_minutes_get (self->minutes, item));
  else
    osc_acts_next (self->acts, item, act);
}

static void
act_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  OscBoard *self = OSC_BOARD (widget);
  const char *id;
  const char *act;

  g_variant_get (parameter, "(&s&s)", &id, &act);
  do_act (self, osc_order_store_find (self->store, id), act);
}

static void
open_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  OscBoard *self = OSC_BOARD (widget);
  OscOrderItem *item = osc_order_store_find (self->store, g_variant_get_string (parameter, NULL));

  osc_filter_bar_touch (OSC_FILTER_BAR (self->filter));
  if (item == NULL)
    return;
  osc_pick_set (self->pick, item);
  g_signal_emit (self, signals[OPEN_ORDER], 0, item);
}

static void
change_minutes (OscBoard *self, OscOrderItem *item, int change)
{
  if (item != NULL && osc_order_item_column (item) == OSC_COLUMN_NEW)
    osc_minutes_set (self->minutes, item, osc_minutes_get (self->minutes, item) + change);
}

static void
minutes_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  OscBoard *self = OSC_BOARD (widget);
  const char *id;
  int change;

  g_variant_get (parameter, "(&si)", &id, &change);
  osc_still_list_hold (self->orders, HOLD_MS);
  change_minutes (self, osc_order_store_find (self->store, id), change);
}

static void
time_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  OscBoard *self = OSC_BOARD (widget);
  const char *id;
  int minutes;

  g_variant_get (parameter, "(&si)", &id, &minutes);
  OscOrderItem *item = osc_order_store_find (self->store, id);
  if (item != NULL && self->live && !osc_order_item_get_busy (item))
    osc_acts_reschedule (self->acts, item,
                         osc_order_item_data (item)->requested_at + minutes * G_TIME_SPAN_MINUTE);
}

static void
print_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  OscBoard *self = OSC_BOARD (widget);
  const OsyPrintJob *job =
      osc_printer_store_failed (self->printers, g_variant_get_string (parameter, NULL));

  if (job != NULL && self->live)
    osc_printer_store_retry (self->printers, job->id, NULL);
}

static void
fired_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscBoard) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!osc_kitchen_store_act_finish (OSC_KITCHEN_STORE (source), result, &error))
    osc_toasts_say (GTK_WIDGET (self), _ ("That didn't reach the server. Nothing has changed"));
}

static void
fire_action (GtkWidget *widget, const char *action_name, GVariant *id)
{
  OscBoard *self = OSC_BOARD (widget);
  OscKitchenAct act = {.deed = OSC_KITCHEN_FIRE};

  act.course = osc_kitchen_store_held (self->kitchen, g_variant_get_string (id, NULL), &act.item);
  osc_still_list_hold (self->orders, HOLD_MS);
  if (act.course > 0 && self->live)
    osc_kitchen_store_act_async (self->kitchen, &act, fired_cb, g_object_ref (self));
}

/* ---- the picked order ---- */

/* Where the picked order stands; FALSE when it is not on the board. */
static gboolean
find_picked (OscBoard *self, int *column, guint *position)
{
  OscOrderItem *picked = osc_pick_get (self->pick);

  for (int i = 0; picked != NULL && i < COLUMNS; i++) {
    GListModel *model = osc_board_column_model (column_at (self, i));

    for (guint at = 0; at < g_list_model_get_n_items (model); at++) {
      g_autoptr (OscOrderItem) item = g_list_model_get_item (model, at);

      if (item == picked) {
        *column = i;
        *position = at;
        return TRUE;
      }
    }
  }
  return FALSE;
}

static gboolean
pick_at (OscBoard *self, int column, guint position)
{
  GListModel *model = osc_board_column_model (column_at (self, column));
  guint n = g_list_model_get_n_items (model);

  if (n == 0)
    return FALSE;
  position = MIN (position, n - 1);
  g_autoptr (OscOrderItem) item = g_list_model_get_item (model, position);
  osc_pick_set (self->pick, item);
  osc_board_column_show_position (column_at (self, column), position);
  return TRUE;
}

static gboolean
pick_nth (OscBoard *self, guint nth)
{
  for (int column = 0; column < COLUMNS; column++) {
    guint n = g_list_model_get_n_items (osc_board_column_model (column_at (self, column)));

    if (nth < n)
      return pick_at (self, column, nth);
    nth -= n;
  }
  return FALSE;
}

/* Goes to the next column that has an order, keeping the row. */
static gboolean
pick_beside (OscBoard *self, int column, guint row, int step)
{
  for (int i = column + step; i >= 0 && i < COLUMNS; i += step) {
    guint across = osc_board_column_across (column_at (self, i));
    guint edge = step < 0 ? across - 1 : 0;

    if (pick_at (self, i, row * across + edge))
      return TRUE;
  }
  return FALSE;
}

static gboolean
move_pick (OscBoard *self, OscKey key)
{
  int column;
  guint position;

  if (!find_picked (self, &column, &position))
    return pick_nth (self, 0);
  guint across = osc_board_column_across (column_at (self, column));
  guint row = position / across;

  switch (key) {
  case OSC_KEY_UP: return position >= across && pick_at (self, column, position - across);
  case OSC_KEY_DOWN: return pick_at (self, column, position + across);
  case OSC_KEY_LEFT:
    return position % across > 0 ? pick_at (self, column, position - 1)
                                 : pick_beside (self, column, row, -1);
  case OSC_KEY_RIGHT:
    if (position % across < across - 1 &&
        position + 1 < g_list_model_get_n_items (osc_board_column_model (column_at (self, column))))
      return pick_at (self, column, position + 1);
    return pick_beside (self, column, row, 1);
  default: return FALSE;
  }
}

static void
next_step (OscBoard *self, OscOrderItem *item)
{
  if (item != NULL)
    do_act (self, item, osc_order_item_next_act (item));
}

static void
recall (OscBoard *self, OscOrderItem *item)
{
  if (!self->live)
    return;
  osc_still_list_hold (self->orders, HOLD_MS);
  if (item != NULL && osc_order_item_column (item) > OSC_COLUMN_COOKING)
    osc_acts_recall (self->acts, item);
  else
    osc_acts_undo (self->acts);
}

static void
drop (OscBoard *self, OscOrderItem *item)
{
  if (item != NULL && self->live)
    g_signal_emit (self, signals[DROP_ORDER], 0, item);
}

static void
accept (OscBoard *self, OscOrderItem *item)
{
  if (item != NULL && osc_order_item_column (item) == OSC_COLUMN_NEW)
    do_act (self, item, "accept");
}

/* @again: the kitchen's slips once more, else the bill. */
static void
print (OscBoard *self, OscOrderItem *item, gboolean again)
{
  const OsyOrderData *order = item != NULL ? osc_order_item_data (item) : NULL;
  const char *id = order != NULL ? again ? order->id : order->check_id : NULL;

  if (id != NULL && self->live)
    gtk_widget_activate_action (GTK_WIDGET (self), "shell.print", "(ss)",
                                again ? "kitchen" : "bill", id);
}

static void
pay (OscBoard *self, OscOrderItem *item)
{
  const char *check = item != NULL ? osc_order_item_data (item)->check_id : NULL;

  if (check != NULL && self->live)
    gtk_widget_activate_action (GTK_WIDGET (self), "shell.show", "(ss)", "payment", check);
}

static void
look_at (OscBoard *self, OscOrderItem *item)
{
  if (item != NULL)
    g_signal_emit (self, signals[OPEN_ORDER], 0, item);
}

static gboolean
osc_board_key (OscView *view, OscKey key)
{
  OscBoard *self = OSC_BOARD (view);
  OscOrderItem *item = osc_board_get_picked (self);

  if (key >= OSC_KEY_CARD_1 && key <= OSC_KEY_CARD_9)
    return pick_nth (self, key - OSC_KEY_CARD_1);
  if (key >= OSC_KEY_UP && key <= OSC_KEY_RIGHT)
    return move_pick (self, key);
  switch (key) {
  case OSC_KEY_ACCEPT: accept (self, item); return TRUE;
  case OSC_KEY_NEXT: next_step (self, item); return item != NULL;
  case OSC_KEY_MORE: change_minutes (self, item, OSC_MINUTES_STEP); return TRUE;
  case OSC_KEY_LESS: change_minutes (self, item, -OSC_MINUTES_STEP); return TRUE;
  case OSC_KEY_RECALL: recall (self, item); return TRUE;
  case OSC_KEY_DROP: drop (self, item); return TRUE;
  case OSC_KEY_PAY: pay (self, item); return TRUE;
  case OSC_KEY_SPACE: look_at (self, item); return item != NULL;
  case OSC_KEY_PRINT:
  case OSC_KEY_REPRINT: print (self, item, key == OSC_KEY_REPRINT); return item != NULL;
  default: return FALSE;
  }
}

/* ---- what changes ---- */

static void
show_stack (OscBoard *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->orders)) > 0;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), any ? "orders" : "empty");
}

static void
tell (OscBoard *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->status), text);
  osc_widget_set_name (GTK_WIDGET (self->status), text);
}

static void
on_arrived (OscBoard *self, OscOrderItem *item)
{
  g_autofree char *name = osc_words_card_name (osc_order_item_data (item));
  g_autofree char *text = g_strdup_printf (_ ("New order: %s"), name);

  tell (self, text);
}

static guint
count_late (OscBoard *self)
{
  gint64 now = osy_clock_now ();
  guint late = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->orders)); i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (G_LIST_MODEL (self->orders), i);

    late += osc_order_item_age_level (item, now) == OSC_AGE_LATE;
  }
  return late;
}

static gboolean
second_cb (gpointer user_data)
{
  OscBoard *self = user_data;
  guint late = count_late (self);

  for (int i = 0; i < COLUMNS; i++)
    osc_board_column_update_counts (column_at (self, i));
  osc_later_show (OSC_LATER (self->later));
  if (late > self->late_told) {
    g_autofree char *text =
        g_strdup_printf (g_dngettext (NULL, "%u late order", "%u late orders", late), late);

    tell (self, text);
  }
  self->late_told = late;
  return G_SOURCE_CONTINUE;
}

static void
show_unprinted (OscBoard *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->orders)); i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (G_LIST_MODEL (self->orders), i);
    const char *id = osc_order_item_data (item)->id;

    osc_order_item_set_unprinted (item, osc_printer_store_failed (self->printers, id) != NULL);
  }
}

static void
show_held (OscBoard *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->orders)); i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (G_LIST_MODEL (self->orders), i);
    OscKitchenItem *ticket = NULL;

    osc_order_item_set_held (
        item, osc_kitchen_store_held (self->kitchen, osc_order_item_data (item)->id, &ticket));
  }
}

/* Who carries what: of all orders, or of the one that a delivery moved for. */
static void
show_rides (OscBoard *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->orders)); i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (G_LIST_MODEL (self->orders), i);
    const OsyDelivery *delivery =
        osc_delivery_store_find (self->deliveries, osc_order_item_data (item)->id);
    g_autofree char *words = delivery != NULL ? osc_words_ride (delivery) : NULL;

    osc_order_item_set_ride (item, words);
  }
}

static void
on_type_chosen (OscBoard *self, const char *type)
{
  for (int i = 0; i < COLUMNS; i++)
    osc_board_column_set_type (column_at (self, i), type);
}

static void
on_switched (OscBoard *self)
{
  int second = 1;

  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->switch_ready)))
    second = 2;
  else if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->switch_out)))
    second = 3;
  osc_board_row_set_second (OSC_BOARD_ROW (self->row), second);
}

static void
on_row_changed (OscBoard *self, int kind)
{
  osc_board_column_set_across (column_at (self, 1), kind == OSC_BOARD_WIDE ? 3 : 2);
  gtk_widget_set_visible (self->switcher, kind == OSC_BOARD_TWO);
}

/* ---- life ---- */

static void
osc_board_dispose (GObject *object)
{
  OscBoard *self = OSC_BOARD (object);

  g_clear_handle_id (&self->second_source, g_source_remove);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_BOARD);
  g_clear_object (&self->orders);
  g_clear_object (&self->pick);
  g_clear_object (&self->minutes);
  g_clear_object (&self->printers);
  g_clear_object (&self->kitchen);
  g_clear_object (&self->deliveries);
  g_clear_object (&self->acts);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_board_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/board/osc-board.ui");
  gtk_widget_class_bind_template_child (widget_class, OscBoard, filter);
  gtk_widget_class_bind_template_child (widget_class, OscBoard, later);
  gtk_widget_class_bind_template_child (widget_class, OscBoard, switcher);
  gtk_widget_class_bind_template_child (widget_class, OscBoard, switch_ready);
  gtk_widget_class_bind_template_child (widget_class, OscBoard, switch_out);
  gtk_widget_class_bind_template_child (widget_class, OscBoard, status);
  gtk_widget_class_bind_template_child (widget_class, OscBoard, tasks);
  gtk_widget_class_bind_template_child (widget_class, OscBoard, stack);
  gtk_widget_class_bind_template_child (widget_class, OscBoard, row);
  gtk_widget_class_bind_template_child (widget_class, OscBoard, column_new);
  gtk_widget_class_bind_template_child (widget_class, OscBoard, column_cooking);
  gtk_widget_class_bind_template_child (widget_class, OscBoard, column_ready);
  gtk_widget_class_bind_template_child (widget_class, OscBoard, column_out);
  gtk_widget_class_bind_template_callback (widget_class, on_type_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_switched);
  gtk_widget_class_bind_template_callback (widget_class, on_row_changed);
}

static void
osc_board_class_init (OscBoardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_board_dispose;
  signals[OPEN_ORDER] = g_signal_new ("open-order", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, OSC_TYPE_ORDER_ITEM);
  signals[DROP_ORDER] = g_signal_new ("drop-order", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, OSC_TYPE_ORDER_ITEM);
  g_type_ensure (ADW_TYPE_STATUS_PAGE);
  g_type_ensure (OSC_TYPE_BOARD_COLUMN);
  g_type_ensure (OSC_TYPE_BOARD_ROW);
  g_type_ensure (OSC_TYPE_FILTER_BAR);
  g_type_ensure (OSC_TYPE_LATER);
  g_type_ensure (OSC_TYPE_TASK_BAR);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "board.act", "(ss)", act_action);
  gtk_widget_class_install_action (widget_class, "board.open", "s", open_action);
  gtk_widget_class_install_action (widget_class, "board.minutes", "(si)", minutes_action);
  gtk_widget_class_install_action (widget_class, "board.time", "(si)", time_action);
  gtk_widget_class_install_action (widget_class, "board.print", "s", print_action);
  gtk_widget_class_install_action (widget_class, "board.fire", "s", fire_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "board");
}

static void
osc_board_init (OscBoard *self)
{
  self->live = TRUE;
  self->pick = osc_pick_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  self->second_source = g_timeout_add_seconds (1, second_cb, self);
}

GtkWidget *
osc_board_new (const OscContext *context)
{
  OscBoard *self = g_object_new (OSC_TYPE_BOARD, NULL);

  self->store = g_object_ref (context->orders);
  self->acts = g_object_ref (context->acts);
  self->minutes = g_object_ref (context->minutes);
  self->printers = g_object_ref (context->printers);
  self->kitchen = g_object_ref (context->kitchen);
  self->deliveries = g_object_ref (context->deliveries);
  self->orders = osc_still_list_new (G_LIST_MODEL (self->store));
  for (int i = 0; i < COLUMNS; i++)
    osc_board_column_setup (column_at (self, i), OSC_COLUMN_NEW + i, G_LIST_MODEL (self->orders),
                            self->minutes, self->pick);
  osc_board_column_set_across (column_at (self, 1), 2);
  osc_task_bar_follow (OSC_TASK_BAR (self->tasks), context->shop);
  osc_filter_bar_set_orders (OSC_FILTER_BAR (self->filter), G_LIST_MODEL (self->orders));
  osc_later_set_orders (OSC_LATER (self->later), self->store);
  g_signal_connect_object (self->orders, "items-changed", G_CALLBACK (show_stack), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "arrived", G_CALLBACK (on_arrived), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->orders, "items-changed", G_CALLBACK (show_unprinted), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->printers, "changed", G_CALLBACK (show_unprinted), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->orders, "items-changed", G_CALLBACK (show_held), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->kitchen, "counted", G_CALLBACK (show_held), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->orders, "items-changed", G_CALLBACK (show_rides), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->deliveries, "changed", G_CALLBACK (show_rides), self,
                           G_CONNECT_SWAPPED);
  show_stack (self);
  show_unprinted (self);
  show_held (self);
  show_rides (self);
  return GTK_WIDGET (self);
}

static void
osc_board_set_live (OscView *view, gboolean live)
{
  OscBoard *self = OSC_BOARD (view);

  self->live = live;
  osc_later_set_live (OSC_LATER (self->later), live);
  for (int i = 0; i < COLUMNS; i++)
    osc_board_column_set_live (column_at (self, i), live);
}

static const OscKeyLine *
osc_board_key_lines (OscView *view)
{
  static const OscKeyLine lines[] = {
      {"1 – 9", N_ ("Pick the nth order")},
      {"← ↑ ↓ →", N_ ("Pick the order beside it")},
      {"Enter", N_ ("Next step of the order")},
      {"Space", N_ ("Look at the order: its lines, its bill")},
      {"A", N_ ("Accept")},
      {"+  −", N_ ("Five minutes more or less")},
      {"R", N_ ("Take the order back one step")},
      {"Del", N_ ("Reject or cancel the order")},
      {"P", N_ ("Print the bill")},
      {"Ctrl P", N_ ("Print the kitchen slips again")},
      {NULL, NULL},
  };

  return lines;
}

static void
osc_board_view_init (OscViewInterface *iface)
{
  iface->key = osc_board_key;
  iface->set_live = osc_board_set_live;
  iface->key_lines = osc_board_key_lines;
}

OscOrderItem *
osc_board_get_picked (OscBoard *self)
{
  int column;
  guint position;

  return find_picked (self, &column, &position) ? osc_pick_get (self->pick) : NULL;
}

void
osc_board_pick (OscBoard *self, OscOrderItem *item)
{
  osc_pick_set (self->pick, item);
}
