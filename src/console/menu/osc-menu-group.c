/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Choices of a group. Sold out is told to the daemon at once; all else is saved with the item. */

#include "osc-menu-group.h"

#include <glib/gi18n.h>

#include "osc-field.h"
#include "osc-menu-bind.h"
#include "osc-menu-entry.h"
#include "osc-menu-stop.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

#define MOST 99

struct _OscMenuGroup {
  GtkWidget parent_instance;
  GtkWidget *shared;
  GtkWidget *shared_label;
  GtkWidget *name;
  GtkWidget *name_en;
  GtkWidget *count;
  GtkWidget *min;
  GtkWidget *max;
  GtkWidget *options;
  OscMenuStore *store;
  OscMenuDraft *draft;
  JsonObject *owner;
  JsonObject *group;
  char *id;
  char *unfolded; /* nullable: the option whose second line is shown */
};

enum { OPEN, PARTED, REMOVED, STOP, DISHES, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscMenuGroup, osc_menu_group, GTK_TYPE_WIDGET)

static void show_options (OscMenuGroup *self);

/* ---- words ---- */

char *
osc_menu_group_count_words (JsonObject *group)
{
  int min = (int)osc_menu_entry_int (group, "min", 0);
  int max = (int)osc_menu_entry_int (group, "max", 1);

  if (min == max)
    return g_strdup_printf (_ ("Pick %d"), min);
  return min == 0 ? g_strdup_printf (_ ("Up to %d"), max)
                  : g_strdup_printf (_ ("%d to %d"), min, max);
}

char *
osc_menu_group_choices (JsonObject *group)
{
  JsonArray *options = osc_menu_entry_list (group, "options");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (options); i++) {
    JsonObject *option = json_array_get_object_element (options, i);
    JsonObject *price = osc_menu_entry_price (option, osy_clock_now ());
    gint64 won = price != NULL ? osc_menu_entry_int (price, "price", 0) : 0;
    g_autofree char *extra = won > 0 ? osc_menu_entry_number (price, "price") : NULL;

    g_string_append_printf (text, "%s%s%s%s", i > 0 ? " · " : "",
                            osc_menu_entry_text (option, "name"), won > 0 ? " +" : "",
                            won > 0 ? extra : "");
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ---- how many ---- */

static void
show_count (OscMenuGroup *self)
{
  int min = (int)osc_menu_entry_int (self->group, "min", 0);
  int max = (int)osc_menu_entry_int (self->group, "max", 1);
  g_autofree char *least = g_strdup_printf ("%d", min);
  g_autofree char *most = g_strdup_printf ("%d", max);
  g_autofree char *words = min == 0     ? g_strdup_printf (_ ("Guests may take up to %d"), max)
                           : min == max ? g_strdup_printf (_ ("Guests must take %d"), min)
                                        : g_strdup_printf (_ ("Guests take %d to %d"), min, max);

  gtk_label_set_label (GTK_LABEL (self->min), least);
  gtk_label_set_label (GTK_LABEL (self->max), most);
  gtk_label_set_label (GTK_LABEL (self->count), words);
}

/* The other end gives way, so that the two always agree. */
static void
set_count (OscMenuGroup *self, gint64 min, gint64 max, gboolean min_leads)
{
  min = CLAMP (min, 0, MOST);
  max = CLAMP (max, 1, MOST);
  if (min > max && min_leads)
    max = min;
  else if (min > max)
    min = max;
  json_object_set_int_member (self->group, "min", min);
  json_object_set_int_member (self->group, "max", max);
  osc_menu_draft_touch (self->draft);
  show_count (self);
}

static void
step (OscMenuGroup *self, int min_step, int max_step)
{
  set_count (self, osc_menu_entry_int (self->group, "min", 0) + min_step,
             osc_menu_entry_int (self->group, "max", 1) + max_step, min_step != 0);
}

static void
on_min_less (OscMenuGroup *self)
{
  step (self, -1, 0);
}

static void
on_min_more (OscMenuGroup *self)
{
  step (self, 1, 0);
}

static void
on_max_less (OscMenuGroup *self)
{
  step (self, 0, -1);
}

static void
on_max_more (OscMenuGroup *self)
{
  step (self, 0, 1);
}

/* ---- choices ---- */

static guint
line_of (gpointer widget)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "line"));
}

static JsonObject *
option_at (OscMenuGroup *self, guint line)
{
  return json_array_get_object_element (osc_menu_entry_list (self->group, "options"), line);
}

static void
move (OscMenuGroup *self, guint from, int by)
{
  guint n = json_array_get_length (osc_menu_entry_list (self->group, "options"));

  if ((int)from + by < 0 || (int)from + by >= (int)n)
    return;
  osc_menu_entry_move (self->group, "options", from, (guint)((int)from + by));
  osc_menu_draft_touch (self->draft);
  show_options (self);
}

static void
on_up (OscMenuGroup *self, GtkWidget *button)
{
  move (self, line_of (button), -1);
}

static void
on_down (OscMenuGroup *self, GtkWidget *button)
{
  move (self, line_of (button), 1);
}

static void
on_delete (OscMenuGroup *self, GtkWidget *button)
{
  json_array_remove_element (osc_menu_entry_list (self->group, "options"), line_of (button));
  osc_menu_draft_touch (self->draft);
  show_options (self);
}

static void
on_unfold (OscMenuGroup *self, GtkWidget *button)
{
  const char *id = osc_menu_entry_text (option_at (self, line_of (button)), "id");
  gboolean open = g_strcmp0 (id, self->unfolded) == 0;

  g_free (self->unfolded);
  self->unfolded = open ? NULL : g_strdup (id);
  show_options (self);
}

static void
on_open (OscMenuGroup *self, GtkWidget *button)
{
  g_signal_emit (self, signals[OPEN], 0,
                 osc_menu_entry_text (option_at (self, line_of (button)), "id"));
}

static void
on_stop (OscMenuGroup *self, int mode, GtkWidget *button)
{
  g_signal_emit (self, signals[STOP], 0,
                 osc_menu_entry_text (option_at (self, line_of (button)), "id"), mode);
}

static GtkWidget *
with_line (GtkWidget *widget, guint line)
{
  g_object_set_data (G_OBJECT (widget), "line", GUINT_TO_POINTER (line));
  return widget;
}

static GtkWidget *
make_field (OscMenuGroup *self, guint line, const OscBind *bind, const char *label)
{
  GtkWidget *field = with_line (g_object_new (OSC_TYPE_FIELD, "label", label, NULL), line);

  osc_menu_bind (field, self->draft, bind);
  return field;
}

static void
on_unlink (OscMenuGroup *self, GtkWidget *button)
{
  osc_menu_entry_set_text (option_at (self, line_of (button)), "item_id", "");
  osc_menu_draft_touch (self->draft);
  show_options (self);
}

/* What the choice is on the menu, and whether that can be had. */
static GtkWidget *
make_dish (OscMenuGroup *self, const OsyMenuItem *dish)
{
  const OsyMenuItem *now = osy_menu_find_item (osc_menu_store_get (self->store), dish->id);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *words = g_strdup_printf (_ ("Dish of the menu: %s"), dish->name);
  GtkWidget *label = osc_menu_bind_label (words, "secondary");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (row, "menu-line");
  gtk_widget_add_css_class (row, "menu-dish");
  gtk_box_append (GTK_BOX (row), label);
  if (now != NULL && osy_menu_stop_at (&now->stop, osy_clock_now ())) {
    GtkWidget *tag = osc_menu_bind_label (_ ("Sold out"), "tag");

    gtk_widget_add_css_class (tag, "amber");
    gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
    gtk_box_append (GTK_BOX (row), tag);
  }
  return row;
}

/* The second line: what is needed less often. */
static GtkWidget *
make_details (OscMenuGroup *self, guint line)
{
  JsonObject *option = option_at (self, line);
  const char *id = osc_menu_entry_text (option, "id");
  const OsyMenuOption *there = osy_menu_find_option (osc_menu_store_get (self->store), id);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *under = gtk_button_new_with_label (_ ("Options under it"));

  gtk_box_append (GTK_BOX (box),
                  make_field (self, line, &(OscBind){OSC_BIND_TEXT, option, "name_en", NULL},
                              _ ("English name")));
  if (there != NULL) {
    GtkWidget *stop = with_line (osc_menu_stop_new (), line);

    osc_menu_stop_show (OSC_MENU_STOP (stop), there->name, &there->stop);
    g_signal_connect_object (stop, "chosen", G_CALLBACK (on_stop), self, G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (row), stop);
  }
  gtk_widget_add_css_class (under, "soft");
  gtk_widget_set_hexpand (under, TRUE);
  g_signal_connect_object (with_line (under, line), "clicked", G_CALLBACK (on_open), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), under);
  gtk_box_append (GTK_BOX (row), with_line (osc_menu_bind_button ("osy-up-symbolic", _ ("Move up"),
                                                                  G_CALLBACK (on_up), self),
                                            line));
  gtk_box_append (GTK_BOX (row),
                  with_line (osc_menu_bind_button ("osy-down-symbolic", _ ("Move down"),
                                                   G_CALLBACK (on_down), self),
                             line));
  gtk_box_append (GTK_BOX (row),
                  with_line (osc_menu_bind_button ("osy-close-symbolic", _ ("Delete this choice"),
                                                   G_CALLBACK (on_delete), self),
                             line));
  gtk_widget_add_css_class (row, "menu-line");
  gtk_widget_add_css_class (box, "menu-details");
  if (osc_menu_draft_dish (self->draft, option) != NULL) {
    GtkWidget *apart = with_line (gtk_button_new_with_label (_ ("Not this dish")), line);

    gtk_widget_add_css_class (apart, "soft");
    g_signal_connect_object (apart, "clicked", G_CALLBACK (on_unlink), self, G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (box), apart);
  }
  gtk_box_append (GTK_BOX (box), row);
  return box;
}

static GtkWidget *
make_option (OscMenuGroup *self, guint line)
{
  JsonObject *option = option_at (self, line);
  const OsyMenuItem *dish = osc_menu_draft_dish (self->draft, option);
  const char *id = osc_menu_entry_text (option, "id");
  gboolean open = g_strcmp0 (id, self->unfolded) == 0;
  g_autofree char *name_place = g_strdup_printf ("%s/%s/name", self->id, id);
  g_autofree char *price_place = g_strdup_printf ("%s/%s/price", self->id, id);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *name =
      make_field (self, line, &(OscBind){OSC_BIND_TEXT, option, "name", name_place}, _ ("Choice"));
  GtkWidget *price = make_field (self, line, &(OscBind){OSC_BIND_PRICE, option, NULL, price_place},
                                 _ ("Extra, won"));
  GtkWidget *more = osc_menu_bind_button (open ? "osy-up-symbolic" : "osy-down-symbolic",
                                          open ? _ ("Fewer settings of this choice")
                                               : _ ("More settings of this choice"),
                                          G_CALLBACK (on_unfold), self);

  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (price, "extra");
  gtk_widget_set_valign (more, GTK_ALIGN_END);
  gtk_widget_add_css_class (row, "menu-line");
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), price);
  gtk_box_append (GTK_BOX (row), with_line (more, line));
  gtk_box_append (GTK_BOX (box), row);
  if (dish != NULL)
    gtk_box_append (GTK_BOX (box), make_dish (self, dish));
  if (open)
    gtk_box_append (GTK_BOX (box), make_details (self, line));
  return box;
}

static void
show_options (OscMenuGroup *self)
{
  guint n = json_array_get_length (osc_menu_entry_list (self->group, "options"));

  osc_widget_drop_children (self->options);
  for (guint i = 0; i < n; i++)
    gtk_box_append (GTK_BOX (self->options), make_option (self, i));
}

static void
on_add (OscMenuGroup *self)
{
  osc_menu_draft_add_option (self->draft, self->group);
  show_options (self);
  gtk_widget_child_focus (gtk_widget_get_last_child (self->options), GTK_DIR_TAB_FORWARD);
}

static void
on_dishes (OscMenuGroup *self)
{
  g_signal_emit (self, signals[DISHES], 0);
}

/* ---- the group ---- */

static void
on_part (OscMenuGroup *self)
{
  const char *copy = osc_menu_draft_part_group (self->draft, self->owner, self->id);

  if (copy != NULL)
    g_signal_emit (self, signals[PARTED], 0, copy);
}

static void
on_remove (OscMenuGroup *self)
{
  osc_menu_entry_toggle (self->owner, "option_group_ids", self->id, FALSE);
  osc_menu_draft_touch (self->draft);
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
show_shared (OscMenuGroup *self)
{
  guint users = osc_menu_draft_users (self->draft, self->id);
  g_autofree char *text =
      g_strdup_printf (g_dngettext (NULL, "Used by %u item", "Used by %u items", users), users);

  gtk_label_set_label (GTK_LABEL (self->shared_label), text);
  gtk_widget_set_visible (self->shared, users > 1);
}

void
osc_menu_group_show (OscMenuGroup *self, OscMenuDraft *draft, JsonObject *owner, const char *id)
{
  g_return_if_fail (OSC_IS_MENU_GROUP (self) && OSC_IS_MENU_DRAFT (draft) && id != NULL);
  JsonObject *group = osc_menu_draft_group (draft, id);
  g_autofree char *kept = g_strdup (id);
  g_autofree char *place = g_strdup_printf ("%s/name", id);

  if (group == NULL)
    return;
  g_set_object (&self->draft, draft);
  g_clear_pointer (&self->owner, json_object_unref);
  g_clear_pointer (&self->group, json_object_unref);
  self->owner = json_object_ref (owner);
  self->group = json_object_ref (group);
  g_free (self->id);
  self->id = g_steal_pointer (&kept);
  osc_menu_bind (self->name, draft, &(OscBind){OSC_BIND_TEXT, group, "name", place});
  osc_menu_bind (self->name_en, draft, &(OscBind){OSC_BIND_TEXT, group, "name_en", NULL});
  show_count (self);
  show_options (self);
  show_shared (self);
}

/* ---- life ---- */

static void
osc_menu_group_dispose (GObject *object)
{
  OscMenuGroup *self = OSC_MENU_GROUP (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_MENU_GROUP);
  g_clear_pointer (&self->owner, json_object_unref);
  g_clear_pointer (&self->group, json_object_unref);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->unfolded, g_free);
  g_clear_object (&self->draft);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_menu_group_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/menu/osc-menu-group.ui");
  gtk_widget_class_bind_template_child (widget_class, OscMenuGroup, shared);
  gtk_widget_class_bind_template_child (widget_class, OscMenuGroup, shared_label);
  gtk_widget_class_bind_template_child (widget_class, OscMenuGroup, name);
  gtk_widget_class_bind_template_child (widget_class, OscMenuGroup, name_en);
  gtk_widget_class_bind_template_child (widget_class, OscMenuGroup, count);
  gtk_widget_class_bind_template_child (widget_class, OscMenuGroup, min);
  gtk_widget_class_bind_template_child (widget_class, OscMenuGroup, max);
  gtk_widget_class_bind_template_child (widget_class, OscMenuGroup, options);
  gtk_widget_class_bind_template_callback (widget_class, on_part);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_dishes);
  gtk_widget_class_bind_template_callback (widget_class, on_min_less);
  gtk_widget_class_bind_template_callback (widget_class, on_min_more);
  gtk_widget_class_bind_template_callback (widget_class, on_max_less);
  gtk_widget_class_bind_template_callback (widget_class, on_max_more);
}

static void
osc_menu_group_class_init (OscMenuGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_group_dispose;
  signals[OPEN] = g_signal_new ("open", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
  signals[PARTED] = g_signal_new ("parted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REMOVED] =
      g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STOP] = g_signal_new ("stop", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                2, G_TYPE_STRING, G_TYPE_INT);
  signals[DISHES] =
      g_signal_new ("dishes", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (OSC_TYPE_FIELD);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menugroup");
}

static void
osc_menu_group_init (OscMenuGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

GtkWidget *
osc_menu_group_new (OscMenuStore *store)
{
  g_return_val_if_fail (OSC_IS_MENU_STORE (store), NULL);
  OscMenuGroup *self = g_object_new (OSC_TYPE_MENU_GROUP, NULL);

  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}
