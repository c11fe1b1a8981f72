import { FIRMS, isWithin, type Migration } from '../database/index.ts';

/** Tables of stations, and what in them names one. */
const OF_STATIONS = {
  ...{ stations: 'id', readiness: 'station_id', revocations: 'station_id' },
  ...{ former_keys: 'station_id', ledger_heads: 'station_id' },
};
/** By an index, and only for a row that is nobody's of them: there is a grant for each turn, firm and station. */
const GIVEN_TO_THEM = `SELECT station_id FROM grants WHERE tenant_id = ANY (ARRAY(${FIRMS}))`;

export const migrations: readonly Migration[] = [
  {
    number: 1,
    statements: [
      `CREATE TABLE stations (
        tenant_id text NOT NULL REFERENCES tenants,
        id text PRIMARY KEY,
        name text NOT NULL,
        public_key text NOT NULL,
        certificate text NOT NULL,
        enrolled_at timestamptz NOT NULL)`,
      `CREATE TABLE enrolment_codes (
        code_hash text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants,
        created_at timestamptz NOT NULL,
        station_id text REFERENCES stations)`,
    ],
  },
  {
    number: 8,
    // How ready each station said it is, last.
    statements: [
      `CREATE TABLE readiness (
        tenant_id text NOT NULL REFERENCES tenants,
        station_id text NOT NULL REFERENCES stations,
        body text NOT NULL,
        said_at timestamptz NOT NULL,
        heard_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, station_id))`,
    ],
  },
  {
    number: 9,
    // By which a firm (tenant_id) uses a station of another one (owner_id).
    statements: [
      `CREATE TABLE grants (
        tenant_id text NOT NULL REFERENCES tenants,
        id text PRIMARY KEY,
        owner_id text NOT NULL REFERENCES tenants,
        station_id text NOT NULL REFERENCES stations,
        jws text NOT NULL,
        begins_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        ended_at timestamptz,
        given_at timestamptz NOT NULL)`,
      `CREATE INDEX grants_of_station ON grants (station_id, tenant_id)`,
      `CREATE INDEX grants_of_owner ON grants (owner_id)`,
    ],
  },
  {
    number: 27,
    // Lines of ledgers as stations said them (`reported`: the last one at that time), or as records name them; and what speaks
    // against a station, or against one of its records. Of a station itself `sitting_id` is empty.
    statements: [
      `CREATE TABLE ledger_heads (
        tenant_id text NOT NULL REFERENCES tenants,
        station_id text NOT NULL REFERENCES stations,
        sequence bigint NOT NULL,
        head text NOT NULL,
        reported boolean NOT NULL,
        seen_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, station_id, sequence, head))`,
      `CREATE INDEX ledger_heads_of_station ON ledger_heads (station_id, sequence)`,
      `CREATE TABLE findings (
        tenant_id text NOT NULL REFERENCES tenants,
        station_id text NOT NULL REFERENCES stations,
        sitting_id text NOT NULL,
        reason text NOT NULL,
        detail text NOT NULL,
        found_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, station_id, sitting_id, reason))`,
    ],
  },
  {
    number: 49,
    // The end of a station, as it was signed and why; and what was signed with its key after that: how often, and the first ones.
    statements: [
      `CREATE TABLE revocations (
        tenant_id text NOT NULL REFERENCES tenants,
        station_id text PRIMARY KEY REFERENCES stations,
        jws text NOT NULL,
        note text NOT NULL,
        revoked_at timestamptz NOT NULL,
        refused bigint NOT NULL DEFAULT 0)`,
      `CREATE TABLE refused_requests (
        tenant_id text NOT NULL REFERENCES tenants,
        station_id text NOT NULL REFERENCES revocations,
        jws text NOT NULL,
        heard_at timestamptz NOT NULL,
        PRIMARY KEY (station_id, jws))`,
    ],
  },
  {
    number: 50,
    // Codes end. Those of before had no end: a day after they were made, like any.
    statements: [
      `ALTER TABLE enrolment_codes ADD COLUMN expires_at timestamptz`,
      `UPDATE enrolment_codes SET expires_at = created_at + interval '24 hours'`,
      `ALTER TABLE enrolment_codes ALTER COLUMN expires_at SET NOT NULL`,
    ],
  },
  {
    number: 61,
    // Whether what was issued before each was logged with its making has been logged since.
    statements: [`CREATE TABLE issued_logged (id integer PRIMARY KEY CHECK (id = 1), at timestamptz NOT NULL)`],
  },
  {
    number: 55,
    // The keys that a station had before, in their order; and since when its operator wishes another.
    statements: [
      `CREATE TABLE former_keys (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants,
        station_id text NOT NULL REFERENCES stations,
        public_key text NOT NULL,
        certificate text NOT NULL,
        until timestamptz NOT NULL,
        UNIQUE (station_id, public_key))`,
      `CREATE INDEX former_keys_of_station ON former_keys (station_id, number)`,
      `CREATE INDEX stations_by_key ON stations (public_key)`,
      `ALTER TABLE stations ADD COLUMN fresh_key_since timestamptz`,
    ],
  },
  {
    number: 73,
    holds: 'an index is made on findings, which are few',
    // What speaks against records, by the record: for each line of a page.
    statements: [`CREATE INDEX findings_of_sitting ON findings (tenant_id, sitting_id)`],
  },
  {
    number: 115,
    holds: 'indexes are made on small tables',
    statements: [
      'CREATE INDEX grants_of_tenant ON grants (tenant_id, station_id)',
      'CREATE INDEX stations_of_tenant ON stations (tenant_id)',
      'CREATE INDEX revocations_of_tenant ON revocations (tenant_id)',
      'CREATE INDEX refused_requests_of_tenant ON refused_requests (tenant_id)',
      ...Object.entries(OF_STATIONS).map(
        ([table, station]) =>
          `ALTER POLICY shown_too ON ${table} USING (${isWithin('tenant_id')} OR ${station} IN (${GIVEN_TO_THEM}))`,
      ),
    ],
  },
];
