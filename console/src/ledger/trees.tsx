/** Trees of money to choose from, and one of them as a picture. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Agreement, Mark, TreeEdge, TreeNode } from '../api.js';
import { amount, codeText, shortTime, t } from '../i18n/index.js';
import { usePages } from '../resource.js';
import { go, place } from '../route.js';
import { may, useSession } from '../session.js';
import { type Graph as GraphOf, graphOf, type Part as PartOf, tokenBox } from '../tree/graph.js';
import { layOut } from '../tree/layout.js';
import { Amount, At, Badge, Empty, Id, Loading, LookUp, More, Panel, Problem, Shown, Table } from '../ui/parts.js';
import { Picture } from '../ui/picture.js';
import {
  BackToLedger,
  BlockLink,
  faultOf,
  type MayTrace,
  TokenLinks,
  type TreeKind,
  touchesLedger,
  treeHref,
  useTracing,
} from './shared.js';
import { PICTURE_MAX, type ReadTree, useTree } from './tree-reading.js';

type Graph = GraphOf<TreeNode, TreeEdge>;
type Part = PartOf<TreeNode, TreeEdge>;

const KINDS = ['marks', 'agreements', 'tokens'] as const;

function MarkList({ code }: { code: string }) {
  const { api, me } = useSession();
  const owner: Readonly<Record<string, string>> = me.role === 'oracle' ? {} : { owner: me.bic };
  const marks = usePages(
    async (after, signal) => {
      const given = new URLSearchParams({ ...owner, ...(after === null ? {} : { after }) });
      const page = await api.read<{ marks: Mark[]; next: string | null }>(`/v1/ledgers/${code}/marks?${given}`, {
        signal,
      });
      return { rows: page.marks, next: page.next };
    },
    [api, code],
    touchesLedger(code),
  );
  return (
    <>
      <Shown of={marks}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty what={t('marks.none')} hint={t('marks.none.hint')} />
          ) : (
            <Table label={t('tree.marks')} head={[t('tree.marks.one'), t('mark.rule'), t('mark.owner')]}>
              {rows.map(({ markId, rule, ownerBic, expired }) => (
                <tr key={markId}>
                  <td>
                    <a href={treeHref(code, 'marks', markId)}>{markId}</a>
                  </td>
                  <td>
                    {t(`mark.${rule.by}`)} {expired ? <Badge tone="warn">{t('event.expired')}</Badge> : null}
                  </td>
                  <td>{ownerBic}</td>
                </tr>
              ))}
            </Table>
          )
        }
      </Shown>
      <More pages={marks} />
    </>
  );
}

/** Where to begin: a mark of one's own, or anything by its id. */
export function TreesPanel({ code }: { code: string }) {
  const { me } = useSession();
  const kinds = KINDS.filter((one) => may.readTree[one](me));
  const [kind, setKind] = useState<TreeKind>(kinds[0] ?? 'tokens');
  return (
    <Panel title={t('tree.title')}>
      <LookUp
        id="tree-id"
        label={t(`tree.${kind}.id`)}
        size={24}
        fault={kind === 'tokens' ? faultOf.token : faultOf.entry}
        onGo={(id) => go(['ledgers', code, 'tree', kind, id])}
      >
        <div class="field">
          <label for="tree-kind">{t('tree.of')}</label>
          <select id="tree-kind" value={kind} onChange={(event) => setKind(event.currentTarget.value as TreeKind)}>
            {kinds.map((one) => (
              <option value={one} key={one}>
                {t(`tree.${one}.one`)}
              </option>
            ))}
          </select>
        </div>
      </LookUp>
      <p class="muted">{t('tree.hint')}</p>
      {may.readTree.marks(me) ? <MarkList code={code} /> : null}
    </Panel>
  );
}

/** Agreements of a project, each with what is left of it. */
function Agreements({ code, markId }: { code: string; markId: string }) {
  const { api } = useSession();
  const path = `/v1/ledgers/${code}/marks/${encodeURIComponent(markId)}/agreements`;
  const agreements = usePages(
    async (after, signal) => {
      const page = await api.read<{ agreements: Agreement[]; next: string | null }>(
        after === null ? path : `${path}?after=${after}`,
        { signal },
      );
      return { rows: page.agreements, next: page.next };
    },
    [api, path],
    touchesLedger(code),
  );
  if (agreements.data?.rows.length === 0) return null;
  return (
    <Panel title={t('tree.agreements')} wide>
      <Shown of={agreements}>
        {({ rows }) => (
          <Table
            label={t('tree.agreements')}
            head={[
              ...[t('tree.agreements.one'), t('payment.from'), t('payment.to')],
              ...[t('agreement.max'), t('agreement.left'), t('event.expires')],
            ]}
          >
            {rows.map((one) => (
              <tr key={one.agreementId}>
                <td>
                  <a href={treeHref(code, 'agreements', one.agreementId)}>{one.agreementId}</a>
                </td>
                <td>
                  <code>{one.payer}</code>
                </td>
                <td>
                  <code>{one.payee}</code>
                </td>
                <td class="num">
                  <Amount money={one.transferMax} />
                </td>
                <td class="num">
                  <Amount money={one.transferLeft} />
                </td>
                <td>
                  <At iso={one.expiresAt} />
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Shown>
      <More pages={agreements} />
    </Panel>
  );
}

/** A wallet as a box has room for it: its end says more than its beginning. */
const shortened = (text: string): string => (text.length > 22 ? `…${text.slice(-21)}` : text);

/** A box: what it says, which is its name too. */
function viewOf(part: Part | undefined, isStart: boolean) {
  const start = isStart ? ' start' : '';
  if (part?.kind === 'transaction') {
    const { kind, amount: sum, currency } = part.node;
    const lines = [`${amount(sum)} ${currency}`, codeText('posting', kind)];
    return { class: `transaction${start}`, label: lines.join(' '), lines };
  }
  if (part?.kind === 'token') {
    const { amount: sum, currency, walletId, held } = part.edge;
    const lines = [`${amount(sum)} ${currency}`, shortened(walletId)];
    const label = held ? `${lines.join(' ')}, ${codeText('event', 'held')}` : lines.join(' ');
    return { class: `token${held ? ' held' : ''}${start}`, label, lines };
  }
  return { class: 'beyond', label: t('tree.beyond'), lines: ['…'] };
}

/** Where unspent money is. */
const whereOf = ({ amount: sum, currency, walletId, held }: TreeEdge): string =>
  t(held ? 'tree.heldAt' : 'tree.isAt', { amount: `${amount(sum)} ${currency}`, wallet: walletId });

/** Where one stands: what it is, and the ways from it. */
function Standing({ code, graph, current, onCurrent, mayTrace }: StandingProps) {
  const part = graph.parts.get(current);
  if (!part) return null;
  const around = (own: 'from' | 'to', other: 'from' | 'to') =>
    graph.links.filter((link) => link[own] === current).map((link) => ({ ...link, leadsTo: link[other] }));
  const ways = [
    { title: t('tree.in'), links: around('to', 'from') },
    { title: t('tree.out'), links: around('from', 'to') },
  ];
  return (
    <div class="standing">
      {part.kind === 'transaction' ? (
        <dl class="facts">
          <dt>{t('wallet.posting')}</dt>
          <dd>
            {codeText('posting', part.node.kind)} · <Amount money={part.node} />
          </dd>
          <dt>{t('ledger.time')}</dt>
          <dd>
            <At iso={part.node.time} whole /> · {t('ledger.block')}{' '}
            <BlockLink code={code} sequence={part.node.blockSequence} />
          </dd>
          <dt>{t('payment.from')}</dt>
          <dd>
            <code>{part.node.debitWallet ?? '–'}</code>
          </dd>
          <dt>{t('payment.to')}</dt>
          <dd>
            <code>{part.node.creditWallet ?? '–'}</code>
          </dd>
          {part.node.agreementId === null ? null : (
            <>
              <dt>{t('tree.agreements.one')}</dt>
              <dd>
                <a href={treeHref(code, 'agreements', part.node.agreementId)}>{part.node.agreementId}</a>
              </dd>
            </>
          )}
          {part.node.purpose === null ? null : (
            <>
              <dt>{t('tree.purpose')}</dt>
              <dd>{part.node.purpose}</dd>
            </>
          )}
          <dt>{t('transaction.title')}</dt>
          <dd>
            <Id text={part.node.transactionId} short={24} />
          </dd>
        </dl>
      ) : part.kind === 'token' ? (
        <p>{whereOf(part.edge)}</p>
      ) : (
        <p>{t('tree.beyond.hint')}</p>
      )}
      {ways.map(({ title, links }) =>
        links.length === 0 ? null : (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <ul class="ways">
              {links.slice(0, WAYS_SHOWN).map(({ id, edge, leadsTo }) => (
                <li key={id}>
                  <button type="button" class="link" onClick={() => onCurrent(leadsTo)}>
                    <code>{edge.walletId}</code>
                  </button>
                  <Amount money={edge} />
                  <small>{edge.markId === null ? '' : `${edge.markId} · ${edge.markLevel}`}</small>
                  {mayTrace(edge) ? <TokenLinks code={code} tokenId={edge.tokenId} /> : null}
                </li>
              ))}
            </ul>
          </section>
        ),
      )}
    </div>
  );
}
interface StandingProps {
  readonly code: string;
  readonly graph: Graph;
  readonly current: string;
  readonly onCurrent: (id: string) => void;
  readonly mayTrace: MayTrace;
}
/** A transaction may have very many tokens; the picture has them all. */
const WAYS_SHOWN = 30;

/** The box that a tree begins at: of a token's tree the token or what made or spent it, else its first transaction. */
function startOf({ token, nodes }: ReadTree, graph: Graph, isForward: boolean): string {
  const named = token === null ? [] : [tokenBox(token.tokenId), isForward ? token.to : token.from];
  const found = [...named, ...nodes.map(({ transactionId }) => transactionId)];
  return found.find((id) => id !== null && graph.parts.has(id)) ?? graph.boxes[0]?.id ?? '';
}

function Drawn({ code, tree, isForward, mayTrace, isLoading, more, anew }: DrawnProps) {
  const graph = useMemo(() => graphOf(tree.nodes, tree.edges), [tree]);
  const layout = useMemo(() => layOut(graph.boxes, graph.links), [graph]);
  const start = startOf(tree, graph, isForward);
  const [chosen, setChosen] = useState(start);
  const current = graph.parts.has(chosen) ? chosen : start;
  const isFull = tree.nodes.length >= PICTURE_MAX;
  const label = t('tree.picture', { n: graph.boxes.length });
  return (
    <Panel title={label} wide>
      {graph.boxes.length === 0 ? (
        <Empty what={t('tree.empty')} hint={t('tree.empty.hint')} />
      ) : (
        <div class="tree">
          <Picture
            label={label}
            layout={layout}
            links={graph.links}
            current={current}
            onCurrent={setChosen}
            view={(id) => viewOf(graph.parts.get(id), id === start)}
          />
          <Standing code={code} graph={graph} current={current} onCurrent={setChosen} mayTrace={mayTrace} />
        </div>
      )}
      <p class="tree-foot">
        {tree.next !== null && !isFull ? (
          <button type="button" class="primary" disabled={isLoading} onClick={more}>
            {isLoading ? t('loading') : t('tree.more')}
          </button>
        ) : null}
        <span class="muted" role="status">
          {t(tree.next === null ? 'tree.whole' : 'tree.part', { n: tree.nodes.length })}{' '}
          {graph.registered.length > 0 ? t('tree.registered', { n: graph.registered.length }) : ''}{' '}
          {isFull && tree.next !== null ? t('tree.full') : ''} {tree.isTruncated ? t('tree.truncated') : ''}
        </span>
        <span class="muted">{t('tree.readAt', { time: shortTime(new Date(tree.readAt).toISOString()) })}</span>
        <button type="button" disabled={isLoading} onClick={anew}>
          {t('tree.anew')}
        </button>
      </p>
    </Panel>
  );
}
interface DrawnProps {
  readonly code: string;
  readonly tree: ReadTree;
  readonly isForward: boolean;
  readonly mayTrace: MayTrace;
  readonly isLoading: boolean;
  readonly more: () => void;
  readonly anew: () => void;
}

/** A mark's, an agreement's or a token's tree. */
export function TreePage({ code, kind, id }: { code: string; kind: TreeKind; id: string }) {
  const { api, me } = useSession();
  const isForward = place.value.query.direction === 'forward';
  const query = kind === 'tokens' ? `?direction=${isForward ? 'forward' : 'back'}` : '';
  const path = `/v1/ledgers/${code}/${kind}/${encodeURIComponent(id)}/tree${query}`;
  const { tree, error, ...reading } = useTree(api, path);
  const mayTrace = useTracing(code, kind === 'marks' ? id : null);
  useEffect(() => {
    const before = document.title;
    document.title = `${t(`tree.${kind}.one`)} ${id.slice(0, 24)} · Otkel`;
    return () => {
      document.title = before;
    };
  }, [kind, id]);
  return (
    <>
      <BackToLedger code={code} />
      <header class="page-head">
        <h1>
          {t(`tree.${kind}.one`)} <code>{kind === 'tokens' ? `${id.slice(0, 16)}…` : id}</code>
        </h1>
        {kind === 'tokens' ? (
          <nav class="tabs" aria-label={t('tree.title')}>
            <a href={treeHref(code, 'tokens', id)} aria-current={isForward ? undefined : 'page'}>
              {t('tree.back')}
            </a>
            <a href={treeHref(code, 'tokens', id, 'forward')} aria-current={isForward ? 'page' : undefined}>
              {t('tree.forward')}
            </a>
          </nav>
        ) : null}
      </header>
      {error ? <Problem error={error} retry={reading.anew} /> : null}
      {tree === null ? (
        error ? null : (
          <Loading />
        )
      ) : (
        <div class="panels">
          <Drawn code={code} tree={tree} isForward={isForward} mayTrace={mayTrace} {...reading} key={path} />
          {kind === 'marks' && may.readTree.marks(me) ? <Agreements code={code} markId={id} key={id} /> : null}
        </div>
      )}
    </>
  );
}
