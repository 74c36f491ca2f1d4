/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The panel. What a table's state has no use for is not there. */

#include "osc-table-panel.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-item-row.h"
#include "osc-stepper.h"
#include "osc-table-words.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"
#include "osy-compat.h"

#define CHIPS 8
#define CHIP_COLUMNS 4
#define TICK_SECONDS 5

/* In which states of a table a button is there, as bits. */
#define IN(state) (1u << (OSY_TABLE_##state))
#define SITTING (IN (SEATED) | IN (DINING) | IN (BILL))

typedef struct {
  const char *action; /* "tables.…" */
  const char *icon;
  const char *label; /* msgid */
  const char *key;   /* nullable */
  guint states;
} Act;

static const Act acts[] = {
    {"tables.order", "osy-plus-symbolic", N_ ("Add order"), NULL, IN (DINING) | IN (BILL)},
    {"tables.print", "osy-receipt-symbolic", N_ ("Print the bill"), NULL, IN (DINING) | IN (BILL)},
    {"tables.move", "osy-arrow-symbolic", N_ ("Move"), "M", SITTING},
    {"tables.merge", "osy-merge-symbolic", N_ ("Merge"), NULL, SITTING},
    {"tables.split", "osy-split-symbolic", N_ ("Split"), "S", IN (DINING) | IN (BILL)},
    {"tables.book", "osy-calendar-symbolic", N_ ("Book"), "B", IN (FREE) | SITTING | IN (CLEAN)},
    {"tables.request-bill", "osy-bell-symbolic", N_ ("Bill, please"), NULL, IN (DINING)},
    {"tables.drop-bill", "osy-undo-symbolic", N_ ("No bill yet"), NULL, IN (BILL)},
    {"tables.transfer", "osy-next-symbolic", N_ ("Move some"), NULL, IN (DINING) | IN (BILL)},
    {"tables.unmerge", "osy-split-symbolic", N_ ("Take apart"), NULL, SITTING},
    {"tables.clear", "osy-broom-symbolic", N_ ("They have left"), NULL, SITTING},
    {"tables.seat", "osy-person-symbolic", N_ ("Only seat them"), NULL, IN (FREE)},
};

/* A row of what wants a look. */
typedef struct {
  GtkWidget *button;
  GtkWidget *name;
  GtkWidget *words;
  GtkWidget *when;
} Look;

struct _OscTablePanel {
  GtkWidget parent_instance;
  GtkWidget *stack;
  GtkWidget *nothing;
  GtkWidget *looks;
  GPtrArray *look_rows; /* of Look, in their order */
  GtkWidget *title;
  GtkWidget *tag;
  GtkWidget *tag_icon;
  GtkWidget *tag_label;
  GtkWidget *facts;
  GtkWidget *booking;
  GtkWidget *booking_label;
  GtkWidget *content;
  GtkWidget *lines;
  GtkWidget *sum;
  GtkWidget *sum_label;
  GtkWidget *total;
  GtkWidget *chips;
  GtkWidget *more_guests;
  GtkWidget *stepper;
  GtkWidget *target_label;
  GtkWidget *acts;
  GtkWidget *primary;
  GtkWidget *primary_icon;
  GtkWidget *primary_label;
  GtkWidget *buttons[G_N_ELEMENTS (acts)];
  OscTableStore *store;
  char *table_id; /* nullable */
  int guests;
  gboolean targeting;
  gboolean filling;
  guint tick_source;
};

G_DEFINE_FINAL_TYPE (OscTablePanel, osc_table_panel, GTK_TYPE_WIDGET)

static const OsyTable *
table_of (OscTablePanel *self)
{
  return osc_table_store_find (self->store, self->table_id);
}

/* ---- what wants a look ---- */

static void
on_look_clicked (GtkWidget *button, OscTablePanel *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "tables.pick", "s", gtk_widget_get_name (button));
}

static GtkWidget *
add_look_part (GtkWidget *row, GtkWidget *part, const char *css_class)
{
  gtk_widget_add_css_class (part, css_class);
  gtk_box_append (GTK_BOX (row), part);
  return part;
}

static Look *
make_look (OscTablePanel *self)
{
  Look *look = g_new0 (Look, 1);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("osy-soon-symbolic"));
  look->name = add_look_part (row, gtk_label_new (""), "strong");
  look->words = add_look_part (row, gtk_label_new (""), "secondary");
  gtk_label_set_ellipsize (GTK_LABEL (look->words), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (look->words, TRUE);
  gtk_label_set_xalign (GTK_LABEL (look->words), 0);
  look->when = add_look_part (row, gtk_label_new (""), "numeric");
  look->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (look->button), row);
  gtk_widget_add_css_class (look->button, "look");
  g_signal_connect (look->button, "clicked", G_CALLBACK (on_look_clicked), self);
  gtk_box_append (GTK_BOX (self->looks), look->button);
  return look;
}

static void
show_look (Look *look, const OsyTable *table, const OsyBooking *booking, gint64 now)
{
  gint64 since = booking != NULL                    ? booking->at
                 : table->state == OSY_TABLE_SEATED ? table->seating->seated_at
                                                    : table->seating->last_act_at;
  g_autofree char *name = g_strdup_printf (_ ("Table %s"), table->number);
  g_autofree char *state = osc_table_words_state (table, booking);
  g_autofree char *minutes = osc_words_minutes (osc_table_words_minutes_since (since, now));

  gtk_widget_set_name (look->button, table->table_id);
  gtk_label_set_label (GTK_LABEL (look->name), name);
  gtk_label_set_label (GTK_LABEL (look->words), state);
  gtk_label_set_label (GTK_LABEL (look->when), minutes);
  gtk_widget_set_visible (look->button, TRUE);
}

/* Rows stay as they are made, so that the focus stays where it is. */
static void
show_looks (OscTablePanel *self)
{
  const OsyTableRoom *room = osc_table_store_room (self->store);
  gint64 now = osy_clock_now ();
  guint shown = 0;

  for (guint i = 0; i < room->tables->len; i++) {
    const OsyTable *table = g_ptr_array_index (room->tables, i);
    const OsyBooking *booking = table->state == OSY_TABLE_FREE
                                    ? osc_table_store_booking (self->store, table->table_id, now)
                                    : NULL;

    if (!osc_table_words_attention (table, booking, now))
      continue;
    if (shown == self->look_rows->len)
      g_ptr_array_add (self->look_rows, make_look (self));
    show_look (g_ptr_array_index (self->look_rows, shown++), table, booking, now);
  }
  for (guint i = shown; i < self->look_rows->len; i++)
    gtk_widget_set_visible (((Look *)g_ptr_array_index (self->look_rows, i))->button, FALSE);
  gtk_widget_set_visible (self->nothing, shown == 0);
}

/* ---- the check ---- */

static const char *
text_of (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, "");
}

static gint64
number_of (JsonObject *object, const char *name)
{
  return json_object_get_int_member_with_default (object, name, 0);
}

static JsonArray *
array_of (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
add_option (OsyOrderLine *line, JsonNode *node)
{
  OsyOrderOption *option = osy_order_option_new ();

  option->quantity = 1;
  option->option_id = g_strdup ("");
  option->name =
      g_strdup (JSON_NODE_HOLDS_OBJECT (node)  ? text_of (json_node_get_object (node), "name")
                : JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node)
                                               : "");
  g_ptr_array_add (line->options, option);
}

/* What is left of a line after voids; NULL when nothing is. */
static OsyOrderLine *
read_line (JsonObject *object)
{
  gint64 quantity = number_of (object, "quantity") - number_of (object, "voided_quantity");
  JsonArray *options = array_of (object, "options");
  OsyOrderLine *line;

  if (quantity <= 0)
    return NULL;
  line = osy_order_line_new ();
  line->line_id = g_strdup (text_of (object, "line_id"));
  line->name = g_strdup (text_of (object, "name"));
  line->quantity = quantity;
  line->unit_price = number_of (object, "unit_price");
  line->amount =
      json_object_get_int_member_with_default (object, "net_amount", number_of (object, "amount"));
  for (guint i = 0; options != NULL && i < json_array_get_length (options); i++)
    add_option (line, json_array_get_element (options, i));
  return line;
}

static void
show_lines (OscTablePanel *self)
{
  JsonObject *check = osc_table_store_check (self->store);
  JsonArray *list = check != NULL ? array_of (check, "lines") : NULL;
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_order_line_free);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    OsyOrderLine *line = read_line (json_array_get_object_element (list, i));

    if (line != NULL)
      g_ptr_array_add (lines, line);
  }
  osc_item_row_fill (GTK_BOX (self->lines), lines);
}

/* "no. 48", "nos. 48, 51"; nothing without orders. (transfer full) (nullable) */
static char *
order_numbers (OscTablePanel *self)
{
  JsonObject *check = osc_table_store_check (self->store);
  JsonArray *orders = check != NULL ? array_of (check, "orders") : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; orders != NULL && i < json_array_get_length (orders); i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "",
                            number_of (json_array_get_object_element (orders, i), "number"));
  if (text->len == 0)
    return NULL;
  /* Translators: numbers of the orders of a table, "48, 51" */
  return g_strdup_printf (_ ("order no. %s"), text->str);
}

/* ---- the table ---- */

static void
append (GString *text, const char *part)
{
  if (part != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

/* Who sits there since when, or how many could. */
static void
show_facts (OscTablePanel *self, const OsyTable *table, gint64 now)
{
  const OsySeating *seating = table->seating;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *seats = g_strdup_printf (
      g_dngettext (NULL, "%d seat", "%d seats", (gulong)table->seats), table->seats);
  g_autofree char *guests = seating != NULL && seating->guest_count > 0
                                ? osc_table_words_guests (seating->guest_count)
                                : NULL;

  if (seating == NULL) {
    append (text, table->seats > 0 ? seats : NULL);
  } else {
    g_autofree char *clock = osc_words_clock (seating->seated_at);
    g_autofree char *since = g_strdup_printf (_ ("seated at %s"), clock);
    g_autofree char *minutes =
        osc_words_minutes (osc_table_words_minutes_since (seating->seated_at, now));
    g_autofree char *from = seating->moved_from != NULL
                                ? g_strdup_printf (_ ("came from %s"), seating->moved_from)
                                : NULL;
    g_autofree char *orders = order_numbers (self);

    append (text, guests);
    append (text, since);
    append (text, minutes);
    append (text, from);
    append (text, orders);
  }
  gtk_label_set_label (GTK_LABEL (self->facts), text->str);
  gtk_widget_set_visible (self->facts, text->len > 0);
}

static void
show_tag (OscTablePanel *self, const OsyTable *table, const OsyBooking *booking, gint64 now)
{
  gboolean attention = osc_table_words_attention (table, booking, now);
  g_autofree char *state = osc_table_words_state (table, booking);
  g_autofree char *text = NULL;

  if (table->state == OSY_TABLE_BILL && table->seating != NULL) {
    g_autofree char *minutes =
        osc_words_minutes (osc_table_words_minutes_since (table->seating->bill_requested_at, now));

    text = g_strdup_printf ("%s · %s", _ ("Bill"), minutes);
  }
  gtk_label_set_label (GTK_LABEL (self->tag_label), text != NULL ? text : state);
  osc_widget_set_icon (self->tag_icon, attention                         ? "osy-soon-symbolic"
                                       : table->state == OSY_TABLE_BILL  ? "osy-bell-symbolic"
                                       : table->state == OSY_TABLE_CLEAN ? "osy-broom-symbolic"
                                       : booking != NULL                 ? "osy-calendar-symbolic"
                                                                         : "osy-table-symbolic");
  osc_widget_set_class (self->tag, "now", table->state == OSY_TABLE_BILL);
  osc_widget_set_class (self->tag, "attention", attention);
}

static void
show_booking (OscTablePanel *self, const OsyBooking *booking)
{
  g_autofree char *clock = booking != NULL ? osc_words_clock (booking->at) : NULL;
  g_autofree char *who = booking != NULL ? osc_table_words_who (booking) : NULL;
  g_autofree char *people = booking != NULL ? osc_table_words_guests (booking->guest_count) : NULL;
  g_autofree char *text = g_strdup_printf ("%s  %s · %s", clock, who, people);

  gtk_widget_set_visible (self->booking, booking != NULL);
  if (booking != NULL)
    gtk_label_set_label (GTK_LABEL (self->booking_label), text);
}

static void
show_sum (OscTablePanel *self, const OsyTable *table)
{
  const OsySeating *seating = table->seating;
  gboolean part_paid = seating != NULL && seating->owed != seating->total && seating->owed > 0;
  gint64 won = seating == NULL ? 0 : part_paid ? seating->owed : seating->total;
  g_autofree char *money = osc_words_money (won);

  gtk_widget_set_visible (self->sum, seating != NULL && seating->check_id != NULL);
  gtk_label_set_label (GTK_LABEL (self->sum_label), part_paid ? _ ("Left to pay") : _ ("Total"));
  gtk_label_set_label (GTK_LABEL (self->total), money);
}

gboolean
osc_table_panel_owes_nothing (const OsyTable *table)
{
  g_return_val_if_fail (table != NULL, FALSE);
  return table->seating != NULL && table->seating->ordered_at != 0 && table->seating->owed <= 0;
}

static void
show_primary (OscTablePanel *self, const OsyTable *table)
{
  g_autofree char *text = NULL;
  const char *icon = "osy-plus-symbolic";

  if (table->state == OSY_TABLE_FREE) {
    g_autofree char *people = osc_table_words_guests (self->guests);

    /* Translators: the button that seats guests and takes their order: "New order · 3 people" */
    text = g_strdup_printf (_ ("New order · %s"), people);
  } else if (table->state == OSY_TABLE_SEATED) {
    text = g_strdup (_ ("Take their order"));
  } else if (table->state == OSY_TABLE_CLEAN) {
    icon = "osy-check-symbolic";
    text = g_strdup (_ ("It is clean"));
  } else if (osc_table_panel_owes_nothing (table)) {
    icon = "osy-broom-symbolic";
    text = g_strdup (_ ("They have left"));
  } else {
    g_autofree char *money = osc_words_money (table->seating != NULL ? table->seating->owed : 0);

    icon = "osy-receipt-symbolic";
    /* Translators: goes on to take so much money */
    text = g_strdup_printf (_ ("Pay %s"), money);
  }
  osc_widget_set_icon (self->primary_icon, icon);
  gtk_label_set_label (GTK_LABEL (self->primary_label), text);
  osc_widget_set_name (self->primary, text);
}

static gboolean
is_wanted (const Act *act, const OsyTable *table)
{
  gboolean group = table->seating != NULL && g_strv_length (table->seating->table_ids) > 1;

  if ((act->states & (1u << table->state)) == 0)
    return FALSE;
  return strcmp (act->action, "tables.unmerge") != 0 || group;
}

/* Two a row, in the order of the table above. */
static void
show_acts (OscTablePanel *self, const OsyTable *table)
{
  int n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++) {
    gboolean wanted = is_wanted (&acts[i], table);
    GtkLayoutChild *place = gtk_layout_manager_get_layout_child (
        gtk_widget_get_layout_manager (self->acts), self->buttons[i]);

    gtk_widget_set_visible (self->buttons[i], wanted);
    if (!wanted)
      continue;
    g_object_set (place, "column", n % 2, "row", n / 2, NULL);
    n++;
  }
}

static void
show_chips (OscTablePanel *self)
{
  int i = 1;

  self->filling = TRUE;
  for (GtkWidget *chip = gtk_widget_get_first_child (self->chips); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip), i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), i == self->guests);
  osc_stepper_set_value (OSC_STEPPER (self->stepper), self->guests);
  self->filling = FALSE;
}

static void
show (OscTablePanel *self)
{
  const OsyTable *table = table_of (self);
  gint64 now = osy_clock_now ();
  const OsyBooking *booking = table != NULL && table->state == OSY_TABLE_FREE
                                  ? osc_table_store_booking (self->store, table->table_id, now)
                                  : NULL;
  g_autofree char *title = table != NULL ? g_strdup_printf (_ ("Table %s"), table->number) : NULL;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    table != NULL || self->targeting ? "table" : "none");
  if (table == NULL) {
    show_looks (self);
    return;
  }
  gtk_label_set_label (GTK_LABEL (self->title), title);
  show_tag (self, table, booking, now);
  show_facts (self, table, now);
  show_booking (self, self->targeting ? NULL : booking);
  show_sum (self, table);
  show_acts (self, table);
  show_primary (self, table);
  gtk_stack_set_visible_child_name (GTK_STACK (self->content), self->targeting ? "target"
                                                               : table->state == OSY_TABLE_FREE
                                                                   ? "guests"
                                                                   : "check");
}

static void
show_check (OscTablePanel *self)
{
  show_lines (self);
  show (self);
}

static void
follow (OscTablePanel *self)
{
  const OsyTable *table = table_of (self);

  osc_table_store_watch (self->store,
                         table != NULL && table->seating != NULL ? table->seating->check_id : NULL);
  show (self);
}

void
osc_table_panel_show (OscTablePanel *self, const char *table_id)
{
  g_return_if_fail (OSC_IS_TABLE_PANEL (self));
  const OsyTable *table;

  if (osy_set_str (&self->table_id, table_id)) {
    table = table_of (self);
    osc_table_panel_set_guests (self, table != NULL ? CLAMP (table->seats, 1, CHIPS) / 2 : 0);
  }
  follow (self);
}

void
osc_table_panel_want_target (OscTablePanel *self, const char *sentence)
{
  g_return_if_fail (OSC_IS_TABLE_PANEL (self));

  self->targeting = sentence != NULL;
  if (sentence != NULL)
    gtk_label_set_label (GTK_LABEL (self->target_label), sentence);
  gtk_widget_set_visible (self->acts, !self->targeting);
  gtk_widget_set_visible (self->primary, !self->targeting);
  show (self);
}

int
osc_table_panel_guests (OscTablePanel *self)
{
  g_return_val_if_fail (OSC_IS_TABLE_PANEL (self), 0);
  return self->guests;
}

void
osc_table_panel_set_guests (OscTablePanel *self, int guests)
{
  g_return_if_fail (OSC_IS_TABLE_PANEL (self));
  self->guests = CLAMP (guests, 1, OSY_TABLE_MAX_GUESTS);
  show_chips (self);
}

/* ---- life ---- */

static void
on_chip_clicked (GtkWidget *chip, OscTablePanel *self)
{
  osc_table_panel_set_guests (self, atoi (gtk_widget_get_name (chip)));
  show (self);
}

static void
on_stepped (OscTablePanel *self, int value)
{
  if (self->filling)
    return;
  osc_table_panel_set_guests (self, value);
  show (self);
}

static void
make_chips (OscTablePanel *self)
{
  for (int i = 0; i < CHIPS; i++) {
    g_autofree char *text = g_strdup_printf ("%d", i + 1);
    g_autofree char *name = osc_table_words_guests (i + 1);
    GtkWidget *chip = gtk_toggle_button_new_with_label (text);

    gtk_widget_set_name (chip, text);
    gtk_widget_set_focus_on_click (chip, FALSE);
    gtk_widget_add_css_class (chip, "guest-chip");
    osc_widget_set_name (chip, name);
    g_signal_connect (chip, "clicked", G_CALLBACK (on_chip_clicked), self);
    gtk_grid_attach (GTK_GRID (self->chips), chip, i % CHIP_COLUMNS, i / CHIP_COLUMNS, 1, 1);
  }
  self->stepper = osc_stepper_new (_ ("More guests"));
  osc_stepper_set_range (OSC_STEPPER (self->stepper), 1, OSY_TABLE_MAX_GUESTS);
  g_signal_connect_object (self->stepper, "changed", G_CALLBACK (on_stepped), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->more_guests), self->stepper);
}

static GtkWidget *
make_act (const Act *act)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (_ (act->label));

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (act->icon));
  gtk_box_append (GTK_BOX (box), label);
  if (act->key != NULL) {
    GtkWidget *key = gtk_label_new (act->key);

    gtk_widget_add_css_class (key, "key");
    gtk_widget_set_valign (key, GTK_ALIGN_CENTER);
    gtk_box_append (GTK_BOX (box), key);
  }
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "panel-act");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), act->action);
  osc_widget_set_name (button, _ (act->label));
  return button;
}

static gboolean
tick_cb (gpointer user_data)
{
  show (user_data);
  return G_SOURCE_CONTINUE;
}

static void
osc_table_panel_map (GtkWidget *widget)
{
  show (OSC_TABLE_PANEL (widget));
  GTK_WIDGET_CLASS (osc_table_panel_parent_class)->map (widget);
  OSC_TABLE_PANEL (widget)->tick_source = g_timeout_add_seconds (TICK_SECONDS, tick_cb, widget);
}

static void
osc_table_panel_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&OSC_TABLE_PANEL (widget)->tick_source, g_source_remove);
  GTK_WIDGET_CLASS (osc_table_panel_parent_class)->unmap (widget);
}

static void
osc_table_panel_dispose (GObject *object)
{
  OscTablePanel *self = OSC_TABLE_PANEL (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_TABLE_PANEL);
  g_clear_object (&self->store);
  g_clear_pointer (&self->look_rows, g_ptr_array_unref);
  g_clear_pointer (&self->table_id, g_free);
  G_OBJECT_CLASS (osc_table_panel_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/tables/osc-table-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, stack);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, nothing);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, looks);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, title);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, tag);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, tag_icon);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, tag_label);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, facts);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, booking);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, booking_label);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, content);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, lines);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, sum);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, sum_label);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, total);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, chips);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, more_guests);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, target_label);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, acts);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, primary);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, primary_icon);
  gtk_widget_class_bind_template_child (widget_class, OscTablePanel, primary_label);
}

static void
osc_table_panel_class_init (OscTablePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_table_panel_dispose;
  widget_class->map = osc_table_panel_map;
  widget_class->unmap = osc_table_panel_unmap;
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tablepanel");
}

static void
osc_table_panel_init (OscTablePanel *self)
{
  self->guests = 1;
  self->look_rows = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  make_chips (self);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++) {
    self->buttons[i] = make_act (&acts[i]);
    gtk_grid_attach (GTK_GRID (self->acts), self->buttons[i], (int)i % 2, (int)i / 2, 1, 1);
  }
}

GtkWidget *
osc_table_panel_new (OscTableStore *store)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (store), NULL);
  OscTablePanel *self = g_object_new (OSC_TYPE_TABLE_PANEL, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "check", G_CALLBACK (show_check), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
