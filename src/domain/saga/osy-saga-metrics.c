/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Steps that sagas took, and what went wrong on the way: counted once they are committed. */

#include "osy-saga-metrics.h"

static OsyMetric steps = {.name = "ordersync_saga_steps_total",
                          .help = "Steps that sagas reached; COMPENSATING begins a compensation.",
                          .kind = OSY_METRIC_COUNTER,
                          .labels = {"step"}};
static OsyMetric failures = {.name = "ordersync_saga_failures_total",
                             .help = "Sagas that lacked goods or came to need a person, by reason.",
                             .kind = OSY_METRIC_COUNTER,
                             .labels = {"reason"}};

/* What is there from the beginning grows from nought: what comes up with its first count shows no
 * growth to who looks for it. */
void
osy_saga_metrics_declare (void)
{
  OsyMetric *const all[] = {&steps, &failures, NULL};

  osy_metrics_declare (all);
  for (guint i = 0; i < OSY_N_SAGA_STEPS; i++)
    osy_metric_find (&steps, osy_saga_step_name (i));
  osy_metric_find (&failures, "GOODS_SHORT");
  for (guint i = OSY_SAGA_FINE + 1; i < OSY_N_SAGA_REASONS; i++)
    osy_metric_find (&failures, osy_saga_reason_name (i));
}

static gboolean
count_cb (gpointer series)
{
  osy_metric_add (series, 1);
  return G_SOURCE_REMOVE;
}

static void
count_later (OsyDbTx *tx, OsyMetric *metric, const char *value)
{
  osy_db_tx_on_commit (tx, count_cb, osy_metric_find (metric, value), NULL);
}

void
osy_saga_metrics_begun (OsyDbTx *tx)
{
  count_later (tx, &steps, osy_saga_step_name (OSY_SAGA_STARTED));
}

void
osy_saga_metrics_saved (OsyDbTx *tx, const OsySagaState *was, const OsySagaState *is)
{
  if (is->step != was->step)
    count_later (tx, &steps, osy_saga_step_name (is->step));
  if (is->goods != was->goods && is->goods == OSY_SAGA_GOODS_SHORT)
    count_later (tx, &failures, "GOODS_SHORT");
  if (is->reason != was->reason && is->reason != OSY_SAGA_FINE)
    count_later (tx, &failures, osy_saga_reason_name (is->reason));
}
