/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Reports: when, where to, and how it went. While the page is on screen and something is on its
 * way, it looks again. */

#include "osc-reports-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-choice.h"
#include "osc-people-row.h"
#include "osc-report-file.h"
#include "osc-report-sheet.h"
#include "osc-toasts.h"
#include "osc-trade-put.h"
#include "osc-widget.h"
#include "osy-clock.h"
#include "osy-json.h"
#include "osy-rest.h"

#define AGAIN_SECONDS 3
#define MOST_SHOWN 14
#define PLAN "osc-plan"

struct _OscReportsPage {
  GtkWidget parent_instance;
  GtkListBox *plans;
  GtkListBox *places;
  OscChoice *language;
  GtkWidget *open;
  GtkWidget *make;
  GtkListBox *made;
  OscDocument *documents[OSC_N_REPORTS_PARTS];
  OsyClient *client; /* nullable: in tests */
  OscShopStore *shop;
  GtkFileChooserNative *chooser; /* (nullable): while it is open */
  guint timer;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (OscReportsPage, osc_reports_page, GTK_TYPE_WIDGET)

static guint wanted;

static const struct {
  const char *name;
  const char *kind;
  const char *title; /* msgid */
} plans[] = {
    {"daily", "DAILY", N_ ("Daily report")},
    {"weekly", "WEEKLY", N_ ("Weekly analysis")},
};

/* ---- what is known ---- */

static JsonObject *
setup_of (OscReportsPage *self)
{
  return osc_document_get (self->documents[OSC_REPORTS_SETUP]);
}

static JsonArray *
array_of (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static guint
length_of (JsonObject *object, const char *name)
{
  JsonArray *array = array_of (object, name);

  return array != NULL ? json_array_get_length (array) : 0;
}

/* (transfer full) (nullable): the business day before this one. */
static char *
yesterday (OscReportsPage *self)
{
  OsyShop *shop = osc_shop_store_get (self->shop);
  GDate day;

  if (shop == NULL)
    return NULL;
  g_autofree char *today = osy_shop_business_day (shop, osy_clock_now ());
  g_date_clear (&day, 1);
  g_date_set_parse (&day, today);
  if (!g_date_valid (&day))
    return NULL;
  g_date_subtract_days (&day, 1);
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&day), g_date_get_month (&day),
                          g_date_get_day (&day));
}

/* ---- changes ---- */

/* @body, @inverse: (transfer full). */
static void
put (OscReportsPage *self, JsonObject *body, JsonObject *inverse, const char *sentence)
{
  const OscTradePut how = {.document = self->documents[OSC_REPORTS_SETUP],
                           .from = GTK_WIDGET (self),
                           .sentence = sentence};

  osc_trade_put (&how, body, inverse);
}

/* (transfer full): { @plan: { "on": @on } } */
static JsonObject *
turn (const char *plan, gboolean on)
{
  JsonObject *body = json_object_new ();
  JsonObject *when = json_object_new ();

  json_object_set_boolean_member (when, "on", on);
  json_object_set_object_member (body, plan, when);
  return body;
}

static void
on_toggle (OscReportsPage *self, GParamSpec *pspec, GtkSwitch *toggle)
{
  const char *plan = g_object_get_data (G_OBJECT (toggle), PLAN);
  gboolean on = gtk_switch_get_active (toggle);

  if (!self->showing)
    put (self, turn (plan, on), turn (plan, !on),
         on ? _ ("Turned the report on") : _ ("Turned the report off"));
}

static void
on_change_plan (OscReportsPage *self, GtkWidget *button)
{
  osc_report_sheet_plan (GTK_WIDGET (self), self->documents[OSC_REPORTS_SETUP],
                         osc_people_row_id (button));
}

static void
on_change_addresses (OscReportsPage *self)
{
  osc_report_sheet_addresses (GTK_WIDGET (self), self->documents[OSC_REPORTS_SETUP]);
}

static void
on_language (OscReportsPage *self, const char *value)
{
  JsonObject *setup = setup_of (self);
  JsonObject *body = json_object_new ();
  JsonObject *inverse = json_object_new ();

  json_object_set_string_member (body, "language", value);
  json_object_set_string_member (inverse, "language",
                                 setup != NULL ? osy_rest_text (setup, "language", "ko") : "ko");
  put (self, body, inverse, _ ("Changed the language of reports"));
}

/* ---- the folder ---- */

/* What the daemon says of a folder. */
static const char *
folder_trouble (const GError *error)
{
  static const struct {
    const char *code;
    const char *words; /* msgid */
  } words[] = {
      {"FOLDER_GONE", N_ ("There is no such folder on the shop's computer")},
      {"FOLDER_DENIED", N_ ("OrderSync may not write into this folder. Choose another one")},
      {"FOLDER_FULL", N_ ("There is no room left where this folder is")},
      {"FOLDER_FAULT", N_ ("Writing into this folder failed. Choose another one")},
  };
  g_autoptr (JsonNode) problem = osy_error_to_problem (error, NULL);
  g_autofree char *text = osy_json_print (problem);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (text, words[i].code) != NULL)
      return _ (words[i].words);
  return osc_trade_failure (error);
}

static void
folder_cb (gpointer owner, JsonObject *answer, const GError *error)
{
  osc_toasts_say (GTK_WIDGET (owner),
                  error == NULL ? _ ("Changed the folder of reports") : folder_trouble (error));
}

void
osc_reports_page_set_folder (OscReportsPage *self, const char *path)
{
  g_return_if_fail (OSC_IS_REPORTS_PAGE (self));
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);

  if (path != NULL)
    json_object_set_string_member (object, "folder", path);
  else
    json_object_set_null_member (object, "folder");
  osc_document_send (
      self->documents[OSC_REPORTS_SETUP],
      &(OscDocumentAct){
          .method = "PUT", .body = body, .done = folder_cb, .owner = G_OBJECT (self)});
}

static void
on_forget_folder (OscReportsPage *self)
{
  osc_reports_page_set_folder (self, NULL);
}

static void
on_folder (OscReportsPage *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))
                               : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    osc_reports_page_set_folder (self, path);
}

static void
on_choose_folder (OscReportsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;
  self->chooser =
      gtk_file_chooser_native_new (_ ("Folder of reports"), GTK_WINDOW (root),
                                   GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("Choose"), _ ("Back"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_folder), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- opening ---- */

typedef struct {
  OscReportsPage *page;
  GFile *file;
} Open;

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Open *open = user_data;
  g_autoptr (OscReportsPage) self = open->page;
  g_autoptr (GFile) file = open->file;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = g_file_get_uri (file);
  gboolean done = osc_report_file_fetch_finish (result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_free (open);
  if (root == NULL)
    return;
  gtk_widget_set_sensitive (self->open, TRUE);
  if (done)
    gtk_show_uri (GTK_WINDOW (root), uri, GDK_CURRENT_TIME);
  else
    osc_toasts_say (GTK_WIDGET (self), error->domain == G_IO_ERROR
                                           ? _ ("The report could not be written on this computer")
                                           : _ ("The report can't be made just now. Try again"));
}

static void
open_report (OscReportsPage *self, const char *kind, const char *day)
{
  g_autofree char *folder =
      g_build_filename (g_get_user_cache_dir (), "ordersync", "reports", NULL);
  g_autofree char *name = g_strdup_printf ("ordersync-%s-%s.pdf", day,
                                           g_str_equal (kind, "WEEKLY") ? "weekly" : "daily");
  g_autofree char *path = osc_report_file_path (kind, day, NULL);

  g_signal_emit (self, wanted, 0, path);
  if (self->client == NULL)
    return;
  g_mkdir_with_parents (folder, 0700);
  gtk_widget_set_sensitive (self->open, FALSE);
  Open *open = g_new0 (Open, 1);
  *open = (Open){g_object_ref (self), g_file_new_build_filename (folder, name, NULL)};
  osc_report_file_fetch_async (self->client, path, open->file, fetched_cb, open);
}

static void
on_open (OscReportsPage *self)
{
  g_autofree char *day = yesterday (self);

  if (day != NULL)
    open_report (self, "DAILY", day);
}

/* @button: its id is "KIND DAY". */
static void
on_open_made (OscReportsPage *self, GtkWidget *button)
{
  g_auto (GStrv) words = g_strsplit (osc_people_row_id (button), " ", 2);

  open_report (self, words[0], words[1]);
}

/* ---- making ---- */

static void
made_cb (gpointer owner, JsonObject *answer, const GError *error)
{
  osc_toasts_say (GTK_WIDGET (owner), error == NULL ? _ ("The report is on its way")
                                      : osy_error_is (error, OSY_ERROR_CONFLICT)
                                          ? _ ("These days are not over yet")
                                          : osc_trade_failure (error));
}

static void
make_report (OscReportsPage *self, const char *kind, const char *day)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);

  json_object_set_string_member (object, "kind", kind);
  json_object_set_string_member (object, "day", day);
  /* Below the list, which is then read again. */
  osc_document_send (
      self->documents[OSC_REPORTS_LIST],
      &(OscDocumentAct){
          .method = "POST", .path = "", .body = body, .done = made_cb, .owner = G_OBJECT (self)});
}

static void
on_make (OscReportsPage *self)
{
  g_autofree char *day = yesterday (self);

  if (day != NULL)
    make_report (self, "DAILY", day);
}

static void
on_make_again (OscReportsPage *self, GtkWidget *button)
{
  g_auto (GStrv) words = g_strsplit (osc_people_row_id (button), " ", 2);

  make_report (self, words[0], words[1]);
}

/* ---- when and where to ---- */

static void
show_plan (OscReportsPage *self, JsonObject *setup, gsize i)
{
  JsonObject *plan = json_object_get_object_member (setup, plans[i].name);
  const char *at = osy_rest_text (plan, "at", "");
  gint64 weekday = json_object_get_int_member_with_default (plan, "weekday", 0);
  g_autofree char *about = weekday == 0
                               /* Translators: %s is a time of the clock */
                               ? g_strdup_printf (_ ("Each day at %s, of the day before"), at)
                               /* Translators: %1$s is a weekday, %2$s a time of the clock */
                               : g_strdup_printf (_ ("%1$s at %2$s, of the week before"),
                                                  osc_report_sheet_weekday ((int)weekday), at);
  GtkWidget *row = osc_people_row_add (self->plans, _ (plans[i].title), about);
  GtkWidget *toggle = gtk_switch_new ();

  osc_people_row_button (row, _ ("Change…"), G_CALLBACK (on_change_plan), self, plans[i].name);
  gtk_switch_set_active (GTK_SWITCH (toggle),
                         json_object_get_boolean_member_with_default (plan, "on", FALSE));
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  osc_widget_set_name (toggle, _ (plans[i].title));
  g_object_set_data (G_OBJECT (toggle), PLAN, (gpointer)plans[i].name);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (on_toggle), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
}

static void
show_places (OscReportsPage *self, JsonObject *setup)
{
  const char *folder = osy_rest_text (setup, "folder", NULL);
  g_autofree char *people = osc_report_sheet_join (array_of (setup, "addresses"), ", ");
  gboolean sender = osy_rest_text (setup, "sender", NULL) != NULL;
  GtkWidget *row = osc_people_row_add (
      self->places, _ ("Folder"), folder != NULL ? folder : _ ("None on the shop's computer yet"));

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  if (folder != NULL)
    osc_people_row_button (row, _ ("Forget"), G_CALLBACK (on_forget_folder), self, NULL);
  osc_people_row_button (row, _ ("Choose…"), G_CALLBACK (on_choose_folder), self, NULL);
  row = osc_people_row_add (self->places, _ ("E-mail"),
                            !sender ? _ ("First tell somebody by e-mail under “Sending alerts”")
                            : *people != '\0' ? people
                                              : _ ("Nobody yet"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  if (!sender && *people != '\0')
    osc_people_row_tag (row, _ ("Can't be sent"), "amber");
  if (sender || *people != '\0')
    osc_people_row_button (row, _ ("Change…"), G_CALLBACK (on_change_addresses), self, NULL);
}

static void
again_setup (OscReportsPage *self)
{
  osc_document_load (self->documents[OSC_REPORTS_SETUP]);
}

static void
show_setup (OscReportsPage *self)
{
  JsonObject *setup = setup_of (self);

  self->showing = TRUE;
  osc_people_row_clear (self->plans);
  osc_people_row_clear (self->places);
  if (setup == NULL && osc_document_failed (self->documents[OSC_REPORTS_SETUP]))
    osc_people_row_trouble (self->plans, G_CALLBACK (again_setup), self);
  for (gsize i = 0; setup != NULL && i < G_N_ELEMENTS (plans); i++)
    show_plan (self, setup, i);
  if (setup != NULL) {
    show_places (self, setup);
    osc_choice_set (self->language, osy_rest_text (setup, "language", "ko"));
  }
  gtk_widget_set_sensitive (GTK_WIDGET (self->language), setup != NULL);
  gtk_widget_set_sensitive (self->make,
                            setup != NULL && (osy_rest_text (setup, "folder", NULL) != NULL ||
                                              length_of (setup, "addresses") > 0));
  self->showing = FALSE;
}

/* ---- how it went ---- */

static gint64
time_of (JsonObject *object, const char *name)
{
  const char *text = osy_rest_text (object, name, NULL);
  gint64 at = 0;

  return text != NULL && osy_clock_parse (text, &at) ? at : 0;
}

/* (transfer full): "Folder: tried again 12:31 (there is no such folder)" */
static char *
way_words (JsonObject *way)
{
  const char *status = osy_rest_text (way, "status", "");
  const char *place =
      g_str_equal (osy_rest_text (way, "target", ""), "EMAIL") ? _ ("E-mail") : _ ("Folder");
  const char *problem = osc_report_sheet_problem (osy_rest_text (way, "problem", NULL));

  if (g_str_equal (status, "SENT")) {
    g_autofree char *when = osc_people_row_when (time_of (way, "sent_at"));
    return g_strdup_printf ("%s: %s", place, when);
  }
  if (g_str_equal (status, "RETRY")) {
    g_autofree char *when = osc_people_row_when (time_of (way, "next_at"));
    /* Translators: %1$s is where to, %2$s why it failed, %3$s when it is tried again */
    return g_strdup_printf (_ ("%1$s: %2$s. Tried again at %3$s"), place, problem, when);
  }
  return g_strdup_printf ("%s: %s", place,
                          g_str_equal (status, "DEAD") ? problem : _ ("on its way"));
}

static void
show_report (OscReportsPage *self, JsonObject *report)
{
  const char *kind = osy_rest_text (report, "kind", "");
  const char *day = osy_rest_text (report, "day", "");
  JsonArray *ways = array_of (report, "deliveries");
  gboolean missed = osy_rest_text (report, "made_at", NULL) == NULL;
  g_autoptr (GString) about = g_string_new (NULL);
  g_autofree char *id = g_strdup_printf ("%s %s", kind, day);
  g_autofree char *title =
      g_strdup_printf ("%s · %s", day, _ (plans[g_str_equal (kind, "WEEKLY")].title));
  guint dead = 0, sent = 0, n = length_of (report, "deliveries");

  for (guint i = 0; i < n; i++) {
    JsonObject *way = json_array_get_object_element (ways, i);
    g_autofree char *words = way_words (way);
    dead += g_str_equal (osy_rest_text (way, "status", ""), "DEAD");
    sent += g_str_equal (osy_rest_text (way, "status", ""), "SENT");
    g_string_append_printf (about, "%s%s", i > 0 ? "\n" : "", words);
  }
  if (missed)
    g_string_append (about, _ ("The computer was off at its hour"));
  GtkWidget *row = osc_people_row_add (self->made, title, about->len > 0 ? about->str : NULL);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (missed)
    osc_people_row_tag (row, _ ("Missed"), "amber");
  else if (dead > 0)
    osc_people_row_tag (row, _ ("Not sent"), "amber");
  else if (n > 0 && sent == n)
    osc_people_row_tag (row, _ ("Arrived"), "green");
  if (missed || dead > 0)
    osc_people_row_button (row, missed ? _ ("Make it") : _ ("Send again"),
                           G_CALLBACK (on_make_again), self, id);
  osc_people_row_button (row, _ ("Open"), G_CALLBACK (on_open_made), self, id);
}

static void
look (OscReportsPage *self)
{
  osc_document_load (self->documents[OSC_REPORTS_LIST]);
}

static void
show_list (OscReportsPage *self)
{
  OscDocument *document = self->documents[OSC_REPORTS_LIST];
  JsonArray *array = array_of (osc_document_get (document), "reports");

  osc_people_row_clear (self->made);
  if (array == NULL && osc_document_failed (document))
    osc_people_row_trouble (self->made, G_CALLBACK (look), self);
  for (guint i = 0; array != NULL && i < MIN (json_array_get_length (array), MOST_SHOWN); i++)
    show_report (self, json_array_get_object_element (array, i));
  if (array != NULL && json_array_get_length (array) == 0)
    osc_people_row_add (self->made, _ ("None yet"),
                        _ ("What is made stands here, with whether it arrived"));
}

/* ---- while it is on screen ---- */

static gboolean
is_under_way (OscReportsPage *self)
{
  JsonArray *array = array_of (osc_document_get (self->documents[OSC_REPORTS_LIST]), "reports");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonArray *ways = array_of (json_array_get_object_element (array, i), "deliveries");
    for (guint k = 0; ways != NULL && k < json_array_get_length (ways); k++) {
      const char *status = osy_rest_text (json_array_get_object_element (ways, k), "status", "");
      if (g_str_equal (status, "WAITING") || g_str_equal (status, "RETRY"))
        return TRUE;
    }
  }
  return FALSE;
}

static gboolean
tick_cb (gpointer user_data)
{
  OscReportsPage *self = user_data;

  if (is_under_way (self))
    look (self);
  return G_SOURCE_CONTINUE;
}

static void
osc_reports_page_map (GtkWidget *widget)
{
  OscReportsPage *self = OSC_REPORTS_PAGE (widget);

  GTK_WIDGET_CLASS (osc_reports_page_parent_class)->map (widget);
  for (int i = 0; i < OSC_N_REPORTS_PARTS; i++)
    osc_document_load (self->documents[i]);
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (AGAIN_SECONDS, tick_cb, self);
}

static void
osc_reports_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&OSC_REPORTS_PAGE (widget)->timer, g_source_remove);
  GTK_WIDGET_CLASS (osc_reports_page_parent_class)->unmap (widget);
}

/* ---- life ---- */

OscDocument *
osc_reports_page_document (OscReportsPage *self, OscReportsPart part)
{
  g_return_val_if_fail (OSC_IS_REPORTS_PAGE (self) && part < OSC_N_REPORTS_PARTS, NULL);
  return self->documents[part];
}

static void
osc_reports_page_dispose (GObject *object)
{
  OscReportsPage *self = OSC_REPORTS_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->chooser);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_REPORTS_PAGE);
  for (int i = 0; i < OSC_N_REPORTS_PARTS; i++)
    g_clear_object (&self->documents[i]);
  g_clear_object (&self->client);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (osc_reports_page_parent_class)->dispose (object);
}

static void
osc_reports_page_class_init (OscReportsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_reports_page_dispose;
  widget_class->map = osc_reports_page_map;
  widget_class->unmap = osc_reports_page_unmap;
  g_type_ensure (OSC_TYPE_CHOICE);
  wanted = g_signal_new ("wanted", OSC_TYPE_REPORTS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                         G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/reports/osc-reports-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscReportsPage, plans);
  gtk_widget_class_bind_template_child (widget_class, OscReportsPage, places);
  gtk_widget_class_bind_template_child (widget_class, OscReportsPage, language);
  gtk_widget_class_bind_template_child (widget_class, OscReportsPage, open);
  gtk_widget_class_bind_template_child (widget_class, OscReportsPage, make);
  gtk_widget_class_bind_template_child (widget_class, OscReportsPage, made);
  gtk_widget_class_bind_template_callback (widget_class, on_language);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_make);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_reports_page_init (OscReportsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  osc_choice_add (self->language, "ko", "한국어");
  osc_choice_add (self->language, "en", "English");
}

GtkWidget *
osc_reports_page_new (const OscContext *context)
{
  OscReportsPage *self = g_object_new (OSC_TYPE_REPORTS_PAGE, NULL);

  self->documents[OSC_REPORTS_SETUP] = osc_document_new (context->client, "report-setup");
  self->documents[OSC_REPORTS_LIST] = osc_document_new (context->client, "reports");
  g_set_object (&self->client, context->client);
  g_set_object (&self->shop, context->shop);
  g_signal_connect_object (self->documents[OSC_REPORTS_SETUP], "changed", G_CALLBACK (show_setup),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->documents[OSC_REPORTS_LIST], "changed", G_CALLBACK (show_list),
                           self, G_CONNECT_SWAPPED);
  show_setup (self);
  show_list (self);
  return GTK_WIDGET (self);
}
