/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** Purposes beyond what an order needs; each is off until the person agrees. */
#define OSY_GUEST_MARKETING "MARKETING"
#define OSY_GUEST_PROFILE "PROFILE"

/** What a person said last about a purpose. */
typedef struct {
  char *purpose;
  gboolean given;
  gint64 at;          /* UTC µs */
  char *text_version; /* of the words that were agreed to */
  char *source;       /* COUNTER, PHONE or WEB */
} OsyGuestConsent;

/** A person who ordered. Times in UTC µs, 0 when not so. */
typedef struct {
  char *id;
  char *name;  /* nullable; personal */
  char *phone; /* nullable; digits; personal */
  gint64 created_at;
  gint64 last_seen_at;
  gint64 erased_at;
  gint64 version;
  GPtrArray *consents; /* of OsyGuestConsent, never NULL; at most one a purpose */
} OsyGuest;

/** osy_guest_new: Returns: (transfer full): nobody yet. */
OsyGuest *osy_guest_new (void);
/** osy_guest_free: with all that is known of the person. */
void osy_guest_free (OsyGuest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyGuest, osy_guest_free)
/** osy_guest_consent_free: one row. */
void osy_guest_consent_free (OsyGuestConsent *self);

/** osy_guest_purposes: (transfer none): the words allowed, NULL at the end. */
const char *const *osy_guest_purposes (void);
/** osy_guest_sources: (transfer none): how a consent may have been given; as above. */
const char *const *osy_guest_sources (void);
/** osy_guest_unmask_reasons: (transfer none): why somebody may ask for the whole name and phone:
 * words of a list, so that the audit log never holds a guest's own. As above. */
const char *const *osy_guest_unmask_reasons (void);
/** osy_guest_erase_reasons: (transfer none): why a person is forgotten; as above. */
const char *const *osy_guest_erase_reasons (void);

/** osy_guest_to_json: @masked: name and phone as osy-mask shows them. (transfer full) */
JsonNode *osy_guest_to_json (const OsyGuest *self, gboolean masked);

G_END_DECLS
