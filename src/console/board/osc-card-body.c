/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Items, allergy and note of a card. The rows are made once and reused, since cards are recycled
 * while scrolling. */

#include "osc-card-body.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osc-words.h"

#define ROWS 3

typedef struct {
  GtkWidget *quantity;
  GtkWidget *name;
  GtkWidget *options;
} Row;

struct _OscCardBody {
  GtkWidget parent_instance;
  GtkWidget *items; /* GtkGrid */
  GtkWidget *more;
  GtkWidget *allergy;
  GtkWidget *allergy_label;
  GtkWidget *note;
  GtkWidget *note_label;
  Row rows[ROWS];
};

G_DEFINE_FINAL_TYPE (OscCardBody, osc_card_body, GTK_TYPE_WIDGET)

static void
osc_card_body_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_CARD_BODY);
  G_OBJECT_CLASS (osc_card_body_parent_class)->dispose (object);
}

static void
osc_card_body_class_init (OscCardBodyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_card_body_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/board/osc-card-body.ui");
  gtk_widget_class_bind_template_child (widget_class, OscCardBody, items);
  gtk_widget_class_bind_template_child (widget_class, OscCardBody, more);
  gtk_widget_class_bind_template_child (widget_class, OscCardBody, allergy);
  gtk_widget_class_bind_template_child (widget_class, OscCardBody, allergy_label);
  gtk_widget_class_bind_template_child (widget_class, OscCardBody, note);
  gtk_widget_class_bind_template_child (widget_class, OscCardBody, note_label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "cardbody");
}

static GtkWidget *
make_label (const char *css_class, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
osc_card_body_init (OscCardBody *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  for (int i = 0; i < ROWS; i++) {
    Row *row = &self->rows[i];

    row->quantity = make_label ("quantity", 1);
    row->name = make_label ("item", 0);
    row->options = make_label ("options", 0);
    gtk_widget_add_css_class (row->quantity, "numeric");
    gtk_widget_set_hexpand (row->name, TRUE);
    gtk_label_set_ellipsize (GTK_LABEL (row->name), PANGO_ELLIPSIZE_END);
    gtk_label_set_ellipsize (GTK_LABEL (row->options), PANGO_ELLIPSIZE_END);
    gtk_grid_attach (GTK_GRID (self->items), row->quantity, 0, 2 * i, 1, 1);
    gtk_grid_attach (GTK_GRID (self->items), row->name, 1, 2 * i, 1, 1);
    gtk_grid_attach (GTK_GRID (self->items), row->options, 1, 2 * i + 1, 1, 1);
  }
}

/* The words under an item: its options and the guest's note, unless the note is an allergy, which
 * has a tag of its own. */
static char *
line_details (const OsyOrderLine *line)
{
  g_autofree char *options = osc_words_options (line, FALSE);
  const char *note = line->note;

  if (note == NULL || note[0] == '\0' || osc_words_is_allergy (note))
    return g_steal_pointer (&options);
  if (options == NULL)
    return g_strdup (note);
  return g_strdup_printf ("%s · %s", options, note);
}

static void
show_row (Row *row, const OsyOrderLine *line, const char *details)
{
  gtk_widget_set_visible (row->quantity, line != NULL);
  gtk_widget_set_visible (row->name, line != NULL);
  gtk_widget_set_visible (row->options, details != NULL);
  if (line == NULL)
    return;
  g_autofree char *quantity = g_strdup_printf ("%" G_GINT64_FORMAT, line->quantity);
  gtk_label_set_label (GTK_LABEL (row->quantity), quantity);
  gtk_label_set_label (GTK_LABEL (row->name), line->name);
  gtk_label_set_label (GTK_LABEL (row->options), details != NULL ? details : "");
}

static const char *
find_allergy (const OsyOrderData *order)
{
  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);

    if (osc_words_is_allergy (line->note))
      return line->note;
  }
  return osc_words_is_allergy (order->note) ? order->note : NULL;
}

static void
show_tag (GtkWidget *tag, GtkWidget *label, const char *text)
{
  gtk_widget_set_visible (tag, text != NULL && text[0] != '\0');
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
}

static void
show_more (OscCardBody *self, int hidden)
{
  gtk_widget_set_visible (self->more, hidden > 0);
  if (hidden > 0) {
    g_autofree char *text = g_strdup_printf (
        g_dngettext (NULL, "and %d more item", "and %d more items", hidden), hidden);

    gtk_label_set_label (GTK_LABEL (self->more), text);
  }
}

void
osc_card_body_show (OscCardBody *self, const OsyOrderData *order, int max_items, int max_rows)
{
  int n = (int)order->lines->len;
  int shown = MIN (n, MIN (max_items, ROWS));
  const char *allergy = find_allergy (order);
  const char *note = allergy != order->note ? order->note : NULL;
  int spare = max_rows - shown - (allergy != NULL) - (note != NULL);

  for (int i = 0; i < ROWS; i++) {
    const OsyOrderLine *line = i < shown ? g_ptr_array_index (order->lines, i) : NULL;
    g_autofree char *details = line != NULL && spare > 0 ? line_details (line) : NULL;

    spare -= details != NULL;
    show_row (&self->rows[i], line, details);
  }
  show_more (self, n - shown);
  show_tag (self->allergy, self->allergy_label, allergy);
  show_tag (self->note, self->note_label, note);
}
