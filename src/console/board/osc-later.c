/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The list of orders that were accepted for later. */

#include "osc-later.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

#define STEP_MINUTES 10

struct _OscLater {
  GtkWidget parent_instance;
  GtkWidget *button; /* GtkMenuButton */
  GtkWidget *words;
  GtkWidget *popover;
  GtkWidget *list;
  OscOrderStore *orders;
  char *shown; /* which orders, as they were */
  gboolean live;
};

G_DEFINE_FINAL_TYPE (OscLater, osc_later, GTK_TYPE_WIDGET)

static int
by_time (gconstpointer a, gconstpointer b)
{
  const OsyOrderData *one = osc_order_item_data (*(OscOrderItem *const *)a);
  const OsyOrderData *other = osc_order_item_data (*(OscOrderItem *const *)b);

  if (one->requested_at != other->requested_at)
    return one->requested_at < other->requested_at ? -1 : 1;
  return g_strcmp0 (one->id, other->id);
}

/* (transfer full): of OscOrderItem, what is due first first. */
static GPtrArray *
waiting (OscLater *self)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->orders)); i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (G_LIST_MODEL (self->orders), i);

    if (osc_order_item_column (item) == OSC_COLUMN_LATER)
      g_ptr_array_add (found, g_object_ref (item));
  }
  g_ptr_array_sort (found, by_time);
  return found;
}

/* (transfer full): changes when anything that is shown does. */
static char *
digest (GPtrArray *items)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *today = osc_words_when (osy_clock_now (), 0);

  g_string_append_printf (text, "%.5s", today);
  for (guint i = 0; i < items->len; i++) {
    const OsyOrderData *order = osc_order_item_data (items->pdata[i]);
    g_string_append_printf (text, " %s/%" G_GINT64_FORMAT "/%d", order->id, order->version,
                            osc_order_item_get_busy (items->pdata[i]));
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ---- rows ---- */

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* (transfer full): "떡볶이 2, 라면 1" */
static char *
items_text (const OsyOrderData *order)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    g_string_append_printf (text, "%s%s %" G_GINT64_FORMAT, i > 0 ? ", " : "", line->name,
                            line->quantity);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_words (const OsyOrderData *order)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *card = osc_words_card_name (order);
  g_autofree char *items = items_text (order);
  g_autofree char *begins = osc_words_when (order->begins_at, osy_clock_now ());
  g_autofree char *kitchen = g_strdup_printf (_ ("To the kitchen at %s"), begins);
  g_autofree char *head = order->customer_name != NULL && *order->customer_name != '\0'
                              ? g_strdup_printf ("%s · %s", card, order->customer_name)
                              : g_strdup (card);

  gtk_box_append (GTK_BOX (box), make_label (head, "later-head"));
  gtk_box_append (GTK_BOX (box), make_label (items, "later-items"));
  gtk_box_append (GTK_BOX (box), make_label (kitchen, "secondary"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_add_css_class (button, "later-words");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "board.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", order->id);
  osc_widget_set_name (button, head);
  return button;
}

static GtkWidget *
make_step (const OsyOrderData *order, int minutes)
{
  /* Translators: so many minutes later or earlier. */
  g_autofree char *text =
      g_strdup_printf (minutes > 0 ? _ ("+%d min") : _ ("−%d min"), ABS (minutes));
  g_autofree char *card = osc_words_card_name (order);
  g_autofree char *name = g_strdup_printf ("%s %s", card, text);
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "board.time");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(si)", order->id, minutes);
  gtk_widget_add_css_class (button, minutes > 0 ? "later-more" : "later-less");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* Nothing is wanted for a time gone by. */
  gtk_widget_set_sensitive (button,
                            order->requested_at + minutes * G_TIME_SPAN_MINUTE > osy_clock_now ());
  osc_widget_set_name (button, name);
  return button;
}

static GtkWidget *
make_row (OscLater *self, OscOrderItem *item)
{
  const OsyOrderData *order = osc_order_item_data (item);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *start = gtk_button_new_with_label (_ ("Start now"));
  g_autofree char *clock = osc_words_when (order->requested_at, osy_clock_now ());
  g_autofree char *card = osc_words_card_name (order);
  g_autofree char *name = g_strdup_printf ("%s %s", card, _ ("Start now"));
  GtkWidget *time = make_label (clock, "later-time");

  gtk_widget_add_css_class (time, "numeric");
  gtk_label_set_ellipsize (GTK_LABEL (time), PANGO_ELLIPSIZE_NONE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (start), "board.act");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (start), "(ss)", order->id, "start");
  gtk_widget_add_css_class (start, "later-start");
  gtk_widget_set_valign (start, GTK_ALIGN_CENTER);
  osc_widget_set_name (start, name);
  gtk_box_append (GTK_BOX (row), time);
  gtk_box_append (GTK_BOX (row), make_words (order));
  gtk_box_append (GTK_BOX (row), make_step (order, -STEP_MINUTES));
  gtk_box_append (GTK_BOX (row), make_step (order, STEP_MINUTES));
  gtk_box_append (GTK_BOX (row), start);
  gtk_widget_add_css_class (row, "later-row");
  gtk_widget_set_sensitive (row, self->live && !osc_order_item_get_busy (item));
  return row;
}

/* ---- the whole ---- */

static void
show_words (OscLater *self, GPtrArray *items)
{
  const OsyOrderData *next = osc_order_item_data (items->pdata[0]);
  g_autofree char *when = osc_words_when (next->requested_at, osy_clock_now ());
  g_autofree char *count =
      g_strdup_printf (g_dngettext (NULL, "%u booked", "%u booked", items->len), items->len);
  /* Translators: the time of the next order that is booked. */
  g_autofree char *due = g_strdup_printf (_ ("next %s"), when);
  g_autofree char *text = g_strdup_printf ("%s · %s", count, due);

  gtk_label_set_label (GTK_LABEL (self->words), text);
  osc_widget_set_name (self->button, text);
}

static void
fill (OscLater *self, GPtrArray *items)
{
  osc_widget_drop_children (self->list);
  for (guint i = 0; i < items->len; i++)
    gtk_box_append (GTK_BOX (self->list), make_row (self, items->pdata[i]));
}

void
osc_later_show (OscLater *self)
{
  g_return_if_fail (OSC_IS_LATER (self));

  if (self->orders == NULL)
    return;
  g_autoptr (GPtrArray) items = waiting (self);
  g_autofree char *now = digest (items);
  if (g_strcmp0 (now, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&now);
  if (items->len > 0)
    show_words (self, items);
  else
    gtk_popover_popdown (GTK_POPOVER (self->popover));
  fill (self, items);
  gtk_widget_set_visible (GTK_WIDGET (self), items->len > 0);
}

void
osc_later_set_orders (OscLater *self, OscOrderStore *orders)
{
  g_return_if_fail (OSC_IS_LATER (self) && self->orders == NULL);

  self->orders = g_object_ref (orders);
  g_signal_connect_object (orders, "items-changed", G_CALLBACK (osc_later_show), self,
                           G_CONNECT_SWAPPED);
  osc_later_show (self);
}

void
osc_later_set_live (OscLater *self, gboolean live)
{
  g_return_if_fail (OSC_IS_LATER (self));

  self->live = live;
  g_clear_pointer (&self->shown, g_free);
  osc_later_show (self);
}

static void
osc_later_dispose (GObject *object)
{
  OscLater *self = OSC_LATER (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_LATER);
  g_clear_object (&self->orders);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (osc_later_parent_class)->dispose (object);
}

static void
osc_later_class_init (OscLaterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_later_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/board/osc-later.ui");
  gtk_widget_class_bind_template_child (widget_class, OscLater, button);
  gtk_widget_class_bind_template_child (widget_class, OscLater, words);
  gtk_widget_class_bind_template_child (widget_class, OscLater, popover);
  gtk_widget_class_bind_template_child (widget_class, OscLater, list);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "later");
}

static void
osc_later_init (OscLater *self)
{
  self->live = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
