/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The last orders of a number. */

#include "osc-caller-list.h"

#include <glib/gi18n.h>

#include "osc-scale.h"
#include "osc-widget.h"
#include "osc-words.h"

#define ORDER "osc-caller-order" /* on a button: its OsyOrder */
#define NAMED 2                  /* dishes */

struct _OscCallerList {
  GtkWidget parent_instance;
  GtkWidget *head;
  GtkWidget *rows;
  OscCaller *caller; /* nullable */
};

enum { REPEAT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscCallerList, osc_caller_list, GTK_TYPE_WIDGET)

/* "떡볶이 2, 김밥 외 1". (transfer full) */
static char *
dishes_text (const OsyOrderData *order)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (order->lines->len, NAMED); i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);

    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", line->name);
    if (line->quantity > 1)
      g_string_append_printf (text, " %d", (int)line->quantity);
  }
  if (order->lines->len > NAMED) {
    guint more = order->lines->len - NAMED;
    /* Translators: behind the names of some dishes: how many are not named */
    g_autofree char *rest = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "and %d more", "and %d more", more), (int)more);

    g_string_append_printf (text, " %s", rest);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  osc_scale_let_wrap (GTK_LABEL (label));
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
on_pressed (OscCallerList *self, GtkWidget *button)
{
  g_autoptr (OsyOrder) order = g_object_ref (g_object_get_data (G_OBJECT (button), ORDER));

  g_signal_emit (self, signals[REPEAT], 0, order);
}

static GtkWidget *
make_row (OscCallerList *self, OsyOrder *order)
{
  const OsyOrderData *data = osy_order_data (order);
  g_autofree char *day = osc_words_day (data->business_day);
  g_autofree char *when = g_strdup_printf ("%s · %s", day, osc_words_type (data->type));
  g_autofree char *dishes = dishes_text (data);
  g_autofree char *total = osc_words_money (data->total_amount);
  g_autofree char *name = g_strdup_printf (_ ("The same again: %s, %s, %s"), when, dishes, total);
  GtkWidget *row = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  add_label (words, dishes, "dishes");
  add_label (words, when, "secondary");
  gtk_box_append (GTK_BOX (box), words);
  gtk_label_set_ellipsize (GTK_LABEL (add_label (box, total, "numeric")), PANGO_ELLIPSIZE_NONE);
  gtk_button_set_child (GTK_BUTTON (row), box);
  gtk_widget_set_focus_on_click (row, FALSE);
  gtk_widget_add_css_class (row, "outlined");
  osc_widget_set_name (row, name);
  g_object_set_data_full (G_OBJECT (row), ORDER, g_object_ref (order), g_object_unref);
  g_signal_connect_object (row, "clicked", G_CALLBACK (on_pressed), self, G_CONNECT_SWAPPED);
  return row;
}

/* Whose number it is, masked: enough to ask "Mr Kim?". (transfer full) */
static char *
head_text (OscCallerList *self)
{
  GPtrArray *orders = osc_caller_orders (self->caller);

  for (guint i = 0; i < orders->len; i++) {
    const OsyOrderData *data = osy_order_data (g_ptr_array_index (orders, i));

    if (data->customer_name != NULL && data->customer_name[0] != '\0')
      /* Translators: the name of a guest, masked */
      return g_strdup_printf (_ ("Last orders of %s"), data->customer_name);
  }
  switch (osc_caller_phase (self->caller)) {
  case OSC_CALLER_LOADING: return g_strdup (_ ("Looking for the number"));
  case OSC_CALLER_FAILED: return g_strdup (_ ("The last orders can't be shown now"));
  default:
    return g_strdup (orders->len > 0 ? _ ("Last orders") : _ ("No order under this number yet"));
  }
}

static void
show (OscCallerList *self)
{
  GPtrArray *orders = osc_caller_orders (self->caller);
  g_autofree char *head = head_text (self);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), row);
  for (guint i = 0; i < orders->len; i++)
    gtk_box_append (GTK_BOX (self->rows), make_row (self, g_ptr_array_index (orders, i)));
  gtk_label_set_label (GTK_LABEL (self->head), head);
  gtk_widget_set_visible (self->rows, orders->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), osc_caller_phase (self->caller) != OSC_CALLER_NONE);
}

void
osc_caller_list_follow (OscCallerList *self, OscCaller *caller)
{
  g_return_if_fail (OSC_IS_CALLER_LIST (self) && self->caller == NULL);

  self->caller = g_object_ref (caller);
  g_signal_connect_object (caller, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

static void
osc_caller_list_dispose (GObject *object)
{
  OscCallerList *self = OSC_CALLER_LIST (object);

  g_clear_pointer (&self->head, gtk_widget_unparent);
  g_clear_pointer (&self->rows, gtk_widget_unparent);
  g_clear_object (&self->caller);
  G_OBJECT_CLASS (osc_caller_list_parent_class)->dispose (object);
}

static void
osc_caller_list_class_init (OscCallerListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_caller_list_dispose;
  signals[REPEAT] = g_signal_new ("repeat", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, OSY_TYPE_ORDER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "callerlist");
}

static void
osc_caller_list_init (OscCallerList *self)
{
  osc_widget_make_vertical (GTK_WIDGET (self));
  self->head = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->head), 0);
  gtk_label_set_wrap (GTK_LABEL (self->head), TRUE);
  gtk_widget_add_css_class (self->head, "field-name");
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->rows, "caller-rows");
  gtk_widget_set_parent (self->head, GTK_WIDGET (self));
  gtk_widget_set_parent (self->rows, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
