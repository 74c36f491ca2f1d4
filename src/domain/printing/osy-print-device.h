/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** How long a printer may take, in milliseconds (integrations 4.3). */
typedef struct {
  guint connect;
  guint answer;  /* to a question about its state */
  guint write;   /* of one slip */
  guint confirm; /* until it has worked through what it got */
} OsyPrintPatience;
extern const OsyPrintPatience osy_print_patience;

/** An open way to a printer; one slip, then it is closed. On the main thread. */
typedef struct _OsyPrintDevice OsyPrintDevice;
void osy_print_device_free (OsyPrintDevice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyPrintDevice, osy_print_device_free)

/** Where a printer is. */
typedef struct {
  const char *transport; /* TCP or USB */
  const char *address;
  gboolean mute; /* it has not answered before: it is not asked */
  const OsyPrintPatience *patience;
} OsyPrintPlace;

/** osy_print_device_open_async: connects, and asks how the printer is. */
void osy_print_device_open_async (const OsyPrintPlace *place,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/** osy_print_device_open_finish: @problem: (out) (transfer none) (nullable): OFF, PAPER_END, …; of
 * PAPER_LOW alone there is a device. Returns: (transfer full) (nullable). */
OsyPrintDevice *osy_print_device_open_finish (GAsyncResult *result, const char **problem);
/** osy_print_device_is_mute: Returns: whether it did not answer. */
gboolean osy_print_device_is_mute (const OsyPrintDevice *self);

/** What became of a slip. */
typedef struct {
  gboolean begun; /* some of it may be on paper */
  gboolean done;
  const char *problem; /* (nullable): when not done */
} OsyPrintOutcome;
/** osy_print_device_print_async: @device must live until the callback. */
void osy_print_device_print_async (OsyPrintDevice *device,
                                   GBytes *bytes,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
void osy_print_device_print_finish (GAsyncResult *result, OsyPrintOutcome *outcome);

G_END_DECLS
