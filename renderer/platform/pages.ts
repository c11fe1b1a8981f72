import { SEE_AUDIT } from '../../contract/platform/access.ts';
import { KEEP_PEOPLE, KEEP_ROOM, SEE_PEOPLE } from '../../contract/platform/firms.ts';
import { PROCTORING } from '../../contract/platform/proctoring.ts';
import { SEE_RESULTS, SETTLE_RESULTS } from '../../contract/platform/results.ts';
import type { Myself, Role } from '../../contract/platform/roles.ts';
import type { PlatformKey } from '../../messages/platform/index.ts';
import type { IconName } from '../design/icons.tsx';
import { later, type PageComponent } from './later.tsx';

/** One page of the platform. */
export type PlatformPage = {
  /** In its address, behind the `#/`. */
  readonly name: string;
  readonly title: PlatformKey;
  readonly icon: IconName;
  /** Whose page it is; of everybody who is logged in where none are named. */
  readonly roles?: readonly Role[];
  /** Whether it stands in the menu; others are reached from a page that does. */
  readonly inMenu: boolean;
  /** @param id of what: empty where it is a list */
  readonly Page: PageComponent;
};

/** All of them, in the order of the menu, each fetched when somebody first goes there. A new page is added here, and nowhere else. */
export const PAGES: readonly PlatformPage[] = [
  {
    name: 'start',
    title: 'start.title',
    icon: 'learn',
    inMenu: true,
    Page: later(() => import('./start-page.tsx'), 'StartPage'),
  },
  {
    ...{ name: 'organisations', title: 'organisations.title', icon: 'building', inMenu: true },
    roles: ['platform', 'bureau', 'inspector', 'auditor'],
    Page: later(() => import('./organisations-page.tsx'), 'OrganisationsPage'),
  },
  {
    name: 'organisation',
    title: 'organisations.title',
    icon: 'building',
    inMenu: false,
    Page: later(() => import('./organisation-page.tsx'), 'OrganisationPage'),
  },
  {
    ...{ name: 'turns', title: 'turns.title', icon: 'clock', inMenu: true },
    roles: ['bureau', 'inspector', 'firm', 'agency', 'room', 'proctor'],
    Page: later(() => import('./turns-page.tsx'), 'TurnsPage'),
  },
  {
    name: 'turn',
    title: 'turns.title',
    icon: 'clock',
    inMenu: false,
    Page: later(() => import('./turn-page.tsx'), 'TurnPage'),
  },
  {
    name: 'turn-print',
    title: 'turns.title',
    icon: 'print',
    inMenu: false,
    Page: later(() => import('./turn-print-page.tsx'), 'TurnPrintPage'),
  },
  {
    ...{ name: 'board', title: 'board.title', icon: 'hand', inMenu: true },
    roles: ['bureau', 'inspector', 'firm', 'agency', 'room', 'proctor'],
    Page: later(() => import('./board-page.tsx'), 'BoardPage'),
  },
  {
    ...{ name: 'accounts', title: 'accounts.title', icon: 'person', inMenu: true },
    roles: ['platform', 'bureau', 'firm', 'agency', 'room'],
    Page: later(() => import('./accounts-page.tsx'), 'AccountsPage'),
  },
  {
    ...{ name: 'set-up', title: 'steps.title', icon: 'flag', inMenu: true },
    roles: ['platform', 'firm', 'agency'],
    Page: later(() => import('./set-up-steps-page.tsx'), 'SetUpStepsPage'),
  },
  {
    ...{ name: 'workers', title: 'workers.title', icon: 'person', inMenu: true },
    roles: ['firm', 'agency', 'bureau', 'inspector'],
    Page: later(() => import('./workers-page.tsx'), 'WorkersPage'),
  },
  {
    ...{ name: 'worker', title: 'worker.title', icon: 'person', inMenu: false },
    roles: ['firm', 'agency', 'bureau', 'inspector'],
    Page: later(() => import('./worker-page.tsx'), 'WorkerPage'),
  },
  {
    ...{ name: 'roster', title: 'roster.title', icon: 'person', inMenu: false },
    roles: ['firm', 'agency'],
    Page: later(() => import('./roster-page.tsx'), 'RosterPage'),
  },
  {
    ...{ name: 'proctors', title: 'proctors.title', icon: 'hand', inMenu: true },
    roles: ['firm', 'agency', 'room', 'bureau', 'inspector'],
    Page: later(() => import('./proctors-page.tsx'), 'ProctorsPage'),
  },
  {
    ...{ name: 'stations', title: 'stations.title', icon: 'keys', inMenu: true },
    roles: ['firm', 'agency', 'room', 'bureau', 'inspector'],
    Page: later(() => import('./stations-page.tsx'), 'StationsPage'),
  },
  {
    ...{ name: 'banks', title: 'banks.title', icon: 'learn', inMenu: true },
    roles: ['firm', 'agency', 'bureau', 'inspector'],
    Page: later(() => import('./banks-page.tsx'), 'BanksPage'),
  },
  {
    ...{ name: 'bank-upload', title: 'banks.upload', icon: 'learn', inMenu: false },
    roles: ['firm', 'agency'],
    Page: later(() => import('./bank-upload-page.tsx'), 'BankUploadPage'),
  },
  {
    ...{ name: 'bank', title: 'bank.statistics', icon: 'learn', inMenu: false },
    roles: ['firm', 'agency'],
    Page: later(() => import('./bank-page.tsx'), 'BankPage'),
  },
  {
    ...{ name: 'exams', title: 'exams.title', icon: 'flag', inMenu: true },
    roles: ['firm', 'agency', 'bureau', 'inspector'],
    Page: later(() => import('./exams-page.tsx'), 'ExamsPage'),
  },
  {
    ...{ name: 'exam', title: 'exams.title', icon: 'flag', inMenu: false },
    roles: ['firm', 'agency', 'bureau', 'inspector'],
    Page: later(() => import('./exam-page.tsx'), 'ExamPage'),
  },
  {
    ...{ name: 'seats', title: 'seats.title', icon: 'person', inMenu: false },
    roles: SEE_PEOPLE,
    Page: later(() => import('./seats-page.tsx'), 'SeatsPage'),
  },
  {
    ...{ name: 'package', title: 'package.title', icon: 'keys', inMenu: false },
    roles: KEEP_PEOPLE,
    Page: later(() => import('./package-page.tsx'), 'PackagePage'),
  },
  {
    ...{ name: 'guests', title: 'guests.title', icon: 'keys', inMenu: false },
    roles: KEEP_ROOM,
    Page: later(() => import('./guests-page.tsx'), 'GuestsPage'),
  },
  {
    ...{ name: 'windows', title: 'windows.title', icon: 'hand', inMenu: false },
    roles: PROCTORING,
    Page: later(() => import('./windows-page.tsx'), 'WindowsPage'),
  },
  {
    ...{ name: 'results', title: 'results.title', icon: 'check', inMenu: true },
    roles: SEE_RESULTS,
    Page: later(() => import('./results-page.tsx'), 'ResultsPage'),
  },
  {
    name: 'result',
    title: 'results.title',
    icon: 'check',
    inMenu: false,
    roles: SEE_RESULTS,
    Page: later(() => import('./result-page.tsx'), 'ResultPage'),
  },
  {
    ...{ name: 'told-results', title: 'told.title', icon: 'info', inMenu: true },
    roles: SEE_RESULTS,
    Page: later(() => import('./told-results-page.tsx'), 'ToldResultsPage'),
  },
  {
    ...{ name: 'told-imports', title: 'told.imports', icon: 'info', inMenu: false },
    roles: SEE_RESULTS,
    Page: later(() => import('./told-imports-page.tsx'), 'ToldImportsPage'),
  },
  {
    ...{ name: 'told-centers', title: 'told.centers', icon: 'info', inMenu: true },
    roles: ['platform', 'bureau', 'inspector'],
    Page: later(() => import('./told-centers-page.tsx'), 'ToldCentersPage'),
  },
  {
    ...{ name: 'people', title: 'people.title', icon: 'card', inMenu: true },
    roles: SEE_RESULTS,
    Page: later(() => import('./people-page.tsx'), 'PeoplePage'),
  },
  {
    name: 'person',
    title: 'people.title',
    icon: 'card',
    inMenu: false,
    roles: SEE_RESULTS,
    Page: later(() => import('./person-page.tsx'), 'PersonPage'),
  },
  {
    ...{ name: 'appeals', title: 'appeals.title', icon: 'hand', inMenu: true },
    roles: SEE_RESULTS,
    Page: later(() => import('./appeals-page.tsx'), 'AppealsPage'),
  },
  {
    ...{ name: 'disputes', title: 'disputes.title', icon: 'flag', inMenu: true },
    roles: SETTLE_RESULTS,
    Page: later(() => import('./results-page.tsx'), 'DisputesPage'),
  },
  {
    ...{ name: 'begun', title: 'begun.title', icon: 'flag', inMenu: true },
    roles: SEE_PEOPLE,
    Page: later(() => import('./begun-page.tsx'), 'BegunPage'),
  },
  {
    ...{ name: 'bulletin', title: 'bulletin.title', icon: 'flag', inMenu: true },
    roles: ['platform', 'bureau', 'inspector', 'auditor', 'firm'],
    Page: later(() => import('./bulletin-page.tsx'), 'BulletinPage'),
  },
  {
    ...{ name: 'bulletin-people', title: 'bulletin.people', icon: 'person', inMenu: false },
    roles: ['bureau', 'inspector', 'firm'],
    Page: later(() => import('./bulletin-people-page.tsx'), 'BulletinPeoplePage'),
  },
  {
    ...{ name: 'courses', title: 'courses.title', icon: 'learn', inMenu: true },
    roles: ['firm', 'agency', 'bureau', 'inspector'],
    Page: later(() => import('./courses-page.tsx'), 'CoursesPage'),
  },
  {
    ...{ name: 'course', title: 'courses.one', icon: 'learn', inMenu: false },
    roles: ['firm', 'agency', 'bureau', 'inspector'],
    Page: later(() => import('./course-page.tsx'), 'CoursePage'),
  },
  {
    ...{ name: 'home-access', title: 'home-access.title', icon: 'learn', inMenu: false },
    roles: ['firm', 'agency', 'bureau', 'inspector'],
    Page: later(() => import('./home-access-page.tsx'), 'HomeAccessPage'),
  },
  {
    ...{ name: 'certificates', title: 'certificates.title', icon: 'card', inMenu: true },
    roles: SEE_RESULTS,
    Page: later(() => import('./certificates-page.tsx'), 'CertificatesPage'),
  },
  {
    ...{ name: 'certificate', title: 'certificates.title', icon: 'card', inMenu: false },
    roles: SEE_RESULTS,
    Page: later(() => import('./certificate-page.tsx'), 'CertificatePage'),
  },
  {
    ...{ name: 'certificate-terms', title: 'certificates.terms', icon: 'card', inMenu: false },
    roles: SEE_RESULTS,
    Page: later(() => import('./certificate-terms-page.tsx'), 'CertificateTermsPage'),
  },
  {
    name: 'jobs',
    title: 'jobs.title',
    icon: 'clock',
    inMenu: true,
    Page: later(() => import('./jobs-page.tsx'), 'JobsPage'),
  },
  {
    ...{ name: 'access', title: 'access.title', icon: 'keys', inMenu: true },
    roles: KEEP_ROOM,
    Page: later(() => import('./access-page.tsx'), 'AccessPage'),
  },
  {
    ...{ name: 'audit', title: 'audit.title', icon: 'info', inMenu: true },
    roles: SEE_AUDIT,
    Page: later(() => import('./audit-page.tsx'), 'AuditPage'),
  },
  {
    ...{ name: 'hooks', title: 'hooks.title', icon: 'forward', inMenu: true },
    roles: ['platform', 'bureau', 'firm', 'agency'],
    Page: later(() => import('./hooks-page.tsx'), 'HooksPage'),
  },
  {
    ...{ name: 'retention', title: 'retention.title', icon: 'shield', inMenu: true },
    roles: ['platform', 'firm', 'agency'],
    Page: later(() => import('./retention-page.tsx'), 'RetentionPage'),
  },
  { name: 'me', title: 'me.title', icon: 'shield', inMenu: true, Page: later(() => import('./me-page.tsx'), 'MePage') },
];

export const isFor = ({ roles }: PlatformPage, me: Myself): boolean =>
  roles === undefined || me.roles.some(({ role }) => roles.includes(role));
