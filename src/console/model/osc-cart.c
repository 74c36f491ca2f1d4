/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The cart of the counter sale. A step keeps the whole content as text, so that undo and redo are
 * exact whatever the step was. */

#include "osc-cart-private.h"

#include <string.h>

#include "osc-order-item.h"
#include "osc-phone.h"
#include "osy-clock.h"
#include "osy-money.h"

#define MAX_STEPS 200
/* Which text is being typed into: one of the cart, or a line's. */
#define TYPING_TEXT 1
#define TYPING_LINE (TYPING_TEXT + OSC_CART_N_TEXTS)
/* Timers are not trusted for longer. */
#define MAX_WAIT_MS (60 * 60 * 1000)

enum { PROP_TOTAL = 1, PROP_COUNT, PROP_CAN_UNDO, PROP_CAN_REDO, PROP_BUSY, N_PROPS };
static GParamSpec *properties[N_PROPS];
enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscCart,
                               osc_cart,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* ---- the model ---- */

static GType
get_item_type (GListModel *model)
{
  return OSC_TYPE_CART_LINE;
}

static guint
get_n_items (GListModel *model)
{
  return OSC_CART (model)->content->lines->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *lines = OSC_CART (model)->content->lines;

  return position < lines->len ? g_object_ref (g_ptr_array_index (lines, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* ---- prices ---- */

static void
add_up (OscCart *self)
{
  gint64 total = 0;
  int count = 0;

  for (guint i = 0; i < self->content->lines->len; i++) {
    OscCartLine *line = g_ptr_array_index (self->content->lines, i);

    if (!osy_money_add (total, osc_cart_line_amount (line), &total))
      total = OSY_MONEY_MAX;
    count += osc_cart_line_quantity (line);
  }
  if (total != self->total) {
    self->total = total;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
  }
  if (count != self->count) {
    self->count = count;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
  }
}

static void
price (OscCart *self)
{
  OsyMenu *menu = osc_menu_store_get (self->menu);

  /* Before the menu is here nothing is known, which is not the same as gone. */
  if (osc_menu_store_get_loaded (self->menu))
    for (guint i = 0; i < self->content->lines->len; i++)
      osc_cart_line_price (g_ptr_array_index (self->content->lines, i), menu,
                           self->content->channel, FALSE);
  add_up (self);
}

static char *
print_content (OscCart *self)
{
  g_autoptr (JsonNode) node = osy_json_take_object (osc_cart_content_write (self->content));

  return osy_json_print (node);
}

void
osc_cart_look_again (OscCart *self)
{
  price (self);
  g_free (self->text);
  self->text = print_content (self);
  osc_cart_changed (self);
}

static void wait_for_change (OscCart *self);

static gboolean
moment_cb (gpointer user_data)
{
  OscCart *self = user_data;

  self->price_source = 0;
  osc_cart_look_again (self);
  wait_for_change (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_change (OscCart *self)
{
  gint64 now = osy_clock_now ();
  gint64 next = osy_menu_next_change (osc_menu_store_get (self->menu), now);

  g_clear_handle_id (&self->price_source, g_source_remove);
  if (next == G_MAXINT64)
    return;
  self->price_source =
      g_timeout_add ((guint)MIN ((next - now) / 1000 + 1, MAX_WAIT_MS), moment_cb, self);
}

static void
on_menu_changed (OscCart *self)
{
  osc_cart_look_again (self);
  wait_for_change (self);
}

/* ---- steps ---- */

void
osc_cart_changed (OscCart *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
tell_steps (OscCart *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
}

static void
push (GQueue *steps, char *text)
{
  g_queue_push_head (steps, text);
  if (steps->length > MAX_STEPS)
    g_free (g_queue_pop_tail (steps));
}

/* Takes @text as what the content is now, and gives back what it was. */
static char *
swap_text (OscCart *self, char *text)
{
  char *before = self->text;

  self->text = text;
  return before;
}

void
osc_cart_step (OscCart *self, int typing, gboolean goes_on)
{
  price (self);
  char *text = print_content (self);
  gboolean together = goes_on && typing != 0 && typing == self->typing && self->undo.length > 0 &&
                      self->redo.length == 0;

  if (g_str_equal (text, self->text)) {
    g_free (text);
    return;
  }
  char *before = swap_text (self, text);
  if (!together)
    push (&self->undo, before);
  else
    g_free (before);
  /* Typed, and taken out again: nothing to undo. */
  if (together && g_str_equal (g_queue_peek_head (&self->undo), text))
    g_free (g_queue_pop_head (&self->undo));
  g_queue_clear_full (&self->redo, g_free);
  self->typing = self->undo.length > 0 ? typing : 0;
  tell_steps (self);
  osc_cart_changed (self);
}

static OscCartContent *
parse_content (const char *text)
{
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), NULL);
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);

  return osc_cart_content_read (reader);
}

static gboolean
take_step (OscCart *self, GQueue *from, GQueue *to)
{
  g_autofree char *text = self->busy ? NULL : g_queue_pop_head (from);

  if (text == NULL)
    return FALSE;
  push (to, g_strdup (self->text));
  osc_cart_apply (self, parse_content (text));
  self->typing = 0;
  tell_steps (self);
  osc_cart_look_again (self);
  return TRUE;
}

gboolean
osc_cart_undo (OscCart *self)
{
  g_return_val_if_fail (OSC_IS_CART (self), FALSE);
  return take_step (self, &self->undo, &self->redo);
}

gboolean
osc_cart_redo (OscCart *self)
{
  g_return_val_if_fail (OSC_IS_CART (self), FALSE);
  return take_step (self, &self->redo, &self->undo);
}

gboolean
osc_cart_can_undo (OscCart *self)
{
  g_return_val_if_fail (OSC_IS_CART (self), FALSE);
  return self->undo.length > 0;
}

gboolean
osc_cart_can_redo (OscCart *self)
{
  g_return_val_if_fail (OSC_IS_CART (self), FALSE);
  return self->redo.length > 0;
}

/* ---- content as a whole ---- */

static OscCartLine *
find_line (GPtrArray *lines, int id)
{
  for (guint i = 0; i < lines->len; i++)
    if (osc_cart_line_id (g_ptr_array_index (lines, i)) == id)
      return g_ptr_array_index (lines, i);
  return NULL;
}

/* Puts the known object in the place of each line that has one. */
static void
keep_lines (OscCart *self, GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++) {
    OscCartLine *line = g_ptr_array_index (lines, i);
    OscCartLine *known = find_line (self->content->lines, osc_cart_line_id (line));

    self->next_id = MAX (self->next_id, osc_cart_line_id (line) + 1);
    if (known == NULL)
      continue;
    osc_cart_line_assign (known, line);
    g_ptr_array_index (lines, i) = g_object_ref (known);
    g_object_unref (line);
  }
}

void
osc_cart_apply (OscCart *self, OscCartContent *content)
{
  OscCartContent *old = self->content;
  guint before = old->lines->len;
  guint after = content->lines->len;
  guint head = 0;
  guint tail = 0;

  keep_lines (self, content->lines);
  while (head < MIN (before, after) &&
         g_ptr_array_index (old->lines, head) == g_ptr_array_index (content->lines, head))
    head++;
  while (tail < MIN (before, after) - head &&
         g_ptr_array_index (old->lines, before - 1 - tail) ==
             g_ptr_array_index (content->lines, after - 1 - tail))
    tail++;
  self->content = content;
  if (before != after || head < after)
    g_list_model_items_changed (G_LIST_MODEL (self), head, before - head - tail,
                                after - head - tail);
  osc_cart_content_free (old);
}

void
osc_cart_reset (OscCart *self)
{
  osc_cart_apply (self, osc_cart_content_new ());
  g_queue_clear_full (&self->undo, g_free);
  g_queue_clear_full (&self->redo, g_free);
  self->typing = 0;
  tell_steps (self);
  osc_cart_look_again (self);
}

void
osc_cart_clear (OscCart *self)
{
  g_return_if_fail (OSC_IS_CART (self));

  if (self->busy)
    return;
  osc_cart_apply (self, osc_cart_content_new ());
  osc_cart_step (self, 0, FALSE);
}

void
osc_cart_copy_order (OscCart *self, OsyOrder *order)
{
  g_return_if_fail (OSC_IS_CART (self) && OSY_IS_ORDER (order));

  if (self->busy)
    return;
  osc_cart_apply (self, osc_cart_content_from_order (osy_order_data (order), self->next_id));
  osc_cart_step (self, 0, FALSE);
}

void
osc_cart_repeat_order (OscCart *self, OsyOrder *order)
{
  g_return_if_fail (OSC_IS_CART (self) && OSY_IS_ORDER (order));
  OscCartContent *content;

  if (self->busy)
    return;
  content = osc_cart_content_from_order (osy_order_data (order), self->next_id);
  content->channel = self->content->channel;
  content->guests = self->content->guests;
  /* What was eaten here is taken along when it is asked for by phone. */
  if (g_str_equal (content->type, "DINE_IN"))
    content->type = self->content->type;
  for (int i = 0; i < OSC_CART_N_TEXTS; i++) {
    g_free (content->texts[i]);
    content->texts[i] = g_strdup (self->content->texts[i]);
  }
  g_free (content->table_id);
  content->table_id = g_strdup (self->content->table_id);
  osc_cart_apply (self, content);
  osc_cart_step (self, 0, FALSE);
}

/* ---- lines ---- */

static gboolean
are_equal (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++) {
    const OsyMenuChoice *x = g_ptr_array_index (a, i);
    const OsyMenuChoice *y = g_ptr_array_index (b, i);

    if (g_strcmp0 (x->option_id, y->option_id) != 0 || x->quantity != y->quantity ||
        !are_equal (x->options, y->options))
      return FALSE;
  }
  return TRUE;
}

/* A line that one more of the same can be added to. */
static OscCartLine *
find_same (OscCart *self, const OsyMenuRequestLine *wanted)
{
  for (guint i = 0; i < self->content->lines->len; i++) {
    OscCartLine *line = g_ptr_array_index (self->content->lines, i);
    const OsyMenuRequestLine *request = osc_cart_line_request (line);

    if (g_str_equal (request->menu_item_id, wanted->menu_item_id) &&
        g_strcmp0 (request->note, wanted->note) == 0 &&
        are_equal (request->options, wanted->options) && osc_cart_line_course (line) == 1 &&
        osc_cart_line_seat (line) == 0 &&
        request->quantity + wanted->quantity <= OSC_CART_MAX_QUANTITY)
      return line;
  }
  return NULL;
}

static OscCartLine *
append (OscCart *self, OsyMenuRequestLine *request)
{
  OscCartLine *line = osc_cart_line_new (self->next_id++, request, NULL, NULL);

  g_ptr_array_add (self->content->lines, line);
  price (self);
  g_list_model_items_changed (G_LIST_MODEL (self), self->content->lines->len - 1, 0, 1);
  return line;
}

OscCartLine *
osc_cart_add (OscCart *self,
              const char *item_id,
              GPtrArray *choices,
              const char *note,
              int quantity)
{
  g_return_val_if_fail (OSC_IS_CART (self) && item_id != NULL, NULL);
  g_autoptr (OsyMenuRequestLine) request = osy_menu_request_line_new (item_id);
  g_autofree char *clean = osc_cart_clean (note, OSC_CART_MAX_NOTE);
  OscCartLine *line;

  if (self->busy || osy_menu_find_item (osc_menu_store_get (self->menu), item_id) == NULL)
    return NULL;
  g_ptr_array_unref (request->options);
  request->options = osc_cart_choices_copy (choices);
  request->note = clean[0] != '\0' ? g_steal_pointer (&clean) : NULL;
  request->quantity = CLAMP (quantity, 1, OSC_CART_MAX_QUANTITY);
  line = find_same (self, request);
  if (line != NULL)
    osc_cart_line_set_quantity (line, osc_cart_line_quantity (line) + (int)request->quantity);
  else if (self->content->lines->len < OSY_MENU_MAX_LINES)
    line = append (self, g_steal_pointer (&request));
  osc_cart_step (self, 0, FALSE);
  return line;
}

static gboolean
is_mine (OscCart *self, OscCartLine *line, guint *position)
{
  return !self->busy && g_ptr_array_find (self->content->lines, line, position);
}

void
osc_cart_remove (OscCart *self, OscCartLine *line)
{
  g_return_if_fail (OSC_IS_CART (self) && OSC_IS_CART_LINE (line));
  guint position;

  if (!is_mine (self, line, &position))
    return;
  g_ptr_array_remove_index (self->content->lines, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  osc_cart_step (self, 0, FALSE);
}

void
osc_cart_set_quantity (OscCart *self, OscCartLine *line, int quantity)
{
  g_return_if_fail (OSC_IS_CART (self) && OSC_IS_CART_LINE (line));

  if (quantity <= 0) {
    osc_cart_remove (self, line);
    return;
  }
  if (!is_mine (self, line, NULL))
    return;
  osc_cart_line_set_quantity (line, MIN (quantity, OSC_CART_MAX_QUANTITY));
  osc_cart_step (self, 0, FALSE);
}

void
osc_cart_set_course (OscCart *self, OscCartLine *line, int course)
{
  g_return_if_fail (OSC_IS_CART (self) && OSC_IS_CART_LINE (line));

  if (!is_mine (self, line, NULL))
    return;
  osc_cart_line_set_course (line, CLAMP (course, 1, OSC_CART_MAX_COURSE));
  osc_cart_step (self, 0, FALSE);
}

void
osc_cart_set_seat (OscCart *self, OscCartLine *line, int seat)
{
  g_return_if_fail (OSC_IS_CART (self) && OSC_IS_CART_LINE (line));

  if (!is_mine (self, line, NULL))
    return;
  osc_cart_line_set_seat (line, CLAMP (seat, 0, OSC_CART_MAX_SEAT));
  osc_cart_step (self, 0, FALSE);
}

void
osc_cart_set_choices (OscCart *self, OscCartLine *line, GPtrArray *choices)
{
  g_return_if_fail (OSC_IS_CART (self) && OSC_IS_CART_LINE (line));

  if (!is_mine (self, line, NULL))
    return;
  osc_cart_line_set_choices (line, choices);
  osc_cart_line_price (line, osc_menu_store_get (self->menu), self->content->channel, TRUE);
  osc_cart_step (self, 0, FALSE);
}

OscCartLine *
osc_cart_swap (OscCart *self, OscCartLine *line, const char *item_id)
{
  g_return_val_if_fail (OSC_IS_CART (self) && OSC_IS_CART_LINE (line) && item_id != NULL, NULL);
  g_autoptr (OsyMenuRequestLine) request = osy_menu_request_line_new (item_id);
  guint position;

  if (!is_mine (self, line, &position) ||
      osy_menu_find_item (osc_menu_store_get (self->menu), item_id) == NULL)
    return NULL;
  request->quantity = osc_cart_line_quantity (line);
  request->note = g_strdup (osc_cart_line_note (line));
  OscCartLine *other = osc_cart_line_new (self->next_id++, g_steal_pointer (&request), NULL, NULL);
  osc_cart_line_set_course (other, osc_cart_line_course (line));
  osc_cart_line_set_seat (other, osc_cart_line_seat (line));
  g_ptr_array_remove_index (self->content->lines, position);
  g_ptr_array_insert (self->content->lines, (int)position, other);
  price (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
  osc_cart_step (self, 0, FALSE);
  return other;
}

void
osc_cart_line_take_price (OscCart *self, OscCartLine *line)
{
  g_return_if_fail (OSC_IS_CART (self) && OSC_IS_CART_LINE (line));

  if (!is_mine (self, line, NULL))
    return;
  osc_cart_line_price (line, osc_menu_store_get (self->menu), self->content->channel, TRUE);
  osc_cart_step (self, 0, FALSE);
}

/* Whether @now is @before with something typed behind it, or taken off its end. */
static gboolean
goes_on (const char *before, const char *now)
{
  return g_str_has_prefix (now, before) || g_str_has_prefix (before, now);
}

void
osc_cart_set_line_note (OscCart *self, OscCartLine *line, const char *note)
{
  g_return_if_fail (OSC_IS_CART (self) && OSC_IS_CART_LINE (line));
  g_autofree char *clean = osc_cart_clean (note, OSC_CART_MAX_NOTE);
  const char *old = osc_cart_line_note (line);

  if (!is_mine (self, line, NULL))
    return;
  gboolean together = goes_on (old != NULL ? old : "", clean);
  osc_cart_line_set_note (line, clean[0] != '\0' ? clean : NULL);
  osc_cart_step (self, TYPING_LINE + osc_cart_line_id (line), together);
}

/* ---- words ---- */

const char *
osc_cart_type (OscCart *self)
{
  g_return_val_if_fail (OSC_IS_CART (self), NULL);
  return self->content->type;
}

void
osc_cart_set_type (OscCart *self, const char *type)
{
  g_return_if_fail (OSC_IS_CART (self) && osc_cart_find_type (type) != NULL);

  if (self->busy)
    return;
  self->content->type = osc_cart_find_type (type);
  osc_cart_step (self, 0, FALSE);
}

const char *
osc_cart_channel (OscCart *self)
{
  g_return_val_if_fail (OSC_IS_CART (self), NULL);
  return self->content->channel;
}

/* A price that was agreed stays so only on the channel it was agreed for. */
void
osc_cart_set_channel (OscCart *self, const char *channel)
{
  g_return_if_fail (OSC_IS_CART (self) && osc_cart_find_channel (channel) != NULL);
  OsyMenu *menu = osc_menu_store_get (self->menu);

  if (self->busy || g_str_equal (channel, self->content->channel))
    return;
  self->content->channel = osc_cart_find_channel (channel);
  for (guint i = 0; i < self->content->lines->len; i++) {
    OscCartLine *line = g_ptr_array_index (self->content->lines, i);

    if (osc_cart_line_state (line) != OSC_CART_LINE_PRICE)
      osc_cart_line_price (line, menu, self->content->channel, TRUE);
  }
  osc_cart_step (self, 0, FALSE);
}

int
osc_cart_guests (OscCart *self)
{
  g_return_val_if_fail (OSC_IS_CART (self), 0);
  return self->content->guests;
}

void
osc_cart_set_guests (OscCart *self, int guests)
{
  g_return_if_fail (OSC_IS_CART (self));

  if (self->busy)
    return;
  self->content->guests = CLAMP (guests, 0, OSC_CART_MAX_QUANTITY);
  osc_cart_step (self, 0, FALSE);
}

const char *
osc_cart_table_id (OscCart *self)
{
  g_return_val_if_fail (OSC_IS_CART (self), NULL);
  return self->content->table_id;
}

void
osc_cart_set_table (OscCart *self, const char *id, const char *number)
{
  g_return_if_fail (OSC_IS_CART (self) && (id == NULL) == (number == NULL));

  if (self->busy)
    return;
  g_free (self->content->table_id);
  g_free (self->content->texts[OSC_CART_TABLE]);
  self->content->table_id = g_strdup (id);
  self->content->texts[OSC_CART_TABLE] =
      osc_cart_clean (number, osc_cart_text_max (OSC_CART_TABLE));
  self->content->type = id != NULL ? osc_cart_find_type ("DINE_IN") : self->content->type;
  osc_cart_step (self, 0, FALSE);
}

const char *
osc_cart_text (OscCart *self, OscCartText which)
{
  g_return_val_if_fail (OSC_IS_CART (self) && which < OSC_CART_N_TEXTS, "");
  return self->content->texts[which];
}

void
osc_cart_set_text (OscCart *self, OscCartText which, const char *text)
{
  g_return_if_fail (OSC_IS_CART (self) && which < OSC_CART_N_TEXTS && text != NULL);
  char *clean = osc_cart_clean (text, osc_cart_text_max (which));

  if (self->busy) {
    g_free (clean);
    return;
  }
  if (which == OSC_CART_PHONE) {
    g_autofree char *typed = clean;
    clean = osc_phone_format (typed);
  }
  g_autofree char *before = self->content->texts[which];
  self->content->texts[which] = clean;
  if (which == OSC_CART_TABLE)
    g_clear_pointer (&self->content->table_id, g_free);
  osc_cart_step (self, TYPING_TEXT + (int)which, goes_on (before, clean));
}

/* ---- sums ---- */

gint64
osc_cart_total (OscCart *self)
{
  g_return_val_if_fail (OSC_IS_CART (self), 0);
  return self->total;
}

int
osc_cart_count (OscCart *self)
{
  g_return_val_if_fail (OSC_IS_CART (self), 0);
  return self->count;
}

int
osc_cart_count_of (OscCart *self, const char *item_id)
{
  g_return_val_if_fail (OSC_IS_CART (self) && item_id != NULL, 0);
  int count = 0;

  for (guint i = 0; i < self->content->lines->len; i++) {
    OscCartLine *line = g_ptr_array_index (self->content->lines, i);

    if (g_str_equal (osc_cart_line_item_id (line), item_id))
      count += osc_cart_line_quantity (line);
  }
  return count;
}

gboolean
osc_cart_is_empty (OscCart *self)
{
  g_return_val_if_fail (OSC_IS_CART (self), TRUE);
  gboolean words = FALSE;

  for (int i = 0; i < OSC_CART_N_TEXTS; i++)
    words = words || self->content->texts[i][0] != '\0';
  return self->content->lines->len == 0 && !words;
}

int
osc_cart_suggested_minutes (OscCart *self, int least)
{
  g_return_val_if_fail (OSC_IS_CART (self), least);
  OsyMenu *menu = osc_menu_store_get (self->menu);
  int longest = 0;

  for (guint i = 0; i < self->content->lines->len; i++) {
    OscCartLine *line = g_ptr_array_index (self->content->lines, i);
    const OsyMenuItem *item = osy_menu_find_item (menu, osc_cart_line_item_id (line));

    longest = MAX (longest, item != NULL ? item->prep_minutes : 0);
  }
  return osc_order_item_minutes_for (longest, least);
}

gboolean
osc_cart_busy (OscCart *self)
{
  g_return_val_if_fail (OSC_IS_CART (self), FALSE);
  return self->busy;
}

void
osc_cart_set_busy (OscCart *self, gboolean busy)
{
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* ---- life ---- */

static void
osc_cart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OscCart *self = OSC_CART (object);

  switch (id) {
  case PROP_TOTAL: g_value_set_int64 (value, self->total); break;
  case PROP_COUNT: g_value_set_int (value, self->count); break;
  case PROP_CAN_UNDO: g_value_set_boolean (value, self->undo.length > 0); break;
  case PROP_CAN_REDO: g_value_set_boolean (value, self->redo.length > 0); break;
  default: g_value_set_boolean (value, self->busy); break;
  }
}

static void
osc_cart_dispose (GObject *object)
{
  OscCart *self = OSC_CART (object);

  g_clear_handle_id (&self->price_source, g_source_remove);
  G_OBJECT_CLASS (osc_cart_parent_class)->dispose (object);
}

static void
osc_cart_finalize (GObject *object)
{
  OscCart *self = OSC_CART (object);

  osc_cart_forget_sending (self);
  osc_cart_content_free (self->content);
  g_queue_clear_full (&self->undo, g_free);
  g_queue_clear_full (&self->redo, g_free);
  g_free (self->text);
  g_clear_object (&self->file);
  g_clear_object (&self->menu);
  G_OBJECT_CLASS (osc_cart_parent_class)->finalize (object);
}

static void
osc_cart_class_init (OscCartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = osc_cart_get_property;
  object_class->dispose = osc_cart_dispose;
  object_class->finalize = osc_cart_finalize;
  properties[PROP_TOTAL] = g_param_spec_int64 ("total", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_COUNT] = g_param_spec_int ("count", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_CART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  g_signal_new ("requested", OSC_TYPE_CART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                JSON_TYPE_NODE);
}

static void
osc_cart_init (OscCart *self)
{
  g_queue_init (&self->undo);
  g_queue_init (&self->redo);
  self->next_id = 1;
  self->content = osc_cart_content_new ();
  self->text = print_content (self);
}

OscCart *
osc_cart_new (OscMenuStore *menu)
{
  g_return_val_if_fail (OSC_IS_MENU_STORE (menu), NULL);
  OscCart *self = g_object_new (OSC_TYPE_CART, NULL);

  self->menu = g_object_ref (menu);
  g_signal_connect_object (menu, "changed", G_CALLBACK (on_menu_changed), self, G_CONNECT_SWAPPED);
  wait_for_change (self);
  return self;
}
