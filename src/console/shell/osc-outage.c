/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What to say of a part that is away: first what goes on, since that is what people need. */

#include "osc-outage.h"

#include <glib/gi18n.h>

static const struct {
  const char *words; /* msgid */
  const char *page;
} outages[] = {
    [OSC_OUTAGE_SERVER] = {N_ ("Reconnecting to the server. The kitchen and the web go on"), NULL},
    [OSC_OUTAGE_DATABASE] =
        {N_ ("The database doesn't answer. What was confirmed is safe and stays "
             "on the screens; nothing new can be saved"),
         "health"},
    [OSC_OUTAGE_PRINTER] = {N_ ("A printer stands still. Orders, screens and payments go on; its "
                                "slips are kept"),
                            "printers"},
    [OSC_OUTAGE_SOUND] = {N_ ("Nothing can be heard. New orders flash around the whole window; all "
                              "else goes on"),
                          "sound"},
    [OSC_OUTAGE_PAYMENTS] =
        {N_ ("The payment service doesn't answer. Cash, orders and the kitchen go "
             "on; nobody pays twice"),
         "health"},
    [OSC_OUTAGE_DISK] =
        {N_ ("The server's disk is almost full. All still goes on; make room before "
             "it is full"),
         "health"},
};

G_STATIC_ASSERT (G_N_ELEMENTS (outages) == OSC_N_OUTAGES);

OscOutage
osc_outage_worst (guint away, guint *others)
{
  OscOutage worst = OSC_N_OUTAGES;

  *others = 0;
  for (guint i = 0; i < OSC_N_OUTAGES; i++) {
    if ((away & (1U << i)) == 0)
      continue;
    if (worst == OSC_N_OUTAGES)
      worst = (OscOutage)i;
    else
      ++*others;
  }
  return worst;
}

char *
osc_outage_words (OscOutage outage, const char *own, guint others)
{
  g_return_val_if_fail (outage < OSC_N_OUTAGES, NULL);
  const char *words = own != NULL ? own : _ (outages[outage].words);

  if (others == 0)
    return g_strdup (words);
  /* Translators: what does not work, then how many other things don't. */
  return g_strdup_printf (_ ("%s (and %u more)"), words, others);
}

const char *
osc_outage_page (OscOutage outage)
{
  g_return_val_if_fail (outage < OSC_N_OUTAGES, NULL);
  return outages[outage].page;
}
