/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The frame of the assistant: the steps on the left, one of them on the right, and the buttons. How
 * far the steps are is kept by the daemon, so a restart goes on where it was. */

#include "osc-setup.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "osc-setup-first.h"
#include "osc-setup-menu.h"
#include "osc-setup-number.h"
#include "osc-setup-printer.h"
#include "osc-setup-row.h"
#include "osc-setup-shop.h"
#include "osc-setup-sound.h"
#include "osc-widget.h"
#include "osy-json.h"

#define END OSY_N_SHOP_STEPS
#define ALL_MINUTES 10

struct _OscSetup {
  GtkWidget parent_instance;
  GtkWidget *rows;
  GtkWidget *left;
  GtkWidget *left_bar;
  GtkWidget *close;
  GtkWidget *title;
  GtkWidget *lead;
  GtkWidget *stack;
  GtkWidget *ready;
  GtkWidget *failure;
  GtkWidget *foot;
  GtkWidget *back;
  GtkWidget *later;
  GtkWidget *primary;
  GtkWidget *primary_label;
  GtkWidget *spinner;

  OscSetupStep *steps[OSY_N_SHOP_STEPS];
  GtkWidget *row_of[OSY_N_SHOP_STEPS];
  OscContext context;
  OscSetupDraft *draft;
  gboolean is_page; /* there is no shop yet */
  gboolean alone;   /* one task of the board: back there after it */
  gboolean begun;   /* a step was chosen */
  int current;      /* OsyShopStep or END */
  gboolean saving;
};

enum { SIGNED_IN, ALREADY_SET_UP, N_SIGNALS };
static guint signals[N_SIGNALS];

static void osc_setup_view_init (OscViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscSetup,
                               osc_setup,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (OSC_TYPE_VIEW, osc_setup_view_init))

static const struct {
  const char *name;
  int minutes;
} about[OSY_N_SHOP_STEPS] = {
    [OSY_SHOP_STEP_SHOP] = {N_ ("Your shop"), 2},
    [OSY_SHOP_STEP_BUSINESS_NUMBER] = {N_ ("Business number"), 1},
    [OSY_SHOP_STEP_MENU] = {N_ ("Menu"), 4},
    [OSY_SHOP_STEP_SOUND] = {N_ ("Sound"), 1},
    [OSY_SHOP_STEP_PRINTER] = {N_ ("Printer"), 2},
    [OSY_SHOP_STEP_FIRST_ORDER] = {N_ ("First order"), 2},
};

static const OsyShopData *
shop_of (OscSetup *self)
{
  OsyShop *shop = self->is_page ? NULL : osc_shop_store_get (self->context.shop);

  return shop != NULL ? osy_shop_data (shop) : NULL;
}

static OsyShopStepState
state_of (OscSetup *self, int step)
{
  const OsyShopData *shop = shop_of (self);

  return shop != NULL ? shop->setup[step] : OSY_SHOP_STEP_OPEN;
}

gboolean
osc_setup_is_wanted (OsyShop *shop)
{
  g_return_val_if_fail (OSY_IS_SHOP (shop), FALSE);
  for (int i = 0; i < OSY_N_SHOP_STEPS; i++)
    if (osy_shop_data (shop)->setup[i] == OSY_SHOP_STEP_OPEN)
      return TRUE;
  return FALSE;
}

/* ---- the steps on the left ---- */

static guint
count_dishes (OscSetup *self)
{
  GPtrArray *categories = osy_menu_categories (osc_menu_store_get (self->context.menu));
  guint n = 0;

  for (guint i = 0; i < categories->len; i++)
    n += ((OsyMenuCategory *)g_ptr_array_index (categories, i))->items->len;
  return n;
}

/* What is known of a step that is behind: the second line of its row. */
static char *
result_of (OscSetup *self, int step)
{
  const OsyShopData *shop = shop_of (self);

  if (step == OSY_SHOP_STEP_SHOP)
    return g_strdup (shop->name);
  if (step == OSY_SHOP_STEP_BUSINESS_NUMBER && shop->business_number != NULL)
    return g_strdup_printf ("%.3s-%.2s-%.5s", shop->business_number, shop->business_number + 3,
                            shop->business_number + 5);
  if (step == OSY_SHOP_STEP_MENU && osc_menu_store_get_loaded (self->context.menu))
    return g_strdup_printf (g_dngettext (NULL, "%u dish", "%u dishes", count_dishes (self)),
                            count_dishes (self));
  return g_strdup (_ ("Finished"));
}

static char *
line_of (OscSetup *self, int step)
{
  if (step == self->current)
    return g_strdup (_ ("Now"));
  switch (state_of (self, step)) {
  case OSY_SHOP_STEP_DONE: return result_of (self, step);
  case OSY_SHOP_STEP_SKIPPED: return g_strdup (_ ("Later"));
  default: return g_strdup ("");
  }
}

static void
show_rows (OscSetup *self)
{
  int minutes = 0;

  for (int i = 0; i < OSY_N_SHOP_STEPS; i++) {
    g_autofree char *line = line_of (self, i);
    OsyShopStepState state = state_of (self, i);

    osc_setup_row_show (OSC_SETUP_ROW (self->row_of[i]), line, state == OSY_SHOP_STEP_DONE,
                        i == self->current);
    gtk_widget_set_sensitive (self->row_of[i], !self->is_page || i == OSY_SHOP_STEP_SHOP);
    if (state == OSY_SHOP_STEP_OPEN)
      minutes += about[i].minutes;
  }
  g_autofree char *text = g_strdup_printf (_ ("about %d min"), minutes);
  gtk_label_set_label (GTK_LABEL (self->left), minutes > 0 ? text : _ ("Finished"));
  gtk_level_bar_set_value (GTK_LEVEL_BAR (self->left_bar),
                           (double)(ALL_MINUTES - minutes) / ALL_MINUTES);
}

/* ---- the step on the right ---- */

static OscSetupStep *
step_now (OscSetup *self)
{
  return self->current < END ? self->steps[self->current] : NULL;
}

static void
show_buttons (OscSetup *self, const OscSetupWords *words, gboolean busy)
{
  gboolean first = self->current == OSY_SHOP_STEP_SHOP;

  gtk_widget_set_visible (self->foot, !words->bare);
  gtk_widget_set_visible (self->back, !self->alone && !first && self->current < END);
  gtk_widget_set_visible (self->later, !self->is_page && self->current < END);
  gtk_button_set_label (GTK_BUTTON (self->later),
                        words->later != NULL ? words->later : _ ("Later"));
  gtk_widget_set_visible (self->primary, words->primary != NULL);
  gtk_widget_set_sensitive (self->primary, !busy);
  gtk_widget_set_sensitive (self->later, !busy);
  gtk_widget_set_visible (self->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  gtk_label_set_label (GTK_LABEL (self->primary_label),
                       words->primary != NULL ? words->primary : "");
}

static const OscSetupWords *
words_now (OscSetup *self)
{
  static OscSetupWords end;

  if (step_now (self) != NULL)
    return osc_setup_step_words (step_now (self));
  end.title = "";
  end.lead = "";
  end.primary = _ ("To the orders");
  return &end;
}

static void
show_step (OscSetup *self)
{
  OscSetupStep *step = step_now (self);
  const OscSetupWords *words = words_now (self);
  const char *failure = step != NULL ? osc_setup_step_failure (step) : NULL;

  gtk_label_set_label (GTK_LABEL (self->title), words->title != NULL ? words->title : "");
  gtk_label_set_label (GTK_LABEL (self->lead), words->lead != NULL ? words->lead : "");
  gtk_widget_set_visible (self->title, step != NULL);
  gtk_widget_set_visible (self->lead, step != NULL && words->lead != NULL);
  gtk_label_set_label (GTK_LABEL (self->failure), failure != NULL ? failure : "");
  gtk_widget_set_visible (self->failure, failure != NULL);
  show_buttons (self, words, self->saving || (step != NULL && osc_setup_step_busy (step)));
}

static void
show_left_over (OscSetup *self)
{
  guint n = 0;

  for (int i = 0; i < OSY_N_SHOP_STEPS; i++)
    n += state_of (self, i) == OSY_SHOP_STEP_SKIPPED;
  g_autofree char *text =
      g_strdup_printf (g_dngettext (NULL, "%u thing for later waits above the orders",
                                    "%u things for later wait above the orders", n),
                       n);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->ready), n > 0 ? text : NULL);
}

static void
go_to (OscSetup *self, int step)
{
  self->current = step;
  self->begun = TRUE;
  if (step < END) {
    gtk_stack_set_visible_child (GTK_STACK (self->stack), GTK_WIDGET (self->steps[step]));
    osc_setup_step_set_failure (self->steps[step], NULL);
  } else {
    show_left_over (self);
    gtk_stack_set_visible_child (GTK_STACK (self->stack), self->ready);
  }
  show_rows (self);
  show_step (self);
  if (step < END)
    osc_setup_step_enter (self->steps[step]);
  else
    gtk_widget_grab_focus (self->primary);
}

/* The next step that nobody has decided about, the ones before it last. */
static int
next_open (OscSetup *self, int from)
{
  for (int i = 1; i <= OSY_N_SHOP_STEPS; i++) {
    int step = (from + i) % OSY_N_SHOP_STEPS;

    if (step != from && state_of (self, step) == OSY_SHOP_STEP_OPEN)
      return step;
  }
  return END;
}

static void
to_the_board (OscSetup *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.go", "s", "orders");
}

static void
go_on (OscSetup *self)
{
  if (self->alone)
    to_the_board (self);
  else
    go_to (self, next_open (self, self->current));
}

/* ---- saving ---- */

typedef struct {
  OscSetup *self;
  int step;
} Saving;

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;
  g_autoptr (OscSetup) self = saving->self;
  int step = saving->step;
  g_autoptr (GError) error = NULL;
  gboolean ok = osc_shop_store_patch_finish (OSC_SHOP_STORE (source), result, &error);

  g_free (saving);
  self->saving = FALSE;
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (!ok) {
    osc_setup_step_set_failure (self->steps[step], osc_setup_step_sentence (error));
    show_step (self);
    return;
  }
  osc_setup_draft_clear (self->draft, osy_shop_step_name (step));
  show_rows (self);
  show_step (self);
  if (self->current == step)
    go_on (self);
}

/* Saves how far @step is, and @patch with it. */
static void
save_step (OscSetup *self, int step, OsyShopStepState state, JsonObject *patch)
{
  JsonObject *whole = patch != NULL ? json_object_ref (patch) : json_object_new ();
  JsonObject *setup = json_object_new ();
  g_autoptr (JsonNode) node = osy_json_take_object (whole);
  Saving *saving = g_new0 (Saving, 1);

  json_object_set_string_member (setup, osy_shop_step_name (step), osy_shop_step_states ()[state]);
  json_object_set_object_member (whole, "setup", setup);
  saving->self = g_object_ref (self);
  saving->step = step;
  self->saving = TRUE;
  show_step (self);
  osc_shop_store_patch_async (self->context.shop, node, saved_cb, saving);
}

static void
on_step_done (OscSetup *self, JsonObject *patch, OscSetupStep *step)
{
  if (self->is_page) {
    g_signal_emit (self, signals[SIGNED_IN], 0);
    return;
  }
  for (int i = 0; i < OSY_N_SHOP_STEPS; i++)
    if (self->steps[i] == step)
      save_step (self, i, OSY_SHOP_STEP_DONE, patch);
}

static void
on_step_changed (OscSetup *self, OscSetupStep *step)
{
  if (step_now (self) == step)
    show_step (self);
}

static void
on_step_go (OscSetup *self, int step)
{
  go_to (self, step);
}

static void
on_already_set_up (OscSetup *self)
{
  g_signal_emit (self, signals[ALREADY_SET_UP], 0);
}

/* ---- what a person does ---- */

static void
on_primary (OscSetup *self)
{
  if (self->saving)
    return;
  if (self->current == END)
    to_the_board (self);
  else
    osc_setup_step_act (self->steps[self->current]);
}

static void
on_later (OscSetup *self)
{
  if (self->saving || self->is_page || self->current == END)
    return;
  if (state_of (self, self->current) == OSY_SHOP_STEP_OPEN)
    save_step (self, self->current, OSY_SHOP_STEP_SKIPPED, NULL);
  else
    go_on (self);
}

static void
on_back (OscSetup *self)
{
  if (self->saving || self->current == END)
    return;
  if (osc_setup_step_back (self->steps[self->current]))
    return;
  if (self->alone)
    to_the_board (self);
  else if (self->current > 0)
    go_to (self, self->current - 1);
}

/* What is open stays so: the board lists it, and the next start begins there. */
static void
on_close (OscSetup *self)
{
  to_the_board (self);
}

static void
on_row_clicked (OscSetup *self, GtkWidget *row)
{
  for (int i = 0; i < OSY_N_SHOP_STEPS; i++)
    if (self->row_of[i] == row && !self->saving)
      go_to (self, i);
}

/* ---- the view ---- */

/* Where to begin: what was typed about the shop when the power went, else the first open step. */
static void
begin (OscSetup *self)
{
  gboolean was_typing = shop_of (self) != NULL && osc_setup_draft_has (self->draft, "shop");

  if (self->is_page || was_typing || state_of (self, OSY_SHOP_STEP_SHOP) == OSY_SHOP_STEP_OPEN)
    go_to (self, OSY_SHOP_STEP_SHOP);
  else
    go_to (self, next_open (self, OSY_SHOP_STEP_SHOP));
}

static void
osc_setup_enter (OscView *view)
{
  OscSetup *self = OSC_SETUP (view);

  self->alone = FALSE;
  self->begun = FALSE;
  if (shop_of (self) != NULL || self->is_page)
    begin (self);
}

static void
osc_setup_open (OscView *view, const char *what)
{
  OscSetup *self = OSC_SETUP (view);

  for (int i = 0; i < OSY_N_SHOP_STEPS; i++)
    if (g_str_equal (osy_shop_step_name (i), what)) {
      self->alone = TRUE;
      go_to (self, i);
    }
}

static gboolean
osc_setup_key (OscView *view, OscKey key)
{
  OscSetup *self = OSC_SETUP (view);

  if (key == OSC_KEY_NEXT) {
    on_primary (self);
    return TRUE;
  }
  if (key == OSC_KEY_BACK) {
    on_back (self);
    return TRUE;
  }
  return FALSE;
}

static void
osc_setup_view_init (OscViewInterface *iface)
{
  iface->enter = osc_setup_enter;
  iface->open = osc_setup_open;
  iface->key = osc_setup_key;
}

/* The settings came, or another screen changed them. */
static void
on_shop_changed (OscSetup *self)
{
  if (!self->begun && gtk_widget_get_mapped (GTK_WIDGET (self)))
    begin (self);
  show_rows (self);
}

/* ---- life ---- */

static gboolean
osc_setup_grab_focus (GtkWidget *widget)
{
  OscSetup *self = OSC_SETUP (widget);

  if (self->current < END)
    osc_setup_step_enter (self->steps[self->current]);
  return TRUE;
}

static void
osc_setup_dispose (GObject *object)
{
  OscSetup *self = OSC_SETUP (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SETUP);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (osc_setup_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/setup/osc-setup.ui");
  gtk_widget_class_bind_template_child (widget_class, OscSetup, rows);
  gtk_widget_class_bind_template_child (widget_class, OscSetup, left);
  gtk_widget_class_bind_template_child (widget_class, OscSetup, left_bar);
  gtk_widget_class_bind_template_child (widget_class, OscSetup, close);
  gtk_widget_class_bind_template_child (widget_class, OscSetup, title);
  gtk_widget_class_bind_template_child (widget_class, OscSetup, lead);
  gtk_widget_class_bind_template_child (widget_class, OscSetup, stack);
  gtk_widget_class_bind_template_child (widget_class, OscSetup, ready);
  gtk_widget_class_bind_template_child (widget_class, OscSetup, failure);
  gtk_widget_class_bind_template_child (widget_class, OscSetup, foot);
  gtk_widget_class_bind_template_child (widget_class, OscSetup, back);
  gtk_widget_class_bind_template_child (widget_class, OscSetup, later);
  gtk_widget_class_bind_template_child (widget_class, OscSetup, primary);
  gtk_widget_class_bind_template_child (widget_class, OscSetup, primary_label);
  gtk_widget_class_bind_template_child (widget_class, OscSetup, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_primary);
  gtk_widget_class_bind_template_callback (widget_class, on_later);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
}

static void
osc_setup_class_init (OscSetupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_setup_dispose;
  widget_class->grab_focus = osc_setup_grab_focus;
  widget_class->focus = osc_widget_focus_children;
  signals[SIGNED_IN] = g_signal_new ("signed-in", OSC_TYPE_SETUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);
  signals[ALREADY_SET_UP] = g_signal_new ("already-set-up", OSC_TYPE_SETUP, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (ADW_TYPE_STATUS_PAGE);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "setup");
}

static void
osc_setup_init (OscSetup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < OSY_N_SHOP_STEPS; i++) {
    self->row_of[i] = osc_setup_row_new (i + 1, _ (about[i].name));
    gtk_box_append (GTK_BOX (self->rows), self->row_of[i]);
    g_signal_connect_object (self->row_of[i], "clicked", G_CALLBACK (on_row_clicked), self,
                             G_CONNECT_SWAPPED);
  }
}

static void
add_step (OscSetup *self, int at, GtkWidget *step)
{
  self->steps[at] = OSC_SETUP_STEP (step);
  gtk_stack_add_child (GTK_STACK (self->stack), step);
  g_signal_connect_object (step, "changed", G_CALLBACK (on_step_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (step, "done", G_CALLBACK (on_step_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (step, "go", G_CALLBACK (on_step_go), self, G_CONNECT_SWAPPED);
}

GtkWidget *
osc_setup_new (const OscContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);
  OscSetup *self = g_object_new (OSC_TYPE_SETUP, NULL);

  self->context = *context;
  self->draft = osc_setup_draft_new (context->client, NULL);
  add_step (self, OSY_SHOP_STEP_SHOP, osc_setup_shop_new (context, self->draft));
  add_step (self, OSY_SHOP_STEP_BUSINESS_NUMBER, osc_setup_number_new (context, self->draft));
  add_step (self, OSY_SHOP_STEP_MENU, osc_setup_menu_new (context, self->draft));
  add_step (self, OSY_SHOP_STEP_SOUND, osc_setup_sound_new (context, self->draft));
  add_step (self, OSY_SHOP_STEP_PRINTER, osc_setup_printer_new (context, self->draft));
  add_step (self, OSY_SHOP_STEP_FIRST_ORDER, osc_setup_first_new (context, self->draft));
  g_signal_connect_object (context->shop, "changed", G_CALLBACK (on_shop_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context->menu, "changed", G_CALLBACK (show_rows), self,
                           G_CONNECT_SWAPPED);
  show_rows (self);
  return GTK_WIDGET (self);
}

GtkWidget *
osc_setup_new_page (OsyClient *client, const char *code, OscSetupDraft *draft)
{
  g_return_val_if_fail (OSY_IS_CLIENT (client) && OSC_IS_SETUP_DRAFT (draft), NULL);
  OscSetup *self = g_object_new (OSC_TYPE_SETUP, NULL);
  GtkWidget *step = osc_setup_shop_new_page (client, code, draft);

  self->is_page = TRUE;
  self->draft = g_object_ref (draft);
  add_step (self, OSY_SHOP_STEP_SHOP, step);
  g_signal_connect_object (step, "already-set-up", G_CALLBACK (on_already_set_up), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->close, FALSE);
  begin (self);
  return GTK_WIDGET (self);
}
