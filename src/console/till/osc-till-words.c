/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The till in words. */

#include "osc-till-words.h"

#include <glib/gi18n.h>

#include "osc-words.h"
#include "osy-payment.h"

const char *
osc_till_words_tender (const char *tender)
{
  static const struct {
    const char *tender;
    const char *word; /* msgid */
  } words[] = {
      {OSY_PAYMENT_CASH, N_ ("Cash")},
      {OSY_PAYMENT_TERMINAL, N_ ("Card")},
      {OSY_PAYMENT_TOSS, N_ ("Toss")},
      {OSY_PAYMENT_ACCOUNT, N_ ("Transfer")},
      {OSY_PAYMENT_PLATFORM, N_ ("Delivery app")},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].tender, tender) == 0)
      return _ (words[i].word);
  return tender != NULL ? tender : "";
}

char *
osc_till_words_difference (gint64 won)
{
  g_autofree char *money = osc_words_money (ABS (won));

  if (won == 0)
    return g_strdup (_ ("It is exactly right"));
  return won < 0 ? g_strdup_printf (_ ("%s too little"), money)
                 : g_strdup_printf (_ ("%s too much"), money);
}

char *
osc_till_words_rest (const OscTillRest *rest)
{
  g_autofree char *place = NULL;

  if (g_str_equal (rest->kind, "PAYMENT"))
    /* Translators: a tender: "Card payment" */
    return g_strdup_printf (_ ("%s payment"), osc_till_words_tender (rest->tender));
  if (g_str_equal (rest->kind, "REFUND"))
    return g_strdup (_ ("Refund on its way"));
  if (g_str_equal (rest->kind, "RECEIPT"))
    return g_strdup (_ ("Cash receipt on its way"));
  place = rest->table != NULL ? g_strdup_printf (_ ("Table %s"), rest->table)
                              : g_strdup (_ ("Not paid"));
  if (rest->numbers == NULL)
    return g_steal_pointer (&place);
  g_autofree char *orders = g_strdup_printf (_ ("Orders %s"), rest->numbers);
  return g_strdup_printf ("%s · %s", place, orders);
}

char *
osc_till_words_rest_detail (const OscTillRest *rest)
{
  g_autofree char *since = osc_words_clock (rest->since);
  const char *how = _ ("It is paid tomorrow, or whenever the guest pays");

  if (g_str_equal (rest->kind, "PAYMENT"))
    how = _ ("Nobody knows yet whether it was paid. It counts once that is known");
  else if (!g_str_equal (rest->kind, "CHECK"))
    how = _ ("It goes on by itself");
  /* Translators: a time of day, and how something stands */
  return g_strdup_printf (_ ("Since %s · %s"), since, how);
}

static void
add_carried (GString *text, const char *format, gint64 n)
{
  if (n == 0)
    return;
  g_string_append (text, text->len > 0 ? " · " : "");
  /* Every msgid given has one %d. */
  g_autofree char *number = g_strdup_printf ("%d", (int)n);
  g_auto (GStrv) parts = g_strsplit (format, "%d", 2);
  g_string_append_printf (text, "%s%s%s", parts[0], number, parts[1] != NULL ? parts[1] : "");
}

char *
osc_till_words_carried (const OscTillReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_carried (text, _ ("%d not paid"), report->open_checks);
  add_carried (text, _ ("%d not known"), report->unknown_payments);
  add_carried (text, _ ("%d refunds on their way"), report->pending_refunds);
  add_carried (text, _ ("%d receipts on their way"), report->pending_receipts);
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

char *
osc_till_words_failure (OscTillDeed deed, const GError *error)
{
  if (osy_error_is (error, OSY_ERROR_STATE_CONFLICT))
    return g_strdup (deed == OSC_TILL_OPEN ? _ ("Another screen has opened the till already")
                                           : _ ("Another screen has corrected it already"));
  if (osy_error_is (error, OSY_ERROR_INVALID_REQUEST) && deed == OSC_TILL_CORRECT)
    return g_strdup (_ ("It can't have been less than what stayed in the drawer"));
  if (osy_error_is (error, OSY_ERROR_INVALID_REQUEST) && deed == OSC_TILL_CLOSE)
    return g_strdup (_ ("The count is not what there should be. Count again, or say why"));
  if (osy_error_is (error, OSY_ERROR_TIMEOUT) || osy_error_is (error, OSY_ERROR_UNAVAILABLE))
    return g_strdup (
        _ ("The server did not answer. Look whether it is here before you do it again"));
  return g_strdup (_ ("That didn't work. What you typed is kept"));
}

const char *const *
osc_till_words_reasons (gboolean in, gboolean out)
{
  static const char *const differs[] = {N_ ("Wrong change given"), N_ ("Paid from the drawer"),
                                        N_ ("Wrong float"), N_ ("Don't know"), NULL};
  static const char *const ins[] = {N_ ("Small change fetched"), N_ ("More float"),
                                    N_ ("Owner's money"), NULL};
  static const char *const outs[] = {N_ ("Ingredients bought"), N_ ("Taken to the bank"),
                                     N_ ("Wages"), N_ ("Parcel or delivery"), NULL};

  return in ? ins : out ? outs : differs;
}
