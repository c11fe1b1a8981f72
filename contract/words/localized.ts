import { z } from 'zod';

export const LOCALES = ['zh', 'en'] as const;
export const Locale = z.enum(LOCALES);
export type Locale = z.infer<typeof Locale>;

/** Text as people read it. Chinese is always there, English where somebody wrote it. */
export const Localized = z.object({ zh: z.string().min(1), en: z.string().min(1).optional() }).readonly();
export type Localized = z.infer<typeof Localized>;

export const inLocale = (text: Localized, locale: Locale): string => (locale === 'en' ? (text.en ?? text.zh) : text.zh);
