/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of the page of reports: set up and busy, nothing yet, its dialogs. */

#include <string.h>

#include "osc-report-sheet.h"
#include "osc-reports-page.h"
#include "osc-scenes.h"
#include "osy-json.h"

#define ID(last) "01940000-0000-7000-8000-000000000b" last
#define SENT(target)                                                                \
  "{\"target\":\"" target "\",\"status\":\"SENT\",\"attempts\":1,\"problem\":null," \
  "\"next_at\":null,\"sent_at\":\"2026-11-21T00:00:04Z\"}"
#define REPORT(last, kind, day, made, ways)                                         \
  "{\"id\":\"" ID (last) "\",\"kind\":\"" kind "\",\"day\":\"" day                  \
                         "\",\"due_at\":\"2026-11-21T00:00:00Z\",\"made_at\":" made \
                         ",\"deliveries\":[" ways "]}"

static const char setup[] =
    "{\"language\":\"ko\",\"daily\":{\"on\":true,\"at\":\"09:00\"},"
    "\"weekly\":{\"on\":true,\"at\":\"10:30\",\"weekday\":1},\"folder\":\"/srv/reports\","
    "\"addresses\":[\"owner@sodam.example\",\"tax@office.example\"],"
    "\"sender\":\"shop@sodam.example\",\"version\":3}";
static const char empty_setup[] = "{\"language\":\"ko\",\"daily\":{\"on\":false,\"at\":\"09:00\"},"
                                  "\"weekly\":{\"on\":false,\"at\":\"09:00\",\"weekday\":1},"
                                  "\"folder\":null,\"addresses\":[],\"sender\":null,\"version\":0}";

static char *
list (void)
{
  return g_strconcat (
      "{\"reports\":[",
      REPORT ("01", "DAILY", "2026-11-20", "\"2026-11-21T00:00:01Z\"",
              SENT ("FOLDER") "," SENT ("EMAIL")),
      ",",
      REPORT ("02", "DAILY", "2026-11-19", "\"2026-11-20T00:00:01Z\"",
              "{\"target\":\"FOLDER\",\"status\":\"RETRY\",\"attempts\":3,"
              "\"problem\":\"FOLDER_GONE\",\"next_at\":\"2026-11-21T03:31:00Z\",\"sent_at\":null},"
              "{\"target\":\"EMAIL\",\"status\":\"DEAD\",\"attempts\":1,\"problem\":\"HTTP_401\","
              "\"next_at\":null,\"sent_at\":null}"),
      ",", REPORT ("03", "DAILY", "2026-11-18", "null", ""), ",",
      REPORT ("04", "WEEKLY", "2026-11-09", "\"2026-11-16T00:00:01Z\"", SENT ("FOLDER")), "]}",
      NULL);
}

static void
take (OscReportsPage *page, OscReportsPart part, const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? osy_json_parse (text, strlen (text), NULL) : NULL;

  g_assert_true (text == NULL || node != NULL);
  osc_document_take (osc_reports_page_document (page, part), node);
}

static OscReportsPage *
find_page (GtkWidget *within)
{
  if (OSC_IS_REPORTS_PAGE (within))
    return OSC_REPORTS_PAGE (within);
  for (GtkWidget *child = gtk_widget_get_first_child (within); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    OscReportsPage *page = find_page (child);
    if (page != NULL)
      return page;
  }
  return NULL;
}

static OscReportsPage *
open_page (OscWindow *window, OscContext *context)
{
  OscShell *shell = osc_scenes_open_shell (window, context);

  osc_strip_follow (osc_window_strip (window), context->shop, context->load);
  osc_shell_go (shell, "settings", "reports");
  return find_page (GTK_WIDGET (window));
}

static OscReportsPage *
open_busy (OscWindow *window, OscContext *context)
{
  OscReportsPage *page = open_page (window, context);
  g_autofree char *reports = list ();

  take (page, OSC_REPORTS_SETUP, setup);
  take (page, OSC_REPORTS_LIST, reports);
  return page;
}

static void
show_busy (OscWindow *window, OscContext *context)
{
  open_busy (window, context);
}

static void
show_nothing (OscWindow *window, OscContext *context)
{
  OscReportsPage *page = open_page (window, context);

  take (page, OSC_REPORTS_SETUP, empty_setup);
  take (page, OSC_REPORTS_LIST, "{\"reports\":[]}");
}

static void
show_unread (OscWindow *window, OscContext *context)
{
  OscReportsPage *page = open_page (window, context);

  take (page, OSC_REPORTS_SETUP, NULL);
  take (page, OSC_REPORTS_LIST, NULL);
}

static void
show_week (OscWindow *window, OscContext *context)
{
  OscReportsPage *page = open_busy (window, context);

  osc_report_sheet_plan (GTK_WIDGET (page), osc_reports_page_document (page, OSC_REPORTS_SETUP),
                         "weekly");
}

const OscScene osc_scenes_reports[] = {
    {"settings-reports", show_busy},
    {"settings-reports-nothing", show_nothing},
    {"settings-reports-unread", show_unread},
    {"settings-reports-week", show_week},
    {.name = NULL},
};
