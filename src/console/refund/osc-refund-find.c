/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Before there is anything to refund. */

#include "osc-refund-find.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "osc-refund-rows.h"
#include "osc-widget.h"
#include "osy-id-digits.h"

#define CHECK "osc-refund-check" /* on a row: the check's id */

struct _OscRefundFind {
  GtkWidget parent_instance;
  GtkWidget *search;
  GtkWidget *results;
  GtkWidget *hint;
  GtkWidget *found;
  OscRefundStore *store;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscRefundFind, osc_refund_find, GTK_TYPE_WIDGET)

static void
on_past (OscRefundFind *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.go", "s", "past");
}

/* A receipt carries the id of its check, and a scanner types it. */
static void
on_search (OscRefundFind *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *text = g_strstrip (g_strdup (typed));

  g_autofree char *scanned = osy_id_from_digits (text);

  if (scanned != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, scanned);
  else if (*text != '\0')
    osc_refund_store_find (self->store, text);
}

static void
on_picked (OscRefundFind *self, GtkWidget *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), CHECK));

  g_signal_emit (self, signals[CHOSEN], 0, id);
}

static void
add (OscRefundFind *self, const OsyPayment *payment)
{
  GtkWidget *row = osc_refund_rows_found (payment);

  g_object_set_data_full (G_OBJECT (row), CHECK, g_strdup (payment->check_id), g_free);
  g_signal_connect_object (row, "clicked", G_CALLBACK (on_picked), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->found), row);
}

static void
empty (OscRefundFind *self)
{
  for (GtkWidget *row; (row = gtk_widget_get_first_child (self->found)) != NULL;)
    gtk_box_remove (GTK_BOX (self->found), row);
}

static void
on_found (OscRefundFind *self, GPtrArray *payments)
{
  empty (self);
  for (guint i = 0; payments != NULL && i < payments->len; i++) {
    const OsyPayment *payment = g_ptr_array_index (payments, i);
    if (osy_payment_is_captured (payment->status))
      add (self, payment);
  }
  gboolean some = gtk_widget_get_first_child (self->found) != NULL;
  gtk_stack_set_visible_child_name (GTK_STACK (self->results), some ? "found" : "hint");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->hint),
                             payments == NULL ? _ ("The payments can't be shown just now")
                                              : _ ("Nothing was paid under that number"));
}

void
osc_refund_find_start (OscRefundFind *self)
{
  g_return_if_fail (OSC_IS_REFUND_FIND (self));

  gtk_stack_set_visible_child_name (GTK_STACK (self->results), "hint");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->hint), _ ("Find the order to refund"));
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (self->search);
}

void
osc_refund_find_follow (OscRefundFind *self, OscRefundStore *store)
{
  g_return_if_fail (OSC_IS_REFUND_FIND (self) && self->store == NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "found", G_CALLBACK (on_found), self, G_CONNECT_SWAPPED);
}

static void
osc_refund_find_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_REFUND_FIND);
  g_clear_object (&OSC_REFUND_FIND (object)->store);
  G_OBJECT_CLASS (osc_refund_find_parent_class)->dispose (object);
}

static void
osc_refund_find_class_init (OscRefundFindClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_refund_find_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", OSC_TYPE_REFUND_FIND, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/refund/osc-refund-find.ui");
  gtk_widget_class_bind_template_child (widget_class, OscRefundFind, search);
  gtk_widget_class_bind_template_child (widget_class, OscRefundFind, results);
  gtk_widget_class_bind_template_child (widget_class, OscRefundFind, hint);
  gtk_widget_class_bind_template_child (widget_class, OscRefundFind, found);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_past);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "refundfind");
}

static void
osc_refund_find_init (OscRefundFind *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}
