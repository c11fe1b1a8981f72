import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashSync } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { AssignedProctor } from '../../../contract/station-center/center-api.ts';
import type { TenantId } from '../../../contract/words/ids.ts';
import { proctorNumbers } from '../../../contract/words/proctor-pins.ts';
import { badgeTagOf } from '../../../proof/secrets/badge-tag.ts';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { openDatabase } from '../../core/database/index.ts';
import { manualClock, PIN, PIN_HASH } from '../../station.fixture.ts';
import { openProctors, openRecovery, RECOVERY_FILE } from './index.ts';

const ZHAO = AssignedProctor.parse({ id: 'pr_zhao', name: '赵', pinHash: PIN_HASH });
const QIAN = AssignedProctor.parse({
  id: 'pr_qian',
  name: '钱',
  pinHash: hashSync('7391', { memoryCost: 64, timeCost: 1, parallelism: 1 }),
});

function open(list: readonly AssignedProctor[] = [ZHAO, QIAN]) {
  const [clock, database, folder] = [manualClock(), openDatabase(':memory:'), temporaryFolder()];
  const recovery = openRecovery(database, folder);
  let proctors = openProctors(() => list, clock, database, recovery);
  const code = () => readFileSync(join(folder, RECOVERY_FILE), 'utf8').trim();
  const powerCut = () => {
    clock.reboot();
    proctors = openProctors(() => list, clock, database, openRecovery(database, folder));
  };
  const answerTo = (pin: string): Promise<string> =>
    proctors.authorise(pin).then(
      ({ id }) => id,
      (error) => error.reason,
    );
  const answersTo = async (pins: readonly string[]): Promise<string[]> => {
    const answers: string[] = [];
    for (const pin of pins) answers.push(await answerTo(pin));
    return answers;
  };
  /** Wrong PINs, each as soon as it is taken. */
  const guess = async (times: number): Promise<void> => {
    for (let n = 0; n < times; n++) {
      clock.advance(300_000);
      await answerTo('0000');
    }
    clock.advance(300_000);
  };
  return {
    ...{ clock, answerTo, answersTo, guess, code, powerCut, database, folder },
    badge: (number: string) => proctors.byBadge(number),
    proctors: () => proctors,
  };
}

const WRONG = ['0000', '1111', '2222'];

describe('a PIN', () => {
  it('is kept as argon2id', () => {
    expect(PIN_HASH).toMatch(/^\$argon2id\$/);
  });

  it('names the proctor whose it is', async () => {
    const { answersTo } = open();
    expect(await answersTo([PIN, '7391'])).toEqual(['pr_zhao', 'pr_qian']);
  });

  it.each(['', '48291', '4829155', '７３９１', PIN_HASH])('"%s" is wrong', async (pin) => {
    expect(await open().answerTo(pin)).toBe('pin-wrong');
  });

  it('is wrong where there are no proctors, and where a hash is unreadable', async () => {
    expect(await open([]).answerTo(PIN)).toBe('pin-wrong');
    const broken = AssignedProctor.parse({ ...ZHAO, pinHash: '$argon2id$broken' });
    expect(await open([broken]).answerTo(PIN)).toBe('pin-wrong');
    expect(await open([broken, QIAN]).answerTo('7391')).toBe('pr_qian');
  });

  it('is asked of the list of the moment', async () => {
    const list = [ZHAO];
    const { answerTo } = open(list);
    list.splice(0, 1, QIAN);
    expect(await answerTo(PIN)).toBe('pin-wrong');
    expect(await answerTo('7391')).toBe('pr_qian');
  });
});

describe('a hundred and fifty proctors with numbers', () => {
  const own = '4829';
  const costly = { memoryCost: 65_536, timeCost: 3, parallelism: 1 };
  const [first, second] = ['10', '11'].map((number) => hashSync(number + own, costly));
  const numbers = [...proctorNumbers()].slice(0, 150);
  const list = numbers.map((number, at) =>
    AssignedProctor.parse({ id: `pr_${at}`, name: `${at}`, number, pinHash: at === 0 ? first : second }),
  );

  it('may choose the same digits: the number says who it is', async () => {
    expect(await open(list).answersTo([`10${own}`, `11${own}`, own])).toEqual(['pr_0', 'pr_1', 'pin-wrong']);
  });

  it('are told apart by one slow hash, for a right PIN, a wrong one and nobody’s alike', async () => {
    const { answerTo } = open(list);
    const timed = async (pin: string) => {
      const from = performance.now();
      await answerTo(pin);
      return performance.now() - from;
    };
    const one = performance.now();
    hashSync('00', costly);
    const cost = performance.now() - one;
    for (const pin of [`10${own}`, '109999', '8999'] as const) expect(await timed(pin)).toBeLessThan(20 * cost + 50);
  });

  it('and PINs from before there were numbers open as ever', async () => {
    expect(await open([...list, QIAN]).answersTo(['7391', `10${own}`])).toEqual(['pr_qian', 'pr_0']);
  });
});

describe('badges', () => {
  const NUMBER = '110105198001010016';
  const badgeHash = hashSync(NUMBER, { memoryCost: 65_536, timeCost: 3, parallelism: 1 });
  const tagged = (id: string, badgeTag?: number) =>
    AssignedProctor.parse({
      ...{ id, name: id, pinHash: PIN_HASH, badgeHash },
      ...(badgeTag === undefined ? {} : { badgeTag }),
    });
  const tag = badgeTagOf(NUMBER, badgeHash);
  const who = async (list: readonly AssignedProctor[]) => {
    const proctors = openProctors(() => list, manualClock(), openDatabase(':memory:'));
    return (await proctors.authorise(await proctors.byBadge(NUMBER))).id;
  };

  it('are tried where their tag fits, and where there is none from before', async () => {
    expect(await who([tagged('pr_a', tag)])).toBe('pr_a');
    expect(await who([tagged('pr_a', (tag + 1) % 64), tagged('pr_b')])).toBe('pr_b');
    await expect(who([tagged('pr_a', (tag + 1) % 64)])).rejects.toMatchObject({ reason: 'badge-unknown' });
  });

  it('that two have are nobody’s', async () => {
    await expect(who([tagged('pr_a', tag), tagged('pr_b', tag)])).rejects.toMatchObject({ reason: 'pin-wrong' });
  });
});

describe('somebody who guesses', () => {
  it('has three tries and then waits, even with the right PIN', async () => {
    const { answersTo } = open();
    expect(await answersTo([...WRONG, PIN])).toEqual(['pin-wrong', 'pin-wrong', 'pin-wrong', 'pin-wait']);
  });

  it('waits five seconds, then ten, then twenty', async () => {
    const { clock, answersTo, answerTo } = open();
    await answersTo(WRONG);
    for (const delay of [5_000, 10_000, 20_000]) {
      clock.advance(delay - 1);
      expect(await answerTo('0000')).toBe('pin-wait');
      clock.advance(1);
      expect(await answerTo('0000')).toBe('pin-wrong');
    }
  });

  it('waits no longer than five minutes up to the ninth', async () => {
    const { clock, answerTo, guess } = open();
    await guess(8);
    expect(await answerTo('0000')).toBe('pin-wrong');
    clock.advance(299_999);
    expect(await answerTo('0000')).toBe('pin-wait');
    clock.advance(1);
    expect(await answerTo(PIN)).toBe('pr_zhao');
  });

  it('waits after a power cut as before it', async () => {
    const { answersTo, answerTo, powerCut, clock } = open();
    await answersTo(WRONG);
    powerCut();
    expect(await answerTo(PIN)).toBe('pin-wait');
    clock.advance(5_000);
    expect(await answerTo(PIN)).toBe('pr_zhao');
  });

  it('has three tries again once a proctor was there', async () => {
    const { answersTo } = open();
    const wrong = WRONG.map(() => 'pin-wrong');
    expect(await answersTo(['0000', '1111', PIN, ...WRONG, '3333'])).toEqual([
      'pin-wrong',
      'pin-wrong',
      'pr_zhao',
      ...wrong,
      'pin-wait',
    ]);
  });

  it('does not slip past the delay by sending guesses side by side', async () => {
    const { answerTo } = open();
    const guesses = Array.from({ length: 30 }, (_, n) => answerTo(String(1000 + n)));
    const answers = await Promise.all([...guesses, answerTo(PIN)]);
    expect(answers.filter((answer) => answer === 'pin-wrong')).toHaveLength(3);
    expect(answers.at(-1)).toBe('pin-wait');
  });
});

const numbered = (number: string, own: string) =>
  AssignedProctor.parse({
    ...{ id: `pr_${number}`, name: number, number },
    pinHash: hashSync(number + own, { memoryCost: 64, timeCost: 1, parallelism: 1 }),
  });

describe('a number with which too many wrong PINs were typed', () => {
  const HALF_AN_HOUR = 1_800_000;
  const CLOSED = [...Array.from({ length: 10 }, () => '230000')];

  /** Ten wrong ones with it, each as soon as it is taken. */
  async function closed(list: readonly AssignedProctor[] = [numbered('23', '4829'), numbered('24', '4829')]) {
    const open_ = open(list);
    for (const pin of CLOSED) {
      await open_.answerTo(pin);
      open_.clock.advance(300_000);
    }
    return open_;
  }

  it('waits for half an hour, and then opens by itself, also where the plug was pulled', async () => {
    const { answerTo, clock, powerCut } = await closed();
    expect(await answerTo('234829')).toBe('pin-locked');
    powerCut();
    expect(await answerTo('234829')).toBe('pin-locked');
    clock.advance(HALF_AN_HOUR - 1);
    expect(await answerTo('234829')).toBe('pin-locked');
    clock.advance(1);
    expect(await answerTo('234829')).toBe('pr_23');
  });

  it('costs half an hour more with each wrong one, and says of nobody whose PIN it is', async () => {
    const { answerTo, clock } = await closed();
    for (let n = 0; n < 3; n++) {
      clock.advance(HALF_AN_HOUR);
      expect(await answerTo('230001')).toBe('pin-wrong');
      expect([await answerTo('234829'), await answerTo('230002')]).toEqual(['pin-locked', 'pin-locked']);
    }
  });

  it('keeps no other out: another number, a badge, the recovery code', async () => {
    const badgeHash = hashSync('110105198001010016', { memoryCost: 64, timeCost: 1, parallelism: 1 });
    const own = AssignedProctor.parse({ ...numbered('23', '4829'), badgeHash });
    const { answersTo, answerTo, code, badge } = await closed([own, numbered('24', '4829')]);
    expect(await answersTo(['244829', '234829'])).toEqual(['pr_24', 'pin-locked']);
    expect(await answerTo(await badge('110105198001010016'))).toBe('pr_23');
    expect(await answersTo([code(), '234829'])).toEqual(['pr_recovery-code', 'pr_23']);
  });

  it('is free again once its proctor gave their PIN at the center, and is told until then', async () => {
    const { answerTo, proctors } = await closed();
    expect([proctors().locked, proctors().waitMs > 1_000_000]).toEqual([['23'], true]);
    proctors().vouchedFor(numbered('24', '4829').id);
    expect(await answerTo('234829')).toBe('pin-locked');
    proctors().vouchedFor(numbered('23', '4829').id);
    expect([proctors().locked, await answerTo('234829')]).toEqual([[], 'pr_23']);
  });

  it('is a PIN without a number as well, where somebody still has one: that one is closed with it', async () => {
    const { answersTo, proctors } = await closed([numbered('23', '4829'), numbered('24', '4829'), QIAN]);
    expect(await answersTo(['244829', '7391', '234829'])).toEqual(['pr_24', 'pin-locked', 'pin-locked']);
    expect(proctors().locked).toEqual(['23', '*']);
  });

  it('is forgotten half a day later', async () => {
    const { answersTo, clock } = await closed();
    clock.advance(43_200_000);
    const said = await answersTo(['230000', '230001', '230002', '234829']);
    expect(said).toEqual(['pin-wrong', 'pin-wrong', 'pin-wrong', 'pin-wait']);
  });

  it('closes the same number of another firm no less than before', async () => {
    const guest = 'tn_guest' as TenantId;
    const { proctors, clock, answerTo } = open([numbered('23', '4829'), { ...numbered('23', '7391'), guest } as never]);
    for (let n = 0; n < 10; n++) {
      await answerTo('230000');
      clock.advance(300_000);
    }
    expect(await answerTo('234829')).toBe('pin-locked');
    expect((await proctors().authorise('237391', guest)).name).toBe('23');
  });
});

describe('whoever goes from number to number', () => {
  it('makes all wait, ten seconds and no longer', async () => {
    const { answerTo, answersTo, clock } = open([numbered('23', '4829')]);
    const all = await answersTo(Array.from({ length: 12 }, (_, n) => `${30 + n}0000`));
    expect(all.filter((one) => one === 'pin-wrong')).toHaveLength(10);
    expect(await answerTo('234829')).toBe('pin-wait');
    clock.advance(10_000);
    expect(await answersTo(['500000', '234829'])).toEqual(['pin-wrong', 'pin-wait']);
    clock.advance(10_000);
    expect(await answerTo('234829')).toBe('pr_23');
  });

  it('gains nothing by typing a PIN of their own in between', async () => {
    const { answersTo } = open([numbered('23', '4829'), numbered('24', '4829')]);
    const said = await answersTo(['230000', '230001', '244829', '230002', '244829', '230003', '244829']);
    expect(said.filter((one) => one === 'pin-wrong')).toHaveLength(3);
    expect(said.at(-2)).toBe('pin-wait');
  });
});

describe('the recovery code', () => {
  it('lies in the data folder for its owner alone, and nowhere in the database', () => {
    const { code, folder, database } = open();
    expect(code()).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(statSync(join(folder, RECOVERY_FILE)).mode & 0o777).toBe(0o600);
    expect(database.serialize().includes(code())).toBe(false);
  });

  it('lets in whoever has it, whatever is locked, however it is typed', async () => {
    const { guess, answersTo, answerTo, code } = open();
    await guess(10);
    await answerTo('0000');
    expect(await answersTo([code().toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o'), PIN])).toEqual([
      'pr_recovery-code',
      'pr_zhao',
    ]);
  });

  it('that was cut short on its way into the file is made anew, and one that was put away is left alone', async () => {
    const { answerTo, code, powerCut, folder } = open();
    const first = code();
    writeFileSync(join(folder, RECOVERY_FILE), 'ABCDE-ABCDE-ABCDE-ABCDE-ABCDE\n');
    powerCut();
    expect(await answerTo(first)).not.toBe('pr_recovery-code');
    const second = code();
    rmSync(join(folder, RECOVERY_FILE));
    powerCut();
    expect(await answerTo(second)).toBe('pr_recovery-code');
  });

  it('works once: then there is another', async () => {
    const { answerTo, code, powerCut } = open();
    const first = code();
    expect(await answerTo(first)).toBe('pr_recovery-code');
    expect(await answerTo(first)).toBe('pin-wrong');
    expect(code()).not.toBe(first);
    powerCut();
    expect(await answerTo(code())).toBe('pr_recovery-code');
  });
});
