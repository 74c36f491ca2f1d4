/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The record: rows in columns, newest on top; the day's range, person and kind of act are asked of
 * the daemon, words are looked for in what is here. */

#include "osc-audit.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "osc-audit-detail.h"
#include "osc-record-words.h"
#include "osc-scale.h"
#include "osc-toasts.h"
#include "osc-toolbar.h"
#include "osc-widget.h"
#include "osy-hangul.h"

struct _OscAudit {
  GtkWidget parent_instance;
  GtkWidget *search;
  GtkWidget *day_one;
  GtkWidget *day_week;
  GtkWidget *day_month;
  GtkWidget *kind;   /* GtkDropDown */
  GtkWidget *person; /* GtkDropDown */
  GtkWidget *export;
  GtkWidget *seal;
  GtkWidget *stack;
  GtkWidget *scroller;
  GtkWidget *rows; /* GtkColumnView */
  GtkWidget *detail;
  OscAuditLog *log;
  GtkFilter *filter;
  GtkSingleSelection *selection;
  GPtrArray *actors; /* of the rows of @person, from the second on */
  gboolean filling;  /* @person is being filled */
  GtkFileChooserNative *chooser;
};

static void osc_audit_view_init (OscViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscAudit,
                               osc_audit,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (OSC_TYPE_VIEW, osc_audit_view_init))

static const struct {
  const char *action; /* NULL: all */
  const char *title;  /* msgid */
} kinds[] = {
    {NULL, N_ ("Everything")},
    {"order.", N_ ("Orders")},
    {"menu.", N_ ("Menu")},
    {"shop.", N_ ("Shop")},
    {"auth.", N_ ("Sign-ins")},
    {"staff.", N_ ("Staff")},
    {"guest.", N_ ("Guests' details")},
    {"threat.", N_ ("Security")},
    {"audit.", N_ ("Record")},
};

/* ---- columns ---- */

typedef enum { COLUMN_WHEN, COLUMN_WHO, COLUMN_WHAT, COLUMN_THING, COLUMN_SEAL } Column;

static char *
text_of (const OscAuditData *data, Column column)
{
  switch (column) {
  case COLUMN_WHEN: return osc_record_words_when (data->at);
  case COLUMN_WHO: return g_strdup (osc_audit_who (data));
  case COLUMN_WHAT: return g_strdup (osc_record_words_action (data->action));
  case COLUMN_THING: return g_strdup (osc_record_words_thing (data->object_type));
  case COLUMN_SEAL: return g_strdup (data->sealed_seq > 0 ? "✓" : "…");
  }
  return NULL;
}

static void
on_setup (GtkListItemFactory *factory, GtkListItem *cell)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  osc_scale_let_wrap (GTK_LABEL (label));
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (cell, label);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *cell, gpointer column)
{
  g_autofree char *text = text_of (osc_audit_item_data (gtk_list_item_get_item (cell)),
                                   (Column)GPOINTER_TO_INT (column));

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (cell)), text);
}

static void
add_columns (OscAudit *self)
{
  const struct {
    const char *title;
    gboolean expand;
  } columns[] = {
      [COLUMN_WHEN] = {_ ("When"), FALSE}, [COLUMN_WHO] = {_ ("Who"), TRUE},
      [COLUMN_WHAT] = {_ ("What"), TRUE},  [COLUMN_THING] = {_ ("Thing"), FALSE},
      [COLUMN_SEAL] = {_ ("Seal"), FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++) {
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
    g_autoptr (GtkColumnViewColumn) column = NULL;

    g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
    g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GINT_TO_POINTER ((int)i));
    column = gtk_column_view_column_new (columns[i].title, factory);
    gtk_column_view_column_set_expand (column, columns[i].expand);
    gtk_column_view_append_column (GTK_COLUMN_VIEW (self->rows), column);
  }
}

/* ---- filters ---- */

static gboolean
matches (gpointer item, gpointer user_data)
{
  OscAudit *self = user_data;
  const char *wanted = gtk_editable_get_text (GTK_EDITABLE (self->search));
  const OscAuditData *data = osc_audit_item_data (item);

  if (*wanted == '\0' || g_strcmp0 (data->object_id, wanted) == 0)
    return TRUE;
  for (Column column = COLUMN_WHEN; column <= COLUMN_THING; column++) {
    g_autofree char *text = text_of (data, column);
    if (osy_hangul_matches (text, wanted))
      return TRUE;
  }
  return FALSE;
}

static guint
days_of (OscAudit *self)
{
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->day_one)))
    return 1;
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->day_week)))
    return 7;
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->day_month)) ? 30 : 0;
}

static void
look (OscAudit *self)
{
  guint kind = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kind));
  guint person = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->person));

  if (self->log == NULL)
    return;
  osc_audit_log_look (
      self->log, days_of (self), kind < G_N_ELEMENTS (kinds) ? kinds[kind].action : NULL,
      person > 0 && person <= self->actors->len ? self->actors->pdata[person - 1] : NULL);
}

static void
on_days (OscAudit *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    look (self);
}

static void
on_filter (OscAudit *self)
{
  if (!self->filling)
    look (self);
}

/* Whoever turned up in the record can be asked for; the choice stays. */
static void
fill_people (OscAudit *self)
{
  GHashTable *people = osc_audit_log_people (self->log);
  GtkStringList *names = GTK_STRING_LIST (gtk_drop_down_get_model (GTK_DROP_DOWN (self->person)));
  GHashTableIter iter;
  gpointer actor;
  gpointer name;

  self->filling = TRUE;
  g_hash_table_iter_init (&iter, people);
  while (g_hash_table_iter_next (&iter, &actor, &name))
    if (g_str_has_prefix (actor, "user:") &&
        !g_ptr_array_find_with_equal_func (self->actors, actor, g_str_equal, NULL)) {
      g_ptr_array_add (self->actors, g_strdup (actor));
      gtk_string_list_append (names, g_str_equal (name, "staff") ? _ ("Staff") : name);
    }
  self->filling = FALSE;
}

static void
on_typed (OscAudit *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/* ---- states ---- */

static void
show_seal (OscAudit *self)
{
  const OscAuditSeal *seal = osc_audit_log_seal (self->log);
  g_autofree char *text = NULL;

  if (seal == NULL)
    return;
  g_autofree char *sealed = osc_record_words_when (seal->sealed_at);
  g_autofree char *verified = osc_record_words_when (seal->verified_at);
  if (seal->broken_seq > 0)
    text = g_strdup_printf (_ ("Row %lld is not what was sealed. Somebody changed the record"),
                            (long long)seal->broken_seq);
  else if (seal->verified_at != 0)
    text = g_strdup_printf (_ ("Sealed up to %s, last check %s"), sealed, verified);
  else if (seal->sealed_at != 0)
    text = g_strdup_printf (_ ("Sealed up to %s"), sealed);
  gtk_label_set_label (GTK_LABEL (self->seal), text != NULL ? text : "");
  osc_widget_set_class (self->seal, "fault", seal->broken_seq > 0);
}

static void
show_rows (OscAudit *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  const char *page = "rows";

  if (osc_audit_log_phase (self->log) == OSC_AUDIT_FAILED)
    page = "failed";
  else if (n == 0)
    page = osc_audit_log_phase (self->log) == OSC_AUDIT_LOADING ? "blank" : "nothing";
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), page);
}

static void
on_changed (OscAudit *self)
{
  fill_people (self);
  show_seal (self);
  show_rows (self);
}

static void
on_selected (OscAudit *self)
{
  osc_audit_detail_show (OSC_AUDIT_DETAIL (self->detail),
                         gtk_single_selection_get_selected_item (self->selection));
}

static void
on_scrolled (OscAudit *self)
{
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  if (gtk_adjustment_get_value (place) + 2 * gtk_adjustment_get_page_size (place) >=
      gtk_adjustment_get_upper (place))
    osc_audit_log_more (self->log);
}

/* ---- export ---- */

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscAudit) self = user_data;
  g_autoptr (GError) error = NULL;

  if (osc_audit_log_export_finish (OSC_AUDIT_LOG (source), result, &error))
    osc_toasts_say (GTK_WIDGET (self), _ ("The record was saved as a file"));
  else
    osc_toasts_say (GTK_WIDGET (self), _ ("Couldn't save the record. Try fewer days"));
  gtk_widget_set_sensitive (self->export, TRUE);
}

static void
on_chosen (OscAudit *self, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
                               : NULL;

  g_clear_object (&self->chooser);
  if (file == NULL)
    return;
  gtk_widget_set_sensitive (self->export, FALSE);
  osc_audit_log_export_async (self->log, file, exported_cb, g_object_ref (self));
}

static void
on_export (OscAudit *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_object (&self->chooser);
  self->chooser =
      gtk_file_chooser_native_new (_ ("Save the record"), GTK_WINDOW (root),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save"), _ ("Back"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "audit.csv");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- keys ---- */

static void
step (OscAudit *self, int by)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint now = gtk_single_selection_get_selected (self->selection);
  guint next = now == GTK_INVALID_LIST_POSITION ? 0 : (guint)CLAMP ((int)now + by, 0, (int)n - 1);

  if (n == 0)
    return;
  gtk_single_selection_set_selected (self->selection, next);
  gtk_widget_activate_action (gtk_widget_get_last_child (self->rows), "list.scroll-to-item", "u",
                              next);
}

static gboolean
osc_audit_key (OscView *view, OscKey key)
{
  OscAudit *self = OSC_AUDIT (view);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  switch (key) {
  case OSC_KEY_UP: step (self, -1); return TRUE;
  case OSC_KEY_DOWN: step (self, 1); return TRUE;
  case OSC_KEY_FIND: gtk_widget_grab_focus (self->search); return TRUE;
  case OSC_KEY_BACK:
    if (root != NULL && GTK_IS_EDITABLE (gtk_root_get_focus (root)))
      gtk_root_set_focus (root, NULL);
    else
      gtk_widget_activate_action (GTK_WIDGET (self), "shell.show", "(ss)", "settings", "security");
    return TRUE;
  default: return FALSE;
  }
}

static const OscKeyLine *
osc_audit_key_lines (OscView *view)
{
  static const OscKeyLine lines[] = {
      {"↑ ↓", N_ ("Another row")},
      {"F3", N_ ("Find in the record")},
      {.keys = NULL},
  };

  return lines;
}

static void
osc_audit_enter (OscView *view)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (view));

  if (root != NULL)
    gtk_root_set_focus (root, NULL);
  look (OSC_AUDIT (view));
}

static void
osc_audit_view_init (OscViewInterface *iface)
{
  iface->enter = osc_audit_enter;
  iface->key = osc_audit_key;
  iface->key_lines = osc_audit_key_lines;
}

/* ---- life ---- */

static void
osc_audit_dispose (GObject *object)
{
  OscAudit *self = OSC_AUDIT (object);

  g_clear_object (&self->chooser);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_AUDIT);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->log);
  g_clear_pointer (&self->actors, g_ptr_array_unref);
  G_OBJECT_CLASS (osc_audit_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/audit/osc-audit.ui");
  gtk_widget_class_bind_template_child (widget_class, OscAudit, search);
  gtk_widget_class_bind_template_child (widget_class, OscAudit, day_one);
  gtk_widget_class_bind_template_child (widget_class, OscAudit, day_week);
  gtk_widget_class_bind_template_child (widget_class, OscAudit, day_month);
  gtk_widget_class_bind_template_child (widget_class, OscAudit, kind);
  gtk_widget_class_bind_template_child (widget_class, OscAudit, person);
  gtk_widget_class_bind_template_child (widget_class, OscAudit, export);
  gtk_widget_class_bind_template_child (widget_class, OscAudit, seal);
  gtk_widget_class_bind_template_child (widget_class, OscAudit, stack);
  gtk_widget_class_bind_template_child (widget_class, OscAudit, scroller);
  gtk_widget_class_bind_template_child (widget_class, OscAudit, rows);
  gtk_widget_class_bind_template_child (widget_class, OscAudit, detail);
}

static void
osc_audit_class_init (OscAuditClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_audit_dispose;
  g_type_ensure (OSC_TYPE_AUDIT_DETAIL);
  g_type_ensure (OSC_TYPE_TOOLBAR);
  bind_template (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_days);
  gtk_widget_class_bind_template_callback (widget_class, on_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_retry", G_CALLBACK (look));
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "audit");
}

static void
fill_drop_downs (OscAudit *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (titles, _ (kinds[i].title));
  gtk_string_list_append (names, _ ("Everybody"));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->kind), G_LIST_MODEL (titles));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->person), G_LIST_MODEL (names));
}

static void
osc_audit_init (OscAudit *self)
{
  self->actors = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  fill_drop_downs (self);
  add_columns (self);
}

GtkWidget *
osc_audit_new (const OscContext *context)
{
  OscAudit *self = g_object_new (OSC_TYPE_AUDIT, NULL);
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  GtkFilterListModel *found;

  self->log = osc_audit_log_new (context->client);
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  found = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->log)),
                                     g_object_ref (self->filter));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (found));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->rows), GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->log, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (show_rows), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (place, "value-changed", G_CALLBACK (on_scrolled), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

OscAuditLog *
osc_audit_log (OscAudit *self)
{
  g_return_val_if_fail (OSC_IS_AUDIT (self), NULL);
  return self->log;
}
