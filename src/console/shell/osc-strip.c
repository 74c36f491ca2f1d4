/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The strip. Chips of devices whose room is not built are absent. */

#include "osc-strip.h"

#include <glib/gi18n.h>

#include "osc-open-state.h"
#include "osc-words.h"
#include "osy-clock.h"

#define SHOP_ID "osc-shop-id" /* on a button */

struct _OscStrip {
  AdwBin parent_instance;
  GtkWidget *bar;
  GtkWidget *shop;
  GtkWidget *day;
  GtkWidget *devices;
  GtkWidget *connection;
  GtkWidget *printer;
  GtkWidget *sound;
  GtkWidget *attention;
  GtkWidget *open_state;
  GtkWidget *person_box;
  GtkWidget *person_popover;
  GtkWidget *person;
  GtkWidget *role;
  GtkWidget *shops;
  GtkWidget *account;
  GtkWidget *sign_out;
  GtkWidget *clock;
  char *name; /* (nullable): of the person */
  guint second_source;
};

enum { SIGN_OUT, ACCOUNT, SWITCH_SHOP, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscStrip, osc_strip, ADW_TYPE_BIN)

static gboolean
show_clock (gpointer user_data)
{
  OscStrip *self = user_data;
  g_autofree char *time = osc_words_clock (osy_clock_now ());

  if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (self->clock)), time) != 0)
    gtk_label_set_label (GTK_LABEL (self->clock), time);
  return G_SOURCE_CONTINUE;
}

/* Who has told no name is shown by what they may do: the way out must be there for all. */
static void
show_name (OscStrip *self)
{
  const char *role = gtk_label_get_label (GTK_LABEL (self->role));

  gtk_label_set_label (GTK_LABEL (self->person), self->name != NULL ? self->name
                                                 : role[0] != '\0'  ? role
                                                                    : _ ("My account"));
}

static void
on_sign_out (OscStrip *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->person_popover));
  g_signal_emit (self, signals[SIGN_OUT], 0);
}

static void
on_account (OscStrip *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->person_popover));
  g_signal_emit (self, signals[ACCOUNT], 0);
}

static void
on_keys (OscStrip *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->person_popover));
  gtk_widget_activate_action (GTK_WIDGET (self), "window.keys", NULL);
}

static void
on_shop (GtkButton *button, OscStrip *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->person_popover));
  g_signal_emit (self, signals[SWITCH_SHOP], 0, g_object_get_data (G_OBJECT (button), SHOP_ID));
}

static void
add_shop (OscStrip *self, const OscMembership *shop)
{
  g_autofree char *text =
      g_strdup_printf (_ ("Go to %s"), shop->name != NULL ? shop->name : shop->id);
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_add_css_class (button, "outlined");
  g_object_set_data_full (G_OBJECT (button), SHOP_ID, g_strdup (shop->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_shop), self, 0);
  gtk_box_append (GTK_BOX (self->shops), button);
}

void
osc_strip_show_person (OscStrip *self, const OscPerson *me)
{
  g_return_if_fail (OSC_IS_STRIP (self));
  gboolean person = me == NULL || me->user_id != NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->shops)) != NULL)
    gtk_box_remove (GTK_BOX (self->shops), child);
  for (guint i = 0; me != NULL && i < me->shops->len; i++)
    if (g_strcmp0 (((OscMembership *)g_ptr_array_index (me->shops, i))->id, me->shop_id) != 0)
      add_shop (self, g_ptr_array_index (me->shops, i));
  gtk_widget_set_visible (self->shops, gtk_widget_get_first_child (self->shops) != NULL);
  gtk_label_set_label (GTK_LABEL (self->role), me != NULL ? osc_words_role (me->role) : "");
  gtk_widget_set_visible (self->role, me != NULL);
  show_name (self);
  gtk_widget_set_visible (self->account, person);
  gtk_button_set_label (GTK_BUTTON (self->sign_out),
                        person ? _ ("Sign out") : _ ("Let this screen go"));
}

static void
osc_strip_dispose (GObject *object)
{
  OscStrip *self = OSC_STRIP (object);

  g_clear_handle_id (&self->second_source, g_source_remove);
  G_OBJECT_CLASS (osc_strip_parent_class)->dispose (object);
}

static void
osc_strip_finalize (GObject *object)
{
  g_free (OSC_STRIP (object)->name);
  G_OBJECT_CLASS (osc_strip_parent_class)->finalize (object);
}

static void
osc_strip_class_init (OscStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_strip_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_strip_finalize;
  signals[SIGN_OUT] = g_signal_new ("sign-out", OSC_TYPE_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  signals[ACCOUNT] = g_signal_new ("account", OSC_TYPE_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[SWITCH_SHOP] = g_signal_new ("switch-shop", OSC_TYPE_STRIP, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (OSC_TYPE_CHIP);
  g_type_ensure (OSC_TYPE_OPEN_STATE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/shell/osc-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, OscStrip, bar);
  gtk_widget_class_bind_template_child (widget_class, OscStrip, shop);
  gtk_widget_class_bind_template_child (widget_class, OscStrip, day);
  gtk_widget_class_bind_template_child (widget_class, OscStrip, devices);
  gtk_widget_class_bind_template_child (widget_class, OscStrip, connection);
  gtk_widget_class_bind_template_child (widget_class, OscStrip, printer);
  gtk_widget_class_bind_template_child (widget_class, OscStrip, sound);
  gtk_widget_class_bind_template_child (widget_class, OscStrip, attention);
  gtk_widget_class_bind_template_child (widget_class, OscStrip, open_state);
  gtk_widget_class_bind_template_child (widget_class, OscStrip, person_box);
  gtk_widget_class_bind_template_child (widget_class, OscStrip, person_popover);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_out);
  gtk_widget_class_bind_template_callback (widget_class, on_account);
  gtk_widget_class_bind_template_callback (widget_class, on_keys);
  gtk_widget_class_bind_template_child (widget_class, OscStrip, role);
  gtk_widget_class_bind_template_child (widget_class, OscStrip, shops);
  gtk_widget_class_bind_template_child (widget_class, OscStrip, account);
  gtk_widget_class_bind_template_child (widget_class, OscStrip, sign_out);
  gtk_widget_class_bind_template_child (widget_class, OscStrip, person);
  gtk_widget_class_bind_template_child (widget_class, OscStrip, clock);
  gtk_widget_class_set_css_name (widget_class, "strip");
}

static void
osc_strip_init (OscStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_clock (self);
  self->second_source = g_timeout_add_seconds (1, show_clock, self);
  osc_strip_set_shop (self, NULL, NULL, NULL);
}

void
osc_strip_set_shop (OscStrip *self, const char *shop, const char *business_day, const char *person)
{
  g_return_if_fail (OSC_IS_STRIP (self));
  g_autofree char *day = osc_words_day (business_day);

  gtk_label_set_label (GTK_LABEL (self->shop), shop != NULL ? shop : "OrderSync");
  gtk_label_set_label (GTK_LABEL (self->day), day);
  g_free (self->name);
  self->name = person != NULL && person[0] != '\0' ? g_strdup (person) : NULL;
  show_name (self);
  gtk_widget_set_visible (self->day, shop != NULL && day[0] != '\0');
  gtk_widget_set_visible (self->devices, shop != NULL);
  gtk_widget_set_visible (self->person_box, shop != NULL || person != NULL);
}

void
osc_strip_set_buttons (OscStrip *self, gboolean shown)
{
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (self->bar), shown);
}

OscChip *
osc_strip_connection (OscStrip *self)
{
  return OSC_CHIP (self->connection);
}

OscChip *
osc_strip_printer (OscStrip *self)
{
  return OSC_CHIP (self->printer);
}

OscChip *
osc_strip_sound (OscStrip *self)
{
  return OSC_CHIP (self->sound);
}

OscChip *
osc_strip_attention (OscStrip *self)
{
  return OSC_CHIP (self->attention);
}

void
osc_strip_follow (OscStrip *self, OscShopStore *store, OscLoadStore *load)
{
  g_return_if_fail (OSC_IS_STRIP (self));
  osc_open_state_follow (OSC_OPEN_STATE (self->open_state), store, load);
}
