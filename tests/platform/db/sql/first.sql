CREATE TABLE first (i int); INSERT INTO first VALUES (1);
