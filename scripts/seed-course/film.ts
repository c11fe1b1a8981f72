import { ALL, box, type Ctx, disc, flame, INK, line, person, room, smooth, tick, truck, words } from './shapes.ts';

/** The film of the seed course, drawn second by second. It runs in a page: nothing of Node is here. */

type Scene = {
  readonly seconds: number;
  readonly zh: string;
  readonly en: string;
  /** @param t seconds since the scene began */
  readonly draw: (c: Ctx, t: number) => void;
};

export const FILM = { width: 640, height: 360, framesPerSecond: 12 } as const;

function title(c: Ctx, t: number): void {
  box(c, INK.blue, [0, 0, 640, 300]);
  c.globalAlpha = smooth(t);
  words(c, '进厂安全第一课', 380, 120, 48, '#fff', true);
  words(c, 'First day at the plant: safety', 380, 176, 23, '#fff');
  c.globalAlpha = 1;
  person(c, 110, 292, ALL);
}

function gear(c: Ctx, t: number): void {
  room(c);
  person(c, 170, 286, { helmet: t - 0.3, vest: t - 1.3, boots: t - 2.3, glasses: t - 3.3 });
  const names = [
    ['安全帽，系好下颏带', 'helmet, strap done up'],
    ['反光背心', 'high-visibility vest'],
    ['防砸鞋', 'safety shoes'],
    ['护目镜', 'eye protection'],
  ] as const;
  for (const [at, [zh, en]] of names.entries()) {
    if (t < at + 1) continue;
    tick(c, 340, 52 + at * 62, 28);
    words(c, zh, 480, 44 + at * 62, 20, INK.dark);
    words(c, en, 480, 66 + at * 62, 14, INK.dark);
  }
}

/** The truck passes before anybody goes on. */
function walkway(c: Ctx, t: number): void {
  room(c);
  box(c, INK.safe, [0, 250, 190, 50]);
  box(c, INK.safe, [450, 250, 190, 50]);
  for (let x = 200; x < 450; x += 50) box(c, '#fff', [x, 252, 26, 46]);
  const walked = t < 1.5 ? t * 60 : t < 4 ? 90 : 90 + (t - 4) * 150;
  person(c, 50 + walked, 292, ALL, t < 1.5 || t > 4 ? t * 9 : 0);
  const x = 760 - smooth((t - 0.8) / 3) * 900;
  if (x > -120 && t < 4) {
    c.save();
    c.translate(0, -34);
    truck(c, x + 120);
    c.restore();
  }
  if (t > 1.5 && t < 4) {
    disc(c, INK.stop, 140, 92, 24);
    words(c, '停', 140, 93, 26, '#fff', true);
  }
}

/** A machine that is off, locked, and says by whom. */
function lock(c: Ctx, t: number): void {
  room(c);
  box(c, '#6c7f92', [230, 92, 230, 180], 10);
  box(c, INK.dark, [254, 116, 182, 70], 6);
  const off = smooth(t - 0.8);
  disc(c, off < 0.5 ? INK.safe : '#54606b', 400, 150, 14);
  words(c, off < 0.5 ? '运行 ON' : '停机 OFF', 322, 151, 22, off < 0.5 ? '#7fe0a8' : '#c3ccd4');
  c.save();
  c.translate(345, 228);
  c.rotate((off * Math.PI) / 2);
  box(c, INK.stop, [-34, -7, 68, 14], 7);
  c.restore();
  if (t > 2) {
    const y = 228 + (1 - smooth(t - 2)) * -160;
    line(c, '#caa200', 5, [
      [336, y],
      [336, y - 15],
      [354, y - 15],
      [354, y],
    ]);
    box(c, INK.warn, [328, y, 34, 26], 4);
  }
  if (t > 3) {
    box(c, '#fff', [372, 216, 74, 50], 4);
    words(c, '禁止合闸', 409, 232, 15, INK.stop, true);
    words(c, 'DO NOT START', 409, 252, 9, INK.stop);
  }
  person(c, 130, 286, ALL);
}

function fire(c: Ctx, t: number): void {
  room(c);
  box(c, INK.safe, [528, 96, 88, 176], 4);
  box(c, '#fff', [540, 60, 64, 26], 4);
  words(c, '出口 EXIT', 572, 74, 13, INK.safe, true);
  box(c, '#7b5b3c', [40, 240, 80, 40], 4);
  flame(c, 80, 244, 54, t);
  const x = 190 + smooth((t - 1.8) / 4) * 380;
  if (x < 560) person(c, x, 290, ALL, t > 1.8 ? t * 12 : 0);
  box(c, INK.stop, [250, 26, 170, 62], 10);
  words(c, '火警 119', 335, 48, 26, '#fff', true);
  words(c, 'fire: call 119', 335, 74, 14, '#fff');
}

function report(c: Ctx, t: number): void {
  room(c);
  person(c, 170, 288, ALL);
  person(c, 470, 288, ALL);
  const grown = smooth(t);
  c.save();
  c.translate(320, 92);
  c.scale(grown, grown);
  box(c, '#fff', [-128, -60, 256, 108], 16);
  words(c, '有危险，先停下', 0, -30, 24, INK.stop, true);
  words(c, '不清楚，就问班组长', 0, 2, 20, INK.dark);
  words(c, 'Danger: stop. In doubt: ask.', 0, 30, 15, INK.dark);
  c.restore();
}

function ending(c: Ctx, t: number): void {
  box(c, INK.safe, [0, 0, 640, 300]);
  c.globalAlpha = smooth(t * 1.5);
  words(c, '平平安安上班，平平安安回家', 320, 120, 38, '#fff', true);
  words(c, 'Everybody goes home safe, every day', 320, 176, 22, '#fff');
  c.globalAlpha = 1;
}

const SCENES: readonly Scene[] = [
  {
    seconds: 4,
    zh: '第一天上班，先学会保护自己',
    en: 'On your first day, first learn to protect yourself',
    draw: title,
  },
  { seconds: 6, zh: '进车间前，穿戴好防护用品', en: 'Put on your protective equipment before you go in', draw: gear },
  {
    seconds: 7,
    zh: '走人行通道；叉车来了，停下让行',
    en: 'Keep to the walkway; stop and let trucks pass',
    draw: walkway,
  },
  {
    seconds: 6,
    zh: '检修先断电，上锁挂牌，钥匙自己保管',
    en: 'Before repairs: switch off, lock, tag, keep the key',
    draw: lock,
  },
  {
    seconds: 7,
    zh: '发现火情，报警，从安全出口撤离，不乘电梯',
    en: 'Fire: raise the alarm, leave by the exit, no lifts',
    draw: fire,
  },
  {
    seconds: 6,
    zh: '危险时你有权停工撤离，并马上报告',
    en: 'In danger you may stop work and leave; report at once',
    draw: report,
  },
  { seconds: 4, zh: '接下来：读一读，再答几道题', en: 'Next: read a page, then answer some questions', draw: ending },
];

export const FILM_SECONDS = SCENES.reduce((sum, { seconds }) => sum + seconds, 0);

/** The film as it is at a moment, what is shown and what is said of it below. */
export function drawFilm(c: Ctx, at: number): void {
  let began = 0;
  const scene = SCENES.find(({ seconds }) => {
    if (at < began + seconds) return true;
    began += seconds;
    return false;
  });
  if (!scene) return;
  c.clearRect(0, 0, FILM.width, FILM.height);
  scene.draw(c, at - began);
  box(c, INK.dark, [0, 300, 640, 60]);
  words(c, scene.zh, 320, 320, 22, '#fff', true);
  words(c, scene.en, 320, 346, 15, '#d5dde4');
}
