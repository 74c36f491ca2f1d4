/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Allergens and channels. An item without a list of channels is offered everywhere. */

#include "osc-menu-chips.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-menu-entry.h"
#include "osc-menu-lines.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-menu-allergens.h"

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
  GtkWidget *named;
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

/* (nullable): NULL when it is none of the law's. */
static const char *
known_word (const char *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (allergens); i++)
    if (g_strcmp0 (allergens[i].value, value) == 0)
      return _ (allergens[i].word);
  return NULL;
}

/* (transfer full) */
static char *
allergen_word (const char *value)
{
  gboolean none = g_str_has_suffix (value, OSY_MENU_ALLERGEN_NONE);
  g_autofree char *what =
      g_strndup (value, strlen (value) - (none ? strlen (OSY_MENU_ALLERGEN_NONE) : 0));
  const char *known = known_word (what);

  if (known == NULL)
    return g_strdup (value);
  /* Translators: an allergen that is not in a dish */
  return none ? g_strdup_printf (_ ("No %s"), known) : g_strdup (known);
}

GStrv
osc_menu_chips_allergens (GStrv values)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (; *values != NULL; values++) {
    g_autofree char *word = allergen_word (*values);

    g_strv_builder_add (words, word);
  }
  return g_strv_builder_end (words);
}

GStrv
osc_menu_chips_words (JsonObject *entry, OscChipsKind kind)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  if (kind == OSC_CHIPS_ALLERGENS) {
    JsonArray *list = osc_menu_entry_list (entry, "allergens");

    for (guint i = 0; i < json_array_get_length (list); i++) {
      g_autofree char *word = allergen_word (json_array_get_string_element (list, i));

      g_strv_builder_add (words, word);
    }
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

/* ---- what the words tell of ---- */

static void
on_answer (OscMenuChips *self, GtkWidget *button)
{
  const char *value = g_object_get_data (G_OBJECT (button), VALUE);

  osc_menu_entry_toggle (osc_menu_draft_root (self->draft), "allergens", value, TRUE);
  osc_menu_draft_touch (self->draft);
  osc_menu_chips_show (self, self->draft, self->kind);
}

static GtkWidget *
new_answer (OscMenuChips *self, const char *label, const char *value, const char *name)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "soft");
  osc_widget_set_name (button, name);
  g_object_set_data_full (G_OBJECT (button), VALUE, g_strdup (value), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_answer), self, G_CONNECT_SWAPPED);
  return button;
}

static void
add_named (OscMenuChips *self, const char *value)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  const char *word = known_word (value);
  g_autofree char *none = g_strconcat (value, OSY_MENU_ALLERGEN_NONE, NULL);
  g_autofree char *about = g_strdup_printf (_ ("%s: in its words, not ticked"), word);
  g_autofree char *in_name = g_strdup_printf (_ ("%s: is in it"), word);
  g_autofree char *none_name = g_strdup_printf (_ ("%s: not in it"), word);
  GtkWidget *label = osc_widget_new_text (about, "named-words");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (row, "check-row");
  gtk_widget_add_css_class (row, "named");
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), new_answer (self, _ ("Is in it"), value, in_name));
  gtk_box_append (GTK_BOX (row), new_answer (self, _ ("Not in it"), none, none_name));
  gtk_box_append (GTK_BOX (self->named), row);
}

static void
show_named (OscMenuChips *self)
{
  g_auto (GStrv) missing = self->kind == OSC_CHIPS_ALLERGENS
                               ? osc_menu_lines_allergens (self->draft)
                               : g_new0 (char *, 1);

  osc_widget_drop_children (self->named);
  for (char **value = missing; *value != NULL; value++)
    add_named (self, *value);
  gtk_widget_set_visible (self->named, *missing != NULL);
}

/* ---- chips ---- */

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
  show_named (self);
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

    if (known_word (value) == NULL) {
      g_autofree char *word = allergen_word (value);

      add_chip (self, value, word);
    }
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
  show_named (self);
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
  gtk_widget_class_bind_template_child (widget_class, OscMenuChips, named);
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
