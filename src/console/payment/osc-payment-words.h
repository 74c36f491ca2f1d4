/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-payment.h"

G_BEGIN_DECLS

/** osc_payment_words_method: "Card", "Cash", "Toss", "Transfer"; static. */
const char *osc_payment_words_method (const char *method);
/** osc_payment_words_about: (transfer full): "Card · approval ****2345", or how far it is. */
char *osc_payment_words_about (const OsyPayment *payment);
/** osc_payment_words_state: how far what goes through the payment service is; static. */
const char *osc_payment_words_state (const char *status);
/** osc_payment_words_failure: (transfer full): why a payment was not taken, for people. */
char *osc_payment_words_failure (const GError *error);

G_END_DECLS
