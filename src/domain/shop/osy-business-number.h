/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * osy_business_number_normalise:
 * @text: a Korean business registration number as people write it, "124-81-00998"
 *
 * Takes blanks and hyphens out and checks the check digit (weights 1 3 7 1 3 7 1 3 5, plus the
 * tens of 5·d9). Returns: (transfer full) (nullable): its ten digits, NULL when it is none.
 */
char *osy_business_number_normalise (const char *text);

G_END_DECLS
