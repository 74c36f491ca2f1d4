/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Fields and the draft behind them. */

#include "osc-menu-bind.h"

#include "osc-field.h"
#include "osc-menu-entry.h"
#include "osc-widget.h"
#include "osy-clock.h"

#define KEY "osc-menu-bind"

typedef struct {
  OscMenuDraft *draft;
  JsonObject *entry;
  OscBindKind kind;
  char *name;
  char *place;
  gboolean filling;
} Bound;

static void
bound_free (Bound *bound)
{
  g_object_unref (bound->draft);
  json_object_unref (bound->entry);
  g_free (bound->name);
  g_free (bound->place);
  g_free (bound);
}

static void
on_changed (OscField *field)
{
  Bound *bound = g_object_get_data (G_OBJECT (field), KEY);
  const char *text = osc_field_text (field);

  if (bound == NULL || bound->filling || bound->kind == OSC_BIND_FAULT)
    return;
  if (bound->kind == OSC_BIND_PRICE)
    osc_menu_entry_set_price (bound->entry, osy_clock_now (), text);
  else if (bound->kind == OSC_BIND_NUMBER)
    osc_menu_entry_set_number (bound->entry, bound->name, text);
  else
    osc_menu_entry_set_text (bound->entry, bound->name, text);
  osc_menu_draft_touch (bound->draft);
}

static char *
text_of (const Bound *bound)
{
  JsonObject *price;

  if (bound->kind == OSC_BIND_TEXT)
    return g_strdup (osc_menu_entry_text (bound->entry, bound->name));
  if (bound->kind == OSC_BIND_NUMBER)
    return osc_menu_entry_number (bound->entry, bound->name);
  price = osc_menu_entry_price (bound->entry, osy_clock_now ());
  return price != NULL ? osc_menu_entry_number (price, "price") : g_strdup ("");
}

void
osc_menu_bind (GtkWidget *field, OscMenuDraft *draft, const OscBind *bind)
{
  g_return_if_fail (OSC_IS_FIELD (field) && OSC_IS_MENU_DRAFT (draft) && bind != NULL);
  Bound *bound = g_new0 (Bound, 1);
  gboolean again = g_object_get_data (G_OBJECT (field), KEY) != NULL;
  g_autofree char *text = NULL;

  bound->draft = g_object_ref (draft);
  bound->entry = json_object_ref (bind->entry);
  bound->kind = bind->kind;
  bound->name = g_strdup (bind->name);
  bound->place = g_strdup (bind->place);
  bound->filling = TRUE;
  g_object_set_data_full (G_OBJECT (field), KEY, bound, (GDestroyNotify)bound_free);
  if (bound->kind != OSC_BIND_FAULT) {
    text = text_of (bound);
    osc_field_set_text (OSC_FIELD (field), text);
  }
  osc_field_set_error (OSC_FIELD (field), NULL);
  bound->filling = FALSE;
  if (!again)
    g_signal_connect (field, "changed", G_CALLBACK (on_changed), NULL);
}

GtkWidget *
osc_menu_bind_faults (GtkWidget *parent, GHashTable *faults)
{
  const Bound *bound = g_object_get_data (G_OBJECT (parent), KEY);
  GtkWidget *first = NULL;

  if (bound != NULL) {
    const char *sentence = bound->place != NULL ? g_hash_table_lookup (faults, bound->place) : NULL;

    osc_field_set_error (OSC_FIELD (parent), sentence);
    return sentence != NULL ? parent : NULL;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = osc_menu_bind_faults (child, faults);

    first = first != NULL ? first : found;
  }
  return first;
}

GtkWidget *
osc_menu_bind_button (const char *icon, const char *name, GCallback clicked, gpointer object)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "plain");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  osc_widget_set_name (button, name);
  g_signal_connect_object (button, "clicked", clicked, object, G_CONNECT_SWAPPED);
  return button;
}

GtkWidget *
osc_menu_bind_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}
