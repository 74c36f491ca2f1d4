-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What a shop sells. Nothing here is personal. Names are {"ko": …, "en": …}; prices are rows, so
-- that a channel may have its own and a change may begin later. Times of sold-out marks are kept
-- as they were set; the reader compares them with the clock.
CREATE TABLE menu (
  restaurant_id uuid PRIMARY KEY,
  version bigint NOT NULL CHECK (version > 0)
);

CREATE TABLE menu_category (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  names jsonb NOT NULL CHECK (jsonb_typeof(names -> 'ko') = 'string'),
  position int NOT NULL,
  visible boolean NOT NULL DEFAULT true,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (restaurant_id, id)
);
CREATE UNIQUE INDEX menu_category_name ON menu_category (restaurant_id, (names ->> 'ko'));

CREATE TABLE menu_item (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  category_id uuid NOT NULL,
  names jsonb NOT NULL CHECK (jsonb_typeof(names -> 'ko') = 'string'),
  description text,
  origin text,
  allergens text[] NOT NULL DEFAULT '{}',
  station text,
  prep_minutes int NOT NULL DEFAULT 0 CHECK (prep_minutes BETWEEN 0 AND 999),
  tax_class text NOT NULL CHECK (tax_class IN ('TAXED', 'TAX_FREE')),
  stop_mode text NOT NULL DEFAULT 'FOR_SALE'
    CHECK (stop_mode IN ('FOR_SALE', 'OPEN', 'TODAY', 'UNTIL')),
  stop_until timestamptz,
  position int NOT NULL,
  visible boolean NOT NULL DEFAULT true,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, category_id) REFERENCES menu_category (restaurant_id, id),
  CHECK ((stop_mode IN ('TODAY', 'UNTIL')) = (stop_until IS NOT NULL))
);
CREATE UNIQUE INDEX menu_item_name ON menu_item (restaurant_id, category_id, (names ->> 'ko'));

CREATE TABLE menu_group (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  names jsonb NOT NULL CHECK (jsonb_typeof(names -> 'ko') = 'string'),
  min_count int NOT NULL CHECK (min_count BETWEEN 0 AND 999),
  max_count int NOT NULL CHECK (max_count BETWEEN 1 AND 999 AND max_count >= min_count),
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (restaurant_id, id)
);

CREATE TABLE menu_option (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  group_id uuid NOT NULL,
  names jsonb NOT NULL CHECK (jsonb_typeof(names -> 'ko') = 'string'),
  max_quantity int NOT NULL DEFAULT 0 CHECK (max_quantity BETWEEN 0 AND 999),
  stop_mode text NOT NULL DEFAULT 'FOR_SALE'
    CHECK (stop_mode IN ('FOR_SALE', 'OPEN', 'TODAY', 'UNTIL')),
  stop_until timestamptz,
  position int NOT NULL,
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, group_id) REFERENCES menu_group (restaurant_id, id)
    ON DELETE CASCADE,
  CHECK ((stop_mode IN ('TODAY', 'UNTIL')) = (stop_until IS NOT NULL))
);
CREATE INDEX menu_option_group ON menu_option (restaurant_id, group_id);

-- Which groups an item, or an option of another group, offers.
CREATE TABLE menu_link (
  restaurant_id uuid NOT NULL,
  item_id uuid,
  option_id uuid,
  group_id uuid NOT NULL,
  position int NOT NULL,
  CHECK (num_nonnulls(item_id, option_id) = 1),
  UNIQUE NULLS NOT DISTINCT (restaurant_id, item_id, option_id, group_id),
  FOREIGN KEY (restaurant_id, item_id) REFERENCES menu_item (restaurant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (restaurant_id, option_id) REFERENCES menu_option (restaurant_id, id)
    ON DELETE CASCADE,
  FOREIGN KEY (restaurant_id, group_id) REFERENCES menu_group (restaurant_id, id)
    ON DELETE CASCADE
);
CREATE INDEX menu_link_option ON menu_link (restaurant_id, option_id);
CREATE INDEX menu_link_group ON menu_link (restaurant_id, group_id);

CREATE TABLE menu_price (
  restaurant_id uuid NOT NULL,
  item_id uuid,
  option_id uuid,
  channel text CHECK (channel IN ('COUNTER', 'QR', 'WEB', 'PHONE', 'PLATFORM')),
  valid_from timestamptz,
  won bigint NOT NULL CHECK (won BETWEEN 0 AND 100000000),
  CHECK (num_nonnulls(item_id, option_id) = 1),
  UNIQUE NULLS NOT DISTINCT (restaurant_id, item_id, option_id, channel, valid_from),
  FOREIGN KEY (restaurant_id, item_id) REFERENCES menu_item (restaurant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (restaurant_id, option_id) REFERENCES menu_option (restaurant_id, id)
    ON DELETE CASCADE
);
CREATE INDEX menu_price_option ON menu_price (restaurant_id, option_id);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['menu', 'menu_category', 'menu_item', 'menu_group', 'menu_option',
                              'menu_link', 'menu_price'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON menu TO ordersync_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON menu_category, menu_item, menu_group, menu_option
  TO ordersync_app;
GRANT SELECT, INSERT, DELETE ON menu_link, menu_price TO ordersync_app;
