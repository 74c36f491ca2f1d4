/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The page of what is stuck. */

#include "osc-attention.h"

#include <glib/gi18n.h>

#include "osc-attention-alert.h"
#include "osc-attention-row.h"
#include "osc-pin-ask.h"
#include "osc-sheet.h"
#include "osc-toasts.h"
#include "osc-widget.h"

struct _OscAttention {
  GtkWidget parent_instance;
  GtkWidget *about;
  GtkWidget *stack;
  GtkWidget *rows;
  OscAttentionStore *store;
  OscAlertStore *alerts;
  OscPeople *people;
  gboolean live;
};

static void osc_attention_view_init (OscViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscAttention,
                               osc_attention,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (OSC_TYPE_VIEW, osc_attention_view_init))

/* ---- the list ---- */

static void
show_list (OscAttention *self)
{
  GPtrArray *list = osc_attention_store_list (self->store);
  guint n = osc_attention_store_count (self->store);
  GPtrArray *alerts = osc_alert_store_list (self->alerts);
  g_autofree char *about = g_strdup_printf (g_dngettext (NULL, "%d order", "%d orders", n), (int)n);

  for (GtkWidget *row; (row = gtk_widget_get_first_child (self->rows)) != NULL;)
    gtk_box_remove (GTK_BOX (self->rows), row);
  for (guint i = 0; i < alerts->len; i++)
    gtk_box_append (GTK_BOX (self->rows), osc_attention_alert_new (alerts->pdata[i]));
  for (guint i = 0; i < n; i++)
    gtk_box_append (GTK_BOX (self->rows), osc_attention_row_new (g_ptr_array_index (list, i)));
  gtk_label_set_label (GTK_LABEL (self->about), n > 0 ? about : "");
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    n > 0 || (list != NULL && alerts->len > 0) ? "list"
                                    : osc_attention_store_failed (self->store) ? "failed"
                                    : list == NULL                             ? "loading"
                                                                               : "nothing");
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !osc_attention_store_is_seen (self->store))
    osc_attention_store_look (self->store);
}

/* ---- acts ---- */

static void
act (OscAttention *self, GVariant *id, OscAttentionVerb verb)
{
  if (self->live)
    osc_attention_store_act (self->store, g_variant_get_string (id, NULL), verb, NULL, NULL);
}

static void
push_action (GtkWidget *widget, const char *name, GVariant *id)
{
  act (OSC_ATTENTION (widget), id, OSC_ATTENTION_PUSH);
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *id)
{
  act (OSC_ATTENTION (widget), id, OSC_ATTENTION_RETRY);
}

static void
look_action (GtkWidget *widget, const char *name, GVariant *id)
{
  gtk_widget_activate_action (widget, "shell.open-order", "s", g_variant_get_string (id, NULL));
}

/* ---- settled by hand ---- */

typedef struct {
  OscAttention *view;
  char *order_id;
  OscSheet *sheet; /* owns us */
  GtkWidget *completed;
  GtkWidget *undone;
  OscField *note;
} Settling;

static void
settling_free (gpointer data)
{
  Settling *settling = data;

  g_object_unref (settling->view);
  g_free (settling->order_id);
  g_free (settling);
}

static void
on_settle (Settling *settling)
{
  gboolean completed = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (settling->completed));
  gboolean undone = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (settling->undone));
  const char *note = osc_field_text (settling->note);

  if (!completed && !undone) {
    osc_sheet_fail (settling->sheet, _ ("Choose how it ended"));
    return;
  }
  if (*note == '\0') {
    osc_field_set_error (settling->note, _ ("Write how it was settled"));
    return;
  }
  osc_attention_store_act (settling->view->store, settling->order_id, OSC_ATTENTION_SETTLE,
                           completed ? "COMPLETED" : "COMPENSATED", note);
  gtk_window_close (GTK_WINDOW (settling->sheet));
}

static GtkWidget *
add_outcome (GtkWidget *box, const char *text, GtkWidget *group)
{
  GtkWidget *chip = gtk_toggle_button_new_with_label (text);

  gtk_widget_add_css_class (chip, "reason-chip");
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), (GtkToggleButton *)group);
  gtk_box_append (GTK_BOX (box), chip);
  return chip;
}

static const OscStuck *
find_stuck (OscAttention *self, const char *order_id)
{
  GPtrArray *list = osc_attention_store_list (self->store);

  for (guint i = 0; list != NULL && i < list->len; i++) {
    const OscStuck *stuck = g_ptr_array_index (list, i);
    if (g_str_equal (stuck->order_id, order_id))
      return stuck;
  }
  return NULL;
}

static void
settle_action (GtkWidget *widget, const char *name, GVariant *id)
{
  OscAttention *self = OSC_ATTENTION (widget);
  const OscStuck *stuck = find_stuck (self, g_variant_get_string (id, NULL));

  if (stuck == NULL || !self->live)
    return;
  Settling *settling = g_new0 (Settling, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *title = g_strdup_printf (_ ("How was no. %d settled?"), (int)stuck->number);
  settling->view = g_object_ref (self);
  settling->order_id = g_strdup (stuck->order_id);
  settling->sheet = osc_sheet_new (widget);
  g_object_set_data_full (G_OBJECT (settling->sheet), "osc-settling", settling, settling_free);
  osc_sheet_ask (settling->sheet, title,
                 _ ("Nothing is tried any more by itself. Your words stand in the record"),
                 _ ("It is settled"));
  osc_sheet_warn (settling->sheet);
  gtk_widget_add_css_class (box, "presets");
  settling->completed = add_outcome (box, _ ("The guest has the order, and it is paid"), NULL);
  settling->undone =
      add_outcome (box, _ ("Nothing was sold, and the money is back"), settling->completed);
  osc_sheet_add (settling->sheet, box);
  settling->note = osc_sheet_add_field (settling->sheet, _ ("What was done"), NULL, FALSE);
  g_signal_connect_swapped (settling->sheet, "primary", G_CALLBACK (on_settle), settling);
}

/* ---- what came of it ---- */

static void
on_done (OscAttention *self, int verb)
{
  static const char *const sentences[] = {
      [OSC_ATTENTION_PUSH] = N_ ("It is tried again"),
      [OSC_ATTENTION_RETRY] = N_ ("It has its time again"),
      [OSC_ATTENTION_SETTLE] = N_ ("It is settled, and in the record"),
  };

  osc_toasts_say (GTK_WIDGET (self), _ (sentences[verb]));
}

static void
allowed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscAttention) self = user_data;
  g_autoptr (OscPinAnswer) answer = osc_pin_ask_finish (result, NULL);

  if (answer != NULL && self->store != NULL)
    osc_attention_store_repeat (self->store, answer->act_token);
}

static void
on_failed (OscAttention *self, const GError *error, const char *permission)
{
  if (permission != NULL)
    osc_pin_ask_async (GTK_WIDGET (self), self->people, permission,
                       _ ("Only a manager can do this"), allowed_cb, g_object_ref (self));
  else
    osc_toasts_say (GTK_WIDGET (self),
                    osy_error_is (error, OSY_ERROR_STATE_CONFLICT)
                        ? _ ("It could not be done now. It is tried again")
                        : _ ("That didn't reach the server. Nothing has changed"));
}

/* ---- the view ---- */

static void
on_close (OscAttention *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.go", "s", "orders");
}

static void
on_reload (OscAttention *self)
{
  osc_attention_store_load (self->store);
}

static void
osc_attention_enter (OscView *view)
{
  OscAttention *self = OSC_ATTENTION (view);

  osc_attention_store_look (self->store);
  osc_attention_store_load (self->store);
  osc_alert_store_load (self->alerts);
}

static gboolean
osc_attention_key (OscView *view, OscKey key)
{
  if (key != OSC_KEY_BACK)
    return FALSE;
  on_close (OSC_ATTENTION (view));
  return TRUE;
}

static void
osc_attention_set_live (OscView *view, gboolean live)
{
  OscAttention *self = OSC_ATTENTION (view);

  self->live = live;
  gtk_widget_set_sensitive (self->rows, live);
}

static void
osc_attention_view_init (OscViewInterface *iface)
{
  iface->enter = osc_attention_enter;
  iface->key = osc_attention_key;
  iface->set_live = osc_attention_set_live;
}

static void
osc_attention_dispose (GObject *object)
{
  OscAttention *self = OSC_ATTENTION (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_ATTENTION);
  g_clear_object (&self->store);
  g_clear_object (&self->alerts);
  g_clear_object (&self->people);
  G_OBJECT_CLASS (osc_attention_parent_class)->dispose (object);
}

static void
osc_attention_class_init (OscAttentionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_attention_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/attention/osc-attention.ui");
  gtk_widget_class_bind_template_child (widget_class, OscAttention, about);
  gtk_widget_class_bind_template_child (widget_class, OscAttention, stack);
  gtk_widget_class_bind_template_child (widget_class, OscAttention, rows);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_bind_template_callback (widget_class, on_reload);
  gtk_widget_class_install_action (widget_class, "attention.look", "s", look_action);
  gtk_widget_class_install_action (widget_class, "attention.push", "s", push_action);
  gtk_widget_class_install_action (widget_class, "attention.retry", "s", retry_action);
  gtk_widget_class_install_action (widget_class, "attention.settle", "s", settle_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "attention");
}

static void
osc_attention_init (OscAttention *self)
{
  self->live = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

GtkWidget *
osc_attention_new (const OscContext *context)
{
  OscAttention *self = g_object_new (OSC_TYPE_ATTENTION, NULL);

  self->store = g_object_ref (context->attention);
  self->alerts = g_object_ref (context->alerts);
  self->people = g_object_ref (context->people);
  g_signal_connect_object (self->alerts, "changed", G_CALLBACK (show_list), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (show_list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  show_list (self);
  return GTK_WIDGET (self);
}
