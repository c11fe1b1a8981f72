import type { Locale } from '../contract/words/localized.ts';
import type { ReasonCode } from '../contract/words/reasons.ts';
import { explain } from './index.ts';

const zh = {
  'no-face': '照片里找不到人脸',
  'several-faces': '照片里不止一个人',
  'face-too-small': '脸在照片里太小',
  'face-too-close': '脸离镜头太近',
  'face-cut-off': '脸没有拍全',
  'face-turned': '脸侧着，不是正脸',
  'face-blurred': '照片模糊',
  'face-covered': '脸被遮住',
  'head-tilted': '头歪着',
  'eyes-closed': '眼睛闭着',
  'mouth-open': '嘴张着',
  'too-dark': '照片太暗',
  'too-bright': '照片太亮',
  'light-flat': '照片灰蒙蒙，没有明暗',
  'picture-noisy': '照片噪点太多',
  'colour-unnatural': '颜色不自然',
  'photo-unreadable': '照片文件打不开',
} satisfies Readonly<Record<string, string>>;

const en: typeof zh = {
  'no-face': 'no face in the photo',
  'several-faces': 'more than one person',
  'face-too-small': 'the face is too small',
  'face-too-close': 'too close to the lens',
  'face-cut-off': 'part of the face is cut off',
  'face-turned': 'not seen from the front',
  'face-blurred': 'blurred',
  'face-covered': 'the face is covered',
  'head-tilted': 'the head is tilted',
  'eyes-closed': 'the eyes are closed',
  'mouth-open': 'the mouth is open',
  'too-dark': 'too dark',
  'too-bright': 'too bright',
  'light-flat': 'dull, without light and shade',
  'picture-noisy': 'too grainy',
  'colour-unnatural': 'the colours are not natural',
  'photo-unreadable': 'the file cannot be read',
};

/** What is wrong with a photo. The catalogue speaks to whoever stands before a camera; nobody does here. */
export const PHOTO_WORDS: Readonly<Record<Locale, typeof zh>> = { zh, en };

/** Of a reason that no photo has, what the catalogue says. */
export const explainPhoto = (reason: ReasonCode, locale: Locale): string =>
  (PHOTO_WORDS[locale] as Readonly<Record<string, string>>)[reason] ?? explain(reason, locale);
