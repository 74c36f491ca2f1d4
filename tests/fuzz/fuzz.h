/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <glib.h>

/** LLVMFuzzerTestOneInput: one input; aborts when a promise is broken. The name is libFuzzer's. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
