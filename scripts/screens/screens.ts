import type { Locale } from '../../contract/words/localized.ts';

/** Every screen that is photographed, which act comes past it, and what it is called on the contact sheet. */
export const SCREENS = {
  '01-idle': { act: 'sitting', title: '等人来' },
  '02-type-number': { act: 'sitting', title: '输入号码，号码有误' },
  '03-visitor': { act: 'sitting', title: '访客录入' },
  '04-consent': { act: 'sitting', title: '同意人脸核验' },
  '06-verified': { act: 'sitting', title: '核验通过，等监考员解锁' },
  '07-proctor-unlocks': { act: 'sitting', title: '监考员解锁' },
  '08-exam': { act: 'sitting', title: '答题' },
  '08-exam-large-print': { act: 'sitting', title: '答题，大字' },
  '10-hand-in': { act: 'sitting', title: '交卷' },
  '12-locked': { act: 'sitting', title: '监考员暂停' },
  '13-result': { act: 'sitting', title: '成绩与回执' },
  '13-topics': { act: 'sitting', title: '各部分得分' },
  '15-second-window': { act: 'sitting', title: '另一个窗口' },
  '14-refused': { act: 'refusals', title: '核验未通过' },
  '14-scores': { act: 'refusals', title: '监考员看比对分数' },
  '05-capture': { act: 'nobody', title: '镜头前没有人' },
  '17-practice-topics': { act: 'practice', title: '选练习内容' },
  '17-practice': { act: 'practice', title: '练习，看答案' },
  '18-mistakes': { act: 'practice', title: '错题' },
  '11-paused': { act: 'leaves', title: '离开座位，自动暂停' },
  '11-incidents': { act: 'leaves', title: '本场事件' },
  '16-results-at-the-center': { act: 'leaves', title: '中心：成绩' },
  '16-stations-at-the-center': { act: 'leaves', title: '中心：考站' },
  '16-token-at-the-center': { act: 'leaves', title: '中心：登录' },
  '16-token-wrong': { act: 'leaves', title: '中心：令牌有误' },
  '19-picture': { act: 'signs', title: '题中有图' },
  '19-pictures-to-choose': { act: 'signs', title: '选项是图' },
  '05-gesture': { act: 'gestures', title: '按提示做动作' },
  '20-move': { act: 'moves', title: '监考员换机' },
  '20-moved': { act: 'moves', title: '已换到别的考站' },
  '20-goes-on': { act: 'moves', title: '在新考站继续' },
  '21-readiness': { act: 'staff', title: '本机是否就绪' },
  '21-not-ready': { act: 'staff', title: '本机还不能考试' },
  '22-set-up': { act: 'staff', title: '设置新终端' },
  '22-set-up-wrong': { act: 'staff', title: '设置有误' },
  '22-set-up-administrator': { act: 'staff', title: '管理员改设置' },
  '23-waiting': { act: 'troubles', title: '正在连接考站' },
  '23-old-address': { act: 'troubles', title: '不是现在的地址' },
  '24-choosing': { act: 'learning', title: '考试还是学习' },
  '24-film': { act: 'learning', title: '看视频' },
  '24-reading': { act: 'learning', title: '看图文' },
  '24-document': { act: 'learning', title: '看文档' },
  '24-questions': { act: 'learning', title: '课间练习题' },
  '24-studied': { act: 'learning', title: '记了多少学时' },
  '23-trouble': { act: 'troubles', title: '考站程序起不来' },
} as const satisfies Record<string, { readonly act: string; readonly title: string }>;

export type ScreenName = keyof typeof SCREENS;
export type ActName = (typeof SCREENS)[ScreenName]['act'];
export const screenNames = Object.keys(SCREENS) as readonly ScreenName[];

type Published = { readonly file: string; readonly screen: ScreenName; readonly locale: Locale };
const inChinese = (screen: ScreenName): Published => ({ file: screen, screen, locale: 'zh' });
const ONLY_HERE: readonly ScreenName[] = ['08-exam-large-print', '16-token-wrong', '23-old-address'];

/** What the docs show: every screen once, and one of them in English. */
export const PUBLISHED: readonly Published[] = [
  ...screenNames.filter((name) => !ONLY_HERE.includes(name)).map(inChinese),
  { file: '09-exam-english', screen: '08-exam', locale: 'en' },
];

/** Whether somebody who typed this means that screen: by all of its name, or by the number or the words of it. */
export const isMeant = (typed: string, name: ScreenName): boolean =>
  name === typed || name.startsWith(`${typed}-`) || name.replace(/^\d+-/, '') === typed;
