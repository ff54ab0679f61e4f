/** The jurisdiction port over HTTP, as strangers, participants, peers and a stolen gateway key meet it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { signRequest } from '../../../src/gateway/identity/http-signature.js';
import { readKeyFile } from '../../../src/gateway/identity/key-file.js';
import { createSignedFetch } from '../../../src/gateway/identity/signed-fetch.js';
import { createJurisdictionClient } from '../../../src/gateway/jurisdiction-http/client.js';
import {
  accountsCodec,
  cancelCodec,
  deliverCodec,
  marksCodec,
  PVP_BODY_MAX_BYTES,
  PVP_CONTENT_TYPE,
  prepareCodec,
  queryCodec,
} from '../../../src/gateway/jurisdiction-http/codec.js';
import { haltsCodec } from '../../../src/gateway/jurisdiction-http/halt-codec.js';
import { systemClock, systemRandomness, systemTimers } from '../../../src/gateway/platform/runtime.js';
import type { Bic, LedgerCode, QuoteId, Uetr, WalletId } from '../../../src/kernel/ids.js';
import { encodeTerms } from '../../../src/pvp/terms.js';
import { openStack, type Stack } from '../../support/stack.js';

const KZ = 'KZ' as LedgerCode;
let stack: Stack;
let url: string;
beforeAll(async () => {
  stack = await openStack({ arrangement: 'apart', config: { prepareMs: 20_000, voteMs: 40_000 } });
  url = stack.apart?.installation.jurisdictions[0]?.url ?? '';
});
afterAll(() => stack.close());

const EMPTY = {
  prepare: prepareCodec.encode([]),
  deliver: deliverCodec.encode([]),
  cancel: cancelCodec.encode([]),
  query: queryCodec.encode([]),
  accounts: accountsCodec.encode([]),
  marks: marksCodec.encode([]),
  halts: haltsCodec.encode([]),
};
type Step = keyof typeof EMPTY;
const STEPS = Object.keys(EMPTY) as Step[];

const signerOf = async (key: string) => (await readKeyFile(join(stack.keysFolder, `${key}.json`))).signer;
const clientOf = async (key: string) =>
  createSignedFetch({ baseUrl: url, signer: await signerOf(key), clock: systemClock, random: systemRandomness });

interface Told {
  readonly status: number;
  readonly code: string | null;
}

async function told(answer: Response): Promise<Told> {
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json');
  const body = Buffer.from(await answer.arrayBuffer());
  const code = isProblem ? (JSON.parse(body.toString('utf8')) as { code: string }).code : null;
  return { status: answer.status, code };
}

async function ask(key: string, step: Step, body: Uint8Array = EMPTY[step], type = PVP_CONTENT_TYPE): Promise<Told> {
  const send = await clientOf(key);
  return told(await send(`/v1/pvp/${step}`, { body, headers: { 'content-type': type } }));
}

describe('who may ask what', () => {
  test.each(STEPS)('a gateway: %s', async (step) => {
    expect(await ask('gateway', step)).toEqual({ status: 200, code: null });
  });

  test.each(STEPS)('another jurisdiction, %s: a query and nothing else', async (step) => {
    const allowed = step === 'query' ? { status: 200, code: null } : { status: 403, code: 'FORBIDDEN' };
    expect(await ask('transport-cn', step)).toEqual(allowed);
  });

  test.each(['operator', 'desk', 'provider', 'bank-altnkz20', 'ledger-kz', 'cosigner-cn', 'transport-kz'])(
    'the key %s is no partner’s',
    async (key) => {
      for (const step of STEPS) expect(await ask(key, step)).toEqual({ status: 401, code: 'KEY_UNKNOWN' });
    },
  );

  test.each(['gateway', 'transport-cn'])('the key %s is no participant’s', async (key) => {
    const send = await clientOf(key);
    const issued = JSON.stringify({ walletId: 'KZ-ALTNKZ20-1', amount: '1.00', currency: 'KZT' });
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'stolen' };
    for (const answer of [
      await send('/v1/ledgers/KZ/wallets/KZ-ALTNKZ20-1/balance'),
      await send('/v1/ledgers/KZ/issuance', { body: issued, headers }),
      await send('/v1/participants'),
      await send('/metrics'),
    ])
      expect(await told(answer)).toEqual({ status: 401, code: 'KEY_UNKNOWN' });
  });
});

describe('what is not a good request is refused whole', () => {
  const signed = async (tamper: (body: Buffer) => Buffer, nonce: string = randomUUID()) => {
    const body = EMPTY.cancel;
    const parts = { method: 'POST', path: '/v1/pvp/cancel', query: '', headers: { 'content-type': PVP_CONTENT_TYPE } };
    const now = systemClock.now();
    const signature = signRequest({ ...parts, body, signer: await signerOf('gateway'), now, nonce, lifeSeconds: 60 });
    const headers = { ...parts.headers, ...signature };
    return fetch(`${url}/v1/pvp/cancel`, { method: 'POST', headers, body: tamper(Buffer.from(body)) });
  };

  it('without a signature, with another body than the signed one, or twice', async () => {
    const unsigned = await fetch(`${url}/v1/pvp/cancel`, { method: 'POST', body: EMPTY.cancel });
    expect(await told(unsigned)).toEqual({ status: 401, code: 'SIGNATURE_MISSING' });
    const other = await signed((body) => Buffer.concat([body, Buffer.from('x')]));
    expect(await told(other)).toEqual({ status: 401, code: 'DIGEST_MISMATCH' });
    const nonce = randomUUID();
    expect((await signed((body) => body, nonce)).status).toBe(200);
    expect(await told(await signed((body) => body, nonce))).toEqual({ status: 401, code: 'NONCE_REPLAYED' });
  });

  test.each(STEPS)('%s: bytes that are none', async (step) => {
    expect(await ask('gateway', step, randomBytes(300))).toEqual({ status: 400, code: 'BAD_REQUEST' });
    expect(await ask('gateway', step, Buffer.concat([EMPTY[step], Buffer.from([0])]))).toMatchObject({ status: 400 });
    expect(await ask('gateway', step, EMPTY[step === 'cancel' ? 'query' : 'cancel'])).toMatchObject({ status: 400 });
  });

  it('of another type, or too large', async () => {
    const json = await ask('gateway', 'cancel', EMPTY.cancel, 'application/json');
    expect(json).toEqual({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
    const large = await ask('gateway', 'cancel', Buffer.alloc(PVP_BODY_MAX_BYTES + 1));
    expect(large).toEqual({ status: 413, code: 'BODY_TOO_LARGE' });
  });
});

const portOf = async (key: string) =>
  createJurisdictionClient({ ledger: KZ, send: await clientOf(key), timers: systemTimers, callMaxMs: 20_000 });

/** Terms that take a customer's money for the provider, which nobody but the gateway has asked for. */
function forgedTerms(pvpId: Uetr): Buffer {
  const leg = (ledger: string, debit: string, credit: string, currency: string) => ({
    ...{ ledger: ledger as LedgerCode, debitWallet: debit as WalletId, creditWallet: credit as WalletId },
    ...{ amountMinor: 100_00n, currency, mark: null },
  });
  return encodeTerms({
    protocolVersion: 1,
    pvpId,
    sourceMessageHash: randomBytes(32),
    destinationMessageHash: randomBytes(32),
    legs: [leg('KZ', 'KZ-ALTNKZ20-1', 'KZ-FX-PROVIDER', 'KZT'), leg('CN', 'CN-FX-PROVIDER', 'CN-LONGCN20-1', 'CNY')],
    quotes: [{ quoteId: randomUUID() as QuoteId, quoteHash: randomBytes(32), providerSignature: randomBytes(64) }],
    prepareBy: systemClock.now() + 10_000,
    voteBy: systemClock.now() + 20_000,
    coSignerKeyIds: ['cosigner-kz', 'cosigner-cn'],
  });
}

describe('a stolen gateway key', () => {
  it('moves nobody’s money: what no bank signed gets no hold, and an ABORT', async () => {
    const port = await portOf('gateway');
    const ledger = stack.otkel.nodes[0]?.ledger;
    const before = await ledger?.balance('KZ-ALTNKZ20-1' as WalletId);
    const pvpId = randomUUID() as Uetr;
    const bytes = Buffer.from('<Document/>');
    const [report] = await port.prepare([
      {
        pvpId,
        termsBytes: forgedTerms(pvpId),
        receipts: [],
        documentBytes: bytes,
        quotes: [bytes],
        authorisation: { record: bytes, destination: bytes },
      },
    ]);
    expect(report).toMatchObject({ pvpId, state: 'RELEASED', receipt: null, refusal: { code: 'TERMS_INVALID' } });
    expect(report?.vote).not.toBeNull();
    expect(await ledger?.balance('KZ-ALTNKZ20-1' as WalletId)).toEqual(before);
  });

  it('can ask what marks would refuse', async () => {
    const port = await portOf('gateway');
    const creditWallet = 'KZ-FX-PROVIDER' as WalletId;
    const faults = await port.markFaults([
      { mark: { side: 'debit', markId: 'none', markLevel: 0 }, creditWallet },
      { mark: { side: 'credit', markId: 'none' }, creditWallet },
    ]);
    expect(faults).toEqual(Array(2).fill({ code: 'MARK_UNKNOWN', detail: 'none' }));
  });

  it('can ask which accounts there are, and abort payments that nobody voted on', async () => {
    const port = await portOf('gateway');
    const known = { agentBic: 'ALTNKZ20' as Bic, accountId: 'KZ419010001000000001' };
    const asked = [known, { ...known, accountId: 'KZ000000000000000000' }, { ...known, accountId: null }];
    const wallets = await port.resolveAccounts(asked);
    expect(wallets.map((wallet) => wallet?.walletId)).toEqual(['KZ-ALTNKZ20-1', undefined, 'KZ-ALTNKZ20-SETTLEMENT']);
    const [cancelled] = await port.cancel([{ pvpId: randomUUID() as Uetr }]);
    expect(cancelled).toMatchObject({ state: 'RELEASED', refusal: { code: 'CANCELLED' } });
  });
});

describe('a peer’s stolen transport key', () => {
  it('aborts payments whose ids it knows first, and votes for nobody', async () => {
    const port = await portOf('transport-cn');
    const pvpId = randomUUID() as Uetr;
    const [report] = await port.query([{ pvpId, prepareBy: null, receipts: [], votes: [] }]);
    expect(report).toMatchObject({ pvpId, state: 'RELEASED', peerVotes: [] });
    await expect(port.cancel([{ pvpId }])).rejects.toThrow('jurisdiction KZ: it answered 403');
  });
});

describe('a jurisdiction that does not take traffic', () => {
  it('says so with 503, on the port and on its readiness, and the gateway says whom it waits for', async () => {
    const node = stack.otkel.nodes[0];
    await node?.jurisdiction.stop();
    expect(await ask('gateway', 'query')).toEqual({ status: 503, code: 'UNAVAILABLE' });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
      status: 'not ready',
      waitingFor: ['recovery of KZ'],
    });
    const gateway = await stack.send('operator', 'GET', '/readyz');
    expect([gateway.status, gateway.body]).toEqual([503, { status: 'not ready', waitingFor: ['KZ'] }]);
    await node?.jurisdiction.start();
    expect(await ask('gateway', 'query')).toEqual({ status: 200, code: null });
  });
});
