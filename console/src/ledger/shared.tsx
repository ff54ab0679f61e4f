/** What the parts of a ledger's page have in common. */
import type { Token, WalletBalance } from '../api.js';
import { t } from '../i18n/index.js';
import type { Change } from '../live.js';
import { useResource } from '../resource.js';
import { href } from '../route.js';
import { may, useSession } from '../session.js';

/** A payment moves money of a ledger too. */
export const touchesLedger =
  (code: string) =>
  (change: Change): boolean =>
    change.topic === 'everything' ||
    change.topic === 'payments' ||
    change.topic === 'heartbeat' ||
    (change.topic === 'ledgers' && change.codes.includes(code));

const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/;
const ENTRY_ID = /^[\x21-\x7e]{1,128}$/;
const TOKEN_ID = /^[0-9a-f]{72}$/;
const SEQUENCE = /^[1-9]\d{0,17}$/;

/** What is wrong with an id that somebody typed; null where nothing is. */
export const faultOf = {
  bic: (text: string) => (BIC.test(text) ? null : t('filter.bank.fault')),
  entry: (text: string) => (ENTRY_ID.test(text) ? null : t('id.fault')),
  token: (text: string) => (TOKEN_ID.test(text) ? null : t('token.fault')),
  block: (text: string) => (SEQUENCE.test(text) ? null : t('block.fault')),
} as const;

export type TreeKind = 'marks' | 'agreements' | 'tokens';

export const treeHref = (code: string, kind: TreeKind, id: string, direction = ''): string =>
  href(['ledgers', code, 'tree', kind, id], { direction });

/** Leads to a transaction, for one of its parties and for the operator. */
export const TransactionLink = ({ code, id, short = 16 }: { code: string; id: string; short?: number }) => (
  <a href={href(['ledgers', code, 'transactions', id])} title={id}>
    <code>{id.slice(0, short)}…</code>
  </a>
);

/** A block by its number. */
export const BlockLink = ({ code, sequence }: { code: string; sequence: string }) => (
  <a href={href(['ledgers', code, 'blocks', sequence])}>{sequence}</a>
);

export type MayTrace = (token: Pick<Token, 'walletId' | 'markId'>) => boolean;

const WALLETS_MAX = 500;

/** Whose token's tree the caller is shown: the issuer everybody's, others of wallets and of the mark that are their own. */
export function useTracing(code: string, ownMark: string | null = null): MayTrace {
  const { api, me } = useSession();
  const isHolder = may.readTree.tokens(me) && me.role !== 'issuer';
  const own = useResource(
    async (signal) => {
      if (!isHolder) return new Set<string>();
      const { wallets } = await api.read<{ wallets: WalletBalance[] }>(
        `/v1/ledgers/${code}/wallets?owner=${me.bic}&limit=${WALLETS_MAX}`,
        { signal },
      );
      return new Set(wallets.map(({ walletId }) => walletId));
    },
    [api, code],
  );
  return ({ walletId, markId }) =>
    me.role === 'issuer' ||
    (isHolder && ((own.data?.has(walletId) ?? false) || (ownMark !== null && markId === ownMark)));
}

/** Both ways from a token. */
export const TokenLinks = ({ code, tokenId }: { code: string; tokenId: string }) => (
  <span class="links">
    <a href={treeHref(code, 'tokens', tokenId)}>{t('tree.back')}</a>{' '}
    <a href={treeHref(code, 'tokens', tokenId, 'forward')}>{t('tree.forward')}</a>
  </span>
);

export const BackToLedger = ({ code }: { code: string }) => (
  <p>
    <a href={href(['ledgers', code])}>← {t('ledger.back', { ledger: code })}</a>
  </p>
);
