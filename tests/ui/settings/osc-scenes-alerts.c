/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of the page of alerts: nobody yet, a busy week, trouble, its dialogs. */

#include <string.h>

#include "osc-alert-target-sheet.h"
#include "osc-alerts-page.h"
#include "osc-scenes.h"
#include "osc-sheet.h"
#include "osy-json.h"

#define ID(last) "01940000-0000-7000-8000-000000000a" last
#define CHANNELS "\"channels\":[\"SCREEN\",\"SLACK\",\"PAGERDUTY\",\"EMAIL\",\"SMS\",\"ALIMTALK\"]"

static const char setup[] =
    "{\"rules\":{\"OUTAGE\":{" CHANNELS ",\"pierces\":true},\"THREAT\":{" CHANNELS
    ",\"pierces\":true},\"REFUNDS\":{\"channels\":[],\"pierces\":false},"
    "\"LATE_ORDERS\":{\"channels\":[\"SCREEN\",\"SLACK\"],\"pierces\":false},"
    "\"UNANSWERED\":{" CHANNELS ",\"pierces\":true},"
    "\"PRINTER\":{" CHANNELS ",\"pierces\":false}},"
    "\"limits\":{\"late_minutes\":10,\"late_orders\":3,\"refund_amount\":200000,"
    "\"refund_count\":10,\"printer_minutes\":2,\"messages_per_hour\":10},"
    "\"quiet\":{\"from\":\"22:00\",\"until\":\"08:00\",\"then\":\"DIGEST\"},"
    "\"language\":\"ko\",\"version\":4}";
static const char plain_setup[] =
    "{\"rules\":{\"OUTAGE\":{" CHANNELS ",\"pierces\":true},\"THREAT\":{" CHANNELS
    ",\"pierces\":true},\"REFUNDS\":{" CHANNELS ",\"pierces\":false},\"LATE_ORDERS\":{" CHANNELS
    ",\"pierces\":false},\"UNANSWERED\":{" CHANNELS ",\"pierces\":true},\"PRINTER\":{" CHANNELS
    ",\"pierces\":false}},"
    "\"limits\":{\"late_minutes\":10,\"late_orders\":3,\"refund_amount\":200000,"
    "\"refund_count\":10,\"printer_minutes\":2,\"messages_per_hour\":10},\"quiet\":null,"
    "\"language\":\"ko\",\"version\":0}";
static const char targets[] = "{\"targets\":[{\"id\":\"" ID (
    "01") "\",\"channel\":\"SLACK\",\"name\":\"가게 방\","
          "\"address\":\"hooks.slack.com/…\"},"
          "{\"id\":\"" ID ("02") "\",\"channel\":\"PAGERDUTY\",\"name\":\"밤 당번\","
                                 "\"address\":\"events.pagerduty.com/…\"},"
                                 "{\"id\":\"" ID (
                                     "03") "\",\"channel\":\"EMAIL\",\"name\":\"사장\","
                                           "\"address\":\"k***@sodam.example\"}]}";
static const char alerts[] =
    "{\"alerts\":["
    "{\"id\":\"" ID (
        "11") "\",\"kind\":\"PRINTER\",\"text\":\"프린터 ‘주방’에 용지가 없어요.\","
              "\"facts\":{},\"raised_at\":\"2026-11-21T03:12:00Z\",\"ended_at\":null,\"screen\":"
              "true,"
              "\"messages\":["
              "{\"id\":\"" ID ("21") "\",\"channel\":\"SLACK\",\"target_id\":\"" ID (
                  "01") "\","
                        "\"status\":\"SENT\",\"attempts\":1,\"sent_at\":\"2026-11-21T03:12:03Z\"},"
                        "{\"id\":\"" ID ("22") "\",\"channel\":\"PAGERDUTY\",\"target_id\":\"" ID (
                            "02") "\","
                                  "\"status\":\"WAITING\",\"attempts\":2,\"problem\":\"HTTP_503\","
                                  "\"next_at\":\"2026-11-21T03:25:00Z\"},"
                                  "{\"id\":\"" ID (
                                      "23") "\",\"channel\":\"EMAIL\",\"target_id\":"
                                            "\"" ID (
                                                "03") "\","
                                                      "\"status\":\"DEAD\","
                                                      "\"attempts\":8,\"problem\":"
                                                      "\"HTTP_401\"}]},"
                                                      "{\"id\":\"" ID (
                                                          "12") "\",\"kind\":\"LATE_"
                                                                "ORDERS\",\"text\":"
                                                                "\"주문 4건이 "
                                                                "늦었어요. 가장 늦은 "
                                                                "주문은 18분 "
                                                                "지났어요.\","
                                                                "\"facts\":{},"
                                                                "\"raised_at\":\"2026-"
                                                                "11-20T10:31:00Z\","
                                                                "\"ended_at\":\"2026-"
                                                                "11-20T10:52:00Z\","
                                                                "\"screen\":true,"
                                                                "\"messages\":["
                                                                "{\"id\":\"" ID (
                                                                    "24") "\",\"channel\":"
                                                                          "\"SLACK\",\"target_id\":"
                                                                          "\"" ID (
                                                                              "01") "\","
                                                                                    "\"status"
                                                                                    "\":"
                                                                                    "\"SENT\","
                                                                                    "\"attempt"
                                                                                    "s"
                                                                                    "\":1,"
                                                                                    "\"sent_"
                                                                                    "at\":"
                                                                                    "\"2026-"
                                                                                    "11-"
                                                                                    "20T10:31:"
                                                                                    "02Z\"}]},"
                                                                                    "{\"id\":"
                                                                                    "\"" ID (
                                                                                        "13") "\","
                                                                                              "\"ki"
                                                                                              "nd\""
                                                                                              ":\"T"
                                                                                              "EST"
                                                                                              "\","
                                                                                              "\"te"
                                                                                              "xt\""
                                                                                              ":\""
                                                                                              "시험"
                                                                                              " 알"
                                                                                              "림이"
                                                                                              "에요"
                                                                                              ". "
                                                                                              "잘 "
                                                                                              "왔어"
                                                                                              "요."
                                                                                              "\","
                                                                                              "\"fa"
                                                                                              "cts"
                                                                                              "\":{"
                                                                                              "},"
                                                                                              "\"ra"
                                                                                              "ised"
                                                                                              "_at"
                                                                                              "\":"
                                                                                              "\"20"
                                                                                              "26-"
                                                                                              "11-"
                                                                                              "19T0"
                                                                                              "5:"
                                                                                              "00:"
                                                                                              "00Z"
                                                                                              "\","
                                                                                              "\"en"
                                                                                              "ded_"
                                                                                              "at\""
                                                                                              ":\"2"
                                                                                              "026-"
                                                                                              "11-"
                                                                                              "19T0"
                                                                                              "5:"
                                                                                              "00:"
                                                                                              "00Z"
                                                                                              "\","
                                                                                              "\"sc"
                                                                                              "reen"
                                                                                              "\":"
                                                                                              "fals"
                                                                                              "e,"
                                                                                              "\"me"
                                                                                              "ssag"
                                                                                              "es\""
                                                                                              ":["
                                                                                              "{"
                                                                                              "\"id"
                                                                                              "\":"
                                                                                              "\"" ID ("25") "\",\"channel\":\"SLACK\",\"target_id\":\"" ID (
                                                                                                  "01") "\","
                                                                                                        "\"status\":\"SENT\",\"attempts\":1,\"sent_at\":\"2026-11-19T05:00:01Z\"}]}],"
                                                                                                        "\"next_cursor\":null}";

/* (nullable): before it is on screen. */
static GtkWidget *
find_page (GtkWidget *widget)
{
  GtkWidget *found = OSC_IS_ALERTS_PAGE (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_page (child);
  return found;
}

static void
take (OscAlertsPage *page, OscAlertsPart part, const char *text)
{
  g_autoptr (JsonNode) answer = text != NULL ? osy_json_parse (text, strlen (text), NULL) : NULL;

  g_assert_true (text == NULL || answer != NULL);
  osc_document_take (osc_alerts_page_document (page, part), answer);
}

static OscAlertsPage *
open_page (OscWindow *window, OscContext *context)
{
  OscShell *shell = osc_scenes_open_shell (window, context);

  osc_strip_follow (osc_window_strip (window), context->shop, context->load);
  osc_shell_go (shell, "settings", "alerts");
  return OSC_ALERTS_PAGE (find_page (GTK_WIDGET (window)));
}

static OscAlertsPage *
open_busy (OscWindow *window, OscContext *context)
{
  OscAlertsPage *page = open_page (window, context);

  take (page, OSC_ALERTS_TARGETS, targets);
  take (page, OSC_ALERTS_SETUP, setup);
  take (page, OSC_ALERTS_LIST, alerts);
  return page;
}

static void
show_busy (OscWindow *window, OscContext *context)
{
  open_busy (window, context);
}

static void
to_end (GtkAdjustment *place)
{
  gtk_adjustment_set_value (place, gtk_adjustment_get_upper (place));
}

/* What lies below. */
static void
show_told (OscWindow *window, OscContext *context)
{
  GtkWidget *page = GTK_WIDGET (open_busy (window, context));
  GtkWidget *scroller = gtk_widget_get_ancestor (page, GTK_TYPE_SCROLLED_WINDOW);

  g_signal_connect (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), "changed",
                    G_CALLBACK (to_end), NULL);
}

static void
show_nobody (OscWindow *window, OscContext *context)
{
  OscAlertsPage *page = open_page (window, context);

  take (page, OSC_ALERTS_TARGETS, "{\"targets\":[]}");
  take (page, OSC_ALERTS_SETUP, plain_setup);
  take (page, OSC_ALERTS_LIST, "{\"alerts\":[],\"next_cursor\":null}");
}

static void
show_unread (OscWindow *window, OscContext *context)
{
  OscAlertsPage *page = open_page (window, context);

  for (int i = 0; i < OSC_N_ALERTS; i++)
    take (page, (OscAlertsPart)i, NULL);
}

static void
show_add (OscWindow *window, OscContext *context)
{
  OscAlertsPage *page = open_busy (window, context);

  osc_alert_target_sheet_show (GTK_WIDGET (page),
                               osc_alerts_page_document (page, OSC_ALERTS_TARGETS), NULL);
}

static void
show_change (OscWindow *window, OscContext *context)
{
  OscAlertsPage *page = open_busy (window, context);
  OscDocument *document = osc_alerts_page_document (page, OSC_ALERTS_TARGETS);
  JsonArray *array = json_object_get_array_member (osc_document_get (document), "targets");

  osc_alert_target_sheet_show (GTK_WIDGET (page), document,
                               json_array_get_object_element (array, 2));
}

/* The way with the most to type. */
static void
show_sms (OscWindow *window, OscContext *context)
{
  g_autoptr (JsonNode) target = json_from_string (
      "{\"id\":\"" ID (
          "04") "\",\"channel\":\"SMS\",\"name\":\"점장\",\"address\":\"010-****-4821\"}",
      NULL);
  OscAlertsPage *page = open_busy (window, context);

  osc_alert_target_sheet_show (GTK_WIDGET (page),
                               osc_alerts_page_document (page, OSC_ALERTS_TARGETS),
                               json_node_get_object (target));
}

/* Types into every field below @widget. */
static void
type_all (GtkWidget *widget, const char *text)
{
  if (OSC_IS_FIELD (widget)) {
    osc_field_set_text (OSC_FIELD (widget), text);
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    type_all (child, text);
}

/* The button below @widget that offers the @nth way; counts them down. */
static GtkWidget *
find_way (GtkWidget *widget, guint *nth)
{
  if (gtk_widget_has_css_class (widget, "way") && (*nth)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_way (child, nth);
    if (found != NULL)
      return found;
  }
  return NULL;
}

/* The second step of the longest form. */
static void
show_alimtalk (OscWindow *window, OscContext *context)
{
  guint nth = 2;

  show_add (window, context);
  g_autoptr (GList) all = gtk_window_list_toplevels ();
  for (GList *i = all; i != NULL; i = i->next) {
    GtkWidget *way = OSC_IS_SHEET (i->data) ? find_way (i->data, &nth) : NULL;
    if (way == NULL)
      continue;
    g_signal_emit_by_name (way, "clicked");
    type_all (i->data, "010-1234-5678");
    g_signal_emit_by_name (osc_sheet_primary (OSC_SHEET (i->data)), "clicked");
  }
}

static void
show_rule (OscWindow *window, OscContext *context)
{
  osc_alert_rules_open (osc_alerts_page_rules (open_busy (window, context)), "LATE_ORDERS");
}

const OscScene osc_scenes_alerts[] = {
    {"settings-alerts", show_busy},          {"settings-alerts-told", show_told},
    {"settings-alerts-nobody", show_nobody}, {"settings-alerts-unread", show_unread},
    {"settings-alerts-add", show_add},       {"settings-alerts-change", show_change},
    {"settings-alerts-sms", show_sms},       {"settings-alerts-alimtalk", show_alimtalk},
    {"settings-alerts-rule", show_rule},     {.name = NULL},
};
