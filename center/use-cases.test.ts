import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TenantId } from '../contract/words/ids.ts';
import * as assignments from './assignments/index.ts';
import * as audit from './audit/index.ts';
import type { Queries } from './database/index.ts';
import * as exams from './exams/index.ts';
import * as learning from './learning/index.ts';
import * as moves from './moves/index.ts';
import * as people from './people/index.ts';
import * as proctoring from './proctoring/index.ts';
import * as results from './results/index.ts';
import * as stations from './stations/index.ts';
import type { ActingStation, Actor, Visitor } from './tenants/index.ts';
import * as tenants from './tenants/index.ts';

/** Who may do what, beneath every way in. Whoever adds a use case says here whose it is. */
const MANAGERS = {
  ...{ setVisitorExam: tenants.setVisitorExam, putExam: exams.putExam, addPicture: exams.addPicture },
  ...{ putCandidate: people.putCandidate, putProctor: people.putProctor, drawSeats: people.drawSeats },
  ...{ arrangeCandidate: people.arrangeCandidate },
  ...{ authoriseProctor: people.authoriseProctor, inviteProctor: people.inviteProctor },
  ...{ addToken: tenants.addToken, listTokens: tenants.listTokens, endToken: tenants.endToken },
  ...{ addEnrolmentCode: stations.addEnrolmentCode },
  ...{ giveCommand: proctoring.giveCommand, outcomeOf: proctoring.outcomeOf },
  ...{ openUnlockWindow: proctoring.openUnlockWindow, makePackage: assignments.makePackage },
  ...{ putCourse: learning.putCourse, putMedia: learning.putMedia, listMedia: learning.listMedia },
  ...{ readStatements: learning.readStatements },
  ...{ giveCourse: learning.giveCourse, candidatesMeant: people.candidatesMeant },
  ...{ giveGrants: stations.giveGrants, listGrants: stations.listGrants, endGrant: stations.endGrant },
};
const READERS = {
  ...{ readRecords: results.readRecords, readTotals: results.readTotals, proofFileOf: results.proofFileOf },
  ...{ countRecords: results.countRecords, studiedRecords: results.studiedRecords },
  ...{ listCourses: learning.listCourses },
  ...{ listOpenMoves: moves.listOpenMoves, heardStations: stations.heardStations },
  ...{ grantTexts: stations.grantTexts, pinResets: people.pinResets },
  ...{ listPageSessions: tenants.listPageSessions, endPageSession: tenants.endPageSession },
  ...{ auditPage: audit.auditPage, auditExport: audit.auditExport },
};
const MEMBERS = {
  ...{ readTenant: tenants.readTenant, listExams: exams.listExams, examTitles: exams.examTitles },
  ...{ readExam: exams.readExam, assignedProctors: people.assignedProctors },
  ...{ readBank: exams.readBank, mustHaveExam: exams.mustHaveExam, readPicture: exams.readPicture },
  ...{ idOfNumber: people.idOfNumber, listCandidates: people.listCandidates },
  ...{
    candidatesByIds: people.candidatesByIds,
    readPhoto: people.readPhoto,
    photoOwners: people.photoOwners,
    listProctors: people.listProctors,
  },
  ...{
    stationOfTenant: stations.stationOfTenant,
    listStations: stations.listStations,
    stationNames: stations.stationNames,
    stationUsedBy: stations.stationUsedBy,
    usableStations: stations.usableStations,
  },
  ...{ openMedia: learning.openMedia, listStudies: learning.listStudies, isCourse: learning.isCourse },
  ...{ readProgress: results.readProgress },
  ...{ listUnlockWindows: proctoring.listUnlockWindows, attemptsUsed: moves.attemptsUsed },
};
/** These name no tenant: what they are for is in the actor itself, and the types let no other kind in. */
const OF_ONE_KIND = {
  ...{
    assignmentFor: assignments.assignmentFor,
    acceptBatch: results.acceptBatch,
    keepReadiness: stations.keepReadiness,
  },
  ...{ commandsFor: proctoring.commandsFor, settleCommand: proctoring.settleCommand },
  ...{ claimSitting: moves.claimSitting, recentMoves: moves.recentMoves, putRescue: moves.putRescue },
  ...{ readRescue: moves.readRescue, rescuesFor: moves.rescuesFor },
  ...{ enrol: stations.enrol, grantsFor: stations.grantsFor },
  ...{ actingUnder: stations.actingUnder, heldGrants: stations.heldGrants },
  // A receipt that a station signed says of which one result it is.
  ...{ heldResult: results.heldResult },
  ...{ addTenant: tenants.addTenant, addOperator: tenants.addOperator, hasTenants: tenants.hasTenants },
  ...{ addAdministrator: tenants.addAdministrator, listTenants: tenants.listTenants },
  ...{ setPin: people.setPin, openPageSession: tenants.openPageSession, signOut: tenants.signOut },
};
/** These find out who somebody is, or touch nothing of a tenant. */
const NO_USE_CASES = {
  ...{ authenticate: stations.authenticate, tenantOfToken: tenants.tenantOfToken },
  ...{ administratorOfToken: tenants.administratorOfToken, pageSessionOf: tenants.pageSessionOf },
  ...{ formTokenOf: tenants.formTokenOf, guarded: tenants.guarded, mustFound: tenants.mustFound },
  ...{ ofAccount: tenants.ofAccount, ofAddress: tenants.ofAddress, makeDemoPin: people.makeDemoPin },
  // These are told who does something by whoever asks for it to be done.
  ...{ changing: audit.changing, noteDone: audit.noteDone, anchorAudit: audit.anchorAudit },
  ...{ mayActFor: tenants.mayActFor, mustActFor: tenants.mustActFor, mustManage: tenants.mustManage },
  ...{ mustRead: tenants.mustRead, makeOperatorToken: tenants.makeOperatorToken, hashPin: people.hashPin },
  ...{ clearMediaDrafts: learning.clearMediaDrafts },
  ...{ hasBegun: results.hasBegun, hasCompleted: results.hasCompleted },
  ...{
    hasRecord: results.hasRecord,
    mayHold: stations.mayHold,
    stationKey: stations.stationKey,
    tenantNames: tenants.tenantNames,
  },
};

const [ours, theirs] = [TenantId.parse('tn_ours'), TenantId.parse('tn_theirs')];
const station = (tenantId: TenantId) => ({ kind: 'station', tenantId, id: 'st_a' }) as ActingStation;
const actorsOf = (tenantId: TenantId): readonly Actor[] => [
  { kind: 'operator', tenantId },
  { kind: 'visitor', tenantId },
  station(tenantId),
];
const STRANGER: Actor = { kind: 'stranger' };

/** A center that nobody may ask anything: a refusal comes first. */
const untouched = {
  query() {
    throw new Error('the database was asked');
  },
};
const nothing = { ...untouched, db: untouched, signer: {}, now: () => new Date() };

type UseCase = (actor: never, on: never, tenantId: never, ...rest: never[]) => Promise<unknown>;
const callFor = (useCase: unknown, actor: Actor, tenantId: TenantId): Promise<unknown> =>
  (useCase as UseCase)(actor as never, nothing as never, tenantId as never, {} as never, {} as never);
const REFUSED = { reason: 'unauthorised' };

test('every use case is in one of the lists', () => {
  const faces = [assignments, audit, exams, learning, moves, people, proctoring, results, stations, tenants];
  const offered = faces.flatMap((face) => Object.entries(face).filter(([, what]) => typeof what === 'function'));
  const listed = { ...MANAGERS, ...READERS, ...MEMBERS, ...OF_ONE_KIND, ...NO_USE_CASES };
  expect(Object.keys(listed).sort()).toEqual(offered.map(([name]) => name).sort());
});

describe.each(Object.entries({ ...MANAGERS, ...READERS, ...MEMBERS }))('%s', (name, useCase) => {
  test('is refused to whoever is of another tenant, and to strangers, before anything is read', async () => {
    for (const actor of [...actorsOf(theirs), STRANGER])
      await expect(callFor(useCase, actor, ours), actor.kind).rejects.toMatchObject(REFUSED);
  });

  test('is refused to kinds that it is not for', async () => {
    const refused = name in MANAGERS ? ['visitor', 'station'] : name in READERS ? ['station'] : [];
    for (const actor of actorsOf(ours)) {
      const said = await callFor(useCase, actor, ours).catch((error: unknown) => error);
      if (refused.includes(actor.kind)) expect(said, actor.kind).toMatchObject(REFUSED);
      else expect(said, actor.kind).not.toMatchObject(REFUSED);
    }
  });
});

test('the types let no station and no visitor do what an operator does, and nobody speak for a station', () => {
  const wrong = (db: Queries, visitor: Visitor, center: never, some: never) => [
    // @ts-expect-error a station changes no exams
    () => exams.putExam(station(ours), db, ours, some),
    // @ts-expect-error a station puts no courses
    () => learning.putCourse(station(ours), db, ours, some, new Date()),
    // @ts-expect-error a visitor changes no people
    () => people.putCandidate(visitor, db, ours, some),
    // @ts-expect-error a station gives no commands
    () => proctoring.giveCommand(station(ours), center, ours, some),
    // @ts-expect-error a station sees no results but its own
    () => results.readRecords(station(ours), db, ours, 1),
    // @ts-expect-error an operator hands in for no station
    () => results.acceptBatch({ kind: 'operator', tenantId: ours }, center, some),
    // @ts-expect-error an operator makes no tenants
    () => tenants.addTenant({ kind: 'operator', tenantId: ours }, db, some),
    // @ts-expect-error a stranger sees nothing
    () => exams.listExams({ kind: 'stranger' }, db, ours),
  ];
  expect(wrong).toBeTypeOf('function');
});

test('each kind of actor is made in one place', () => {
  const made = globSync('**/*.ts', { cwd: import.meta.dirname, exclude: ['node_modules/**', 'testing/**'] })
    .filter((file) => !file.endsWith('.test.ts') && file !== join('tenants', 'actor.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(import.meta.dirname, file), 'utf8');
      const kinds = text.matchAll(/\bkind: '(operator|visitor|station|stranger|system)'/g);
      return [...kinds].map(([, kind]) => `${kind} in ${file.split(sep).join('/')}`);
    });
  expect(made.sort()).toEqual([
    'operator in console/authenticate.ts',
    'station in stations/authenticate.ts',
    'stranger in station-api/authenticate.ts',
    'stranger in web/authenticate.ts',
    'system in seed/first-start.ts',
    'visitor in web/authenticate.ts',
  ]);
});
