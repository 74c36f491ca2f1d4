/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** osy_mask_name: Returns: (transfer full): "홍*동", "홍*", "남**수": the first and the last letter
 * of three or more, the first of two, nothing of one. NULL for NULL; "*" for what is no text. */
char *osy_mask_name (const char *name);

/** osy_mask_phone: Returns: (transfer full): "010-****-1234": the area of a Korean number and the
 * last four digits; of any other number these four alone, of less than eight digits the last two
 * at most. NULL for NULL. */
char *osy_mask_phone (const char *phone);

/** osy_mask_email: Returns: (transfer full): "ab***@example.com": two letters of four or more, one
 * of two or three. NULL for NULL. */
char *osy_mask_email (const char *email);

/** osy_mask_address: Returns: (transfer full): province, city, district and road ("마포구 양화로
 * ***"), never a house number or what follows it. NULL for NULL. */
char *osy_mask_address (const char *address);

G_END_DECLS
