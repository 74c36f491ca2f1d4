/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Open, paused or closed, busy or not. Pause and busy end by themselves: the daemon's rule, counted
 * down here. */

#include "osc-open-state.h"

#include <glib/gi18n.h>

#include "osc-shop-change.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

#define BUSY_MINUTES 30 /* for how long more is promised */

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
  GtkWidget *busy;
  GtkWidget *calm;
  GtkWidget *now;
  GtkWidget *stations;
  OscShopStore *store; /* nullable */
  OscLoadStore *load;  /* nullable */
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

/* (transfer full): "Busy: +10 min until 13:40" */
static char *
busy_words (OsyShop *shop, int minutes)
{
  gint64 until = osy_shop_data (shop)->busy_until;
  g_autofree char *clock = osc_words_clock (until);

  return until != 0 ? g_strdup_printf (_ ("Busy: +%d min until %s"), minutes, clock)
                    : g_strdup_printf (_ ("Busy: +%d min"), minutes);
}

/* (transfer full): with how long an order takes now, once that is known. */
static char *
open_words (OsyShop *shop, const OsyKitchenOutlook *outlook)
{
  int busy = osy_shop_busy_minutes_at (shop, osy_clock_now ());
  g_autofree char *words = busy > 0 ? busy_words (shop, busy) : g_strdup (_ ("Taking orders"));
  g_autofree char *minutes = outlook != NULL ? osc_words_minutes ((int)outlook->minutes) : NULL;

  return outlook != NULL ? g_strdup_printf ("%s · %s", words, minutes) : g_steal_pointer (&words);
}

/* (transfer full) */
static char *
state_words (OsyShop *shop, const char *state, const OsyKitchenOutlook *outlook)
{
  gint64 until = osy_shop_data (shop)->paused_until;
  g_autofree char *left = left_text (until);

  if (g_str_equal (state, OSY_SHOP_CLOSED))
    return g_strdup (_ ("Shop closed"));
  if (!g_str_equal (state, OSY_SHOP_PAUSED))
    return open_words (shop, outlook);
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

static void
add_station (GtkWidget *box, const OsyKitchenLoad *load)
{
  g_autofree char *minutes = osc_words_minutes ((int)load->minutes);
  g_autofree char *dishes = g_strdup_printf (
      g_dngettext (NULL, "%d dish", "%d dishes", (gulong)load->dishes), (int)load->dishes);
  g_autofree char *about = g_strdup_printf ("%s · %s", dishes, minutes);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *name = gtk_label_new (load->name);
  GtkWidget *words = gtk_label_new (about);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (words, "numeric");
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (box), row);
}

static void
show_load (OscOpenState *self, const OsyKitchenOutlook *outlook)
{
  GtkWidget *child;

  gtk_widget_set_visible (self->now, outlook != NULL);
  gtk_widget_set_visible (self->stations, outlook != NULL);
  if (outlook == NULL)
    return;
  g_autofree char *minutes = osc_words_minutes ((int)outlook->minutes);
  g_autofree char *words = g_strdup_printf (_ ("An order now takes %s"), minutes);
  gtk_label_set_label (GTK_LABEL (self->now), words);
  while ((child = gtk_widget_get_first_child (self->stations)) != NULL)
    gtk_box_remove (GTK_BOX (self->stations), child);
  for (guint i = 0; i < outlook->stations->len; i++)
    add_station (self->stations, g_ptr_array_index (outlook->stations, i));
}

static gboolean show_cb (gpointer user_data);

static void
show (OscOpenState *self)
{
  OsyShop *shop = self->store != NULL ? osc_shop_store_get (self->store) : NULL;
  const OsyKitchenOutlook *outlook = self->load != NULL ? osc_load_store_get (self->load) : NULL;
  const char *state;
  gboolean paused;
  gboolean closed;
  gboolean busy;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), shop != NULL);
  if (shop == NULL)
    return;
  state = osy_shop_open_state_at (shop, osy_clock_now ());
  paused = g_str_equal (state, OSY_SHOP_PAUSED);
  closed = g_str_equal (state, OSY_SHOP_CLOSED);
  busy = osy_shop_busy_minutes_at (shop, osy_clock_now ()) > 0;
  words = state_words (shop, state, outlook);
  gtk_label_set_label (GTK_LABEL (self->words), words);
  osc_widget_set_name (self->button, words);
  gtk_label_set_label (GTK_LABEL (self->about), about_words (state));
  show_load (self, outlook);
  osc_widget_set_class (GTK_WIDGET (self), "paused", paused || (busy && !closed));
  gtk_widget_set_visible (self->pauses, !closed && !paused);
  gtk_widget_set_visible (self->resume, paused);
  gtk_widget_set_visible (self->busy, !closed && !busy);
  gtk_widget_set_visible (self->calm, busy);
  gtk_widget_set_visible (self->close, !closed);
  gtk_widget_set_visible (self->reopen, closed);
  if ((paused || busy) && self->second_source == 0)
    self->second_source = g_timeout_add_seconds (1, show_cb, self);
  else if (!paused && !busy)
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

static void
set_end (JsonObject *patch, const char *member, int minutes)
{
  g_autofree char *until = osy_clock_format (osy_clock_now () + minutes * G_TIME_SPAN_MINUTE);

  json_object_set_string_member (patch, member, until);
}

/* @patch: (transfer full) */
static void
make (OscOpenState *self, JsonObject *patch, const char *sentence)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  osc_shop_change_make (
      &(OscShopChangeWords){.store = self->store, .from = GTK_WIDGET (self), .sentence = sentence},
      patch);
}

/* @minutes: 0: no end. */
static void
change (OscOpenState *self, const char *state, int minutes, const char *sentence)
{
  JsonObject *patch = json_object_new ();

  json_object_set_string_member (patch, "open_state", state);
  if (minutes > 0)
    set_end (patch, "paused_until", minutes);
  make (self, patch, sentence);
}

static void
busy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  int minutes = g_variant_get_int32 (parameter);
  JsonObject *patch = json_object_new ();
  g_autofree char *sentence =
      minutes > 0 ? g_strdup_printf (_ ("Promises %d min more for %d min"), minutes, BUSY_MINUTES)
                  : g_strdup (_ ("Promises the usual times again"));

  json_object_set_int_member (patch, "busy_minutes", minutes);
  if (minutes > 0)
    set_end (patch, "busy_until", BUSY_MINUTES);
  make (OSC_OPEN_STATE (widget), patch, sentence);
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
  g_clear_object (&self->load);
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
  gtk_widget_class_bind_template_child (widget_class, OscOpenState, busy);
  gtk_widget_class_bind_template_child (widget_class, OscOpenState, calm);
  gtk_widget_class_bind_template_child (widget_class, OscOpenState, now);
  gtk_widget_class_bind_template_child (widget_class, OscOpenState, stations);
  gtk_widget_class_install_action (widget_class, "state.busy", "i", busy_action);
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
osc_open_state_follow (OscOpenState *self, OscShopStore *store, OscLoadStore *load)
{
  g_return_if_fail (OSC_IS_OPEN_STATE (self));

  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  if (self->load != NULL)
    g_signal_handlers_disconnect_by_data (self->load, self);
  g_set_object (&self->store, store);
  g_set_object (&self->load, load);
  if (store != NULL)
    g_signal_connect_object (store, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  if (load != NULL)
    g_signal_connect_object (load, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}
