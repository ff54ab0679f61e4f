import { beforeEach, describe, expect, test } from 'vitest';
import {
  createMemoryParticipantStore,
  createParticipantRegister,
  type Participant,
  type ParticipantRegister,
} from '../../../src/gateway/identity/participants.js';
import { addToRegisters, createParticipantsRouter } from '../../../src/gateway/routes/participants.js';
import type { Bic, LedgerCode } from '../../../src/kernel/ids.js';
import { generateKeyPair } from '../../../src/kernel/suites.js';
import { expectContract } from '../../support/contract.js';
import { type CallerName, createTestApp, signedCall, type TestApp } from '../app-fixture.js';
import { fixedBytes, NOW } from '../identity/fixtures.js';

const PATH = '/v1/participants';
const clock = { now: () => NOW };
const publicKey = (seed: number) =>
  Buffer.from(generateKeyPair('ed25519', fixedBytes(seed)).publicKey).toString('base64url');
const NOVA = {
  bic: 'NOVAKZ20XXX',
  name: 'Nova Bank',
  role: 'bank',
  ledger: 'KZ',
  keys: [{ keyId: 'nova-1', suite: 'ed25519', publicKey: publicKey(21) }],
};

const PARTICIPANT: Participant = {
  bic: 'NOVAKZ20' as Bic,
  name: 'Nova Bank',
  role: 'bank',
  ledger: 'KZ' as LedgerCode,
  profile: 'customer',
  pacs008Version: 'pacs.008.001.13',
  withHeader: false,
  rules: 'base',
  headerVersion: 'head.001.001.02',
  characters: 'all',
};

describe('/v1/participants', () => {
  let app: TestApp['app'];
  let gateway: ParticipantRegister;
  let ledger: ParticipantRegister;
  beforeEach(async () => {
    ledger = createParticipantRegister(createMemoryParticipantStore(), clock);
    const made = await createTestApp((register) => [
      createParticipantsRouter({
        addParticipant: addToRegisters([ledger, register]),
        participants: register.participants,
        clock,
      }),
    ]);
    ({ app } = made);
    gateway = made.register;
  });

  const post = async (body: object, caller: CallerName = 'operator') => {
    const answer = await signedCall(app, caller, 'post', PATH, { body });
    expectContract(answer, 'post', PATH);
    return answer;
  };

  test('a participant and its key are in every register, with the defaults told', async () => {
    const { status, body } = await post(NOVA);
    expect(status).toBe(201);
    expect(body).toEqual({
      ...PARTICIPANT,
      keys: [{ ...NOVA.keys[0], validFrom: new Date(NOW).toISOString(), validTo: null }],
    });
    for (const register of [gateway, ledger]) {
      expect(await register.participant('NOVAKZ20')).toMatchObject({ name: 'Nova Bank' });
      expect(await register.key('nova-1')).toMatchObject({ owner: 'NOVAKZ20' });
    }
  });

  test('again is fine, also after it reached only one register; another of the same BIC or key id is not', async () => {
    await post(NOVA);
    expect((await post(NOVA)).status).toBe(201);
    const otherName = await post({ ...NOVA, name: 'Other' });
    expect([otherName.status, otherName.body.code]).toEqual([409, 'PARTICIPANT_EXISTS']);
    const otherKey = await post({ ...NOVA, keys: [{ ...NOVA.keys[0], publicKey: publicKey(22) }] });
    expect([otherKey.status, otherKey.body.code]).toEqual([409, 'PARTICIPANT_EXISTS']);
    const half = { ...NOVA, bic: 'HALFKZ20', keys: [] };
    const { ok } = await addToRegisters([ledger])({
      participant: { ...PARTICIPANT, bic: 'HALFKZ20' as Bic },
      keys: [],
    });
    expect(ok).toBe(true);
    expect((await post(half)).status).toBe(201);
    expect(await gateway.participant('HALFKZ20')).not.toBeNull();
  });

  test.each([
    ['no BIC', { bic: 'NOPE' }],
    ['an unknown role', { role: 'king' }],
    ['an unknown field', { amount: '1' }],
    ['a key that is none', { keys: [{ keyId: 'n', suite: 'ed25519', publicKey: 'AAAA' }] }],
  ])('%s is BAD_REQUEST, and nobody is added', async (_what, change) => {
    const answer = await post({ ...NOVA, ...change });
    expect([answer.status, answer.body.code]).toEqual([400, 'BAD_REQUEST']);
    expect(await gateway.key('n')).toBeNull();
  });

  test('XML is UNSUPPORTED_MEDIA_TYPE', async () => {
    const answer = await signedCall(app, 'operator', 'post', PATH, { body: '<x/>' });
    expect(answer.body.code).toBe('UNSUPPORTED_MEDIA_TYPE');
    expectContract(answer, 'post', PATH);
  });

  test.each(['bank', 'desk', 'provider'] as const)('a %s may neither add nor read', async (caller) => {
    expect((await post(NOVA, caller)).body.code).toBe('FORBIDDEN');
    const answer = await signedCall(app, caller, 'get', PATH);
    expect(answer.body.code).toBe('FORBIDDEN');
    expectContract(answer, 'get', PATH);
  });

  test('the operator reads who takes part, in order', async () => {
    const answer = await signedCall(app, 'operator', 'get', PATH);
    expectContract(answer, 'get', PATH);
    const { participants } = answer.body as { participants: { bic: string }[] };
    expect(participants.map(({ bic }) => bic)).toEqual(['BANKKZ20', 'DESKKZ20', 'ISSRKZ20', 'OPERKZ20', 'PROVKZ20']);
  });
});
