import { describe, expect, it, vi } from 'vitest';
import { candidatesFor, fetchReadings } from './pinyin.ts';

const readings = await fetchReadings();

describe('letters typed for characters', () => {
  it('are the syllable they begin with, and leave the others for the next', () => {
    const { characters, letters } = candidatesFor('anquan', readings);
    expect([characters[0], letters]).toEqual(['安', 2]);
    expect(candidatesFor('quan', readings).characters.slice(0, 3)).toContain('全');
  });

  it('may still become a longer syllable', () => {
    const { characters, letters } = candidatesFor('zh', readings);
    expect(letters).toBe(2);
    expect(characters).toContain('中');
    expect(candidatesFor('xi', readings).characters[0]).toBe(readings.get('xi')?.[0]);
  });

  it('are looked up six times at most, however long a key is held', () => {
    expect(Math.max(...[...readings.keys()].map(({ length }) => length))).toBe(6);
    const lookUps = vi.spyOn(readings, 'get');
    const held = 'v'.repeat(10_000);
    expect(candidatesFor(held, readings)).toEqual({ characters: [], letters: held.length });
    expect(lookUps).toHaveBeenCalledTimes(6);
    lookUps.mockRestore();
  });

  it('that are no syllable have no characters', () => {
    expect(candidatesFor('vv', readings).characters).toEqual([]);
  });

  it('lead to every character that a key of this trade is made of', () => {
    const all = new Set([...readings.values()].flat());
    const words =
      '安全第一预防为主综合治理断电验电挂牌接地上锁通风检测监护动火作业有限空间高处吊装盲板抽堵临时用电受限灭火器消防栓氧气乙炔瓶' +
      '绝缘手套鞋护目镜防毒面具气体泄漏爆炸极限触电坠落物体打击机械伤害中暑窒息应急预案演练逃生疏散警示标志三不放过隐患排查';
    expect([...words].filter((character) => !all.has(character))).toEqual([]);
    expect(all.size).toBeGreaterThan(6_000);
  });
});
