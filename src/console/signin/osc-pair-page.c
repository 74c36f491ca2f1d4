/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Making this computer a screen of the shop by its code. */

#include "osc-pair-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-field.h"
#include "osc-widget.h"

#define CODE_LENGTH 8

struct _OscPairPage {
  GtkWidget parent_instance;
  OscField *code;
  GtkWidget *failure;
  GtkWidget *submit;
  OsyClient *client;
  GCancellable *cancellable;
};

enum { SIGNED_IN, BACK, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscPairPage, osc_pair_page, GTK_TYPE_WIDGET)

static void
fail (OscPairPage *self, const char *sentence)
{
  gtk_label_set_label (GTK_LABEL (self->failure), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->failure, sentence != NULL);
}

static const char *
sentence_of (const GError *error)
{
  switch (error->domain == OSY_ERROR ? error->code : OSY_ERROR_INTERNAL) {
  case OSY_ERROR_INVALID_CREDENTIALS:
  case OSY_ERROR_UNAUTHENTICATED:
  case OSY_ERROR_INVALID_REQUEST:
  case OSY_ERROR_NOT_FOUND:
    return _ ("The code is not right, or it has run out. Ask for a new one");
  case OSY_ERROR_RATE_LIMITED: return _ ("Too many tries. Wait 15 minutes, then try again");
  default: return _ ("The server didn't answer. What you typed is kept; try again");
  }
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscPairPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_client_login_finish (OSY_CLIENT (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_widget_set_sensitive (self->submit, TRUE);
  if (ok)
    g_signal_emit (self, signals[SIGNED_IN], 0);
  else
    fail (self, sentence_of (error));
}

/* (transfer full): without what people put between the letters. */
static char *
plain_code (const char *typed)
{
  GString *code = g_string_new (NULL);

  for (const char *p = typed; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (code, g_ascii_toupper (*p));
  return g_string_free (code, FALSE);
}

static void
on_submit (OscPairPage *self)
{
  g_autofree char *code = plain_code (osc_field_text (self->code));

  fail (self, NULL);
  if (strlen (code) != CODE_LENGTH) {
    osc_field_set_error (self->code, _ ("The code has eight letters and digits"));
    osc_field_focus (self->code);
    return;
  }
  if (!gtk_widget_get_sensitive (self->submit))
    return;
  gtk_widget_set_sensitive (self->submit, FALSE);
  osy_client_pair_async (self->client, code, self->cancellable, signed_in_cb, g_object_ref (self));
}

static void
on_back (OscPairPage *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

static gboolean
osc_pair_page_grab_focus (GtkWidget *widget)
{
  osc_field_focus (OSC_PAIR_PAGE (widget)->code);
  return TRUE;
}

static void
osc_pair_page_dispose (GObject *object)
{
  OscPairPage *self = OSC_PAIR_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_PAIR_PAGE);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_pair_page_parent_class)->dispose (object);
}

static void
osc_pair_page_finalize (GObject *object)
{
  g_clear_object (&OSC_PAIR_PAGE (object)->cancellable);
  G_OBJECT_CLASS (osc_pair_page_parent_class)->finalize (object);
}

static void
osc_pair_page_class_init (OscPairPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_pair_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_pair_page_finalize;
  widget_class->grab_focus = osc_pair_page_grab_focus;
  widget_class->focus = osc_widget_focus_children;
  signals[SIGNED_IN] = g_signal_new ("signed-in", OSC_TYPE_PAIR_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  signals[BACK] = g_signal_new ("back", OSC_TYPE_PAIR_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  g_type_ensure (OSC_TYPE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/signin/osc-pair-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscPairPage, code);
  gtk_widget_class_bind_template_child (widget_class, OscPairPage, failure);
  gtk_widget_class_bind_template_child (widget_class, OscPairPage, submit);
  gtk_widget_class_bind_template_callback (widget_class, on_submit);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "formpage");
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_Escape, 0, "back", NULL);
}

static void
osc_pair_page_init (OscPairPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
osc_pair_page_new (OsyClient *client)
{
  g_return_val_if_fail (OSY_IS_CLIENT (client), NULL);
  OscPairPage *self = g_object_new (OSC_TYPE_PAIR_PAGE, NULL);

  self->client = g_object_ref (client);
  return GTK_WIDGET (self);
}
