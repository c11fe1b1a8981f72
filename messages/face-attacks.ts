import type { LightOutcome } from '../contract/words/light.ts';
import type { Locale } from '../contract/words/localized.ts';

/** Attacks on the camera by what is shown to it, as `native/presentation-attacks` makes them. */
const SPECIES = ['print', 'bent-print', 'screen', 'cut-out', 'mask', 'injected', 'looped', 'edited', 'still'] as const;

/** What the report on them is made of: for whoever runs a site, and for an inspector. */
type FaceAttackWords = {
  readonly title: string;
  readonly simulated: string;
  readonly how: (figures: { clips: number; people: number; live: number; lookMs: number; tries: number }) => string;
  readonly species: string;
  readonly checkIns: string;
  readonly letIn: string;
  readonly apcer: string;
  readonly interval: string;
  readonly passive: string;
  readonly stoppedBy: string;
  readonly light: string;
  readonly lightNamed: Readonly<Record<LightOutcome, string>>;
  readonly genuine: string;
  readonly genuineHow: string;
  readonly performedHow: string;
  readonly people: string;
  readonly stopped: string;
  readonly bpcer: string;
  readonly unjudged: string;
  readonly nothing: string;
  readonly named: Readonly<Record<(typeof SPECIES)[number], string>>;
};

const zh: FaceAttackWords = {
  title: '人脸核验呈现攻击测量报告',
  simulated:
    '以下攻击都由程序用真人录像模拟生成，不是真实拍摄的攻击：打印网点、屏幕摩尔纹、反光、纸边、透视、手抖和弯曲都是画出来的。结果只说明本站点的程序如何应对这些模拟，不能代替实物测试。',
  how: ({ clips, people, live, lookMs, tries }) =>
    `用 ${clips} 段录像（${people} 人）生成；每次都走完整的核验流程：静默活体（阈值 ${live}）、动作、屏幕光、画面完整性。每看一帧 ${lookMs} 毫秒，最多 ${tries} 次机会。时钟由程序拨动。`,
  species: '攻击种类',
  checkIns: '核验次数',
  letIn: '被放行',
  apcer: 'APCER',
  interval: '95% 区间',
  passive: '仅靠静默活体会放行的画面组',
  stoppedBy: '被什么拦下',
  light: '对屏幕光的反应（走到这一步的）',
  lightNamed: { answered: '有反应', unanswered: '没有反应', 'cannot-tell': '看不出' },
  genuine: '真人',
  genuineHow: '录像里的人不会按屏幕要求做动作，所以这里只测不要求动作、也不打屏幕光的核验：静默活体和画面完整性。',
  performedHow:
    '要求动作的核验，最多两次机会：动作和脸上的屏幕光是用录像里的平静画面合成的（模拟），不是真人做的；画面取自很短的录像，会重复，所以这里不判断画面完整性。',
  people: '真人核验',
  stopped: '被拦下',
  bpcer: 'BPCER',
  unjudged: '录像太短，未判定',
  nothing: '无',
  named: {
    print: '平整打印照片（手持，按要求转动纸张）',
    'bent-print': '弯曲打印照片（圆柱面，按要求转动）',
    screen: '屏幕翻拍',
    'cut-out': '剪下的头像',
    mask: '挖眼纸面具（戴着的人按要求转头、眨眼）',
    injected: '注入的录像文件',
    looped: '循环播放的录像',
    edited: '逐帧修改的录像（亮度、平移、重新压缩）',
    still: '一张静止照片',
  },
};

const en: FaceAttackWords = {
  title: 'Presentation attacks on the face check, measured',
  simulated:
    'These attacks are simulated, made by a program out of genuine clips; none was filmed. Dots of print, the moire of screens, glare, edges of paper, perspective, trembling hands and bending are drawn. The figures say how this program meets this simulation, and are no test with real instruments.',
  how: ({ clips, people, live, lookMs, tries }) =>
    `Made of ${clips} clips (${people} people). Each is a whole check-in: passive liveness (live at ${live}), gestures, light of the screen, integrity of the feed. A look takes ${lookMs} ms, ${tries} at most are tried. The clock is turned by the program.`,
  species: 'species',
  checkIns: 'check-ins',
  letIn: 'let in',
  apcer: 'APCER',
  interval: '95 % interval',
  passive: 'looks that passive liveness alone takes for alive',
  stoppedBy: 'stopped by',
  light: 'light, of those who came so far',
  lightNamed: { answered: 'answered', unanswered: 'unanswered', 'cannot-tell': 'cannot tell' },
  genuine: 'Genuine people',
  genuineHow:
    'Nobody in a clip does what a screen asks, so this is a check-in of whom no gestures are asked and at whom no light is shone: passive liveness and integrity of the feed.',
  performedHow:
    'A check-in with gestures, in two tries at most. The gestures, and the light on the face, are a simulation, made of calm pictures of the clips, and nobody made them; as the clips are short, pictures come again, so the integrity of the feed is not judged here.',
  people: 'check-ins of people',
  stopped: 'stopped',
  bpcer: 'BPCER',
  unjudged: 'clip too short, not judged',
  nothing: 'nothing',
  named: {
    print: 'flat print (in hands, turned as asked)',
    'bent-print': 'bent print (a cylinder, turned as asked)',
    screen: 'screen replay',
    'cut-out': 'head cut out of a print',
    mask: 'paper mask with cut eyes (whoever wears it turns and blinks as asked)',
    injected: 'injected file',
    looped: 'looped file',
    edited: 'edited file (light, shift, compression, each picture anew)',
    still: 'one still picture',
  },
};

export const faceAttackWords: Readonly<Record<Locale, FaceAttackWords>> = { zh, en };
