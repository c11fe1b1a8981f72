import { act } from 'react';
import type { Root } from 'react-dom/client';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Locale } from '../../contract/words/localized.ts';
import { type ReadAloud, useReadAloud } from './read-aloud.ts';
import { openReader, type Reader, type Speech } from './reader.ts';
import { openRoot } from './root.fixture.ts';

type Spoken = SpeechSynthesisUtterance & { readonly text: string };
const voice = (lang: string, localService = true) => ({ lang, localService }) as SpeechSynthesisVoice;

/** A browser's speech that says nothing until the test says that it has. */
function openSpeech(...voices: SpeechSynthesisVoice[]) {
  const events = new EventTarget();
  const queue: Spoken[] = [];
  const said: [string, string][] = [];
  const speech: Speech = {
    getVoices: () => voices,
    speak: (utterance) => void queue.push(utterance as Spoken),
    // As browsers do: what was cancelled ends with an error, some time later.
    cancel() {
      for (const one of queue.splice(0)) queueMicrotask(() => one.dispatchEvent(new Event('error')));
    },
    addEventListener: events.addEventListener.bind(events) as Speech['addEventListener'],
    removeEventListener: events.removeEventListener.bind(events) as Speech['removeEventListener'],
  };
  const utter = (text: string) => Object.assign(new EventTarget(), { text }) as Spoken;
  return {
    reader: openReader(speech, utter),
    said,
    waiting: () => queue.map(({ text }) => text),
    /** What is next is said to its end. */
    next(how = 'end') {
      const utterance = queue.shift();
      if (!utterance) throw new Error('nothing is being spoken');
      said.push([utterance.text, utterance.lang]);
      utterance.dispatchEvent(new Event(how));
    },
    arrive(...more: SpeechSynthesisVoice[]) {
      voices.push(...more);
      events.dispatchEvent(new Event('voiceschanged'));
    },
  };
}

describe('a reader', () => {
  it('says one part after another, and then is silent', () => {
    const { reader, said, next } = openSpeech(voice('en-US'), voice('zh-CN'));
    const heard = vi.fn();
    reader.subscribe(() => heard(reader.speaking()));
    reader.speak(['下列哪一项正确？', ' ', '甲', '乙'], 'zh');
    expect(reader.speaking()).toBe(true);
    for (const how of ['end', 'error', 'end']) next(how);
    expect(said).toEqual(['下列哪一项正确？', '甲', '乙'].map((text) => [text, 'zh-CN']));
    expect(reader.speaking()).toBe(false);
    expect(heard.mock.calls).toEqual([[true], [false]]);
  });

  it('says the newest only: what was before is cut off, and its end ends nothing', async () => {
    const { reader, waiting, next } = openSpeech(voice('zh-CN'));
    reader.speak(['一', '二'], 'zh');
    reader.speak(['三'], 'zh');
    expect(waiting()).toEqual(['三']);
    await Promise.resolve();
    expect(reader.speaking()).toBe(true);
    next();
    expect(reader.speaking()).toBe(false);
  });

  it.each<[string, SpeechSynthesisVoice[], Locale, string | undefined]>([
    ['the voice of the mainland before others', [voice('zh-TW'), voice('zh_CN')], 'zh', 'zh_CN'],
    ['another of Mandarin', [voice('zh-HK'), voice('zh-TW')], 'zh', 'zh-TW'],
    ['none that is Cantonese', [voice('zh-HK'), voice('yue-HK')], 'zh', undefined],
    ['none that somebody else speaks with over the network', [voice('zh-CN', false)], 'zh', undefined],
    ['none of another language', [voice('zh-CN'), voice('de-DE')], 'en', undefined],
    ['none where there are none', [], 'en', undefined],
    ['any English', [voice('en-IN')], 'en', 'en-IN'],
  ])('takes %s', (_, voices, language, taken) => {
    const { reader, waiting, next, said } = openSpeech(...voices);
    expect(reader.speaks(language)).toBe(taken !== undefined);
    reader.speak(['x'], language);
    expect([reader.speaking(), waiting()]).toEqual(taken ? [true, ['x']] : [false, []]);
    if (taken) next();
    expect(said).toEqual(taken ? [['x', taken]] : []);
  });

  it('is silent where the browser has no speech', () => {
    const reader = openReader(undefined, () => {
      throw new Error('nothing is to be said');
    });
    reader.speak(['x'], 'en');
    reader.stop();
    expect([reader.speaks('en'), reader.speaking()]).toEqual([false, false]);
  });
});

describe('the hook of a screen', () => {
  let root: Root;
  let shown: ReadAloud;
  beforeEach(() => {
    root = openRoot();
  });
  afterEach(() => vi.unstubAllGlobals());

  function Item({ of, language, reader }: { of: string; language: Locale; reader: Reader }) {
    shown = useReadAloud(language, of, reader);
    return null;
  }
  const show = (of: string, reader: Reader, language: Locale = 'zh') =>
    act(() => root.render(<Item of={of} language={language} reader={reader} />));

  it('tells while it speaks, and when a voice has come', async () => {
    const { reader, next, arrive } = openSpeech();
    await show('it_1', reader);
    expect(shown.available).toBe(false);
    await act(async () => arrive(voice('zh-CN')));
    expect(shown).toMatchObject({ available: true, speaking: false });
    await act(async () => shown.speak(['题']));
    expect(shown.speaking).toBe(true);
    await act(async () => next());
    expect(shown.speaking).toBe(false);
  });

  it('stops when another item is shown, in another language too, and when the screen goes', async () => {
    const { reader, waiting } = openSpeech(voice('zh-CN'), voice('en-GB'));
    const speak = () => act(async () => shown.speak(['题', '甲']));
    await show('it_1', reader);
    await speak();
    await show('it_1', reader);
    expect(waiting()).toEqual(['题', '甲']);
    await show('it_2', reader);
    expect([waiting(), shown.speaking]).toEqual([[], false]);
    await speak();
    await show('it_2', reader, 'en');
    expect([waiting(), shown.speaking]).toEqual([[], false]);
    await speak();
    await act(async () => root.unmount());
    expect([waiting(), reader.speaking()]).toEqual([[], false]);
  });

  it('reads nothing where a page is made without a browser', () => {
    const { reader } = openSpeech(voice('zh-CN'));
    expect(renderToStaticMarkup(<Item of="it_1" language="zh" reader={reader} />)).toBe('');
    expect(shown.available).toBe(false);
  });
});
