/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From the parts to the strip. */

#include "osc-outages.h"

#include "osy-rest.h"

#define PATH "/api/v1/restaurants/me/health"
#define PERMISSION "shop:read"
#define ASK_SECONDS 20

struct _OscOutages {
  GObject parent_instance;
  OscShell *shell; /* (nullable): borrowed */
  OscAlarm *alarm;
  GCancellable *cancellable;
  guint seconds;
  gboolean asking;
};

G_DEFINE_FINAL_TYPE (OscOutages, osc_outages, G_TYPE_OBJECT)

static void
show_sound (OscOutages *self)
{
  if (self->shell != NULL)
    osc_shell_set_outage (self->shell, OSC_OUTAGE_SOUND,
                          osc_alarm_get_device (self->alarm) == OSC_SOUND_DEVICE_FAULT);
}

static void
show_printers (OscOutages *self)
{
  const OsyPrinter *worst =
      self->shell != NULL ? osc_printer_store_worst (osc_shell_context (self->shell)->printers)
                          : NULL;

  if (self->shell != NULL)
    osc_shell_set_outage (self->shell, OSC_OUTAGE_PRINTER,
                          worst != NULL && osy_printer_is_stopped (worst));
}

/* ---- the server's own parts ---- */

static const struct {
  const char *part;
  OscOutage outage;
} parts[] = {
    {"DATABASE", OSC_OUTAGE_DATABASE},
    {"PAYMENTS", OSC_OUTAGE_PAYMENTS},
    {"DISK", OSC_OUTAGE_DISK},
};

static gboolean
is_bad (JsonArray *report, const char *part)
{
  for (guint i = 0; i < json_array_get_length (report); i++) {
    JsonNode *node = json_array_get_element (report, i);
    JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

    if (object != NULL && g_str_equal (osy_rest_text (object, "part", ""), part))
      return g_str_equal (osy_rest_text (object, "state", ""), "BAD");
  }
  return FALSE;
}

void
osc_outages_take (OscOutages *self, JsonNode *report)
{
  g_return_if_fail (OSC_IS_OUTAGES (self) && report != NULL);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (report) ? json_node_get_object (report) : NULL;
  JsonNode *list = object != NULL ? json_object_get_member (object, "parts") : NULL;

  if (self->shell == NULL || list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    osc_shell_set_outage (self->shell, parts[i].outage,
                          is_bad (json_node_get_array (list), parts[i].part));
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscOutages) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) report = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  self->asking = FALSE;
  if (report != NULL)
    osc_outages_take (self, report);
  else
    g_info ("How the server is could not be asked: %s", error->message);
}

void
osc_outages_tick (OscOutages *self)
{
  g_return_if_fail (OSC_IS_OUTAGES (self));
  const OscContext *context = self->shell != NULL ? osc_shell_context (self->shell) : NULL;

  if (context == NULL || context->client == NULL || self->asking ||
      self->seconds++ % ASK_SECONDS != 0 || !osc_people_may (context->people, PERMISSION))
    return;
  self->asking = TRUE;
  osy_client_send_async (context->client, &(OsyClientRequest){.method = "GET", .path = PATH},
                         self->cancellable, asked_cb, g_object_ref (self));
}

/* ---- life ---- */

static void
osc_outages_dispose (GObject *object)
{
  OscOutages *self = OSC_OUTAGES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->alarm);
  if (self->shell != NULL)
    g_clear_weak_pointer (&self->shell);
  G_OBJECT_CLASS (osc_outages_parent_class)->dispose (object);
}

static void
osc_outages_class_init (OscOutagesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_outages_dispose;
}

static void
osc_outages_init (OscOutages *self)
{
  self->cancellable = g_cancellable_new ();
}

OscOutages *
osc_outages_new (OscShell *shell, OscAlarm *alarm)
{
  g_return_val_if_fail (OSC_IS_SHELL (shell) && OSC_IS_ALARM (alarm), NULL);
  OscOutages *self = g_object_new (OSC_TYPE_OUTAGES, NULL);

  g_set_weak_pointer (&self->shell, shell);
  self->alarm = g_object_ref (alarm);
  g_signal_connect_object (alarm, "notify::device", G_CALLBACK (show_sound), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (osc_shell_context (shell)->printers, "changed",
                           G_CALLBACK (show_printers), self, G_CONNECT_SWAPPED);
  show_sound (self);
  show_printers (self);
  return self;
}
