import type { Localized } from '../contract/words/localized.ts';

/** Why a file of a package was not read, or a part of it, for whoever has the package. */
const WORDS = {
  nested: () => ({
    zh: '压缩包里还有压缩包。请取出来单独导入。',
    en: 'A package inside of a package. Take it out and import it by itself.',
  }),
  'too-large': () => ({
    zh: '解压后太大。请拆成几个文件。',
    en: 'It unpacks to too much. Part it into several files.',
  }),
  missing: () => ({
    zh: '清单（imsmanifest.xml）列了它，包里却没有。请重新导出。',
    en: 'imsmanifest.xml names it, and it is not there. Export the package again.',
  }),
  'no-xml': (detail: string) => ({ zh: `不是能读的 XML：${detail}`, en: `It is no XML that can be read: ${detail}` }),
  section: () => ({
    zh: '试卷引用的这一部分读不了，或不在包里。',
    en: 'A section that a test names, and it cannot be read.',
  }),
  parts: (detail: string) => ({
    zh: `试卷的这些部分没有读：${detail}`,
    en: `Parts of the test that were not read: ${detail}`,
  }),
} satisfies Readonly<Record<string, (detail: string) => Localized>>;
type UnreadFileReason = keyof typeof WORDS;

export const unreadFileWords = ({
  reason,
  detail = '',
}: {
  readonly reason: UnreadFileReason;
  readonly detail?: string | undefined;
}): Localized => WORDS[reason](detail);
