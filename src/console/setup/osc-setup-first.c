/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The last step. The order rings and comes over the assistant as every order will; its card is that
 * of the board, and answers its actions here. */

#include "osc-setup-first.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "osc-order-card.h"
#include "osc-practice.h"
#include "osc-widget.h"
#include "osc-words.h"

enum { ARRIVED, ACCEPTED, COOKED, COMPLETED, N_STAGES };

struct _OscSetupFirst {
  OscSetupStep parent_instance;
  GtkWidget *content;
  GtkWidget *stages;
  GtkWidget *card_bin;
  GtkWidget *card_words;
  GtkWidget *card; /* OscOrderCard of the column the order stands in; nullable */
  OscColumn column;
  OscPick *pick;
  OscPractice *practice;
  gboolean shown; /* on screen: only then its end ends the step */
};

G_DEFINE_FINAL_TYPE (OscSetupFirst, osc_setup_first, OSC_TYPE_SETUP_STEP)

static const struct {
  const char *name;
  const char *words;
} stages[N_STAGES] = {
    [ARRIVED] = {N_ ("It arrives"), N_ ("It rings, and a window comes over everything")},
    [ACCEPTED] = {N_ ("You accept it"), N_ ("The guest learns when it will be ready")},
    [COOKED] = {N_ ("It is cooked"), N_ ("Press “Done” at the edge of its card")},
    [COMPLETED] = {N_ ("It is picked up"), N_ ("Press “Complete”, and it leaves the board")},
};

static OscSetupStep *
step_of (OscSetupFirst *self)
{
  return OSC_SETUP_STEP (self);
}

static const OscContext *
context_of (OscSetupFirst *self)
{
  return osc_setup_step_context (step_of (self));
}

/* How many of the stages are behind. */
static guint
stages_done (OscSetupFirst *self)
{
  OscOrderItem *item = osc_practice_item (self->practice);

  if (item == NULL)
    return 0;
  switch (osc_order_item_column (item)) {
  case OSC_COLUMN_NEW: return 1;
  case OSC_COLUMN_COOKING: return 2;
  case OSC_COLUMN_READY:
  case OSC_COLUMN_OUT: return 3;
  default:
    return g_strcmp0 (osc_order_item_data (item)->status, OSY_ORDER_COMPLETED) == 0 ? N_STAGES : 0;
  }
}

/* ---- what is shown ---- */

static void
show_stages (OscSetupFirst *self, guint done)
{
  guint i = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (self->stages); row != NULL;
       row = gtk_widget_get_next_sibling (row), i++) {
    GtkWidget *mark = gtk_widget_get_first_child (row);

    gtk_stack_set_visible_child_name (GTK_STACK (mark), i < done ? "done" : "number");
    osc_widget_set_class (row, "done", i < done);
    osc_widget_set_class (row, "now", i == done);
  }
}

static void
show_card (OscSetupFirst *self)
{
  OscOrderItem *item = osc_practice_item (self->practice);
  OscColumn column = item != NULL ? osc_order_item_column (item) : OSC_COLUMN_NONE;

  if (column != self->column) {
    self->column = column;
    self->card = column != OSC_COLUMN_NONE
                     ? osc_order_card_new (column, context_of (self)->minutes, self->pick)
                     : NULL;
    adw_bin_set_child (ADW_BIN (self->card_bin), self->card);
  }
  if (self->card != NULL)
    osc_order_card_bind (OSC_ORDER_CARD (self->card), item);
  gtk_widget_set_visible (self->card_words, self->card == NULL);
}

static const char *
primary_of (OscSetupFirst *self)
{
  OscOrderItem *item = osc_practice_item (self->practice);
  const char *act = item != NULL ? osc_order_item_next_act (item) : NULL;

  return act != NULL ? osc_words_act (act) : _ ("Send a practice order");
}

static void
show (OscSetupFirst *self)
{
  gboolean menu = osy_menu_categories (osc_menu_store_get (context_of (self)->menu))->len > 0;

  show_stages (self, stages_done (self));
  show_card (self);
  osc_setup_step_say (
      step_of (self),
      &(OscSetupWords){.title = _ ("Take a practice order"),
                       .lead = _ ("It comes like a real one, is marked as practice and is not "
                                  "counted anywhere"),
                       .primary = menu ? primary_of (self) : _ ("To the menu first")});
}

/* ---- what happens ---- */

static void
placed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSetupFirst) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = osc_practice_place_finish (OSC_PRACTICE (source), result, &error);

  osc_setup_step_set_busy (step_of (self), FALSE);
  if (ok)
    return;
  g_info ("The practice order was not taken: %s", error->message);
  if (osy_error_is (error, OSY_ERROR_SHOP_CLOSED))
    osc_setup_step_set_failure (
        step_of (self),
        _ ("The shop takes no orders at this hour. Look at its opening times, or do this later"));
  else
    osc_setup_step_set_failure (step_of (self), osc_setup_step_sentence (error));
}

static void
place (OscSetupFirst *self)
{
  OsyShop *shop = osc_shop_store_get (context_of (self)->shop);
  OsyMenu *menu = osc_menu_store_get (context_of (self)->menu);
  g_autoptr (JsonNode) body =
      shop != NULL ? osc_practice_body (menu, osy_shop_data (shop)->id) : NULL;

  osc_setup_step_set_failure (step_of (self), NULL);
  if (body == NULL) {
    osc_setup_step_set_failure (step_of (self),
                                _ ("Nothing on the menu is for sale. Look at the menu step first"));
    return;
  }
  osc_setup_step_set_busy (step_of (self), TRUE);
  osc_practice_place_async (self->practice, body, placed_cb, g_object_ref (self));
}

/* Once the practice is over the step is, and is saved at once: nothing has to be pressed for it. */
static void
on_practice (OscSetupFirst *self)
{
  show (self);
  if (self->shown && stages_done (self) == N_STAGES) {
    self->shown = FALSE;
    osc_setup_step_finish (step_of (self), NULL);
  }
}

static void
do_act (OscSetupFirst *self, const char *act)
{
  OscOrderItem *item = osc_practice_item (self->practice);

  if (item == NULL || act == NULL || osc_order_item_get_busy (item))
    return;
  if (g_str_equal (act, "accept"))
    osc_acts_accept (context_of (self)->acts, item,
                     osc_minutes_get (context_of (self)->minutes, item));
  else
    osc_acts_next (context_of (self)->acts, item, act);
}

static void
act_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *id;
  const char *act;

  g_variant_get (parameter, "(&s&s)", &id, &act);
  do_act (OSC_SETUP_FIRST (widget), act);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action_variant (widget, "shell.open-order", parameter);
}

static void
minutes_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  OscSetupFirst *self = OSC_SETUP_FIRST (widget);
  OscMinutes *minutes = context_of (self)->minutes;
  OscOrderItem *item = osc_practice_item (self->practice);
  const char *id;
  int change;

  g_variant_get (parameter, "(&si)", &id, &change);
  if (item != NULL)
    osc_minutes_set (minutes, item, osc_minutes_get (minutes, item) + change);
}

static void
osc_setup_first_act (OscSetupStep *step)
{
  OscSetupFirst *self = OSC_SETUP_FIRST (step);
  OscOrderItem *item = osc_practice_item (self->practice);

  if (osy_menu_categories (osc_menu_store_get (context_of (self)->menu))->len == 0)
    g_signal_emit_by_name (self, "go", (int)OSY_SHOP_STEP_MENU);
  else if (item != NULL && osc_order_item_next_act (item) != NULL)
    do_act (self, osc_order_item_next_act (item));
  else
    place (self);
}

static void
osc_setup_first_enter (OscSetupStep *step)
{
  OscSetupFirst *self = OSC_SETUP_FIRST (step);

  self->shown = TRUE;
  show (self);
  osc_setup_step_drop_focus (step);
}

/* ---- life ---- */

static GtkWidget *
new_stage (int number, const char *name, const char *words)
{
  g_autofree char *text = g_strdup_printf ("%d", number);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *mark = gtk_stack_new ();
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *digits = gtk_label_new (text);
  GtkWidget *tick = gtk_image_new_from_icon_name ("osy-check-symbolic");
  GtkWidget *title = gtk_label_new (name);
  GtkWidget *line = gtk_label_new (words);

  gtk_widget_add_css_class (row, "setup-stage");
  gtk_widget_add_css_class (digits, "setup-mark");
  gtk_widget_add_css_class (tick, "setup-mark");
  gtk_widget_add_css_class (title, "setup-way-name");
  gtk_widget_add_css_class (line, "secondary");
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (line), 0);
  gtk_label_set_wrap (GTK_LABEL (line), TRUE);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_stack_add_named (GTK_STACK (mark), digits, "number");
  gtk_stack_add_named (GTK_STACK (mark), tick, "done");
  gtk_box_append (GTK_BOX (lines), title);
  gtk_box_append (GTK_BOX (lines), line);
  gtk_box_append (GTK_BOX (row), mark);
  gtk_box_append (GTK_BOX (row), lines);
  return row;
}

static void
osc_setup_first_dispose (GObject *object)
{
  OscSetupFirst *self = OSC_SETUP_FIRST (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SETUP_FIRST);
  g_clear_object (&self->practice);
  g_clear_object (&self->pick);
  G_OBJECT_CLASS (osc_setup_first_parent_class)->dispose (object);
}

static void
osc_setup_first_class_init (OscSetupFirstClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_setup_first_dispose;
  OSC_SETUP_STEP_CLASS (klass)->enter = osc_setup_first_enter;
  OSC_SETUP_STEP_CLASS (klass)->act = osc_setup_first_act;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/setup/osc-setup-first.ui");
  gtk_widget_class_bind_template_child (widget_class, OscSetupFirst, content);
  gtk_widget_class_bind_template_child (widget_class, OscSetupFirst, stages);
  gtk_widget_class_bind_template_child (widget_class, OscSetupFirst, card_bin);
  gtk_widget_class_bind_template_child (widget_class, OscSetupFirst, card_words);
  gtk_widget_class_install_action (widget_class, "board.act", "(ss)", act_action);
  gtk_widget_class_install_action (widget_class, "board.open", "s", open_action);
  gtk_widget_class_install_action (widget_class, "board.minutes", "(si)", minutes_action);
  gtk_widget_class_set_css_name (widget_class, "setupfirst");
}

static void
osc_setup_first_init (OscSetupFirst *self)
{
  self->pick = osc_pick_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < N_STAGES; i++)
    gtk_box_append (GTK_BOX (self->stages),
                    new_stage (i + 1, _ (stages[i].name), _ (stages[i].words)));
}

GtkWidget *
osc_setup_first_new (const OscContext *context, OscSetupDraft *draft)
{
  OscSetupFirst *self = g_object_new (OSC_TYPE_SETUP_FIRST, NULL);

  osc_setup_step_begin (step_of (self), context, draft);
  self->practice = osc_practice_new (context->client, context->orders);
  g_signal_connect_object (self->practice, "changed", G_CALLBACK (on_practice), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context->menu, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
