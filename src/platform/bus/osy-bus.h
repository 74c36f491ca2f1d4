/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** In-process publish and subscribe on the main thread. */
#define OSY_TYPE_BUS (osy_bus_get_type ())
G_DECLARE_FINAL_TYPE (OsyBus, osy_bus, OSY, BUS, GObject)

typedef void (*OsyBusFunc) (const char *topic, gpointer message, gpointer user_data);

/** osy_bus_new: Returns: (transfer full): a bus without subscribers. */
OsyBus *osy_bus_new (void);
/** osy_bus_subscribe: @prefix: of the topics wanted ("order." or ""). Returns: id for _unsubscribe.
 */
guint osy_bus_subscribe (OsyBus *self, const char *prefix, OsyBusFunc func, gpointer user_data);
void osy_bus_unsubscribe (OsyBus *self, guint id);
/** osy_bus_publish: calls every subscriber in order of subscription. @message: (transfer none). */
void osy_bus_publish (OsyBus *self, const char *topic, gpointer message);

G_END_DECLS
