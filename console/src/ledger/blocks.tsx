/** What a ledger proves of itself: supply, blocks, one block, one transaction. */
import { useState } from 'preact/hooks';
import type { Block, LedgerTransaction, Supply, Token, WholeBlock } from '../api.js';
import { codeText, t } from '../i18n/index.js';
import { useResource } from '../resource.js';
import { go, href } from '../route.js';
import { useSession } from '../session.js';
import { Amount, At, Empty, Id, LookUp, Panel, Shown, Table } from '../ui/parts.js';
import {
  BackToLedger,
  BlockLink,
  faultOf,
  type MayTrace,
  TokenLinks,
  TransactionLink,
  touchesLedger,
  useTracing,
} from './shared.js';

const BLOCKS_SHOWN = 8;

export function SupplyPanel({ code }: { code: string }) {
  const { api } = useSession();
  const supply = useResource(
    (signal) => api.read<Supply>(`/v1/ledgers/${code}/supply`, { signal }),
    [api, code],
    touchesLedger(code),
  );
  return (
    <Panel title={t('ledger.supply')} wide>
      <Shown of={supply}>
        {({ supply: out, issued, redeemed, blockSequence }) => (
          <dl class="figures">
            {(
              [
                [t('ledger.out'), out],
                [t('ledger.issued'), issued],
                [t('ledger.redeemed'), redeemed],
              ] as const
            ).map(([name, money]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <Amount money={money} />
                </dd>
              </div>
            ))}
            <div>
              <dt>{t('ledger.block')}</dt>
              <dd>{blockSequence}</dd>
            </div>
          </dl>
        )}
      </Shown>
    </Panel>
  );
}

/** The newest blocks, which follow the ledger, or older ones, which stay. */
export function BlocksPanel({ code }: { code: string }) {
  const { api } = useSession();
  const [upTo, setUpTo] = useState<number | null>(null);
  const blocks = useResource(
    async (signal) => {
      const read = (sequence: number | string) => api.read<Block>(`/v1/ledgers/${code}/blocks/${sequence}`, { signal });
      const newest = upTo === null ? await read('latest') : null;
      const last = upTo ?? Number(newest?.sequence);
      const wanted = Array.from({ length: Math.min(BLOCKS_SHOWN, last) }, (_, i) => last - i);
      return Promise.all(wanted.map((sequence) => (`${sequence}` === newest?.sequence ? newest : read(sequence))));
    },
    [api, code, upTo],
    (change) => upTo === null && touchesLedger(code)(change),
  );
  const oldest = Number(blocks.data?.at(-1)?.sequence ?? 1);
  return (
    <Panel
      title={t(upTo === null ? 'ledger.blocks' : 'ledger.blocksOlder')}
      actions={
        <span class="actions">
          {upTo === null ? null : (
            <button type="button" onClick={() => setUpTo(null)}>
              {t('ledger.newest')}
            </button>
          )}
          <button type="button" disabled={oldest <= 1} onClick={() => setUpTo(oldest - 1)}>
            {t('ledger.older')}
          </button>
        </span>
      }
    >
      <LookUp
        id="block"
        label={t('ledger.block')}
        size={12}
        fault={faultOf.block}
        onGo={(sequence) => go(['ledgers', code, 'blocks', sequence])}
      />
      <Shown of={blocks}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty what={t('ledger.noBlocks')} hint={t('ledger.noBlocks.hint')} />
          ) : (
            <Table
              label={t('ledger.blocks')}
              head={[t('ledger.block'), t('ledger.time'), t('ledger.transactions'), t('ledger.hash')]}
            >
              {rows.map(({ sequence, time, transactionCount, hash }) => (
                <tr key={sequence}>
                  <td>
                    <BlockLink code={code} sequence={sequence} />
                  </td>
                  <td>
                    <At iso={time} />
                  </td>
                  <td class="num">{transactionCount}</td>
                  <td>
                    <Id text={hash} short={16} />
                  </td>
                </tr>
              ))}
            </Table>
          )
        }
      </Shown>
    </Panel>
  );
}

/** A block: what is signed in it, and the transactions that it has. */
export function BlockPage({ code, sequence }: { code: string; sequence: string }) {
  const { api, me } = useSession();
  const block = useResource(
    (signal) => api.read<WholeBlock>(`/v1/ledgers/${code}/blocks/${encodeURIComponent(sequence)}`, { signal }),
    [api, code, sequence],
  );
  const number = Number(sequence);
  return (
    <>
      <BackToLedger code={code} />
      <header class="page-head">
        <h1>{t('block.title', { block: sequence })}</h1>
        {number > 1 ? <a href={href(['ledgers', code, 'blocks', `${number - 1}`])}>← {number - 1}</a> : null}
        {Number.isSafeInteger(number) ? (
          <a href={href(['ledgers', code, 'blocks', `${number + 1}`])}>{number + 1} →</a>
        ) : null}
      </header>
      <Shown of={block}>
        {({ time, hash, previousHash, merkleRoot, signature, transactionIds }) => (
          <div class="panels">
            <Panel title={t('block.signed')}>
              <dl class="facts">
                <dt>{t('ledger.time')}</dt>
                <dd>
                  <At iso={time} whole />
                </dd>
                {(
                  [
                    [t('ledger.hash'), hash],
                    [t('block.previous'), previousHash],
                    [t('block.root'), merkleRoot],
                    [t('block.signature'), signature],
                  ] as const
                ).map(([name, text]) => (
                  <>
                    <dt key={name}>{name}</dt>
                    <dd>
                      <Id text={text} short={32} />
                    </dd>
                  </>
                ))}
              </dl>
            </Panel>
            <Panel title={t('ledger.transactions')}>
              <ul class="plain-list">
                {transactionIds.map((id) => (
                  <li key={id}>
                    {me.role === 'operator' ? (
                      <TransactionLink code={code} id={id} short={40} />
                    ) : (
                      <Id text={id} short={40} />
                    )}
                  </li>
                ))}
              </ul>
            </Panel>
          </div>
        )}
      </Shown>
    </>
  );
}

const Tokens = ({ code, title, tokens, mayTrace }: TokensProps) => (
  <Panel title={title}>
    {tokens.length === 0 ? (
      <p class="muted">{t('token.none')}</p>
    ) : (
      <Table label={title} head={[t('wallet.wallet'), t('payment.amount'), t('wallet.marked'), t('tree.title')]}>
        {tokens.map((token) => (
          <tr key={token.tokenId}>
            <td>
              <code>{token.walletId}</code>
            </td>
            <td class="num">
              <Amount money={token} />
            </td>
            <td>{token.markId ?? '–'}</td>
            <td>{mayTrace(token) ? <TokenLinks code={code} tokenId={token.tokenId} /> : '–'}</td>
          </tr>
        ))}
      </Table>
    )}
  </Panel>
);
interface TokensProps {
  readonly code: string;
  readonly title: string;
  readonly tokens: readonly Token[];
  readonly mayTrace: MayTrace;
}

/** A transaction: which tokens it spent and made, and in which block it is proved. */
export function TransactionPage({ code, id }: { code: string; id: string }) {
  const { api } = useSession();
  const mayTrace = useTracing(code);
  const transaction = useResource(
    (signal) => api.read<LedgerTransaction>(`/v1/ledgers/${code}/transactions/${encodeURIComponent(id)}`, { signal }),
    [api, code, id],
  );
  return (
    <>
      <BackToLedger code={code} />
      <header class="page-head">
        <h1>{t('transaction.title')}</h1>
        <Id text={id} short={24} />
      </header>
      <Shown of={transaction}>
        {(data) => (
          <>
            <dl class="facts">
              <dt>{t('wallet.posting')}</dt>
              <dd>{codeText('posting', data.kind)}</dd>
              <dt>{t('payment.amount')}</dt>
              <dd>
                <Amount money={data} />
              </dd>
              <dt>{t('payment.from')}</dt>
              <dd>
                <code>{data.debitWallet ?? '–'}</code>
              </dd>
              <dt>{t('payment.to')}</dt>
              <dd>
                <code>{data.creditWallet ?? '–'}</code>
              </dd>
              <dt>{t('transaction.reference')}</dt>
              <dd>
                <code>{data.reference ?? '–'}</code>
              </dd>
              <dt>{t('ledger.block')}</dt>
              <dd>
                <BlockLink code={code} sequence={data.blockSequence} /> · <At iso={data.block.time} whole />
              </dd>
            </dl>
            <div class="panels">
              <Tokens code={code} title={t('transaction.spent')} tokens={data.inputs} mayTrace={mayTrace} />
              <Tokens code={code} title={t('transaction.made')} tokens={data.outputs} mayTrace={mayTrace} />
            </div>
          </>
        )}
      </Shown>
    </>
  );
}
