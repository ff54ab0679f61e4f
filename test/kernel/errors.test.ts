import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../src/kernel/errors.js';

const CODES = new URL('../../../shared/iso20022/codesets/external_status_reason_code.json', import.meta.url);

describe('error table', () => {
  it.each(Object.entries(ERRORS))('%s has a sound row', (code, row) => {
    expect(code).toMatch(/^[A-Z][A-Z0-9_]*$/);
    expect(row.http).toBeGreaterThanOrEqual(400);
    expect(row.http).toBeLessThan(600);
    expect(row.iso ?? 'NARR').toMatch(/^[A-Z0-9]{4}$/);
    expect(row.title).toMatch(/^[A-Z].*[^.]$/);
  });

  it.runIf(existsSync(CODES))('names only reasons of ExternalStatusReason1Code', () => {
    const known = JSON.parse(readFileSync(CODES, 'utf8')).codes as Record<string, string>;
    const named = Object.values(ERRORS).flatMap((row) => (row.iso === null ? [] : [row.iso]));
    expect(named.filter((code) => !(code in known))).toEqual([]);
  });
});
