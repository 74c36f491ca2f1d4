/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Alerts in words of a shop. */

#include "osc-alert-words.h"

#include <glib/gi18n.h>

#include "osc-words.h"
#include "osy-clock.h"
#include "osy-rest.h"

/* ---- ways ---- */

static const OscAlertChannelWords channels[] = {
    {"EMAIL",
     N_ ("E-mail"),
     N_ ("By your account at SendGrid"),
     NULL,
     0,
     {{"address", N_ ("E-mail address"), NULL, FALSE, FALSE},
      {"from", N_ ("Sender"), N_ ("The address that SendGrid has verified"), FALSE, FALSE},
      {"key", N_ ("Key of SendGrid"), N_ ("Begins with SG."), TRUE, FALSE}}},
    {"SMS",
     N_ ("Text message"),
     N_ ("By your account at Aligo, which has to allow this server's address"),
     NULL,
     0,
     {{"address", N_ ("Mobile number"), NULL, FALSE, FALSE},
      {"from", N_ ("Sender's number"), N_ ("The one that Aligo has registered"), FALSE, FALSE},
      {"user_id", N_ ("Account at Aligo"), NULL, FALSE, FALSE},
      {"key", N_ ("Key of Aligo"), NULL, TRUE, FALSE}}},
    {"ALIMTALK",
     N_ ("AlimTalk"),
     N_ ("By your account at Aligo; a text message to whoever has no KakaoTalk"),
     NULL,
     4,
     {{"address", N_ ("Mobile number"), NULL, FALSE, FALSE},
      {"from", N_ ("Sender's number"), N_ ("The one that Aligo has registered"), FALSE, FALSE},
      {"user_id", N_ ("Account at Aligo"), NULL, FALSE, FALSE},
      {"key", N_ ("Key of Aligo"), NULL, TRUE, FALSE},
      {"sender_key", N_ ("Key of the KakaoTalk channel"), NULL, TRUE, FALSE},
      {"template_code", N_ ("Code of the template"), NULL, FALSE, FALSE},
      {"template", N_ ("Text of the template"),
       N_ ("As Kakao approved it, without buttons, such as: {example}"), FALSE, FALSE},
      {"token", N_ ("Token"), N_ ("Only where the account at Aligo is older and wants one"), TRUE,
       TRUE}}},
    {"SLACK",
     N_ ("Slack"),
     N_ ("By an incoming webhook of Slack, or of a program that takes the same"),
     NULL,
     0,
     {{"address", N_ ("Address of the webhook"), N_ ("https://…"), FALSE, FALSE}}},
    {"PAGERDUTY",
     N_ ("PagerDuty"),
     N_ ("By the routing key of a service"),
     "key",
     0,
     {{"key", N_ ("Routing key"), N_ ("32 letters and digits"), TRUE, FALSE},
      {"address", N_ ("Address"), N_ ("Only where it is not the usual one"), FALSE, TRUE}}},
};

const OscAlertChannelWords *
osc_alert_words_channels (gsize *n)
{
  *n = G_N_ELEMENTS (channels);
  return channels;
}

const char *
osc_alert_words_channel (const char *channel)
{
  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    if (g_strcmp0 (channels[i].channel, channel) == 0)
      return _ (channels[i].title);
  return g_strcmp0 (channel, "SCREEN") == 0 ? _ ("Screens") : channel;
}

/* ---- kinds ---- */

static const struct {
  const char *kind;
  const char *title; /* msgid */
  const char *about; /* msgid */
} kinds[] = {
    {"OUTAGE", N_ ("Outage"), N_ ("The database was away, or payments can't be asked about")},
    {"THREAT", N_ ("Attack"), N_ ("Somebody guesses passwords, or reads what is not theirs")},
    {"REFUNDS", N_ ("Many refunds"), N_ ("So much in a day, and three times the usual")},
    {"LATE_ORDERS", N_ ("Late orders"), N_ ("Several orders at once are beyond their time")},
    {"UNANSWERED", N_ ("Nobody answers"),
     N_ ("An order has waited for two minutes; the kitchen's printer buzzes too")},
    {"PRINTER", N_ ("Printer stands still"), N_ ("One doesn't print for so long")},
    {"TEST", N_ ("Test"), N_ ("Somebody tried a recipient")},
};

const char *
osc_alert_words_kind (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return _ (kinds[i].title);
  return kind;
}

const char *
osc_alert_words_kind_about (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return _ (kinds[i].about);
  return "";
}

/* ---- what became of a message ---- */

/* (transfer full): the clock of a time in @object; "" when there is none. */
static char *
clock_of (JsonObject *object, const char *name)
{
  const char *text = osy_rest_text (object, name, NULL);
  gint64 at = 0;

  return text != NULL && osy_clock_parse (text, &at) ? osc_words_clock (at) : g_strdup ("");
}

static char *
problem_words (const char *problem)
{
  if (g_strcmp0 (problem, "NO_ANSWER") == 0)
    return g_strdup (_ ("no answer came"));
  if (g_strcmp0 (problem, "UNREACHABLE") == 0)
    return g_strdup (_ ("it can't be reached"));
  if (g_strcmp0 (problem, "UNREADABLE") == 0)
    return g_strdup (_ ("the recipient can't be read; add it anew"));
  if (g_strcmp0 (problem, "ALIGO_IP") == 0)
    return g_strdup (_ ("Aligo does not allow this server's address; add it there"));
  if (problem != NULL && g_str_has_prefix (problem, "ALIGO_"))
    /* Translators: a number of Aligo's own, such as 102 */
    return g_strdup_printf (_ ("Aligo refused it (%s)"), problem + 6);
  if (problem != NULL && g_str_has_prefix (problem, "HTTP_"))
    /* Translators: a number such as 404 */
    return g_strdup_printf (_ ("it was refused (%s)"), problem + 5);
  return g_strdup (problem != NULL ? problem : "");
}

char *
osc_alert_words_state (JsonObject *message)
{
  g_return_val_if_fail (message != NULL, NULL);
  const char *status = osy_rest_text (message, "status", "");
  const char *problem = osy_rest_text (message, "problem", NULL);
  g_autofree char *why = problem_words (problem);
  g_autofree char *sent = clock_of (message, "sent_at");
  g_autofree char *next = clock_of (message, "next_at");

  if (g_str_equal (status, "SENT"))
    return g_strdup_printf (_ ("sent %s"), sent);
  if (g_str_equal (status, "DEAD"))
    /* Translators: %s says why: "no answer came" */
    return g_strdup_printf (_ ("given up: %s"), why);
  if ((g_str_equal (status, "HELD") || g_str_equal (status, "JOINED")) &&
      json_object_get_boolean_member_with_default (message, "crowded", FALSE))
    return g_strdup (_ ("goes with others: there were many within the hour"));
  if (g_str_equal (status, "HELD") || g_str_equal (status, "JOINED"))
    return g_strdup (_ ("waits for the end of the quiet hours"));
  if (g_str_equal (status, "DROPPED"))
    return g_strdup (_ ("not sent: over, or nobody was to be woken"));
  if (problem != NULL)
    /* Translators: %1$s says why: "no answer came"; %2$s is a time of day */
    return g_strdup_printf (_ ("%1$s; again at %2$s"), why, next);
  return g_strdup (_ ("on its way"));
}
