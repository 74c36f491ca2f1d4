/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The fixed list of pictures: scene × size × scheme × language, checked and written as PNG.
 * usage: shots OUTPUT-FOLDER [DOCS-FOLDER], on a display. The few for the documents go to
 * DOCS-FOLDER too. Ends with 1 when a picture breaks a rule. */

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "config.h"
#include "osc-fixture.h"
#include "osc-shot-check.h"
#include "osc-sign-in-page.h"
#include "osy-clock.h"

#define SETTLE_MS 250

typedef enum { SIGN_IN, EMPTY, TYPICAL, PEAK, ARRIVAL, DRAWER, N_SCENES } Scene;

static const char *const scene_names[] = {"sign-in",    "board-empty", "board",
                                          "board-peak", "arrival",     "drawer"};

typedef struct {
  Scene scene;
  gboolean wide;
  gboolean dark;
  const char *language;
} Shot;

/* What docs/images shows: name there and shot. */
static const struct {
  const char *name;
  Shot shot;
} for_docs[] = {
    {"board.png", {TYPICAL, FALSE, FALSE, "ko"}},   {"board-dark.png", {DRAWER, TRUE, TRUE, "ko"}},
    {"arrival.png", {ARRIVAL, FALSE, FALSE, "ko"}}, {"board-en.png", {TYPICAL, FALSE, FALSE, "en"}},
    {"sign-in.png", {SIGN_IN, FALSE, FALSE, "ko"}},
};

static GdkTexture *
render (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  int width = gtk_widget_get_width (window);
  int height = gtk_widget_get_height (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (window));

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
  return gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
}

static OscOrderItem *
find_number (OscOrderStore *store, gint64 number)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (G_LIST_MODEL (store), i);

    if (osc_order_item_data (item)->number == number)
      return item;
  }
  return NULL;
}

static void
set_scene (OscWindow *window, OscShell *shell, OscOrderStore *store, const Shot *shot)
{
  OscArrivalQueue *queue = osc_shell_queue (shell);

  if (shot->scene == ARRIVAL) {
    osc_arrival_queue_show (queue, find_number (store, 58));
    return;
  }
  while (osc_arrival_queue_current (queue) != NULL)
    osc_arrival_queue_later (queue);
  if (shot->scene == DRAWER) {
    osc_board_pick (osc_shell_board (shell), find_number (store, 48));
    osc_shell_open (shell, find_number (store, 48));
  }
}

static void
fill_window (OscWindow *window, OscOrderStore *store, OscActs *acts, const Shot *shot)
{
  OscStrip *strip = osc_window_strip (window);

  if (shot->scene == SIGN_IN) {
    g_autoptr (OsyClient) client = osy_client_new ("http://127.0.0.1:9");

    osc_window_show_page (window, osc_sign_in_page_new (client));
    return;
  }
  if (shot->scene == PEAK)
    osc_fixture_peak (store);
  else if (shot->scene != EMPTY)
    osc_fixture_typical (store);
  osc_strip_set_shop (strip, "소담분식", "2026-11-21", "김지은");
  osc_chip_set (osc_strip_connection (strip), OSC_CHIP_FINE, NULL);
  osc_chip_set (osc_strip_sound (strip), OSC_CHIP_FINE, NULL);
  osc_window_show_shell (window, OSC_SHELL (osc_shell_new (store, acts)));
  if (shot->scene == TYPICAL) {
    g_autofree char *done = g_strdup_printf (_ ("Handed over no. %d"), 37);

    g_signal_emit_by_name (acts, "done", done, TRUE);
  }
  set_scene (window, osc_window_shell (window), store, shot);
}

static gboolean
same_shot (const Shot *one, const Shot *other)
{
  return one->scene == other->scene && one->wide == other->wide && one->dark == other->dark &&
         strcmp (one->language, other->language) == 0;
}

static void
save (GdkTexture *picture, const char *folder, const char *docs, const Shot *shot, const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);

  g_assert_true (gdk_texture_save_to_png (picture, path));
  for (gsize i = 0; docs != NULL && i < G_N_ELEMENTS (for_docs); i++)
    if (same_shot (&for_docs[i].shot, shot)) {
      g_autofree char *doc = g_build_filename (docs, for_docs[i].name, NULL);

      g_assert_true (gdk_texture_save_to_png (picture, doc));
    }
}

static guint
take (GtkApplication *application, const Shot *shot, const char *folder, const char *docs)
{
  g_autofree char *name =
      g_strdup_printf ("%s-%s-%s-%s", scene_names[shot->scene], shot->wide ? "1920" : "1366",
                       shot->dark ? "dark" : "light", shot->language);
  g_autoptr (OscOrderStore) store = osc_order_store_new ();
  g_autoptr (OscActs) acts = osc_acts_new (NULL);
  OscWindow *window = osc_window_new (application, 0);
  guint faults;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      shot->dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                 : ADW_COLOR_SCHEME_FORCE_LIGHT);
  gtk_window_set_default_size (GTK_WINDOW (window), shot->wide ? 1920 : 1366,
                               shot->wide ? 1080 : 768);
  fill_window (window, store, acts, shot);
  gtk_window_present (GTK_WINDOW (window));
  osc_fixture_spin (SETTLE_MS);
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  osc_fixture_spin (SETTLE_MS);
  g_autoptr (GdkTexture) picture = render (GTK_WIDGET (window));
  /* On a busy machine the last style change may still be on its way. */
  if (osc_shot_check (GTK_WIDGET (window), picture, NULL) > 0) {
    osc_fixture_spin (4 * SETTLE_MS);
    g_object_unref (picture);
    picture = render (GTK_WIDGET (window));
  }
  faults = osc_shot_check (GTK_WIDGET (window), picture, name);
  save (picture, folder, docs, shot, name);
  gtk_window_destroy (GTK_WINDOW (window));
  return faults;
}

static guint
take_all (const char *language, const char *folder, const char *docs)
{
  g_autoptr (GtkApplication) application = osc_fixture_application ();
  guint faults = 0;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  for (int scene = 0; scene < N_SCENES; scene++)
    for (int look = 0; look < 4; look++) {
      Shot shot = {(Scene)scene, look % 2 == 1, look / 2 == 1, language};

      faults += take (application, &shot, folder, docs);
    }
  return faults;
}

/* A process speaks one language: each has its own. */
static int
run_language (char **argv, const char *language)
{
  g_autoptr (GError) error = NULL;
  int status = 0;
  char *child[] = {argv[0], argv[1], (char *)(argv[2] != NULL ? argv[2] : ""), (char *)language,
                   NULL};

  g_setenv ("LANGUAGE", language, TRUE);
  if (!g_spawn_sync (NULL, child, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL, NULL,
                     &status, &error)) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  return status == 0 ? 0 : 1;
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
    return run_language (argv, "ko") | run_language (argv, "en");
  g_setenv ("TZ", "Asia/Seoul", TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain ("ordersync", locale != NULL ? locale : OSY_BUILD_DIR "/po");
  bind_textdomain_codeset ("ordersync", "UTF-8");
  textdomain ("ordersync");
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  faults = take_all (argv[3], argv[1], argv[2][0] != '\0' ? argv[2] : NULL);
  g_print ("%s: %u faults\n", argv[3], faults);
  return faults == 0 ? 0 : 1;
}
