/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Earlier menus. Nothing is brought back before what would change stands beside it. */

#include "osc-menu-versions.h"

#include <glib/gi18n.h>

#include "osc-toasts.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

#define KEY "osc-version"

struct _OscMenuVersions {
  GtkWidget parent_instance;
  GtkWidget *stack;
  GtkWidget *yesterday;
  GtkWidget *list;
  GtkWidget *more;
  GtkWidget *lead;
  GtkWidget *differences;
  GtkWidget *rest;
  GtkWidget *marks;
  GtkWidget *write;
  OscMenuStore *menu;
  OscShopStore *shop;
  OscMenuHistory *history;
  guint n_shown; /* rows of the list */
  gboolean filling;
  gboolean busy;
};

enum { DONE, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscMenuVersions, osc_menu_versions, GTK_TYPE_WIDGET)

static gint64
yesterdays (OscMenuVersions *self)
{
  g_autofree char *today = osc_shop_store_business_day (self->shop, osy_clock_now ());

  return osc_menu_history_before (self->history, today);
}

/* ---- the list ---- */

static const OscMenuVersion *
version_at (OscMenuVersions *self, guint i)
{
  return g_ptr_array_index (osc_menu_history_versions (self->history), i);
}

static GtkWidget *
make_row (OscMenuVersions *self, guint i)
{
  const OscMenuVersion *one = version_at (self, i);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *words = osc_widget_new_text (one->words, "version-words");
  g_autofree char *clock = osc_words_clock (one->at);
  g_autofree char *line = g_strdup_printf ("%s · %s%s%s", clock, one->who, one->back ? " · " : "",
                                           one->back ? _ ("brought an earlier menu back") : "");
  GtkWidget *small = osc_widget_new_text (line, "secondary");
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_add_css_class (small, "numeric");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), small);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  osc_widget_set_name (row, one->words);
  g_object_set_data (G_OBJECT (row), KEY, GUINT_TO_POINTER (i + 1));
  return row;
}

static int
index_of (GtkListBoxRow *row)
{
  return (int)GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), KEY)) - 1;
}

/* Days stand over their versions. */
static void
set_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  OscMenuVersions *self = user_data;
  const OscMenuVersion *one = version_at (self, (guint)index_of (row));
  const OscMenuVersion *above = before != NULL ? version_at (self, (guint)index_of (before)) : NULL;
  g_autofree char *day = osc_words_day (one->day);

  if (above != NULL && g_strcmp0 (above->day, one->day) == 0)
    gtk_list_box_row_set_header (row, NULL);
  else if (gtk_list_box_row_get_header (row) == NULL)
    gtk_list_box_row_set_header (row, osc_widget_new_text (day, "version-day"));
}

static void
show_list (OscMenuVersions *self)
{
  guint n = osc_menu_history_versions (self->history)->len;
  GtkListBoxRow *row;

  if (n < self->n_shown) {
    self->filling = TRUE;
    while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
      gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
    self->n_shown = 0;
    self->filling = FALSE;
  }
  for (; self->n_shown < n; self->n_shown++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (self, self->n_shown));
  gtk_widget_set_visible (self->more, osc_menu_history_has_more (self->history));
}

/* ---- the difference ---- */

static void
show_words (OscMenuVersions *self, const OscMenuDifference *difference)
{
  guint n = difference->words != NULL ? g_strv_length (difference->words) : 0;
  guint rest = difference->count > n ? difference->count - n : 0;
  g_autofree char *more =
      g_strdup_printf (g_dngettext (NULL, "and %u more", "and %u more", rest), rest);

  osc_widget_drop_children (self->differences);
  for (guint i = 0; i < n; i++)
    gtk_box_append (GTK_BOX (self->differences),
                    osc_widget_new_text (difference->words[i], "version-difference"));
  gtk_label_set_label (GTK_LABEL (self->rest), more);
  gtk_widget_set_visible (self->rest, rest > 0);
}

static const char *
lead_of (const OscMenuDifference *difference)
{
  if (difference == NULL)
    return _ ("Choose a version to see what would change");
  if (difference->failed)
    return _ ("This could not be compared. Choose it again");
  if (difference->words == NULL)
    return _ ("Comparing");
  return difference->count > 0 ? _ ("Going back would change this")
                               : _ ("The menu is now as it was then");
}

static void
show_difference (OscMenuVersions *self)
{
  const OscMenuDifference *difference = osc_menu_history_difference (self->history);
  const OscMenuDifference none = {0};
  gboolean any = difference != NULL && difference->count > 0;

  gtk_label_set_label (GTK_LABEL (self->lead), lead_of (difference));
  show_words (self, difference != NULL ? difference : &none);
  gtk_widget_set_visible (self->marks, any);
  gtk_widget_set_sensitive (self->write, any && !self->busy);
}

static void
on_changed (OscMenuVersions *self)
{
  OscHistoryPhase phase = osc_menu_history_phase (self->history);
  gboolean any = osc_menu_history_versions (self->history)->len > 0;

  show_list (self);
  show_difference (self);
  gtk_widget_set_visible (self->yesterday, yesterdays (self) >= 0);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    any                            ? "list"
                                    : phase == OSC_HISTORY_LOADING ? "loading"
                                    : phase == OSC_HISTORY_FAILED  ? "failed"
                                                                   : "empty");
}

/* ---- acts ---- */

static void
on_selected (OscMenuVersions *self, GtkListBoxRow *row)
{
  if (!self->filling && row != NULL)
    osc_menu_history_compare (self->history, version_at (self, (guint)index_of (row))->version);
}

static void
select_version (OscMenuVersions *self, gint64 version)
{
  GPtrArray *versions = osc_menu_history_versions (self->history);
  GtkListBoxRow *row = NULL;

  for (guint i = 0; i < versions->len && row == NULL; i++)
    if (version_at (self, i)->version == version)
      row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int)i);
  self->filling = TRUE;
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
  self->filling = FALSE;
}

static void
on_yesterday (OscMenuVersions *self)
{
  gint64 version = yesterdays (self);

  if (version < 0)
    return;
  select_version (self, version);
  osc_menu_history_compare (self->history, version);
}

static void
on_more (OscMenuVersions *self)
{
  osc_menu_history_more (self->history);
}

static void
on_again (OscMenuVersions *self)
{
  osc_menu_history_look (self->history);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscMenuVersions) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = osc_menu_store_apply_finish (OSC_MENU_STORE (source), result, &error);

  self->busy = FALSE;
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (done) {
    g_signal_emit (self, signals[DONE], 0, _ ("The earlier menu is back"));
    return;
  }
  osc_toasts_say (GTK_WIDGET (self), osy_error_is (error, OSY_ERROR_VERSION_CONFLICT)
                                         ? _ ("Another screen changed this first")
                                         : error->message);
  osc_menu_history_look (self->history);
}

static void
on_write (OscMenuVersions *self)
{
  const OscMenuDifference *difference = osc_menu_history_difference (self->history);

  if (difference == NULL || difference->count == 0 || self->busy)
    return;
  self->busy = TRUE;
  show_difference (self);
  osc_menu_store_restore_async (
      self->menu, &(OscMenuRestoring){difference->version, difference->expect, _ ("Earlier menu")},
      restored_cb, g_object_ref (self));
}

static void
on_cancel (OscMenuVersions *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

void
osc_menu_versions_open (OscMenuVersions *self)
{
  g_return_if_fail (OSC_IS_MENU_VERSIONS (self));

  select_version (self, -1);
  osc_menu_history_look (self->history);
}

OscMenuHistory *
osc_menu_versions_model (OscMenuVersions *self)
{
  g_return_val_if_fail (OSC_IS_MENU_VERSIONS (self), NULL);
  return self->history;
}

/* ---- life ---- */

static void
osc_menu_versions_dispose (GObject *object)
{
  OscMenuVersions *self = OSC_MENU_VERSIONS (object);

  self->filling = TRUE;
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_MENU_VERSIONS);
  g_clear_object (&self->history);
  g_clear_object (&self->menu);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (osc_menu_versions_parent_class)->dispose (object);
}

#define CHILD(name) gtk_widget_class_bind_template_child (widget_class, OscMenuVersions, name)

static void
osc_menu_versions_class_init (OscMenuVersionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_versions_dispose;
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/menu/osc-menu-versions.ui");
  CHILD (stack);
  CHILD (yesterday);
  CHILD (list);
  CHILD (more);
  CHILD (lead);
  CHILD (differences);
  CHILD (rest);
  CHILD (marks);
  CHILD (write);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_yesterday);
  gtk_widget_class_bind_template_callback (widget_class, on_more);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
  gtk_widget_class_bind_template_callback (widget_class, on_write);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menuversions");
}

static void
osc_menu_versions_init (OscMenuVersions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), set_header, self, NULL);
}

GtkWidget *
osc_menu_versions_new (const OscContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);
  OscMenuVersions *self = g_object_new (OSC_TYPE_MENU_VERSIONS, NULL);

  self->menu = g_object_ref (context->menu);
  self->shop = g_object_ref (context->shop);
  self->history = osc_menu_history_new (context->client);
  g_signal_connect_object (self->history, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  on_changed (self);
  return GTK_WIDGET (self);
}
