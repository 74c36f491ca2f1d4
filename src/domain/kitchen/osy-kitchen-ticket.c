/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A ticket of the kitchen as plain data, and what is counted over all of them. */

#include "osy-kitchen-ticket.h"

#include <string.h>

#include "osy-json.h"

struct _OsyKitchenTicket {
  GObject parent_instance;
  OsyKitchenTicketData *data;
};

G_DEFINE_FINAL_TYPE (OsyKitchenTicket, osy_kitchen_ticket, G_TYPE_OBJECT)

/* ---- memory ---- */

void
osy_kitchen_option_free (OsyKitchenOption *self)
{
  g_free (self->item_id);
  g_free (self->name);
  g_free (self);
}

void
osy_kitchen_change_free (OsyKitchenChange *self)
{
  g_free (self->id);
  g_free (self->kind);
  g_free (self->text);
  g_free (self);
}

void
osy_kitchen_course_free (OsyKitchenCourse *self)
{
  g_free (self->state);
  g_free (self);
}

OsyKitchenLine *
osy_kitchen_line_new (void)
{
  OsyKitchenLine *self = g_new0 (OsyKitchenLine, 1);

  self->options = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_kitchen_option_free);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_kitchen_change_free);
  self->allergens = g_new0 (char *, 1);
  return self;
}

void
osy_kitchen_line_free (OsyKitchenLine *self)
{
  g_free (self->line_id);
  g_free (self->name);
  g_free (self->menu_item_id);
  g_free (self->kitchen_name);
  g_free (self->note);
  g_free (self->table_id);
  g_free (self->table_number);
  g_strfreev (self->allergens);
  g_ptr_array_unref (self->options);
  g_ptr_array_unref (self->changes);
  g_free (self);
}

OsyKitchenTicketData *
osy_kitchen_ticket_data_new (void)
{
  OsyKitchenTicketData *self = g_new0 (OsyKitchenTicketData, 1);

  self->moved_from = g_new0 (char *, 1);
  self->courses = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_kitchen_course_free);
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_kitchen_line_free);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_kitchen_change_free);
  return self;
}

void
osy_kitchen_ticket_data_free (OsyKitchenTicketData *self)
{
  g_free (self->id);
  g_free (self->order_id);
  g_free (self->order_type);
  g_free (self->channel);
  g_free (self->order_status);
  g_free (self->table_id);
  g_free (self->table_number);
  g_strfreev (self->moved_from);
  g_free (self->station_id);
  g_free (self->stage);
  g_free (self->state);
  g_free (self->note);
  g_ptr_array_unref (self->courses);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->changes);
  g_free (self);
}

static void
osy_kitchen_ticket_finalize (GObject *object)
{
  osy_kitchen_ticket_data_free (OSY_KITCHEN_TICKET (object)->data);
  G_OBJECT_CLASS (osy_kitchen_ticket_parent_class)->finalize (object);
}

static void
osy_kitchen_ticket_class_init (OsyKitchenTicketClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_kitchen_ticket_finalize;
}

static void
osy_kitchen_ticket_init (OsyKitchenTicket *self)
{
}

OsyKitchenTicket *
osy_kitchen_ticket_new (OsyKitchenTicketData *data)
{
  OsyKitchenTicket *self = g_object_new (OSY_TYPE_KITCHEN_TICKET, NULL);

  self->data = data;
  return self;
}

const OsyKitchenTicketData *
osy_kitchen_ticket_data (OsyKitchenTicket *self)
{
  return self->data;
}

/* ---- asking ---- */

const char *
osy_kitchen_ticket_course_state (const OsyKitchenTicketData *self, gint64 course)
{
  for (guint i = 0; i < self->courses->len; i++) {
    const OsyKitchenCourse *row = g_ptr_array_index (self->courses, i);
    if (row->course == course)
      return row->state;
  }
  return OSY_COURSE_FIRED;
}

static gboolean
any_unseen (GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    if (((OsyKitchenChange *)g_ptr_array_index (changes, i))->seen_at == 0)
      return TRUE;
  return FALSE;
}

gboolean
osy_kitchen_ticket_has_unseen (const OsyKitchenTicketData *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (any_unseen (((OsyKitchenLine *)g_ptr_array_index (self->lines, i))->changes))
      return TRUE;
  return any_unseen (self->changes);
}

/* ---- counting ---- */

void
osy_kitchen_count_free (OsyKitchenCount *self)
{
  g_free (self->name);
  g_ptr_array_unref (self->order_ids);
  g_free (self);
}

static OsyKitchenCount *
ensure_count (GPtrArray *counts, const char *name)
{
  for (guint i = 0; i < counts->len; i++) {
    OsyKitchenCount *count = g_ptr_array_index (counts, i);
    if (g_str_equal (count->name, name))
      return count;
  }
  OsyKitchenCount *count = g_new0 (OsyKitchenCount, 1);
  count->name = g_strdup (name);
  count->order_ids = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (counts, count);
  return count;
}

static void
count_ticket (GPtrArray *counts, const OsyKitchenTicketData *ticket)
{
  for (guint i = 0; i < ticket->lines->len; i++) {
    const OsyKitchenLine *line = g_ptr_array_index (ticket->lines, i);
    const char *state = osy_kitchen_ticket_course_state (ticket, line->course);
    if (line->quantity_waiting == 0 || g_str_equal (state, OSY_COURSE_HELD))
      continue;
    OsyKitchenCount *count = ensure_count (counts, line->name);
    count->quantity += line->quantity_waiting;
    if (!g_ptr_array_find_with_equal_func (count->order_ids, ticket->order_id, g_str_equal, NULL))
      g_ptr_array_add (count->order_ids, g_strdup (ticket->order_id));
  }
}

static gint
compare_counts (gconstpointer a, gconstpointer b)
{
  const OsyKitchenCount *one = *(OsyKitchenCount *const *)a;
  const OsyKitchenCount *two = *(OsyKitchenCount *const *)b;

  if (one->quantity != two->quantity)
    return one->quantity > two->quantity ? -1 : 1;
  return strcmp (one->name, two->name);
}

GPtrArray *
osy_kitchen_count_all (GPtrArray *tickets)
{
  GPtrArray *counts = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_kitchen_count_free);

  for (guint i = 0; i < tickets->len; i++) {
    const OsyKitchenTicketData *ticket = osy_kitchen_ticket_data (g_ptr_array_index (tickets, i));
    if (g_str_equal (ticket->state, OSY_TICKET_OPEN) &&
        g_str_equal (ticket->stage, OSY_TICKET_PREP))
      count_ticket (counts, ticket);
  }
  g_ptr_array_sort (counts, compare_counts);
  return counts;
}

JsonNode *
osy_kitchen_count_to_json (const OsyKitchenCount *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *ids = json_array_new ();

  for (guint i = 0; i < self->order_ids->len; i++)
    json_array_add_string_element (ids, g_ptr_array_index (self->order_ids, i));
  json_object_set_string_member (object, "name", self->name);
  json_object_set_int_member (object, "quantity", self->quantity);
  json_object_set_array_member (object, "order_ids", ids);
  return osy_json_take_object (object);
}
