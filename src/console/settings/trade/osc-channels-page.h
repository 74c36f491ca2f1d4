/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"

G_BEGIN_DECLS

/** OscChannelsPage: which platforms may send orders here. A secret is shown once, in the dialog
 * that made it. */
#define OSC_TYPE_CHANNELS_PAGE (osc_channels_page_get_type ())
G_DECLARE_FINAL_TYPE (OscChannelsPage, osc_channels_page, OSC, CHANNELS_PAGE, GtkWidget)

/** osc_channels_page_new: reads at once. */
GtkWidget *osc_channels_page_new (const OscContext *context);
/** osc_channels_page_take: @answer: as GET channels says it. */
void osc_channels_page_take (OscChannelsPage *self, JsonNode *answer);
/** osc_channels_page_show_secret: the dialog that shows @link with its new secret. Of the answer,
 * and of pictures. */
void osc_channels_page_show_secret (OscChannelsPage *self, JsonObject *link);

G_END_DECLS
