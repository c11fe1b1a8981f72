import { act } from 'react';
import type { Root } from 'react-dom/client';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Stage } from '../../contract/page/view.ts';
import type { Arrangements } from '../../contract/words/arrangements.ts';
import type { Locale } from '../../contract/words/localized.ts';
import { translator } from '../../messages/index.ts';
import { Page, type PageContext } from '../context.ts';
import { Registered } from '../proctor/registered.tsx';
import { useArrangements, useLanguage } from './arrangements.ts';
import { openRoot } from './root.fixture.ts';
import { TextSize } from './text-size.tsx';

const IDLE: Stage = { stage: 'idle' };
const refused = (arrangements?: Arrangements) =>
  ({
    stage: 'refused',
    who: { name: '王', number: '', visitor: false, ...(arrangements ? { arrangements } : {}) },
  }) as Stage;

describe('the language of the screen', () => {
  const kept = new Map<string, string>();
  let root: Root;
  let locale: Locale;
  let choose: (chosen: Locale) => void;
  let registered: Arrangements;
  beforeEach(() => {
    kept.clear();
    root = openRoot(kept);
  });
  afterEach(() => vi.unstubAllGlobals());

  function Screen({ stage }: { stage: Stage | undefined }) {
    registered = useArrangements(stage);
    [locale, choose] = useLanguage(stage?.stage, registered.language);
    return null;
  }
  const show = (stage: Stage | undefined) => act(() => root.render(<Screen stage={stage} />));

  it('is that of the house, then that of whoever sits down, and then of the house again', async () => {
    const seen: Locale[] = [];
    for (const stage of [undefined, IDLE, refused({ language: 'en' }), IDLE, refused()]) {
      await show(stage);
      seen.push(locale);
    }
    expect(seen).toEqual(['zh', 'zh', 'en', 'zh', 'zh']);
  });

  it('is what they choose all the same, also after the page was loaded again', async () => {
    await show(IDLE);
    await show(refused({ language: 'en' }));
    await act(async () => choose('zh'));
    expect(locale).toBe('zh');
    await act(async () => root.unmount());
    root = openRoot(kept);
    await show(undefined);
    await show(refused({ language: 'en' }));
    expect(locale).toBe('zh');
  });

  it('that was chosen before nobody sat here is kept for who has none registered, and for no other', async () => {
    await show(IDLE);
    await act(async () => choose('en'));
    await show(refused());
    expect(locale).toBe('en');
    await show(IDLE);
    expect(locale).toBe('zh');
    await act(async () => choose('en'));
    await show(refused({ language: 'zh' }));
    expect(locale).toBe('zh');
  });

  it('comes with arrangements that are one object as long as they say the same', async () => {
    await show(refused({ print: 'large' }));
    const before = registered;
    await show(refused({ print: 'large' }));
    expect(registered).toBe(before);
    await show(refused());
    expect(registered).toEqual({});
  });
});

describe('what is registered', () => {
  const markup = (arrangements: Arrangements, what = <Registered />) => {
    vi.stubGlobal('sessionStorage', { getItem: () => null });
    const page = { t: translator('en'), arrangements } as PageContext;
    return renderToStaticMarkup(<Page value={page}>{what}</Page>);
  };
  afterEach(() => vi.unstubAllGlobals());

  it.each<[Arrangements, boolean, boolean]>([
    [{}, false, true],
    [{ print: 'large' }, true, true],
    [{ print: 'largest' }, true, false],
  ])('%o is the size that the screen begins with', (arrangements, smaller, larger) => {
    const buttons = [...markup(arrangements, <TextSize />).matchAll(/<button[^>]*>/g)].map(([button]) => button);
    expect(buttons.map((button) => !button.includes('disabled'))).toEqual([smaller, larger]);
  });

  it('is told to a proctor in words, and nothing is where nothing is', () => {
    const all: Arrangements = {
      extraMinutes: 10,
      print: 'large',
      readAloud: true,
      noGestures: true,
      noLight: true,
      language: 'en',
    };
    const said = markup(all);
    for (const words of [
      '10 more minutes',
      'large print',
      'read aloud',
      'no gestures',
      'no changing colours',
      'English',
    ])
      expect(said).toContain(words);
    expect(markup({ extraMinutes: 1 })).toContain('1 more minute<');
    expect(markup({})).toBe('');
  });
});
