/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Origin and price rows. A missing origin warns here; whether it hides the item the shop says. */

#include "osc-menu-lines.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-field.h"
#include "osc-menu-bind.h"
#include "osc-menu-entry.h"
#include "osc-menu-hours.h"
#include "osy-menu-allergens.h"
#include "osy-menu-origin.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

struct _OscMenuLines {
  GtkWidget parent_instance;
  GtkWidget *about;
  GtkWidget *warning;
  GtkWidget *warning_label;
  GtkWidget *lines;
  GtkWidget *add_label;
  GtkWidget *add_timed;
  OscMenuDraft *draft;
  OscLinesKind kind;
  GPtrArray *origin; /* of OsyMenuOrigin */
};

G_DEFINE_FINAL_TYPE (OscMenuLines, osc_menu_lines, GTK_TYPE_WIDGET)

static void show_lines (OscMenuLines *self);

static guint
line_of (gpointer widget)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "line"));
}

static GtkWidget *
make_field (const char *label, guint line)
{
  GtkWidget *field = g_object_new (OSC_TYPE_FIELD, "label", label, NULL);

  gtk_widget_set_hexpand (field, TRUE);
  g_object_set_data (G_OBJECT (field), "line", GUINT_TO_POINTER (line));
  return field;
}

static GtkWidget *
make_remove (OscMenuLines *self, guint line, GCallback clicked)
{
  GtkWidget *button =
      osc_menu_bind_button ("osy-close-symbolic", _ ("Take this line away"), clicked, self);

  gtk_widget_set_valign (button, GTK_ALIGN_END);
  g_object_set_data (G_OBJECT (button), "line", GUINT_TO_POINTER (line));
  return button;
}

/* ---- origin ---- */

static GStrv
allergens_of (JsonObject *entry)
{
  JsonArray *list = osc_menu_entry_list (entry, "allergens");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (list); i++)
    g_strv_builder_add (builder, json_array_get_string_element (list, i));
  return g_strv_builder_end (builder);
}

/* The names of every choice under @owner, and under those; @dishes: those that are dishes. */
static void
append_options (GString *words,
                GPtrArray *dishes,
                OscMenuDraft *draft,
                JsonObject *owner,
                guint depth)
{
  g_auto (GStrv) ids = osc_menu_draft_group_ids (owner);

  for (guint i = 0; ids[i] != NULL && depth < OSY_MENU_MAX_DEPTH; i++) {
    JsonObject *group = osc_menu_draft_group (draft, ids[i]);
    JsonArray *options = group != NULL ? osc_menu_entry_list (group, "options") : NULL;

    for (guint j = 0; options != NULL && j < json_array_get_length (options); j++) {
      JsonObject *option = json_array_get_object_element (options, j);

      const OsyMenuItem *dish = osc_menu_draft_dish (draft, option);
      if (dish != NULL)
        g_ptr_array_add (dishes, (gpointer)dish);
      else
        g_string_append_printf (words, " %s", osc_menu_entry_text (option, "name"));
      append_options (words, dishes, draft, option, depth + 1);
    }
  }
}

/* Each word once. */
static void
add_words (GPtrArray *all, GStrv words)
{
  for (; *words != NULL; words++)
    if (!g_ptr_array_find_with_equal_func (all, *words, g_str_equal, NULL))
      g_ptr_array_add (all, g_strdup (*words));
}

GStrv
osc_menu_lines_missing (OscMenuDraft *draft)
{
  JsonObject *entry = osc_menu_draft_root (draft);
  const char *origin = osc_menu_entry_text (entry, "origin");
  g_autoptr (GPtrArray) rows = osy_menu_origin_read (origin);
  g_autoptr (GPtrArray) dishes = g_ptr_array_new ();
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) words = g_string_new (osc_menu_entry_text (entry, "name"));
  g_auto (GStrv) allergens = allergens_of (entry);

  g_string_append_printf (words, " %s", osc_menu_entry_text (entry, "description"));
  append_options (words, dishes, draft, entry, 0);
  g_auto (GStrv) own = osy_menu_origin_missing (words->str, (const char *const *)allergens, rows);
  add_words (all, own);
  for (guint i = 0; i < dishes->len; i++) {
    g_auto (GStrv) more = osy_menu_origin_missing_at (g_ptr_array_index (dishes, i), origin);
    add_words (all, more);
  }
  g_ptr_array_add (all, NULL);
  return g_strdupv ((char **)all->pdata);
}

GStrv
osc_menu_lines_allergens (OscMenuDraft *draft)
{
  JsonObject *entry = osc_menu_draft_root (draft);
  g_autofree char *words = g_strjoin (" ", osc_menu_entry_text (entry, "name"),
                                      osc_menu_entry_text (entry, "description"),
                                      osc_menu_entry_text (entry, "origin"), NULL);
  g_auto (GStrv) stated = allergens_of (entry);

  return osy_menu_allergens_missing (words, (const char *const *)stated);
}

static void
show_warning (OscMenuLines *self)
{
  g_auto (GStrv) missing = osc_menu_lines_missing (self->draft);
  g_autofree char *list = g_strjoinv (", ", missing);
  g_autofree char *text = g_strdup_printf (_ ("No origin yet: %s"), list);

  gtk_label_set_label (GTK_LABEL (self->warning_label), text);
  gtk_widget_set_visible (self->warning, self->kind == OSC_LINES_ORIGIN && *missing != NULL);
}

static void
write_origin (OscMenuLines *self)
{
  g_autofree char *text = osy_menu_origin_write (self->origin);

  osc_menu_entry_set_text (osc_menu_draft_root (self->draft), "origin", text);
  osc_menu_draft_touch (self->draft);
  show_warning (self);
}

static void
on_ingredient (OscMenuLines *self, OscField *field)
{
  OsyMenuOrigin *row = g_ptr_array_index (self->origin, line_of (field));

  g_free (row->ingredient);
  row->ingredient = g_strdup (osc_field_text (field));
  write_origin (self);
}

static void
on_country (OscMenuLines *self, OscField *field)
{
  OsyMenuOrigin *row = g_ptr_array_index (self->origin, line_of (field));

  g_free (row->country);
  row->country = g_strdup (osc_field_text (field));
  write_origin (self);
}

static void
on_remove_origin (OscMenuLines *self, GtkWidget *button)
{
  g_ptr_array_remove_index (self->origin, line_of (button));
  write_origin (self);
  show_lines (self);
}

static GtkWidget *
make_origin (OscMenuLines *self, guint line)
{
  const OsyMenuOrigin *row = g_ptr_array_index (self->origin, line);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *ingredient = make_field (_ ("Ingredient"), line);
  GtkWidget *country = make_field (_ ("Where from"), line);

  osc_field_set_text (OSC_FIELD (ingredient), row->ingredient);
  osc_field_set_text (OSC_FIELD (country), row->country);
  g_signal_connect_object (ingredient, "changed", G_CALLBACK (on_ingredient), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (country, "changed", G_CALLBACK (on_country), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), ingredient);
  gtk_box_append (GTK_BOX (box), country);
  gtk_box_append (GTK_BOX (box), make_remove (self, line, G_CALLBACK (on_remove_origin)));
  return box;
}

/* Ingredients that lack an origin come as lines with a blank to fill. */
static void
open_origin (OscMenuLines *self)
{
  JsonObject *entry = osc_menu_draft_root (self->draft);
  g_auto (GStrv) missing = osc_menu_lines_missing (self->draft);

  g_clear_pointer (&self->origin, g_ptr_array_unref);
  self->origin = osy_menu_origin_read (osc_menu_entry_text (entry, "origin"));
  for (guint i = 0; missing[i] != NULL; i++) {
    gboolean there = FALSE;

    for (guint j = 0; j < self->origin->len; j++)
      there =
          there || g_strcmp0 (((OsyMenuOrigin *)g_ptr_array_index (self->origin, j))->ingredient,
                              missing[i]) == 0;
    if (!there)
      osy_menu_origin_add (self->origin, missing[i], "");
  }
}

/* ---- prices ---- */

static JsonObject *
price_row (OscMenuLines *self, guint line)
{
  return json_array_get_object_element (
      osc_menu_entry_list (osc_menu_draft_root (self->draft), "prices"), line);
}

static void
on_channel (OscMenuLines *self, GParamSpec *pspec, GtkDropDown *choice)
{
  guint at = gtk_drop_down_get_selected (choice);

  osc_menu_entry_set_text (price_row (self, line_of (choice)), "channel",
                           at > 0 ? osy_menu_channels[at - 1] : "");
  osc_menu_draft_touch (self->draft);
}

/* A day is written as a day and begins at midnight here. */
static void
on_from (OscMenuLines *self, OscField *field)
{
  const char *text = osc_field_text (field);
  g_autofree char *stamp = g_strdup_printf ("%sT00:00:00", text);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) day =
      strlen (text) == 10 ? g_date_time_new_from_iso8601 (stamp, zone) : NULL;
  g_autofree char *from =
      day != NULL ? osy_clock_format (g_date_time_to_unix (day) * G_USEC_PER_SEC) : NULL;

  osc_menu_entry_set_text (price_row (self, line_of (field)), "valid_from",
                           from != NULL ? from : text);
  osc_menu_draft_touch (self->draft);
}

static char *
day_of (const char *text)
{
  gint64 us;

  if (!osy_clock_parse (text, &us))
    return g_strdup (text);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (us / G_USEC_PER_SEC);
  return g_date_time_format (time, "%Y-%m-%d");
}

static void
on_remove_price (OscMenuLines *self, GtkWidget *button)
{
  json_array_remove_element (osc_menu_entry_list (osc_menu_draft_root (self->draft), "prices"),
                             line_of (button));
  osc_menu_draft_touch (self->draft);
  show_lines (self);
}

static GtkWidget *
make_channel (OscMenuLines *self, JsonObject *row, guint line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkStringList *words = gtk_string_list_new (NULL);
  const char *channel = osc_menu_entry_text (row, "channel");
  guint at = 0;
  GtkWidget *choice;

  gtk_string_list_append (words, _ ("Everywhere"));
  for (guint i = 0; osy_menu_channels[i] != NULL; i++) {
    gtk_string_list_append (words, osc_words_channel (osy_menu_channels[i]));
    at = g_strcmp0 (channel, osy_menu_channels[i]) == 0 ? i + 1 : at;
  }
  choice = gtk_drop_down_new (G_LIST_MODEL (words), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), at);
  gtk_widget_add_css_class (choice, "menu-choice");
  osc_widget_set_name (choice, _ ("Where it holds"));
  g_object_set_data (G_OBJECT (choice), "line", GUINT_TO_POINTER (line));
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (on_channel), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (box, "menu-channel");
  gtk_box_append (GTK_BOX (box), osc_menu_bind_label (_ ("Where it holds"), "field-name"));
  gtk_box_append (GTK_BOX (box), choice);
  return box;
}

/* Below it the time of the week at which it holds, if it does not always. */
static GtkWidget *
add_window (OscMenuLines *self, GtkWidget *line_box, JsonObject *row, guint line)
{
  g_autofree char *place = g_strdup_printf ("prices/%u/window", line);
  GtkWidget *box;

  if (!json_object_has_member (row, "weekdays"))
    return line_box;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (line_box, "menu-line");
  gtk_box_append (GTK_BOX (box), line_box);
  gtk_box_append (GTK_BOX (box), osc_menu_window_new (self->draft, row, place));
  return box;
}

static GtkWidget *
make_price (OscMenuLines *self, guint line)
{
  JsonObject *row = price_row (self, line);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *won = make_field (_ ("Price, won"), line);
  GtkWidget *from = make_field (_ ("From day"), line);
  g_autofree char *day = day_of (osc_menu_entry_text (row, "valid_from"));
  g_autofree char *place = g_strdup_printf ("prices/%u", line);

  osc_menu_bind (won, self->draft, &(OscBind){OSC_BIND_NUMBER, row, "price", place});
  osc_field_set_text (OSC_FIELD (from), day);
  g_signal_connect_object (from, "changed", G_CALLBACK (on_from), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), make_channel (self, row, line));
  gtk_box_append (GTK_BOX (box), from);
  gtk_box_append (GTK_BOX (box), won);
  gtk_box_append (GTK_BOX (box), make_remove (self, line, G_CALLBACK (on_remove_price)));
  return add_window (self, box, row, line);
}

/* ---- the page ---- */

static void
show_lines (OscMenuLines *self)
{
  gboolean origin = self->kind == OSC_LINES_ORIGIN;
  guint n = origin ? self->origin->len
                   : json_array_get_length (
                         osc_menu_entry_list (osc_menu_draft_root (self->draft), "prices"));

  osc_widget_drop_children (self->lines);
  for (guint i = 0; i < n; i++) {
    GtkWidget *line = origin ? make_origin (self, i) : make_price (self, i);

    gtk_widget_add_css_class (line, "menu-line");
    gtk_box_append (GTK_BOX (self->lines), line);
  }
  show_warning (self);
}

static void
show_added (OscMenuLines *self)
{
  show_lines (self);
  gtk_widget_child_focus (gtk_widget_get_last_child (self->lines), GTK_DIR_TAB_FORWARD);
}

/* @row: (transfer full). */
static void
add_row (OscMenuLines *self, JsonObject *row)
{
  json_array_add_object_element (osc_menu_entry_list (osc_menu_draft_root (self->draft), "prices"),
                                 row);
  osc_menu_draft_touch (self->draft);
  show_added (self);
}

static void
on_add (OscMenuLines *self)
{
  if (self->kind != OSC_LINES_ORIGIN) {
    add_row (self, json_object_new ());
    return;
  }
  osy_menu_origin_add (self->origin, "", "");
  show_added (self);
}

/* A happy hour: quicker to change than a blank. */
static void
on_add_timed (OscMenuLines *self)
{
  JsonObject *row = json_object_new ();

  osc_menu_window_fill (row, OSY_WEEK_ALL_DAYS, 1020, 1140);
  add_row (self, row);
}

void
osc_menu_lines_show (OscMenuLines *self, OscMenuDraft *draft, OscLinesKind kind)
{
  g_return_if_fail (OSC_IS_MENU_LINES (self) && OSC_IS_MENU_DRAFT (draft));
  gboolean origin = kind == OSC_LINES_ORIGIN;

  g_set_object (&self->draft, draft);
  self->kind = kind;
  if (origin)
    open_origin (self);
  gtk_label_set_label (
      GTK_LABEL (self->about),
      origin
          ? _ ("The law asks for meat, rice, kimchi, beans and 20 kinds of fish. Guests see it "
               "beside the item.")
          : _ ("The price of a channel goes before the one for everywhere, a price by time before "
               "one for all day. Of two, the one that began last holds."));
  gtk_widget_set_visible (self->add_timed, !origin);
  gtk_label_set_label (GTK_LABEL (self->add_label),
                       origin ? _ ("Add ingredient") : _ ("Add price"));
  show_lines (self);
}

static void
osc_menu_lines_dispose (GObject *object)
{
  OscMenuLines *self = OSC_MENU_LINES (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_MENU_LINES);
  g_clear_pointer (&self->origin, g_ptr_array_unref);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (osc_menu_lines_parent_class)->dispose (object);
}

static void
osc_menu_lines_class_init (OscMenuLinesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_lines_dispose;
  g_type_ensure (OSC_TYPE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/menu/osc-menu-lines.ui");
  gtk_widget_class_bind_template_child (widget_class, OscMenuLines, about);
  gtk_widget_class_bind_template_child (widget_class, OscMenuLines, warning);
  gtk_widget_class_bind_template_child (widget_class, OscMenuLines, warning_label);
  gtk_widget_class_bind_template_child (widget_class, OscMenuLines, lines);
  gtk_widget_class_bind_template_child (widget_class, OscMenuLines, add_label);
  gtk_widget_class_bind_template_child (widget_class, OscMenuLines, add_timed);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_add_timed);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menulines");
}

static void
osc_menu_lines_init (OscMenuLines *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

GtkWidget *
osc_menu_lines_new (void)
{
  return g_object_new (OSC_TYPE_MENU_LINES, NULL);
}
