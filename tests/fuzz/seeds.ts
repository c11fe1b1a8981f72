import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import { manifest12 } from '../../authoring/courses/manifest.fixture.ts';
import { exportBank } from '../../authoring/export/index.ts';
import { writeWorkbook } from '../../authoring/import/workbook.fixture.ts';
import { SEED_TERMS, writeTerms } from '../../authoring/terms/index.ts';
import { EXAMPLE } from '../../cli/provision-file.ts';
import { zipOf } from '../../courseware/package.fixture.ts';
import { makeItem } from '../../proof/index.ts';
import { seedBank } from '../../scripts/seed-bank.ts';
import { sharedData } from '../kit/shared-data.ts';
import type { Kind } from './readers.ts';

/** A real file of a kind, from which others are made. */
export type Seed = { readonly kind: Kind; readonly name: string; readonly bytes: Uint8Array };

const kept = (name: string): Uint8Array => readFileSync(join(import.meta.dirname, '../before/2026-11-26', name));
const COURSE = resolve(import.meta.dirname, '../../center/seed/course');
const TABLE = [
  ['题型', '数量', '分值', '难度'],
  ['判断题', 20, 1, '易'],
];
const QUESTIONS = [
  ['题型', '题干', '选项', '答案'],
  ['单选题', '动火前应当（ ）。', 'A.办票\nB.不办\nC.看情况\nD.事后补', 'A'],
  ['判断题', '可以单独进入受限空间。', '', '错误'],
];
/** Cells of which a format, a merge or a condition says what they show. */
const SHOWN = {
  'xl/styles.xml': `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0&quot;V&quot;"/></numFmts><fonts><font/><font><strike/></font></fonts>
<cellXfs><xf/><xf numFmtId="170"/><xf fontId="1"/></cellXfs><dxfs><dxf><numFmt numFmtId="171" formatCode="0.0"/></dxf><dxf><font><strike/></font></dxf></dxfs></styleSheet>`,
  'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row r="1">${['题型', '题干', '选项', '答案', '章节'].map((words) => `<c t="inlineStr"><is><t>${words}</t></is></c>`).join('')}</row>
${[2, 3, 4].map((at) => `<row r="${at}"><c r="A${at}" t="inlineStr"><is><t>单选题</t></is></c><c r="B${at}" t="inlineStr"><is><t>安全电压${at}是</t></is></c><c r="C${at}" t="inlineStr"><is><t>A.36V B.220V</t></is></c><c r="D${at}" t="inlineStr"><is><t>A</t></is></c><c r="E${at}" s="1"><v>${at}</v></c></row>`).join('')}</sheetData>
<mergeCells><mergeCell ref="E3:E4"/></mergeCells><conditionalFormatting sqref="E2 C9"><cfRule type="cellIs" dxfId="0" priority="1"><formula>3</formula></cfRule></conditionalFormatting>
<conditionalFormatting sqref="C3:C4 B9"><cfRule type="expression" dxfId="9" priority="2"><formula>B4="x"</formula></cfRule></conditionalFormatting></worksheet>`,
};
const QTI = `<assessmentItem identifier="a"><responseDeclaration identifier="R" cardinality="single"><correctResponse><value>A</value></correctResponse></responseDeclaration>
<itemBody><p>动火前</p><choiceInteraction responseIdentifier="R"><simpleChoice identifier="A">办票</simpleChoice><simpleChoice identifier="B">不办</simpleChoice></choiceInteraction></itemBody></assessmentItem>`;
const QTI_PAIRS = `<assessmentItem identifier="a"><responseDeclaration identifier="R" cardinality="multiple" baseType="directedPair"><correctResponse><value>A X</value><value>B Y</value></correctResponse>
<mapping defaultValue="0"><mapEntry mapKey="A X" mappedValue="1"/><mapEntry mapKey="B Y" mappedValue="1"/></mapping></responseDeclaration>
<itemBody><matchInteraction responseIdentifier="R" shuffle="true" maxAssociations="2"><prompt>配对</prompt><simpleMatchSet><simpleAssociableChoice identifier="A" matchMax="1">泡沫</simpleAssociableChoice>
<simpleAssociableChoice identifier="B" matchMax="1">干粉</simpleAssociableChoice></simpleMatchSet><simpleMatchSet><simpleAssociableChoice identifier="X" matchMax="0">油火</simpleAssociableChoice>
<simpleAssociableChoice identifier="Y" matchMax="0">电火</simpleAssociableChoice></simpleMatchSet></matchInteraction></itemBody></assessmentItem>`;
const QTI_WORDS = `<qti-assessment-item identifier="a"><qti-response-declaration identifier="R" cardinality="single" base-type="string"><qti-correct-response><qti-value>停电</qti-value></qti-correct-response>
<qti-mapping default-value="0"><qti-map-entry map-key="停电" mapped-value="1"/><qti-map-entry map-key="Off" mapped-value="1"/></qti-mapping></qti-response-declaration>
<qti-item-body><p>先<qti-text-entry-interaction response-identifier="R"/>后验电。</p></qti-item-body></qti-assessment-item>`;
const QTI1_PAIRS = `<questestinterop><section><item ident="a"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>matching_question</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>
<presentation><material><mattext>配对</mattext></material>${['1', '2']
  .map(
    (name) => `<response_lid ident="r${name}"><material><mattext>左${name}</mattext></material><render_choice>
<response_label ident="x"><material><mattext>油火</mattext></material></response_label><response_label ident="y"><material><mattext>电火</mattext></material></response_label></render_choice></response_lid>`,
  )
  .join('')}</presentation><resprocessing><outcomes><decvar varname="SCORE"/></outcomes>
<respcondition><conditionvar><varequal respident="r1">x</varequal></conditionvar><setvar action="Add" varname="SCORE">50</setvar></respcondition>
<respcondition><conditionvar><varequal respident="r2">y</varequal></conditionvar><setvar action="Add" varname="SCORE">50</setvar></respcondition></resprocessing></item></section></questestinterop>`;
const QTI1 = `<questestinterop><section><item ident="a"><presentation><material><mattext texttype="text/html">动火前&lt;br&gt;</mattext></material>
<response_lid ident="r" rcardinality="Single"><render_choice><response_label ident="1"><material><mattext>办票</mattext></material></response_label>
<response_label ident="2"><material><mattext>不办</mattext></material></response_label></render_choice></response_lid></presentation>
<resprocessing><outcomes><decvar varname="SCORE"/></outcomes><respcondition><conditionvar><varequal respident="r">1</varequal></conditionvar>
<setvar action="Set">1</setvar></respcondition></resprocessing></item></section></questestinterop>`;
const MOODLE = `<quiz><question type="multichoice"><questiontext format="html"><text><![CDATA[<p>动火前</p>]]></text></questiontext><single>true</single>
<answer fraction="100"><text>办票</text></answer><answer fraction="0"><text>不办</text></answer></question>
<question type="matching"><questiontext format="html"><text>连线</text></questiontext><subquestion format="html"><text>泡沫</text><answer><text>油火</text></answer></subquestion>
<subquestion format="html"><text>干粉</text><answer><text>电火</text></answer></subquestion></question></quiz>`;
/** Pairs about a passage. */
const PAIRS = makeItem({
  ...{ kind: 'match', stem: { zh: '配对' }, topic: '火', key: [1, 0], passage: { text: { zh: '某厂起火。' } } },
  ...{ premises: [{ zh: '泡沫' }, { zh: '干粉' }], options: [{ zh: '电火' }, { zh: '油火' }] },
});
const NOTE = `log.example\n3\n${'A'.repeat(43)}=\n\n— log.example ${'A'.repeat(96)}\n`;

const drawn = () => sharp({ create: { width: 64, height: 48, channels: 3, background: '#456' } });

/** Those of this repository: one of each kind at least. */
export async function ownSeeds(): Promise<readonly Seed[]> {
  const { bank } = seedBank();
  const items = bank.items.filter((item) => !item.pictures && item.options.every((option) => !option.pictures));
  const few = { title: bank.title, items: [...items.slice(0, 8), PAIRS], pictures: new Map() };
  const frame = Buffer.alloc(24 + 16 * 16 * 4);
  frame.write('ESF1', 'latin1');
  frame.writeUInt16LE(16, 8);
  frame.writeUInt16LE(16, 10);
  const texts: readonly (readonly [Kind, string, string])[] = [
    ['csv', 'exported', exportBank(few, 'a.csv')],
    ['json', 'exported', exportBank(few, 'a.json')],
    [
      'gift',
      'written',
      '::1:: 动火前应当 {=办票 ~不办 #错\n}\n\n受限空间可以单独进入。{F}\n\n几米？{#2:0.5}\n\n连线{=泡沫 -> 油火 =干粉 -> 电火}\n\n某厂触电。\n\n根据以上材料，谁负责？{=甲 ~乙}\n',
    ],
    ['xml', 'moodle', MOODLE],
    ['xml', 'qti', QTI],
    ['xml', 'qti1', QTI1],
    ['xml', 'qti-pairs', QTI_PAIRS],
    ['xml', 'qti-words', QTI_WORDS],
    ['xml', 'qti1-pairs', QTI1_PAIRS],
    [
      'blueprint',
      'written',
      'rows:\n  - { kind: single, count: 20, marks: 2 }\n  - { kind: true-false, count: 10, marks: 1 }\n',
    ],
    ['terms', 'own', writeTerms(SEED_TERMS)],
    ['provision', 'example', EXAMPLE],
    ['note', 'written', NOTE],
  ];
  const files: readonly (readonly [Kind, string, Uint8Array])[] = [
    ['xlsx', 'written', writeWorkbook([{ sheet: 'Sheet1', rows: QUESTIONS }])],
    ['xlsx', 'shown', writeWorkbook([{ sheet: 'Sheet1', rows: [] }], { parts: SHOWN })],
    ['table', 'written', writeWorkbook([{ sheet: 'Sheet1', rows: TABLE }])],
    ['qti', 'packed', zipSync({ 'items/a.xml': strToU8(QTI) })],
    ['scorm', 'packed', zipOf({ 'imsmanifest.xml': manifest12(), 'index.html': '<p>' })],
    ['course', 'seed', readFileSync(join(COURSE, 'course.yaml'))],
    ['document', 'seed', readFileSync(join(COURSE, 'emergency.pdf'))],
    ['film', 'seed', readFileSync(join(COURSE, 'film.webm'))],
    ['photo', 'png', await drawn().png().toBuffer()],
    ['photo', 'jpeg', await drawn().jpeg().toBuffer()],
    ['photo', 'webp', await drawn().webp().toBuffer()],
    ['picture', 'gif', await drawn().gif().toBuffer()],
    ['picture', 'jpeg', await drawn().jpeg({ progressive: true }).toBuffer()],
    ['terminal', 'kept', kept('station/terminal.json')],
    ['proof', 'kept', kept('proof.json')],
    ['batch', 'kept', kept('sent-batch.json')],
    ['package', 'kept', kept('night.package')],
    ['rescue', 'kept', kept('moved.rescue')],
    ['frame', 'grey', frame],
  ];
  const written = texts.map(([kind, name, text]) => ({ kind, name, bytes: Buffer.from(text) }));
  return [...written, ...files.map(([kind, name, bytes]) => ({ kind, name, bytes }))];
}

const KINDS: Readonly<Record<string, Kind>> = {
  '.xlsx': 'xlsx',
  '.csv': 'csv',
  '.gift': 'gift',
  '.xml': 'xml',
  '.zip': 'qti',
  '.yaml': 'blueprint',
  '.jpg': 'photo',
  '.png': 'photo',
};
const [MOST_SHARED, MOST_BYTES] = [400, 300_000];

/** Those that lie beside the repository, where they do: banks that real people wrote, photos. */
export function sharedSeeds(): readonly Seed[] {
  const folders = [resolve(sharedData, '../cases'), sharedData].filter((folder) => existsSync(folder));
  const paths = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const found = paths.flatMap((path): Seed[] => {
    const kind = KINDS[extname(path).toLowerCase()];
    if (!kind) return [];
    const { size } = statSync(path);
    return size > 0 && size < MOST_BYTES ? [{ kind, name: path, bytes: readFileSync(path) }] : [];
  });
  const others = found.filter(({ kind }) => kind !== 'photo');
  return [...others, ...found.filter(({ kind }) => kind === 'photo')].slice(0, MOST_SHARED);
}
