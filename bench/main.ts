import { parseArgs } from 'node:util';
import { benchCenter, centerInWords } from './center/index.ts';
import { benchInstances, instancesInWords } from './center/instances.ts';
import { onDatabase } from './center/on-database.ts';
import { benchRemark, remarkInWords } from './center-remark.ts';
import { benchFace, type FaceBench, type StageCost } from './face.ts';
import { benchForms, type FormsBench } from './forms.ts';
import { benchHosts, type HostCost, type HostsBench } from './hosts.ts';
import { speedTable, tapsTable, writeIntoDocs } from './interface/docs.ts';
import { benchInterface } from './interface/index.ts';
import { benchTaps, tapsInWords } from './interface/taps.ts';
import { interfaceInWords } from './interface/words.ts';
import type { Timing } from './measure.ts';
import { benchMemory, type MemoryBench } from './memory.ts';
import { benchRecords, type RecordsBench } from './records.ts';
import { benchSittings, type SittingsBench } from './sittings.ts';

/**
 * Ratios and growth of one run on this machine, never a pass or a fail.
 */
const USAGE = `npm run -s bench -- face [--rounds N] [--json]     each stage against bare onnxruntime, OpenCV and Human
npm run -s bench -- memory [--frames N] [--json]   resident memory over many frames
npm run -s bench -- forms [--rounds N] [--json]    a form, against drawing at random and bare HiGHS
npm run -s bench -- sittings [--rounds N] [--json] an answer until it is on disk, against a bare commit; a day of 200 sittings
npm run -s bench -- records [--rounds N] [--json]  what a result costs from the outbox to the center's receipt
npm run -s bench -- remark [--rounds N] [--json]   what the center spends on judging a record, against reading it and one signature
npm run -s bench -- center [--rounds N] [--records 1000,100000] [--stations 50,200,500] [--postgres | --database URL] [--json]  proofs of the center's log, against bare
                                                   SHA-256 and Ed25519; lists and batches of a center with so many records
npm run -s bench -- center --instances 2 --postgres | --database URL [--rounds N] [--json]  what so many programs take in together on that server,
                                                   each run in a new database of it, against what one takes in
npm run -s bench -- hosts [--rounds N] [--json]    a camera's frame from page to station, in the kiosk and in a browser
npm run -s bench -- interface [--rounds N] [--json] [--write]  how soon the page is there, how soon it answers, whether it stands still
npm run -s bench -- taps [--json] [--write]        what people have to touch and type, from a card to the first item
`;
const { values, positionals } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    frames: { type: 'string', default: '10000' },
    json: { type: 'boolean', default: false },
    // How many the center has: several, one after the other.
    records: { type: 'string', default: '1000' },
    // How many stations send to it at once: several, one after the other.
    stations: { type: 'string', default: '50' },
    // Of a PostgreSQL server, emptied; without it PGlite in memory.
    database: { type: 'string' },
    // One of its own, started for the bench and gone with it.
    postgres: { type: 'boolean', default: false },
    // How many programs on one database.
    instances: { type: 'string' },
    // Into the documentation, besides.
    write: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const [rounds, frames] = [Number(values.rounds), Number(values.frames)];
const sizes = values.records.split(',').map(Number);
const stations = values.stations.split(',').map(Number);
const [what, ...more] = positionals;
const valid =
  [rounds, frames, ...sizes, ...stations].every((count) => Number.isInteger(count) && count > 0) && more.length === 0;
const WHATS = ['face', 'memory', 'forms', 'sittings', 'records', 'remark', 'center', 'hosts', 'interface', 'taps'];
if (!valid || !what || !WHATS.includes(what)) {
  process.stderr.write(USAGE);
  process.exit(2);
}

const ms = (value: number | undefined): string => (value?.toFixed(2) ?? '–').padStart(9);
const row = ([stage, { ours, bound, peers, ratios }]: [string, StageCost]): string =>
  [
    stage.padEnd(16),
    ...[ours, bound, peers.opencv, peers.human].map((timing) => ms(timing?.medianMs)),
    ...[ratios.bound, ratios.opencv, ratios.human].map(ms),
  ].join(' ');

function inWords({ input, rounds, threads, peers, unloadable }: FaceBench): string {
  const head = [
    'stage'.padEnd(16),
    ...['ours', 'bare', 'opencv', 'human', '/bare', '/opencv', '/human'].map((t) => t.padStart(9)),
  ];
  const tables = Object.entries(threads).map(([count, stages]) =>
    [
      `${count} thread(s), medians in ms, ratios below 1 are faster`,
      head.join(' '),
      ...Object.entries(stages).map(row),
    ].join('\n'),
  );
  const notes = [
    ...Object.entries(peers),
    ...Object.entries(unloadable).map(([graph, why]) => [`opencv cannot run ${graph}`, why]),
  ];
  return `${[`${input}, ${rounds} rounds`, ...tables, notes.map((note) => note.join(': ')).join('\n')].join('\n\n')}\n`;
}

function memoryInWords({ frames, answered, settledMb, endMb, growth, msPerFrame }: MemoryBench): string {
  const grown = `${settledMb.toFixed(0)} MB settled, ${endMb.toFixed(0)} MB at the end: ${(growth * 100).toFixed(1)} %`;
  return `${frames} frames, ${answered} answered, ${msPerFrame.toFixed(1)} ms each\n${grown}\n`;
}

function formsInWords({ items, form, rounds, firstMs, ratios, exposure, ...timings }: FormsBench): string {
  const lines = Object.entries(timings).map(
    ([name, { medianMs, p99Ms }]) => `${name.padEnd(20)} ${ms(medianMs)} ${ms(p99Ms)}`,
  );
  return `${items} items, forms of ${form}, ${rounds} rounds; the first form ${firstMs.toFixed(1)} ms
${'ms'.padEnd(20)} ${'median'.padStart(9)} ${'p99'.padStart(9)}
${lines.join('\n')}
ours / plain random ${ratios.plainRandom.toFixed(3)}, ours / bare HiGHS ${ratios.bareHighs.toFixed(5)}, package / bare parse ${ratios.bareParse.toFixed(2)}
most to mean over ${exposure.forms} forms: ours ${exposure.ours.toFixed(2)}, at random ${exposure.plainRandom.toFixed(2)}; ${exposure.violations} forms break a rule
`;
}

const [ANSWERS_A_ROUND, DAY, RECORDS_A_ROUND] = [20, 200, 4];

function sittingsInWords(bench: SittingsBench): string {
  const { answers, acknowledged, bareCommit, ratio, viewBytesPerAnswer, framesPerSecond, day } = bench;
  const line = (name: string, { medianMs, p99Ms }: Timing) => `${name.padEnd(20)} ${ms(medianMs)} ${ms(p99Ms)}`;
  return `${answers} answers, while the camera gave ${framesPerSecond.toFixed(1)} frames a second
${'ms'.padEnd(20)} ${'median'.padStart(9)} ${'p99'.padStart(9)}
${line('acknowledged', acknowledged)}
${line('bare commit', bareCommit)}
ratio ${ratio.toFixed(2)}, ${viewBytesPerAnswer.toFixed(0)} bytes of view pushed for each answer
${day.sittings} sittings of ${day.itemsEach} items: ${day.events} events, ${day.databaseMb.toFixed(1)} MB, ${day.msPerEvent.toFixed(2)} ms each
memory ${day.settledMb.toFixed(0)} MB after a tenth, ${day.endMb.toFixed(0)} MB at the end (${(day.growth * 100).toFixed(1)} %); start-up on it ${day.startUpMs.toFixed(0)} ms
`;
}

function recordsInWords({ records, left, ...steps }: RecordsBench): string {
  const rows = Object.entries(steps).map(
    ([name, { perRecord, msPerRecord }]) =>
      `${name.padEnd(20)} ${ms(msPerRecord)} ${perRecord.toFixed(0).padStart(20)}`,
  );
  const canonical = Object.values(steps).reduce((sum, { perRecord }) => sum + perRecord, 0);
  return `${records} records, ${left} left; each made canonical ${canonical.toFixed(0)} times
${'a record'.padEnd(20)} ${'ms'.padStart(9)} ${'times made canonical'.padStart(20)}
${rows.join('\n')}
`;
}

function hostsInWords({ frameBytes, frames, hosts, barePipe, copy, ratios }: HostsBench): string {
  const line = (name: string, { medianMs, p99Ms }: Timing, more = '') =>
    `${name.padEnd(20)} ${ms(medianMs)} ${ms(p99Ms)}${more}`;
  const cpu = ({ cpuMsPerFrame }: HostCost) =>
    Object.entries(cpuMsPerFrame).map(([part, value]) => `${part} ${value.toFixed(2)}`);
  const rows = Object.entries(hosts).flatMap(([name, cost]) =>
    'skipped' in cost
      ? [`${name}: ${cost.skipped}`]
      : [line(`${name}, a call`, cost.call), line(`${name}, a frame`, cost.frame, `   cpu: ${cpu(cost).join(', ')}`)],
  );
  return `${frames} frames of ${frameBytes} bytes, from the page until the station has taken them
${'ms'.padEnd(20)} ${'median'.padStart(9)} ${'p99'.padStart(9)}
${rows.join('\n')}
${line('bare pipe', barePipe)}
${line('one copy', copy)}
ratios ${Object.entries(ratios)
    .map(([name, ratio]) => `${name} ${ratio.toFixed(2)}`)
    .join(', ')}
`;
}

async function runCenter(database: string | undefined): Promise<readonly [object, string]> {
  if (!values.instances) {
    const bench = await benchCenter({ sizes, stations, database, rounds, logs: true });
    return [bench, centerInWords(bench)];
  }
  const count = Number(values.instances);
  if (!database || !Number.isInteger(count) || count < 2)
    throw new Error('--instances takes a number from 2 on, and --postgres or --database URL');
  const bench = await benchInstances(database, count, Math.ceil(rounds / 10));
  return [bench, instancesInWords(bench)];
}

/** The result of one bench, how it reads, and how it is put into the documentation where it stands there. */
async function run(): Promise<readonly [object, string, write?: () => void]> {
  if (what === 'face') return benchFace(rounds).then((face) => [face, inWords(face)]);
  if (what === 'memory') return benchMemory(frames).then((memory) => [memory, memoryInWords(memory)]);
  if (what === 'sittings')
    return benchSittings(rounds * ANSWERS_A_ROUND, DAY).then((sittings) => [sittings, sittingsInWords(sittings)]);
  if (what === 'records')
    return benchRecords(rounds * RECORDS_A_ROUND).then((records) => [records, recordsInWords(records)]);
  if (what === 'remark') return benchRemark(rounds * 4).then((remark) => [remark, remarkInWords(remark)]);
  if (what === 'center') return onDatabase(values.postgres ? 'own' : values.database, runCenter);
  if (what === 'hosts') return benchHosts(rounds).then((hosts) => [hosts, hostsInWords(hosts)]);
  if (what === 'interface')
    return benchInterface(rounds).then((speed) => [
      speed,
      interfaceInWords(speed),
      () => writeIntoDocs('speed', speedTable(speed)),
    ]);
  if (what === 'taps')
    return benchTaps().then((taps) => [taps, tapsInWords(taps), () => writeIntoDocs('taps', tapsTable(taps))]);
  return benchForms(rounds).then((forms) => [forms, formsInWords(forms)]);
}

try {
  const [result, words, docs] = await run();
  if (values.write) docs?.();
  process.stdout.write(values.json ? `${JSON.stringify({ ok: true, ...result }, null, 2)}\n` : words);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
