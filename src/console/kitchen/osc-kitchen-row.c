/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A row of a ticket in words. */

#include "osc-kitchen-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-widget.h"
#include "osc-words.h"

struct _OscKitchenRow {
  GtkButton parent_instance;
  GtkWidget *quantity;
  GtkWidget *tick;
  GtkWidget *name;
  GtkWidget *tag;
  GtkWidget *guest;
  GtkWidget *options;
  GtkWidget *note;
  GtkWidget *allergy;
  GtkWidget *allergy_label;
  GtkWidget *change;
  GtkWidget *fire;
  char *line_id; /* nullable */
  int course;
};

G_DEFINE_FINAL_TYPE (OscKitchenRow, osc_kitchen_row, GTK_TYPE_BUTTON)

gboolean
osc_kitchen_row_is_void (const OsyKitchenLine *line)
{
  return line->quantity_voided >= line->quantity_sent;
}

GArray *
osc_kitchen_row_list (OscKitchenItem *item)
{
  const OsyKitchenTicketData *ticket = osc_kitchen_item_data (item);
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (OscKitchenRowData));
  OscKitchenRowData words = {NULL, 0};
  gint64 course = 0;

  if (ticket->note != NULL)
    g_array_append_val (rows, words);
  for (guint i = 0; i < ticket->lines->len; i++) {
    const OsyKitchenLine *line = g_ptr_array_index (ticket->lines, i);
    OscKitchenRowData row = {line, (int)line->course};
    OscKitchenRowData head = {NULL, (int)line->course};

    if (osc_kitchen_row_is_void (line) && osc_kitchen_item_unseen (line, NULL) == NULL)
      continue;
    if (line->course != course &&
        strcmp (osy_kitchen_ticket_course_state (ticket, line->course), OSY_COURSE_HELD) == 0)
      g_array_append_val (rows, head);
    course = line->course;
    g_array_append_val (rows, row);
  }
  return rows;
}

/* ---- what it shows ---- */

static void
show_text (GtkWidget *label, const char *text)
{
  gboolean any = text != NULL && text[0] != '\0';

  if (any && strcmp (gtk_label_get_label (GTK_LABEL (label)), text) != 0)
    gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, any);
}

/* "→ 7 · Seat 2 · mild · cheese ×2". (transfer full) */
static char *
options_text (const OsyKitchenLine *line)
{
  GString *text = g_string_new (NULL);

  if (line->table_number != NULL)
    g_string_append_printf (text, "→ %s", line->table_number);
  if (line->seat > 0) {
    g_string_append (text, text->len > 0 ? " · " : "");
    g_string_append_printf (text, _ ("Seat %d"), (int)line->seat);
  }
  for (guint i = 0; i < line->options->len; i++) {
    const OsyKitchenOption *option = g_ptr_array_index (line->options, i);

    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", option->name);
    if (option->quantity > 1)
      g_string_append_printf (text, " ×%d", (int)option->quantity);
  }
  return g_string_free (text, FALSE);
}

/* "1/3" while some are made. (transfer full) */
static char *
quantity_text (const OsyKitchenLine *line)
{
  gint64 wanted = line->quantity_sent - line->quantity_voided;

  if (wanted <= 0)
    return g_strdup_printf ("%d", (int)line->quantity_sent);
  if (line->quantity_made > 0 && line->quantity_waiting > 0)
    return g_strdup_printf ("%d/%d", (int)line->quantity_made, (int)wanted);
  return g_strdup_printf ("%d", (int)wanted);
}

/* (transfer full) (nullable) */
static char *
tag_text (const OsyKitchenLine *line)
{
  const OsyKitchenChange *added = osc_kitchen_item_unseen (line, OSY_CHANGE_ADDED);

  const OsyKitchenChange *moved = osc_kitchen_item_unseen (line, OSY_CHANGE_MOVED);

  if (moved != NULL)
    return g_strdup (moved->text);
  if (added != NULL && added->quantity < line->quantity_sent)
    return g_strdup_printf ("+%d", (int)added->quantity);
  if (added != NULL)
    /* Translators: a dish that was added to a ticket, in a small tag. */
    return g_strdup (_ ("Added"));
  return osc_kitchen_item_unseen (line, OSY_CHANGE_CHANGED) != NULL ? g_strdup (_ ("Changed"))
                                                                    : NULL;
}

/* (transfer full) (nullable) */
static char *
change_text (const OsyKitchenLine *line)
{
  const OsyKitchenChange *voided = osc_kitchen_item_unseen (line, OSY_CHANGE_VOIDED);

  if (voided == NULL)
    return NULL;
  if (osc_kitchen_row_is_void (line))
    return g_strdup (_ ("Cancelled — tap when seen"));
  return g_strdup_printf (_ ("%d cancelled — tap when seen"), (int)voided->quantity);
}

/* @listed: of the line. */
static void
show_note (OscKitchenRow *self, const char *note, const char *listed)
{
  gboolean by_note = note != NULL && osc_words_is_allergy (note);
  const char *words = by_note ? note : listed;

  gtk_label_set_label (GTK_LABEL (self->allergy_label), words);
  gtk_widget_set_visible (self->allergy, words[0] != '\0');
  show_text (self->note, by_note ? NULL : note);
}

static void
set_classes (OscKitchenRow *self, const char *classes)
{
  static const char *const names[] = {"made", "held", "course", "voided", "gone", "words"};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    osc_widget_set_class (GTK_WIDGET (self), names[i], strstr (classes, names[i]) != NULL);
}

static void
show_spoken (OscKitchenRow *self, const OsyKitchenLine *line, gboolean made)
{
  g_autofree char *quantity = quantity_text (line);
  g_autofree char *change = change_text (line);
  g_autofree char *spoken = g_strdup_printf ("%s %s%s%s", quantity, osc_kitchen_line_name (line),
                                             made || change != NULL ? ", " : "",
                                             change != NULL ? change
                                             : made         ? _ ("made")
                                                            : "");

  osc_widget_set_name (GTK_WIDGET (self), spoken);
}

static void
show_line (OscKitchenRow *self, OscKitchenItem *item, const OsyKitchenLine *line)
{
  gboolean made = osc_kitchen_item_is_made (item, line);
  gboolean held =
      strcmp (osy_kitchen_ticket_course_state (osc_kitchen_item_data (item), line->course),
              OSY_COURSE_HELD) == 0;
  g_autofree char *quantity = quantity_text (line);
  g_autofree char *options = options_text (line);
  g_autofree char *tag = tag_text (line);
  g_autofree char *change = change_text (line);
  g_autofree char *listed = g_strjoinv (" · ", line->allergens);
  g_autofree char *classes =
      g_strconcat (made ? "made " : "", held ? "held " : "", change != NULL ? "voided " : "",
                   osc_kitchen_row_is_void (line) ? "gone" : "", NULL);

  show_text (self->quantity, made ? NULL : quantity);
  gtk_widget_set_visible (self->tick, made);
  show_text (self->name, osc_kitchen_line_name (line));
  show_text (self->tag, tag);
  show_text (self->guest, line->kitchen_name != NULL && strcmp (line->kitchen_name, line->name) != 0
                              ? line->name
                              : NULL);
  show_text (self->options, options);
  show_note (self, line->note, listed);
  show_text (self->change, change);
  gtk_widget_set_visible (self->fire, FALSE);
  set_classes (self, classes);
  show_spoken (self, line, made);
}

static void
hide_line (OscKitchenRow *self)
{
  GtkWidget *parts[] = {self->quantity, self->tick,    self->tag,    self->guest,
                        self->options,  self->allergy, self->change, self->note};

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    gtk_widget_set_visible (parts[i], FALSE);
}

static void
show_course (OscKitchenRow *self, int course)
{
  g_autofree char *text = g_strdup_printf (_ ("Course %d waits"), course);
  g_autofree char *spoken = g_strdup_printf (_ ("Fire course %d"), course);

  hide_line (self);
  show_text (self->name, text);
  gtk_widget_set_visible (self->fire, TRUE);
  set_classes (self, "course");
  osc_widget_set_name (GTK_WIDGET (self), spoken);
}

/* The guest's words about the whole order are no target. */
static void
show_words (OscKitchenRow *self, const char *words)
{
  hide_line (self);
  gtk_widget_set_visible (self->name, FALSE);
  gtk_widget_set_visible (self->fire, FALSE);
  show_note (self, words, "");
  set_classes (self, "words");
  osc_widget_set_name (GTK_WIDGET (self), words);
}

void
osc_kitchen_row_show (OscKitchenRow *self, OscKitchenItem *item, const OscKitchenRowData *data)
{
  g_return_if_fail (OSC_IS_KITCHEN_ROW (self) && OSC_IS_KITCHEN_ITEM (item) && data != NULL);

  g_free (self->line_id);
  self->line_id = data->line != NULL ? g_strdup (data->line->line_id) : NULL;
  self->course = data->course;
  gtk_widget_set_can_target (GTK_WIDGET (self), data->line != NULL || data->course > 0);
  gtk_widget_set_can_focus (GTK_WIDGET (self), data->line != NULL || data->course > 0);
  if (data->line != NULL)
    show_line (self, item, data->line);
  else if (data->course > 0)
    show_course (self, data->course);
  else
    show_words (self, osc_kitchen_item_data (item)->note);
}

const char *
osc_kitchen_row_line_id (OscKitchenRow *self)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_ROW (self), NULL);
  return self->line_id;
}

int
osc_kitchen_row_course (OscKitchenRow *self)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_ROW (self), 0);
  return self->course;
}

/* ---- life ---- */

static void
osc_kitchen_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_KITCHEN_ROW);
  G_OBJECT_CLASS (osc_kitchen_row_parent_class)->dispose (object);
}

static void
osc_kitchen_row_finalize (GObject *object)
{
  g_free (OSC_KITCHEN_ROW (object)->line_id);
  G_OBJECT_CLASS (osc_kitchen_row_parent_class)->finalize (object);
}

static void
osc_kitchen_row_class_init (OscKitchenRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_kitchen_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_kitchen_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/kitchen/osc-kitchen-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OscKitchenRow, quantity);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenRow, tick);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenRow, name);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenRow, tag);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenRow, guest);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenRow, options);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenRow, note);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenRow, allergy);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenRow, allergy_label);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenRow, change);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenRow, fire);
}

static void
osc_kitchen_row_init (OscKitchenRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
osc_kitchen_row_new (void)
{
  return g_object_new (OSC_TYPE_KITCHEN_ROW, NULL);
}
