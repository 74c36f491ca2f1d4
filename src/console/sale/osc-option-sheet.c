/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The sheet of one dish. The widgets of its groups hold what is chosen; the entry holds the note,
 * whose chips only write into it. */

#include "osc-option-sheet.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-option-group.h"
#include "osc-stepper.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

#define NOTE_MAX 200

struct _OscOptionSheet {
  GtkWidget parent_instance;
  GtkWidget *name;
  GtkWidget *price;
  GtkWidget *scroller;
  GtkWidget *groups;
  GtkWidget *note_chips;
  GtkWidget *note;
  GtkWidget *stepper;
  GtkWidget *confirm_words;

  OscCart *cart; /* nullable: closed */
  OsyMenu *menu;
  char *item_id;
  OscCartLine *line;  /* nullable */
  GHashTable *drafts; /* of what is opened (char*) -> Draft: left with Esc */
  gboolean filling;
};

/* What was chosen for one dish. */
typedef struct {
  GPtrArray *choices;
  char *note;
  int quantity;
} Draft;

enum { CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscOptionSheet, osc_option_sheet, GTK_TYPE_WIDGET)

static const char *const note_words[] = {
    N_ ("Less spicy"), N_ ("Spicier"),     N_ ("Less salty"),
    N_ ("Pack apart"), N_ ("Sauce apart"), N_ ("No spring onion"),
};

static void
draft_free (Draft *draft)
{
  g_ptr_array_unref (draft->choices);
  g_free (draft->note);
  g_free (draft);
}

static GPtrArray *
new_choices (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_choice_free);
}

gboolean
osc_option_sheet_wants (const OsyMenuItem *item)
{
  g_return_val_if_fail (item != NULL, FALSE);

  for (guint i = 0; i < item->groups->len; i++)
    if (((const OsyMenuGroup *)g_ptr_array_index (item->groups, i))->min > 0)
      return TRUE;
  return FALSE;
}

/* ---- reading the widgets ---- */

static const char *
note_text (OscOptionSheet *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->note));
}

/* (transfer full) */
static Draft *
take_down (OscOptionSheet *self)
{
  Draft *draft = g_new0 (Draft, 1);

  draft->choices = new_choices ();
  for (GtkWidget *group = gtk_widget_get_first_child (self->groups); group != NULL;
       group = gtk_widget_get_next_sibling (group))
    osc_option_group_collect (OSC_OPTION_GROUP (group), draft->choices);
  draft->note = g_strstrip (g_strdup (note_text (self)));
  draft->quantity = osc_stepper_get_value (OSC_STEPPER (self->stepper));
  return draft;
}

static gint64
unit_price (OscOptionSheet *self)
{
  const OsyMenuItem *item = osy_menu_find_item (self->menu, self->item_id);
  gint64 won = 0;

  if (item == NULL || !osy_menu_price_at (self->menu, item->prices, osc_cart_channel (self->cart),
                                          osy_clock_now (), &won))
    won = 0;
  for (GtkWidget *group = gtk_widget_get_first_child (self->groups); group != NULL;
       group = gtk_widget_get_next_sibling (group))
    won += osc_option_group_price (OSC_OPTION_GROUP (group));
  return won;
}

static void
update_price (OscOptionSheet *self)
{
  int quantity = osc_stepper_get_value (OSC_STEPPER (self->stepper));
  g_autofree char *money = osc_words_money (unit_price (self) * quantity);
  /* Translators: the button that puts a dish into the cart, with its price */
  g_autofree char *text =
      g_strdup_printf (self->line != NULL ? _ ("Change to %s") : _ ("Add %s"), money);

  gtk_label_set_label (GTK_LABEL (self->confirm_words), text);
}

/* ---- the note ---- */

static void
show_note_chips (OscOptionSheet *self)
{
  const char *text = note_text (self);

  self->filling = TRUE;
  for (int i = 0; i < (int)G_N_ELEMENTS (note_words); i++) {
    GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (self->note_chips), i);

    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_flow_box_child_get_child (child)),
                                  strstr (text, _ (note_words[i])) != NULL);
  }
  self->filling = FALSE;
}

/* @text without @words and without the comma that set them off. (transfer full) */
static char *
without_words (const char *text, const char *words)
{
  const char *at = strstr (text, words);
  const char *after = at + strlen (words);
  gsize before = (gsize)(at - text);

  if (before >= 2 && strncmp (text + before - 2, ", ", 2) == 0)
    before -= 2;
  else if (g_str_has_prefix (after, ", "))
    after += 2;
  return g_strdup_printf ("%.*s%s", (int)before, text, after);
}

static void
on_note_chip (GtkToggleButton *chip, OscOptionSheet *self)
{
  const char *words = gtk_button_get_label (GTK_BUTTON (chip));
  const char *text = note_text (self);
  g_autofree char *wanted = NULL;

  if (self->filling)
    return;
  if (!gtk_toggle_button_get_active (chip) && strstr (text, words) != NULL)
    wanted = without_words (text, words);
  else
    wanted = g_strconcat (text, text[0] != '\0' ? ", " : "", words, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->note), wanted);
}

static void
on_note_changed (OscOptionSheet *self)
{
  show_note_chips (self);
}

/* ---- filling ---- */

static void
fill_groups (OscOptionSheet *self, const OsyMenuItem *item, GPtrArray *choices)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->groups)) != NULL)
    gtk_box_remove (GTK_BOX (self->groups), child);
  for (guint i = 0; i < item->groups->len; i++) {
    GtkWidget *group = osc_option_group_new (self->menu, g_ptr_array_index (item->groups, i),
                                             osc_cart_channel (self->cart));

    if (choices != NULL)
      osc_option_group_restore (OSC_OPTION_GROUP (group), choices);
    g_signal_connect_object (group, "changed", G_CALLBACK (update_price), self, G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (self->groups), group);
  }
}

/* What names a draft: a line, or a new one of an item. (transfer full) */
static char *
draft_key (OscOptionSheet *self)
{
  if (self->line != NULL)
    return g_strdup_printf ("line %p %d", (void *)self->cart, osc_cart_line_id (self->line));
  return g_strdup (self->item_id);
}

static void
fill (OscOptionSheet *self, const OsyMenuItem *item, const Draft *draft)
{
  gint64 won = 0;
  g_autofree char *price = osy_menu_price_at (self->menu, item->prices,
                                              osc_cart_channel (self->cart), osy_clock_now (), &won)
                               ? osc_words_money (won)
                               : g_strdup ("");

  gtk_label_set_label (GTK_LABEL (self->name), item->name);
  gtk_label_set_label (GTK_LABEL (self->price), price);
  fill_groups (self, item, draft->choices);
  gtk_editable_set_text (GTK_EDITABLE (self->note), draft->note != NULL ? draft->note : "");
  osc_stepper_set_value (OSC_STEPPER (self->stepper), draft->quantity);
  show_note_chips (self);
  update_price (self);
}

static void
fill_from_start (OscOptionSheet *self, const OsyMenuItem *item, const OscOptionSheetStart *start)
{
  g_autofree char *key = draft_key (self);
  const Draft *kept = g_hash_table_lookup (self->drafts, key);
  Draft fresh = {.quantity = MAX (start->quantity, 1)};

  if (self->line != NULL)
    fresh = (Draft){.choices = osc_cart_line_choices (self->line),
                    .note = (char *)osc_cart_line_note (self->line),
                    .quantity = osc_cart_line_quantity (self->line)};
  fill (self, item, kept != NULL ? kept : &fresh);
}

gboolean
osc_option_sheet_open (OscOptionSheet *self,
                       OscCart *cart,
                       OsyMenu *menu,
                       const OscOptionSheetStart *start)
{
  g_return_val_if_fail (OSC_IS_OPTION_SHEET (self) && start->item_id != NULL, FALSE);
  const OsyMenuItem *item = osy_menu_find_item (menu, start->item_id);

  if (item == NULL)
    return FALSE;
  g_set_object (&self->cart, cart);
  g_set_object (&self->menu, menu);
  g_set_object (&self->line, start->line);
  g_free (self->item_id);
  self->item_id = g_strdup (start->item_id);
  fill_from_start (self, item, start);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  if (start->note)
    gtk_widget_grab_focus (self->note);
  return TRUE;
}

void
osc_option_sheet_set_menu (OscOptionSheet *self, OsyMenu *menu)
{
  g_return_if_fail (OSC_IS_OPTION_SHEET (self) && OSY_IS_MENU (menu));
  const OsyMenuItem *item;
  Draft *draft;

  if (self->cart == NULL)
    return;
  item = osy_menu_find_item (menu, self->item_id);
  if (item == NULL) {
    osc_toasts_say (GTK_WIDGET (self), _ ("This dish has left the menu"));
    osc_option_sheet_close (self);
    return;
  }
  draft = take_down (self);
  fill (self, item, draft);
  g_set_object (&self->menu, menu);
  update_price (self);
  draft_free (draft);
}

/* ---- leaving ---- */

static void
end (OscOptionSheet *self, OscCartLine *line)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->groups)) != NULL)
    gtk_box_remove (GTK_BOX (self->groups), child);
  g_clear_object (&self->cart);
  g_clear_object (&self->line);
  g_clear_object (&self->menu);
  g_signal_emit (self, signals[CLOSED], 0, line);
}

void
osc_option_sheet_close (OscOptionSheet *self)
{
  g_return_if_fail (OSC_IS_OPTION_SHEET (self));

  if (self->cart == NULL)
    return;
  g_hash_table_replace (self->drafts, draft_key (self), take_down (self));
  end (self, NULL);
}

static OscOptionGroup *
find_missing (OscOptionSheet *self)
{
  for (GtkWidget *group = gtk_widget_get_first_child (self->groups); group != NULL;
       group = gtk_widget_get_next_sibling (group)) {
    OscOptionGroup *missing = osc_option_group_missing (OSC_OPTION_GROUP (group));

    if (missing != NULL)
      return missing;
  }
  return NULL;
}

static void
scroll_to (OscOptionSheet *self, GtkWidget *group)
{
  graphene_rect_t area;

  if (gtk_widget_compute_bounds (group, self->groups, &area))
    gtk_adjustment_clamp_page (
        gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), area.origin.y,
        area.origin.y + area.size.height);
}

static void
change_line (OscOptionSheet *self, const Draft *draft)
{
  const char *note = draft->note[0] != '\0' ? draft->note : NULL;

  osc_cart_set_choices (self->cart, self->line, draft->choices);
  if (g_strcmp0 (note, osc_cart_line_note (self->line)) != 0)
    osc_cart_set_line_note (self->cart, self->line, note);
  if (draft->quantity != osc_cart_line_quantity (self->line))
    osc_cart_set_quantity (self->cart, self->line, draft->quantity);
}

void
osc_option_sheet_confirm (OscOptionSheet *self)
{
  g_return_if_fail (OSC_IS_OPTION_SHEET (self));
  OscOptionGroup *missing;
  g_autofree char *key = NULL;
  g_autoptr (OscCartLine) line = NULL;
  Draft *draft;

  if (self->cart == NULL)
    return;
  missing = find_missing (self);
  if (missing != NULL) {
    scroll_to (self, GTK_WIDGET (missing));
    return;
  }
  draft = take_down (self);
  key = draft_key (self);
  g_hash_table_remove (self->drafts, key);
  g_set_object (&line, self->line);
  if (line != NULL)
    change_line (self, draft);
  else
    g_set_object (&line,
                  osc_cart_add (self->cart, self->item_id, draft->choices,
                                draft->note[0] != '\0' ? draft->note : NULL, draft->quantity));
  draft_free (draft);
  end (self, line);
}

void
osc_option_sheet_tap (OscOptionSheet *self, guint nth)
{
  g_return_if_fail (OSC_IS_OPTION_SHEET (self));

  for (GtkWidget *group = gtk_widget_get_first_child (self->groups); group != NULL;
       group = gtk_widget_get_next_sibling (group))
    if (osc_option_group_tap (OSC_OPTION_GROUP (group), &nth))
      return;
}

void
osc_option_sheet_step (OscOptionSheet *self, int change)
{
  g_return_if_fail (OSC_IS_OPTION_SHEET (self));
  int wanted = osc_stepper_get_value (OSC_STEPPER (self->stepper)) + change;

  osc_stepper_set_value (OSC_STEPPER (self->stepper), CLAMP (wanted, 1, OSC_CART_MAX_QUANTITY));
  update_price (self);
}

static void
on_stepped (OscOptionSheet *self, int value)
{
  osc_stepper_set_value (OSC_STEPPER (self->stepper), value);
  update_price (self);
}

/* ---- life ---- */

static void
osc_option_sheet_dispose (GObject *object)
{
  OscOptionSheet *self = OSC_OPTION_SHEET (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_OPTION_SHEET);
  g_clear_object (&self->cart);
  g_clear_object (&self->line);
  g_clear_object (&self->menu);
  G_OBJECT_CLASS (osc_option_sheet_parent_class)->dispose (object);
}

static void
osc_option_sheet_finalize (GObject *object)
{
  OscOptionSheet *self = OSC_OPTION_SHEET (object);

  g_hash_table_unref (self->drafts);
  g_free (self->item_id);
  G_OBJECT_CLASS (osc_option_sheet_parent_class)->finalize (object);
}

static void
osc_option_sheet_class_init (OscOptionSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_option_sheet_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_option_sheet_finalize;
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (OSC_TYPE_STEPPER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/sale/osc-option-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, OscOptionSheet, name);
  gtk_widget_class_bind_template_child (widget_class, OscOptionSheet, price);
  gtk_widget_class_bind_template_child (widget_class, OscOptionSheet, scroller);
  gtk_widget_class_bind_template_child (widget_class, OscOptionSheet, groups);
  gtk_widget_class_bind_template_child (widget_class, OscOptionSheet, note_chips);
  gtk_widget_class_bind_template_child (widget_class, OscOptionSheet, note);
  gtk_widget_class_bind_template_child (widget_class, OscOptionSheet, stepper);
  gtk_widget_class_bind_template_child (widget_class, OscOptionSheet, confirm_words);
  gtk_widget_class_bind_template_callback (widget_class, on_note_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stepped);
  gtk_widget_class_bind_template_callback (widget_class, osc_option_sheet_confirm);
  gtk_widget_class_bind_template_callback (widget_class, osc_option_sheet_close);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "optionsheet");
}

static void
osc_option_sheet_init (OscOptionSheet *self)
{
  self->drafts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)draft_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  gtk_entry_set_max_length (GTK_ENTRY (self->note), NOTE_MAX);
  osc_stepper_set_range (OSC_STEPPER (self->stepper), 1, OSC_CART_MAX_QUANTITY);
  osc_stepper_set_name (OSC_STEPPER (self->stepper), _ ("Quantity"));
  for (gsize i = 0; i < G_N_ELEMENTS (note_words); i++) {
    GtkWidget *chip = gtk_toggle_button_new_with_label (_ (note_words[i]));

    gtk_widget_set_focus_on_click (chip, FALSE);
    gtk_widget_add_css_class (chip, "note-chip");
    g_signal_connect_object (chip, "toggled", G_CALLBACK (on_note_chip), self, G_CONNECT_DEFAULT);
    gtk_flow_box_append (GTK_FLOW_BOX (self->note_chips), chip);
    gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
  }
}
