/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Signing in. Whatever goes wrong, what was typed stays. */

#include "osc-sign-in-page.h"

#include <glib/gi18n.h>

#include "osc-field.h"
#include "osc-widget.h"

struct _OscSignInPage {
  GtkWidget parent_instance;
  GtkWidget *content;
  OscField *email;
  OscField *password;
  OscField *totp; /* shown once the account turns out to need it */
  GtkWidget *failure;
  GtkWidget *submit;
  GtkWidget *spinner;
  OsyClient *client;
  char *restaurant_id; /* nullable */
  GCancellable *cancellable;
  gboolean busy;
};

enum { SIGNED_IN, JOIN, PAIR, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscSignInPage, osc_sign_in_page, GTK_TYPE_WIDGET)

static void
set_busy (OscSignInPage *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (self->submit, !busy);
  gtk_widget_set_visible (self->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
}

static void
set_failure (OscSignInPage *self, const char *sentence)
{
  gtk_label_set_label (GTK_LABEL (self->failure), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->failure, sentence != NULL);
}

static const char *
sentence_of (const GError *error, gboolean with_code)
{
  switch (error->domain == OSY_ERROR ? error->code : OSY_ERROR_INTERNAL) {
  case OSY_ERROR_INVALID_CREDENTIALS:
  case OSY_ERROR_UNAUTHENTICATED:
    return with_code
               ? _ ("The password or the code is not right. A code is good once: type the newest")
               : _ ("The e-mail or the password is not right. Check both and try again");
  case OSY_ERROR_TOTP_REQUIRED:
    return _ ("Type the code that your authenticator shows, or a recovery code");
  case OSY_ERROR_RATE_LIMITED: return _ ("Too many tries. Wait 15 minutes, then try again");
  case OSY_ERROR_TIMEOUT:
  case OSY_ERROR_UNAVAILABLE:
    return _ ("The server doesn't answer. What you typed is kept; try again in a moment");
  default: return _ ("Signing in didn't work. What you typed is kept; try again");
  }
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_client_login_finish (OSY_CLIENT (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  set_busy (self, FALSE);
  if (!ok) {
    set_failure (self, sentence_of (error, gtk_widget_get_visible (GTK_WIDGET (self->totp))));
    if (osy_error_is (error, OSY_ERROR_TOTP_REQUIRED))
      gtk_widget_set_visible (GTK_WIDGET (self->totp), TRUE);
    osc_field_set_text (self->totp, "");
    osc_field_focus (gtk_widget_get_visible (GTK_WIDGET (self->totp)) ? self->totp
                                                                      : self->password);
    return;
  }
  osc_field_set_text (self->password, "");
  osc_field_set_text (self->totp, "");
  g_signal_emit (self, signals[SIGNED_IN], 0);
}

static void
on_submit (OscSignInPage *self)
{
  g_autofree char *email = g_strstrip (g_strdup (osc_field_text (self->email)));

  if (self->busy)
    return;
  set_failure (self, NULL);
  if (*email == '\0') {
    osc_field_set_error (self->email, _ ("Type the e-mail address of your account"));
    osc_field_focus (self->email);
    return;
  }
  if (*osc_field_text (self->password) == '\0') {
    osc_field_set_error (self->password, _ ("Type your password"));
    osc_field_focus (self->password);
    return;
  }
  set_busy (self, TRUE);
  osy_client_sign_in_async (self->client,
                            &(OsyClientSignIn){.email = email,
                                               .password = osc_field_text (self->password),
                                               .totp = osc_field_text (self->totp),
                                               .restaurant_id = self->restaurant_id},
                            self->cancellable, signed_in_cb, g_object_ref (self));
}

static void
on_join (OscSignInPage *self)
{
  g_signal_emit (self, signals[JOIN], 0);
}

static void
on_pair (OscSignInPage *self)
{
  g_signal_emit (self, signals[PAIR], 0);
}

static gboolean
osc_sign_in_page_grab_focus (GtkWidget *widget)
{
  osc_field_focus (OSC_SIGN_IN_PAGE (widget)->email);
  return TRUE;
}

static void
osc_sign_in_page_dispose (GObject *object)
{
  OscSignInPage *self = OSC_SIGN_IN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SIGN_IN_PAGE);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_sign_in_page_parent_class)->dispose (object);
}

static void
osc_sign_in_page_finalize (GObject *object)
{
  g_clear_object (&OSC_SIGN_IN_PAGE (object)->cancellable);
  g_free (OSC_SIGN_IN_PAGE (object)->restaurant_id);
  G_OBJECT_CLASS (osc_sign_in_page_parent_class)->finalize (object);
}

static void
osc_sign_in_page_class_init (OscSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_sign_in_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_sign_in_page_finalize;
  widget_class->grab_focus = osc_sign_in_page_grab_focus;
  widget_class->focus = osc_widget_focus_children;
  signals[SIGNED_IN] = g_signal_new ("signed-in", OSC_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  signals[JOIN] = g_signal_new ("join", OSC_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[PAIR] = g_signal_new ("pair", OSC_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  g_type_ensure (OSC_TYPE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/signin/osc-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscSignInPage, content);
  gtk_widget_class_bind_template_child (widget_class, OscSignInPage, email);
  gtk_widget_class_bind_template_child (widget_class, OscSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, OscSignInPage, totp);
  gtk_widget_class_bind_template_child (widget_class, OscSignInPage, failure);
  gtk_widget_class_bind_template_child (widget_class, OscSignInPage, submit);
  gtk_widget_class_bind_template_child (widget_class, OscSignInPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_submit);
  gtk_widget_class_bind_template_callback (widget_class, on_join);
  gtk_widget_class_bind_template_callback (widget_class, on_pair);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "formpage");
}

static void
osc_sign_in_page_init (OscSignInPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
osc_sign_in_page_new (OsyClient *client)
{
  g_return_val_if_fail (OSY_IS_CLIENT (client), NULL);
  OscSignInPage *self = g_object_new (OSC_TYPE_SIGN_IN_PAGE, NULL);

  self->client = g_object_ref (client);
  return GTK_WIDGET (self);
}

void
osc_sign_in_page_set_shop (OscSignInPage *self, const char *restaurant_id)
{
  g_return_if_fail (OSC_IS_SIGN_IN_PAGE (self));

  g_free (self->restaurant_id);
  self->restaurant_id = g_strdup (restaurant_id);
}
