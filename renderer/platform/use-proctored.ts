import { PROCTORING } from '../../contract/platform/proctoring.ts';
import type { HeldRole } from '../../contract/platform/roles.ts';
import { usePlatform } from './context.tsx';

/** The firms whose exams whoever is logged in may proctor from elsewhere. */
export function useProctored(): readonly HeldRole[] {
  const { me } = usePlatform();
  return me?.roles.filter(({ role, tenantId }) => tenantId !== null && PROCTORING.some((one) => one === role)) ?? [];
}
