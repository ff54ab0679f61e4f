import { equalBytes } from '../kernel/hash.js';
import type { WalletId } from '../kernel/ids.js';
import type { FormedBlock } from './block.js';
import {
  type BlockView,
  type LedgerHead,
  pocketKey,
  type StoredView,
  type Token,
  type TokenCursor,
  type WalletRow,
} from './model.js';
import type { LedgerStore, TokenPage } from './store.js';
import type { Hold } from './types.js';
import { type BlockRequest, FIRST_PAGE_COUNT } from './view-request.js';
import { byAmountDescending, walletsOfHold } from './working.js';

/**
 * What the writer remembers of the store from block to block: wallets, the largest free tokens of pockets that pay, and
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
  /** Pockets whose tokens are remembered, and tokens of one pocket. */
  readonly pools: number;
  readonly poolTokens: number;
}

const LIMITS: WorkingSetLimits = { wallets: 20_000, holds: 10_000, pools: 5_000, poolTokens: 64 };

/** The largest free tokens of a pocket, in order. `end` null: they are all; else more may come after it. */
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
  const pools = new Map<string, Pool>();
  let known: LedgerHead | null = null;

  const putWallet = (row: WalletRow) => remember(wallets, row.walletId, row, limits.wallets);
  const putHold = (open: OpenHold) => remember(holds, open.hold.conditionRef, open, limits.holds);
  const putPool = (key: string, pool: Pool) => remember(pools, key, pool, limits.pools);

  /** What is not remembered of the keys asked for, and the wallets of remembered holds with them. */
  const readRest = async (request: BlockRequest, ofHolds: readonly WalletId[]): Promise<StoredView> => {
    const rest = {
      ...request,
      walletIds: [...new Set([...request.walletIds, ...ofHolds])].filter((id) => !wallets.has(id)),
      conditionRefs: request.conditionRefs.filter((ref) => !holds.has(ref)),
    };
    const { walletIds, conditionRefs, institutions, closing, accounts, references, pockets, entries } = rest;
    const asked = [walletIds, conditionRefs, institutions, closing, accounts, references, pockets, entries];
    const isKnown = asked.every((keys) => keys.length === 0);
    return isKnown ? emptyView() : store.loadView(rest);
  };

  const readTokens = async (pages: readonly TokenPage[]): Promise<Pick<BlockView, 'tokens' | 'cursors'>> => {
    const wanted = new Map(
      pages.map(({ walletId, markId, markLevel }) => {
        const pocket = { walletId, markId, markLevel };
        return [pocketKey(pocket), pocket] as const;
      }),
    );
    const missing = [...wanted].filter(([key]) => !pools.has(key));
    const given = new Map([...wanted.keys()].map((key) => [key, pools.get(key)] as const));
    if (missing.length > 0) {
      const limit = FIRST_PAGE_COUNT;
      const largest = byPocket(
        await store.loadTokens(missing.map(([, pocket]) => ({ ...pocket, from: 'largest', after: null, limit }))),
      );
      for (const [key] of missing) {
        const tokens = largest.get(key) ?? [];
        const pool = { tokens, end: tokens.length < limit ? null : tokens.at(-1)! };
        given.set(key, pool);
        putPool(key, pool);
      }
    }
    const tokens = new Map([...given].map(([key, pool]) => [key, [...pool!.tokens]]));
    const smallest = pages.filter((page) => page.from === 'smallest');
    if (smallest.length > 0) {
      for (const [key, more] of byPocket(await store.loadTokens(smallest)))
        tokens.set(key, united(tokens.get(key) ?? [], more));
    }
    const cursors = new Map<string, TokenCursor>();
    for (const [key, pool] of given) if (pool?.end) cursors.set(key, pool.end);
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
    const ofHolds = open.flatMap(({ hold }) => walletsOfHold(hold));
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

  /** The largest tokens of a pocket after the block: what is left of the view, or what it made beside those remembered. */
  const keepPool = (view: BlockView, key: string, left: readonly Token[]): void => {
    const inView = view.tokens.has(key);
    const before = pools.get(key);
    if (!inView && !before) return;
    const end = inView ? (view.cursors.get(key) ?? null) : before!.end;
    const all = inView ? left : united(before!.tokens, left);
    const tokens = end ? all.filter((token) => byAmountDescending(token, end) <= 0) : all;
    const kept = tokens.slice(0, limits.poolTokens);
    putPool(key, { tokens: kept, end: kept.length < tokens.length ? kept.at(-1)! : end });
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
      for (const [key, left] of formed.freeTokens) keepPool(view, key, left);
    },
  };
}

const emptyView = (): StoredView => ({
  wallets: new Map(),
  soleWallets: new Map(),
  awaited: new Set(),
  accounts: new Map(),
  references: new Map(),
  holds: new Map(),
  heldTokens: new Map(),
  pockets: new Map(),
  entries: new Map(),
});

function byPocket(tokens: readonly Token[]): Map<string, Token[]> {
  const groups = new Map<string, Token[]>();
  for (const token of tokens) {
    const key = pocketKey(token);
    const group = groups.get(key);
    if (group) group.push(token);
    else groups.set(key, [token]);
  }
  return groups;
}

/** Tokens of both lists, each once, in order. */
function united(a: readonly Token[], b: readonly Token[]): Token[] {
  const place = (token: Token) => `${token.madeIn}/${token.madeAt}`;
  const once = new Map([...a, ...b].map((token) => [place(token), token]));
  return [...once.values()].sort(byAmountDescending);
}
