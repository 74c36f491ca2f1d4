/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Stations and slips by touch: what would leave a dish without a place is said before it is saved,
 * what is changed stays until it is saved, and a slip fits the paper it is printed on. */

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "find.h"
#include "osc-choice.h"
#include "osc-command-sheet.h"
#include "osc-desk-printer.h"
#include "osc-field.h"
#include "osc-fixture.h"
#include "osc-print-jobs.h"
#include "osc-qr.h"
#include "osc-slip-page.h"
#include "osc-stations-page.h"
#include "osy-json.h"
#include "osy-kitchen-slip.h"
#include "osy-slip-form.h"

#define NOODLES "01940000-0000-7000-8000-000000000051"
#define FRYER "01940000-0000-7000-8000-000000000052"

typedef struct {
  OscContext context;
  OscWindow *window;
  char *asked; /* the last request */
} Desk;

static GtkApplication *application;

static void
on_requested (GObject *store, const char *what, Desk *desk)
{
  g_free (desk->asked);
  desk->asked = g_strdup (what);
}

static void
desk_open (Desk *desk, const char *page)
{
  OscShell *shell;

  memset (desk, 0, sizeof *desk);
  osc_fixture_context (&desk->context);
  osc_fixture_menu (desk->context.menu);
  desk->window = osc_window_new (application, 100);
  shell = osc_fixture_present (desk->window, &desk->context);
  g_signal_connect (desk->context.stations, "requested", G_CALLBACK (on_requested), desk);
  g_signal_connect (desk->context.printers, "requested", G_CALLBACK (on_requested), desk);
  osc_shell_go (shell, "settings", page);
  osc_fixture_spin (200);
}

static void
desk_close (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_context_clear (&desk->context);
  g_free (desk->asked);
}

static void
put_stations (Desk *desk)
{
  g_autoptr (JsonNode) node = json_from_string (
      "{\"version\":4,\"auto_fire\":false,\"routes\":[],\"unrouted\":[],\"stations\":["
      "{\"id\":\"" NOODLES "\",\"name\":\"면\",\"position\":0,\"language\":\"ko\"},"
      "{\"id\":\"" FRYER "\",\"name\":\"튀김\",\"position\":1,\"language\":\"ko\"}]}",
      NULL);

  osc_station_store_take (desk->context.stations, node);
  osc_fixture_spin (100);
}

static gboolean
is_fault (GtkWidget *widget, gconstpointer nothing)
{
  return GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "fault");
}

/* The open dialog. */
static GtkWidget *
sheet_of (Desk *desk)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *i = windows; i != NULL; i = i->next)
    if (gtk_window_get_transient_for (i->data) == GTK_WINDOW (desk->window))
      return i->data;
  return NULL;
}

static void
tick (GtkWidget *parent, const char *text)
{
  GtkWidget *label = find (parent, says, text);

  g_assert_nonnull (label);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (gtk_widget_get_ancestor (label, GTK_TYPE_CHECK_BUTTON)), TRUE);
}

static gboolean
is_field_of (GtkWidget *widget, gconstpointer label)
{
  return OSC_IS_FIELD (widget) && find (widget, says, label) != NULL;
}

static OscField *
field_of (GtkWidget *sheet, const char *label)
{
  GtkWidget *field = find (sheet, is_field_of, label);

  g_assert_nonnull (field);
  return OSC_FIELD (field);
}

/* Dishes without a station are named in red until one takes all the rest; that leaves as the whole
 * set-up with the version it was read with. */
static void
test_unrouted (void)
{
  Desk desk;

  desk_open (&desk, "stations");
  put_stations (&desk);
  g_assert_nonnull (find (GTK_WIDGET (desk.window), is_fault, NULL));
  g_assert_null (find (GTK_WIDGET (desk.window), says, _ ("Save the stations")));
  press_text (GTK_WIDGET (desk.window), _ ("Change…"));
  osc_fixture_spin (200);
  tick (sheet_of (&desk), _ ("All that has no place of its own comes here"));
  OscField *parallel = field_of (sheet_of (&desk), _ ("Dishes made at once"));
  osc_field_set_text (parallel, "0");
  press_text (sheet_of (&desk), C_ ("sheet", "Done"));
  g_assert_nonnull (osc_field_error (parallel));
  osc_field_set_text (parallel, "3");
  osc_field_set_text (field_of (sheet_of (&desk), _ ("Minutes of a dish")), "7");
  press_text (sheet_of (&desk), C_ ("sheet", "Done"));
  osc_fixture_spin (200);
  g_assert_null (find (GTK_WIDGET (desk.window), is_fault, NULL));
  press_text (GTK_WIDGET (desk.window), _ ("Save the stations"));
  g_autoptr (JsonNode) sent = json_from_string (desk.asked, NULL);
  JsonObject *setup = json_node_get_object (sent);
  g_assert_cmpstr (json_object_get_string_member (setup, "default_station_id"), ==, NOODLES);
  g_assert_cmpint (json_object_get_int_member (setup, "version"), ==, 4);
  g_assert_nonnull (strstr (desk.asked, "\"parallel\":3,\"dish_minutes\":7"));
  desk_close (&desk);
}

/* What somebody else saves does not throw away what is being changed here; a route chosen for a
 * category is among what leaves. */
static void
test_kept (void)
{
  Desk desk;

  desk_open (&desk, "stations");
  put_stations (&desk);
  GtkWidget *drop =
      find (GTK_WIDGET (desk.window), is_of_type, GSIZE_TO_POINTER (GTK_TYPE_DROP_DOWN));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), 2);
  osc_fixture_spin (100);
  put_stations (&desk);
  press_text (GTK_WIDGET (desk.window), _ ("Save the stations"));
  g_assert_nonnull (strstr (desk.asked, "\"kind\":\"CATEGORY\""));
  g_assert_nonnull (strstr (desk.asked, "\"station_id\":\"" FRYER "\""));
  desk_close (&desk);
}

static void
put_slip (Desk *desk)
{
  g_autoptr (OsySlip) sample = osy_kitchen_slip_sample (OSY_PRINT_KITCHEN, "ko");
  g_autoptr (OsySlipForm) form = osy_slip_form_new ();
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) answer = osy_json_take_object (object);
  GtkWidget *page =
      find (GTK_WIDGET (desk->window), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_SLIP_PAGE));

  osy_slip_form_complete (form, sample);
  json_object_set_member (object, "form", osy_slip_form_to_json (form));
  json_object_set_member (object, "sample", osy_slip_to_json (sample));
  json_object_set_int_member (object, "version", 2);
  osc_slip_page_take (OSC_SLIP_PAGE (page), answer);
  osc_fixture_spin (100);
}

static GdkPaintable *
paper_of (Desk *desk)
{
  GtkWidget *paper =
      find (GTK_WIDGET (desk->window), is_of_type, GSIZE_TO_POINTER (GTK_TYPE_PICTURE));

  return gtk_picture_get_paintable (GTK_PICTURE (paper));
}

static int
paper_width (Desk *desk)
{
  return gdk_paintable_get_intrinsic_width (paper_of (desk));
}

static int
paper_height (Desk *desk)
{
  return gdk_paintable_get_intrinsic_height (paper_of (desk));
}

/* A part that is switched off leaves the paper at once; only then there is something to save. */
static void
test_slip (void)
{
  Desk desk;
  int before;

  desk_open (&desk, "slips");
  g_assert_cmpstr (desk.asked, ==, "GET slips/KITCHEN");
  put_slip (&desk);
  before = paper_height (&desk);
  g_assert_null (find (GTK_WIDGET (desk.window), says, _ ("Save the slip")));
  GtkWidget *part = find (GTK_WIDGET (desk.window), is_of_type, GSIZE_TO_POINTER (GTK_TYPE_SWITCH));
  gtk_switch_set_active (GTK_SWITCH (part), FALSE);
  osc_fixture_spin (100);
  g_assert_cmpint (paper_height (&desk), <, before);
  press_text (GTK_WIDGET (desk.window), _ ("As it was"));
  osc_fixture_spin (100);
  g_assert_cmpint (paper_height (&desk), ==, before);
  /* 576 dots across, and 384. */
  int wide = paper_width (&desk);
  press_text (GTK_WIDGET (desk.window), _ ("58 mm"));
  g_assert_cmpint (ABS (paper_width (&desk) * 3 - wide * 2), <=, 3);
  GtkWidget *again =
      find (GTK_WIDGET (desk.window), is_of_type, GSIZE_TO_POINTER (GTK_TYPE_SWITCH));
  gtk_switch_set_active (GTK_SWITCH (again), FALSE);
  osc_fixture_spin (100);
  press_text (GTK_WIDGET (desk.window), _ ("Save the slip"));
  g_assert_cmpstr (desk.asked, ==, "PUT slips/KITCHEN");
  desk_close (&desk);
}

/* What waits stands there with what can be done; what is printed goes by itself. */
static void
test_queue (void)
{
  Desk desk;
  const char *const states[] = {OSY_PRINT_FAILED, OSY_PRINT_DONE};

  desk_open (&desk, "printers");
  g_assert_null (
      find (GTK_WIDGET (desk.window), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_PRINT_JOBS)));
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autofree char *text = g_strdup_printf (
        "{\"jobs\":[{\"id\":\"01940000-0000-7000-8000-0000000000a1\",\"printer_id\":"
        "\"01940000-0000-7000-8000-000000000001\",\"purpose\":\"KITCHEN\",\"subject_type\":"
        "\"order\",\"subject_id\":\"x\",\"state\":\"%s\",\"attempts\":3,\"copy\":1,"
        "\"created_at\":\"2026-11-21T03:03:00Z\",\"version\":%d}]}",
        states[i], (int)i + 4);
    g_autoptr (JsonNode) node = json_from_string (text, NULL);

    osc_printer_store_take (desk.context.printers, node);
    osc_fixture_spin (100);
    GtkWidget *jobs =
        find (GTK_WIDGET (desk.window), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_PRINT_JOBS));
    g_assert_true ((jobs != NULL) == (i == 0));
    if (i > 0)
      continue;
    press_text (jobs, _ ("Print again"));
    g_assert_cmpstr (desk.asked, ==, "POST print-jobs/01940000-0000-7000-8000-0000000000a1/retry");
  }
  desk_close (&desk);
}

/* (transfer full): what @operation would print, as a PDF. */
static GBytes *
printed (GtkPrintOperation *operation)
{
  g_autofree char *folder = g_dir_make_tmp ("osc-desk-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "slip.pdf", NULL);
  g_autoptr (GError) error = NULL;
  char *pdf = NULL;
  gsize length = 0;

  gtk_print_operation_set_allow_async (operation, FALSE);
  gtk_print_operation_set_export_filename (operation, path);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &pdf, &length, &error));
  g_remove (path);
  g_rmdir (folder);
  return g_bytes_new_take (pdf, length);
}

/* The page is as wide as the paper and as long as the slip, so that no printer breaks or shrinks
 * it. */
static void
test_page (void)
{
  g_autoptr (OsySlip) slip = osy_kitchen_slip_sample (OSY_PRINT_KITCHEN, "ko");
  g_autoptr (GtkPrintOperation) operation = osc_desk_printer_operation (slip, 32);
  g_autoptr (GBytes) pdf = printed (operation);
  gsize length;
  const char *data = g_bytes_get_data (pdf, &length);
  double box[4] = {0};
  char *found = memmem (data, length, "/MediaBox [", strlen ("/MediaBox ["));

  g_assert_nonnull (found);
  found += strlen ("/MediaBox [");
  for (gsize i = 0; i < G_N_ELEMENTS (box); i++)
    box[i] = g_ascii_strtod (found, &found);
  g_assert_cmpfloat_with_epsilon (box[2], 58 * 72 / 25.4, 1);
  g_assert_cmpfloat (box[3], >, box[2]);
}

static gboolean
is_dark (cairo_surface_t *paper, int x, int y)
{
  const guint32 *row = (const guint32 *)(gconstpointer)(cairo_image_surface_get_data (paper) +
                                                        y * cairo_image_surface_get_stride (paper));

  return row[x] >> 24 > 128;
}

/* A code on paper has its three finder patterns, and the sheet is one page. */
static void
test_command_sheet (void)
{
  g_autoptr (GtkPrintOperation) operation = osc_command_sheet_operation ();
  g_autoptr (GBytes) pdf = printed (operation);
  cairo_surface_t *paper = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 290, 290);
  cairo_t *cr = cairo_create (paper);
  gsize length;
  const char *data = g_bytes_get_data (pdf, &length);

  g_assert_nonnull (memmem (data, length, "/Count 1\n", strlen ("/Count 1\n")));
  osc_qr_draw (cr, "OSY-86", 290); /* 21 modules and 4 around them (ISO/IEC 18004), 10 dots each */
  cairo_surface_flush (paper);
  g_assert_true (is_dark (paper, 75, 75) && is_dark (paper, 215, 75) && is_dark (paper, 75, 215));
  g_assert_false (is_dark (paper, 35, 75) || is_dark (paper, 255, 75) || is_dark (paper, 55, 75));
  cairo_destroy (cr);
  cairo_surface_destroy (paper);
}

static gboolean
is_choice_of (GtkWidget *widget, gconstpointer label)
{
  return OSC_IS_CHOICE (widget) && find (widget, says, label) != NULL;
}

static void
speak_english (Desk *desk, const char *label)
{
  GtkWidget *choice = find (GTK_WIDGET (desk->window), is_choice_of, label);

  g_assert_nonnull (choice);
  GtkWidget *words = find (choice, says, "English");
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (words, GTK_TYPE_TOGGLE_BUTTON)), TRUE);
  osc_fixture_spin (50);
}

/* A station's language leaves with the whole set-up, the others as they were; a printer's by
 * itself. */
static void
test_languages (void)
{
  Desk desk;

  desk_open (&desk, "language");
  put_stations (&desk);
  osc_fixture_printers (desk.context.printers, TRUE);
  osc_fixture_spin (100);
  g_autofree char *fryer = g_strdup_printf (_ ("Kitchen: %s"), "튀김");
  speak_english (&desk, fryer);
  g_assert_nonnull (desk.asked);
  g_autoptr (JsonNode) node = json_from_string (desk.asked, NULL);
  g_autoptr (OsyKitchenSetup) sent = osy_kitchen_setup_from_json (node, NULL);
  g_assert_nonnull (sent);
  g_assert_cmpint (sent->version, ==, 4);
  g_assert_cmpstr (osy_kitchen_setup_find (sent, FRYER)->language, ==, "en");
  g_assert_cmpstr (osy_kitchen_setup_find (sent, NOODLES)->language, ==, "ko");

  const OsyPrinter *printer = osc_printer_store_printers (desk.context.printers)->pdata[0];
  g_autofree char *papers = g_strdup_printf (_ ("Papers of %s"), printer->name);
  g_autofree char *asked = g_strdup_printf ("PATCH printers/%s", printer->id);
  speak_english (&desk, papers);
  g_assert_cmpstr (desk.asked, ==, asked);
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  application = osc_fixture_init (&argc, &argv);
  g_test_add_func ("/console/stations/unrouted", test_unrouted);
  g_test_add_func ("/console/stations/languages", test_languages);
  g_test_add_func ("/console/stations/kept", test_kept);
  g_test_add_func ("/console/slips/editor", test_slip);
  g_test_add_func ("/console/slips/page", test_page);
  g_test_add_func ("/console/settings/command-sheet", test_command_sheet);
  g_test_add_func ("/console/slips/queue", test_queue);
  return g_test_run ();
}
