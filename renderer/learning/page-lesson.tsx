import { mediaPath } from '../../contract/page/media.ts';
import type { Block, Lesson } from '../../contract/words/course.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { useLessonReport } from './use-lesson-report.ts';

type PageLessonProps = {
  readonly lesson: Extract<Lesson, { kind: 'page' }>;
  readonly active: boolean;
};

/** Text and pictures, to be read. */
export function PageLesson({ lesson, active }: PageLessonProps) {
  useLessonReport({ lessonId: lesson.id, goesOn: active, position: () => 1 });
  return (
    <article className="reading">
      {lesson.blocks.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a course does not change while it is studied
        <BlockView key={at} block={block} />
      ))}
    </article>
  );
}

function BlockView({ block }: { readonly block: Block }) {
  const { t, locale } = usePage();
  switch (block.kind) {
    case 'heading':
      return <h3>{inLocale(block.text, locale)}</h3>;
    case 'paragraph':
      return <p>{inLocale(block.text, locale)}</p>;
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li key={item.zh}>{inLocale(item, locale)}</li>
          ))}
        </ul>
      );
    case 'picture': {
      const { hash, alt } = block.picture;
      const caption = block.text && inLocale(block.text, locale);
      return (
        <figure>
          <img src={mediaPath(hash)} alt={alt ? inLocale(alt, locale) : (caption ?? t('picture.alt'))} />
          {caption && <figcaption>{caption}</figcaption>}
        </figure>
      );
    }
    default:
      return null;
  }
}
