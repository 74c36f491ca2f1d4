/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-kitchen-work.h"

G_BEGIN_DECLS

/** osy_kitchen_news_tell: tells the room's OsyKitchenTell what each station has to learn of @work.
 * Its tickets have their new versions. */
gboolean osy_kitchen_news_tell (const OsyKitchenWork *work, GError **error);

G_END_DECLS
