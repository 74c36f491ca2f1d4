/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What an order costs: the client's choices against the menu, every fault named by its pointer. */

#include "osy-menu-pricing.h"

#include "osy-error.h"
#include "osy-money.h"

typedef struct {
  char *pointer;
  OsyErrorCode code;
  char *detail;
} Fault;

/* A hostile order may hold thousands of faults; so many are told. */
#define MAX_FAULTS 64

/* One run: what is the same for every line, and the faults found so far. */
typedef struct {
  OsyMenu *menu;
  const char *channel;
  gint64 now;
  GPtrArray *faults;  /* of Fault */
  JsonArray *changed; /* nullable: lines whose price is not what the client saw */
} Run;

static void
fault_free (Fault *fault)
{
  g_free (fault->pointer);
  g_free (fault->detail);
  g_free (fault);
}

static void G_GNUC_PRINTF (4, 5)
    add_fault (Run *run, const char *pointer, OsyErrorCode code, const char *format, ...)
{
  va_list args;

  if (run->faults->len >= MAX_FAULTS)
    return;
  Fault *fault = g_new0 (Fault, 1);
  va_start (args, format);
  fault->detail = g_strdup_vprintf (format, args);
  va_end (args);
  fault->pointer = g_strdup (pointer);
  fault->code = code;
  g_ptr_array_add (run->faults, fault);
}

/* Which fault gives the whole refusal its code, first things first. */
static int
fault_rank (OsyErrorCode code)
{
  static const OsyErrorCode order[] = {OSY_ERROR_INVALID_REQUEST, OSY_ERROR_UNKNOWN_ITEM,
                                       OSY_ERROR_UNKNOWN_OPTION,  OSY_ERROR_OPTION_COUNT,
                                       OSY_ERROR_SOLD_OUT,        OSY_ERROR_OUTSIDE_HOURS,
                                       OSY_ERROR_MENU_CHANGED};

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (order[i] == code)
      return (int)i;
  return G_MAXINT;
}

static GError *
faults_to_error (Run *run)
{
  const Fault *first = g_ptr_array_index (run->faults, 0);

  for (guint i = 1; i < run->faults->len; i++) {
    const Fault *fault = g_ptr_array_index (run->faults, i);
    if (fault_rank (fault->code) < fault_rank (first->code))
      first = fault;
  }
  GError *error = g_error_new_literal (OSY_ERROR, (int)first->code, first->detail);
  for (guint i = 0; i < run->faults->len; i++) {
    const Fault *fault = g_ptr_array_index (run->faults, i);
    osy_error_add_field (error, fault->pointer, osy_error_code_name (fault->code), fault->detail);
  }
  if (run->changed != NULL) {
    JsonNode *items = json_node_init_array (json_node_alloc (), run->changed);
    osy_error_set_extra (error, "items", items);
    JsonNode *version = json_node_init_int (json_node_alloc (), osy_menu_version (run->menu));
    osy_error_set_extra (error, "menu_version", version);
  }
  return error;
}

static gboolean
quantity_ok (Run *run, const char *pointer, gint64 quantity)
{
  if (quantity >= 1 && quantity <= OSY_MENU_MAX_QUANTITY)
    return TRUE;
  g_autofree char *member = g_strconcat (pointer, "/quantity", NULL);
  add_fault (run, member, OSY_ERROR_INVALID_REQUEST, "The quantity must be from 1 to %d.",
             OSY_MENU_MAX_QUANTITY);
  return FALSE;
}

static const OsyMenuOption *
find_option (GPtrArray *groups, const char *id)
{
  for (guint i = 0; i < groups->len; i++) {
    const OsyMenuGroup *group = g_ptr_array_index (groups, i);
    for (guint j = 0; j < group->options->len; j++) {
      const OsyMenuOption *option = g_ptr_array_index (group->options, j);
      if (g_strcmp0 (option->id, id) == 0)
        return option;
    }
  }
  return NULL;
}

/* How many of @option were taken, over all mentions of it. */
static gint64
count_taken (GPtrArray *choices, const OsyMenuOption *option)
{
  gint64 taken = 0;

  for (guint i = 0; i < choices->len; i++) {
    const OsyMenuChoice *choice = g_ptr_array_index (choices, i);
    if (g_strcmp0 (choice->option_id, option->id) == 0)
      taken += CLAMP (choice->quantity, 0, OSY_MENU_MAX_QUANTITY);
  }
  return taken;
}

static void
check_group (Run *run, const OsyMenuGroup *group, GPtrArray *choices, const char *pointer)
{
  gint64 taken = 0;

  for (guint i = 0; i < group->options->len; i++) {
    const OsyMenuOption *option = g_ptr_array_index (group->options, i);
    gint64 one = count_taken (choices, option);
    if (option->max > 0 && one > option->max)
      add_fault (run, pointer, OSY_ERROR_OPTION_COUNT,
                 "Of “%s” at most %" G_GINT64_FORMAT " may be taken.", option->name, option->max);
    taken += one;
  }
  if (taken < group->min)
    add_fault (run, pointer, OSY_ERROR_OPTION_COUNT,
               "Choose at least %" G_GINT64_FORMAT " of “%s”.", group->min, group->name);
  if (taken > group->max)
    add_fault (run, pointer, OSY_ERROR_OPTION_COUNT, "Choose at most %" G_GINT64_FORMAT " of “%s”.",
               group->max, group->name);
}

static gboolean
add_times (gint64 *sum, gint64 price, gint64 quantity)
{
  gint64 amount;

  return osy_money_mul (price, quantity, &amount) && osy_money_add (*sum, amount, sum);
}

static void price_choices (Run *run,
                           GPtrArray *groups,
                           GPtrArray *choices,
                           const char *pointer,
                           GPtrArray *priced,
                           gint64 *sum);

/* Adds one choice with its own options to @priced, and its cost to @sum. */
static void
price_choice (Run *run,
              const OsyMenuOption *option,
              const OsyMenuChoice *choice,
              const char *pointer,
              GPtrArray *priced,
              gint64 *sum)
{
  OsyMenuPricedOption *one = g_new0 (OsyMenuPricedOption, 1);
  gint64 cost;

  one->option_id = g_strdup (option->id);
  one->item_id = g_strdup (option->item_id);
  one->name = g_strdup (option->name);
  one->quantity = choice->quantity;
  one->options = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_priced_option_free);
  if (!osy_menu_price_at (run->menu, option->prices, run->channel, run->now, &one->price))
    one->price = 0;
  g_ptr_array_add (priced, one);
  if (osy_menu_option_stop_at (option, run->now))
    add_fault (run, pointer, OSY_ERROR_SOLD_OUT, "“%s” is sold out.", option->name);
  cost = one->price;
  price_choices (run, option->groups, choice->options, pointer, one->options, &cost);
  if (quantity_ok (run, pointer, choice->quantity) && !add_times (sum, cost, choice->quantity))
    add_fault (run, pointer, OSY_ERROR_INVALID_REQUEST, "The amount is too large.");
}

static void
price_choices (Run *run,
               GPtrArray *groups,
               GPtrArray *choices,
               const char *pointer,
               GPtrArray *priced,
               gint64 *sum)
{
  g_autofree char *list = g_strconcat (pointer, "/options", NULL);

  for (guint i = 0; i < choices->len; i++) {
    const OsyMenuChoice *choice = g_ptr_array_index (choices, i);
    const OsyMenuOption *option = find_option (groups, choice->option_id);
    g_autofree char *here = g_strdup_printf ("%s/%u", list, i);
    if (option != NULL)
      price_choice (run, option, choice, here, priced, sum);
    else
      add_fault (run, here, OSY_ERROR_UNKNOWN_OPTION,
                 "There is no such option here; read the menu again.");
  }
  for (guint i = 0; i < groups->len; i++)
    check_group (run, g_ptr_array_index (groups, i), choices, list);
}

static void
note_changed (Run *run, guint index, const OsyMenuPricedLine *line, gint64 expected)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "index", index);
  json_object_set_string_member (object, "menu_item_id", line->menu_item_id);
  json_object_set_string_member (object, "name", line->name);
  json_object_set_int_member (object, "unit_price", line->unit_price);
  json_object_set_int_member (object, "expected_price", expected);
  if (run->changed == NULL)
    run->changed = json_array_new ();
  json_array_add_object_element (run->changed, object);
}

static OsyMenuPricedLine *
new_line (const OsyMenuItem *item, const OsyMenuRequestLine *request)
{
  OsyMenuPricedLine *line = g_new0 (OsyMenuPricedLine, 1);

  line->menu_item_id = g_strdup (item->id);
  line->name = g_strdup (item->name);
  line->quantity = request->quantity;
  line->tax_free = item->tax_free;
  line->station = g_strdup (item->station);
  line->prep_minutes = item->prep_minutes;
  line->note = g_strdup (request->note);
  line->options = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_priced_option_free);
  return line;
}

static void
check_hours (Run *run, const char *pointer, const OsyMenuItem *item)
{
  const GArray *hours =
      osy_menu_keeps_hours (run->channel) ? osy_menu_shut_hours (run->menu, item, run->now) : NULL;

  if (hours == NULL)
    return;
  g_autofree char *text = osy_week_format (hours, &osy_week_english);
  add_fault (run, pointer, OSY_ERROR_OUTSIDE_HOURS, "“%s” is sold %s.", item->name, text);
}

static void
price_line (Run *run, const OsyMenuRequestLine *request, guint index, GPtrArray *lines)
{
  g_autofree char *pointer = g_strdup_printf ("/items/%u", index);
  const OsyMenuItem *item = osy_menu_find_item (run->menu, request->menu_item_id);

  if (item == NULL || !osy_menu_is_offered (run->menu, item, run->channel, run->now)) {
    add_fault (run, pointer, OSY_ERROR_UNKNOWN_ITEM,
               "There is no such item on the menu; read the menu again.");
    return;
  }
  OsyMenuPricedLine *line = new_line (item, request);
  g_ptr_array_add (lines, line);
  if (osy_menu_stop_at (&item->stop, run->now))
    add_fault (run, pointer, OSY_ERROR_SOLD_OUT, "“%s” is sold out.", item->name);
  check_hours (run, pointer, item);
  if (!osy_menu_price_at (run->menu, item->prices, run->channel, run->now, &line->unit_price))
    line->unit_price = 0;
  guint faults_before = run->faults->len;
  price_choices (run, item->groups, request->options, pointer, line->options, &line->unit_price);
  if (!quantity_ok (run, pointer, line->quantity))
    return;
  if (!osy_money_mul (line->unit_price, line->quantity, &line->amount))
    add_fault (run, pointer, OSY_ERROR_INVALID_REQUEST, "The amount is too large.");
  /* A price is compared only where the choice itself can be had. */
  if (run->faults->len == faults_before && request->expected_price >= 0 &&
      request->expected_price != line->unit_price) {
    note_changed (run, index, line, request->expected_price);
    add_fault (run, pointer, OSY_ERROR_MENU_CHANGED, "The price of “%s” changed.", item->name);
  }
}

GPtrArray *
osy_menu_price_lines (OsyMenu *menu,
                      GPtrArray *requests,
                      const char *channel,
                      gint64 now,
                      GError **error)
{
  g_return_val_if_fail (OSY_IS_MENU (menu) && requests != NULL, NULL);

  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_priced_line_free);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify)fault_free);
  Run run = {menu, channel, now, faults, NULL};

  if (requests->len < 1 || requests->len > OSY_MENU_MAX_LINES)
    add_fault (&run, "/items", OSY_ERROR_INVALID_REQUEST, "An order has 1 to %d lines.",
               OSY_MENU_MAX_LINES);
  else
    for (guint i = 0; i < requests->len; i++)
      price_line (&run, g_ptr_array_index (requests, i), i, lines);
  if (faults->len == 0)
    return g_steal_pointer (&lines);
  g_propagate_error (error, faults_to_error (&run));
  g_clear_pointer (&run.changed, json_array_unref);
  return NULL;
}

OsyMenuRequestLine *
osy_menu_request_line_new (const char *menu_item_id)
{
  OsyMenuRequestLine *self = g_new0 (OsyMenuRequestLine, 1);

  self->menu_item_id = g_strdup (menu_item_id);
  self->quantity = 1;
  self->expected_price = -1;
  self->course = 1;
  self->options = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_choice_free);
  return self;
}

void
osy_menu_request_line_free (OsyMenuRequestLine *self)
{
  if (self == NULL)
    return;
  g_free (self->menu_item_id);
  g_free (self->note);
  g_ptr_array_unref (self->options);
  g_free (self);
}

OsyMenuChoice *
osy_menu_choice_new (const char *option_id)
{
  OsyMenuChoice *self = g_new0 (OsyMenuChoice, 1);

  self->option_id = g_strdup (option_id);
  self->quantity = 1;
  self->options = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_choice_free);
  return self;
}

void
osy_menu_choice_free (OsyMenuChoice *self)
{
  if (self == NULL)
    return;
  g_free (self->option_id);
  g_ptr_array_unref (self->options);
  g_free (self);
}

void
osy_menu_priced_line_free (OsyMenuPricedLine *self)
{
  if (self == NULL)
    return;
  g_free (self->menu_item_id);
  g_free (self->name);
  g_free (self->station);
  g_free (self->note);
  g_ptr_array_unref (self->options);
  g_free (self);
}

void
osy_menu_priced_option_free (OsyMenuPricedOption *self)
{
  if (self == NULL)
    return;
  g_free (self->option_id);
  g_free (self->item_id);
  g_free (self->name);
  g_ptr_array_unref (self->options);
  g_free (self);
}
