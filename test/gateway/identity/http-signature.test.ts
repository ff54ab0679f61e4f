import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentDigest } from '../../../src/gateway/identity/content-digest.js';
import {
  type RequestParts,
  signatureBase,
  signatureIsGood,
  signRequest,
  verifyRequest,
} from '../../../src/gateway/identity/http-signature.js';
import { type InnerList, SIGNATURE_ALGORITHM, serializeInnerList } from '../../../src/gateway/identity/signed-text.js';
import { parseDictionary, serializeBytes } from '../../../src/gateway/identity/structured-fields.js';
import type { ErrorCode } from '../../../src/kernel/errors.js';
import type { PublicKeyRecord, Signer } from '../../../src/kernel/signature.js';
import { SUITES } from '../../../src/kernel/suites.js';
import { keyOf, NOW, OWNER, REQUEST, signed } from './fixtures.js';

const { signer, record } = keyOf('ed25519');
const SECONDS = NOW / 1000;
const lookupOf = (known: PublicKeyRecord) => async (keyId: string) => (keyId === known.keyId ? known : null);
const verdict = async (request: RequestParts, now = NOW, known = record): Promise<ErrorCode | 'ok'> => {
  const result = await verifyRequest(request, lookupOf(known), now);
  return result.ok ? 'ok' : result.error.code;
};

const PARAMETERS: InnerList['parameters'] = [
  ['created', SECONDS],
  ['expires', SECONDS + 60],
  ['nonce', 'nonce-0000000001'],
  ['keyid', record.keyId],
  ['alg', 'ed25519'],
];
const COMPONENTS: readonly (readonly [string, string])[] = [
  ['@method', 'POST'],
  ['@path', '/v1/messages'],
  ['@query', '?wait=5'],
  ['content-digest', contentDigest(REQUEST.body)],
  ['content-type', 'application/xml'],
  ['otkel-note', 'n'],
  ['otkel-quote-id', 'q-1'],
];

/** A request signed by hand, so that what our own client never sends can be sent. */
function handSigned(parameters = PARAMETERS, components = COMPONENTS): RequestParts {
  const list = serializeInnerList({ items: components.map(([name]) => name), parameters });
  const headers = {
    ...REQUEST.headers,
    'content-digest': contentDigest(REQUEST.body),
    'signature-input': `sig1=${list}`,
    signature: `sig1=${serializeBytes(signer.sign(signatureBase(components, parameters)))}`,
  };
  return { ...REQUEST, headers };
}

const withParameter = (name: string, value: string | number | null): InnerList['parameters'] => [
  ...PARAMETERS.filter(([given]) => given !== name),
  ...(value === null ? [] : [[name, value] as const]),
];

const withHeaders = (headers: RequestParts['headers']): RequestParts => {
  const request = signed(signer);
  return { ...request, headers: { ...request.headers, ...headers } };
};

describe('a good request', () => {
  test.each(SUITES)('%s', async (suite) => {
    const key = keyOf(suite);
    const result = await verifyRequest(signed(key.signer), lookupOf(key.record), NOW);
    expect(result).toMatchObject({
      ok: true,
      value: { keyId: key.record.keyId, owner: OWNER, nonce: 'nonce-0000000001', expiresAt: NOW + 60_000 },
    });
    expect(signed(key.signer).headers['signature-input']).toContain(`;alg="${SIGNATURE_ALGORITHM[suite]}"`);
  });

  test('without body, query and own headers', async () => {
    const bare = signed(signer, { method: 'GET', path: '/v1/inbox', query: '', headers: {}, body: Buffer.alloc(0) });
    expect(bare.headers['content-digest']).toBe(undefined);
    expect(await verdict(bare)).toBe('ok');
  });

  test.each([
    ['without alg', handSigned(withParameter('alg', null))],
    ['with parameters in another order', handSigned([...PARAMETERS].reverse())],
    ['with components in another order', handSigned(PARAMETERS, [...COMPONENTS].reverse())],
    ['with another header field covered', handSigned(PARAMETERS, [...COMPONENTS, ['accept', '*/*']])],
    ['created 5 s ahead of our clock', handSigned([...withParameter('created', SECONDS + 5)])],
  ])('%s', async (_name, request) => {
    expect(await verdict(request)).toBe('ok');
  });

  test.each(['p256', 'secp256k1'] as const)('%s with high s, which goes on with low s', async (suite) => {
    const key = keyOf(suite);
    const order = { p256, secp256k1 }[suite].Point.Fn.ORDER;
    const highS: Signer = {
      ...key.signer,
      sign: (message) => {
        const low = Buffer.from(key.signer.sign(message)).toString('hex');
        const s = (order - BigInt(`0x${low.slice(64)}`)).toString(16).padStart(64, '0');
        return Buffer.from(low.slice(0, 64) + s, 'hex');
      },
    };
    const result = await verifyRequest(signed(highS), lookupOf(key.record), NOW);
    if (!result.ok) throw new Error(result.error.code);
    expect(signatureIsGood(result.value.signed, null, key.record)).toBe(true);
    const asSent = parseDictionary(signed(highS).headers.signature as string)!.get('sig1') as Uint8Array;
    expect(signatureIsGood({ ...result.value.signed, signature: asSent }, null, key.record)).toBe(false);
  });

  test('a field sent on two lines is one value', async () => {
    const request = signed(signer, { headers: { ...REQUEST.headers, 'otkel-note': 'a, b' } });
    expect(await verdict({ ...request, headers: { ...request.headers, 'otkel-note': ['a', 'b'] } })).toBe('ok');
  });

  test('until its last millisecond', async () => {
    expect(await verdict(signed(signer), NOW + 59_999)).toBe('ok');
  });
});

describe('refusals', () => {
  test.each<[string, ErrorCode, RequestParts]>([
    ['no signature at all', 'SIGNATURE_MISSING', REQUEST],
    ['no signature field', 'SIGNATURE_MISSING', withHeaders({ signature: undefined })],
    ['no signature-input field', 'SIGNATURE_MISSING', withHeaders({ 'signature-input': undefined })],
    ['signature-input unreadable', 'SIGNATURE_MALFORMED', withHeaders({ 'signature-input': 'sig1=(' })],
    ['signature unreadable', 'SIGNATURE_MALFORMED', withHeaders({ signature: 'sig1=abc' })],
    ['signature-input is bytes', 'SIGNATURE_MALFORMED', withHeaders({ 'signature-input': 'sig1=:AAAA:' })],
    ['signature is a list', 'SIGNATURE_MALFORMED', withHeaders({ signature: 'sig1=()' })],
    ['labels differ', 'SIGNATURE_MALFORMED', withHeaders({ signature: `sig2=${serializeBytes(Buffer.alloc(64))}` })],
    ['two signatures', 'SIGNATURE_MALFORMED', withHeaders({ signature: 'sig1=:AAAA:, sig2=:AAAA:' })],
    ['created is text', 'SIGNATURE_MALFORMED', handSigned(withParameter('created', 'now'))],
    ['created is missing', 'SIGNATURE_MALFORMED', handSigned(withParameter('created', null))],
    ['created is negative', 'SIGNATURE_MALFORMED', handSigned(withParameter('created', -1))],
    ['expires is missing', 'SIGNATURE_MALFORMED', handSigned(withParameter('expires', null))],
    ['expires is not after created', 'SIGNATURE_MALFORMED', handSigned(withParameter('expires', SECONDS))],
    ['expires is beyond all times', 'SIGNATURE_MALFORMED', handSigned(withParameter('expires', 999_999_999_999_999))],
    ['nonce is missing', 'SIGNATURE_MALFORMED', handSigned(withParameter('nonce', null))],
    ['nonce is short', 'SIGNATURE_MALFORMED', handSigned(withParameter('nonce', 'short'))],
    ['nonce is long', 'SIGNATURE_MALFORMED', handSigned(withParameter('nonce', 'n'.repeat(65)))],
    ['nonce holds a space', 'SIGNATURE_MALFORMED', handSigned(withParameter('nonce', 'nonce 0000000001'))],
    ['keyid is missing', 'SIGNATURE_MALFORMED', handSigned(withParameter('keyid', null))],
    ['keyid is a number', 'SIGNATURE_MALFORMED', handSigned(withParameter('keyid', 7))],
    ['alg is a number', 'SIGNATURE_MALFORMED', handSigned(withParameter('alg', 7))],
    ['a parameter not known here', 'SIGNATURE_MALFORMED', handSigned([...PARAMETERS, ['tag', 'x']])],
    ['a component twice', 'SIGNATURE_MALFORMED', handSigned(PARAMETERS, [...COMPONENTS, COMPONENTS[0]!])],
    ['a component that is absent', 'SIGNATURE_MALFORMED', handSigned(PARAMETERS, [...COMPONENTS, ['date', 'x']])],
    [
      'a derived one not supported',
      'SIGNATURE_MALFORMED',
      handSigned(PARAMETERS, [...COMPONENTS, ['@scheme', 'http']]),
    ],
    ['an own header not covered', 'SIGNATURE_MALFORMED', withHeaders({ 'otkel-more': 'x' })],
    ['life above 60 s', 'SIGNATURE_EXPIRED', handSigned(withParameter('expires', SECONDS + 61))],
    ['created 6 s ahead', 'SIGNATURE_EXPIRED', handSigned([['created', SECONDS + 6], ...PARAMETERS.slice(1)])],
    ['key unknown', 'KEY_UNKNOWN', handSigned(withParameter('keyid', 'nobody'))],
    ['alg of another suite', 'SIGNATURE_INVALID', handSigned(withParameter('alg', 'ecdsa-p256-sha256'))],
    [
      '63 bytes of signature',
      'SIGNATURE_INVALID',
      withHeaders({ signature: `sig1=${serializeBytes(Buffer.alloc(63))}` }),
    ],
    ['another method', 'SIGNATURE_INVALID', { ...signed(signer), method: 'PUT' }],
    ['another path', 'SIGNATURE_INVALID', { ...signed(signer), path: '/v1/messages/' }],
    ['another query', 'SIGNATURE_INVALID', { ...signed(signer), query: '?wait=6' }],
    ['no query', 'SIGNATURE_INVALID', { ...signed(signer), query: '' }],
    ['another content type', 'SIGNATURE_INVALID', withHeaders({ 'content-type': 'text/xml' })],
    ['another own header', 'SIGNATURE_INVALID', withHeaders({ 'otkel-quote-id': 'q-2' })],
    ['own header taken out', 'SIGNATURE_MALFORMED', withHeaders({ 'otkel-quote-id': undefined })],
    ['another digest', 'SIGNATURE_INVALID', withHeaders({ 'content-digest': contentDigest(Buffer.from('x')) })],
    ['another body', 'DIGEST_MISMATCH', { ...signed(signer), body: Buffer.from('<Document />') }],
    ['no body', 'DIGEST_MISMATCH', { ...signed(signer), body: Buffer.alloc(0) }],
  ])('%s: %s', async (_name, code, request) => {
    expect(await verdict(request)).toBe(code);
  });

  test.each(COMPONENTS.map(([name]) => name))('%s is not covered: SIGNATURE_MALFORMED', async (name) => {
    const request = handSigned(
      PARAMETERS,
      COMPONENTS.filter(([given]) => given !== name),
    );
    expect(await verdict(request)).toBe('SIGNATURE_MALFORMED');
  });

  test('a body added to a request signed without: SIGNATURE_MALFORMED', async () => {
    const bare = signed(signer, { headers: {}, body: Buffer.alloc(0) });
    expect(await verdict({ ...bare, body: Buffer.from('x') })).toBe('SIGNATURE_MALFORMED');
  });

  test('expires has passed: SIGNATURE_EXPIRED', async () => {
    expect(await verdict(signed(signer), NOW + 60_000)).toBe('SIGNATURE_EXPIRED');
  });

  test.each([
    ['not valid yet', { validFrom: NOW + 1 }],
    ['not valid any more', { validTo: NOW }],
  ])('key %s: KEY_UNKNOWN', async (_name, change) => {
    expect(await verdict(signed(signer), NOW, { ...record, ...change })).toBe('KEY_UNKNOWN');
  });

  test("somebody else's key under this id: SIGNATURE_INVALID", async () => {
    const other = keyOf('ed25519', 9).record;
    expect(await verdict(signed(signer), NOW, { ...other, keyId: record.keyId })).toBe('SIGNATURE_INVALID');
  });
});

test('any bit flipped in any signed part is refused', async () => {
  const good = signed(signer);
  const parts = ['method', 'path', 'query', 'body', 'content-type', 'content-digest', 'otkel-note', 'otkel-quote-id'];
  const flip = (text: string | Uint8Array, bit: number): Buffer => {
    const copy = Buffer.from(text as string, 'latin1');
    const at = Math.floor(bit / 8) % copy.length;
    copy[at] = copy[at]! ^ (1 << (bit % 8));
    return copy;
  };
  const tampered = (part: string, bit: number): RequestParts => {
    if (part === 'body') return { ...good, body: flip(good.body, bit) };
    if (part === 'method' || part === 'path' || part === 'query') {
      return { ...good, [part]: flip(good[part], bit).toString('latin1') };
    }
    return {
      ...good,
      headers: { ...good.headers, [part]: flip(good.headers[part] as string, bit).toString('latin1') },
    };
  };
  const signatureParts = ['signature', 'signature-input'];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...parts, ...signatureParts), fc.nat(), async (part, bit) => {
      const request = tampered(part, bit);
      // A label is not signed, and a space may stand where none was: only then is the request the same.
      const isSame = (await verdict(request)) === 'ok';
      expect(isSame && !signatureParts.includes(part)).toBe(false);
      if (isSame) expect(request.headers['signature-input']).toBe(good.headers['signature-input']);
    }),
    { numRuns: 400 },
  );
});

describe('an Idempotency-Key is signed', () => {
  const request = { ...REQUEST, headers: { ...REQUEST.headers, 'idempotency-key': 'order-1' } };
  const headers = {
    ...request.headers,
    ...signRequest({ ...request, signer, now: NOW, nonce: 'nonce-0000000001', lifeSeconds: 60 }),
  };

  test.each<[string, Record<string, string | undefined>, ErrorCode | 'ok']>([
    ['as it was sent', {}, 'ok'],
    ['changed on the way', { 'idempotency-key': 'order-2' }, 'SIGNATURE_INVALID'],
    ['taken out', { 'idempotency-key': undefined }, 'SIGNATURE_MALFORMED'],
  ])('%s', async (_, change, expected) => {
    expect(await verdict({ ...request, headers: { ...headers, ...change } })).toBe(expected);
  });

  test('one that was put in is not covered', async () => {
    expect(await verdict(withHeaders({ 'idempotency-key': 'order-1' }))).toBe('SIGNATURE_MALFORMED');
  });
});

describe('what can not be signed throws', () => {
  const request = { ...REQUEST, signer, now: NOW, nonce: 'nonce-0000000001', lifeSeconds: 60 };
  test.each([
    ['a body without content type', { headers: {} }],
    ['a header outside ASCII', { headers: { ...REQUEST.headers, 'otkel-note': 'ж' } }],
    ['a line break in a header', { headers: { ...REQUEST.headers, 'otkel-note': 'a\nb' } }],
    ['a nonce outside ASCII', { nonce: 'ж'.repeat(10) }],
  ])('%s', (_name, change) => {
    expect(() => signRequest({ ...request, ...change })).toThrow(RangeError);
  });
});

test('a good signature, and more bytes of what it covers, is no signature of the rest', async () => {
  const digest = contentDigest(REQUEST.body);
  const others = COMPONENTS.filter(([name]) => name !== 'content-digest');
  // Over bytes that begin, after a comma, with what the other request is to have signed.
  const first = [['content-digest', `x,"content-digest": ${digest}`], ...others] as const;
  const rest = [['content-digest', digest], ...others] as const;
  const bytes = signer.sign(signatureBase(first, PARAMETERS));
  const parts = (components: Parameters<typeof signatureBase>[0], signature: Uint8Array) => ({
    components,
    parameters: PARAMETERS,
    signature,
  });
  expect(signatureIsGood(parts(first, bytes), null, record)).toBe(true);
  const longer = Buffer.concat([bytes, Buffer.from(',"content-digest": x')]);
  expect(signatureIsGood(parts(rest, longer), null, record)).toBe(false);
});
