/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The view of the logs. The words of the lines are the programs' own, in whatever language: what
 * whoever helps can search for. */

#include "osc-logs.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "config.h"

#include "osc-scale.h"
#include "osc-toasts.h"
#include "osc-toolbar.h"
#include "osc-widget.h"
#include "osy-clock.h"
#include "osy-hangul.h"

#define AGAIN_SECONDS 2

struct _OscLogs {
  GtkWidget parent_instance;
  GtkWidget *search;
  GtkWidget *warnings;
  GtkWidget *errors;
  GtkWidget *follow;
  GtkWidget *copy;
  GtkWidget *save;
  GtkWidget *stack;
  GtkWidget *rows; /* GtkColumnView */
  GtkWidget *detail;
  GtkWidget *notice;
  OscLogStore *store;
  GtkFilter *filter;
  GtkSingleSelection *selection;
  GtkFileChooserNative *chooser;
  guint timer;
};

static void osc_logs_view_init (OscViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscLogs,
                               osc_logs,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (OSC_TYPE_VIEW, osc_logs_view_init))

/* ---- columns ---- */

typedef enum { COLUMN_WHEN, COLUMN_WHO, COLUMN_LEVEL, COLUMN_WHERE, COLUMN_WHAT } Column;

static gboolean
is_error (const OsyLogLine *line)
{
  return g_str_equal (line->level, "critical") || g_str_equal (line->level, "fatal");
}

static gboolean
is_warning (const OsyLogLine *line)
{
  return g_str_equal (line->level, "warning");
}

static const char *
program_of (OscLogItem *item)
{
  return osc_log_item_is_server (item) ? _ ("Server") : _ ("This screen");
}

/* (transfer full): to the second, of the place where this is read. */
static char *
when_words (gint64 at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%m-%d %H:%M:%S") : g_strdup ("");
}

static char *
text_of (OscLogItem *item, Column column)
{
  const OsyLogLine *line = osc_log_item_line (item);

  switch (column) {
  case COLUMN_WHEN: return when_words (line->at);
  case COLUMN_WHO: return g_strdup (program_of (item));
  case COLUMN_LEVEL:
    return g_strdup (is_error (line)     ? _ ("Error")
                     : is_warning (line) ? _ ("Warning")
                                         : _ ("Notice"));
  case COLUMN_WHERE: return g_strdup (line->where);
  case COLUMN_WHAT: return g_strdup (line->message);
  }
  return NULL;
}

/* As wide as the words of a column are, whatever the scale; what is cut is shown in full below once
 * its line is chosen. */
static void
on_setup (GtkListItemFactory *factory, GtkListItem *cell, gpointer column)
{
  static const int widths[] = {[COLUMN_WHEN] = 14,
                               [COLUMN_WHO] = 10,
                               [COLUMN_LEVEL] = 8,
                               [COLUMN_WHERE] = 18,
                               [COLUMN_WHAT] = 32};
  GtkWidget *label = gtk_label_new (NULL);
  int at = GPOINTER_TO_INT (column);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (at < COLUMN_WHAT || osc_scale_is_large ())
    gtk_label_set_width_chars (GTK_LABEL (label), widths[at]);
  if (at >= COLUMN_WHERE)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (at == COLUMN_WHAT)
    osc_scale_let_wrap (GTK_LABEL (label));
  gtk_label_set_single_line_mode (GTK_LABEL (label), !gtk_label_get_wrap (GTK_LABEL (label)));
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (cell, label);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *cell, gpointer column)
{
  OscLogItem *item = gtk_list_item_get_item (cell);
  GtkWidget *label = gtk_list_item_get_child (cell);
  g_autofree char *text = text_of (item, (Column)GPOINTER_TO_INT (column));
  gboolean level = GPOINTER_TO_INT (column) == COLUMN_LEVEL;

  gtk_label_set_label (GTK_LABEL (label), text);
  osc_widget_set_class (label, "fault", level && is_error (osc_log_item_line (item)));
  osc_widget_set_class (label, "soon", level && is_warning (osc_log_item_line (item)));
}

static void
add_columns (OscLogs *self)
{
  const char *const titles[] = {[COLUMN_WHEN] = _ ("When"),
                                [COLUMN_WHO] = _ ("Who"),
                                [COLUMN_LEVEL] = _ ("Level"),
                                [COLUMN_WHERE] = _ ("Where"),
                                [COLUMN_WHAT] = _ ("What")};

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++) {
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
    g_autoptr (GtkColumnViewColumn) column = NULL;

    g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GINT_TO_POINTER ((int)i));
    g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GINT_TO_POINTER ((int)i));
    column = gtk_column_view_column_new (titles[i], factory);
    gtk_column_view_column_set_expand (column, i == COLUMN_WHAT);
    gtk_column_view_column_set_visible (column, i != COLUMN_WHERE || !osc_scale_is_large ());
    gtk_column_view_append_column (GTK_COLUMN_VIEW (self->rows), column);
  }
}

/* ---- filters ---- */

static gboolean
is_on (GtkWidget *toggle)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle));
}

static gboolean
matches (gpointer item, gpointer user_data)
{
  OscLogs *self = user_data;
  const char *wanted = gtk_editable_get_text (GTK_EDITABLE (self->search));
  const OsyLogLine *line = osc_log_item_line (item);

  if ((is_on (self->errors) && !is_error (line)) ||
      (is_on (self->warnings) && !is_error (line) && !is_warning (line)))
    return FALSE;
  for (Column column = COLUMN_WHEN; *wanted != '\0' && column <= COLUMN_WHAT; column++) {
    g_autofree char *text = text_of (item, column);
    if (osy_hangul_matches (text, wanted))
      return TRUE;
  }
  return *wanted == '\0';
}

static void
on_filter (OscLogs *self)
{
  if (self->filter != NULL)
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/* ---- states ---- */

static const char *
notice_words (OscLogs *self)
{
  switch (osc_log_store_state (self->store)) {
  case OSC_LOG_AWAY:
    return _ ("The server does not answer. What it said before and what this screen said is shown");
  case OSC_LOG_ELSEWHERE:
    return _ ("The server tells what it said on its own computer alone. This screen's is shown");
  case OSC_LOG_READ:
  case OSC_LOG_UNKNOWN:
  default:
    return _ ("No name, phone number or password is in it. Look it through before you send it on");
  }
}

static void
show (OscLogs *self)
{
  guint all = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  OscLogState state = osc_log_store_state (self->store);

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), shown > 0                  ? "rows"
                                                             : all > 0                  ? "nothing"
                                                             : state == OSC_LOG_UNKNOWN ? "blank"
                                                                                        : "quiet");
  gtk_label_set_label (GTK_LABEL (self->notice), notice_words (self));
  osc_widget_set_class (self->notice, "fault", state == OSC_LOG_AWAY);
  gtk_widget_set_sensitive (self->copy, shown > 0);
  gtk_widget_set_sensitive (self->save, shown > 0);
}

static void
on_selected (OscLogs *self)
{
  OscLogItem *item = gtk_single_selection_get_selected_item (self->selection);

  gtk_widget_set_visible (self->detail, item != NULL);
  if (item != NULL) {
    const OsyLogLine *line = osc_log_item_line (item);
    g_autofree char *text = g_strdup_printf ("%s: %s", line->where, line->message);

    gtk_label_set_label (GTK_LABEL (self->detail), text);
  }
}

/* ---- following ---- */

static gboolean
look_cb (gpointer user_data)
{
  OscLogs *self = user_data;

  osc_log_store_look (self->store);
  return G_SOURCE_CONTINUE;
}

static void
on_follow (OscLogs *self)
{
  gboolean wanted = is_on (self->follow) && gtk_widget_get_mapped (GTK_WIDGET (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  if (!wanted || self->store == NULL)
    return;
  osc_log_store_look (self->store);
  self->timer = g_timeout_add_seconds (AGAIN_SECONDS, look_cb, self);
}

static void
osc_logs_map (GtkWidget *widget)
{
  OscLogs *self = OSC_LOGS (widget);

  GTK_WIDGET_CLASS (osc_logs_parent_class)->map (widget);
  osc_log_store_look (self->store);
  on_follow (self);
}

static void
osc_logs_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&OSC_LOGS (widget)->timer, g_source_remove);
  GTK_WIDGET_CLASS (osc_logs_parent_class)->unmap (widget);
}

/* ---- for whoever helps ---- */

char *
osc_logs_text (OscLogs *self)
{
  g_return_val_if_fail (OSC_IS_LOGS (self), NULL);
  GListModel *model = G_LIST_MODEL (self->selection);
  g_autoptr (GString) text = g_string_new ("OrderSync " OSY_VERSION "\n");

  for (guint i = g_list_model_get_n_items (model); i > 0; i--) {
    g_autoptr (OscLogItem) item = g_list_model_get_item (model, i - 1);
    const OsyLogLine *line = osc_log_item_line (item);
    g_autofree char *at = osy_clock_format (line->at);

    g_string_append_printf (text, "%s %s %s %s %s\n", at,
                            osc_log_item_is_server (item) ? "server" : "console", line->level,
                            line->where, line->message);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
on_copy (OscLogs *self)
{
  g_autofree char *text = osc_logs_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  osc_toasts_say (GTK_WIDGET (self), _ ("Copied. Paste it into your message."));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscLogs) self = user_data;

  osc_toasts_say (GTK_WIDGET (self),
                  g_file_replace_contents_finish (G_FILE (source), result, NULL, NULL)
                      ? _ ("What was said is saved as a file")
                      : _ ("That couldn't be saved there. Try another folder"));
}

static void
on_chosen (OscLogs *self, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
                               : NULL;
  char *text = osc_logs_text (self);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  g_clear_object (&self->chooser);
  if (file != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                         saved_cb, g_object_ref (self));
}

static void
on_save (OscLogs *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_object (&self->chooser);
  self->chooser =
      gtk_file_chooser_native_new (_ ("Save what was said"), GTK_WINDOW (root),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save"), _ ("Back"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "ordersync-log.txt");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- the view ---- */

static void
on_back (OscLogs *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.show", "(ss)", "settings", "health");
}

static void
step (OscLogs *self, int by)
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

static void
back (OscLogs *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL && GTK_IS_EDITABLE (gtk_root_get_focus (root)))
    gtk_root_set_focus (root, NULL);
  else
    on_back (self);
}

static gboolean
osc_logs_key (OscView *view, OscKey key)
{
  OscLogs *self = OSC_LOGS (view);

  switch (key) {
  case OSC_KEY_UP: step (self, -1); return TRUE;
  case OSC_KEY_DOWN: step (self, 1); return TRUE;
  case OSC_KEY_FIND: gtk_widget_grab_focus (self->search); return TRUE;
  case OSC_KEY_COPY: on_copy (self); return TRUE;
  case OSC_KEY_EXPORT: on_save (self); return TRUE;
  case OSC_KEY_BACK: back (self); return TRUE;
  default: return FALSE;
  }
}

static const OscKeyLine *
osc_logs_key_lines (OscView *view)
{
  static const OscKeyLine lines[] = {
      {"↑ ↓", N_ ("Another row")},
      {"F3", N_ ("Find in what was said")},
      {"Ctrl D", N_ ("Copy the lines shown")},
      {"Ctrl E", N_ ("Save as a file")},
      {.keys = NULL},
  };

  return lines;
}

static void
osc_logs_enter (OscView *view)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (view));

  if (root != NULL)
    gtk_root_set_focus (root, NULL);
}

static void
osc_logs_view_init (OscViewInterface *iface)
{
  iface->enter = osc_logs_enter;
  iface->key = osc_logs_key;
  iface->key_lines = osc_logs_key_lines;
}

/* ---- life ---- */

static void
osc_logs_dispose (GObject *object)
{
  OscLogs *self = OSC_LOGS (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->chooser);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_LOGS);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_logs_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/logs/osc-logs.ui");
  gtk_widget_class_bind_template_child (widget_class, OscLogs, search);
  gtk_widget_class_bind_template_child (widget_class, OscLogs, warnings);
  gtk_widget_class_bind_template_child (widget_class, OscLogs, errors);
  gtk_widget_class_bind_template_child (widget_class, OscLogs, follow);
  gtk_widget_class_bind_template_child (widget_class, OscLogs, copy);
  gtk_widget_class_bind_template_child (widget_class, OscLogs, save);
  gtk_widget_class_bind_template_child (widget_class, OscLogs, stack);
  gtk_widget_class_bind_template_child (widget_class, OscLogs, rows);
  gtk_widget_class_bind_template_child (widget_class, OscLogs, detail);
  gtk_widget_class_bind_template_child (widget_class, OscLogs, notice);
  gtk_widget_class_bind_template_callback (widget_class, on_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_follow);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
}

static void
osc_logs_class_init (OscLogsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_logs_dispose;
  widget_class->map = osc_logs_map;
  widget_class->unmap = osc_logs_unmap;
  g_type_ensure (ADW_TYPE_STATUS_PAGE);
  g_type_ensure (OSC_TYPE_TOOLBAR);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "logs");
}

static void
osc_logs_init (OscLogs *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  add_columns (self);
}

GtkWidget *
osc_logs_new (const OscContext *context)
{
  OscLogs *self = g_object_new (OSC_TYPE_LOGS, NULL);
  GtkFilterListModel *found;

  self->store = osc_log_store_new (context->client);
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  found = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->store)),
                                     g_object_ref (self->filter));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (found));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->rows), GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->store, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}

OscLogStore *
osc_logs_store (OscLogs *self)
{
  g_return_val_if_fail (OSC_IS_LOGS (self), NULL);
  return self->store;
}
