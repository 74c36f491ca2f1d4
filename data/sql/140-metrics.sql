-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- How much is open, over all shops, for /metrics. The daemon sees one shop at a time, so it asks the
-- owner through this one door, which gives away sums alone.
CREATE POLICY metrics ON orders FOR SELECT TO ordersync_owner
  USING (status IN ('PENDING', 'ACCEPTED', 'PREPARING', 'READY', 'DELIVERING'));
CREATE POLICY metrics ON print_job FOR SELECT TO ordersync_owner
  USING (status IN ('QUEUED', 'PRINTING', 'FAILED'));
CREATE POLICY metrics ON outbox FOR SELECT TO ordersync_owner USING (true);
CREATE POLICY metrics ON inbox FOR SELECT TO ordersync_owner USING (done_at IS NULL);

CREATE FUNCTION metrics_open() RETURNS TABLE (what text, label text, value bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
    SELECT 'orders', status, count(*) FROM orders
      WHERE status IN ('PENDING', 'ACCEPTED', 'PREPARING', 'READY', 'DELIVERING') GROUP BY status
    UNION ALL SELECT 'sagas', step, count(*) FROM saga WHERE next_at IS NOT NULL GROUP BY step
    UNION ALL SELECT 'attention', '', count(*) FROM saga
      WHERE next_at IS NOT NULL AND needs_attention IS NOT NULL
    UNION ALL SELECT 'print', status, count(*) FROM print_job
      WHERE status IN ('QUEUED', 'PRINTING', 'FAILED') GROUP BY status
    UNION ALL SELECT 'outbox', '', count(*) FROM outbox
    UNION ALL SELECT 'inbox', '', count(*) FROM inbox WHERE done_at IS NULL
  $$;
REVOKE ALL ON FUNCTION metrics_open() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION metrics_open() TO ordersync_app;
