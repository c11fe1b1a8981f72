/** Whoever was erased: when, on whose behalf, why. Their id stays, and nothing else that says who they are. Part of migration 104. */
export const ERASED_SCHEMA: readonly string[] = [
  `ALTER TABLE candidates ADD COLUMN erased_at timestamptz`,
  `ALTER TABLE candidates ADD COLUMN erased_by text`,
  `ALTER TABLE candidates ADD COLUMN erased_why text`,
  `CREATE INDEX candidates_left ON candidates (tenant_id, left_at) WHERE left_at IS NOT NULL`,
  `CREATE INDEX candidates_erased ON candidates (erased_at) WHERE erased_at IS NOT NULL`,
];
