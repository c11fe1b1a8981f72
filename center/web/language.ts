import { z } from 'zod';

/** Of an address: the language of its page. Chinese is what one gets without asking. */
export const Language = z.object({ lang: z.enum(['zh', 'en']).catch('zh') });
