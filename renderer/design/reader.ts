import type { Locale } from '../../contract/words/localized.ts';

/** What is used of the browser's own speech. */
export type Speech = Pick<
  SpeechSynthesis,
  'getVoices' | 'speak' | 'cancel' | 'addEventListener' | 'removeEventListener'
>;

/** A voice that reads aloud: one for the whole window, and what it says last is what it says. */
export type Reader = {
  readonly speaks: (language: Locale) => boolean;
  readonly speaking: () => boolean;
  /** One part after another, in place of what is being spoken; nothing where there is no voice for it. */
  readonly speak: (parts: readonly string[], language: Locale) => void;
  readonly stop: () => void;
  readonly subscribe: (listener: () => void) => () => void;
};

/** The first that there is. Voices that read Chinese as Cantonese are none for an exam in Mandarin. */
const VOICES: Readonly<Record<Locale, readonly RegExp[]>> = {
  zh: [/^zh-cn/, /^cmn/, /^zh(?!-hk|-mo)/],
  en: [/^en-gb/, /^en/],
};

/** @param speech none where the browser has none */
export function openReader(speech: Speech | undefined, utter: (text: string) => SpeechSynthesisUtterance): Reader {
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  /** What is still to be said; a browser forgets an utterance that nobody holds, and never says that it is over. */
  let left: readonly SpeechSynthesisUtterance[] = [];

  const over = (utterance: SpeechSynthesisUtterance): void => {
    if (!left.includes(utterance)) return;
    left = left.filter((one) => one !== utterance);
    if (left.length === 0) tell();
  };
  const stop = (): void => {
    if (left.length === 0) return;
    left = [];
    speech?.cancel();
    tell();
  };
  return {
    speaks: (language) => voiceFor(speech, language) !== undefined,
    speaking: () => left.length > 0,
    speak(parts, language) {
      stop();
      const voice = voiceFor(speech, language);
      const said = parts.filter((part) => part.trim() !== '');
      if (!speech || !voice || said.length === 0) return;
      left = said.map((text) => {
        const utterance = utter(text);
        Object.assign(utterance, { voice, lang: voice.lang });
        for (const end of ['end', 'error'] as const) utterance.addEventListener(end, () => over(utterance));
        return utterance;
      });
      for (const utterance of left) speech.speak(utterance);
      tell();
    },
    stop,
    subscribe(listener) {
      // Voices come some time after the page.
      if (listeners.size === 0) speech?.addEventListener('voiceschanged', tell);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) speech?.removeEventListener('voiceschanged', tell);
      };
    },
  };
}

/** One of this machine: to others the browser sends what they read, and items do not leave the station. */
function voiceFor(speech: Speech | undefined, language: Locale): SpeechSynthesisVoice | undefined {
  const voices = speech?.getVoices().filter(({ localService }) => localService) ?? [];
  const tagOf = ({ lang }: SpeechSynthesisVoice): string => lang.toLowerCase().replaceAll('_', '-');
  return VOICES[language].flatMap((tag) => voices.filter((voice) => tag.test(tagOf(voice))))[0];
}
