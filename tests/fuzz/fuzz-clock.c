/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A time that is read is read alike from its printed form. */

#include "fuzz.h"
#include "osy-clock.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  gint64 us, again;

  if (!osy_clock_parse (text, &us))
    return 0;
  g_autofree char *printed = osy_clock_format (us);
  g_assert_true (osy_clock_parse (printed, &again));
  g_assert_cmpint (again, ==, us);
  g_autofree char *day = osy_clock_business_day (us, "Asia/Seoul", 300);
  g_assert_nonnull (day);
  return 0;
}
