import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { createHaltDesk, type HaltPort, openHaltBook, orderRequest, type ShownOrder } from '../../src/gateway/halts.js';
import { encodeAuthorisation } from '../../src/gateway/identity/authorisation.js';
import { signRequest, verifyRequest } from '../../src/gateway/identity/http-signature.js';
import type { Participant } from '../../src/gateway/identity/participants.js';
import { systemTimers } from '../../src/gateway/platform/runtime.js';
import { type Refusal, refusal } from '../../src/kernel/errors.js';
import type { Bic, LedgerCode, WalletId } from '../../src/kernel/ids.js';
import type { Signer } from '../../src/kernel/signature.js';
import { createSigner } from '../../src/kernel/suites.js';
import type { Wallet } from '../../src/ledger/types.js';
import { type Halt, type HaltAction, haltOf } from '../../src/pvp/halts.js';
import { deskMigrations } from '../../src/pvp/migrations/desk.js';
import { signerMigrations } from '../../src/pvp/migrations/index.js';
import type { PvpTerms } from '../../src/pvp/terms.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

const T0 = Date.UTC(2026, 10, 22, 9);
const [KZ, CN] = ['KZ', 'CN'] as LedgerCode[] as [LedgerCode, LedgerCode];
const PROVIDER = 'OTKLKZ20' as Bic;
const ID = '0d6f5a3e-7d2c-4a43-9d0e-3f6f6f1b2c3d';
const SET = { scope: 'pair', name: 'KZT-CNY', reason: 'a test' };
const LIFT = { reason: 'over' };

const signers = new Map(
  ['officer-1', 'officer-2', 'feed', 'stranger'].map((keyId, i) => [
    keyId,
    createSigner(keyId, 'ed25519', Buffer.alloc(32, i + 1)),
  ]),
);
const signer = (keyId: string): Signer => signers.get(keyId)!;
const owners: Readonly<Record<string, Bic>> = {
  ...{ 'officer-1': 'DESKKZ20' as Bic, 'officer-2': 'DESKKZ20' as Bic, feed: 'FEEDKZ20' as Bic },
};
const register = {
  key: async (keyId: string) => {
    const owner = owners[keyId];
    const { suite, publicKey } = signer(keyId);
    return owner ? { keyId, owner, suite, publicKey, validFrom: 0, validTo: null } : null;
  },
  participant: async (bic: Bic) => ({ bic, role: bic === 'FEEDKZ20' ? 'rateFeed' : 'desk' }) as Participant,
};

/** The request of an officer as its record shows it. */
async function order(
  action: HaltAction,
  keyId: string,
  said: object = action === 'set' ? SET : LIFT,
  haltId = ID,
): Promise<ShownOrder & { keyId: string }> {
  const { method, path } = orderRequest(haltId, action);
  const body = Buffer.from(JSON.stringify(said));
  const headers = { 'content-type': 'application/json' };
  const nonce = 'a-nonce-of-the-test';
  const parts = { method, path, query: '', headers, body };
  const signed = signRequest({ ...parts, signer: signer(keyId), now: T0, nonce, lifeSeconds: 60 });
  const { suite, publicKey } = signer(keyId);
  const key = { keyId, owner: 'ANY', suite, publicKey, validFrom: 0, validTo: null };
  const verified = await verifyRequest({ ...parts, headers: { ...headers, ...signed } }, async () => key, T0);
  if (!verified.ok) throw new Error(verified.error.code);
  return { haltId, action, keyId, body, authorisation: encodeAuthorisation(verified.value.signed) };
}

const terms = {
  legs: [
    { ledger: KZ, currency: 'KZT', debitWallet: 'payer', creditWallet: 'fx' },
    { ledger: CN, currency: 'CNY', debitWallet: 'fx', creditWallet: 'payee' },
  ],
} as unknown as PvpTerms;
const ledgerOf = (code: LedgerCode) => ({
  code,
  wallet: async (walletId: WalletId) =>
    ({ walletId, ownerBic: walletId === 'fx' ? PROVIDER : ('BANKKZ20' as Bic) }) as Wallet,
});

let signerDatabase: TestDatabase;
let deskDatabase: TestDatabase;
beforeAll(async () => {
  signerDatabase = await testDatabase(signerMigrations);
  deskDatabase = await testDatabase(deskMigrations);
});
afterAll(async () => {
  await signerDatabase.drop();
  await deskDatabase.drop();
});
beforeEach(async () => {
  for (const { pool } of [signerDatabase, deskDatabase]) await pool.query('TRUNCATE fx_halt_order');
});

const openBook = (code = KZ) => openHaltBook({ ledger: ledgerOf(code), register, pool: signerDatabase.pool });
const HALTED = { code: 'TRADING_HALTED' };

describe('a jurisdiction', () => {
  it('obeys an officer at once, and still after a restart; two others lift', async () => {
    const book = await openBook();
    expect(book.isQuiet()).toBe(true);
    expect(await book.obey([await order('set', 'officer-1')])).toEqual([null]);
    expect(await book.check([terms])).toMatchObject([HALTED]);
    const again = await openBook();
    expect(await again.check([terms])).toMatchObject([HALTED]);
    expect(await again.obey([await order('lift', 'officer-1'), await order('lift', 'officer-1')])).toEqual([
      null,
      null,
    ]);
    expect(again.isQuiet()).toBe(false);
    expect(await again.obey([await order('lift', 'officer-2')])).toEqual([null]);
    expect(again.isQuiet()).toBe(true);
    // Sent again, an order that is over sets nothing.
    await again.obey([await order('set', 'officer-1')]);
    expect((await openBook()).isQuiet()).toBe(true);
  });

  it('comes to the same whatever order they arrive in', async () => {
    const book = await openBook();
    await book.obey([await order('lift', 'officer-2')]);
    await book.obey([await order('set', 'officer-1')]);
    expect(book.isQuiet()).toBe(false);
    await book.obey([await order('lift', 'officer-1')]);
    expect(book.isQuiet()).toBe(true);
  });

  it.each<[string, () => Promise<ShownOrder>, string]>([
    ['the feed', () => order('set', 'feed'), 'AUTHORISATION_INVALID'],
    ['a key that it does not know', () => order('set', 'stranger'), 'AUTHORISATION_INVALID'],
    [
      'a gateway that turns setting into lifting',
      async () => ({ ...(await order('set', 'officer-1')), action: 'lift' as const }),
      'AUTHORISATION_INVALID',
    ],
    [
      'a gateway that lifts another halt',
      async () => ({ ...(await order('lift', 'officer-1')), haltId: ID.replace('0d', '1d') }),
      'AUTHORISATION_INVALID',
    ],
    [
      'a gateway that names another pair',
      async () => ({
        ...(await order('set', 'officer-1')),
        body: Buffer.from(JSON.stringify({ ...SET, name: 'KZT-USD' })),
      }),
      'AUTHORISATION_INVALID',
    ],
    ['an order without a scope', () => order('set', 'officer-1', LIFT), 'BAD_REQUEST'],
  ])('obeys not %s', async (_, given, code) => {
    const book = await openBook();
    await book.obey([await order('set', 'officer-1')]);
    expect(await book.obey([await given()])).toMatchObject([{ code }]);
    await book.obey([await order('lift', 'officer-2')]);
    expect(book.isQuiet()).toBe(false);
  });

  it.each([KZ, CN])('knows a provider by its wallet on its own ledger %s', async (code) => {
    const book = await openBook(code);
    await book.obey([await order('set', 'officer-1', { ...SET, scope: 'provider', name: `${PROVIDER}XXX` })]);
    expect(await book.check([terms])).toMatchObject([HALTED]);
    const others = { legs: terms.legs.map((leg) => ({ ...leg, debitWallet: 'b', creditWallet: 'b' })) };
    expect(await book.check([others as unknown as PvpTerms])).toEqual([null]);
  });
});

test.each<[Pick<Halt, 'scope' | 'name'>, boolean]>([
  [{ scope: 'corridor', name: 'KZ-CN' }, true],
  [{ scope: 'corridor', name: 'CN-KZ' }, false],
  [{ scope: 'corridor', name: 'KZ-US' }, false],
  [{ scope: 'pair', name: 'KZT-USD' }, true],
  [{ scope: 'pair', name: 'USD-KZT' }, true],
  [{ scope: 'pair', name: 'CNY-KZT' }, true],
  [{ scope: 'pair', name: 'KZT-EUR' }, false],
  [{ scope: 'provider', name: 'DOLRUS20' }, true],
  [{ scope: 'provider', name: 'SILKCN20' }, false],
])('%j stops KZT → USD → CNY: %s', (target, isStopped) => {
  const trade = {
    ...{ ledgers: ['KZ', 'US', 'CN'], currencies: ['KZT', 'USD', 'CNY'] },
    providers: [PROVIDER, 'DOLRUS20' as Bic],
  };
  const halt: Halt = { ...target, haltId: ID, reason: 'a test', setBy: 'a', setAt: T0, liftedBy: ['a'] };
  expect(haltOf([halt], trade) !== null).toBe(isStopped);
  expect(haltOf([{ ...halt, liftedBy: ['a', 'b'] }], trade)).toBeNull();
});

describe('the gateway', () => {
  const full = async (action: HaltAction, keyId: string) => {
    const { body, ...shown } = await order(action, keyId);
    const target = action === 'set' ? ({ scope: 'pair', name: 'KZT-CNY' } as const) : null;
    return { ...shown, body, target, reason: action === 'set' ? SET.reason : LIFT.reason, orderedAt: T0 };
  };

  it('holds at once, and tells a jurisdiction that was away when it is back', async () => {
    let isAway = true;
    let refused: Refusal | null = refusal('KEY_UNKNOWN');
    const kept: string[] = [];
    const failures: string[] = [];
    const port = (code: string, away: () => boolean): HaltPort => ({
      obey: async (orders) => {
        if (away()) throw new Error(`${code} is away`);
        return orders.map(({ action, haltId }) => {
          if (code === 'KZ' && refused) return refused;
          kept.push(`${code} ${action} ${haltId === ID}`);
          return null;
        });
      },
    });
    const desk = createHaltDesk({
      pool: deskDatabase.pool,
      jurisdictions: new Map([
        [KZ, port('KZ', () => false)],
        [CN, port('CN', () => isAway)],
      ]),
      timers: systemTimers,
      onFailure: (what) => failures.push(what),
    });
    expect(await desk.order(await full('set', 'officer-1'))).toMatchObject({ ok: true, value: { awaited: [KZ, CN] } });
    expect(kept).toEqual([]);
    refused = null;
    await desk.deliver();
    expect(await desk.halts(false)).toMatchObject([{ haltId: ID, awaited: [CN] }]);
    await desk.deliver();
    isAway = false;
    await desk.deliver();
    await desk.deliver();
    expect(kept).toEqual(['KZ set true', 'CN set true']);
    // Each is told once.
    expect(failures).toEqual([`halt ${ID} at KZ: KEY_UNKNOWN`, 'halts for CN']);
    for (const keyId of ['officer-1', 'officer-2']) await desk.order(await full('lift', keyId));
    expect(await desk.halts(false)).toEqual([]);
    expect(await desk.halts(true)).toMatchObject([{ liftedBy: ['officer-1', 'officer-2'], awaited: [] }]);
  });
});
