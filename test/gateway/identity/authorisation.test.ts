import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeAuthorisation,
  encodeAuthorisation,
  verifyAuthorisation,
} from '../../../src/gateway/identity/authorisation.js';
import { type SignedParts, verifyRequest } from '../../../src/gateway/identity/http-signature.js';
import type { PublicKeyRecord } from '../../../src/kernel/signature.js';
import { SUITES } from '../../../src/kernel/suites.js';
import { keyOf, NOW, OWNER, REQUEST, signed } from './fixtures.js';

const { signer, record: key } = keyOf('ed25519');
const ROUTE = { method: 'POST', path: '/v1/messages' };
const lookupOf = (known: PublicKeyRecord) => async (keyId: string) => (keyId === known.keyId ? known : null);

async function partsOf(request = signed(signer), known = key): Promise<SignedParts> {
  const result = await verifyRequest(request, lookupOf(known), NOW);
  if (!result.ok) throw new Error(result.error.code);
  return result.value.signed;
}

const verdict = async (parts: SignedParts, body = REQUEST.body, route = ROUTE, known = key): Promise<string> => {
  const result = await verifyAuthorisation(encodeAuthorisation(parts), body, route, lookupOf(known));
  return result.ok ? 'ok' : `${result.error.code} ${result.error.detail}`;
};

describe('an authorisation', () => {
  test.each(SUITES)('proves who signed these bytes: %s', async (suite) => {
    const own = keyOf(suite);
    const record = encodeAuthorisation(await partsOf(signed(own.signer), own.record));
    const result = await verifyAuthorisation(record, REQUEST.body, ROUTE, lookupOf(own.record));
    expect(result).toMatchObject({ ok: true, value: { keyId: own.record.keyId, owner: OWNER, createdAt: NOW } });
    expect(result.ok && result.value.headers.get('otkel-quote-id')).toBe('q-1');
  });

  test('its record is read and written alike', async () => {
    const record = encodeAuthorisation(await partsOf());
    expect(encodeAuthorisation(decodeAuthorisation(record)!).equals(record)).toBe(true);
  });

  test('is proved by a key registered within the second that `created` names', async () => {
    expect(await verdict(await partsOf(), REQUEST.body, ROUTE, { ...key, validFrom: NOW + 999 })).toBe('ok');
  });

  test('stays proved when its key has ended since', async () => {
    expect(await verdict(await partsOf(), REQUEST.body, ROUTE, { ...key, validTo: NOW + 1 })).toBe('ok');
  });
});

describe('refused', () => {
  const change = (parts: SignedParts, name: string, value: string): SignedParts => ({
    ...parts,
    components: parts.components.map(([given, old]) => [given, given === name ? value : old] as const),
  });

  test('another body', async () => {
    expect(await verdict(await partsOf(), Buffer.from('<Other/>'))).toMatch(/^AUTHORISATION_INVALID the body/);
  });

  test.each([
    ['path', { method: 'POST', path: '/v1/validate' }],
    ['method', { method: 'PUT', path: '/v1/messages' }],
  ])('a signature for another %s', async (_name, route) => {
    const request = signed(signer, route);
    expect(await verdict(await partsOf(request))).toMatch(/^AUTHORISATION_INVALID the signature is for another/);
  });

  test.each(['@method', '@path', '@query', 'content-type', 'content-digest', 'otkel-quote-id'])(
    'a record with another %s',
    async (name) => {
      expect(await verdict(change(await partsOf(), name, 'x'))).toMatch(/^AUTHORISATION_INVALID/);
    },
  );

  test.each(['@method', '@path', '@query', 'content-type', 'content-digest'])('a record without %s', async (name) => {
    const parts = await partsOf();
    const components = parts.components.filter(([given]) => given !== name);
    expect(await verdict({ ...parts, components })).toMatch(/^AUTHORISATION_INVALID the record is malformed/);
  });

  test('a line break that moves the border between two components', async () => {
    const parts = await partsOf();
    const [first, second, ...rest] = parts.components;
    const merged = [[first![0], `${first![1]}\n"${second![0]}": ${second![1]}`] as const, ...rest];
    expect(await verdict({ ...parts, components: merged })).toMatch(/malformed/);
  });

  test.each([
    ['before the key was valid', { validFrom: NOW + 1000 }],
    ['after the key ended', { validTo: NOW }],
    ['by an unknown key', { keyId: 'other' }],
  ])('created %s', async (_name, change) => {
    const result = await verdict(await partsOf(), REQUEST.body, ROUTE, { ...key, ...change });
    expect(result).toBe('AUTHORISATION_INVALID the key was not valid when it signed');
  });

  test('a parameter not known here, or twice', async () => {
    const parts = await partsOf();
    const more: SignedParts = { ...parts, parameters: [...parts.parameters, ['tag', 'x']] };
    const twice: SignedParts = { ...parts, parameters: [...parts.parameters, parts.parameters[0]!] };
    expect(await verdict(more)).toMatch(/tag is not known/);
    expect(await verdict(twice)).toMatch(/twice/);
  });

  test('a parameter with a tab, which no signature base can hold', async () => {
    const parts = await partsOf();
    const parameters = parts.parameters.map(([name, value]) => [name, name === 'keyid' ? 'a\tb' : value] as const);
    expect(await verdict({ ...parts, parameters })).toMatch(/malformed/);
  });

  test('any record with one bit flipped, cut short or longer', async () => {
    const record = encodeAuthorisation(await partsOf());
    const refused = async (bytes: Uint8Array): Promise<void> => {
      const result = await verifyAuthorisation(bytes, REQUEST.body, ROUTE, lookupOf(key));
      expect(result).toMatchObject({ ok: false, error: { code: 'AUTHORISATION_INVALID' } });
    };
    await refused(Buffer.concat([record, Buffer.alloc(1)]));
    await fc.assert(
      fc.asyncProperty(fc.nat(record.length * 8 - 1), async (bit) => {
        const copy = Buffer.from(record);
        const at = Math.floor(bit / 8);
        copy[at] = copy[at]! ^ (1 << (bit % 8));
        await refused(copy);
        await refused(record.subarray(0, at));
      }),
      { numRuns: 300 },
    );
  });
});
