import { administrator } from './administrator.ts';
import { candidate } from './candidate.ts';
import { content } from './content.ts';
import { home } from './home.ts';
import { inspector } from './inspector.ts';
import { proctor } from './proctor.ts';

export { findings } from './findings.ts';
export { reasons } from './reasons.ts';

/** Words on the screen, Chinese, by who reads them. ICU MessageFormat. */
export const words = { ...candidate, ...proctor, ...administrator, ...inspector, ...home, ...content } as const;
