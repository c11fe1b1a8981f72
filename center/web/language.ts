import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Locale } from '../../contract/words/localized.ts';

/** Of an address: the language of its page. Chinese is what one gets without asking. */
const Language = z.object({ lang: z.enum(['zh', 'en']).catch('zh') });

/** Of an address that could not be read there is no query. */
export const languageOf = ({ query }: Pick<FastifyRequest, 'query'>): Locale => Language.parse(query ?? {}).lang;
