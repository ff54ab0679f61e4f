import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createMemoryParticipantStore,
  createParticipantRegister,
  type Participant,
  type ParticipantStore,
} from '../../../src/gateway/identity/participants.js';
import { createPgParticipantStore, participantMigrations } from '../../../src/gateway/identity/participants.pg.js';
import type { Bic, LedgerCode } from '../../../src/kernel/ids.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';
import { keyOf, NOW, OWNER } from './fixtures.js';

const ALFA: Participant = {
  bic: OWNER as Bic,
  name: 'Alfa Bank',
  role: 'bank',
  ledger: 'KZ' as LedgerCode,
  profile: 'customer',
  pacs008Version: 'pacs.008.001.13',
  withHeader: true,
  rules: 'cbpr-plus',
  headerVersion: 'head.001.001.02',
  characters: 'all',
};
const KEY = { ...keyOf('p256').record, validFrom: NOW };

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(participantMigrations);
});
afterAll(async () => {
  await database.drop();
});

const STORES: readonly [string, () => Promise<ParticipantStore>][] = [
  ['memory', async () => createMemoryParticipantStore()],
  [
    'PostgreSQL',
    async () => {
      await database.pool.query('TRUNCATE participant_key, participant');
      return createPgParticipantStore(database.pool);
    },
  ],
];

describe.each(STORES)('register over %s', (_name, makeStore) => {
  const setUp = async () => {
    const store = await makeStore();
    const clock = { at: NOW, now: () => clock.at };
    return { store, clock, register: createParticipantRegister(store, clock) };
  };

  test('answers what was added, by 8 and 11 characters', async () => {
    const { register } = await setUp();
    expect(await register.addParticipant({ ...ALFA, bic: 'ALFAKZK0XXX' as Bic })).toEqual({ ok: true, value: ALFA });
    expect(await register.addKey({ ...KEY, owner: 'ALFAKZK0XXX' })).toMatchObject({ ok: true });
    expect(await register.participant('ALFAKZK0')).toEqual(ALFA);
    expect(await register.participant('ALFAKZK0XXX')).toEqual(ALFA);
    expect(await register.participant('ALFAKZK0001')).toBe(null);
    const key = await register.key(KEY.keyId);
    expect({ ...key, publicKey: Buffer.from(key!.publicKey) }).toEqual({
      ...KEY,
      publicKey: Buffer.from(KEY.publicKey),
    });
    expect(await register.participants()).toEqual([ALFA]);
  });

  test('the same again is fine, another of the same name is PARTICIPANT_EXISTS', async () => {
    const { register } = await setUp();
    await register.addParticipant(ALFA);
    await register.addKey(KEY);
    expect(await register.addParticipant(ALFA)).toMatchObject({ ok: true });
    expect(await register.addKey(KEY)).toMatchObject({ ok: true });
    const exists = { ok: false, error: { code: 'PARTICIPANT_EXISTS' } };
    expect(await register.addParticipant({ ...ALFA, role: 'operator' })).toMatchObject(exists);
    expect(await register.addKey({ ...keyOf('p256', 9).record, keyId: KEY.keyId })).toMatchObject(exists);
    expect(await register.participant(OWNER)).toEqual(ALFA);
  });

  test('a key needs its owner', async () => {
    const { register } = await setUp();
    expect(await register.addKey(KEY)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  });

  test.each([
    ['bic', { bic: 'alfa' as Bic }],
    ['name', { name: 'a\u202eb' }],
    ['pacs008Version', { pacs008Version: 'pacs.009.001.08' }],
    ['pacs008Version', { pacs008Version: 'pacs.008.001.15' }],
  ])('a participant with a wrong %s is BAD_REQUEST', async (_field, change) => {
    const { register } = await setUp();
    expect(await register.addParticipant({ ...ALFA, ...change })).toMatchObject({ error: { code: 'BAD_REQUEST' } });
  });

  test.each([
    ['id', { keyId: 'a b' }],
    ['public key', { publicKey: Buffer.alloc(33) }],
    ['life', { validTo: NOW }],
  ])('a key with a wrong %s is BAD_REQUEST', async (_field, change) => {
    const { register } = await setUp();
    await register.addParticipant(ALFA);
    expect(await register.addKey({ ...KEY, ...change })).toMatchObject({ error: { code: 'BAD_REQUEST' } });
  });

  test('a revoked key ends, and never later than it did', async () => {
    const { register } = await setUp();
    await register.addParticipant(ALFA);
    await register.addKey(KEY);
    expect(await register.revokeKey(KEY.keyId, NOW + 500)).toMatchObject({ ok: true });
    expect((await register.key(KEY.keyId))?.validTo).toBe(NOW + 500);
    await register.revokeKey(KEY.keyId, NOW + 900);
    expect((await register.key(KEY.keyId))?.validTo).toBe(NOW + 500);
    await register.revokeKey(KEY.keyId, NOW + 100);
    expect((await register.key(KEY.keyId))?.validTo).toBe(NOW + 100);
    expect(await register.revokeKey('nobody', NOW)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  test('what another process adds is seen on a miss, what it revokes within 5 s', async () => {
    const { store, clock, register } = await setUp();
    await register.refresh();
    const other = createParticipantRegister(store, clock);
    await other.addParticipant(ALFA);
    await other.addKey(KEY);
    expect(await register.key(KEY.keyId)).toBe(null);
    clock.at += 1_000;
    expect(await register.key(KEY.keyId)).not.toBe(null);
    await other.revokeKey(KEY.keyId, NOW);
    clock.at += 4_999;
    expect((await register.key(KEY.keyId))?.validTo).toBe(null);
    clock.at += 1;
    expect((await register.key(KEY.keyId))?.validTo).toBe(NOW);
  });
});

test('unknown keys do not make the store be read again and again', async () => {
  const store = createMemoryParticipantStore();
  let reads = 0;
  const counting: ParticipantStore = {
    ...store,
    load: () => {
      reads += 1;
      return store.load();
    },
  };
  const clock = { at: NOW, now: () => clock.at };
  const register = createParticipantRegister(counting, clock);
  await Promise.all(Array.from({ length: 100 }, (_, i) => register.key(`unknown-${i}`)));
  expect(reads).toBe(1);
  clock.at += 999;
  await register.key('unknown');
  expect(reads).toBe(1);
  clock.at += 1;
  await Promise.all(Array.from({ length: 100 }, (_, i) => register.key(`unknown-${i}`)));
  expect(reads).toBe(2);
});

test('a failed read is told, and tried again', async () => {
  const store = createMemoryParticipantStore();
  let isDown = true;
  const load = async () => {
    if (isDown) throw new Error('down');
    return store.load();
  };
  const register = createParticipantRegister({ ...store, load }, { now: () => NOW });
  await expect(register.key('k')).rejects.toThrow('down');
  isDown = false;
  expect(await register.key('k')).toBe(null);
});
