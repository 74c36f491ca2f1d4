/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Open, paused or closed. A pause ends by itself: the daemon's rule, counted down here. */

#include "osc-open-state.h"

#include <glib/gi18n.h>

#include "osc-shop-change.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

struct _OscOpenState {
  GtkWidget parent_instance;
  GtkWidget *button; /* GtkMenuButton */
  GtkWidget *words;
  GtkWidget *popover;
  GtkWidget *about;
  GtkWidget *pauses;
  GtkWidget *resume;
  GtkWidget *close;
  GtkWidget *reopen;
  OscShopStore *store; /* nullable */
  guint second_source;
};

G_DEFINE_FINAL_TYPE (OscOpenState, osc_open_state, GTK_TYPE_WIDGET)

/* (transfer full): "4:31" until @until. */
static char *
left_text (gint64 until)
{
  gint64 seconds = MAX ((until - osy_clock_now () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, 0);

  return g_strdup_printf ("%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

/* (transfer full) */
static char *
state_words (OsyShop *shop, const char *state)
{
  gint64 until = osy_shop_data (shop)->paused_until;
  g_autofree char *left = left_text (until);

  if (g_str_equal (state, OSY_SHOP_CLOSED))
    return g_strdup (_ ("Shop closed"));
  if (!g_str_equal (state, OSY_SHOP_PAUSED))
    return g_strdup (_ ("Taking orders"));
  return until != 0 ? g_strdup_printf (_ ("Paused %s"), left) : g_strdup (_ ("Paused"));
}

static const char *
about_words (const char *state)
{
  if (g_str_equal (state, OSY_SHOP_CLOSED))
    return _ ("Guests can't order by QR or web. The counter goes on");
  if (g_str_equal (state, OSY_SHOP_PAUSED))
    return _ ("QR and web orders wait. The counter and the phone go on");
  return _ ("Guests can order. A pause of QR and web ends by itself");
}

static gboolean show_cb (gpointer user_data);

static void
show (OscOpenState *self)
{
  OsyShop *shop = self->store != NULL ? osc_shop_store_get (self->store) : NULL;
  const char *state;
  gboolean paused;
  gboolean closed;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), shop != NULL);
  if (shop == NULL)
    return;
  state = osy_shop_open_state_at (shop, osy_clock_now ());
  paused = g_str_equal (state, OSY_SHOP_PAUSED);
  closed = g_str_equal (state, OSY_SHOP_CLOSED);
  words = state_words (shop, state);
  gtk_label_set_label (GTK_LABEL (self->words), words);
  osc_widget_set_name (self->button, words);
  gtk_label_set_label (GTK_LABEL (self->about), about_words (state));
  osc_widget_set_class (GTK_WIDGET (self), "paused", paused);
  gtk_widget_set_visible (self->pauses, !closed && !paused);
  gtk_widget_set_visible (self->resume, paused);
  gtk_widget_set_visible (self->close, !closed);
  gtk_widget_set_visible (self->reopen, closed);
  if (paused && self->second_source == 0)
    self->second_source = g_timeout_add_seconds (1, show_cb, self);
  else if (!paused)
    g_clear_handle_id (&self->second_source, g_source_remove);
}

static gboolean
show_cb (gpointer user_data)
{
  OscOpenState *self = user_data;
  guint source = self->second_source;

  show (self);
  return source == self->second_source ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* @minutes: 0: no end. */
static void
change (OscOpenState *self, const char *state, int minutes, const char *sentence)
{
  JsonObject *patch = json_object_new ();

  json_object_set_string_member (patch, "open_state", state);
  if (minutes > 0) {
    g_autofree char *until = osy_clock_format (osy_clock_now () + minutes * G_TIME_SPAN_MINUTE);

    json_object_set_string_member (patch, "paused_until", until);
  }
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  osc_shop_change_make (
      &(OscShopChangeWords){.store = self->store, .from = GTK_WIDGET (self), .sentence = sentence},
      patch);
}

static void
pause_action (GtkWidget *widget, const char *name, GVariant *minutes)
{
  g_autofree char *sentence =
      g_strdup_printf (_ ("Paused QR and web for %d min"), g_variant_get_int32 (minutes));

  change (OSC_OPEN_STATE (widget), OSY_SHOP_PAUSED, g_variant_get_int32 (minutes), sentence);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  change (OSC_OPEN_STATE (widget), OSY_SHOP_OPEN, 0, _ ("Guests can order again"));
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  change (OSC_OPEN_STATE (widget), OSY_SHOP_CLOSED, 0, _ ("Closed the shop to guests"));
}

static void
osc_open_state_dispose (GObject *object)
{
  OscOpenState *self = OSC_OPEN_STATE (object);

  g_clear_handle_id (&self->second_source, g_source_remove);
  g_clear_object (&self->store);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_OPEN_STATE);
  G_OBJECT_CLASS (osc_open_state_parent_class)->dispose (object);
}

static void
osc_open_state_class_init (OscOpenStateClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_open_state_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/shell/osc-open-state.ui");
  gtk_widget_class_bind_template_child (widget_class, OscOpenState, button);
  gtk_widget_class_bind_template_child (widget_class, OscOpenState, words);
  gtk_widget_class_bind_template_child (widget_class, OscOpenState, popover);
  gtk_widget_class_bind_template_child (widget_class, OscOpenState, about);
  gtk_widget_class_bind_template_child (widget_class, OscOpenState, pauses);
  gtk_widget_class_bind_template_child (widget_class, OscOpenState, resume);
  gtk_widget_class_bind_template_child (widget_class, OscOpenState, close);
  gtk_widget_class_bind_template_child (widget_class, OscOpenState, reopen);
  gtk_widget_class_install_action (widget_class, "state.pause", "i", pause_action);
  gtk_widget_class_install_action (widget_class, "state.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "state.close", NULL, close_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "openstate");
}

static void
osc_open_state_init (OscOpenState *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show (self);
}

void
osc_open_state_follow (OscOpenState *self, OscShopStore *store)
{
  g_return_if_fail (OSC_IS_OPEN_STATE (self));

  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_set_object (&self->store, store);
  if (store != NULL)
    g_signal_connect_object (store, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}
