/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The fixed list of pictures: scene × size × scheme × language, checked and written as PNG.
 * usage: shots OUTPUT-FOLDER [DOCS-FOLDER], on a display. The few for the documents go to
 * DOCS-FOLDER too. Ends with 1 when a picture breaks a rule. */

#include <glib/gi18n.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "osc-contrast.h"
#include "osc-scale.h"
#include "osc-scenes.h"
#include "osc-shot-check.h"
#include "osc-sheet.h"
#include "osy-clock.h"

#define SETTLE_MS 250
#define TRIES 5

static const OscScene *const scenes[] = {
    osc_scenes_analytics, osc_scenes_bill,   osc_scenes_board,   osc_scenes_call,
    osc_scenes_sale,      osc_scenes_past,   osc_scenes_menu,    osc_scenes_setup,
    osc_scenes_settings,  osc_scenes_people, osc_scenes_record,  osc_scenes_kitchen,
    osc_scenes_tables,    osc_scenes_stock,  osc_scenes_payment, osc_scenes_refund,
    osc_scenes_delivery,  osc_scenes_alerts, osc_scenes_reports, osc_scenes_till};

typedef struct {
  const OscScene *scene;
  gboolean wide;
  gboolean dark;
  gboolean big;      /* the letters twice as large */
  gboolean contrast; /* high contrast */
  const char *language;
} Shot;

/* What docs/images shows: the picture's name there and here. */
static const struct {
  const char *doc;
  const char *shot;
} for_docs[] = {
    {"board.png", "board-1366-light-ko"},
    {"board-dark.png", "drawer-1920-dark-ko"},
    {"arrival.png", "arrival-1366-light-ko"},
    {"board-en.png", "board-1366-light-en"},
    {"sign-in.png", "sign-in-1366-light-ko"},
    {"sale.png", "sale-1366-light-ko"},
    {"menu.png", "menu-1366-light-ko"},
    {"tables.png", "tables-1366-light-ko"},
    {"kitchen.png", "kitchen-1920-dark-ko"},
    {"bill.png", "bill-split-1366-light-ko"},
    {"payment.png", "payment-cash-1366-light-ko"},
    {"close.png", "till-count-1366-light-ko"},
    {"stations.png", "settings-routes-1366-light-ko"},
    {"slips.png", "settings-slips-1366-light-ko"},
};

/* (transfer none) (nullable): the dialog over @window. */
static GtkWidget *
sheet_over (GtkWidget *window)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *i = windows; i != NULL; i = i->next)
    if (OSC_IS_SHEET (i->data) && osc_sheet_is_open (i->data) &&
        gtk_window_get_transient_for (i->data) == GTK_WINDOW (window))
      return i->data;
  return NULL;
}

static void
draw (GtkSnapshot *snapshot, GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
}

/* The window manager that would centre it is not there. NULL before the window was drawn for the
 * first time. */
static GskRenderNode *
snapshot_of (GtkWidget *window)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GtkWidget *sheet = sheet_over (window);

  draw (snapshot, window);
  if (sheet != NULL) {
    gtk_snapshot_translate (
        snapshot, &GRAPHENE_POINT_INIT (
                      (float)(gtk_widget_get_width (window) - gtk_widget_get_width (sheet)) / 2,
                      (float)(gtk_widget_get_height (window) - gtk_widget_get_height (sheet)) / 2));
    draw (snapshot, sheet);
  }
  return gtk_snapshot_free_to_node (snapshot);
}

static GdkTexture *
render (GtkWidget *window)
{
  g_autoptr (GskRenderNode) node = snapshot_of (window);
  GskRenderer *renderer;

  for (int i = 0; node == NULL && i < 40; i++) {
    osc_fixture_spin (SETTLE_MS);
    node = snapshot_of (window);
  }
  renderer = gtk_native_get_renderer (gtk_widget_get_native (window));
  int width = gtk_widget_get_width (window);
  int height = gtk_widget_get_height (window);
  return gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
}

/* The picture of @window once it breaks no rule, or as it is after TRIES looks: on a busy machine
 * the last style change may still be on its way, or a dialog not be drawn yet. */
static GdkTexture *
render_settled (GtkWidget *window)
{
  GdkTexture *picture = render (window);

  for (int i = 0; i < TRIES && osc_shot_check (window, picture, NULL) > 0; i++) {
    osc_fixture_spin (4 * SETTLE_MS);
    g_object_unref (picture);
    picture = render (window);
  }
  return picture;
}

static void
save (GdkTexture *picture, const char *folder, const char *docs, const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);

  g_assert_true (gdk_texture_save_to_png (picture, path));
  for (gsize i = 0; docs != NULL && i < G_N_ELEMENTS (for_docs); i++)
    if (g_str_equal (for_docs[i].shot, name)) {
      g_autofree char *doc = g_build_filename (docs, for_docs[i].doc, NULL);

      g_assert_true (gdk_texture_save_to_png (picture, doc));
    }
}

/* The dialog alone is looked at: what lies under it may be covered anywhere. */
static guint
take_sheet (OscWindow *window,
            GtkWidget *sheet,
            const char *folder,
            const char *name,
            OscContext *context)
{
  /* It was opened before the window had its size, and with it that of its letters. */
  gtk_window_set_default_size (GTK_WINDOW (sheet), -1, -1);
  osc_fixture_spin (SETTLE_MS);
  g_autoptr (GdkTexture) picture = render_settled (sheet);
  g_autoptr (GdkTexture) whole = render (GTK_WIDGET (window));
  guint faults = osc_shot_check (sheet, picture, name);

  save (whole, folder, NULL, name);
  gtk_window_destroy (GTK_WINDOW (sheet));
  gtk_window_destroy (GTK_WINDOW (window));
  osc_fixture_context_clear (context);
  return faults;
}

/* What does not fit makes the window wider or higher than the screen it is for. */
static guint
check_size (GtkWidget *window, const Shot *shot, const char *name)
{
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);

  if (width <= (shot->wide ? 1920 : 1366) && height <= (shot->wide ? 1080 : 768))
    return 0;
  g_printerr ("%s: the window takes %d × %d\n", name, width, height);
  return 1;
}

static guint
take (GtkApplication *application, const Shot *shot, const char *folder, const char *docs)
{
  g_autofree char *name =
      g_strdup_printf ("%s-%s-%s%s-%s", shot->scene->name, shot->wide ? "1920" : "1366",
                       shot->dark ? "dark" : "light",
                       shot->big        ? "-200"
                       : shot->contrast ? "-contrast"
                                        : "",
                       shot->language);
  const char *scale = g_getenv ("ORDERSYNC_SHOTS_SCALE");
  /* A new window is measured before it chooses its own. */
  osc_scale_set (shot->big ? 200 : 100);
  OscWindow *window = osc_window_new (application, shot->big       ? 200
                                                   : scale != NULL ? atoi (scale)
                                                                   : 0);
  OscContext context;
  guint faults;

  osc_fixture_context (&context);
  osc_contrast_want (shot->contrast);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      shot->dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                 : ADW_COLOR_SCHEME_FORCE_LIGHT);
  gtk_window_set_default_size (GTK_WINDOW (window), shot->wide ? 1920 : 1366,
                               shot->wide ? 1080 : 768);
  shot->scene->show (window, &context);
  gtk_window_present (GTK_WINDOW (window));
  osc_fixture_spin (SETTLE_MS);
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  osc_fixture_spin (SETTLE_MS);
  if (sheet_over (GTK_WIDGET (window)) != NULL)
    return take_sheet (window, sheet_over (GTK_WIDGET (window)), folder, name, &context);
  g_autoptr (GdkTexture) picture = render_settled (GTK_WIDGET (window));
  faults = osc_shot_check (GTK_WIDGET (window), picture, name) +
           check_size (GTK_WIDGET (window), shot, name);
  save (picture, folder, docs, name);
  gtk_window_destroy (GTK_WINDOW (window));
  osc_fixture_context_clear (&context);
  return faults;
}

/* ORDERSYNC_SHOTS_HALF: of each scene only the small light and the large dark picture are taken;
 * ORDERSYNC_SHOTS_QUARTER: and each in one language, in turns. */
static gboolean
is_look_wanted (const Shot *shot, guint turn)
{
  gboolean quarter = g_getenv ("ORDERSYNC_SHOTS_QUARTER") != NULL;

  if ((quarter || g_getenv ("ORDERSYNC_SHOTS_HALF") != NULL) && shot->wide != shot->dark)
    return FALSE;
  return !quarter || shot->wide == (g_str_equal (shot->language, "ko") != (turn % 2 == 1));
}

/* All scenes at 200 % are looked at when everything is, else an eighth of them in each language.
 * ORDERSYNC_SHOTS_BIG: nothing else; ORDERSYNC_SHOTS_CONTRAST: the looks of high contrast alone. */
static gboolean
is_big_wanted (const Shot *shot, guint turn)
{
  gboolean some =
      g_getenv ("ORDERSYNC_SHOTS_QUARTER") != NULL || g_getenv ("ORDERSYNC_SHOTS_HALF") != NULL;

  if (g_getenv ("ORDERSYNC_SHOTS_BIG") != NULL)
    return TRUE;
  return g_getenv ("ORDERSYNC_SHOTS_SCALE") == NULL &&
         (!some || turn % 8 == (g_str_equal (shot->language, "ko") ? 0 : 4));
}

/* The views that are looked at all day. */
static gboolean
is_contrast_wanted (const Shot *shot)
{
  static const char *const names[] = {"board",        "kitchen",         "sale",
                                      "sale-options", "tables",          "payment-cash",
                                      "till-sum",     "settings-screen", NULL};

  return g_getenv ("ORDERSYNC_SHOTS_SCALE") == NULL && g_getenv ("ORDERSYNC_SHOTS_BIG") == NULL &&
         g_strv_contains (names, shot->scene->name) &&
         (g_getenv ("ORDERSYNC_SHOTS_QUARTER") == NULL || g_str_equal (shot->language, "ko"));
}

/* ORDERSYNC_SHOTS names the only scenes to take, by how they begin. ORDERSYNC_SHOTS_SCALE: of the
 * console, in percent. */
static gboolean
is_wanted (const OscScene *scene)
{
  const char *only = g_getenv ("ORDERSYNC_SHOTS");

  return only == NULL || g_str_has_prefix (scene->name, only);
}

static guint
take_scene (GtkApplication *application, Shot *shot, guint turn, char **argv)
{
  const char *docs = argv[2][0] != '\0' ? argv[2] : NULL;
  guint faults = 0;

  for (int look = 0; look < 4; look++) {
    shot->wide = look % 2 == 1;
    shot->dark = look / 2 == 1;
    if (g_getenv ("ORDERSYNC_SHOTS_BIG") == NULL && g_getenv ("ORDERSYNC_SHOTS_CONTRAST") == NULL &&
        is_look_wanted (shot, turn))
      faults += take (application, shot, argv[1], docs);
  }
  shot->wide = shot->dark = FALSE;
  shot->big = TRUE;
  if (g_getenv ("ORDERSYNC_SHOTS_CONTRAST") == NULL && is_big_wanted (shot, turn))
    faults += take (application, shot, argv[1], docs);
  shot->big = FALSE;
  shot->contrast = TRUE;
  if (is_contrast_wanted (shot)) {
    faults += take (application, shot, argv[1], docs);
    shot->dark = TRUE;
    faults += take (application, shot, argv[1], docs);
  }
  return faults;
}

static guint
take_all (const char *language, char **argv)
{
  g_autoptr (GtkApplication) application = osc_fixture_application ();
  guint faults = 0;
  guint turn = 0;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++)
    for (const OscScene *scene = scenes[i]; scene->name != NULL; scene++) {
      Shot shot = {.scene = scene, .language = language};
      if (is_wanted (scene))
        faults += take_scene (application, &shot, turn++, argv);
    }
  return faults;
}

/* A process speaks one language: each has its own, and they work side by side. */
static GSubprocess *
start_language (char **argv, const char *language)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_setenv (launcher, "LANGUAGE", language, TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, argv[0], argv[1],
                                         argv[2] != NULL ? argv[2] : "", language, NULL);
  if (process == NULL)
    g_printerr ("%s\n", error->message);
  return process;
}

static int
run_languages (char **argv)
{
  GSubprocess *processes[] = {start_language (argv, "ko"), start_language (argv, "en")};
  int status = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (processes); i++) {
    if (processes[i] == NULL || !g_subprocess_wait_check (processes[i], NULL, NULL))
      status = 1;
    g_clear_object (&processes[i]);
  }
  return status;
}

int
main (int argc, char **argv)
{
  const char *locale = g_getenv ("ORDERSYNC_LOCALE_DIR");
  guint faults;

  if (argc < 2 || argc > 4) {
    g_printerr ("usage: shots OUTPUT-FOLDER [DOCS-FOLDER]\n");
    return 2;
  }
  g_mkdir_with_parents (argv[1], 0755);
  if (argc < 4)
    return run_languages (argv);
  g_setenv ("TZ", "Asia/Seoul", TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain ("ordersync", locale != NULL ? locale : OSY_BUILD_DIR "/po");
  bind_textdomain_codeset ("ordersync", "UTF-8");
  textdomain ("ordersync");
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  faults = take_all (argv[3], argv);
  g_print ("%s: %u faults\n", argv[3], faults);
  return faults == 0 ? 0 : 1;
}
