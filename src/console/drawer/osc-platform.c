/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A platform's order: its flags in words, and what was not found on the menu. */

#include "osc-platform.h"

#include <glib/gi18n.h>

#include "osc-document.h"
#include "osc-sheet.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-compat.h"
#include "osy-json.h"

#define PLACE "osc-place" /* of a button: which of the unmapped */

struct _OscPlatform {
  GtkWidget parent_instance;
  GtkWidget *flags;
  GtkWidget *items;
  OsyClient *client;    /* nullable */
  OscMenuStore *menu;   /* nullable */
  OscPeople *people;    /* nullable */
  OscDocument *channel; /* (nullable): of the order */
  char *order_id;       /* nullable */
  char *flag_words;     /* (nullable): as they are shown */
};

G_DEFINE_FINAL_TYPE (OscPlatform, osc_platform, GTK_TYPE_WIDGET)

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* ---- flags ---- */

static void
add_note (OscPlatform *self, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name ("osy-warning-symbolic");

  gtk_widget_add_css_class (box, "note-box");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), make_label (text, NULL));
  gtk_box_append (GTK_BOX (self->flags), box);
}

static void
show_flags (OscPlatform *self)
{
  JsonObject *channel = self->channel != NULL ? osc_document_get (self->channel) : NULL;
  gint64 untold =
      channel != NULL ? json_object_get_int_member_with_default (channel, "untold", 0) : 0;
  g_auto (GStrv) list = g_strsplit (self->flag_words != NULL ? self->flag_words : "", " ", -1);

  clear_box (self->flags);
  for (guint i = 0; list[i] != NULL; i++) {
    const char *advice = osc_words_flag_advice (list[i]);
    if (advice != NULL)
      add_note (self, advice);
  }
  if (untold > 0) {
    g_autofree char *text =
        g_strdup_printf (g_dngettext (NULL, "%d step could not be told to the app yet",
                                      "%d steps could not be told to the app yet", (gulong)untold),
                         (int)untold);
    add_note (self, text);
  }
}

/* ---- what is not on the menu ---- */

static JsonObject *
unmapped_at (OscPlatform *self, guint i)
{
  JsonObject *channel = self->channel != NULL ? osc_document_get (self->channel) : NULL;
  JsonArray *list = channel != NULL ? json_object_get_array_member (channel, "unmapped") : NULL;

  return list != NULL && i < json_array_get_length (list) ? json_array_get_object_element (list, i)
                                                          : NULL;
}

/** What may be chosen, with its id at the same place. */
typedef struct {
  OscPlatform *self;
  OscSheet *sheet; /* borrowed: it owns this */
  GtkWidget *drop;
  GPtrArray *ids;
  char *kind;
  char *plu;
  char *link_id;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_object_unref (choice->self);
  g_ptr_array_unref (choice->ids);
  g_free (choice->kind);
  g_free (choice->plu);
  g_free (choice->link_id);
  g_free (choice);
}

static void
add_items (OsyMenu *menu, GtkStringList *names, GPtrArray *ids)
{
  GPtrArray *categories = osy_menu_categories (menu);

  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);
    for (guint k = 0; k < category->items->len; k++) {
      const OsyMenuItem *item = g_ptr_array_index (category->items, k);
      gtk_string_list_append (names, item->name);
      g_ptr_array_add (ids, g_strdup (item->id));
    }
  }
}

static void
add_options (OsyMenu *menu, GtkStringList *names, GPtrArray *ids)
{
  GPtrArray *groups = osy_menu_groups (menu);

  for (guint i = 0; i < groups->len; i++) {
    const OsyMenuGroup *group = g_ptr_array_index (groups, i);
    for (guint k = 0; k < group->options->len; k++) {
      const OsyMenuOption *option = g_ptr_array_index (group->options, k);
      g_autofree char *text = g_strdup_printf ("%s · %s", group->name, option->name);
      gtk_string_list_append (names, text);
      g_ptr_array_add (ids, g_strdup (option->id));
    }
  }
}

/* What is called the same is offered first. */
static guint
find_name (GtkStringList *names, const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (names)); i++)
    if (g_strcmp0 (gtk_string_list_get_string (names, i), name) == 0)
      return i;
  return 0;
}

static void
mapped_cb (gpointer owner, JsonObject *answer, const GError *error)
{
  OscPlatform *self = owner;

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  osc_toasts_say (GTK_WIDGET (self), answer != NULL ? _ ("From the next order on it is found")
                                                    : _ ("Couldn't save. What you typed is kept"));
  if (self->channel != NULL)
    osc_document_load (self->channel);
}

static void
on_map (OscSheet *sheet)
{
  Choice *choice = g_object_get_data (G_OBJECT (sheet), PLACE);
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (choice->drop));
  g_autofree char *path = g_strconcat ("channels/", choice->link_id, "/items", NULL);
  g_autoptr (OscDocument) items = osc_document_new (choice->self->client, path);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);

  if (chosen >= choice->ids->len)
    return;
  json_object_set_string_member (object, "kind", choice->kind);
  json_object_set_string_member (object, "plu", choice->plu);
  json_object_set_string_member (object, "target_id", choice->ids->pdata[chosen]);
  osc_document_send (items, &(OscDocumentAct){.method = "POST",
                                              .body = body,
                                              .done = mapped_cb,
                                              .owner = G_OBJECT (choice->self)});
  gtk_window_close (GTK_WINDOW (sheet));
}

static void
on_choose (OscPlatform *self, GtkWidget *button)
{
  JsonObject *item =
      unmapped_at (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), PLACE)));
  OsyMenu *menu = osc_menu_store_get (self->menu);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  Choice *choice;

  if (item == NULL || menu == NULL)
    return;
  const char *name = json_object_get_string_member_with_default (item, "name", "");
  g_autofree char *title = g_strdup_printf (_ ("What is “%s” here?"), name);
  choice = g_new0 (Choice, 1);
  *choice = (Choice){
      .self = g_object_ref (self),
      .sheet = osc_sheet_new (GTK_WIDGET (self)),
      .drop = gtk_drop_down_new (NULL, NULL),
      .ids = g_ptr_array_new_with_free_func (g_free),
      .kind = g_strdup (json_object_get_string_member_with_default (item, "kind", "")),
      .plu = g_strdup (json_object_get_string_member_with_default (item, "plu", "")),
      .link_id = g_strdup (json_object_get_string_member_with_default (
          osc_document_get (self->channel), "link_id", "")),
  };
  g_object_set_data_full (G_OBJECT (choice->sheet), PLACE, choice, choice_free);
  if (g_str_equal (choice->kind, "ITEM"))
    add_items (menu, names, choice->ids);
  else
    add_options (menu, names, choice->ids);
  gtk_drop_down_set_model (GTK_DROP_DOWN (choice->drop), G_LIST_MODEL (names));
  gtk_drop_down_set_expression (
      GTK_DROP_DOWN (choice->drop),
      gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (choice->drop), TRUE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice->drop), find_name (names, name));
  osc_widget_set_name (choice->drop, title);
  osc_sheet_ask (choice->sheet, title,
                 _ ("Next time it goes to the right station and counts in your stock"),
                 _ ("That is it"));
  osc_sheet_add (choice->sheet, choice->drop);
  g_signal_connect (choice->sheet, "primary", G_CALLBACK (on_map), NULL);
}

static const char *
name_of_target (OscPlatform *self, JsonObject *item)
{
  const char *id = json_object_get_string_member_with_default (item, "target_id", NULL);
  OsyMenu *menu = self->menu != NULL ? osc_menu_store_get (self->menu) : NULL;
  const OsyMenuItem *dish = menu != NULL && id != NULL ? osy_menu_find_item (menu, id) : NULL;
  const OsyMenuOption *option =
      menu != NULL && id != NULL && dish == NULL ? osy_menu_find_option (menu, id) : NULL;

  return dish != NULL ? dish->name : option != NULL ? option->name : NULL;
}

static void
add_unmapped (OscPlatform *self, JsonObject *item, guint place)
{
  const char *name = json_object_get_string_member_with_default (item, "name", "");
  const char *target = name_of_target (self, item);
  gboolean may = self->people != NULL && osc_people_may (self->people, "delivery:manage") &&
                 json_object_get_string_member_with_default (item, "plu", NULL) != NULL;
  g_autofree char *text =
      target != NULL ? g_strdup_printf ("%s → %s", name, target) : g_strdup (name);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "guest-line");
  gtk_box_append (GTK_BOX (box), make_label (text, NULL));
  if (may) {
    GtkWidget *button =
        gtk_button_new_with_label (target != NULL ? _ ("Change…") : _ ("On the menu…"));
    g_autofree char *spoken =
        g_strdup_printf ("%s, %s", name, gtk_button_get_label (GTK_BUTTON (button)));
    gtk_widget_add_css_class (button, "outlined");
    gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
    osc_widget_set_name (button, spoken);
    g_object_set_data (G_OBJECT (button), PLACE, GUINT_TO_POINTER (place));
    g_signal_connect_object (button, "clicked", G_CALLBACK (on_choose), self, G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (box), button);
  }
  gtk_box_append (GTK_BOX (self->items), box);
}

static void
show_items (OscPlatform *self)
{
  JsonObject *item;

  clear_box (self->items);
  for (guint i = 0; (item = unmapped_at (self, i)) != NULL; i++)
    add_unmapped (self, item, i);
}

static void
show (OscPlatform *self)
{
  show_flags (self);
  show_items (self);
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (self->flags) != NULL ||
                                                 gtk_widget_get_first_child (self->items) != NULL);
}

/* ---- life ---- */

static void
osc_platform_dispose (GObject *object)
{
  OscPlatform *self = OSC_PLATFORM (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_PLATFORM);
  g_clear_object (&self->client);
  g_clear_object (&self->menu);
  g_clear_object (&self->people);
  g_clear_object (&self->channel);
  g_clear_pointer (&self->order_id, g_free);
  g_clear_pointer (&self->flag_words, g_free);
  G_OBJECT_CLASS (osc_platform_parent_class)->dispose (object);
}

static void
osc_platform_class_init (OscPlatformClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_platform_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/drawer/osc-platform.ui");
  gtk_widget_class_bind_template_child (widget_class, OscPlatform, flags);
  gtk_widget_class_bind_template_child (widget_class, OscPlatform, items);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "platform");
}

static void
osc_platform_init (OscPlatform *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
osc_platform_set (OscPlatform *self, const OscContext *context)
{
  g_return_if_fail (OSC_IS_PLATFORM (self) && context != NULL);

  g_set_object (&self->client, context->client);
  g_set_object (&self->menu, context->menu);
  g_set_object (&self->people, context->people);
}

/* Another order: nothing is known of it yet. */
static void
ask_for (OscPlatform *self, const OsyOrderData *order)
{
  g_autofree char *path = g_strdup_printf ("orders/%s/channel", order->id);

  g_clear_object (&self->channel);
  self->channel = osc_document_new (self->client, path);
  g_signal_connect_object (self->channel, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  osc_document_load (self->channel);
}

void
osc_platform_show (OscPlatform *self, const OsyOrderData *order)
{
  g_return_if_fail (OSC_IS_PLATFORM (self));
  gboolean sent = order != NULL && order->source_type != NULL;
  const char *id = sent ? order->id : NULL;
  gboolean other = g_strcmp0 (self->order_id, id) != 0;

  osy_set_str (&self->order_id, id);
  osy_set_str (&self->flag_words, sent ? order->flags : NULL);
  if (!sent)
    g_clear_object (&self->channel);
  else if (other)
    ask_for (self, order);
  show (self);
}

void
osc_platform_take (OscPlatform *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_PLATFORM (self));

  if (self->channel != NULL)
    osc_document_take (self->channel, answer);
}
