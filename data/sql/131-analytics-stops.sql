-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- From when to when an item could not be ordered, whoever stopped it. The menu itself says only how it
-- is now, so this is no sum that could be computed again.
CREATE TABLE sale_stop (
  restaurant_id uuid NOT NULL,
  item_id uuid NOT NULL,
  began_at timestamptz NOT NULL,
  until_at timestamptz, -- when it was to end by itself
  ended_at timestamptz, -- when something else was said of the item
  PRIMARY KEY (restaurant_id, item_id, began_at)
);
CREATE INDEX sale_stop_time ON sale_stop (restaurant_id, began_at);
ALTER TABLE sale_stop ENABLE ROW LEVEL SECURITY;
ALTER TABLE sale_stop FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sale_stop TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, UPDATE ON sale_stop TO ordersync_app;

-- Runs as who changes the menu.
CREATE FUNCTION note_stop() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE sale_stop SET ended_at = clock_timestamp()
      WHERE restaurant_id = OLD.restaurant_id AND item_id = OLD.id AND ended_at IS NULL;
  END IF;
  IF TG_OP <> 'DELETE' AND (NEW.stop_mode <> 'FOR_SALE' OR NEW.out_of_stock) THEN
    INSERT INTO sale_stop (restaurant_id, item_id, began_at, until_at)
      VALUES (NEW.restaurant_id, NEW.id, clock_timestamp(),
        CASE WHEN NEW.out_of_stock THEN NULL ELSE NEW.stop_until END);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER stop_changed AFTER UPDATE ON menu_item FOR EACH ROW
  WHEN ((OLD.stop_mode, OLD.stop_until, OLD.out_of_stock) IS DISTINCT FROM
        (NEW.stop_mode, NEW.stop_until, NEW.out_of_stock))
  EXECUTE FUNCTION note_stop();
CREATE TRIGGER stop_made AFTER INSERT OR DELETE ON menu_item
  FOR EACH ROW EXECUTE FUNCTION note_stop();

-- What is stopped already is stopped from now on.
ALTER TABLE menu_item NO FORCE ROW LEVEL SECURITY;
ALTER TABLE sale_stop NO FORCE ROW LEVEL SECURITY;
INSERT INTO sale_stop (restaurant_id, item_id, began_at, until_at)
  SELECT restaurant_id, id, now(), CASE WHEN out_of_stock THEN NULL ELSE stop_until END
  FROM menu_item WHERE stop_mode <> 'FOR_SALE' OR out_of_stock;
ALTER TABLE sale_stop FORCE ROW LEVEL SECURITY;
ALTER TABLE menu_item FORCE ROW LEVEL SECURITY;
