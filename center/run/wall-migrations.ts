import { isWithin, type Migration, type WallWish, wallOf } from '../database/index.ts';

/** Of stations that firms may use by a grant, or ever could: what is said of them is theirs to see. */
const OF_GIVEN: WallWish = { shownToo: 'station_id IN (SELECT station_id FROM grants)' };

/** What the walls of a table are, where they are others than around its `tenant_id` alone. */
const OTHERS: Readonly<Record<string, WallWish>> = {
  // Whoever does something that is about two firms writes a line for each.
  audit_lines: { addedTo: true },
  // Of what is no firm's the name is empty.
  audit_salts: { owned: `tenant_id = ''` },
  // A firm's, and the one's whose station it is.
  grants: { owned: isWithin('owner_id') },
  // Counties, streets, vendors and the platform itself are no firms.
  organisations: { shownToo: `kind IN ('platform', 'county', 'street', 'vendor')` },
  stations: { shownToo: 'id IN (SELECT station_id FROM grants)' },
  ...{ readiness: OF_GIVEN, revocations: OF_GIVEN, former_keys: OF_GIVEN, ledger_heads: OF_GIVEN },
};

/** The tables with `tenant_id` that there were when walls were put up. A later one brings its own: `wallOf` in its migration. */
const WALLED = [
  ...['audit_lines', 'audit_salts', 'tenants', 'operators', 'page_sessions', 'organisations'],
  ...['banks', 'exams', 'pictures', 'exam_versions', 'bank_versions'],
  ...['photos', 'candidates', 'proctors', 'candidate_photos', 'proctor_invitations', 'pin_changes', 'candidate_exams'],
  ...['candidate_numbers', 'memberships', 'roster_flows'],
  ...['stations', 'enrolment_codes', 'readiness', 'grants', 'ledger_heads', 'findings', 'revocations'],
  ...['refused_requests', 'former_keys', 'commands', 'sessions'],
  ...['batches', 'records', 'course_progress', 'judgements', 'record_findings', 'settlements', 'revealed_series'],
  ...['rival_batches', 'record_incidents', 'record_tallies', 'sat_months', 'learned_flows'],
  ...['certificates', 'certificate_terms', 'rescues', 'moves', 'claims', 'stray_moves', 'beginnings'],
  ...['media', 'courses', 'studies', 'study_flows'],
  ...['handed_exams', 'photo_links', 'record_corrections', 'appeals'],
  ...['turn_quotas', 'turn_proctors', 'turn_entries', 'turn_grants', 'turn_rooms'],
  ...['home_invitations', 'home_sessions', 'home_clocks', 'home_lessons', 'home_answers', 'home_studies', 'home_mocks'],
];

/** A program from before asks as whoever owns the tables, whom walls do not bind: it goes on beside them. */
export const migrations: readonly Migration[] = [
  { number: 99, statements: WALLED.flatMap((table) => wallOf(table, OTHERS[table])) },
];
