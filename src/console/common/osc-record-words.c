/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Words for attacks and for rows of the record. */

#include "osc-record-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-words.h"

typedef struct {
  const char *name;
  const char *words; /* msgid */
} Word;

static const struct {
  const char *what;
  const char *advice;
} threats[OSY_N_THREATS] = {
    [OSY_THREAT_BRUTE_FORCE] =
        {N_ ("Somebody is guessing a password"),
         N_ ("More guesses are refused for a while. If it was none of your people, change that "
             "password")},
    [OSY_THREAT_TOKEN_REUSE] =
        {N_ ("A copied sign-in was used"),
         N_ ("That sign-in was ended at once. Sign in again, and end the sign-ins you don't "
             "know")},
    [OSY_THREAT_FOREIGN_SHOP_PROBE] =
        {N_ ("Somebody kept asking for things that aren't yours"),
         N_ ("Nothing was shown. If you don't know the device, end its sign-in")},
    [OSY_THREAT_MASS_UNMASK] = {N_ ("Many guests' details were opened in a short time"),
                                N_ ("Look in the record who did it and why")},
    [OSY_THREAT_FORGED_TOKEN] =
        {N_ ("Somebody tried to get in with a forged pass"),
         N_ ("It was refused. If it goes on, find out who uses that address")},
    [OSY_THREAT_FLOOD] = {N_ ("Far too many requests come from one place"),
                          N_ ("The surplus is refused. Orders still come in")},
    [OSY_THREAT_TAMPERED_LOG] =
        {N_ ("The record of changes was changed afterwards"),
         N_ ("Keep a copy of it now, and find out who can write to the database")},
};

static const Word actions[] = {
    {"audit.exported", N_ ("Record exported")},
    {"auth.owner_added", N_ ("Owner added")},
    {"auth.password_changed", N_ ("Password changed")},
    {"auth.password_reset", N_ ("Password made anew on the machine")},
    {"auth.pin_removed", N_ ("PIN removed")},
    {"auth.pin_set", N_ ("PIN set")},
    {"auth.pin_shown", N_ ("PIN used")},
    {"auth.refresh_reused", N_ ("Copied sign-in ended")},
    {"auth.session_revoked", N_ ("Sign-in ended")},
    {"auth.sign_in_failed", N_ ("Sign-in failed")},
    {"auth.signed_in", N_ ("Signed in")},
    {"auth.signed_out", N_ ("Signed out")},
    {"auth.totp_added", N_ ("Second step added")},
    {"auth.totp_removed", N_ ("Second step removed")},
    {"device.added", N_ ("Screen added")},
    {"device.paired", N_ ("Screen paired")},
    {"device.revoked", N_ ("Screen removed")},
    {"guest.consent", N_ ("Consent changed")},
    {"guest.erased", N_ ("Guest erased")},
    {"guest.exported", N_ ("Guest's details saved")},
    {"guest.unmasked", N_ ("Guest's details opened")},
    {"keys.change_asked", N_ ("Change of keys asked")},
    {"keys.data_changed", N_ ("Data keys changed")},
    {"keys.index_changed", N_ ("Search keys changed")},
    {"keys.audit_changed", N_ ("Key of the audit log changed")},
    {"keys.jwt_changed", N_ ("Sign-in keys changed")},
    {"keys.kek_changed", N_ ("Main key changed")},
    {"menu.edited", N_ ("Menu changed")},
    {"menu.imported", N_ ("Menu read from a file")},
    {"menu.restored", N_ ("Earlier menu brought back")},
    {"menu.rules_changed", N_ ("Rules of the menu changed")},
    {"order.accepted", N_ ("Accepted")},
    {"order.begun", N_ ("Its time has come")},
    {"order.canceled", N_ ("Cancelled")},
    {"order.completed", N_ ("Completed")},
    {"order.created", N_ ("Ordered")},
    {"order.delivering", N_ ("Handed over")},
    {"order.expired", N_ ("Expired")},
    {"order.paid", N_ ("Paid")},
    {"order.ready", N_ ("Done")},
    {"order.recalled", N_ ("Taken back")},
    {"order.rejected", N_ ("Rejected")},
    {"order.rescheduled", N_ ("Another time")},
    {"order.started", N_ ("Started")},
    {"order.unmasked", N_ ("Guest's details opened")},
    {"retention.swept", N_ ("Old details removed")},
    {"saga.pushed", N_ ("Tried again")},
    {"saga.retried", N_ ("Tried again")},
    {"saga.settled_by_hand", N_ ("Settled by hand")},
    {"shop.created", N_ ("Shop made")},
    {"shop.updated", N_ ("Shop settings changed")},
    {"staff.invitation_withdrawn", N_ ("Invitation withdrawn")},
    {"staff.invited", N_ ("Invited")},
    {"staff.joined", N_ ("Joined")},
    {"staff.removed", N_ ("Removed")},
    {"staff.role_changed", N_ ("Role changed")},
    {"threat.acknowledged", N_ ("Attack seen")},
    {"threat.raised", N_ ("Attack noticed")},
};

static const Word things[] = {
    {"audit", N_ ("Record")},  {"guest", N_ ("Guest")},     {"invitation", N_ ("Invitation")},
    {"menu", N_ ("Menu")},     {"order", N_ ("Order")},     {"order_person", N_ ("Order")},
    {"device", N_ ("Screen")}, {"restaurant", N_ ("Shop")}, {"session", N_ ("Sign-in")},
    {"saga", N_ ("Order")},    {"shop", N_ ("Shop")},       {"threat", N_ ("Attack")},
    {"user", N_ ("Person")},
};

/* Members of what was before and after. */
static const Word members[] = {
    {"client", N_ ("Address")},
    {"email", N_ ("E-mail")},
    {"kind", N_ ("Kind")},
    {"minimum_order", N_ ("Smallest order")},
    {"name", N_ ("Name")},
    {"note", N_ ("Note")},
    {"open_state", N_ ("Open or closed")},
    {"phone", N_ ("Phone")},
    {"price", N_ ("Price")},
    {"reason", N_ ("Reason")},
    {"role", N_ ("Role")},
    {"status", N_ ("State")},
    {"version", N_ ("Version")},
};

const char *
osc_record_words_threat (OsyThreatKind kind)
{
  g_return_val_if_fail (kind < OSY_N_THREATS, "");
  return _ (threats[kind].what);
}

const char *
osc_record_words_advice (OsyThreatKind kind)
{
  g_return_val_if_fail (kind < OSY_N_THREATS, "");
  return _ (threats[kind].advice);
}

static const char *
find_word (const Word *words, gsize n, const char *name)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (words[i].name, name) == 0)
      return _ (words[i].words);
  return name;
}

const char *
osc_record_words_action (const char *action)
{
  return find_word (actions, G_N_ELEMENTS (actions), action);
}

const char *
osc_record_words_thing (const char *type)
{
  return find_word (things, G_N_ELEMENTS (things), type);
}

const char *
osc_record_words_member (const char *member)
{
  return find_word (members, G_N_ELEMENTS (members), member);
}

char *
osc_record_words_value (const char *member, const char *value)
{
  OsyThreatKind kind;

  if (strcmp (member, "kind") == 0 && osy_threat_kind_from_name (value, &kind))
    return g_strdup (osc_record_words_threat (kind));
  const char *status = strcmp (member, "status") == 0 ? osc_words_status (value) : "";
  return g_strdup (*status != '\0' ? status : value);
}

char *
osc_record_words_when (gint64 us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%m-%d %H:%M") : g_strdup ("");
}
