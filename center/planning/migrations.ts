import { type Migration, wallOf } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 95,
    statements: [
      // An exam of one firm (`exam_tenant`) in one version, in the room of one (`room_tenant`), for the people of several.
      `CREATE TABLE turns (
        id text PRIMARY KEY,
        organiser_id text NOT NULL REFERENCES organisations,
        room_id text NOT NULL REFERENCES organisations,
        room_tenant text NOT NULL REFERENCES tenants,
        exam_tenant text NOT NULL,
        exam_id text NOT NULL,
        version text NOT NULL,
        begins_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        sign_up_until timestamptz NOT NULL,
        seats integer NOT NULL,
        eligibility text NOT NULL,
        state text NOT NULL,
        note text NOT NULL,
        FOREIGN KEY (exam_tenant, exam_id, version) REFERENCES exam_versions,
        CHECK (begins_at < ends_at))`,
      `CREATE INDEX turns_by_time ON turns (begins_at, id)`,
      `CREATE INDEX turns_of_room ON turns (room_tenant, ends_at, begins_at)`,
      `CREATE TABLE turn_versions (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        turn_id text NOT NULL REFERENCES turns,
        version text NOT NULL,
        by_account text NOT NULL,
        by_name text NOT NULL,
        at timestamptz NOT NULL)`,
      `CREATE INDEX turn_versions_of ON turn_versions (turn_id, sequence)`,
      `CREATE TABLE turn_quotas (
        turn_id text NOT NULL REFERENCES turns,
        tenant_id text NOT NULL REFERENCES tenants,
        organisation_id text NOT NULL REFERENCES organisations,
        quota integer NOT NULL,
        PRIMARY KEY (turn_id, tenant_id))`,
      `CREATE INDEX turn_quotas_of ON turn_quotas (tenant_id, turn_id)`,
      `CREATE TABLE turn_proctors (
        turn_id text NOT NULL REFERENCES turns,
        tenant_id text NOT NULL,
        proctor_id text NOT NULL,
        PRIMARY KEY (turn_id, tenant_id, proctor_id),
        FOREIGN KEY (tenant_id, proctor_id) REFERENCES proctors ON DELETE CASCADE)`,
      // `number` is the order in which they were signed up.
      `CREATE TABLE turn_entries (
        turn_id text NOT NULL REFERENCES turns,
        tenant_id text NOT NULL,
        candidate_id text NOT NULL,
        number bigint GENERATED ALWAYS AS IDENTITY,
        state text NOT NULL,
        entered_at timestamptz NOT NULL,
        PRIMARY KEY (turn_id, tenant_id, candidate_id),
        FOREIGN KEY (tenant_id, candidate_id) REFERENCES candidates ON DELETE CASCADE)`,
      `CREATE INDEX turn_entries_in_order ON turn_entries (turn_id, number)`,
      `CREATE INDEX turn_entries_of ON turn_entries (tenant_id, candidate_id) WHERE state <> 'cancelled'`,
      // By which grant a firm uses a station for a turn.
      `CREATE TABLE turn_grants (
        grant_id text PRIMARY KEY REFERENCES grants,
        turn_id text NOT NULL REFERENCES turns,
        tenant_id text NOT NULL,
        station_id text NOT NULL)`,
      `CREATE INDEX turn_grants_of ON turn_grants (turn_id)`,
      `CREATE TABLE turn_rooms (
        tenant_id text PRIMARY KEY REFERENCES tenants,
        by_turns boolean NOT NULL,
        days integer NOT NULL)`,
    ],
  },
  {
    number: 106,
    statements: [
      // Who said that they cannot come: what becomes of their seat, their firm decides.
      `CREATE TABLE turn_absences (
        turn_id text NOT NULL REFERENCES turns,
        tenant_id text NOT NULL,
        candidate_id text NOT NULL,
        reason text NOT NULL,
        said_at timestamptz NOT NULL,
        PRIMARY KEY (turn_id, tenant_id, candidate_id),
        FOREIGN KEY (tenant_id, candidate_id) REFERENCES candidates ON DELETE CASCADE)`,
      `CREATE INDEX turn_absences_of ON turn_absences (tenant_id, candidate_id)`,
      ...wallOf('turn_absences'),
    ],
  },
  {
    number: 108,
    // A grant that ended stays known as one of a turn.
    statements: [`ALTER TABLE turn_grants ADD COLUMN ended_at timestamptz`],
  },
];
