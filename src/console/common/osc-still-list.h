/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** OscStillList: the same list as another, but it can hold still: what changes meanwhile is told in
 * one piece afterwards. So nothing moves under a finger that has just tapped. */
#define OSC_TYPE_STILL_LIST (osc_still_list_get_type ())
G_DECLARE_FINAL_TYPE (OscStillList, osc_still_list, OSC, STILL_LIST, GObject)

/** osc_still_list_new: follows @source. */
OscStillList *osc_still_list_new (GListModel *source);
/** osc_still_list_hold: holds still for @ms from now. */
void osc_still_list_hold (OscStillList *self, guint ms);

G_END_DECLS
