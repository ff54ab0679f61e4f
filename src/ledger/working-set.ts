import { equalBytes } from '../kernel/hash.js';
import type { WalletId } from '../kernel/ids.js';
import type { FormedBlock } from './block.js';
import type { BlockView, LedgerHead, StoredView, Token, TokenCursor, WalletRow } from './model.js';
import type { LedgerStore, TokenPage } from './store.js';
import type { Hold } from './types.js';
import { type BlockRequest, FIRST_PAGE_COUNT } from './view-request.js';
import { byAmountDescending } from './working.js';

/**
 * What the writer remembers of the store from block to block: wallets, the largest free tokens of those that pay, and
 * open holds, all as of one head. The store accepts a block on that head only, and a batch that makes no block is
 * answered after its head was compared, so that what another writer or a failover made stale is refused there and then
 * forgotten: memory saves reads and vouches for nothing.
 */
export interface WorkingSet {
  /** The state that a batch may touch, as of `head`; reads only what is not remembered. */
  load(head: LedgerHead, request: BlockRequest): Promise<BlockView>;
  /** Takes over what a committed block made of its view. */
  committed(view: BlockView, formed: FormedBlock, head: LedgerHead): void;
  /** The head as of which it remembers; null before the first block. */
  head(): LedgerHead | null;
  openHold(conditionRef: string): Hold | undefined;
  /** After a block whose outcome is in doubt: reads must not answer what it may have changed. */
  forget(): void;
}

/** Most entries remembered of each kind; those unchanged for longest go first. */
export interface WorkingSetLimits {
  readonly wallets: number;
  readonly holds: number;
  /** Wallets whose tokens are remembered, and tokens of one wallet. */
  readonly pools: number;
  readonly poolTokens: number;
}

const LIMITS: WorkingSetLimits = { wallets: 20_000, holds: 10_000, pools: 5_000, poolTokens: 64 };

/** The largest free tokens of a wallet, in order. `end` null: they are all; else more may come after it. */
interface Pool {
  readonly tokens: readonly Token[];
  readonly end: TokenCursor | null;
}

interface OpenHold {
  readonly hold: Hold;
  readonly tokens: readonly Token[];
}

/** Puts an entry; where they are too many it goes to the young end and the oldest leaves. */
function remember<K, V>(entries: Map<K, V>, key: K, value: V, limit: number): void {
  if (entries.size >= limit) entries.delete(key);
  entries.set(key, value);
  if (entries.size > limit) entries.delete(entries.keys().next().value as K);
}

/** The same block of the same epoch. */
export const isSameHead = (a: LedgerHead, b: LedgerHead): boolean =>
  a.epoch === b.epoch && a.sequence === b.sequence && equalBytes(a.hash, b.hash);

export function createWorkingSet(
  store: Pick<LedgerStore, 'loadView' | 'loadTokens'>,
  limits: WorkingSetLimits = LIMITS,
): WorkingSet {
  const wallets = new Map<WalletId, WalletRow>();
  const holds = new Map<string, OpenHold>();
  const pools = new Map<WalletId, Pool>();
  let known: LedgerHead | null = null;

  const putWallet = (row: WalletRow) => remember(wallets, row.walletId, row, limits.wallets);
  const putHold = (open: OpenHold) => remember(holds, open.hold.conditionRef, open, limits.holds);
  const putPool = (walletId: WalletId, pool: Pool) => remember(pools, walletId, pool, limits.pools);

  /** What is not remembered of the keys asked for, and the wallets of remembered holds with them. */
  const readRest = async (request: BlockRequest, ofHolds: readonly WalletId[]): Promise<StoredView> => {
    const rest = {
      ...request,
      walletIds: [...new Set([...request.walletIds, ...ofHolds])].filter((id) => !wallets.has(id)),
      conditionRefs: request.conditionRefs.filter((ref) => !holds.has(ref)),
    };
    const { walletIds, conditionRefs, institutions, accounts, references } = rest;
    const isKnown = [walletIds, conditionRefs, institutions, accounts, references].every((keys) => keys.length === 0);
    return isKnown ? emptyView() : store.loadView(rest);
  };

  const readTokens = async (pages: readonly TokenPage[]): Promise<Pick<BlockView, 'tokens' | 'cursors'>> => {
    const walletIds = [...new Set(pages.map((page) => page.walletId))];
    const missing = walletIds.filter((walletId) => !pools.has(walletId));
    const given = new Map(walletIds.map((walletId) => [walletId, pools.get(walletId)] as const));
    if (missing.length > 0) {
      const limit = FIRST_PAGE_COUNT;
      const largest = byWallet(
        await store.loadTokens(missing.map((walletId) => ({ walletId, from: 'largest', after: null, limit }))),
      );
      for (const walletId of missing) {
        const tokens = largest.get(walletId) ?? [];
        const pool = { tokens, end: tokens.length < limit ? null : tokens.at(-1)! };
        given.set(walletId, pool);
        putPool(walletId, pool);
      }
    }
    const tokens = new Map([...given].map(([walletId, pool]) => [walletId, [...pool!.tokens]]));
    const smallest = pages.filter((page) => page.from === 'smallest');
    if (smallest.length > 0) {
      for (const [walletId, more] of byWallet(await store.loadTokens(smallest)))
        tokens.set(walletId, united(tokens.get(walletId) ?? [], more));
    }
    const cursors = new Map<WalletId, TokenCursor>();
    for (const [walletId, pool] of given) if (pool?.end) cursors.set(walletId, pool.end);
    return { tokens, cursors };
  };

  const forget = (): void => {
    known = null;
    for (const entries of [wallets, holds, pools]) entries.clear();
  };

  const load: WorkingSet['load'] = async (head, request) => {
    if (known === null || !isSameHead(known, head)) forget();
    known = head;
    // Taken before anything is read: reading may push older entries out.
    const open = request.conditionRefs.flatMap((ref) => holds.get(ref) ?? []);
    const ofHolds = open.flatMap(({ hold }) => [hold.debitWallet, hold.creditWallet]).filter((id) => id !== null);
    const rows = [...request.walletIds, ...ofHolds].flatMap((id) => wallets.get(id) ?? []);
    const stored = await readRest(request, ofHolds);
    const view = { head, ...stored, ...(await readTokens(request.tokenPages)) };
    for (const row of stored.wallets.values()) putWallet(row);
    for (const [ref, hold] of stored.holds)
      if (hold.state === 'HELD') putHold({ hold, tokens: stored.heldTokens.get(ref) ?? [] });
    for (const row of rows) view.wallets.set(row.walletId, row);
    for (const { hold, tokens } of open) {
      view.holds.set(hold.conditionRef, hold);
      view.heldTokens.set(hold.conditionRef, tokens);
    }
    return view;
  };

  /** The largest tokens of a wallet after the block: what is left of the view, or what it made beside those remembered. */
  const keepPool = (view: BlockView, walletId: WalletId, left: readonly Token[]): void => {
    const inView = view.tokens.has(walletId);
    const before = pools.get(walletId);
    if (!inView && !before) return;
    const end = inView ? (view.cursors.get(walletId) ?? null) : before!.end;
    const all = inView ? left : united(before!.tokens, left);
    const tokens = end ? all.filter((token) => byAmountDescending(token, end) <= 0) : all;
    const kept = tokens.slice(0, limits.poolTokens);
    putPool(walletId, { tokens: kept, end: kept.length < tokens.length ? kept.at(-1)! : end });
  };

  return {
    load,
    forget,
    head: () => known,
    openHold: (conditionRef) => holds.get(conditionRef)?.hold,
    committed(view, formed, head) {
      known = head;
      const { mutations } = formed;
      mutations.walletsOpened.forEach(putWallet);
      mutations.wallets.forEach(putWallet);
      for (const changes of [mutations.holdsPlaced, mutations.holdsReplaced, mutations.holdsEnded]) {
        for (const { hold, token } of changes) {
          if (hold.state === 'HELD' && token) putHold({ hold, tokens: [token] });
          else holds.delete(hold.conditionRef);
        }
      }
      for (const [walletId, left] of formed.freeTokens) keepPool(view, walletId, left);
    },
  };
}

const emptyView = (): StoredView => ({
  wallets: new Map(),
  settlementWallets: new Map(),
  accounts: new Map(),
  references: new Map(),
  holds: new Map(),
  heldTokens: new Map(),
});

function byWallet(tokens: readonly Token[]): Map<WalletId, Token[]> {
  const groups = new Map<WalletId, Token[]>();
  for (const token of tokens) {
    const group = groups.get(token.walletId);
    if (group) group.push(token);
    else groups.set(token.walletId, [token]);
  }
  return groups;
}

/** Tokens of both lists, each once, in order. */
function united(a: readonly Token[], b: readonly Token[]): Token[] {
  const place = (token: Token) => `${token.madeIn}/${token.madeAt}`;
  const once = new Map([...a, ...b].map((token) => [place(token), token]));
  return [...once.values()].sort(byAmountDescending);
}
