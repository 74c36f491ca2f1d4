/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** osy_sim_channel: "channel": a delivery platform that sends orders, well and badly. Returns: the
 * exit code: 0 when the shop answered all of it as it must, 1 when not, 2 for wrong use. */
int osy_sim_channel (int argc, char **argv);

/** osy_sim_guests: "guests": simulated guests and staff of a shop that runs. @argv: from the word
 * of the command on. Returns: the exit code: 0 when every acknowledged order was seen and every
 * answer was as it may be, 1 when not, 2 for wrong use. */
int osy_sim_guests (int argc, char **argv);

/** osy_sim_message: "messages": what alerts are sent to, strictly, over HTTP, until SIGTERM.
 * Returns: the exit code: 2 when it could not begin. */
int osy_sim_message (int argc, char **argv);

/** osy_sim_printer: "printer": a strict receipt printer on TCP, driven by lines of standard input
 * until that ends. Returns: the exit code: 1 when it got a byte that it does not know. */
int osy_sim_printer (int argc, char **argv);

/** osy_sim_rider: "rider": a strict Kakao Mobility over HTTP, until SIGTERM. Returns: the exit
 * code: 2 when it could not begin. */
int osy_sim_rider (int argc, char **argv);

/** osy_sim_toss: "toss": a strict Toss Payments over HTTP, until SIGTERM. Returns: the exit code: 2
 * when it could not begin. */
int osy_sim_toss (int argc, char **argv);

G_END_DECLS
