/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** osy_phone_digits: Returns: (transfer full): the digits of @phone alone, the same for every way
 * to write a number: +82 10-1234-5678, +82 (0)10… and 010-1234-5678 are one. May be empty. */
char *osy_phone_digits (const char *phone);

/** osy_phone_is_personal: Returns: whether @digits tell a person apart for good: long enough, and
 * no safe number (050…), which is lent to one guest today and to another one tomorrow. */
gboolean osy_phone_is_personal (const char *digits);

G_END_DECLS
