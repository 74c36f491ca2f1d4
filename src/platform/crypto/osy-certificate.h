/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "osy-error.h"

G_BEGIN_DECLS

/** A certificate and its key (ECDSA P-256), as PEM. */
typedef struct {
  char *certificate;
  char *key; /* wiped when cleared */
} OsyCertificate;

/** osy_certificate_clear: frees what it holds; the key is overwritten first. */
void osy_certificate_clear (OsyCertificate *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyCertificate, osy_certificate_clear)

/**
 * osy_certificate_make_authority:
 * @name: common name, shown by phones that are asked to trust it
 * @dns: (nullable): names besides those of home networks that it may certify
 *
 * A certificate authority for ten years that can vouch for names and addresses of private networks
 * and for @dns alone (critical name constraints): whoever steals its key cannot be the internet.
 */
gboolean osy_certificate_make_authority (const char *name,
                                         const char *const *dns,
                                         OsyCertificate *ret,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * osy_certificate_issue:
 * @names: DNS names and IP addresses; the first is the common name
 * @days: of validity
 *
 * A server's certificate of @authority. INVALID_REQUEST when the authority may not vouch for one
 * of the names.
 */
gboolean osy_certificate_issue (const OsyCertificate *authority,
                                const char *const *names,
                                guint days,
                                OsyCertificate *ret,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_certificate_fingerprint: Returns: (transfer full) (nullable): SHA-256 as "AB:CD:…". */
char *osy_certificate_fingerprint (const char *pem);

/** osy_certificate_ends: @ret: UTC microseconds at which @pem ends. FALSE when it is not one. */
gboolean osy_certificate_ends (const char *pem, gint64 *ret) G_GNUC_WARN_UNUSED_RESULT;

/** osy_certificate_is_for: Returns: whether @pem names each of @names. */
gboolean osy_certificate_is_for (const char *pem, const char *const *names);

/** osy_certificate_check_pair: whether @key_pem is the key of @pem. INVALID_REQUEST otherwise. */
gboolean osy_certificate_check_pair (const char *pem,
                                     const char *key_pem,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
