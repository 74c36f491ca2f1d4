/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Whatever can be read as a slip prints without a byte that a printer does not know, in letters and
 * as pictures; and the strict reader itself survives any bytes. */

#include "fuzz.h"
#include "osy-escpos.h"
#include "osy-json.h"
#include "osy-sim-escpos.h"

static guint faults;

static void
cut_cb (const OsySimSlip *slip, gpointer data)
{
}

static void
kick_cb (gpointer data)
{
}

static void
fault_cb (const char *what, gpointer data)
{
  faults++;
}

static guint8
state_cb (guint8 question, gpointer data)
{
  return 0x12;
}

static void
answer_cb (guint8 byte, gpointer data)
{
}

static void
feed (const guint8 *data, gsize size)
{
  static const OsySimEscposDuties duties = {cut_cb, kick_cb, fault_cb, state_cb, answer_cb};
  g_autoptr (OsySimEscpos) reader = osy_sim_escpos_new (384, &duties, NULL);

  osy_sim_escpos_feed (reader, data, size);
}

static void
print (const OsySlip *slip, gboolean text)
{
  const OsyEscposForm form = {32, text};
  g_autoptr (GBytes) bytes = osy_escpos_encode (slip, &form);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  faults = 0;
  feed (data, size);
  g_assert_cmpuint (faults, ==, 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (JsonNode) node = osy_json_parse ((const char *)data, size, NULL);
  g_autoptr (OsySlip) slip = node != NULL ? osy_slip_from_json (node, NULL) : NULL;

  if (slip == NULL || slip->blocks->len > 20) {
    feed (data, MIN (size, 4096));
    return 0;
  }
  print (slip, TRUE);
  print (slip, FALSE);
  return 0;
}
