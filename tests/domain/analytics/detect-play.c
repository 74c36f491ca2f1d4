/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

#include "detect-play.h"

#include <math.h>

#define DAYS 266
#define FIRST 60
#define EVENTS_APART 28
#define PEOPLE 160
#define PERSON_DAYS 300

static double
normal (GRand *rand)
{
  double u = g_rand_double_range (rand, 1e-12, 1), v = g_rand_double (rand);

  return sqrt (-2 * log (u)) * cos (2 * G_PI * v);
}

/* Orders a day: a week's shape, a slow tide, an unevenness of a tenth and that of chance. */
static void
generate (GRand *rand, double level, double days[DAYS])
{
  static const double week[] = {.8, .85, .9, 1, 1.3, 1.5, .65};

  for (int i = 0; i < DAYS; i++) {
    double mean = level * week[i % 7] * (1 + .15 * sin (i / 40.)) * (1 + .1 * normal (rand));
    days[i] = MAX (round (mean + sqrt (MAX (mean, 1)) * normal (rand)), 1);
  }
}

/* Every other event is one day of -35 %, the rest are three days of -20 %. */
static void
play_shop (GRand *rand, double level, PlayDays detect, PlayScore *score)
{
  double days[DAYS];
  gboolean odd[DAYS] = {FALSE};

  generate (rand, level, days);
  for (int i = FIRST, n = 0; i < DAYS - 8; i += EVENTS_APART, n++) {
    int at = i + g_rand_int_range (rand, 0, 6), length = n % 2 ? 3 : 1;
    gboolean found = FALSE;
    for (int j = 0; j < length; j++) {
      days[at + j] = round (days[at + j] * (length == 3 ? .8 : .65));
      odd[at + j] = TRUE;
      found |= detect (days, (gsize)(at + j) + 1).low;
    }
    *(length == 3 ? &score->slumps : &score->dips) += 1;
    *(length == 3 ? &score->slumps_found : &score->dips_found) += found;
  }
  for (int i = FIRST; i < DAYS; i++)
    if (!odd[i] && !odd[i - 1] && !odd[i - 2]) {
      score->days++;
      score->false_alarms += detect (days, (gsize)i + 1).odd;
    }
}

PlayScore
play_days (guint32 seed, guint shops, PlayDays detect)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  PlayScore score = {0};

  for (guint i = 0; i < shops; i++)
    play_shop (rand, g_rand_double_range (rand, 150, 300), detect, &score);
  return score;
}

PlayRefundScore
play_refunds (guint32 seed, PlayRefunds detect)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  PlayRefundScore score = {0};

  for (int person = 0; person < PEOPLE; person++) {
    double rate = g_rand_double_range (rand, .01, .04);
    guint refunds[PERSON_DAYS] = {0}, sales[PERSON_DAYS];
    for (guint i = 0; i < PERSON_DAYS; i++) {
      gboolean bad = i >= FIRST && g_rand_double (rand) < .01;
      double chance = rate * g_rand_double_range (rand, .6, 1.4) + (bad ? .12 : 0);
      sales[i] = 60 + (guint)g_rand_int_range (rand, 0, 60);
      for (guint k = 0; k < sales[i]; k++)
        refunds[i] += g_rand_double (rand) < chance;
      gboolean found = i >= FIRST && detect (refunds, sales, i + 1);
      score.injected += bad;
      score.right += found && bad;
      score.wrong += found && !bad;
    }
  }
  return score;
}
