/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-http.h"

G_BEGIN_DECLS

/** osy_bill_list_checks: handler of listChecks; @room: an OsyBillRoom. */
void osy_bill_list_checks (OsyHttpRequest *http, gpointer room);

G_END_DECLS
