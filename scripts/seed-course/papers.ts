/** The picture and the document of the seed course, as pages for a browser to draw. */

const CSS = `* { box-sizing: border-box; margin: 0 } body { font-family: 'Noto Sans CJK SC', sans-serif; color: #22303c }`;

const SIGNS = [
  [
    '必须戴安全帽',
    '<path d="M22 62a28 28 0 0 1 56 0z" fill="#fff"/><rect x="14" y="62" width="72" height="9" rx="4" fill="#fff"/>',
  ],
  [
    '必须戴护目镜',
    '<circle cx="34" cy="50" r="14" fill="none" stroke="#fff" stroke-width="8"/><circle cx="66" cy="50" r="14" fill="none" stroke="#fff" stroke-width="8"/><path d="M46 47h8M20 46l-6-5M80 46l6-5" stroke="#fff" stroke-width="7"/>',
  ],
  [
    '必须穿防护鞋',
    '<path d="M32 24h22v26c8 8 22 8 28 16v8H32z" fill="#fff"/><rect x="30" y="76" width="54" height="6" fill="#fff"/>',
  ],
  [
    '必须戴护听器',
    '<path d="M24 58a26 26 0 0 1 52 0" fill="none" stroke="#fff" stroke-width="7"/><rect x="16" y="52" width="15" height="28" rx="7" fill="#fff"/><rect x="69" y="52" width="15" height="28" rx="7" fill="#fff"/>',
  ],
] as const;

/** Four signs that say what must be worn: white on blue, as GB 2894 draws what is mandatory. */
export const SIGNS_PAGE = `<!doctype html><meta charset="utf-8"><style>${CSS}
body { width: 640px; height: 220px; display: grid; grid-template-columns: repeat(4, 1fr); place-items: center; background: #fff }
div { text-align: center; font-size: 18px } svg { display: block; width: 130px; margin-bottom: 8px }</style>
${SIGNS.map(([name, drawing]) => `<div><svg viewBox="0 0 100 100"><circle cx="50" cy="50" r="48" fill="#1b62b3"/>${drawing}</svg>${name}</div>`).join('')}`;

type Card = { readonly zh: string; readonly en: string; readonly steps: readonly (readonly [string, string])[] };

const CARDS: readonly Card[] = [
  {
    zh: '着火了',
    en: 'Fire',
    steps: [
      [
        '大声呼救，按下手动报警按钮，拨打 119：说清地点、烧的是什么、有没有人被困。',
        'Shout, press the fire alarm, call 119: where it burns, what burns, whether anybody is trapped.',
      ],
      [
        '火小、退路在身后，才用灭火器，对准火焰根部；电气着火先断电。',
        'Use an extinguisher only on a small fire with the way out behind you, at the base of the flames; cut the power first where it is electrical.',
      ],
      [
        '火大或烟大就撤：低姿、捂住口鼻，走疏散通道，不乘电梯，到集合点报到。',
        'If it grows or smoke thickens, leave: low, mouth and nose covered, by the escape route, no lifts; report at the assembly point.',
      ],
    ],
  },
  {
    zh: '有人触电',
    en: 'Electric shock',
    steps: [
      [
        '先断电：拉开关、拔插头；断不了，用干燥的绝缘物把电线挑开。不要用手去拉人。',
        'Cut the power first: switch or plug; if you cannot, push the wire away with something dry that does not conduct. Do not pull with your hands.',
      ],
      [
        '拨打 120。没有呼吸心跳，立即做心肺复苏，每分钟按压 100 至 120 次，直到医生来。',
        'Call 120. Without breath and heartbeat begin CPR at once, 100 to 120 compressions a minute, until help arrives.',
      ],
    ],
  },
  {
    zh: '受伤出血、化学品溅到',
    en: 'Bleeding; chemicals on skin or in eyes',
    steps: [
      [
        '出血：用干净的布压住伤口，持续按压。扎进身体的东西不要拔。',
        'Bleeding: press a clean cloth on the wound and keep pressing. Do not pull out what is stuck in the body.',
      ],
      [
        '溅到皮肤或眼睛：马上用大量流动清水冲洗至少 15 分钟，再送医，带上化学品的标签。',
        'Splashes: rinse at once with plenty of running water for at least 15 minutes, then see a doctor and take the label along.',
      ],
    ],
  },
  {
    zh: '有限空间、有毒气体',
    en: 'Confined spaces and toxic gas',
    steps: [
      [
        '有人倒下：不要进去！盲目施救会多死一个人。马上呼救、报警、强制通风。',
        'Somebody is down: do not go in! Blind rescue costs another life. Call for help at once and ventilate.',
      ],
      [
        '闻到异味：往上风向撤离，清点人数，不要回去拿东西。',
        'A strange smell: leave against the wind, count heads, do not go back for anything.',
      ],
    ],
  },
];

const NUMBERS = [
  ['火警', 'fire', '119'],
  ['急救', 'ambulance', '120'],
  ['报警', 'police', '110'],
  ['举报隐患', 'report hazards', '12350'],
] as const;

const card = ({ zh, en, steps }: Card): string =>
  `<section><h2>${zh} <small>${en}</small></h2><ol>${steps.map(([a, b]) => `<li>${a}<p>${b}</p></li>`).join('')}</ol></section>`;

/** The document: what to do in an emergency, on two sheets. */
export const EMERGENCY_PAGE = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>应急处置卡</title><style>${CSS}
@page { size: A4; margin: 18mm } h1 { font-size: 26pt } h1 small, h2 small { color: #54606b; font-size: 0.6em }
h1, h2, td b { font-weight: normal } h2 { font-size: 17pt; color: #c8231e; margin: 9mm 0 3mm } ol { padding-left: 7mm } li { font-size: 13pt; line-height: 1.6; margin-bottom: 3mm }
li p { font-size: 10.5pt; line-height: 1.4; color: #54606b } section { break-inside: avoid } section:nth-of-type(3) { break-before: page }
table { width: 100%; margin-top: 6mm; border-collapse: collapse } td { border: 0.3mm solid #22303c; text-align: center; padding: 2mm; font-size: 12pt }
td b { display: block; font-size: 19pt; color: #c8231e }</style>
<h1>应急处置卡 <small>What to do in an emergency</small></h1>
<table><tr>${NUMBERS.map(([zh, en, number]) => `<td>${zh} ${en}<b>${number}</b></td>`).join('')}</tr></table>
${CARDS.map(card).join('')}</html>`;
