/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Alerts by Kakao's AlimTalk, through Aligo. What is sent has to be an approved template, letter by
 * letter, but for what is filled in. */

#include "osy-alert-alimtalk.h"

#include <string.h>

#include "osy-alert-aligo.h"
#include "osy-alert-sms.h"

#define SEND "alimtalk"

/* ---- text ---- */

/* Whether @at begins with @name; moves it behind that. */
static gboolean
skip (const char **at, const char *name)
{
  if (!g_str_has_prefix (*at, name))
    return FALSE;
  *at += strlen (name);
  return TRUE;
}

gboolean
osy_alert_alimtalk_is_template (const char *text)
{
  gboolean says = FALSE;

  for (const char *at = text; (at = strstr (at, "#{")) != NULL;) {
    gboolean words = skip (&at, OSY_ALERT_ALIMTALK_WORDS);
    if (!words && !skip (&at, OSY_ALERT_ALIMTALK_SHOP))
      return FALSE;
    says = says || words;
  }
  return says;
}

/* (transfer full): what is said in @template with @words; a name in what is filled in is none. */
static char *
fill (const char *template, const char *shop, const char *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *at = template; *at != '\0';) {
    if (skip (&at, OSY_ALERT_ALIMTALK_WORDS))
      g_string_append (text, words);
    else if (skip (&at, OSY_ALERT_ALIMTALK_SHOP))
      g_string_append (text, shop);
    else
      g_string_append_c (text, *at++);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* (transfer full): in one line: the lines of a template are its own. */
static char *
one_line (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  return g_strjoinv (" / ", lines);
}

char *
osy_alert_alimtalk_text (const OsyAlertNote *note)
{
  const char *template = note->target->template;
  g_autofree char *words = one_line (note->text);
  g_autofree char *shop = one_line (note->shop);
  char *text = fill (template, shop, words);
  glong length = g_utf8_strlen (words, -1);

  /* A template that names it twice loses as much each time. */
  while (g_utf8_strlen (text, -1) > OSY_ALERT_ALIMTALK_MAX && length > 0) {
    length = MAX (0, length - (g_utf8_strlen (text, -1) - OSY_ALERT_ALIMTALK_MAX) - 1);
    g_autofree char *part = g_utf8_substring (words, 0, length);
    g_autofree char *less = g_strconcat (part, "…", NULL);
    g_free (text);
    text = fill (template, shop, less);
  }
  return text;
}

/* ---- the call ---- */

void
osy_alert_alimtalk_call (const OsyAlertNote *note, const char *base_url, OsyFetchCall *call)
{
  const OsyAlertTarget *target = note->target;
  GString *form = g_string_new (NULL);
  g_autofree char *text = osy_alert_alimtalk_text (note);
  g_autofree char *long_title = NULL;
  g_autofree char *instead = osy_alert_sms_text (note, &long_title);
  g_autofree char *title = osy_alert_sms_title (note->shop);

  osy_alert_aligo_field (form, "apikey", target->key);
  osy_alert_aligo_field (form, "userid", target->user_id);
  if (target->token != NULL)
    osy_alert_aligo_field (form, "token", target->token);
  osy_alert_aligo_field (form, "senderkey", target->sender_key);
  osy_alert_aligo_field (form, "tpl_code", target->template_code);
  osy_alert_aligo_field (form, "sender", target->from);
  osy_alert_aligo_field (form, "receiver_1", target->address);
  osy_alert_aligo_field (form, "subject_1", title);
  osy_alert_aligo_field (form, "message_1", text);
  osy_alert_aligo_field (form, "failover", "Y");
  osy_alert_aligo_field (form, "fsubject_1", title);
  osy_alert_aligo_field (form, "fmessage_1", instead);
  osy_alert_aligo_fill (call, base_url, "/akv10/alimtalk/send/", form, SEND);
}

/* ---- the answer ---- */

gboolean
osy_alert_alimtalk_is (const OsyFetchCall *call)
{
  return g_strcmp0 (call->what, SEND) == 0;
}

/* An answer without a code says nothing. Zero: it is on its way there. */
OsyAlertOutcome
osy_alert_alimtalk_judge (const OsyFetchCall *call, char **problem)
{
  OsyAlertOutcome outcome = osy_alert_outcome_of (call, problem);

  if (outcome != OSY_ALERT_TAKEN)
    return outcome;
  g_autoptr (JsonNode) node = osy_alert_aligo_answer (call);
  JsonObject *answer = node != NULL ? json_node_get_object (node) : NULL;
  gint64 code = answer != NULL ? osy_alert_aligo_number (answer, "code") : 0;
  if (code != 0) {
    *problem = osy_alert_aligo_word (answer, code);
    return OSY_ALERT_REFUSED;
  }
  if (answer != NULL && json_object_has_member (answer, "code"))
    return OSY_ALERT_TAKEN;
  *problem = g_strdup ("NO_ANSWER");
  return OSY_ALERT_AGAIN;
}
