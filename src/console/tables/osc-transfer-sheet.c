/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Which lines go to another table: what was ordered at the wrong one, or what friends take along.
 */

#include "osc-transfer-sheet.h"

#include <glib/gi18n.h>

#include "osc-scale.h"
#include "osc-sheet.h"
#include "osc-widget.h"
#include "osc-words.h"

/* So many pixels of lines before they scroll. */
#define MOST_HEIGHT 360

typedef struct {
  char *order_id;
  char *line_id;
  GtkToggleButton *tick; /* borrowed: of the sheet */
} Row;

typedef struct {
  OscSheet *sheet;
  GPtrArray *rows; /* of Row, of the newest order first */
  OscTransferChosen chosen;
  gpointer data;
} Choice;

static void
row_free (Row *row)
{
  g_free (row->order_id);
  g_free (row->line_id);
  g_free (row);
}

static void
choice_free (gpointer data, GClosure *closure)
{
  Choice *choice = data;

  g_ptr_array_unref (choice->rows);
  g_free (choice);
}

static const char *
text_of (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, "");
}

static JsonArray *
array_of (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* ---- what is chosen ---- */

static gboolean
is_whole (const Choice *choice, const char *order_id)
{
  for (guint i = 0; i < choice->rows->len; i++) {
    const Row *row = g_ptr_array_index (choice->rows, i);

    if (g_str_equal (row->order_id, order_id) && !gtk_toggle_button_get_active (row->tick))
      return FALSE;
  }
  return TRUE;
}

static void
add_once (JsonArray *ids, const char *id)
{
  for (guint i = 0; i < json_array_get_length (ids); i++)
    if (g_str_equal (json_array_get_string_element (ids, i), id))
      return;
  json_array_add_string_element (ids, id);
}

static JsonObject *
what (const Choice *choice)
{
  JsonObject *object = json_object_new ();
  JsonArray *orders = json_array_new ();
  JsonArray *lines = json_array_new ();

  for (guint i = 0; i < choice->rows->len; i++) {
    const Row *row = g_ptr_array_index (choice->rows, i);

    if (is_whole (choice, row->order_id))
      add_once (orders, row->order_id);
    else if (gtk_toggle_button_get_active (row->tick))
      add_once (lines, row->line_id);
  }
  json_object_set_array_member (object, "order_ids", orders);
  json_object_set_array_member (object, "line_ids", lines);
  return object;
}

static void
show_verb (Choice *choice)
{
  gboolean any = FALSE;

  for (guint i = 0; i < choice->rows->len; i++)
    any |= gtk_toggle_button_get_active (((Row *)g_ptr_array_index (choice->rows, i))->tick);
  gtk_widget_set_sensitive (osc_sheet_primary (choice->sheet), any);
}

static void
on_primary (OscSheet *sheet, Choice *choice)
{
  OscTransferChosen chosen = choice->chosen;
  gpointer data = choice->data;
  JsonObject *object = what (choice);

  gtk_window_close (GTK_WINDOW (sheet));
  chosen (object, data);
}

/* ---- the rows ---- */

static GtkWidget *
new_label (const char *text, const char *css_class, float align)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, css_class);
  gtk_label_set_xalign (GTK_LABEL (label), align);
  return label;
}

static GtkWidget *
new_tick (JsonObject *line, gint64 quantity)
{
  GtkWidget *row = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *name = new_label (text_of (line, "name"), "bill-name", 0);
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, quantity);
  g_autofree char *money =
      osc_words_money (json_object_get_int_member_with_default (line, "net_amount", 0));
  g_autofree char *spoken = g_strdup_printf ("%s %s %s", text_of (line, "name"), count, money);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (box, "bill-line");
  gtk_box_append (GTK_BOX (box), new_label (count, "bill-count", 0));
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), new_label (money, "numeric", 1));
  gtk_button_set_child (GTK_BUTTON (row), box);
  gtk_widget_add_css_class (row, "bill-row");
  osc_widget_set_name (row, spoken);
  return row;
}

static void
add_lines (Choice *choice, GtkWidget *box, JsonArray *lines, const char *order_id, gboolean ticked)
{
  for (guint i = 0; i < json_array_get_length (lines); i++) {
    JsonObject *line = json_array_get_object_element (lines, i);
    gint64 quantity = json_object_get_int_member_with_default (line, "quantity", 0) -
                      json_object_get_int_member_with_default (line, "voided_quantity", 0);
    Row *row;

    if (quantity <= 0 || !g_str_equal (text_of (line, "order_id"), order_id))
      continue;
    row = g_new0 (Row, 1);
    row->order_id = g_strdup (order_id);
    row->line_id = g_strdup (text_of (line, "line_id"));
    row->tick = GTK_TOGGLE_BUTTON (new_tick (line, quantity));
    gtk_toggle_button_set_active (row->tick, ticked);
    g_signal_connect_swapped (row->tick, "toggled", G_CALLBACK (show_verb), choice);
    g_ptr_array_add (choice->rows, row);
    gtk_box_append (GTK_BOX (box), GTK_WIDGET (row->tick));
  }
}

static GtkWidget *
make_list (Choice *choice, JsonArray *orders, JsonArray *lines)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  guint n = json_array_get_length (orders);

  gtk_widget_add_css_class (box, "bill-lines");
  for (guint i = n; i > 0; i--) {
    JsonObject *order = json_array_get_object_element (orders, i - 1);
    g_autofree char *head = g_strdup_printf (
        _ ("Order no. %d"), (int)json_object_get_int_member_with_default (order, "number", 0));

    gtk_box_append (GTK_BOX (box), new_label (head, "field-name", 0));
    add_lines (choice, box, lines, text_of (order, "order_id"), i == n);
  }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller),
                                              osc_scale_px (MOST_HEIGHT));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  return scroller;
}

void
osc_transfer_sheet_open (GtkWidget *from,
                         JsonObject *check,
                         OscTransferChosen chosen,
                         gpointer data)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && check != NULL && chosen != NULL);
  JsonArray *orders = array_of (check, "orders");
  JsonArray *lines = array_of (check, "lines");
  Choice *choice;
  GtkWidget *list;

  if (orders == NULL || lines == NULL || json_array_get_length (lines) == 0)
    return;
  choice = g_new0 (Choice, 1);
  choice->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  choice->chosen = chosen;
  choice->data = data;
  choice->sheet = osc_sheet_new (from);
  list = make_list (choice, orders, lines);
  osc_sheet_ask (choice->sheet, _ ("What goes to another table?"),
                 _ ("Food that was sent is not cooked again"), _ ("Choose the table"));
  osc_sheet_add (choice->sheet, list);
  show_verb (choice);
  g_signal_connect_data (choice->sheet, "primary", G_CALLBACK (on_primary), choice, choice_free,
                         G_CONNECT_DEFAULT);
}
