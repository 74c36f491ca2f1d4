/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Renders the fixed list of pictures. */

#include "osc-fixture.h"
#include "osc-scale.h"

#include "osy-clock.h"

static void
save (GtkWidget *widget, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
  g_autoptr (GdkTexture) texture =
      gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

int
main (int argc, char **argv)
{
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  gboolean wide = argc > 2 && argv[2][0] == 'w';
  gboolean dark = argc > 3 && argv[3][0] == 'd';
  g_autoptr (GtkApplication) application = osc_fixture_application ();
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  OscWindow *window = osc_window_new (application, 0);
  g_autoptr (OscOrderStore) store = osc_order_store_new ();
  g_autoptr (OscActs) acts = osc_acts_new (NULL);

  if (argc > 4 && argv[4][0] == 'p')
    osc_fixture_peak (store);
  else if (argc <= 4 || argv[4][0] == 't')
    osc_fixture_typical (store);
  osc_strip_set_shop (osc_window_strip (window), "소담분식", "2026-11-21", "김지은");
  osc_chip_set (osc_strip_connection (osc_window_strip (window)), OSC_CHIP_FINE, NULL);
  osc_chip_set (osc_strip_sound (osc_window_strip (window)), OSC_CHIP_FINE, NULL);
  osc_window_show_shell (window, OSC_SHELL (osc_shell_new (store, acts)));
  g_signal_emit_by_name (acts, "done", "37번을 전달했어요", TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), wide ? 1920 : 1366, wide ? 1080 : 768);
  gtk_window_present (GTK_WINDOW (window));
  osc_fixture_spin (300);
  OscShell *shell = osc_window_shell (window);
  if (argc > 5 && argv[5][0] == 'a')
    osc_fixture_spin (300);
  else {
    while (osc_arrival_queue_current (osc_shell_queue (shell)))
      osc_arrival_queue_later (osc_shell_queue (shell));
    if (argc > 5 && argv[5][0] == 'd') {
      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++) {
        g_autoptr (OscOrderItem) item = g_list_model_get_item (G_LIST_MODEL (store), i);
        if (osc_order_item_data (item)->number == 48) {
          osc_board_pick (osc_shell_board (shell), item);
          osc_shell_open (shell, item);
        }
      }
    }
    osc_fixture_spin (500);
  }
  save (GTK_WIDGET (window), argv[1]);
  return 0;
}
