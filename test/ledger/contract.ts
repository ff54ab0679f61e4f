import { beforeEach, describe, expect, it } from 'vitest';
import type { Bic } from '../../src/kernel/ids.js';
import { verifySignature } from '../../src/kernel/suites.js';
import { decodeTransaction } from '../../src/ledger/canonical.js';
import { inclusionProof, verifyChain, verifyInclusion } from '../../src/ledger/chain.js';
import { LedgerFencedError, type LedgerStore } from '../../src/ledger/store.js';
import type { LedgerCommand } from '../../src/ledger/types.js';
import type { LedgerWriter } from '../../src/ledger/writer.js';
import {
  BANK,
  bic,
  codes,
  done,
  hash,
  held,
  IDENTITY,
  issue,
  manualClock,
  money,
  NOTARY,
  open,
  openLedger,
  place,
  release,
  settle,
  T0,
  tombstone,
  transfer,
  w,
} from './support.js';

/** What every store must make of the ledger. `fresh` answers an empty store. */
export function ledgerContract(name: string, fresh: () => Promise<LedgerStore>): void {
  describe(`ledger on ${name}`, () => {
    let store: LedgerStore;
    let ledger: LedgerWriter;
    const clock = manualClock();

    beforeEach(async () => {
      store = await fresh();
      ledger = await openLedger(store, { clock });
      await codes(ledger, [open('a'), open('b'), open('s', 'suspense'), issue('i1', 'a', 1000n)]);
    });

    it('does not close a wallet that held money is on its way to', async () => {
      const close = { kind: 'setWalletStatus', walletId: w('b'), status: 'closed' } as const;
      expect(await codes(ledger, [place('p', 'a', 'b', 300n), close])).toEqual(['ok', 'WALLET_AWAITED']);
      const again = await openLedger(store, { clock });
      expect(await codes(again, [close])).toEqual(['WALLET_AWAITED']);
      await done(again, release('p'));
      expect(await codes(again, [close])).toEqual(['ok']);
    });

    it('opens one settlement and one provider wallet for an owner, also in one block', async () => {
      const provider = (id: string, owner?: Bic) => open(id, 'provider', owner);
      expect(await codes(ledger, [provider('p1'), provider('p2'), provider('p3', bic('BBBBKZ20'))])).toEqual([
        ...['ok', 'WALLET_EXISTS', 'ok'],
      ]);
      const again = await openLedger(store, { clock });
      expect(await codes(again, [provider('p2'), provider('p1'), open('own', 'settlement'), open('c2')])).toEqual([
        ...['WALLET_EXISTS', 'ok', 'ok', 'ok'],
      ]);
      expect(await codes(again, [open('own2', 'settlement')])).toEqual(['WALLET_EXISTS']);
    });

    it('a wallet taken for open and blocked meanwhile is not closed, nor opened by who may not unblock', async () => {
      const set = (to: 'open' | 'closed' | 'blocked', from?: 'open' | 'closed'): LedgerCommand => ({
        ...{ kind: 'setWalletStatus', walletId: w('b'), status: to },
        ...(from ? { from } : {}),
      });
      expect(
        await codes(ledger, [set('blocked'), set('closed', 'open'), set('open', 'closed'), set('closed')]),
      ).toEqual([...['ok', 'WALLET_BLOCKED', 'WALLET_BLOCKED', 'WALLET_BLOCKED']]);
      expect(await codes(ledger, [set('open'), set('blocked', 'closed'), set('closed', 'open')])).toEqual([
        ...['ok', 'WALLET_STATE', 'ok'],
      ]);
    });

    it.each(['closed', 'blocked'] as const)('settles into a payee that is %s by then', async (status) => {
      const set = (to: 'open' | typeof status) => ({ kind: 'setWalletStatus' as const, walletId: w('b'), status: to });
      if (status === 'blocked') {
        await done(ledger, place('p', 'a', 'b', 300n));
        await done(ledger, set(status));
      } else {
        // A hold that was lost is put back although its payee was closed meanwhile.
        await done(ledger, set(status));
        await done(ledger, place('p', 'a', 'b', 300n, { rebuild: { heldAt: T0, suspenseWallet: w('s') } }));
      }
      const again = await openLedger(store, { clock });
      expect(await codes(again, [place('q', 'a', 'b', 1n)])).toEqual([`WALLET_${status.toUpperCase()}`]);
      expect((await done(again, settle('p'))).hold?.state).toBe('SETTLED');
      expect([await money(again, 'a'), await money(again, 'b')]).toEqual(['700/0', '300/0']);
      // Its owner gets at the money: the wallet is opened again.
      expect(await codes(again, [transfer('t', 'b', 'a', 300n), set('open'), transfer('t', 'b', 'a', 300n)])).toEqual([
        `WALLET_${status.toUpperCase()}`,
        'ok',
        'ok',
      ]);
      expect(await codes(again, [set('closed'), set('open')])).toEqual(['ok', 'WALLET_CLOSED']);
    });

    it('applies what gathered in one block and lets change be spent in it', async () => {
      const before = ledger.counts.blocks;
      const commands = [transfer('t1', 'a', 'b', 300n), transfer('t2', 'a', 'b', 300n), transfer('t3', 'b', 'a', 600n)];
      expect(await codes(ledger, commands)).toEqual(['ok', 'ok', 'ok']);
      expect(ledger.counts.blocks).toBe(before + 1);
      expect([await money(ledger, 'a'), await money(ledger, 'b')]).toEqual(['1000/0', '0/0']);
    });

    it('refuses one of two payments with funds for one, alone', async () => {
      expect(await codes(ledger, [place('p1', 'a', 'b', 700n), place('p2', 'a', 'b', 700n)])).toEqual([
        'ok',
        'FUNDS_INSUFFICIENT',
      ]);
      expect(await money(ledger, 'a')).toBe('300/700');
    });

    it('lets no debit reach held funds', async () => {
      await done(ledger, place('p1', 'a', 'b', 700n));
      expect(await codes(ledger, [transfer('t1', 'a', 'b', 301n), transfer('t2', 'a', 'b', 300n)])).toEqual([
        'FUNDS_INSUFFICIENT',
        'ok',
      ]);
      expect(await money(ledger, 'a')).toBe('0/700');
    });

    it('settles a hold once and answers the repetition as the first time', async () => {
      const placed = await held(ledger, place('p1', 'a', 'b', 400n));
      expect(placed).toMatchObject({
        state: 'HELD',
        amountMinor: 400n,
        heldAt: T0,
        debitWallet: 'a',
        creditWallet: 'b',
      });
      expect(await held(ledger, place('p1', 'a', 'b', 400n))).toEqual(placed);
      const settled = await held(ledger, settle('p1'));
      expect(settled).toMatchObject({ state: 'SETTLED', holdId: placed.holdId, reason: null });
      expect(await held(ledger, settle('p1'))).toEqual(settled);
      expect(await held(ledger, place('p1', 'a', 'b', 400n))).toEqual(settled);
      expect(await codes(ledger, [release('p1')])).toEqual(['HOLD_STATE']);
      expect([await money(ledger, 'a'), await money(ledger, 'b')]).toEqual(['600/0', '400/0']);
    });

    it('releases a hold once and gives the money back', async () => {
      await done(ledger, place('p1', 'a', 'b', 400n));
      const released = await held(ledger, release('p1'));
      expect(released).toMatchObject({ state: 'RELEASED', reason: 'CANCELLED', endedAt: T0 });
      expect(await held(ledger, release('p1'))).toEqual(released);
      expect(await codes(ledger, [settle('p1')])).toEqual(['HOLD_STATE']);
      expect(await money(ledger, 'a')).toBe('1000/0');
    });

    it('places and settles in one block', async () => {
      expect(await codes(ledger, [place('p1', 'a', 'b', 400n), settle('p1')])).toEqual(['ok', 'ok']);
      expect((await ledger.holds(['p1', 'p9'])).get('p1')?.state).toBe('SETTLED');
      expect(await money(ledger, 'b')).toBe('400/0');
    });

    it('names other terms a conflict and shows the hold', async () => {
      const placed = await held(ledger, place('p1', 'a', 'b', 400n));
      for (const command of [
        place('p1', 'a', 'b', 400n, { conditionHash: hash(2) }),
        settle('p1', hash(2)),
        release('p1', hash(2)),
      ]) {
        expect(await ledger.submit(command)).toMatchObject({
          ok: false,
          error: { code: 'TERMS_CONFLICT', hold: { holdId: placed.holdId, state: 'HELD' } },
        });
      }
      expect(await codes(ledger, [settle('p9'), release('p9')])).toEqual(['HOLD_UNKNOWN', 'HOLD_UNKNOWN']);
    });

    it('keeps a tombstone and answers it ever after', async () => {
      const stone = await held(ledger, tombstone('p1'));
      expect(stone).toMatchObject({ state: 'RELEASED', amountMinor: 0n, debitWallet: null, tokenIds: [] });
      expect(await held(ledger, tombstone('p1'))).toEqual(stone);
      expect(await codes(ledger, [place('p1', 'a', 'b', 1n)])).toEqual(['TERMS_CONFLICT']);
      await done(ledger, place('p2', 'a', 'b', 1n));
      expect((await held(ledger, tombstone('p2'))).state).toBe('HELD');
    });

    it('ends a hold that was placed before its wallets were blocked', async () => {
      await codes(ledger, [place('p1', 'a', 'b', 400n), place('p2', 'a', 'b', 100n)]);
      for (const walletId of [w('a'), w('b')]) {
        await done(ledger, { kind: 'setWalletStatus', walletId, status: 'blocked' });
      }
      expect(await codes(ledger, [settle('p1'), release('p2'), place('p3', 'a', 'b', 1n)])).toEqual([
        'ok',
        'ok',
        'WALLET_BLOCKED',
      ]);
      expect([await money(ledger, 'a'), await money(ledger, 'b')]).toEqual(['600/0', '400/0']);
    });

    it('rebuilds a lost hold under the same id, out of suspense when the funds are gone', async () => {
      const first = await held(ledger, place('p1', 'a', 'b', 400n));
      const other = await openLedger(await fresh());
      await codes(other, [open('a'), open('b'), open('s', 'suspense'), issue('i1', 's', 1000n), issue('i2', 'a', 50n)]);
      await done(other, { kind: 'setWalletStatus', walletId: w('a'), status: 'blocked' });
      const rebuild = { heldAt: T0 - 5, suspenseWallet: w('s') };
      const again = await held(other, place('p1', 'a', 'b', 400n, { rebuild }));
      expect(again).toMatchObject({ holdId: first.holdId, state: 'HELD', debitWallet: 's', heldAt: T0 - 5 });
      expect(await held(other, place('p2', 'a', 'b', 50n, { rebuild }))).toMatchObject({ debitWallet: 'a' });
      expect(await codes(other, [place('p3', 'a', 'b', 601n, { rebuild })])).toEqual(['FUNDS_INSUFFICIENT']);
    });

    it('replaces a row of other terms in a rebuild, its money first, but never a settled one', async () => {
      await codes(ledger, [place('p1', 'a', 'b', 900n), tombstone('p2'), place('p3', 'a', 'b', 50n), settle('p3')]);
      const more = { rebuild: { heldAt: T0, suspenseWallet: w('s') }, conditionHash: hash(2) };
      const commands = ['p1', 'p2', 'p3'].map((ref) => place(ref, 'a', 'b', ref === 'p1' ? 800n : 100n, more));
      expect(await codes(ledger, commands)).toEqual(['ok', 'ok', 'TERMS_CONFLICT']);
      expect(await money(ledger, 'a')).toBe('50/900');
      expect(await codes(ledger, [settle('p1', hash(2)), release('p2', hash(2))])).toEqual(['ok', 'ok']);
      expect([await money(ledger, 'a'), await money(ledger, 'b')]).toEqual(['150/0', '850/0']);
    });

    it('keeps the register of accounts under keyed hashes', async () => {
      await done(ledger, open('sett', 'settlement', bic('AAAAKZ20XXX')));
      const account = (accountId: string, id: string) =>
        ({ kind: 'registerAccount', agentBic: bic('AAAAKZ20XXX'), accountId, walletId: w(id) }) as const;
      expect(
        await codes(ledger, [account('KZ01', 'a'), account('KZ01', 'a'), account('KZ01', 'b'), account('KZ02', 'zz')]),
      ).toEqual(['ok', 'ok', 'ACCOUNT_TAKEN', 'WALLET_UNKNOWN']);
      const questions = ['KZ09', 'KZ01'].map((accountId) => ({ agentBic: BANK, accountId }));
      expect((await ledger.resolveAccounts(questions)).map((found) => found?.walletId ?? null)).toEqual([null, 'a']);
      expect((await ledger.settlementWallet(bic('AAAAKZ20XXX')))?.walletId).toBe('sett');
      expect(await codes(ledger, [open('sett2', 'settlement')])).toEqual(['WALLET_EXISTS']);
    });

    it('answers open holds oldest first, in pages', async () => {
      for (const ref of ['p3', 'p1', 'p2']) {
        await done(ledger, place(ref, 'a', 'b', 1n));
        clock.advance(1);
      }
      await done(ledger, settle('p1'));
      const [first] = await ledger.openHolds('pvp', null, 1);
      const rest = await ledger.openHolds('pvp', first!, 10);
      expect([first!.conditionRef, ...rest.map((hold) => hold.conditionRef)]).toEqual(['p3', 'p2']);
      expect(await ledger.openHolds('event', null, 10)).toEqual([]);
      clock.advance(-3);
    });

    it('pays out of many small tokens without reading them all, and out of all of them', async () => {
      await codes(
        ledger,
        Array.from({ length: 1500 }, (_, i) => issue(`small-${i}`, 'b', 1n)),
      );
      await done(ledger, issue('large', 'b', 500n));
      const before = ledger.counts.tokensLoaded;
      await done(ledger, transfer('t1', 'b', 'a', 400n));
      expect(ledger.counts.tokensLoaded - before).toBeLessThanOrEqual(8);
      await done(ledger, transfer('t2', 'b', 'a', 1600n));
      expect(await money(ledger, 'b')).toBe('0/0');
      expect(await store.sums()).toMatchObject({ walletMismatchCount: 0, unspentMinor: 3000n });
    });

    it('refuses an unaffordable payment without reading the tokens', async () => {
      await codes(
        ledger,
        Array.from({ length: 600 }, (_, i) => issue(`small-${i}`, 'b', 1n)),
      );
      const before = ledger.counts.tokensLoaded;
      expect(await codes(ledger, [transfer('t1', 'b', 'a', 601n)])).toEqual(['FUNDS_INSUFFICIENT']);
      expect(ledger.counts.tokensLoaded - before).toBeLessThanOrEqual(8);
    });

    it('merges small tokens in the background', async () => {
      const policy = { tokenCountMax: 10, inputCountMax: 20, queuedMax: 4 };
      const busy = await openLedger(store, { consolidation: policy });
      await codes(
        busy,
        Array.from({ length: 60 }, (_, i) => issue(`small-${i}`, 'b', BigInt(i + 1))),
      );
      await busy.idle();
      const [row] = await store.wallets([w('b')]);
      expect(row!.tokenCount).toBeLessThanOrEqual(10);
      expect(row!.availableMinor).toBe(1830n);
      expect((await store.sums()).walletMismatchCount).toBe(0);
    });

    it('chains signed blocks that verify offline, and shows every change to them', async () => {
      await codes(ledger, [transfer('t1', 'a', 'b', 300n), transfer('t2', 'a', 'b', 300n), place('p1', 'a', 'b', 1n)]);
      await done(ledger, settle('p1'));
      const blocks = await store.blocks(1n, 100);
      const check = (chain: typeof blocks) => verifyChain(IDENTITY, chain, NOTARY, verifySignature)?.fault ?? null;
      expect(check(blocks)).toBeNull();
      const tampered = (change: object) => [{ ...blocks[0]!, header: { ...blocks[0]!.header, ...change } }];
      for (const change of [{ time: 1 }, { merkleRoot: hash(3) }, { transactionCount: 9 }, { epoch: 2n }]) {
        expect(check(tampered(change))).toBe('HEADER_HASH');
      }
      expect(check(blocks.slice(1))).toBe('SEQUENCE');
      expect(check([{ ...blocks[0]!, signature: new Uint8Array(64) }])).toBe('SIGNATURE');
      expect(check(tampered({ previousHash: hash(3) }))).toBe('PREVIOUS_HASH');
    });

    it('proves that a transaction stands in its block and what it spent and made', async () => {
      await codes(ledger, [transfer('t1', 'a', 'b', 300n), transfer('t2', 'a', 'b', 300n), place('p1', 'a', 'b', 1n)]);
      const { header } = (await store.block(2n))!;
      const rows = await store.blockTransactions(2n);
      const ids = rows.map((row) => row.transactionId);
      rows.forEach((row, position) => {
        expect(verifyInclusion(header, row.transactionId, inclusionProof(ids, position))).toBe(true);
      });
      expect(verifyInclusion(header, hash(1), inclusionProof(ids, 0))).toBe(false);
      const second = decodeTransaction((await store.transaction(ids[1]!))!.body);
      const first = decodeTransaction(rows[0]!.body);
      const [spent] = second.inputs;
      expect([{ ...spent, tokenId: new Uint8Array(spent!.tokenId) }]).toEqual([first.outputs[1]]);
      expect(second.outputs.map(({ walletId, amountMinor }) => `${walletId} ${amountMinor}`)).toEqual([
        'b 300',
        'a 400',
      ]);
    });

    it('shows postings in statements, newest first, in pages', async () => {
      await codes(ledger, [transfer('t1', 'a', 'b', 300n), place('p1', 'a', 'b', 20n), place('p2', 'a', 'b', 1n)]);
      await codes(ledger, [settle('p1'), release('p2'), transfer('t2', 'b', 'a', 5n)]);
      const page = await store.statement(w('a'), null, 2);
      const rest = await store.statement(w('a'), page.at(-1)!, 10);
      const shown = [...page, ...rest].map((entry) => `${entry.direction} ${entry.amountMinor} ${entry.reference}`);
      expect(shown).toEqual(['credit 5 t2', 'debit 20 p1', 'debit 300 t1', 'credit 1000 i1']);
      expect(page[0]).toMatchObject({ counterparty: 'b', time: T0, kind: 'transfer' });
    });

    it('goes on with existing data under a higher epoch and fences the older writer', async () => {
      await done(ledger, place('p1', 'a', 'b', 400n));
      const second = await openLedger(store);
      expect(second.epoch()).toBe(ledger.epoch() + 1n);
      await done(second, settle('p1'));
      await expect(ledger.submit(transfer('t1', 'a', 'b', 1n))).rejects.toThrow(LedgerFencedError);
      await expect(ledger.submit(transfer('t1', 'a', 'b', 1n))).rejects.toThrow(LedgerFencedError);
      expect(await money(second, 'a')).toBe('600/0');
      expect(verifyChain(IDENTITY, await store.blocks(1n, 100), NOTARY, verifySignature)).toBeNull();
    });

    it('writes nothing for refusals and repetitions', async () => {
      const before = (await store.head()).sequence;
      expect(
        await codes(ledger, [
          transfer('t1', 'a', 'b', 1001n),
          issue('i1', 'a', 1000n),
          issue('i1', 'a', 999n),
          open('a'),
        ]),
      ).toEqual(['FUNDS_INSUFFICIENT', 'ok', 'IDEMPOTENCY_CONFLICT', 'ok']);
      expect((await store.head()).sequence).toBe(before);
    });

    it('answers a repeated reference with the first outcome', async () => {
      const first = await done(ledger, transfer('t1', 'a', 'b', 10n));
      await done(ledger, transfer('t2', 'a', 'b', 10n));
      expect(await done(ledger, transfer('t1', 'a', 'b', 10n))).toEqual(first);
      expect(await money(ledger, 'b')).toBe('20/0');
    });
  });
}
