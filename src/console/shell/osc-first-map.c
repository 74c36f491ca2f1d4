/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One emission hook for each watch, as long as the program runs. */

#include "osc-first-map.h"

typedef struct {
  GType type;
  const char *key;
  OscFirstMapped mapped;
} Watch;

static gboolean
on_any_mapped (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  const Watch *watch = data;
  GtkWidget *widget = g_value_get_object (values);

  if (g_type_is_a (G_OBJECT_TYPE (widget), watch->type) &&
      g_object_get_data (G_OBJECT (widget), watch->key) == NULL) {
    GtkEventController *controller = watch->mapped (widget);

    gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
    gtk_widget_add_controller (widget, controller);
    g_object_set_data (G_OBJECT (widget), watch->key, controller);
  }
  return TRUE;
}

void
osc_first_map_watch (GType type, const char *key, OscFirstMapped mapped)
{
  static GHashTable *watches;
  Watch *watch;

  g_return_if_fail (key != NULL && mapped != NULL);
  if (watches == NULL)
    watches = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  if (g_hash_table_contains (watches, key))
    return;
  watch = g_new0 (Watch, 1);
  watch->type = type;
  watch->key = key;
  watch->mapped = mapped;
  g_hash_table_insert (watches, (gpointer)key, watch);
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, on_any_mapped, watch,
                              NULL);
}
