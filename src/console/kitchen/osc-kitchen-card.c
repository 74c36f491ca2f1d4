/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A cell of the grid. Cells are used again for other tickets, so that a finger may come down on one
 * ticket and go up on another: that does nothing. */

#include "osc-kitchen-card.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-kitchen-row.h"
#include "osc-scale.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

#define BORDERS 8 /* px: above and below, at the greatest zoom */

struct _OscKitchenCard {
  GtkWidget parent_instance;
  GtkWidget *head;
  GtkWidget *key;
  GtkWidget *number;
  GtkWidget *first;
  GtkWidget *type;
  GtkWidget *place;
  GtkWidget *age_icon;
  GtkWidget *age;
  GtkWidget *rows;
  GtkWidget *promise;
  GtkWidget *goes_on;
  GtkWidget *foot;
  OscKitchenCell cell;     /* item: owned, nullable */
  OscKitchenItem *pressed; /* nullable: only compared */
  gint64 frozen_at;
  int level; /* OscAgeLevel as shown; -1: none */
};

enum { BUMP, TAPPED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscKitchenCard, osc_kitchen_card, GTK_TYPE_WIDGET)

/* ---- touch ---- */

static void
on_pressed (OscKitchenCard *self)
{
  self->pressed = self->cell.item;
}

/* Keys press nothing before. */
static gboolean
is_same (OscKitchenCard *self)
{
  OscKitchenItem *pressed = g_steal_pointer (&self->pressed);

  return self->cell.item != NULL && (pressed == NULL || pressed == self->cell.item);
}

static void
on_bump (OscKitchenCard *self)
{
  g_autoptr (OscKitchenItem) item = is_same (self) ? g_object_ref (self->cell.item) : NULL;

  if (item != NULL)
    g_signal_emit (self, signals[BUMP], 0, item);
}

static void
on_row (OscKitchenRow *row, OscKitchenCard *self)
{
  g_autoptr (OscKitchenItem) item = is_same (self) ? g_object_ref (self->cell.item) : NULL;
  g_autofree char *line = g_strdup (osc_kitchen_row_line_id (row));

  if (item != NULL)
    g_signal_emit (self, signals[TAPPED], 0, item, line, osc_kitchen_row_course (row));
}

/* ---- head and foot ---- */

/* "5→7": where it was last and where it is. (transfer full) */
static char *
place_text (const OsyKitchenTicketData *ticket)
{
  guint moves = g_strv_length (ticket->moved_from);

  if (ticket->table_number == NULL)
    return g_strdup (osc_words_type_short (ticket->order_type));
  if (moves == 0)
    return g_strdup_printf (_ ("T%s"), ticket->table_number);
  g_autofree char *both =
      g_strdup_printf ("%s→%s", ticket->moved_from[moves - 1], ticket->table_number);
  return g_strdup_printf (_ ("T%s"), both);
}

static gboolean
has_moved (const OsyKitchenTicketData *ticket)
{
  for (guint i = 0; i < ticket->changes->len; i++) {
    const OsyKitchenChange *change = g_ptr_array_index (ticket->changes, i);

    if (change->seen_at == 0 && strcmp (change->kind, OSY_CHANGE_MOVED) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
show_head (OscKitchenCard *self, const OsyKitchenTicketData *ticket)
{
  g_autofree char *number = g_strdup_printf ("%d", (int)ticket->order_number);
  g_autofree char *key = g_strdup_printf ("%d", self->cell.key % 10);
  g_autofree char *place = place_text (ticket);

  gtk_label_set_label (GTK_LABEL (self->number), number);
  gtk_label_set_label (GTK_LABEL (self->key), key);
  gtk_widget_set_visible (self->key, self->cell.key > 0);
  gtk_widget_set_visible (self->first, ticket->priority);
  osc_widget_set_icon (self->type, osc_words_type_icon (ticket->order_type));
  gtk_widget_set_visible (self->type, self->cell.part == 0);
  gtk_label_set_label (GTK_LABEL (self->place),
                       self->cell.part > 0 ? C_ ("ticket", "Continued") : place);
  osc_widget_set_class (self->place, "moved", has_moved (ticket));
}

/* "Due 12:30 · 3 guests · practice". (transfer full) */
static char *
foot_text (const OsyKitchenTicketData *ticket)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (strcmp (ticket->stage, OSY_TICKET_EXPO) == 0)
    g_ptr_array_add (parts, g_strdup (_ ("Put together")));
  if (ticket->promised_at != 0) {
    g_autofree char *clock = osc_words_clock (ticket->promised_at);

    /* Translators: the time of day a ticket was promised for. */
    g_ptr_array_add (parts, g_strdup_printf (_ ("Due %s"), clock));
  }
  if (ticket->guest_count > 0)
    g_ptr_array_add (parts, g_strdup_printf (g_dngettext (NULL, "%d person", "%d people",
                                                          (gulong)ticket->guest_count),
                                             (int)ticket->guest_count));
  if (ticket->recalled > 0)
    g_ptr_array_add (parts, g_strdup (_ ("Brought back")));
  if (ticket->practice)
    g_ptr_array_add (parts, g_strdup (_ ("Practice")));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **)parts->pdata);
}

static void
set_level (OscKitchenCard *self, int level)
{
  static const char *const icons[] = {NULL, "osy-soon-symbolic", "osy-late-symbolic"};

  if (self->level == level)
    return;
  self->level = level;
  gtk_widget_set_visible (self->age_icon, level > 0);
  if (level > 0 && level < (int)G_N_ELEMENTS (icons))
    osc_widget_set_icon (self->age_icon, icons[level]);
  osc_widget_set_class (GTK_WIDGET (self), "soon", level == OSC_AGE_SOON);
  osc_widget_set_class (GTK_WIDGET (self), "late", level == OSC_AGE_LATE);
}

void
osc_kitchen_card_show_age (OscKitchenCard *self, gint64 frozen_at)
{
  g_return_if_fail (OSC_IS_KITCHEN_CARD (self));
  gint64 at = frozen_at != 0 ? frozen_at : osy_clock_now ();

  self->frozen_at = frozen_at;
  if (self->cell.item == NULL)
    return;
  g_autofree char *age = osc_kitchen_item_age_text (self->cell.item, at);
  g_autofree char *text = g_strconcat (age, frozen_at != 0 ? "?" : "", NULL);
  gtk_widget_set_visible (self->age, self->cell.part == 0);
  set_level (self, (int)osc_kitchen_item_age_level (self->cell.item, at));
  gtk_widget_set_visible (self->age_icon, self->cell.part == 0 && self->level > 0);
  if (strcmp (gtk_label_get_label (GTK_LABEL (self->age)), text) != 0)
    gtk_label_set_label (GTK_LABEL (self->age), text);
}

static void
show_spoken (OscKitchenCard *self, const OsyKitchenTicketData *ticket)
{
  g_autofree char *place = place_text (ticket);
  /* Translators: the spoken name of a ticket's head: order number, then table or type. */
  g_autofree char *text =
      g_strdup_printf (_ ("No. %d, %s: send out"), (int)ticket->order_number, place);

  osc_widget_set_name (self->head, text);
}

/* ---- rows ---- */

static GtkWidget *
need_row (OscKitchenCard *self, GtkWidget *after)
{
  GtkWidget *row =
      after != NULL ? gtk_widget_get_next_sibling (after) : gtk_widget_get_first_child (self->rows);

  if (row != NULL)
    return row;
  row = osc_kitchen_row_new ();
  g_signal_connect_object (row, "clicked", G_CALLBACK (on_row), self, 0);
  gtk_box_append (GTK_BOX (self->rows), row);
  return row;
}

static void
show_rows (OscKitchenCard *self)
{
  g_autoptr (GArray) rows = osc_kitchen_row_list (self->cell.item);
  guint end = MIN (self->cell.first + self->cell.count, rows->len);
  GtkWidget *row = NULL;

  for (guint i = self->cell.first; i < end; i++) {
    row = need_row (self, row);
    osc_kitchen_row_show (OSC_KITCHEN_ROW (row), self->cell.item,
                          &g_array_index (rows, OscKitchenRowData, i));
    gtk_widget_set_visible (row, TRUE);
  }
  row = row != NULL ? gtk_widget_get_next_sibling (row) : gtk_widget_get_first_child (self->rows);
  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    gtk_widget_set_visible (row, FALSE);
}

void
osc_kitchen_card_refresh (OscKitchenCard *self)
{
  g_return_if_fail (OSC_IS_KITCHEN_CARD (self));
  const OsyKitchenTicketData *ticket;

  if (self->cell.item == NULL)
    return;
  ticket = osc_kitchen_item_data (self->cell.item);
  g_autofree char *foot = foot_text (ticket);
  show_head (self, ticket);
  osc_kitchen_card_show_age (self, self->frozen_at);
  show_spoken (self, ticket);
  show_rows (self);
  gtk_label_set_label (GTK_LABEL (self->promise), self->cell.part == 0 ? foot : "");
  gtk_widget_set_visible (self->goes_on, self->cell.goes_on);
  osc_widget_set_class (GTK_WIDGET (self), "leaving",
                        osc_kitchen_item_get_leaving (self->cell.item) ||
                            strcmp (ticket->state, OSY_TICKET_OPEN) != 0);
  osc_widget_set_class (GTK_WIDGET (self), "part", self->cell.part > 0);
}

void
osc_kitchen_card_show (OscKitchenCard *self, const OscKitchenCell *cell)
{
  g_return_if_fail (OSC_IS_KITCHEN_CARD (self));
  OscKitchenItem *old = g_steal_pointer (&self->cell.item);

  self->cell = cell != NULL ? *cell : (OscKitchenCell){0};
  if (self->cell.item != NULL)
    g_object_ref (self->cell.item);
  if (old != NULL)
    g_object_unref (old);
  gtk_widget_set_child_visible (GTK_WIDGET (self), self->cell.item != NULL);
  osc_kitchen_card_refresh (self);
}

OscKitchenItem *
osc_kitchen_card_item (OscKitchenCard *self)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_CARD (self), NULL);
  return self->cell.item;
}

void
osc_kitchen_card_mark (OscKitchenCard *self, gboolean selected, const char *line, gboolean ringed)
{
  g_return_if_fail (OSC_IS_KITCHEN_CARD (self));

  osc_widget_set_class (GTK_WIDGET (self), "selected", selected);
  osc_widget_set_class (GTK_WIDGET (self), "ringed", ringed);
  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    osc_widget_set_class (row, "selected",
                          selected && line != NULL &&
                              g_strcmp0 (osc_kitchen_row_line_id (OSC_KITCHEN_ROW (row)), line) ==
                                  0);
}

int
osc_kitchen_card_room (OscKitchenCard *self, int height)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_CARD (self), 0);
  int head;
  int foot;

  gtk_widget_measure (self->head, GTK_ORIENTATION_VERTICAL, -1, NULL, &head, NULL, NULL);
  gtk_widget_measure (self->foot, GTK_ORIENTATION_VERTICAL, -1, NULL, &foot, NULL, NULL);
  return height - head - foot - osc_scale_px (BORDERS);
}

/* ---- life ---- */

static void
osc_kitchen_card_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_KITCHEN_CARD);
  g_clear_object (&OSC_KITCHEN_CARD (object)->cell.item);
  G_OBJECT_CLASS (osc_kitchen_card_parent_class)->dispose (object);
}

static void
osc_kitchen_card_class_init (OscKitchenCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_kitchen_card_dispose;
  signals[BUMP] = g_signal_new ("bump", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, OSC_TYPE_KITCHEN_ITEM);
  signals[TAPPED] = g_signal_new ("tapped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, OSC_TYPE_KITCHEN_ITEM, G_TYPE_STRING, G_TYPE_INT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/kitchen/osc-kitchen-card.ui");
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCard, head);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCard, key);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCard, number);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCard, first);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCard, type);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCard, place);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCard, age_icon);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCard, age);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCard, rows);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCard, promise);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCard, goes_on);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCard, foot);
  gtk_widget_class_bind_template_callback (widget_class, on_bump);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "kitchencard");
}

static void
osc_kitchen_card_init (OscKitchenCard *self)
{
  GtkGesture *press = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  osc_widget_set_name (self->first, _ ("First"));
  self->level = -1;
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
}

GtkWidget *
osc_kitchen_card_new (void)
{
  return g_object_new (OSC_TYPE_KITCHEN_CARD, NULL);
}
