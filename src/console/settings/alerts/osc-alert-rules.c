/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Which alerts are told, and when nobody is woken. Only what was changed is written, so that two
 * people may change different things. */

#include "osc-alert-rules.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-alert-words.h"
#include "osc-choice.h"
#include "osc-people-row.h"
#include "osc-sheet.h"
#include "osc-trade-put.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-json.h"
#include "osy-money.h"
#include "osy-rest.h"

#define FORM "osc-alert-rule"
#define MOST_LIMITS 2
#define MOST_WAYS 8

struct _OscAlertRules {
  GtkWidget parent_instance;
  GtkListBox *kinds;
  GtkListBox *quiet;
  OscChoice *language;
  OscDocument *setup; /* nullable */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (OscAlertRules, osc_alert_rules, GTK_TYPE_WIDGET)

static const char *const kinds[] = {"OUTAGE",      "THREAT",  "UNANSWERED",
                                    "LATE_ORDERS", "PRINTER", "REFUNDS"};

static const struct {
  const char *kind;
  const char *name;
  const char *label; /* msgid */
  gint64 min;
  gint64 max;
} limits[] = {
    {"LATE_ORDERS", "late_orders", N_ ("Late orders at once"), 1, 100},
    {"LATE_ORDERS", "late_minutes", N_ ("Minutes beyond their time"), 1, 240},
    {"REFUNDS", "refund_amount", N_ ("Won given back in a day"), 1000, 100000000},
    {"REFUNDS", "refund_count", N_ ("Or so many refunds in a day"), 1, 1000},
    {"PRINTER", "printer_minutes", N_ ("Minutes that it doesn't print"), 0, 240},
};

/* ---- what is set ---- */

static JsonObject *
part (OscAlertRules *self, const char *name)
{
  JsonObject *setup = self->setup != NULL ? osc_document_get (self->setup) : NULL;
  JsonNode *node = setup != NULL ? json_object_get_member (setup, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonObject *
rule_of (OscAlertRules *self, const char *kind)
{
  JsonObject *rules = part (self, "rules");
  JsonNode *node = rules != NULL ? json_object_get_member (rules, kind) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
goes_by (JsonObject *rule, const char *channel)
{
  JsonArray *array = json_object_get_array_member (rule, "channels");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (g_strcmp0 (json_array_get_string_element (array, i), channel) == 0)
      return TRUE;
  return FALSE;
}

static gint64
limit_of (OscAlertRules *self, const char *name)
{
  JsonObject *object = part (self, "limits");

  return object != NULL ? osy_rest_int (object, name, 0) : 0;
}

/* The names of all ways, the screens first. Returns: how many. */
static gsize
ways (const char *names[MOST_WAYS])
{
  gsize n = 0;
  const OscAlertChannelWords *words = osc_alert_words_channels (&n);

  names[0] = "SCREEN";
  for (gsize i = 0; i < n && i + 1 < MOST_WAYS; i++)
    names[i + 1] = words[i].channel;
  return MIN (n + 1, MOST_WAYS);
}

/* (transfer full): { @name: { @member: @value } }; @value: (transfer full). */
static JsonObject *
wrap (const char *name, const char *member, JsonObject *value)
{
  JsonObject *outer = json_object_new ();
  JsonObject *inner = json_object_new ();

  json_object_set_object_member (inner, member, value);
  json_object_set_object_member (outer, name, inner);
  return outer;
}

/* (transfer full): of the object @of those members that @change names. */
static JsonObject *
before (JsonObject *of, JsonObject *change)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (change);

  for (GList *i = names; i != NULL; i = i->next)
    if (json_object_has_member (of, i->data))
      json_object_set_member (object, i->data,
                              json_node_copy (json_object_get_member (of, i->data)));
  return object;
}

/* ---- a switch ---- */

static void show (OscAlertRules *self);

static void
on_switch (OscAlertRules *self, GParamSpec *pspec, GtkSwitch *toggle)
{
  const char *kind = g_object_get_data (G_OBJECT (toggle), FORM);
  JsonObject *rule = rule_of (self, kind);
  const char *names[MOST_WAYS];
  gsize n = gtk_switch_get_active (toggle) ? ways (names) : 0;

  if (self->showing || rule == NULL)
    return;
  JsonObject *change = json_object_new ();
  JsonArray *channels = json_array_new ();
  for (gsize i = 0; i < n; i++)
    json_array_add_string_element (channels, names[i]);
  json_object_set_array_member (change, "channels", channels);
  JsonObject *back = before (rule, change);
  const OscTradePut how = {.document = self->setup,
                           .from = GTK_WIDGET (self),
                           .sentence =
                               n > 0 ? _ ("It is told from now on") : _ ("It is told no more")};
  osc_trade_put (&how, wrap ("rules", kind, change), wrap ("rules", kind, back));
}

/* ---- the dialog of a kind ---- */

typedef struct {
  OscAlertRules *rules;
  const char *kind;
  const char *names[MOST_WAYS];
  GtkWidget *ways[MOST_WAYS];
  gsize n;
  GtkWidget *pierces;
  OscField *limits[G_N_ELEMENTS (limits)]; /* NULL where it is another kind's */
} Rule;

static JsonObject *
read_rule (const Rule *form)
{
  JsonObject *rule = json_object_new ();
  JsonArray *channels = json_array_new ();

  for (gsize i = 0; i < form->n; i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (form->ways[i])))
      json_array_add_string_element (channels, form->names[i]);
  json_object_set_array_member (rule, "channels", channels);
  json_object_set_boolean_member (rule, "pierces",
                                  gtk_check_button_get_active (GTK_CHECK_BUTTON (form->pierces)));
  return rule;
}

/* (transfer full) (nullable): NULL: one of them is wrong, and says so. */
static JsonObject *
read_limits (const Rule *form)
{
  g_autoptr (JsonObject) object = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++) {
    if (form->limits[i] == NULL)
      continue;
    gint64 number = osc_trade_number (form->limits[i], limits[i].max);
    if (number < 0)
      return NULL;
    if (number < limits[i].min) {
      g_autofree char *least = osy_money_format (limits[i].min);
      g_autofree char *most = osy_money_format (limits[i].max);
      /* Translators: two numbers */
      g_autofree char *text = g_strdup_printf (_ ("From %1$s to %2$s"), least, most);
      osc_field_set_error (form->limits[i], text);
      return NULL;
    }
    json_object_set_int_member (object, limits[i].name, number);
  }
  return g_steal_pointer (&object);
}

static void
on_rule (OscSheet *sheet)
{
  const Rule *form = g_object_get_data (G_OBJECT (sheet), FORM);
  OscAlertRules *self = form->rules;
  JsonObject *rule = rule_of (self, form->kind);
  JsonObject *now = part (self, "limits");
  JsonObject *numbers = read_limits (form);

  if (numbers == NULL || rule == NULL || now == NULL) {
    g_clear_pointer (&numbers, json_object_unref);
    return;
  }
  JsonObject *change = read_rule (form);
  JsonObject *body = wrap ("rules", form->kind, change);
  JsonObject *back = wrap ("rules", form->kind, before (rule, change));
  json_object_set_object_member (back, "limits", before (now, numbers));
  json_object_set_object_member (body, "limits", numbers);
  const OscTradePut how = {.document = self->setup,
                           .from = GTK_WIDGET (self),
                           .sentence = _ ("Changed what is told"),
                           .sheet = sheet};
  osc_trade_put (&how, body, back);
}

static GtkWidget *
add_check (OscSheet *sheet, const char *text, gboolean active)
{
  GtkWidget *check = gtk_check_button_new_with_label (text);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  osc_sheet_add (sheet, check);
  return check;
}

void
osc_alert_rules_open (OscAlertRules *self, const char *kind)
{
  g_return_if_fail (OSC_IS_ALERT_RULES (self) && kind != NULL);
  JsonObject *rule = rule_of (self, kind);

  if (rule == NULL)
    return;
  OscSheet *sheet = osc_sheet_new (GTK_WIDGET (self));
  Rule *form = g_new0 (Rule, 1);
  form->rules = self;
  form->kind = g_intern_string (kind);
  osc_sheet_ask (sheet, osc_alert_words_kind (kind), osc_alert_words_kind_about (kind),
                 _ ("Change it"));
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    if (g_str_equal (limits[i].kind, kind)) {
      g_autofree char *text =
          g_strdup_printf ("%" G_GINT64_FORMAT, limit_of (self, limits[i].name));
      form->limits[i] = osc_sheet_add_field (sheet, _ (limits[i].label), NULL, FALSE);
      osc_field_set_text (form->limits[i], text);
    }
  osc_sheet_add (sheet, osc_widget_new_text (_ ("Told by"), "field-name"));
  form->n = ways (form->names);
  for (gsize i = 0; i < form->n; i++)
    form->ways[i] =
        add_check (sheet, osc_alert_words_channel (form->names[i]), goes_by (rule, form->names[i]));
  form->pierces = add_check (sheet, _ ("Also in quiet hours"),
                             json_object_get_boolean_member_with_default (rule, "pierces", FALSE));
  g_object_set_data_full (G_OBJECT (sheet), FORM, form, g_free);
  g_signal_connect (sheet, "primary", G_CALLBACK (on_rule), NULL);
}

static void
on_open (OscAlertRules *self, GtkWidget *button)
{
  osc_alert_rules_open (self, osc_people_row_id (button));
}

/* ---- quiet hours ---- */

typedef struct {
  OscAlertRules *rules;
  OscField *from;
  OscField *until;
  GtkWidget *drop;
} Quiet;

/* (transfer full) (nullable): "HH:MM" of "22", "22:00", "9:30"; NULL: it is none. */
static char *
read_clock (OscField *field)
{
  g_autofree char *text = g_strstrip (g_strdup (osc_field_text (field)));
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  gint64 hour = 0;
  gint64 minute = 0;

  if (parts[0] != NULL && g_ascii_string_to_signed (parts[0], 10, 0, 23, &hour, NULL) &&
      (parts[1] == NULL || g_ascii_string_to_signed (parts[1], 10, 0, 59, &minute, NULL)))
    return g_strdup_printf ("%02d:%02d", (int)hour, (int)minute);
  osc_field_set_error (field, _ ("A time such as 22:00"));
  return NULL;
}

/* (transfer full): what takes the change back. */
static JsonObject *
quiet_before (OscAlertRules *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_member (
      object, "quiet",
      json_node_copy (json_object_get_member (osc_document_get (self->setup), "quiet")));
  return object;
}

static void
on_quiet (OscSheet *sheet)
{
  const Quiet *form = g_object_get_data (G_OBJECT (sheet), FORM);
  OscAlertRules *self = form->rules;
  JsonObject *body;
  gboolean none = *osc_field_text (form->from) == '\0' && *osc_field_text (form->until) == '\0';
  g_autofree char *from = none ? NULL : read_clock (form->from);
  g_autofree char *until = none || from == NULL ? NULL : read_clock (form->until);

  if (!none && (from == NULL || until == NULL))
    return;
  if (!none && g_str_equal (from, until)) {
    osc_field_set_error (form->until, _ ("They end at another time"));
    return;
  }
  body = json_object_new ();
  if (none) {
    json_object_set_null_member (body, "quiet");
  } else {
    JsonObject *quiet = json_object_new ();
    gboolean drop = gtk_check_button_get_active (GTK_CHECK_BUTTON (form->drop));
    json_object_set_string_member (quiet, "from", from);
    json_object_set_string_member (quiet, "until", until);
    json_object_set_string_member (quiet, "then", drop ? "DROP" : "DIGEST");
    json_object_set_object_member (body, "quiet", quiet);
  }
  const OscTradePut how = {.document = self->setup,
                           .from = GTK_WIDGET (self),
                           .sentence = _ ("Changed the quiet hours"),
                           .sheet = sheet};
  osc_trade_put (&how, body, quiet_before (self));
}

static void
on_change_quiet (OscAlertRules *self)
{
  JsonObject *quiet = part (self, "quiet");
  OscSheet *sheet = osc_sheet_new (GTK_WIDGET (self));
  Quiet *form = g_new0 (Quiet, 1);

  osc_sheet_ask (sheet, _ ("Quiet hours"),
                 _ ("Nothing is sent then but what may go all the same, and tests. Screens show "
                    "everything. Without times there are none"),
                 _ ("Change it"));
  *form = (Quiet){.rules = self,
                  .from = osc_sheet_add_field (sheet, _ ("From"), _ ("22:00"), FALSE),
                  .until = osc_sheet_add_field (sheet, _ ("Until"), _ ("08:00"), FALSE)};
  form->drop = add_check (sheet, _ ("What came then is not sent afterwards"),
                          quiet != NULL && g_str_equal (osy_rest_text (quiet, "then", ""), "DROP"));
  if (quiet != NULL) {
    osc_field_set_text (form->from, osy_rest_text (quiet, "from", ""));
    osc_field_set_text (form->until, osy_rest_text (quiet, "until", ""));
  }
  g_object_set_data_full (G_OBJECT (sheet), FORM, form, g_free);
  g_signal_connect (sheet, "primary", G_CALLBACK (on_quiet), NULL);
}

static void
show_quiet (OscAlertRules *self)
{
  JsonObject *quiet = part (self, "quiet");
  gboolean drop = quiet != NULL && g_str_equal (osy_rest_text (quiet, "then", ""), "DROP");
  g_autofree char *about =
      quiet == NULL ? g_strdup (_ ("None: everything is sent at once"))
                    : g_strdup_printf ("%s – %s · %s", osy_rest_text (quiet, "from", ""),
                                       osy_rest_text (quiet, "until", ""),
                                       drop ? _ ("what came then is not sent afterwards")
                                            : _ ("what came then is sent as one afterwards"));
  GtkWidget *row = osc_people_row_add (self->quiet, _ ("Quiet hours"), about);

  osc_people_row_button (row, _ ("Change…"), G_CALLBACK (on_change_quiet), self, NULL);
}

/* ---- so many messages ---- */

#define MOST_MESSAGES 1000

static void
on_bound (OscSheet *sheet)
{
  const Quiet *form = g_object_get_data (G_OBJECT (sheet), FORM);
  OscAlertRules *self = form->rules;
  JsonObject *now = part (self, "limits");
  gint64 number = osc_trade_number (form->from, MOST_MESSAGES);

  if (number < 0 || now == NULL)
    return;
  if (number < 1) {
    osc_field_set_error (form->from, _ ("One at least"));
    return;
  }
  JsonObject *change = json_object_new ();
  JsonObject *body = json_object_new ();
  JsonObject *back = json_object_new ();
  json_object_set_int_member (change, "messages_per_hour", number);
  json_object_set_object_member (back, "limits", before (now, change));
  json_object_set_object_member (body, "limits", change);
  const OscTradePut how = {.document = self->setup,
                           .from = GTK_WIDGET (self),
                           .sentence = _ ("Changed how many messages are sent"),
                           .sheet = sheet};
  osc_trade_put (&how, body, back);
}

static void
on_change_bound (OscAlertRules *self)
{
  OscSheet *sheet = osc_sheet_new (GTK_WIDGET (self));
  Quiet *form = g_new0 (Quiet, 1);
  g_autofree char *now =
      g_strdup_printf ("%" G_GINT64_FORMAT, limit_of (self, "messages_per_hour"));

  osc_sheet_ask (sheet, _ ("Messages within an hour"),
                 _ ("What is more goes as one message afterwards. Outages, attacks and orders that "
                    "nobody takes are always sent at once"),
                 _ ("Change it"));
  *form =
      (Quiet){.rules = self,
              .from = osc_sheet_add_field (sheet, _ ("At most, for each recipient"), NULL, FALSE)};
  osc_field_set_text (form->from, now);
  g_object_set_data_full (G_OBJECT (sheet), FORM, form, g_free);
  g_signal_connect (sheet, "primary", G_CALLBACK (on_bound), NULL);
}

static void
show_bound (OscAlertRules *self)
{
  /* Translators: %d messages */
  g_autofree char *about =
      g_strdup_printf (_ ("At most %d for each recipient; what is more goes as one afterwards"),
                       (int)limit_of (self, "messages_per_hour"));
  GtkWidget *row = osc_people_row_add (self->quiet, _ ("Messages within an hour"), about);

  osc_people_row_button (row, _ ("Change…"), G_CALLBACK (on_change_bound), self, NULL);
}

static void
on_language (OscAlertRules *self, const char *value)
{
  JsonObject *setup = self->setup != NULL ? osc_document_get (self->setup) : NULL;
  JsonObject *body;

  if (setup == NULL || g_str_equal (value, osy_rest_text (setup, "language", "")))
    return;
  body = json_object_new ();
  json_object_set_string_member (body, "language", value);
  const OscTradePut how = {.document = self->setup,
                           .from = GTK_WIDGET (self),
                           .sentence = _ ("Changed the language of alerts")};
  osc_trade_put (&how, body, before (setup, body));
}

/* ---- the list ---- */

/* (transfer full): from when on it is told. */
static char *
when (OscAlertRules *self, const char *kind)
{
  g_autofree char *amount = osc_words_money (limit_of (self, "refund_amount"));

  if (g_str_equal (kind, "LATE_ORDERS"))
    /* Translators: %1$d orders, %2$d minutes */
    return g_strdup_printf (_ ("%1$d orders at once, %2$d min beyond their time"),
                            (int)limit_of (self, "late_orders"),
                            (int)limit_of (self, "late_minutes"));
  if (g_str_equal (kind, "REFUNDS"))
    /* Translators: %1$s money, %2$d refunds */
    return g_strdup_printf (_ ("%1$s or %2$d refunds in a day, and three times the usual"), amount,
                            (int)limit_of (self, "refund_count"));
  if (g_str_equal (kind, "PRINTER"))
    return g_strdup_printf (_ ("One doesn't print for %d min"),
                            (int)limit_of (self, "printer_minutes"));
  return g_strdup (osc_alert_words_kind_about (kind));
}

/* (transfer full): "Screens · Slack · also in quiet hours" */
static char *
by (JsonObject *rule)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *array = json_object_get_array_member (rule, "channels");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " · " : "",
                            osc_alert_words_channel (json_array_get_string_element (array, i)));
  if (text->len == 0)
    return g_strdup (_ ("Nobody is told"));
  if (json_object_get_boolean_member_with_default (rule, "pierces", FALSE))
    g_string_append_printf (text, " · %s", _ ("also in quiet hours"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_kind (OscAlertRules *self, const char *kind)
{
  JsonObject *rule = rule_of (self, kind);

  if (rule == NULL)
    return;
  JsonArray *array = json_object_get_array_member (rule, "channels");
  g_autofree char *from = when (self, kind);
  g_autofree char *told = by (rule);
  g_autofree char *about = g_strdup_printf ("%s\n%s", from, told);
  GtkWidget *row = osc_people_row_add (self->kinds, osc_alert_words_kind (kind), about);
  GtkWidget *toggle = gtk_switch_new ();

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_switch_set_active (GTK_SWITCH (toggle), array != NULL && json_array_get_length (array) > 0);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  osc_widget_set_name (toggle, osc_alert_words_kind (kind));
  g_object_set_data (G_OBJECT (toggle), FORM, (gpointer)kind);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (on_switch), self,
                           G_CONNECT_SWAPPED);
  osc_people_row_button (row, _ ("Change…"), G_CALLBACK (on_open), self, kind);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
}

static void
again (OscAlertRules *self)
{
  osc_document_load (self->setup);
}

static void
show (OscAlertRules *self)
{
  JsonObject *setup = osc_document_get (self->setup);

  self->showing = TRUE;
  osc_people_row_clear (self->kinds);
  osc_people_row_clear (self->quiet);
  if (setup == NULL && osc_document_failed (self->setup))
    osc_people_row_trouble (self->kinds, G_CALLBACK (again), self);
  for (gsize i = 0; setup != NULL && i < G_N_ELEMENTS (kinds); i++)
    show_kind (self, kinds[i]);
  if (setup != NULL) {
    show_quiet (self);
    show_bound (self);
    osc_choice_set (self->language, osy_rest_text (setup, "language", "ko"));
  }
  gtk_widget_set_sensitive (GTK_WIDGET (self->language), setup != NULL);
  self->showing = FALSE;
}

/* ---- life ---- */

void
osc_alert_rules_follow (OscAlertRules *self, OscDocument *setup)
{
  g_return_if_fail (OSC_IS_ALERT_RULES (self) && OSC_IS_DOCUMENT (setup));
  g_set_object (&self->setup, setup);
  g_signal_connect_object (setup, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

static void
osc_alert_rules_dispose (GObject *object)
{
  OscAlertRules *self = OSC_ALERT_RULES (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_ALERT_RULES);
  g_clear_object (&self->setup);
  G_OBJECT_CLASS (osc_alert_rules_parent_class)->dispose (object);
}

static void
osc_alert_rules_class_init (OscAlertRulesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_alert_rules_dispose;
  g_type_ensure (OSC_TYPE_CHOICE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/alerts/osc-alert-rules.ui");
  gtk_widget_class_bind_template_child (widget_class, OscAlertRules, kinds);
  gtk_widget_class_bind_template_child (widget_class, OscAlertRules, quiet);
  gtk_widget_class_bind_template_child (widget_class, OscAlertRules, language);
  gtk_widget_class_bind_template_callback (widget_class, on_language);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_alert_rules_init (OscAlertRules *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  osc_choice_add (self->language, "ko", "한국어");
  osc_choice_add (self->language, "en", "English");
}
