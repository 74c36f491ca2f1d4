/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Allergens and channels. An item without a list of channels is offered everywhere. */

#include "osc-menu-chips.h"

#include <glib/gi18n.h>

#include "osc-menu-entry.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-menu.h"

#define VALUE "osc-chip-value"

static const struct {
  const char *value; /* as the law writes it */
  const char *word;
} allergens[] = {
    {"난류", N_ ("Eggs")},          {"우유", N_ ("Milk")},      {"메밀", N_ ("Buckwheat")},
    {"땅콩", N_ ("Peanuts")},       {"대두", N_ ("Soybeans")},  {"밀", N_ ("Wheat")},
    {"고등어", N_ ("Mackerel")},    {"게", N_ ("Crab")},        {"새우", N_ ("Shrimp")},
    {"돼지고기", N_ ("Pork")},      {"복숭아", N_ ("Peaches")}, {"토마토", N_ ("Tomatoes")},
    {"아황산류", N_ ("Sulphites")}, {"호두", N_ ("Walnuts")},   {"닭고기", N_ ("Chicken")},
    {"쇠고기", N_ ("Beef")},        {"오징어", N_ ("Squid")},   {"조개류", N_ ("Shellfish")},
    {"잣", N_ ("Pine nuts")},
};

struct _OscMenuChips {
  GtkWidget parent_instance;
  GtkWidget *about;
  GtkWidget *flow;
  OscMenuDraft *draft;
  OscChipsKind kind;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (OscMenuChips, osc_menu_chips, GTK_TYPE_WIDGET)

static gboolean
is_ticked (JsonObject *entry, OscChipsKind kind, const char *value)
{
  if (kind == OSC_CHIPS_CHANNELS)
    return !json_object_has_member (entry, "channels") ||
           osc_menu_entry_has (entry, "channels", value);
  return osc_menu_entry_has (entry, "allergens", value);
}

static const char *
allergen_word (const char *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (allergens); i++)
    if (g_strcmp0 (allergens[i].value, value) == 0)
      return _ (allergens[i].word);
  return value;
}

GStrv
osc_menu_chips_words (JsonObject *entry, OscChipsKind kind)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  if (kind == OSC_CHIPS_ALLERGENS) {
    JsonArray *list = osc_menu_entry_list (entry, "allergens");

    for (guint i = 0; i < json_array_get_length (list); i++)
      g_strv_builder_add (words, allergen_word (json_array_get_string_element (list, i)));
    return g_strv_builder_end (words);
  }
  for (const char *const *channel = osy_menu_channels; *channel != NULL; channel++)
    if (is_ticked (entry, kind, *channel))
      g_strv_builder_add (words, osc_words_channel (*channel));
  return g_strv_builder_end (words);
}

static guint
count_channels (JsonObject *entry)
{
  guint n = 0;

  for (const char *const *channel = osy_menu_channels; *channel != NULL; channel++)
    n += is_ticked (entry, OSC_CHIPS_CHANNELS, *channel);
  return n;
}

static void
set_channel (JsonObject *entry, const char *value, gboolean on)
{
  JsonArray *before = json_array_new ();

  for (const char *const *channel = osy_menu_channels; *channel != NULL; channel++)
    if (g_strcmp0 (*channel, value) == 0 ? on : is_ticked (entry, OSC_CHIPS_CHANNELS, *channel))
      json_array_add_string_element (before, *channel);
  json_object_set_array_member (entry, "channels", before);
  if (count_channels (entry) == g_strv_length ((char **)osy_menu_channels))
    json_object_remove_member (entry, "channels");
}

static void
on_toggled (OscMenuChips *self, GtkToggleButton *chip)
{
  const char *value = g_object_get_data (G_OBJECT (chip), VALUE);
  gboolean on = gtk_toggle_button_get_active (chip);
  JsonObject *entry = osc_menu_draft_root (self->draft);

  if (self->filling)
    return;
  if (self->kind == OSC_CHIPS_CHANNELS)
    set_channel (entry, value, on);
  else
    osc_menu_entry_toggle (entry, "allergens", value, on);
  osc_menu_draft_touch (self->draft);
}

static void
add_chip (OscMenuChips *self, const char *value, const char *word)
{
  GtkWidget *chip = gtk_toggle_button_new_with_label (word);

  gtk_widget_add_css_class (chip, "menu-chip");
  g_object_set_data_full (G_OBJECT (chip), VALUE, g_strdup (value), g_free);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip),
                                is_ticked (osc_menu_draft_root (self->draft), self->kind, value));
  g_signal_connect_object (chip, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  gtk_flow_box_append (GTK_FLOW_BOX (self->flow), chip);
  gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
}

/* Whatever else a person or a file wrote stays to be ticked off. */
static void
add_others (OscMenuChips *self)
{
  JsonArray *list = osc_menu_entry_list (osc_menu_draft_root (self->draft), "allergens");

  for (guint i = 0; i < json_array_get_length (list); i++) {
    const char *value = json_array_get_string_element (list, i);

    if (allergen_word (value) == value)
      add_chip (self, value, value);
  }
}

void
osc_menu_chips_show (OscMenuChips *self, OscMenuDraft *draft, OscChipsKind kind)
{
  g_return_if_fail (OSC_IS_MENU_CHIPS (self) && OSC_IS_MENU_DRAFT (draft));
  GtkWidget *child;

  g_set_object (&self->draft, draft);
  self->kind = kind;
  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (self->flow)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->flow), child);
  for (gsize i = 0; kind == OSC_CHIPS_ALLERGENS && i < G_N_ELEMENTS (allergens); i++)
    add_chip (self, allergens[i].value, _ (allergens[i].word));
  if (kind == OSC_CHIPS_ALLERGENS)
    add_others (self);
  for (guint i = 0; kind == OSC_CHIPS_CHANNELS && osy_menu_channels[i] != NULL; i++)
    add_chip (self, osy_menu_channels[i], osc_words_channel (osy_menu_channels[i]));
  gtk_label_set_label (GTK_LABEL (self->about),
                       kind == OSC_CHIPS_ALLERGENS
                           ? _ ("Tick what is in it. Guests see it beside the item.")
                           : _ ("Where it can be ordered."));
  self->filling = FALSE;
}

static void
osc_menu_chips_dispose (GObject *object)
{
  OscMenuChips *self = OSC_MENU_CHIPS (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_MENU_CHIPS);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (osc_menu_chips_parent_class)->dispose (object);
}

static void
osc_menu_chips_class_init (OscMenuChipsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_chips_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/menu/osc-menu-chips.ui");
  gtk_widget_class_bind_template_child (widget_class, OscMenuChips, about);
  gtk_widget_class_bind_template_child (widget_class, OscMenuChips, flow);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menuchips");
}

static void
osc_menu_chips_init (OscMenuChips *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

GtkWidget *
osc_menu_chips_new (void)
{
  return g_object_new (OSC_TYPE_MENU_CHIPS, NULL);
}
