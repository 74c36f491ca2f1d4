/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Security. What nobody has seen comes first, with its one button. */

#include "osc-security-page.h"

#include <glib/gi18n.h>

#include "osc-record-words.h"
#include "osc-widget.h"
#include "osy-clock.h"

struct _OscSecurityPage {
  GtkWidget parent_instance;
  GtkWidget *state; /* what there is to say in one sentence */
  GtkWidget *threats;
  GtkWidget *sessions;
  GtkWidget *devices;
  GtkWidget *failed;
  GtkWidget *keys;
  OscSecurityStore *store;
};

G_DEFINE_FINAL_TYPE (OscSecurityPage, osc_security_page, GTK_TYPE_WIDGET)

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* ---- one attack ---- */

static char *
where_text (const OscThreat *threat)
{
  g_autofree char *when = osc_record_words_when (threat->raised_at);

  if (threat->who != NULL && threat->client != NULL)
    /* Translators: when, whose account, from which address. */
    return g_strdup_printf (_ ("%s · %s · from %s"), when, threat->who, threat->client);
  if (threat->client != NULL)
    /* Translators: when, from which address. */
    return g_strdup_printf (_ ("%s · from %s"), when, threat->client);
  return g_steal_pointer (&when);
}

static void
on_seen (GtkButton *button, OscSecurityPage *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  osc_security_store_acknowledge (self->store, g_object_get_data (G_OBJECT (button), "threat"));
}

static void
add_foot (OscSecurityPage *self, GtkWidget *box, const OscThreat *threat)
{
  GtkWidget *button;

  if (threat->seen_at != 0) {
    g_autofree char *when = osc_record_words_when (threat->seen_at);
    g_autofree char *text = threat->seen_by != NULL
                                ? g_strdup_printf (_ ("Seen by %s, %s"), threat->seen_by, when)
                                : g_strdup_printf (_ ("Seen %s"), when);
    add_label (box, text, "secondary");
    return;
  }
  button = gtk_button_new_with_label (_ ("I've seen it"));
  g_object_set_data_full (G_OBJECT (button), "threat", g_strdup (threat->id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_seen), self);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "primary");
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
make_threat (OscSecurityPage *self, const OscThreat *threat)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *where = where_text (threat);

  gtk_widget_add_css_class (box, "threat");
  osc_widget_set_class (box, "seen", threat->seen_at != 0);
  add_label (box, osc_record_words_threat (threat->kind), "field-name");
  add_label (box, where, "secondary");
  if (threat->seen_at == 0)
    add_label (box, osc_record_words_advice (threat->kind), "body");
  add_foot (self, box, threat);
  return box;
}

/* ---- the page ---- */

static void
show_keys (OscSecurityPage *self, const OscSecurity *security)
{
  gint64 now = osy_clock_now ();
  gint64 oldest = now;
  const gint64 made[] = {security->data_key_at, security->token_key_at, security->audit_key_at};

  for (gsize i = 0; i < G_N_ELEMENTS (made); i++)
    if (made[i] != 0)
      oldest = MIN (oldest, made[i]);
  int days = (int)((now - oldest) / G_TIME_SPAN_DAY);
  g_autofree char *text =
      days == 0 ? g_strdup (_ ("Made today"))
                : g_strdup_printf (ngettext ("The oldest is %d day old",
                                             "The oldest is %d days old", (gulong)days),
                                   days);
  gtk_label_set_label (GTK_LABEL (self->keys), text);
}

static void
show_sign_ins (OscSecurityPage *self, const OscSecurity *security)
{
  g_autofree char *sessions = g_strdup_printf (
      ngettext ("%d is open", "%d are open", (gulong)security->sessions), security->sessions);
  g_autofree char *failed =
      security->failed_sign_ins > 0
          ? g_strdup_printf (_ ("%d in the last 24 hours"), security->failed_sign_ins)
          : g_strdup (_ ("None in the last 24 hours"));

  g_autofree char *devices = g_strdup_printf (
      ngettext ("%d is paired", "%d are paired", (gulong)security->devices), security->devices);

  gtk_label_set_label (GTK_LABEL (self->sessions), sessions);
  gtk_label_set_label (GTK_LABEL (self->devices), devices);
  gtk_label_set_label (GTK_LABEL (self->failed), failed);
}

static void
show (OscSecurityPage *self)
{
  const OscSecurity *security = osc_security_store_get (self->store);
  guint unseen = 0;

  osc_widget_drop_children (self->threats);
  if (security == NULL) {
    gtk_label_set_label (GTK_LABEL (self->state), _ ("Only the owner can see this"));
    return;
  }
  osc_security_store_first (self->store, &unseen);
  gtk_label_set_label (GTK_LABEL (self->state),
                       unseen > 0 ? _ ("Please look at this") : _ ("Nothing needs a look"));
  osc_widget_set_class (self->state, "fault", unseen > 0);
  for (guint i = 0; i < security->threats->len && i < 20; i++)
    gtk_box_append (GTK_BOX (self->threats), make_threat (self, security->threats->pdata[i]));
  show_sign_ins (self, security);
  show_keys (self, security);
}

static void
on_record (OscSecurityPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.go", "s", "audit");
}

static void
osc_security_page_dispose (GObject *object)
{
  OscSecurityPage *self = OSC_SECURITY_PAGE (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SECURITY_PAGE);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_security_page_parent_class)->dispose (object);
}

static void
osc_security_page_class_init (OscSecurityPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_security_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/osc-security-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscSecurityPage, state);
  gtk_widget_class_bind_template_child (widget_class, OscSecurityPage, threats);
  gtk_widget_class_bind_template_child (widget_class, OscSecurityPage, sessions);
  gtk_widget_class_bind_template_child (widget_class, OscSecurityPage, devices);
  gtk_widget_class_bind_template_child (widget_class, OscSecurityPage, failed);
  gtk_widget_class_bind_template_child (widget_class, OscSecurityPage, keys);
  gtk_widget_class_bind_template_callback (widget_class, on_record);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_security_page_init (OscSecurityPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

GtkWidget *
osc_security_page_new (const OscContext *context)
{
  OscSecurityPage *self = g_object_new (OSC_TYPE_SECURITY_PAGE, NULL);

  self->store = g_object_ref (context->security);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  osc_security_store_load (self->store);
  return GTK_WIDGET (self);
}
