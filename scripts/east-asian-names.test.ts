import { describe, expect, it } from 'vitest';
import { isEastAsianName } from './east-asian-names.ts';

describe('a name of a list of photos', () => {
  it.each([
    'Li Na',
    'Wang Xiaoming',
    'Zhou Enlai',
    'Chiang Ching-kuo',
    'Jackie Chow',
    'Maggie Cheung',
    'Park Ji-sung',
    'Lee Myung-bak',
    'Min Woo Park',
    'Haruki Murakami',
    'Ichiro Tanaka',
    'Shinzo Shimada',
  ])('is East Asian: %s', (name) => {
    expect(isEastAsianName(name.split(' '))).toBe(true);
  });

  it.each([
    'Robert Lee',
    'Lee Harvey Oswald',
    'Kim Basinger',
    'Gina Rossi',
    'Ana Maria Costa',
    'Dino Zoff',
    'Chan Smith',
    'Jude Law',
    'Pele',
  ])('says nothing of the kind: %s', (name) => {
    expect(isEastAsianName(name.split(' '))).toBe(false);
  });
});
