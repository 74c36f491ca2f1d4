/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the law still asks of the menu, item by item. */

#include "osc-menu-check.h"

#include <glib/gi18n.h>

#include "osc-menu-chips.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osy-menu-allergens.h"
#include "osy-menu-origin.h"

#define KEY "osc-check-item"
#define PAGE "osc-check-page"

struct _OscMenuCheck {
  GtkWidget parent_instance;
  GtkWidget *summary;
  GtkWidget *hold;
  GtkWidget *held_words;
  GtkWidget *stack;
  GtkWidget *list;
  OscMenuStore *store;
  gboolean filling;
};

enum { OPEN, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscMenuCheck, osc_menu_check, GTK_TYPE_WIDGET)

/* ---- rows ---- */

static GtkWidget *
make_tag (const char *words)
{
  GtkWidget *tag = gtk_label_new (words);

  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (tag), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (tag, "tag");
  gtk_widget_add_css_class (tag, "amber");
  return tag;
}

/* (nullable): NULL when nothing is missing. */
static GtkWidget *
make_row (const OsyMenuItem *item, const char *category)
{
  g_auto (GStrv) origins = osy_menu_origin_missing_in (item);
  g_auto (GStrv) allergens = osy_menu_allergens_missing_in (item);

  if (*origins == NULL && *allergens == NULL)
    return NULL;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "check-row");
  gtk_box_append (GTK_BOX (texts), osc_widget_new_text (item->name, "version-words"));
  gtk_box_append (GTK_BOX (texts), osc_widget_new_text (category, "secondary"));
  gtk_box_append (GTK_BOX (box), texts);
  if (*origins != NULL) {
    g_autofree char *list = g_strjoinv (", ", origins);
    g_autofree char *words = g_strdup_printf (_ ("No origin: %s"), list);

    gtk_box_append (GTK_BOX (box), make_tag (words));
  }
  if (*allergens != NULL) {
    g_auto (GStrv) names = osc_menu_chips_allergens (allergens);
    g_autofree char *list = g_strjoinv (", ", names);
    g_autofree char *words = g_strdup_printf (_ ("Allergens not stated: %s"), list);

    gtk_box_append (GTK_BOX (box), make_tag (words));
  }
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("osy-next-symbolic"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  osc_widget_set_name (row, item->name);
  g_object_set_data_full (G_OBJECT (row), KEY, g_strdup (item->id), g_free);
  g_object_set_data (G_OBJECT (row), PAGE, (gpointer)(*origins != NULL ? "origin" : "allergens"));
  return row;
}

static guint
fill (OscMenuCheck *self)
{
  GPtrArray *categories = osy_menu_categories (osc_menu_store_get (self->store));
  GtkListBoxRow *old;
  guint n = 0;

  while ((old = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (old));
  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);

    for (guint j = 0; j < category->items->len; j++) {
      GtkWidget *row = make_row (g_ptr_array_index (category->items, j), category->name);

      if (row != NULL)
        gtk_list_box_append (GTK_LIST_BOX (self->list), row);
      n += row != NULL;
    }
  }
  return n;
}

guint
osc_menu_check_count (OsyMenu *menu)
{
  g_return_val_if_fail (OSY_IS_MENU (menu), 0);
  GPtrArray *categories = osy_menu_categories (menu);
  guint n = 0;

  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);

    for (guint j = 0; j < category->items->len; j++) {
      const OsyMenuItem *item = g_ptr_array_index (category->items, j);
      g_auto (GStrv) origins = osy_menu_origin_missing_in (item);
      g_auto (GStrv) allergens = osy_menu_allergens_missing_in (item);

      n += *origins != NULL || *allergens != NULL;
    }
  }
  return n;
}

/* ---- what is shown ---- */

static void
show (OscMenuCheck *self)
{
  gboolean required = osy_menu_origin_required (osc_menu_store_get (self->store));

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  guint n = fill (self);
  g_autofree char *summary = g_strdup_printf (
      g_dngettext (NULL, "%u item has something to state", "%u items have something to state", n),
      n);

  self->filling = TRUE;
  gtk_switch_set_active (GTK_SWITCH (self->hold), required);
  self->filling = FALSE;
  gtk_label_set_label (GTK_LABEL (self->summary), n > 0 ? summary : "");
  gtk_label_set_label (GTK_LABEL (self->held_words),
                       required ? _ ("Guests don't see them on QR and the web until it is stated.")
                                : _ ("Guests see them all the same."));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n > 0 ? "list" : "none");
}

static void
osc_menu_check_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (osc_menu_check_parent_class)->map (widget);
  show (OSC_MENU_CHECK (widget));
}

/* ---- acts ---- */

static void
required_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscMenuCheck) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!osc_menu_store_apply_finish (OSC_MENU_STORE (source), result, &error) &&
      gtk_widget_get_root (GTK_WIDGET (self)) != NULL) {
    osc_toasts_say (GTK_WIDGET (self), error->message);
    show (self);
  }
}

static void
on_hold (OscMenuCheck *self)
{
  if (!self->filling)
    osc_menu_store_require_origin_async (self->store,
                                         gtk_switch_get_active (GTK_SWITCH (self->hold)),
                                         required_cb, g_object_ref (self));
}

static void
on_row (OscMenuCheck *self, GtkListBoxRow *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), KEY));

  g_signal_emit (self, signals[OPEN], 0, id, g_object_get_data (G_OBJECT (row), PAGE));
}

static void
on_cancel (OscMenuCheck *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

/* ---- life ---- */

static void
osc_menu_check_dispose (GObject *object)
{
  OscMenuCheck *self = OSC_MENU_CHECK (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_MENU_CHECK);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_menu_check_parent_class)->dispose (object);
}

static void
osc_menu_check_class_init (OscMenuCheckClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_check_dispose;
  widget_class->map = osc_menu_check_map;
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/menu/osc-menu-check.ui");
  gtk_widget_class_bind_template_child (widget_class, OscMenuCheck, summary);
  gtk_widget_class_bind_template_child (widget_class, OscMenuCheck, hold);
  gtk_widget_class_bind_template_child (widget_class, OscMenuCheck, held_words);
  gtk_widget_class_bind_template_child (widget_class, OscMenuCheck, stack);
  gtk_widget_class_bind_template_child (widget_class, OscMenuCheck, list);
  gtk_widget_class_bind_template_callback (widget_class, on_hold);
  gtk_widget_class_bind_template_callback (widget_class, on_row);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menucheck");
}

static void
osc_menu_check_init (OscMenuCheck *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

GtkWidget *
osc_menu_check_new (OscMenuStore *store)
{
  g_return_val_if_fail (OSC_IS_MENU_STORE (store), NULL);
  OscMenuCheck *self = g_object_new (OSC_TYPE_MENU_CHECK, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
