/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The form of an ingredient. Bigger units are told in kg, L or pieces; one that nobody touched is
 * sent as it came. */

#include "osc-stock-form.h"

#include <glib/gi18n.h>

#include "osc-amount.h"
#include "osc-field.h"
#include "osc-sheet.h"
#include "osc-stock-words.h"
#include "osc-widget.h"
#include "osy-compat.h"

typedef struct {
  GtkWidget *row;
  GtkWidget *name;
  GtkWidget *amount;
  char *was; /* (nullable): the amount as it came */
  gint64 factor;
} Measure;

struct _OscStockForm {
  GtkWidget parent_instance;
  GtkWidget *title;
  GtkWidget *name;
  GtkWidget *kinds;
  GtkWidget *unit[3];
  GtkWidget *par;
  GtkWidget *par_unit;
  GtkWidget *supplier;
  GtkWidget *measures;
  GtkWidget *add_measure;
  GtkWidget *block;
  GtkWidget *shelf;
  GtkWidget *remove;
  GtkWidget *save;
  GPtrArray *rows;    /* of Measure */
  GPtrArray *choices; /* (nullable): of OscStockUnit: for the par */
  char *id;           /* nullable */
  gint64 version;
  gboolean filling;
};

enum { SAVE, BACK, REMOVE, PLACE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscStockForm, osc_stock_form, GTK_TYPE_WIDGET)

static const char *const base_units[] = {OSY_UNIT_G, OSY_UNIT_ML, OSY_UNIT_PIECE};

static void
measure_free (gpointer data)
{
  Measure *measure = data;

  g_free (measure->was);
  g_free (measure);
}

static const char *
unit_of (OscStockForm *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (base_units); i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->unit[i])))
      return base_units[i];
  return OSY_UNIT_G;
}

/* Thousandths of the base unit in a thousandth of what bigger units are told in. */
static gint64
times_of (OscStockForm *self)
{
  return g_str_equal (unit_of (self), OSY_UNIT_PIECE) ? 1 : OSY_STOCK_ONE;
}

static const char *
text_in (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static gint64
factor_of (OscStockForm *self, const Measure *measure)
{
  gint64 amount = 0;

  if (measure->was != NULL && g_str_equal (text_in (measure->amount), measure->was))
    return measure->factor;
  return osc_amount_read (text_in (measure->amount), &amount) &&
                 amount <= OSY_STOCK_MAX_FACTOR / times_of (self)
             ? amount * times_of (self)
             : 0;
}

/* -1: none; -2: no number. */
static gint64
par_of (OscStockForm *self)
{
  const char *text = osc_field_text (OSC_FIELD (self->par));
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->par_unit));
  gint64 amount = 0;

  if (*text == '\0')
    return -1;
  if (self->choices == NULL || at >= self->choices->len || !osc_amount_read (text, &amount))
    return -2;
  const OscStockUnit *unit = g_ptr_array_index (self->choices, at);
  return amount <= OSY_STOCK_MAX / unit->times ? amount * unit->times : -2;
}

static void
update (OscStockForm *self)
{
  gboolean good = *osc_field_text (OSC_FIELD (self->name)) != '\0' && par_of (self) >= -1;

  for (guint i = 0; i < self->rows->len; i++) {
    const Measure *measure = g_ptr_array_index (self->rows, i);
    good = good && *text_in (measure->name) != '\0' && factor_of (self, measure) > 0;
  }
  gtk_widget_set_sensitive (self->save, good);
}

/* ---- units ---- */

static void
on_drop (GtkWidget *button, OscStockForm *self)
{
  GtkWidget *row = gtk_widget_get_parent (button);

  for (guint i = 0; i < self->rows->len; i++)
    if (((Measure *)self->rows->pdata[i])->row == row) {
      g_ptr_array_remove_index (self->rows, i);
      break;
    }
  gtk_box_remove (GTK_BOX (self->measures), row);
  gtk_widget_set_sensitive (self->add_measure, self->rows->len < OSY_INGREDIENT_MAX_UNITS);
  update (self);
}

static GtkWidget *
add_entry (OscStockForm *self, GtkWidget *row, const char *name, int chars)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), chars);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), chars);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 20);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), name);
  osc_widget_set_name (entry, name);
  g_signal_connect_object (entry, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), entry);
  return entry;
}

static Measure *
add_row (OscStockForm *self)
{
  Measure *measure = g_new0 (Measure, 1);
  GtkWidget *drop = gtk_button_new_from_icon_name ("osy-close-symbolic");
  gboolean pieces = times_of (self) == 1;
  gboolean volume = g_str_equal (unit_of (self), OSY_UNIT_ML);

  measure->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (measure->row, "panel-pair");
  measure->name = add_entry (self, measure->row, _ ("Sack, box, …"), 6);
  gtk_widget_set_hexpand (measure->name, TRUE);
  gtk_box_append (GTK_BOX (measure->row), gtk_label_new ("="));
  measure->amount = add_entry (self, measure->row, "20", 4);
  osc_widget_set_name (measure->amount, _ ("How much is in one"));
  gtk_editable_set_alignment (GTK_EDITABLE (measure->amount), 1);
  gtk_widget_add_css_class (measure->amount, "numeric");
  gtk_box_append (GTK_BOX (measure->row),
                  gtk_label_new (pieces ? _ ("pcs") : (volume ? "L" : "kg")));
  osc_widget_set_name (drop, _ ("Take this unit away"));
  gtk_widget_add_css_class (drop, "plain");
  gtk_widget_set_focus_on_click (drop, FALSE);
  g_signal_connect_object (drop, "clicked", G_CALLBACK (on_drop), self, 0);
  gtk_box_append (GTK_BOX (measure->row), drop);
  gtk_box_append (GTK_BOX (self->measures), measure->row);
  g_ptr_array_add (self->rows, measure);
  gtk_widget_set_sensitive (self->add_measure, self->rows->len < OSY_INGREDIENT_MAX_UNITS);
  return measure;
}

static void
on_add_measure (OscStockForm *self)
{
  gtk_widget_grab_focus (add_row (self)->name);
  update (self);
}

static void
clear_rows (OscStockForm *self)
{
  osc_widget_drop_children (self->measures);
  g_ptr_array_set_size (self->rows, 0);
}

/* ---- showing ---- */

static void
show_par_units (OscStockForm *self, const OsyIngredient *ingredient)
{
  g_autoptr (OsyIngredient) blank = osy_ingredient_new ();
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  blank->unit = g_intern_string (unit_of (self));
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  self->choices = osc_stock_words_units (ingredient != NULL ? ingredient : blank);
  /* The par is kept in the base unit; named ones are for what comes in. */
  for (guint i = self->choices->len; i > 0; i--)
    if (((OscStockUnit *)self->choices->pdata[i - 1])->unit != NULL)
      g_ptr_array_remove_index (self->choices, i - 1);
  for (guint i = 0; i < self->choices->len; i++)
    gtk_string_list_append (labels, ((OscStockUnit *)self->choices->pdata[i])->label);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->par_unit), G_LIST_MODEL (labels));
  gtk_widget_set_visible (self->par_unit, self->choices->len > 1);
}

static void
show_par (OscStockForm *self, gint64 par)
{
  gboolean large = self->choices->len > 1 && (par < 0 || par >= OSY_STOCK_ONE * 1000);
  guint at = large ? 0 : self->choices->len - 1;
  const OscStockUnit *unit = g_ptr_array_index (self->choices, at);

  if (par > 0 && par % unit->times != 0) {
    at = self->choices->len - 1;
    unit = g_ptr_array_index (self->choices, at);
  }
  g_autofree char *text = par >= 0 ? osc_amount_print (par / unit->times) : g_strdup ("");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->par_unit), at);
  osc_field_set_text (OSC_FIELD (self->par), text);
}

static void
show_measures (OscStockForm *self, const OsyIngredient *ingredient)
{
  clear_rows (self);
  for (guint i = 0; ingredient != NULL && i < ingredient->units->len; i++) {
    const OsyIngredientUnit *unit = g_ptr_array_index (ingredient->units, i);
    Measure *measure = add_row (self);
    measure->factor = unit->factor;
    measure->was = osc_amount_print (unit->factor / times_of (self));
    gtk_editable_set_text (GTK_EDITABLE (measure->name), unit->name);
    gtk_editable_set_text (GTK_EDITABLE (measure->amount), measure->was);
  }
}

void
osc_stock_form_show (OscStockForm *self, const OsyIngredient *ingredient)
{
  g_return_if_fail (OSC_IS_STOCK_FORM (self));
  const char *supplier = ingredient != NULL ? ingredient->supplier : NULL;

  self->filling = TRUE;
  osy_set_str (&self->id, ingredient != NULL ? ingredient->id : NULL);
  self->version = ingredient != NULL ? ingredient->version : 0;
  gtk_label_set_label (GTK_LABEL (self->title),
                       ingredient != NULL ? _ ("Change the ingredient") : _ ("A new ingredient"));
  gtk_button_set_label (GTK_BUTTON (self->save),
                        ingredient != NULL ? _ ("Save") : _ ("Add the ingredient"));
  osc_field_set_text (OSC_FIELD (self->name), ingredient != NULL ? ingredient->name : "");
  for (gsize i = 0; i < G_N_ELEMENTS (base_units); i++)
    if (g_str_equal (base_units[i], ingredient != NULL ? ingredient->unit : OSY_UNIT_G))
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->unit[i]), TRUE);
  gtk_widget_set_visible (self->kinds, ingredient == NULL);
  gtk_widget_set_visible (self->shelf, ingredient != NULL);
  gtk_widget_set_visible (self->remove, ingredient != NULL);
  show_par_units (self, ingredient);
  show_par (self, ingredient != NULL ? ingredient->par : -1);
  osc_field_set_text (OSC_FIELD (self->supplier), supplier != NULL ? supplier : "");
  show_measures (self, ingredient);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->block),
                               ingredient != NULL && ingredient->block);
  self->filling = FALSE;
  update (self);
}

const char *
osc_stock_form_id (OscStockForm *self)
{
  g_return_val_if_fail (OSC_IS_STOCK_FORM (self), NULL);
  return self->id;
}

gint64
osc_stock_form_version (OscStockForm *self)
{
  g_return_val_if_fail (OSC_IS_STOCK_FORM (self), 0);
  return self->version;
}

/* What was typed in another unit means something else now. */
static void
on_unit (OscStockForm *self, GtkToggleButton *button)
{
  if (self->filling || !gtk_toggle_button_get_active (button))
    return;
  show_par_units (self, NULL);
  show_par (self, -1);
  clear_rows (self);
  update (self);
}

/* ---- saving ---- */

static JsonArray *
write_units (OscStockForm *self)
{
  JsonArray *units = json_array_new ();

  for (guint i = 0; i < self->rows->len; i++) {
    const Measure *measure = g_ptr_array_index (self->rows, i);
    JsonObject *one = json_object_new ();
    json_object_set_string_member (one, "name", text_in (measure->name));
    json_object_set_int_member (one, "factor", factor_of (self, measure));
    json_array_add_object_element (units, one);
  }
  return units;
}

static void
on_save (OscStockForm *self)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  const char *supplier = osc_field_text (OSC_FIELD (self->supplier));
  gint64 par = par_of (self);

  if (!gtk_widget_get_sensitive (self->save))
    return;
  json_object_set_string_member (object, "name", osc_field_text (OSC_FIELD (self->name)));
  if (self->id == NULL)
    json_object_set_string_member (object, "unit", unit_of (self));
  json_object_set_array_member (object, "units", write_units (self));
  if (par >= 0)
    json_object_set_int_member (object, "par", par);
  else
    json_object_set_null_member (object, "par");
  if (*supplier != '\0')
    json_object_set_string_member (object, "supplier", supplier);
  else
    json_object_set_null_member (object, "supplier");
  json_object_set_boolean_member (object, "block",
                                  gtk_check_button_get_active (GTK_CHECK_BUTTON (self->block)));
  g_signal_emit (self, signals[SAVE], 0, body);
}

static void
on_back (OscStockForm *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

static void
on_removal (OscStockForm *self, OscSheet *sheet)
{
  gtk_window_close (GTK_WINDOW (sheet));
  g_signal_emit (self, signals[REMOVE], 0);
}

/* It can't be taken back. */
static void
on_remove (OscStockForm *self)
{
  OscSheet *sheet = osc_sheet_new (GTK_WIDGET (self));
  g_autofree char *title =
      g_strdup_printf (_ ("Delete %s?"), osc_field_text (OSC_FIELD (self->name)));

  osc_sheet_ask (sheet, title,
                 _ ("It leaves the stock and every recipe. What came and went stays on record."),
                 _ ("Delete"));
  osc_sheet_warn (sheet);
  g_signal_connect_object (sheet, "primary", G_CALLBACK (on_removal), self, G_CONNECT_SWAPPED);
}

static void
on_up (OscStockForm *self)
{
  g_signal_emit (self, signals[PLACE], 0, -1);
}

static void
on_down (OscStockForm *self)
{
  g_signal_emit (self, signals[PLACE], 0, 1);
}

/* ---- life ---- */

static gboolean
osc_stock_form_grab_focus (GtkWidget *widget)
{
  osc_field_focus (OSC_FIELD (OSC_STOCK_FORM (widget)->name));
  return TRUE;
}

static void
osc_stock_form_dispose (GObject *object)
{
  OscStockForm *self = OSC_STOCK_FORM (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->id, g_free);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_STOCK_FORM);
  G_OBJECT_CLASS (osc_stock_form_parent_class)->dispose (object);
}

static void
bind (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, OscStockForm, title);
  gtk_widget_class_bind_template_child (widget_class, OscStockForm, name);
  gtk_widget_class_bind_template_child (widget_class, OscStockForm, kinds);
  gtk_widget_class_bind_template_child_full (widget_class, "unit_g", FALSE,
                                             G_STRUCT_OFFSET (OscStockForm, unit[0]));
  gtk_widget_class_bind_template_child_full (widget_class, "unit_ml", FALSE,
                                             G_STRUCT_OFFSET (OscStockForm, unit[1]));
  gtk_widget_class_bind_template_child_full (widget_class, "unit_piece", FALSE,
                                             G_STRUCT_OFFSET (OscStockForm, unit[2]));
  gtk_widget_class_bind_template_child (widget_class, OscStockForm, par);
  gtk_widget_class_bind_template_child (widget_class, OscStockForm, par_unit);
  gtk_widget_class_bind_template_child (widget_class, OscStockForm, supplier);
  gtk_widget_class_bind_template_child (widget_class, OscStockForm, measures);
  gtk_widget_class_bind_template_child (widget_class, OscStockForm, add_measure);
  gtk_widget_class_bind_template_child (widget_class, OscStockForm, block);
  gtk_widget_class_bind_template_child (widget_class, OscStockForm, shelf);
  gtk_widget_class_bind_template_child (widget_class, OscStockForm, remove);
  gtk_widget_class_bind_template_child (widget_class, OscStockForm, save);
  gtk_widget_class_bind_template_callback (widget_class, on_unit);
  gtk_widget_class_bind_template_callback (widget_class, on_add_measure);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  gtk_widget_class_bind_template_callback (widget_class, on_up);
  gtk_widget_class_bind_template_callback (widget_class, on_down);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_changed", G_CALLBACK (update));
}

static void
osc_stock_form_class_init (OscStockFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = OSC_TYPE_STOCK_FORM;

  G_OBJECT_CLASS (klass)->dispose = osc_stock_form_dispose;
  widget_class->grab_focus = osc_stock_form_grab_focus;
  widget_class->focus = osc_widget_focus_children;
  g_type_ensure (OSC_TYPE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/stock/osc-stock-form.ui");
  bind (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stockform");
  signals[SAVE] = g_signal_new ("save", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, JSON_TYPE_NODE);
  signals[BACK] =
      g_signal_new ("back", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVE] =
      g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PLACE] = g_signal_new ("place", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_INT);
}

static void
osc_stock_form_init (OscStockForm *self)
{
  self->rows = g_ptr_array_new_with_free_func (measure_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}
