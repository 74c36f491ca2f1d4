/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The quick table: Enter goes on to the next row, as in a spreadsheet. */

#include "osc-setup-table.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-money.h"

enum { NAME, PRICE, CATEGORY, N_CELLS };

struct _OscSetupTable {
  GtkWidget parent_instance;
  GtkWidget *rows;
  const char *problem;
  gboolean filling;
};

enum { CHANGED, SUBMITTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscSetupTable, osc_setup_table, GTK_TYPE_WIDGET)

/* ---- rows ---- */

static GtkWidget *
cell_at (GtkWidget *row, int at)
{
  GtkWidget *cell = gtk_widget_get_first_child (row);

  for (int i = 0; i < at; i++)
    cell = gtk_widget_get_next_sibling (cell);
  return cell;
}

/* (transfer full): what is typed there, without blanks around. */
static char *
text_at (GtkWidget *row, int at)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (cell_at (row, at)))));
}

static gboolean
is_empty (GtkWidget *row)
{
  for (int i = 0; i < N_CELLS; i++) {
    g_autofree char *text = text_at (row, i);

    if (*text != '\0')
      return FALSE;
  }
  return TRUE;
}

static GtkWidget *append_row (OscSetupTable *self);

static void
need_empty_row (OscSetupTable *self)
{
  GtkWidget *last = gtk_widget_get_last_child (self->rows);

  if (last == NULL || !is_empty (last))
    append_row (self);
}

/* The category above shows through where none is typed. */
static void
show_categories (OscSetupTable *self)
{
  g_autofree char *above = g_strdup (_ ("Menu"));

  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row)) {
    g_autofree char *own = text_at (row, CATEGORY);

    gtk_entry_set_placeholder_text (GTK_ENTRY (cell_at (row, CATEGORY)), above);
    if (*own != '\0') {
      g_free (above);
      above = g_steal_pointer (&own);
    }
  }
}

static void
on_edited (OscSetupTable *self, GtkWidget *cell)
{
  gtk_widget_remove_css_class (cell, "wrong");
  if (self->filling)
    return;
  need_empty_row (self);
  show_categories (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_activated (OscSetupTable *self, GtkWidget *cell)
{
  GtkWidget *row = gtk_widget_get_parent (cell);
  GtkWidget *next = gtk_widget_get_next_sibling (row);

  if (is_empty (row))
    g_signal_emit (self, signals[SUBMITTED], 0);
  else if (cell == cell_at (row, NAME))
    gtk_widget_grab_focus (cell_at (row, PRICE));
  else if (next != NULL)
    gtk_widget_grab_focus (cell_at (next, NAME));
}

static void
on_remove (OscSetupTable *self, GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_parent (button);
  GtkWidget *next = gtk_widget_get_next_sibling (row);

  if (next == NULL)
    return; /* the empty one */
  gtk_widget_grab_focus (cell_at (next, NAME));
  gtk_box_remove (GTK_BOX (self->rows), row);
  show_categories (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
new_cell (OscSetupTable *self, int at)
{
  const char *const names[] = {_ ("Name"), _ ("Price"), _ ("Category")};
  GtkWidget *cell = gtk_entry_new ();

  gtk_widget_set_hexpand (cell, at == NAME);
  gtk_entry_set_alignment (GTK_ENTRY (cell), at == PRICE ? 1 : 0);
  gtk_editable_set_width_chars (GTK_EDITABLE (cell), at == PRICE ? 9 : 16);
  if (at == PRICE)
    gtk_entry_set_input_purpose (GTK_ENTRY (cell), GTK_INPUT_PURPOSE_DIGITS);
  gtk_entry_set_placeholder_text (GTK_ENTRY (cell), names[at]);
  osc_widget_set_name (cell, names[at]);
  g_signal_connect_object (cell, "changed", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cell, "activate", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
  return cell;
}

static GtkWidget *
append_row (OscSetupTable *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *remove = gtk_button_new_from_icon_name ("osy-close-symbolic");

  gtk_widget_add_css_class (row, "setup-dish");
  for (int i = 0; i < N_CELLS; i++)
    gtk_box_append (GTK_BOX (row), new_cell (self, i));
  gtk_widget_add_css_class (remove, "plain");
  osc_widget_set_name (remove, _ ("Take the row out"));
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), remove);
  gtk_box_append (GTK_BOX (self->rows), row);
  return row;
}

guint
osc_setup_table_count (OscSetupTable *self)
{
  g_return_val_if_fail (OSC_IS_SETUP_TABLE (self), 0);
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    n += !is_empty (row);
  return n;
}

void
osc_setup_table_focus (OscSetupTable *self)
{
  g_return_if_fail (OSC_IS_SETUP_TABLE (self));
  gtk_widget_grab_focus (cell_at (gtk_widget_get_last_child (self->rows), NAME));
}

/* ---- what it makes ---- */

/** The batch being put together. */
typedef struct {
  OsyMenu *menu;
  JsonArray *changes;
  GHashTable *categories; /* name → id */
} Batch;

static void
add_entry (Batch *batch, const char *kind, const char *id, JsonObject *entry)
{
  JsonObject *change = json_object_new ();

  json_object_set_string_member (change, "kind", kind);
  json_object_set_string_member (change, "id", id);
  json_object_set_object_member (change, "entry", entry);
  json_array_add_object_element (batch->changes, change);
}

static const char *
need_category (Batch *batch, const char *name)
{
  const char *known = g_hash_table_lookup (batch->categories, name);
  GPtrArray *categories = osy_menu_categories (batch->menu);
  JsonObject *entry;
  char *id = NULL;

  if (known != NULL)
    return known;
  for (guint i = 0; i < categories->len && id == NULL; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);

    if (g_str_equal (category->name, name))
      id = g_strdup (category->id);
  }
  if (id == NULL) {
    id = osy_id_new ();
    entry = json_object_new ();
    json_object_set_string_member (entry, "name", name);
    add_entry (batch, "category", id, entry);
  }
  g_hash_table_insert (batch->categories, g_strdup (name), id);
  return id;
}

/* Marks what is wrong with @row; the first wrong cell gets the cursor. */
static gboolean
check_row (OscSetupTable *self, GtkWidget *row, gint64 *won)
{
  g_autofree char *name = text_at (row, NAME);
  g_autofree char *price = text_at (row, PRICE);
  gboolean name_ok = *name != '\0' && g_utf8_strlen (name, -1) <= OSY_MENU_MAX_NAME;
  gboolean price_ok = osy_money_parse (price, won);
  GtkWidget *wrong = cell_at (row, name_ok ? PRICE : NAME);

  if (name_ok && price_ok)
    return TRUE;
  gtk_widget_add_css_class (wrong, "wrong");
  if (self->problem == NULL)
    gtk_widget_grab_focus (wrong);
  self->problem = name_ok ? _ ("Type a price in whole won, such as 4,500")
                          : _ ("Type a name, or take the row out");
  return FALSE;
}

static void
add_row (Batch *batch, GtkWidget *row, const char *category, gint64 won)
{
  g_autofree char *name = text_at (row, NAME);
  g_autofree char *id = osy_id_new ();
  JsonObject *entry = json_object_new ();

  json_object_set_string_member (entry, "category_id", need_category (batch, category));
  json_object_set_string_member (entry, "name", name);
  json_object_set_int_member (entry, "price", won);
  add_entry (batch, "item", id, entry);
}

static gboolean
add_rows (OscSetupTable *self, Batch *batch)
{
  g_autofree char *category = g_strdup (_ ("Menu"));
  gboolean ok = TRUE;

  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row)) {
    g_autofree char *own = text_at (row, CATEGORY);
    gint64 won = 0;

    if (is_empty (row))
      continue;
    if (*own != '\0') {
      g_free (category);
      category = g_steal_pointer (&own);
    }
    if (!check_row (self, row, &won))
      ok = FALSE;
    else
      add_row (batch, row, category, won);
  }
  return ok;
}

JsonNode *
osc_setup_table_changes (OscSetupTable *self, OsyMenu *menu)
{
  g_return_val_if_fail (OSC_IS_SETUP_TABLE (self) && OSY_IS_MENU (menu), NULL);
  g_autoptr (JsonArray) changes = json_array_new ();
  g_autoptr (GHashTable) categories =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Batch batch = {menu, changes, categories};
  JsonNode *node;

  self->problem = NULL;
  if (!add_rows (self, &batch) || json_array_get_length (changes) == 0)
    return NULL;
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, g_steal_pointer (&changes));
  return node;
}

const char *
osc_setup_table_problem (OscSetupTable *self)
{
  return self->problem;
}

/* ---- the draft ---- */

char *
osc_setup_table_text (OscSetupTable *self)
{
  g_return_val_if_fail (OSC_IS_SETUP_TABLE (self), NULL);
  GString *text = g_string_new (NULL);

  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (!is_empty (row))
      for (int i = 0; i < N_CELLS; i++) {
        g_autofree char *cell = text_at (row, i);

        g_string_append_printf (text, "%s%c", cell, i < N_CELLS - 1 ? '\t' : '\n');
      }
  return g_string_free (text, FALSE);
}

void
osc_setup_table_set_text (OscSetupTable *self, const char *text)
{
  g_return_if_fail (OSC_IS_SETUP_TABLE (self));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  self->filling = TRUE;
  osc_widget_drop_children (self->rows);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], "\t", N_CELLS);
    GtkWidget *row = append_row (self);

    for (int j = 0; j < N_CELLS && cells[j] != NULL; j++)
      gtk_editable_set_text (GTK_EDITABLE (cell_at (row, j)), cells[j]);
  }
  self->filling = FALSE;
  need_empty_row (self);
  show_categories (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- life ---- */

static void
osc_setup_table_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SETUP_TABLE);
  G_OBJECT_CLASS (osc_setup_table_parent_class)->dispose (object);
}

static void
osc_setup_table_class_init (OscSetupTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_setup_table_dispose;
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_SETUP_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[SUBMITTED] = g_signal_new ("submitted", OSC_TYPE_SETUP_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/setup/osc-setup-table.ui");
  gtk_widget_class_bind_template_child (widget_class, OscSetupTable, rows);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "setuptable");
}

static void
osc_setup_table_init (OscSetupTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  need_empty_row (self);
  show_categories (self);
}

GtkWidget *
osc_setup_table_new (void)
{
  return g_object_new (OSC_TYPE_SETUP_TABLE, NULL);
}
