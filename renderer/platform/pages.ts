import type { ComponentType } from 'react';
import { SEE_RESULTS, SETTLE_RESULTS } from '../../contract/platform/results.ts';
import type { Myself, Role } from '../../contract/platform/roles.ts';
import type { PlatformKey } from '../../messages/platform/index.ts';
import type { IconName } from '../design/icons.tsx';
import { AccountsPage } from './accounts-page.tsx';
import { AppealsPage } from './appeals-page.tsx';
import { BanksPage } from './banks-page.tsx';
import { BoardPage } from './board-page.tsx';
import { BulletinPage } from './bulletin-page.tsx';
import { BulletinPeoplePage } from './bulletin-people-page.tsx';
import { HooksPage } from './hooks-page.tsx';
import { JobsPage } from './jobs-page.tsx';
import { MePage } from './me-page.tsx';
import { OrganisationPage } from './organisation-page.tsx';
import { OrganisationsPage } from './organisations-page.tsx';
import { PeoplePage } from './people-page.tsx';
import { PersonPage } from './person-page.tsx';
import { ProctorsPage } from './proctors-page.tsx';
import { ResultPage } from './result-page.tsx';
import { DisputesPage, ResultsPage } from './results-page.tsx';
import { RetentionPage } from './retention-page.tsx';
import { RosterPage } from './roster-page.tsx';
import { SetUpStepsPage } from './set-up-steps-page.tsx';
import { StartPage } from './start-page.tsx';
import { StationsPage } from './stations-page.tsx';
import { TurnPage } from './turn-page.tsx';
import { TurnPrintPage } from './turn-print-page.tsx';
import { TurnsPage } from './turns-page.tsx';
import { WorkerPage } from './worker-page.tsx';
import { WorkersPage } from './workers-page.tsx';

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
  readonly Page: ComponentType<{ readonly id: string }>;
};

/** All of them, in the order of the menu. A new page is added here, and nowhere else. */
export const PAGES: readonly PlatformPage[] = [
  { name: 'start', title: 'start.title', icon: 'learn', inMenu: true, Page: StartPage },
  {
    ...{ name: 'organisations', title: 'organisations.title', icon: 'building', inMenu: true },
    roles: ['platform', 'bureau', 'inspector', 'auditor'],
    Page: OrganisationsPage,
  },
  { name: 'organisation', title: 'organisations.title', icon: 'building', inMenu: false, Page: OrganisationPage },
  {
    ...{ name: 'turns', title: 'turns.title', icon: 'clock', inMenu: true },
    roles: ['bureau', 'inspector', 'firm', 'agency', 'room', 'proctor'],
    Page: TurnsPage,
  },
  { name: 'turn', title: 'turns.title', icon: 'clock', inMenu: false, Page: TurnPage },
  { name: 'turn-print', title: 'turns.title', icon: 'print', inMenu: false, Page: TurnPrintPage },
  {
    ...{ name: 'board', title: 'board.title', icon: 'hand', inMenu: true },
    roles: ['bureau', 'inspector', 'firm', 'agency', 'room', 'proctor'],
    Page: BoardPage,
  },
  {
    ...{ name: 'accounts', title: 'accounts.title', icon: 'person', inMenu: true },
    roles: ['platform', 'bureau', 'firm', 'agency', 'room'],
    Page: AccountsPage,
  },
  {
    ...{ name: 'set-up', title: 'steps.title', icon: 'flag', inMenu: true },
    roles: ['platform', 'firm', 'agency'],
    Page: SetUpStepsPage,
  },
  {
    ...{ name: 'workers', title: 'workers.title', icon: 'person', inMenu: true },
    roles: ['firm', 'agency', 'bureau', 'inspector'],
    Page: WorkersPage,
  },
  {
    ...{ name: 'worker', title: 'worker.title', icon: 'person', inMenu: false },
    roles: ['firm', 'agency', 'bureau', 'inspector'],
    Page: WorkerPage,
  },
  {
    ...{ name: 'roster', title: 'roster.title', icon: 'person', inMenu: false },
    roles: ['firm', 'agency'],
    Page: RosterPage,
  },
  {
    ...{ name: 'proctors', title: 'proctors.title', icon: 'hand', inMenu: true },
    roles: ['firm', 'agency', 'room', 'bureau', 'inspector'],
    Page: ProctorsPage,
  },
  {
    ...{ name: 'stations', title: 'stations.title', icon: 'keys', inMenu: true },
    roles: ['firm', 'agency', 'room', 'bureau', 'inspector'],
    Page: StationsPage,
  },
  {
    ...{ name: 'banks', title: 'banks.title', icon: 'learn', inMenu: true },
    roles: ['firm', 'agency', 'bureau', 'inspector'],
    Page: BanksPage,
  },
  {
    ...{ name: 'results', title: 'results.title', icon: 'check', inMenu: true },
    roles: SEE_RESULTS,
    Page: ResultsPage,
  },
  { name: 'result', title: 'results.title', icon: 'check', inMenu: false, roles: SEE_RESULTS, Page: ResultPage },
  {
    ...{ name: 'people', title: 'people.title', icon: 'card', inMenu: true },
    roles: SEE_RESULTS,
    Page: PeoplePage,
  },
  { name: 'person', title: 'people.title', icon: 'card', inMenu: false, roles: SEE_RESULTS, Page: PersonPage },
  {
    ...{ name: 'appeals', title: 'appeals.title', icon: 'hand', inMenu: true },
    roles: SEE_RESULTS,
    Page: AppealsPage,
  },
  {
    ...{ name: 'disputes', title: 'disputes.title', icon: 'flag', inMenu: true },
    roles: SETTLE_RESULTS,
    Page: DisputesPage,
  },
  {
    ...{ name: 'bulletin', title: 'bulletin.title', icon: 'flag', inMenu: true },
    roles: ['platform', 'bureau', 'inspector', 'auditor', 'firm'],
    Page: BulletinPage,
  },
  {
    ...{ name: 'bulletin-people', title: 'bulletin.people', icon: 'person', inMenu: false },
    roles: ['bureau', 'inspector', 'firm'],
    Page: BulletinPeoplePage,
  },
  { name: 'jobs', title: 'jobs.title', icon: 'clock', inMenu: true, Page: JobsPage },
  {
    ...{ name: 'hooks', title: 'hooks.title', icon: 'forward', inMenu: true },
    roles: ['platform', 'bureau', 'firm', 'agency'],
    Page: HooksPage,
  },
  {
    ...{ name: 'retention', title: 'retention.title', icon: 'shield', inMenu: true },
    roles: ['platform', 'firm', 'agency'],
    Page: RetentionPage,
  },
  { name: 'me', title: 'me.title', icon: 'shield', inMenu: true, Page: MePage },
];

export const isFor = ({ roles }: PlatformPage, me: Myself): boolean =>
  roles === undefined || me.roles.some(({ role }) => roles.includes(role));
