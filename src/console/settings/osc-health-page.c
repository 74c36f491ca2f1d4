/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* How the house is. A part that needs a look says in the same breath what is safe and what to do.
 */

#include "osc-health-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "config.h"

#include "osc-record-words.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osy-clock.h"
#include "osy-rest.h"

#define PATH "/api/v1/restaurants/me/health"
#define AGAIN_SECONDS 5

struct _OscHealthPage {
  GtkWidget parent_instance;
  GtkWidget *state;
  GtkWidget *parts;
  GtkWidget *about;
  OsyClient *client;  /* (nullable): in tests */
  JsonNode *report;   /* (nullable): the last */
  gint64 answered_us; /* how long the last answer took; -1: none came */
  gint64 asked_at;    /* monotonic */
  gboolean asking;
  guint timer;
};

G_DEFINE_FINAL_TYPE (OscHealthPage, osc_health_page, GTK_TYPE_WIDGET)

/* ---- words ---- */

static const struct {
  const char *part;
  const char *name;    /* msgid */
  const char *nothing; /* (nullable) msgid: none waits */
  const char *advice;  /* (nullable) msgid: of BAD */
} words[] = {
    {"DATABASE", N_ ("Database"), NULL,
     N_ ("What was confirmed is safe, but nothing new can be taken until it answers again. It is "
         "asked without pause; start the server anew if it stays away.")},
    {"DISK", N_ ("Disk"), NULL,
     N_ ("Make room on the disk of the server. When it is full no order can be taken; what is "
         "there "
         "stays safe.")},
    {"EVENTS", N_ ("Work behind the scenes"), N_ ("Nothing waits"),
     N_ ("It has fallen behind. No order is lost; screens may be late. Start the server anew if it "
         "does not get less.")},
    {"PRINTING", N_ ("Printers"), N_ ("Nothing waits"),
     N_ ("Look at “Printers and drawer”: what was not printed can be printed from there.")},
    {"PAYMENTS", N_ ("Payment service"), N_ ("Nothing is open"),
     N_ ("It does not answer. Take cash or the card terminal meanwhile; what is open is asked "
         "about "
         "until it is known, and nobody pays twice.")},
    {"ORDERS", N_ ("Orders that need a person"), N_ ("None"),
     N_ ("Open “Needs attention” and follow what it says.")},
    {"ALERTS", N_ ("Alerts"), N_ ("Nothing waits"),
     N_ ("Check the addresses of the alerts. In the console they are all shown.")},
    {"REPORTS", N_ ("Reports"), N_ ("Nothing waits"),
     N_ ("Look at “Reports”: the folder or the mail account may be gone. What was not delivered "
         "can "
         "be made again there.")},
    {"NETWORK", N_ ("Other devices"), NULL,
     N_ ("They cannot connect. The counter goes on; start the server anew.")},
};

static const char *
text_of (JsonObject *object, const char *name)
{
  return osy_rest_text (object, name, "");
}

static gboolean
is_bad (JsonObject *part)
{
  return g_str_equal (text_of (part, "state"), "BAD");
}

static char *
queue_words (JsonObject *part, gsize i)
{
  int waiting = (int)osy_rest_int (part, "waiting", 0);
  int failed = (int)osy_rest_int (part, "failed", 0);
  gboolean slips = g_str_equal (words[i].part, "PRINTING");
  g_autofree char *wait = g_str_equal (words[i].part, "PAYMENTS")
                              ? g_strdup_printf (_ ("Open: %d"), waiting)
                              : g_strdup_printf (_ ("Waiting: %d"), waiting);
  g_autofree char *fail =
      slips ? g_strdup_printf (_ ("Not printed: %d"), failed)
            : g_strdup_printf (_ ("Not delivered in the last 24 hours: %d"), failed);

  if (failed > 0 && waiting > 0)
    return g_strconcat (fail, " · ", wait, NULL);
  if (failed == 0 && waiting == 0)
    return g_strdup (_ (words[i].nothing));
  return failed > 0 ? g_steal_pointer (&fail) : g_steal_pointer (&wait);
}

static char *
size_words (JsonObject *part, const char *name)
{
  return g_format_size ((guint64)MAX (osy_rest_int (part, name, 0), 0));
}

static char *
part_words (JsonObject *part, gsize i)
{
  const char *name = words[i].part;

  if (words[i].nothing != NULL)
    return queue_words (part, i);
  if (g_str_equal (name, "NETWORK"))
    return g_strdup (g_str_equal (text_of (part, "state"), "OFF")
                         ? _ ("Switched off: this computer alone")
                     : is_bad (part) ? _ ("Cannot connect")
                                     : _ ("Can connect"));
  if (g_str_equal (name, "DATABASE") && is_bad (part))
    return g_strdup (_ ("It does not answer"));
  g_autofree char *size =
      size_words (part, g_str_equal (name, "DISK") ? "free_bytes" : "size_bytes");
  if (g_str_equal (name, "DISK"))
    /* Translators: how much of the disk is free, "12 GB". */
    return g_strdup_printf (_ ("%s free"), size);
  /* Translators: size of the database, "120 MB"; milliseconds. */
  return g_strdup_printf (_ ("%s, answers in %d ms"), size,
                          (int)(osy_rest_int (part, "answer_us", 0) / 1000));
}

/* ---- the page ---- */

static void
add_part (OscHealthPage *self, const char *title, const char *text, const char *advice, int sign)
{
  static const char *const icons[] = {"osy-check-symbolic", "osy-minus-symbolic",
                                      "osy-warning-symbolic"};
  static const char *const classes[] = {"good", "off", "bad"};
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (icons[sign]);

  gtk_widget_add_css_class (row, "part");
  gtk_widget_add_css_class (row, classes[sign]);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines), osc_widget_new_text (title, "field-name"));
  gtk_box_append (GTK_BOX (lines), osc_widget_new_text (text, sign == 2 ? "fault" : "secondary"));
  if (advice != NULL)
    gtk_box_append (GTK_BOX (lines), osc_widget_new_text (advice, NULL));
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), lines);
  gtk_box_append (GTK_BOX (self->parts), row);
}

static void
add_connection (OscHealthPage *self)
{
  if (self->answered_us < 0) {
    add_part (self, _ ("Server"), _ ("It does not answer"),
              _ ("What was confirmed is safe. Check that the computer with the server is on and "
                 "connected; this screen goes on by itself."),
              2);
    return;
  }
  g_autofree char *text = g_strdup_printf (_ ("Answers in %d ms"), (int)(self->answered_us / 1000));
  add_part (self, _ ("Server"), text, NULL, 0);
}

static guint
add_reported (OscHealthPage *self, JsonArray *parts)
{
  guint bad = 0;

  for (guint i = 0; i < json_array_get_length (parts); i++) {
    JsonObject *part = json_array_get_object_element (parts, i);
    for (gsize k = 0; part != NULL && k < G_N_ELEMENTS (words); k++) {
      if (!g_str_equal (words[k].part, text_of (part, "part")))
        continue;
      g_autofree char *text = part_words (part, k);
      gboolean off = g_str_equal (text_of (part, "state"), "OFF");
      bad += is_bad (part) ? 1 : 0;
      add_part (self, _ (words[k].name), text,
                is_bad (part) && words[k].advice != NULL ? _ (words[k].advice) : NULL,
                is_bad (part) ? 2
                : off         ? 1
                              : 0);
    }
  }
  return bad;
}

static JsonArray *
parts_of (JsonObject *report)
{
  JsonNode *node = report != NULL ? json_object_get_member (report, "parts") : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
report_of (OscHealthPage *self)
{
  return self->report != NULL && JSON_NODE_HOLDS_OBJECT (self->report)
             ? json_node_get_object (self->report)
             : NULL;
}

static void
show_about (OscHealthPage *self, JsonObject *report)
{
  gint64 started = 0;

  if (report == NULL || !osy_clock_parse (text_of (report, "started_at"), &started))
    return;
  g_autofree char *when = osc_record_words_when (started);
  /* Translators: version; when the server was started. */
  g_autofree char *text =
      g_strdup_printf (_ ("Version %s, running since %s"), text_of (report, "version"), when);
  gtk_label_set_label (GTK_LABEL (self->about), text);
}

static void
show (OscHealthPage *self)
{
  JsonObject *report = report_of (self);
  JsonArray *parts = parts_of (report);
  guint bad = self->answered_us < 0 ? 1 : 0;

  osc_widget_drop_children (self->parts);
  add_connection (self);
  if (parts != NULL && self->answered_us >= 0)
    bad += add_reported (self, parts);
  gtk_label_set_label (GTK_LABEL (self->state),
                       bad > 0 ? _ ("Please look at this") : _ ("Everything works"));
  osc_widget_set_class (self->state, "fault", bad > 0);
  show_about (self, report);
}

void
osc_health_page_take (OscHealthPage *self, JsonNode *answer, gint64 us)
{
  g_return_if_fail (OSC_IS_HEALTH_PAGE (self));

  self->answered_us = answer != NULL ? us : -1;
  if (answer != NULL) {
    g_clear_pointer (&self->report, json_node_unref);
    self->report = json_node_ref (answer);
  }
  show (self);
}

/* ---- asking ---- */

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscHealthPage) self = user_data;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, NULL);

  self->asking = FALSE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    osc_health_page_take (self, answer, g_get_monotonic_time () - self->asked_at);
}

static gboolean
ask (gpointer user_data)
{
  OscHealthPage *self = user_data;

  if (self->client == NULL || self->asking)
    return G_SOURCE_CONTINUE;
  self->asking = TRUE;
  self->asked_at = g_get_monotonic_time ();
  osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = PATH}, NULL,
                         answered_cb, g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

static void
osc_health_page_map (GtkWidget *widget)
{
  OscHealthPage *self = OSC_HEALTH_PAGE (widget);

  GTK_WIDGET_CLASS (osc_health_page_parent_class)->map (widget);
  ask (self);
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (AGAIN_SECONDS, ask, self);
}

static void
osc_health_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&OSC_HEALTH_PAGE (widget)->timer, g_source_remove);
  GTK_WIDGET_CLASS (osc_health_page_parent_class)->unmap (widget);
}

/* ---- for whoever helps ---- */

/* In the words of the program, whatever the language of the screen. */
static void
append_part (GString *text, JsonObject *part)
{
  static const char *const numbers[] = {"waiting", "failed", "size_bytes", "answer_us",
                                        "free_bytes"};

  g_string_append_printf (text, "%s %s", text_of (part, "part"), text_of (part, "state"));
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (json_object_has_member (part, numbers[i]))
      g_string_append_printf (text, " %s=%" G_GINT64_FORMAT, numbers[i],
                              osy_rest_int (part, numbers[i], 0));
  if (json_object_has_member (part, "since"))
    g_string_append_printf (text, " since=%s", text_of (part, "since"));
  g_string_append_c (text, '\n');
}

char *
osc_health_page_text (OscHealthPage *self)
{
  g_return_val_if_fail (OSC_IS_HEALTH_PAGE (self), NULL);
  GString *text = g_string_new ("OrderSync console " OSY_VERSION "\n");
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  g_autofree char *now = osy_clock_format (osy_clock_now ());
  JsonObject *report = report_of (self);
  JsonArray *parts = parts_of (report);

  g_string_append_printf (text, "now %s\nsystem %s\nGTK %u.%u.%u\n", now,
                          system != NULL ? system : "unknown", gtk_get_major_version (),
                          gtk_get_minor_version (), gtk_get_micro_version ());
  if (self->answered_us < 0)
    g_string_append (text, "server does not answer; it said last:\n");
  if (report != NULL)
    g_string_append_printf (text, "server %s since %s, told %s\n", text_of (report, "version"),
                            text_of (report, "started_at"), text_of (report, "now"));
  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    append_part (text, json_array_get_object_element (parts, i));
  return g_string_free (text, FALSE);
}

static void
on_copy (OscHealthPage *self)
{
  g_autofree char *text = osc_health_page_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  osc_toasts_say (GTK_WIDGET (self), _ ("Copied. Paste it into your message."));
}

/* ---- life ---- */

static void
osc_health_page_dispose (GObject *object)
{
  OscHealthPage *self = OSC_HEALTH_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_HEALTH_PAGE);
  g_clear_pointer (&self->report, json_node_unref);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_health_page_parent_class)->dispose (object);
}

static void
osc_health_page_class_init (OscHealthPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_health_page_dispose;
  widget_class->map = osc_health_page_map;
  widget_class->unmap = osc_health_page_unmap;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/osc-health-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscHealthPage, state);
  gtk_widget_class_bind_template_child (widget_class, OscHealthPage, parts);
  gtk_widget_class_bind_template_child (widget_class, OscHealthPage, about);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_health_page_init (OscHealthPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

GtkWidget *
osc_health_page_new (const OscContext *context)
{
  OscHealthPage *self = g_object_new (OSC_TYPE_HEALTH_PAGE, NULL);

  g_set_object (&self->client, context->client);
  return GTK_WIDGET (self);
}
