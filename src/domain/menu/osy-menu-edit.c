/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Changes of menu entries as JSON, laid on copies of the entries. */

#include "osy-menu-edit.h"

#include "osy-id.h"
#include "osy-menu-json.h"
#include "osy-menu-options.h"

#define MAX_POSITION 100000
#define MAX_PRICE_ROWS 50
#define MAX_ALLERGENS 50
#define MAX_TEXT 500

static gboolean
is_one_line (const char *text)
{
  gboolean visible = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    if (*p == '\n' || *p == '\t')
      return FALSE;
    visible = visible || !g_unichar_isspace (g_utf8_get_char (p));
  }
  return visible;
}

static void
read_name (OsyJsonReader *reader, const char *member, char **target)
{
  const char *text = osy_json_reader_string (reader, member, 1, OSY_MENU_MAX_NAME);

  if (text == NULL)
    return;
  if (!is_one_line (text)) {
    osy_json_reader_fault (reader, member, "NAME", "A name is one line and not blank.");
    return;
  }
  g_free (*target);
  *target = g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
}

/* "name" and "names": {"ko", "en"}; of a new entry one of them. */
static void
read_names (OsyJsonReader *reader, gboolean required, char **name, char **name_en)
{
  OsyJsonReader *names = osy_json_reader_opt_object (reader, "names");

  if (names != NULL && osy_json_reader_has (names, "ko"))
    read_name (names, "ko", name);
  if (osy_json_reader_has (reader, "name") ||
      (required && (names == NULL || !osy_json_reader_has (names, "ko"))))
    read_name (reader, "name", name);
  if (names == NULL)
    return;
  g_clear_pointer (name_en, g_free);
  if (osy_json_reader_has (names, "en"))
    read_name (names, "en", name_en);
}

static void
read_text (OsyJsonReader *reader, const char *name, gsize max, char **target)
{
  const char *text = osy_json_reader_opt_string (reader, name, 0, max);

  if (!osy_json_reader_said (reader, name))
    return;
  g_free (*target);
  *target = text && *text != '\0' ? g_strdup (text) : NULL;
}

static void
read_line (OsyJsonReader *reader, const char *name, gsize max, char **target)
{
  read_text (reader, name, max, target);
  if (*target != NULL && !is_one_line (*target))
    osy_json_reader_fault (reader, name, "NAME", "It is one line and not blank.");
}

/* ---- prices ---- */

static gboolean
has_price_like (GPtrArray *prices, const OsyMenuPrice *wanted)
{
  for (guint i = 0; i < prices->len; i++) {
    const OsyMenuPrice *price = g_ptr_array_index (prices, i);
    if (g_strcmp0 (price->channel, wanted->channel) == 0 &&
        price->valid_from == wanted->valid_from &&
        osy_week_window_compare (&price->window, &wanted->window) == 0)
      return TRUE;
  }
  return FALSE;
}

/* A price of the same channel and beginning that holds at some of the same times. */
static gboolean
overlaps (OsyMenuEdit *edit, GPtrArray *prices, const OsyMenuPrice *wanted)
{
  int cutoff = osy_menu_clock (edit->draft->old).cutoff;

  for (guint i = 0; i < prices->len; i++) {
    const OsyMenuPrice *price = g_ptr_array_index (prices, i);
    if (g_strcmp0 (price->channel, wanted->channel) == 0 &&
        price->valid_from == wanted->valid_from && price->window.weekdays != 0 &&
        wanted->window.weekdays != 0 &&
        osy_week_windows_overlap (&price->window, &wanted->window, cutoff))
      return TRUE;
  }
  return FALSE;
}

static void
check_price_row (OsyMenuEdit *edit,
                 OsyJsonReader *row,
                 GPtrArray *prices,
                 const OsyMenuPrice *price)
{
  if (has_price_like (prices, price))
    osy_json_reader_fault (row, NULL, "DUPLICATE",
                           "Two prices of one channel begin at the same time.");
  else if (!edit->restores && overlaps (edit, prices, price))
    osy_json_reader_fault (
        row, NULL, "OVERLAP",
        "Another price of the same channel holds at some of these times; let one "
        "end where the other begins.");
}

static void
read_price_rows (OsyMenuEdit *edit, OsyJsonReader *reader, GPtrArray *prices)
{
  guint n = osy_json_reader_opt_array (reader, "prices", MAX_PRICE_ROWS);
  const OsyMenuPrice always = {0};

  g_ptr_array_set_size (prices, 0);
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *row = osy_json_reader_element (reader, "prices", i);
    const char *channel = osy_json_reader_has (row, "channel")
                              ? osy_json_reader_enum (row, "channel", osy_menu_channels, NULL)
                              : NULL;
    OsyMenuPrice *price =
        osy_menu_price_new (channel, osy_json_reader_opt_time (row, "valid_from"),
                            osy_json_reader_int (row, "price", 0, OSY_MENU_MAX_PRICE));
    price->window = osy_week_window_read (row);
    check_price_row (edit, row, prices, price);
    g_ptr_array_add (prices, price);
  }
  if (n > 0 && !has_price_like (prices, &always))
    osy_json_reader_fault (reader, "prices", "GENERAL_PRICE",
                           "One price must be without channel and time: the general one.");
}

/* @required: an item must have a price, an option without one is free. */
static void
read_prices (OsyMenuEdit *edit, OsyJsonReader *reader, gboolean required, GPtrArray *prices)
{
  gboolean rows = osy_json_reader_has (reader, "prices");

  if (rows)
    read_price_rows (edit, reader, prices);
  if (rows && edit->whole)
    osy_json_reader_opt_int (reader, "price", 0, OSY_MENU_MAX_PRICE, 0);
  if (osy_json_reader_has (reader, "price") && !(rows && edit->whole))
    osy_menu_prices_set_general (prices, edit->now,
                                 osy_json_reader_int (reader, "price", 0, OSY_MENU_MAX_PRICE));
  else if (required && prices->len == 0)
    osy_json_reader_fault (reader, rows ? "prices" : "price", "REQUIRED", "A price is needed.");
}

/* ---- groups that an item or an option offers ---- */

static void
read_group_ids (OsyMenuEdit *edit, OsyJsonReader *reader, GPtrArray *groups)
{
  guint n = osy_json_reader_opt_array (reader, "option_group_ids", OSY_MENU_OPTIONS_MAX_GROUPS);

  if (!osy_json_reader_has (reader, "option_group_ids"))
    return;
  g_ptr_array_set_size (groups, 0);
  for (guint i = 0; i < n; i++) {
    const char *id = osy_json_reader_element_string (reader, "option_group_ids", i, 36, 36);
    OsyMenuEntry *group = osy_menu_draft_find (edit->draft, OSY_MENU_GROUP, id);
    if (id == NULL)
      continue;
    if (group == NULL)
      osy_json_reader_fault (reader, "option_group_ids", "UNKNOWN_GROUP",
                             "There is no such option group.");
    else if (g_ptr_array_find (groups, group, NULL))
      osy_json_reader_fault (reader, "option_group_ids", "DUPLICATE",
                             "An option group stands twice.");
    else
      g_ptr_array_add (groups, group);
  }
}

/* ---- entries ---- */

static void
read_hours (OsyJsonReader *reader, GArray *hours)
{
  if (osy_json_reader_said (reader, "hours"))
    osy_week_read (reader, "hours", hours);
}

OsyMenuStop
osy_menu_edit_stop (const OsyMenuEdit *edit,
                    OsyJsonReader *reader,
                    const char *mode,
                    const char *until)
{
  static const char *const modes[] = {"FOR_SALE", "OPEN", "TODAY", "UNTIL", NULL};
  OsyMenuStop stop = {
      osy_menu_stop_from_name (osy_json_reader_enum (reader, mode, modes, "FOR_SALE")),
      osy_json_reader_opt_time (reader, until)};

  if (stop.mode == OSY_MENU_SOLD_OUT_TODAY && stop.until == 0)
    stop.until = edit->day_end;
  if (stop.mode == OSY_MENU_SOLD_OUT_UNTIL && stop.until == 0)
    osy_json_reader_fault (reader, until, "REQUIRED", "Until when?");
  if (!osy_menu_mark_at (&stop, edit->now))
    return (OsyMenuStop){OSY_MENU_FOR_SALE, 0};
  if (stop.mode == OSY_MENU_SOLD_OUT_OPEN)
    stop.until = 0;
  return stop;
}

/* The members of the editor's form that only tell. */
static void
pass_over (OsyMenuEdit *edit, OsyJsonReader *reader, OsyMenuKind kind)
{
  if (!edit->whole)
    return;
  osy_json_reader_opt_id (reader, "id");
  osy_json_reader_opt_int (reader, "version", 0, G_MAXINT64, 0);
  osy_json_reader_opt_string (reader, "digest", 0, 64);
  if (kind == OSY_MENU_CATEGORY)
    osy_json_reader_opt_array (reader, "items", G_MAXUINT);
}

/* The mark of what is new; a mark that is there outlives every change. */
static void
read_mark (OsyMenuEdit *edit, OsyJsonReader *reader, OsyMenuStop *stop)
{
  if (!edit->whole)
    return;
  osy_json_reader_opt_bool (reader, "sold_out", FALSE);
  osy_json_reader_opt_bool (reader, "out_of_stock", FALSE);
  osy_json_reader_opt_int (reader, "left", 0, G_MAXINT64, 0);
  const OsyMenuStop mark = osy_menu_edit_stop (edit, reader, "sold_out_mode", "sold_out_until");
  osy_menu_stop_mark (stop, &mark);
}

static void
edit_category (OsyMenuEdit *edit, OsyJsonReader *reader, OsyMenuCategory *category)
{
  read_names (reader, edit->create, &category->name, &category->name_en);
  category->visible = osy_json_reader_opt_bool (reader, "visible", category->visible);
  read_hours (reader, category->hours);
}

static void
read_allergens (OsyJsonReader *reader, OsyMenuItem *item)
{
  guint n = osy_json_reader_opt_array (reader, "allergens", MAX_ALLERGENS);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  if (!osy_json_reader_has (reader, "allergens"))
    return;
  for (guint i = 0; i < n; i++) {
    const char *one = osy_json_reader_element_string (reader, "allergens", i, 1, OSY_MENU_MAX_NAME);
    if (one != NULL && !is_one_line (one))
      osy_json_reader_fault (reader, "allergens", "NAME", "An allergen is one line.");
    else if (one != NULL)
      g_ptr_array_add (list, (gpointer)one);
  }
  g_ptr_array_add (list, NULL);
  g_strfreev (item->allergens);
  item->allergens = g_strdupv ((char **)list->pdata);
}

/* Without a list, or with all of them in it: everywhere. */
static void
read_channels (OsyJsonReader *reader, OsyMenuItem *item)
{
  guint n = osy_json_reader_opt_array (reader, "channels", 5);
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  guint found = 0;

  if (!osy_json_reader_said (reader, "channels"))
    return;
  for (guint i = 0; i < n; i++) {
    const char *one = osy_json_reader_element_string (reader, "channels", i, 1, 20);
    if (one != NULL && !g_strv_contains (osy_menu_channels, one))
      osy_json_reader_fault (reader, "channels", "ENUM",
                             "A channel is one of COUNTER, QR, WEB, PHONE and PLATFORM.");
  }
  for (const char *const *known = osy_menu_channels; *known != NULL; known++)
    for (guint i = 0; i < n; i++)
      if (g_strcmp0 (osy_json_reader_element_string (reader, "channels", i, 1, 20), *known) == 0) {
        g_strv_builder_add (list, *known);
        found++;
        break;
      }
  g_clear_pointer (&item->channels, g_strfreev);
  if (found == 0 && osy_json_reader_has (reader, "channels"))
    osy_json_reader_fault (reader, "channels", "TOO_SHORT",
                           "Name a channel, or hide the item; null offers it everywhere.");
  else if (found > 0 && found < 5)
    item->channels = g_strv_builder_end (list);
}

static void
read_category_id (OsyMenuEdit *edit, OsyJsonReader *reader, OsyMenuItem *item)
{
  const char *id = edit->create ? osy_json_reader_id (reader, "category_id")
                                : osy_json_reader_opt_id (reader, "category_id");

  if (id == NULL)
    return;
  if (osy_menu_draft_find (edit->draft, OSY_MENU_CATEGORY, id) == NULL)
    osy_json_reader_fault (reader, "category_id", "UNKNOWN_CATEGORY", "There is no such category.");
  g_free (item->category_id);
  item->category_id = g_strdup (id);
}

/* That it is kept is looked at when the whole is written (osy_menu_photo_check()). */
static void
read_photo (OsyJsonReader *reader, OsyMenuItem *item)
{
  read_text (reader, "photo", 64, &item->photo);
  if (item->photo != NULL && !osy_menu_is_photo_name (item->photo))
    osy_json_reader_fault (reader, "photo", "PHOTO", "A photo is named by 64 hexadecimal digits.");
}

static void
edit_item (OsyMenuEdit *edit, OsyJsonReader *reader, OsyMenuItem *item)
{
  static const char *const classes[] = {"TAXED", "TAX_FREE", NULL};

  read_category_id (edit, reader, item);
  read_names (reader, edit->create, &item->name, &item->name_en);
  read_prices (edit, reader, TRUE, item->prices);
  read_text (reader, "description", MAX_TEXT, &item->description);
  read_text (reader, "origin", MAX_TEXT, &item->origin);
  read_text (reader, "station", MAX_TEXT, &item->station);
  read_line (reader, "kitchen_name", OSY_MENU_MAX_NAME, &item->kitchen_name);
  read_line (reader, "code", OSY_MENU_MAX_CODE, &item->code);
  read_photo (reader, item);
  read_channels (reader, item);
  read_allergens (reader, item);
  item->prep_minutes =
      (int)osy_json_reader_opt_int (reader, "prep_minutes", 0, 999, item->prep_minutes);
  item->tax_free = g_strcmp0 (osy_json_reader_enum (reader, "tax_class", classes,
                                                    item->tax_free ? "TAX_FREE" : "TAXED"),
                              "TAX_FREE") == 0;
  item->visible = osy_json_reader_opt_bool (reader, "visible", item->visible);
  read_hours (reader, item->hours);
  read_group_ids (edit, reader, item->groups);
  read_mark (edit, reader, &item->stop);
}

/* The option of @old with the id that the client gives, taken out of it, or a new one. */
static OsyMenuOption *
take_option (OsyMenuEdit *edit, OsyJsonReader *reader, GPtrArray *old)
{
  const char *id = osy_json_reader_opt_id (reader, "id");

  for (guint i = 0; id != NULL && i < old->len; i++)
    if (g_strcmp0 (((OsyMenuOption *)g_ptr_array_index (old, i))->id, id) == 0)
      return g_ptr_array_steal_index (old, i);
  if (id != NULL && !edit->whole)
    osy_json_reader_fault (reader, "id", "UNKNOWN_OPTION",
                           "There is no such option in this group; leave the id out to add one.");
  OsyMenuOption *option = osy_menu_option_new ();
  option->id = id ? g_strdup (id) : osy_id_new ();
  return option;
}

/* That it is a dish in the end, and no combo, is looked at when all is read. */
static void
read_dish (OsyMenuEdit *edit, OsyJsonReader *reader, OsyMenuOption *option)
{
  const char *id = osy_json_reader_opt_id (reader, "item_id");

  if (!osy_json_reader_said (reader, "item_id"))
    return;
  g_free (option->item_id);
  option->item_id = g_strdup (id);
  if (id != NULL && osy_menu_draft_find (edit->draft, OSY_MENU_ITEM, id) == NULL)
    osy_json_reader_fault (reader, "item_id", "UNKNOWN_ITEM", "There is no such item on the menu.");
}

static gboolean
has_option_named (GPtrArray *options, const char *name)
{
  for (guint i = 0; i < options->len; i++)
    if (g_strcmp0 (((OsyMenuOption *)g_ptr_array_index (options, i))->name, name) == 0)
      return TRUE;
  return FALSE;
}

static void
read_options (OsyMenuEdit *edit, OsyJsonReader *reader, OsyMenuGroup *group)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&group->options);
  guint n = osy_json_reader_array (reader, "options", 1, OSY_MENU_OPTIONS_MAX_CHOICES);

  group->options = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_option_free);
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *element = osy_json_reader_element (reader, "options", i);
    OsyMenuOption *option = take_option (edit, element, old);
    read_names (element, option->name == NULL, &option->name, &option->name_en);
    read_prices (edit, element, FALSE, option->prices);
    read_dish (edit, element, option);
    option->max = osy_json_reader_opt_int (element, "max_quantity", 0, 999, option->max);
    read_group_ids (edit, element, option->groups);
    read_mark (edit, element, &option->stop);
    if (option->name != NULL && has_option_named (group->options, option->name))
      osy_json_reader_fault (element, "name", "DUPLICATE", "Two options have the same name.");
    g_ptr_array_add (group->options, option);
  }
}

/* Whether the options suffice for the least that must be taken. */
static gboolean
can_be_met (const OsyMenuGroup *group)
{
  gint64 most = 0;

  for (guint i = 0; i < group->options->len; i++) {
    const OsyMenuOption *option = g_ptr_array_index (group->options, i);
    if (option->max == 0)
      return TRUE;
    most += option->max;
  }
  return most >= group->min;
}

static void
edit_group (OsyMenuEdit *edit, OsyJsonReader *reader, OsyMenuGroup *group)
{
  read_names (reader, edit->create, &group->name, &group->name_en);
  group->min = edit->create ? osy_json_reader_int (reader, "min", 0, 999)
                            : osy_json_reader_opt_int (reader, "min", 0, 999, group->min);
  group->max = edit->create ? osy_json_reader_int (reader, "max", 1, 999)
                            : osy_json_reader_opt_int (reader, "max", 1, 999, group->max);
  if (edit->create || osy_json_reader_has (reader, "options"))
    read_options (edit, reader, group);
  if (group->max < group->min)
    osy_json_reader_fault (reader, "max", "OUT_OF_RANGE", "max must not be less than min.");
  else if (!can_be_met (group))
    osy_json_reader_fault (reader, "min", "OUT_OF_RANGE",
                           "The options together do not allow as many as min asks for.");
}

void
osy_menu_edit (OsyMenuEdit *edit, OsyJsonReader *reader, OsyMenuKind kind, OsyMenuEntry *entry)
{
  edit->position = -1;
  if (kind != OSY_MENU_GROUP)
    edit->position = osy_json_reader_opt_int (reader, "position", 0, MAX_POSITION, -1);
  pass_over (edit, reader, kind);
  switch (kind) {
  case OSY_MENU_CATEGORY: edit_category (edit, reader, (OsyMenuCategory *)entry); break;
  case OSY_MENU_ITEM: edit_item (edit, reader, (OsyMenuItem *)entry); break;
  case OSY_MENU_GROUP: edit_group (edit, reader, (OsyMenuGroup *)entry); break;
  }
}
