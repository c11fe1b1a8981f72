/**
 * Moves of sittings that no record has continued: SQL to select from, with a condition that more can be added to by AND. Its
 * table is called `m`.
 */
export const OPEN_MOVES = `moves m WHERE NOT EXISTS (
  SELECT 1 FROM records r WHERE r.tenant_id = m.tenant_id
    AND (r.sitting_id = m.sitting_id OR r.continued = m.sitting_id OR r.root = m.sitting_id))`;
