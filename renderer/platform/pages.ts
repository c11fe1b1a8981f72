import type { ComponentType } from 'react';
import type { Myself, Role } from '../../contract/platform/roles.ts';
import type { PlatformKey } from '../../messages/platform/index.ts';
import type { IconName } from '../design/icons.tsx';
import { StartPage } from './start-page.tsx';

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
];

export const isFor = ({ roles }: PlatformPage, me: Myself): boolean =>
  roles === undefined || me.roles.some(({ role }) => roles.includes(role));
