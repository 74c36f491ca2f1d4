/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Many prices at once: which, by how much, and what becomes of them before anything is written. */

#include "osc-menu-prices.h"

#include <glib/gi18n.h>

#include "osc-menu-reprice.h"
#include "osc-price-row.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osy-clock.h"
#include "osy-error.h"

struct _OscMenuPrices {
  GtkWidget parent_instance;
  GtkWidget *category;
  GtkWidget *summary;
  GtkWidget *lower;
  GtkWidget *higher;
  GtkWidget *amount;
  GtkWidget *percent;
  GtkWidget *in_won;
  GtkWidget *rounded;
  GtkWidget *all;
  GtkWidget *problem;
  GtkWidget *list;
  GtkWidget *foot;
  GtkWidget *write;
  GtkWidget *write_label;
  OscMenuStore *store;
  GListStore *items; /* of OscPriceItem: every item of the menu */
  GtkCustomFilter *filter;
  GtkFilterListModel *shown;
  guint n_changes;
  guint n_sent;
  gboolean filling;
  gboolean busy;
};

enum { DONE, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscMenuPrices, osc_menu_prices, GTK_TYPE_WIDGET)

static OscPriceItem *
item_at (OscMenuPrices *self, guint i)
{
  g_autoptr (OscPriceItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

  return item; /* the list holds it */
}

static guint
count (OscMenuPrices *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->items));
}

/* ---- the rule ---- */

static gboolean
is_on (GtkWidget *toggle)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle));
}

static gboolean
read_rule (OscMenuPrices *self, OscReprice *rule)
{
  rule->percent = is_on (self->percent);
  rule->round = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->rounded));
  if (!osc_reprice_read (gtk_editable_get_text (GTK_EDITABLE (self->amount)), rule->percent,
                         &rule->by))
    return FALSE;
  rule->by = is_on (self->lower) ? -rule->by : rule->by;
  return TRUE;
}

static void
show_words (OscMenuPrices *self, gboolean understood, guint chosen, guint impossible)
{
  g_autofree char *summary =
      g_strdup_printf (g_dngettext (NULL, "%u item chosen", "%u items chosen", chosen), chosen);
  g_autofree char *write = self->n_changes > 0
                               ? g_strdup_printf (g_dngettext (NULL, "Change %u price",
                                                               "Change %u prices", self->n_changes),
                                                  self->n_changes)
                               : g_strdup (_ ("Nothing to change yet"));
  g_autofree char *below =
      impossible > 0
          ? g_strdup_printf (g_dngettext (NULL,
                                          "%u price would fall below 0 won. Take less, or leave it "
                                          "out.",
                                          "%u prices would fall below 0 won. Take less, or leave "
                                          "them out.",
                                          impossible),
                             impossible)
          : NULL;

  gtk_label_set_label (GTK_LABEL (self->summary), summary);
  gtk_label_set_label (GTK_LABEL (self->write_label), write);
  osc_widget_set_name (self->write, write);
  gtk_label_set_label (GTK_LABEL (self->problem), !understood     ? _ ("Type a number, such as 500")
                                                  : below != NULL ? below
                                                                  : "");
  gtk_widget_set_visible (self->problem, !understood || below != NULL);
  gtk_widget_set_sensitive (self->write,
                            understood && impossible == 0 && self->n_changes > 0 && !self->busy);
}

/* The tick over the list stands for those that are listed. */
static void
show_all (OscMenuPrices *self)
{
  GListModel *shown = G_LIST_MODEL (self->shown);
  guint n = g_list_model_get_n_items (shown);
  guint chosen = 0;

  for (guint i = 0; i < n; i++) {
    g_autoptr (OscPriceItem) item = g_list_model_get_item (shown, i);

    chosen += item->chosen;
  }
  self->filling = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->all), n > 0 && chosen == n);
  gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (self->all), chosen > 0 && chosen < n);
  self->filling = FALSE;
}

static void
reckon (OscMenuPrices *self)
{
  OscReprice rule = {FALSE, 0, FALSE};
  gboolean understood = read_rule (self, &rule);
  guint chosen = 0;
  guint impossible = 0;

  self->n_changes = 0;
  for (guint i = 0; i < count (self); i++) {
    OscPriceItem *item = item_at (self, i);
    gint64 after = understood ? osc_reprice_apply (&rule, item->before) : item->before;

    osc_price_item_set (item, item->chosen, after);
    chosen += item->chosen;
    impossible += item->chosen && after < 0;
    self->n_changes += item->chosen && after >= 0 && after != item->before;
  }
  show_words (self, understood, chosen, impossible);
  show_all (self);
}

static void
on_rule (OscMenuPrices *self)
{
  if (!self->filling)
    reckon (self);
}

/* ---- which ---- */

static void
on_toggled (OscMenuPrices *self, OscPriceItem *item)
{
  osc_price_item_set (item, !item->chosen, item->after);
  reckon (self);
}

static void
on_all (OscMenuPrices *self)
{
  GListModel *shown = G_LIST_MODEL (self->shown);
  gboolean chosen = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->all));

  if (self->filling)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (shown); i++) {
    g_autoptr (OscPriceItem) item = g_list_model_get_item (shown, i);

    osc_price_item_set (item, chosen, item->after);
  }
  reckon (self);
}

static const char *
category_shown (OscMenuPrices *self)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->category));
  GtkStringList *names = GTK_STRING_LIST (gtk_drop_down_get_model (GTK_DROP_DOWN (self->category)));

  return at == 0 || at == GTK_INVALID_LIST_POSITION ? NULL : gtk_string_list_get_string (names, at);
}

static gboolean
is_shown (gpointer item, gpointer user_data)
{
  const char *category = category_shown (user_data);

  return category == NULL || g_strcmp0 (OSC_PRICE_ITEM (item)->category, category) == 0;
}

static void
on_category (OscMenuPrices *self)
{
  if (self->filling)
    return;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_all (self);
}

/* ---- the items ---- */

/* (transfer full) (nullable): whose are chosen. */
static GHashTable *
chosen_ids (OscMenuPrices *self)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < count (self); i++)
    if (item_at (self, i)->chosen)
      g_hash_table_add (ids, g_strdup (item_at (self, i)->id));
  return ids;
}

static void
add (OscMenuPrices *self, const OsyMenuCategory *category, const OsyMenuItem *item, gboolean chosen)
{
  g_autoptr (OscPriceItem) row = osc_price_item_new ();

  if (!osy_menu_price_general (item->prices, osy_clock_now (), &row->before))
    return;
  row->id = g_strdup (item->id);
  row->name = g_strdup (item->name);
  row->category = g_strdup (category->name);
  row->others = osc_reprice_others (item, osy_clock_now ());
  row->after = row->before;
  row->chosen = chosen;
  g_list_store_append (self->items, row);
}

static void
fill (OscMenuPrices *self, GHashTable *chosen, const char *chosen_category)
{
  GPtrArray *categories = osy_menu_categories (osc_menu_store_get (self->store));

  g_list_store_remove_all (self->items);
  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);

    for (guint j = 0; j < category->items->len; j++) {
      const OsyMenuItem *item = g_ptr_array_index (category->items, j);

      add (self, category, item,
           chosen != NULL ? g_hash_table_contains (chosen, item->id)
                          : g_strcmp0 (category->id, chosen_category) == 0);
    }
  }
  reckon (self);
}

/* Another screen changed the menu: what was chosen stays chosen, beside the prices as they are. */
static void
on_menu_changed (OscMenuPrices *self)
{
  g_autoptr (GHashTable) chosen = chosen_ids (self);

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self, chosen, NULL);
}

void
osc_menu_prices_open (OscMenuPrices *self, const char *category_id)
{
  g_return_if_fail (OSC_IS_MENU_PRICES (self));
  GPtrArray *categories = osy_menu_categories (osc_menu_store_get (self->store));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint at = 0;

  gtk_string_list_append (names, _ ("Every category"));
  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);

    gtk_string_list_append (names, category->name);
    at = g_strcmp0 (category->id, category_id) == 0 ? i + 1 : at;
  }
  self->filling = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->category), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->category), at);
  gtk_editable_set_text (GTK_EDITABLE (self->amount), "");
  self->filling = FALSE;
  fill (self, NULL, category_id);
  on_category (self);
  gtk_widget_grab_focus (self->amount);
}

void
osc_menu_prices_set_rule (OscMenuPrices *self, const char *text, gboolean percent, gboolean lower)
{
  g_return_if_fail (OSC_IS_MENU_PRICES (self) && text != NULL);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (percent ? self->percent : self->in_won), TRUE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (lower ? self->lower : self->higher), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->amount), text);
}

/* ---- writing ---- */

static void
set_busy (OscMenuPrices *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (self->list, !busy);
  reckon (self);
}

static char *
done_words (OscMenuPrices *self)
{
  return g_strdup_printf (g_dngettext (NULL, "Changed %u price", "Changed %u prices", self->n_sent),
                          self->n_sent);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscMenuPrices) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = osc_menu_store_apply_finish (OSC_MENU_STORE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  set_busy (self, FALSE);
  if (done) {
    g_autofree char *text = done_words (self);

    g_signal_emit (self, signals[DONE], 0, text);
    return;
  }
  on_menu_changed (self);
  osc_toasts_say (GTK_WIDGET (self), osy_error_is (error, OSY_ERROR_VERSION_CONFLICT)
                                         ? _ ("Another screen changed this first")
                                         : error->message);
}

static void
on_write (OscMenuPrices *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GArray) won = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (self->busy || !gtk_widget_get_sensitive (self->write))
    return;
  for (guint i = 0; i < count (self); i++) {
    OscPriceItem *item = item_at (self, i);

    if (!item->chosen || item->after == item->before)
      continue;
    g_ptr_array_add (ids, item->id);
    g_array_append_val (won, item->after);
  }
  g_autoptr (JsonNode) changes =
      osc_reprice_changes (osc_menu_store_get (self->store), (const char *const *)ids->pdata,
                           (const gint64 *)won->data, ids->len);
  self->n_sent = ids->len;
  g_autofree char *label = done_words (self);
  set_busy (self, TRUE);
  osc_menu_store_apply_async (self->store, changes, label, applied_cb, g_object_ref (self));
}

static void
on_cancel (OscMenuPrices *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

/* ---- rows ---- */

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *list_item, OscMenuPrices *self)
{
  GtkWidget *row = osc_price_row_new ();

  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_selectable (list_item, FALSE);
  g_signal_connect_object (row, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  osc_price_row_show (OSC_PRICE_ROW (gtk_list_item_get_child (list_item)),
                      gtk_list_item_get_item (list_item));
}

static void
unbind_row (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  osc_price_row_show (OSC_PRICE_ROW (gtk_list_item_get_child (list_item)), NULL);
}

/* ---- life ---- */

static void
osc_menu_prices_dispose (GObject *object)
{
  OscMenuPrices *self = OSC_MENU_PRICES (object);

  self->filling = TRUE;
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_MENU_PRICES);
  g_clear_object (&self->shown);
  g_clear_object (&self->items);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_menu_prices_parent_class)->dispose (object);
}

#define CHILD(name) gtk_widget_class_bind_template_child (widget_class, OscMenuPrices, name)

static void
bind_template (GtkWidgetClass *widget_class)
{
  CHILD (category);
  CHILD (summary);
  CHILD (lower);
  CHILD (higher);
  CHILD (amount);
  CHILD (percent);
  CHILD (in_won);
  CHILD (rounded);
  CHILD (all);
  CHILD (problem);
  CHILD (list);
  CHILD (foot);
  CHILD (write);
  CHILD (write_label);
  gtk_widget_class_bind_template_callback (widget_class, on_rule);
  gtk_widget_class_bind_template_callback (widget_class, on_category);
  gtk_widget_class_bind_template_callback (widget_class, on_all);
  gtk_widget_class_bind_template_callback (widget_class, on_write);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

static void
osc_menu_prices_class_init (OscMenuPricesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_prices_dispose;
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/menu/price/osc-menu-prices.ui");
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menuprices");
}

static void
osc_menu_prices_init (OscMenuPrices *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) plain = NULL;

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  self->items = g_list_store_new (OSC_TYPE_PRICE_ITEM);
  self->filter = gtk_custom_filter_new (is_shown, self, NULL);
  self->shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->items)),
                                           GTK_FILTER (self->filter));
  plain = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_row), self, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row), NULL);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list), factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (plain));
  self->filling = FALSE;
}

GtkWidget *
osc_menu_prices_new (OscMenuStore *store)
{
  g_return_val_if_fail (OSC_IS_MENU_STORE (store), NULL);
  OscMenuPrices *self = g_object_new (OSC_TYPE_MENU_PRICES, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_menu_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
