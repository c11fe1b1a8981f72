import { Dossier, type SeenFace } from '../../contract/page/proctor-desk.ts';
import type { Stage, StationView } from '../../contract/page/view.ts';
import { StationView as View } from '../../contract/page/view.ts';
import { Course } from '../../contract/words/course.ts';
import { Form } from '../../contract/words/form.ts';

/** What a station would say, for looking at a screen without one. Every name and number is made up. */

const who = { name: '李文静', number: '3101**********0010', visitor: false };
const exam = {
  ...{ id: 'ex_1', title: { zh: '工厂安全知识题库：通用安全知识考试', en: 'Plant safety: general knowledge' } },
  ...{ mode: 'formal', items: 9, fullMarks: 39, passMarks: 32, durationSeconds: 2_700 },
};
const practice = { ...exam, mode: 'mock', title: { zh: '模拟考试：通用安全知识', en: 'Practice: general knowledge' } };
const clock = { remainingMs: 41 * 60_000 + 12_000, running: true };
const seated = { sittingId: 'si_1', who, exam, watched: true };
const topics = [
  ['用电安全', 1, 3],
  ['高处作业', 6, 10],
  ['消防安全', 4, 4],
  ['应急处置', 7, 7],
].map(([field, marks, fullMarks]) => ({
  ...{ field, marks, fullMarks, items: 2, right: 1, part: 0, wrong: 1, blank: 0 },
}));

const course = { ...exam, id: 'ex_2', mode: 'learning', title: { zh: '进厂安全第一课', en: 'First day at the plant' } };
const lessons = [
  { lessonId: 'le_1', seconds: 45, creditedMs: 45_000, complete: true },
  { lessonId: 'le_2', seconds: 240, creditedMs: 96_000, complete: false },
  { lessonId: 'le_3', seconds: 300, creditedMs: 0, complete: false, missing: true },
  { lessonId: 'le_4', seconds: 120, creditedMs: 0, complete: false },
].map((lesson) => ({ pendingMs: 0, position: 0, farthest: 0, ...lesson }));

/** As long as a real one; it says that somebody passed somewhere. */
const recorded = {
  submittedAt: '2026-11-26T08:41:07.000Z',
  receiptCode:
    'EXS1:AEAQDHFXHU2ZEEIRCEIRCEIRCEIRCEIRCEIRCEIRCEIRCEIRCEIRCEIRCEIRCEIREIRCEIRCEIRCEIRCEIRCEIRCEIAF2LAKRZFV6TAOTUNC6234RWPA6AAPT2GXY222JFELONRFCQB7FYOQARSGK3LPAQ4DMLRVR2K57XYCKCALOYYWC3LOUHHK7RW5EYYD5LKMSOVDEMQ55YVK6CB5SAHWW6MVBEU4X2ML6ZMNA6RLSE2FJ26A7HMCASA33VSHYIQTCCA',
};

const STAGES: Readonly<Record<string, unknown>> = {
  choosing: {
    ...{ stage: 'choosing', ticket: 1, who },
    choices: [
      { examId: 'ex_1', title: exam.title, mode: 'formal', minutes: 45 },
      {
        ...{ examId: 'ex_2', title: course.title, mode: 'learning', minutes: 12 },
        progress: { seconds: 141, of: 705 },
      },
    ],
  },
  learning: { stage: 'in-progress', ...seated, exam: course, clock, learning: { lessons } },
  studied: {
    ...{ stage: 'result', ...seated, exam: course, marks: 0, passed: false, topics: [], cause: 'handed-in' },
    ...{ usedMs: 163_000, receipt: 'verified', learning: { lessons, complete: false, creditedMs: 141_000 } },
  },
  idle: { stage: 'idle', exams: [exam.title], visitors: true },
  'turned-away': {
    stage: 'idle',
    turnedAway: { ticket: 1, who, why: { kind: 'other-seat', seat: '3-12' }, doubts: [] },
  },
  'card-in-doubt': {
    stage: 'idle',
    turnedAway: { ticket: 3, who, why: { kind: 'card' }, doubts: ['card-name-differs', 'card-expired'] },
  },
  moved: {
    stage: 'idle',
    turnedAway: { ticket: 2, who, doubts: [], why: { kind: 'moved', to: '二号考站', fromHere: 'delivered' } },
  },
  enrolling: { stage: 'enrolling', step: 'consent' },
  consenting: { stage: 'consenting', who, exam },
  'consenting-to-update': { stage: 'consenting', who, exam, templateDays: 180 },
  capturing: { stage: 'capturing', who, purpose: 'check-in', attempt: 1, attempts: 3, progress: 0.4 },
  advice: {
    ...{ stage: 'capturing', who, purpose: 'check-in', attempt: 2, attempts: 3 },
    ...{ progress: 0, advice: 'face-too-small' },
  },
  gesture: {
    ...{ stage: 'capturing', who, purpose: 'check-in', attempt: 1, attempts: 3, progress: 0.5 },
    challenge: { gesture: 'turn-left', at: 2, of: 3 },
  },
  'gesture-far': {
    ...{ stage: 'capturing', who, purpose: 'check-in', attempt: 1, attempts: 3, progress: 0.5 },
    challenge: { gesture: 'turn-left-far', at: 1, of: 2, amount: 12 },
  },
  'gesture-little': {
    ...{ stage: 'capturing', who, purpose: 'check-in', attempt: 1, attempts: 3, progress: 0.5 },
    challenge: { gesture: 'turn-right-little', at: 1, of: 2, amount: 15 },
  },
  'gesture-closer': {
    ...{ stage: 'capturing', who, purpose: 'check-in', attempt: 1, attempts: 3, progress: 0.5 },
    challenge: { gesture: 'come-closer', at: 3, of: 3, amount: 1.1 },
  },
  light: {
    ...{ stage: 'capturing', who, purpose: 'check-in', attempt: 1, attempts: 3, progress: 0.5 },
    light: { colour: '#ff7ab0', at: 4, of: 9 },
  },
  'failed-look': {
    ...{ stage: 'capturing', who, purpose: 'check-in', attempt: 2, attempts: 3 },
    ...{ progress: 0, failed: 'not-live' },
  },
  refused: { stage: 'refused', who, exam, watched: true, reason: 'mismatch', mayLeave: false },
  declined: { stage: 'refused', who, exam, watched: false, reason: 'consent-declined', mayLeave: true },
  'awaiting-unlock': { stage: 'awaiting-unlock', who, exam, identity: 'verified', byCode: true },
  practice: {
    ...{ stage: 'awaiting-unlock', who, exam: practice, identity: 'verified' },
    practice: { topics: [{ topic: '用电安全', items: 7 }], mistakes: 3 },
  },
  exam: { stage: 'in-progress', ...seated, clock },
  nearly: { stage: 'in-progress', ...seated, clock: { remainingMs: 192_000, running: true }, notice: 'several-faces' },
  'exam-by-hand': { stage: 'in-progress', ...seated, watched: false, clock },
  paused: { stage: 'paused', ...seated, clock, reason: 'no-face', until: 'match' },
  locked: { stage: 'paused', ...seated, clock, reason: 'proctor-decision', until: 'proctor' },
  passed: {
    ...{ stage: 'result', ...seated, ...recorded, marks: 35, passed: true, topics, cause: 'handed-in' },
    ...{ usedMs: 1_123_000, attemptsLeft: 1, receipt: 'verified' },
  },
  failed: {
    ...{ stage: 'result', ...seated, ...recorded, marks: 18, passed: false, topics, cause: 'time-up' },
    ...{ usedMs: 2_700_000, attemptsLeft: 0, receipt: 'waiting' },
  },
};
export const SCREENS = [...Object.keys(STAGES), 'not-ready'];

/** What a proctor reads of an exam that was not quiet. */
const SUPERVISED = {
  incidents: [
    {
      ...{ id: 'in_1', reason: 'looking-away', at: '2026-11-26T08:12:41.000Z', paused: false, pictured: true },
      evidence: { lastedMs: 6_200, yaw: 38, faces: 1 },
    },
    { id: 'in_2', reason: 'phone-seen', at: '2026-11-26T08:21:07.000Z', paused: false, evidence: { lastedMs: 2_400 } },
    { id: 'in_3', reason: 'pin-wrong', at: '2026-11-26T08:25:30.000Z', paused: false, verdict: 'dismissed' },
  ],
  decisions: [
    { action: 'unlocked', by: '赵建国', at: '2026-11-26T08:01:00.000Z' },
    { action: 'extended', by: '赵建国', at: '2026-11-26T08:20:00.000Z', minutes: 10, note: '读题慢，需要照顾' },
    { action: 'paused', by: '赵建国', at: '2026-11-26T08:26:00.000Z' },
  ],
};

const SHINE = ['#ffffff', '#3f6bff', '#ffb84d', '#9a66ff', '#39414f', '#ff7ab0', '#35c9dd', '#39414f', '#3fc46b'];
const LIT = {
  ...{ outcome: 'answered', score: 0.81, lagMs: 150, shown: SHINE },
  seen: ['#f4f9ff', '#5a74e8', '#f7bd6c', '#8f78ef', '#4a4650', '#f28bb4', '#59c4d0', '#463f52', '#58b877'],
};

/** What a proctor is told of whoever sits at this screen. */
export function sampleDossier(screen: string): Dossier {
  const by = screen === 'declined' ? 'typed' : 'card';
  const person = { name: '李文静', number: '310101199003070010', birthDate: '1990-03-07' };
  const measured = { refused: { similarity: 0.31, live: 0.97 }, declined: {} }[screen];
  return Dossier.parse({
    person: {
      ...person,
      ...{ identifiedBy: by, attempts: { used: 0, of: 2 } },
      ...(by === 'card' ? { chip: { ...person, validFrom: '2020-01-01', validTo: 'long-term', doubts: [] } } : {}),
    },
    scores: {
      ...(measured ?? { similarity: 0.71, live: 0.98 }),
      ...(screen === 'awaiting-unlock' ? { light: LIT, challenge: ASKED } : {}),
      thresholds: { accept: 0.5, refuseBelow: 0.42, live: 0.6 },
      curve: SHARES,
    },
  });
}

const ASKED = { gestures: ['turn-left-far', 'blink', 'come-closer'], passed: true };

/** Two hills: strangers around 0.06, and the right people around 0.66. */
const SHARES = Array.from({ length: 60 }, (_, index) => {
  const at = Math.round(2 * index - 18) / 100;
  const below = (middle: number, width: number) => 1 / (1 + Math.exp((middle - at) / width));
  return { at, genuineBelow: below(0.66, 0.05), strangersFrom: 1 - below(0.06, 0.04) };
});

/** What the last look saw there. @param base64 of one picture, which stands for all of them */
export function sampleSeen(screen: string, base64: string): readonly SeenFace[] {
  if (screen === 'declined') return [];
  const face = { failed: false, notes: [], base64 };
  const made = sampleDossier(screen).scores?.challenge?.gestures ?? [];
  return [
    { ...face, of: 'rest', notes: screen === 'refused' ? ['light-flat'] : [] },
    ...made.map((of) => ({ ...face, of })),
  ];
}

const ready = { state: 'ready' };
const check = (name: string, status: string) => ({
  ...{ name, status, found: { zh: '正常', en: 'ready' }, expected: { zh: '正常', en: 'ready' } },
});

export function sampleView(screen: string): StationView {
  const status = screen === 'not-ready' ? 'NOT READY' : 'READY';
  const current = STAGES[screen] ?? STAGES.idle;
  return View.parse({
    station: { name: '一号考站', host: 'kiosk', tenant: '示范企业', version: '0.1.0', badges: true },
    devices: { camera: ready, reader: ready, faces: ready, center: ready },
    ...{ waitingRecords: screen === 'idle' ? 2 : 0, refusedRecords: 0 },
    ...(screen === 'locked' ? SUPERVISED : { incidents: [], decisions: [] }),
    waits: { pinMs: 0, codeMs: 0, administratorMs: 0 },
    current: current as Stage,
    readiness: { status, at: '2026-11-26T08:00:00.000Z', checks: [check('camera', status)] },
  });
}

const options = (itemId: string, ...texts: readonly string[]) =>
  texts.map((zh, i) => ({ id: `op_${itemId}${i}`, text: { zh, en: zh } }));
const item = (n: number, kind: string, stem: string, ...texts: readonly string[]) => ({
  ...{ itemId: `it_${n}`, kind, marks: 4, stem: { zh: stem, en: stem } },
  options: options(String(n), ...texts),
});

/** Formulas, a table, and a formula that nobody can draw. */
const WITH_CONTENT = [
  item(
    25,
    'single',
    '导线电阻为 \\(R=\\rho\\frac{l}{S}\\)，通过电流 \\(I\\)，其发热功率为：\n$$P=I^2R=\\begin{cases}I^2\\rho\\frac{l}{S}&S>0\\\\0&I=0\\end{cases}$$\n截面积减半时，\\(P\\) 怎样变化？',
    '变为 \\(\\sqrt{2}P\\)',
    '变为 \\(2P\\)',
    '变为 \\(\\frac{P}{2}\\)',
  ),
  item(
    26,
    'single',
    '某作业点的测量值见下表：\n| 气体 | 测量值 | 允许值 |\n|---|--:|:-:|\n| 氧气 | 20.9 % | \\(19.5\\,\\% \\le x \\le 23.5\\,\\%\\) |\n| 一氧化碳 | 35 mg/m³ | 20 mg/m³ |\n| 硫化氢 | 4 mg/m³ | 10 mg/m³ |\n可以进入吗？',
    '可以',
    '不可以',
  ),
  item(27, 'single', '写坏了的公式 \\(\\frac{1}{2\\) 照原样显示，$5 是钱。', '是', '否'),
];

export const SAMPLE_FORM = Form.parse({
  sittingId: 'si_1',
  items: [
    {
      ...item(
        1,
        'multiple',
        '下列哪些是工人应尽的安全义务？',
        '自己花钱买防护用品',
        '参加安全教育培训',
        '遵守安全操作规程',
        '发现隐患立即报告',
      ),
      stem: { zh: '下列哪些是工人应尽的安全义务？', en: 'Which of these are a worker’s duties in safety?' },
    },
    item(2, 'true-false', '设备的急停按钮要随手够得到，不能被东西挡住。', '正确', '错误'),
    item(
      3,
      'single',
      '进入有限空间作业前，首先要做什么？',
      '直接进入',
      '先通风，再检测，后作业',
      '等别人先进',
      '戴口罩进入',
    ),
    ...Array.from({ length: 21 }, (_, i) => item(i + 4, 'single', `第 ${i + 4} 题`, '是', '否')),
    ...WITH_CONTENT,
    { ...item(40, 'text', '检修前先（ ），再（ ），然后挂牌上锁。'), gaps: 2 },
    item(41, 'order', '把停电检修的步骤排成正确的顺序。', '验电', '停电', '挂牌上锁', '装设接地线'),
    {
      ...item(43, 'single', '这起事故的直接原因是什么？', '未停电', '天气', '噪声'),
      passage: {
        text: { zh: '某厂检修配电柜，未停电、未验电，两人触电受伤。', en: 'Two were hurt at a cabinet that was live.' },
      },
    },
    {
      ...item(42, 'match', '各种火灾用什么灭火器？', '干粉灭火器', '清水灭火器', '泡沫灭火器', '干沙'),
      premises: options('42p', '带电设备起火', '木材起火', '油类起火'),
    },
  ],
  answers: [
    { itemId: 'it_1', chosen: ['op_11', 'op_12'], flagged: true, revision: 1 },
    { itemId: 'it_3', chosen: ['op_31'], flagged: false, revision: 1 },
  ],
});

const text = (zh: string, en = zh) => ({ zh, en });
export const SAMPLE_COURSE = {
  course: Course.parse({
    id: 'co_1',
    lessons: [
      {
        ...{ id: 'le_1', kind: 'video', title: text('进厂第一步', 'At the gate'), seconds: 45 },
        sources: [{ hash: 'a'.repeat(64), type: 'video/webm', bytes: 1 }],
      },
      {
        ...{ id: 'le_2', kind: 'page', title: text('看懂四种颜色', 'What four colours say'), seconds: 240 },
        blocks: [
          { kind: 'paragraph', text: text('红色是禁止，黄色是警告，蓝色是必须做，绿色是安全通道和急救。') },
          { kind: 'heading', text: text('进车间之前') },
          {
            kind: 'list',
            items: [text('戴好安全帽，系好下颏带。'), text('穿好工作服，袖口扎紧。'), text('不戴手套操作旋转的设备。')],
          },
          { kind: 'paragraph', text: text('看不懂的标志，先停下来，问带班的人。') },
        ],
      },
      {
        ...{
          id: 'le_3',
          kind: 'document',
          title: text('应急处置卡', 'What to do in an emergency'),
          seconds: 300,
          pages: 2,
        },
        file: { hash: 'b'.repeat(64), type: 'application/pdf', bytes: 1 },
      },
      { id: 'le_4', kind: 'questions', title: text('考考自己', 'Try yourself'), seconds: 120, items: ['it_2', 'it_3'] },
    ],
  }),
  here: [],
};
