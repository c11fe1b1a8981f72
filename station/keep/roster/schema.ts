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
  // Several firms. What was there is that of whose station it is, which is the one without an id here.
  `CREATE TABLE assignments (tenant TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
   INSERT INTO assignments SELECT '', sealed FROM assignment;
   DROP TABLE assignment;
   CREATE TABLE candidates_by_tenant (
     tenant TEXT NOT NULL, id TEXT NOT NULL, number_fingerprint TEXT, visitor INTEGER NOT NULL, sealed BLOB NOT NULL,
     PRIMARY KEY (tenant, id), UNIQUE (tenant, number_fingerprint)) STRICT;
   INSERT INTO candidates_by_tenant SELECT '', id, number_fingerprint, visitor, sealed FROM candidates;
   CREATE TABLE templates_by_tenant (
     tenant TEXT NOT NULL, candidate TEXT NOT NULL, photo TEXT NOT NULL, sealed BLOB NOT NULL, model TEXT NOT NULL,
     vectors INTEGER NOT NULL, PRIMARY KEY (tenant, candidate, photo),
     FOREIGN KEY (tenant, candidate) REFERENCES candidates_by_tenant (tenant, id) ON DELETE CASCADE) STRICT;
   INSERT INTO templates_by_tenant SELECT '', candidate, photo, sealed, model, vectors FROM templates;
   DROP TABLE templates;
   DROP TABLE candidates;
   ALTER TABLE candidates_by_tenant RENAME TO candidates;
   ALTER TABLE templates_by_tenant RENAME TO templates;`,
  // Photos used to go once there was a template of them; a proctor wants to see them.
  `CREATE TABLE roster_photos (
     tenant TEXT NOT NULL, candidate TEXT NOT NULL, photo TEXT NOT NULL, sealed BLOB NOT NULL,
     PRIMARY KEY (tenant, candidate, photo),
     FOREIGN KEY (tenant, candidate) REFERENCES candidates (tenant, id) ON DELETE CASCADE) STRICT;`,
  // Faces of check-ins without any doubt, each for its time. What the row says of one is sealed with it.
  `CREATE TABLE added_templates (
     tenant TEXT NOT NULL, candidate TEXT NOT NULL, template TEXT NOT NULL, sealed BLOB NOT NULL, model TEXT NOT NULL,
     sitting TEXT NOT NULL, at TEXT NOT NULL, until TEXT NOT NULL, PRIMARY KEY (tenant, candidate, template),
     FOREIGN KEY (tenant, candidate) REFERENCES candidates (tenant, id) ON DELETE CASCADE) STRICT;`,
];
