/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The day's tickets that were sent out, newest first. */

#include "osc-kitchen-history.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osc-words.h"

#define ITEM "osc-item"

struct _OscKitchenHistory {
  GtkWidget parent_instance;
  GtkWidget *search;
  GtkWidget *anew;
  GtkWidget *list;
  GtkWidget *stack;
  GtkWidget *message;
  GtkWidget *more;
  OscKitchenStore *store;
  char *cursor; /* nullable */
  guint serial; /* of the newest question */
};

enum { RECALL, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscKitchenHistory, osc_kitchen_history, GTK_TYPE_WIDGET)

/* ---- rows ---- */

/* "비빔밥 2 · 된장찌개 1". (transfer full) */
static char *
dishes_text (const OsyKitchenTicketData *ticket)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ticket->lines->len; i++) {
    const OsyKitchenLine *line = g_ptr_array_index (ticket->lines, i);

    g_string_append_printf (text, "%s%s %d", i > 0 ? " · " : "", osc_kitchen_line_name (line),
                            (int)(line->quantity_sent - line->quantity_voided));
  }
  return g_string_free (text, FALSE);
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
on_recall (GtkWidget *button, OscKitchenHistory *self)
{
  g_signal_emit (self, signals[RECALL], 0, g_object_get_data (G_OBJECT (button), ITEM),
                 gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->anew)));
}

static void
add_row (OscKitchenHistory *self, OscKitchenItem *item)
{
  const OsyKitchenTicketData *ticket = osc_kitchen_item_data (item);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = gtk_button_new_with_label (_ ("Bring back"));
  g_autofree char *number = g_strdup_printf ("%d", (int)ticket->order_number);
  g_autofree char *place = ticket->table_number != NULL
                               ? g_strdup_printf (_ ("T%s"), ticket->table_number)
                               : g_strdup (osc_words_type_short (ticket->order_type));
  g_autofree char *dishes = dishes_text (ticket);
  g_autofree char *clock = osc_words_clock (ticket->bumped_at);
  g_autofree char *spoken = g_strdup_printf (_ ("Bring back no. %d"), (int)ticket->order_number);
  GtkWidget *label;

  gtk_widget_add_css_class (row, "kitchen-past");
  add_label (row, clock, "kitchen-past-clock");
  add_label (row, number, "kitchen-number");
  add_label (row, place, "kitchen-place");
  label = add_label (row, dishes, "item");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  g_object_set_data_full (G_OBJECT (button), ITEM, g_object_ref (item), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_recall), self, 0);
  osc_widget_set_name (button, spoken);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (self->list), row);
}

void
osc_kitchen_history_take (OscKitchenHistory *self, GPtrArray *items, const char *more, gboolean add)
{
  g_return_if_fail (OSC_IS_KITCHEN_HISTORY (self) && items != NULL);
  GtkWidget *row;

  while (!add && (row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), row);
  for (guint i = 0; i < items->len; i++)
    add_row (self, g_ptr_array_index (items, i));
  g_free (self->cursor);
  self->cursor = g_strdup (more);
  gtk_widget_set_visible (self->more, more != NULL);
  gtk_label_set_label (GTK_LABEL (self->message), _ ("Nothing was sent out that fits"));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    gtk_widget_get_first_child (self->list) != NULL ? "list"
                                                                                    : "message");
}

/* ---- asking ---- */

typedef struct {
  OscKitchenHistory *self;
  guint serial;
  gboolean add;
} Question;

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (OscKitchenHistory) self = question->self;
  g_autoptr (GError) error = NULL;
  g_autofree char *more = NULL;
  g_autoptr (GPtrArray) items =
      osc_kitchen_store_history_finish (OSC_KITCHEN_STORE (source), result, &more, &error);

  if (question->serial == self->serial && items != NULL) {
    osc_kitchen_history_take (self, items, more, question->add);
  } else if (question->serial == self->serial) {
    g_info ("The history of the kitchen was not read: %s", error->message);
    gtk_label_set_label (GTK_LABEL (self->message), _ ("That can't be shown now. Try again"));
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "message");
  }
  g_free (question);
}

static void
ask (OscKitchenHistory *self, gboolean add)
{
  Question *question = g_new0 (Question, 1);

  question->self = g_object_ref (self);
  question->serial = ++self->serial;
  question->add = add;
  osc_kitchen_store_history_async (self->store, gtk_editable_get_text (GTK_EDITABLE (self->search)),
                                   add ? self->cursor : NULL, answered_cb, question);
}

static void
on_searched (OscKitchenHistory *self)
{
  ask (self, FALSE);
}

static void
on_more (OscKitchenHistory *self)
{
  ask (self, TRUE);
}

static void
on_close (OscKitchenHistory *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

void
osc_kitchen_history_open (OscKitchenHistory *self)
{
  g_return_if_fail (OSC_IS_KITCHEN_HISTORY (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->anew), FALSE);
  ask (self, FALSE);
  gtk_widget_grab_focus (self->search);
}

/* ---- life ---- */

static void
osc_kitchen_history_dispose (GObject *object)
{
  OscKitchenHistory *self = OSC_KITCHEN_HISTORY (object);

  self->serial++;
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_KITCHEN_HISTORY);
  g_clear_object (&self->store);
  g_clear_pointer (&self->cursor, g_free);
  G_OBJECT_CLASS (osc_kitchen_history_parent_class)->dispose (object);
}

static void
osc_kitchen_history_class_init (OscKitchenHistoryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_kitchen_history_dispose;
  signals[RECALL] = g_signal_new ("recall", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, OSC_TYPE_KITCHEN_ITEM, G_TYPE_BOOLEAN);
  signals[CLOSED] =
      g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/kitchen/osc-kitchen-history.ui");
  gtk_widget_class_bind_template_child (widget_class, OscKitchenHistory, search);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenHistory, anew);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenHistory, list);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenHistory, stack);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenHistory, message);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenHistory, more);
  gtk_widget_class_bind_template_callback (widget_class, on_searched);
  gtk_widget_class_bind_template_callback (widget_class, on_more);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "kitchenhistory");
}

static void
osc_kitchen_history_init (OscKitchenHistory *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

GtkWidget *
osc_kitchen_history_new (OscKitchenStore *store)
{
  OscKitchenHistory *self = g_object_new (OSC_TYPE_KITCHEN_HISTORY, NULL);

  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}
