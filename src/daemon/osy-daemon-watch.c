/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What answers tell of attacks, whatever route they come from. */

#include "osy-daemon-watch.h"

#include <string.h>

OsyMetric osy_requests_refused = {.name = "ordersync_requests_refused_total",
                                  .help = "Requests refused, by reason.",
                                  .kind = OSY_METRIC_COUNTER,
                                  .labels = {"reason"}};

/* Row level security makes no difference between another shop's row and none, so what shows is
 * somebody who asks for one id after the other that he was never told of. */
static void
note_absent (OsyThreats *threats, OsyHttpRequest *request)
{
  const OsyRoute *route = osy_http_request_route (request);
  OsyPrincipal *principal = osy_http_request_principal (request);
  const char *client = osy_http_request_client (request);

  if (route == NULL || strchr (route->path, '{') == NULL)
    return;
  if (principal == NULL || osy_principal_is_anonymous (principal))
    osy_threat_note_client (threats, OSY_THREAT_FOREIGN_SHOP_PROBE, NULL, client);
  else
    osy_threat_note (threats, OSY_THREAT_FOREIGN_SHOP_PROBE,
                     osy_principal_restaurant_id (principal), osy_principal_actor (principal),
                     client);
}

void
osy_daemon_watch (OsyThreats *threats, OsyHttpRequest *request, guint status)
{
  static const struct {
    guint status;
    const char *reason;
  } refused[] = {
      {400, "invalid"},      {401, "unauthenticated"}, {403, "permission"}, {404, "not_found"},
      {405, "method"},       {411, "length"},          {413, "too_large"},  {415, "media_type"},
      {429, "rate_limited"}, {503, "unavailable"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    if (refused[i].status == status)
      osy_metric_count (&osy_requests_refused, refused[i].reason);
  if (status == 404)
    note_absent (threats, request);
  else if (status == 429)
    osy_threat_note_client (threats, OSY_THREAT_FLOOD, NULL, osy_http_request_client (request));
}
