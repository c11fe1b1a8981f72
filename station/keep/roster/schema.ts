/** Tables of the roster; steps are only ever added. */
export const SCHEMA: readonly string[] = [
  `CREATE TABLE assignment (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL) STRICT;
   CREATE TABLE candidates (id TEXT PRIMARY KEY, number_fingerprint TEXT UNIQUE, visitor INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;
   CREATE TABLE templates (candidate TEXT PRIMARY KEY REFERENCES candidates (id) ON DELETE CASCADE, photo TEXT, sealed BLOB NOT NULL) STRICT;`,
  // Until then every template was one vector of this network.
  `ALTER TABLE templates ADD COLUMN model TEXT NOT NULL DEFAULT 'face-reidentification-retail-0095.onnx@f5759050';
   ALTER TABLE templates ADD COLUMN vectors INTEGER NOT NULL DEFAULT 1;`,
  // Several photos of one person; a visitor's template is of none.
  `CREATE TABLE templates_by_photo (
     candidate TEXT NOT NULL REFERENCES candidates (id) ON DELETE CASCADE, photo TEXT NOT NULL, sealed BLOB NOT NULL,
     model TEXT NOT NULL, vectors INTEGER NOT NULL, PRIMARY KEY (candidate, photo)) STRICT;
   INSERT INTO templates_by_photo SELECT candidate, coalesce(photo, ''), sealed, model, vectors FROM templates;
   DROP TABLE templates;
   ALTER TABLE templates_by_photo RENAME TO templates;`,
];
