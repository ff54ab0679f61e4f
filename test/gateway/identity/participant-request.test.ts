import { describe, expect, test } from 'vitest';
import { readParticipantRequest } from '../../../src/gateway/identity/participant-request.js';
import { NOW } from './fixtures.js';

const KEY = { keyId: 'k1', suite: 'ed25519', publicKey: 'AAEC' };
const BODY = { bic: 'ALFAKZK0XXX', name: 'Alfa', role: 'bank', keys: [KEY] };

describe('body of POST /v1/participants', () => {
  test('defaults', () => {
    expect(readParticipantRequest(BODY, NOW)).toEqual({
      ok: true,
      value: {
        participant: {
          bic: 'ALFAKZK0',
          name: 'Alfa',
          role: 'bank',
          ledger: null,
          profile: 'customer',
          pacs008Version: 'pacs.008.001.13',
          withHeader: false,
          rules: 'base',
          headerVersion: 'head.001.001.02',
          characters: 'all',
        },
        keys: [
          {
            keyId: 'k1',
            owner: 'ALFAKZK0',
            suite: 'ed25519',
            publicKey: Buffer.from([0, 1, 2]),
            validFrom: NOW,
            validTo: null,
          },
        ],
      },
    });
  });

  test('everything given', () => {
    const key = { ...KEY, validFrom: 5, validTo: 9 };
    const body = {
      ...BODY,
      profile: 'agent',
      pacs008Version: 'pacs.008.001.08',
      withHeader: true,
      rules: 'nexus',
      keys: [key],
    };
    expect(readParticipantRequest(body, NOW)).toMatchObject({
      value: {
        participant: { profile: 'agent', pacs008Version: 'pacs.008.001.08', withHeader: true, rules: 'nexus' },
        keys: [{ validFrom: 5, validTo: 9 }],
      },
    });
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['a list', []],
    ['a field not known', { ...BODY, admin: true }],
    ['no BIC', { ...BODY, bic: 'alfa' }],
    ['no name', { ...BODY, name: 7 }],
    ['another role', { ...BODY, role: 'king' }],
    ['another profile', { ...BODY, profile: 'x' }],
    ['a version that is no text', { ...BODY, pacs008Version: 8 }],
    ['usage rules that do not exist', { ...BODY, rules: 'swift' }],
    ['a header flag that is text', { ...BODY, withHeader: 'yes' }],
    ['a header that does not exist', { ...BODY, headerVersion: 'head.001.001.09' }],
    ['characters that are unknown', { ...BODY, characters: 'latin' }],
    ['keys that are no list', { ...BODY, keys: KEY }],
    ['17 keys', { ...BODY, keys: Array(17).fill(KEY) }],
    ['a key with a secret', { ...BODY, keys: [{ ...KEY, secretKey: 'AA' }] }],
    ['a key without id', { ...BODY, keys: [{ ...KEY, keyId: undefined }] }],
    ['a key of another suite', { ...BODY, keys: [{ ...KEY, suite: 'rsa' }] }],
    ['a key with a time that is text', { ...BODY, keys: [{ ...KEY, validFrom: '2026-01-01' }] }],
  ])('%s: BAD_REQUEST', (_name, body) => {
    expect(readParticipantRequest(body, NOW)).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } });
  });
});
