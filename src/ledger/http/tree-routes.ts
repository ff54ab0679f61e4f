import type { Request, Router } from 'express';
import { RefusalError, refusal } from '../../kernel/errors.js';
import { bicKey } from '../../kernel/ids.js';
import { transactionIdOfToken } from '../canonical.js';
import { agreementOf } from '../domestic/agreement.js';
import { accessOf } from '../domestic/roles.js';
import { entryKey } from '../model.js';
import type { StatementCursor } from '../store.js';
import {
  PLACE_LIMITS,
  type TracedToken,
  type TreeDirection,
  type TreeNode,
  type TreeScope,
  type TreeToken,
  WHOLE_TREE,
} from '../tree.js';
import { requiredAgreement } from './agreement-routes.js';
import { countOf } from './body.js';
import { amountJson, hex } from './json.js';
import { requiredMark } from './mark-routes.js';
import type { RouteParts } from './parts.js';
import { badRequest, route } from './refusal.js';
import { afterOf, nextOf, topicJson } from './topic.js';

/** A transaction may have very many tokens, so a page of a tree is shorter than one of a list. */
const PAGE_MAX = 100;
const PAGE = 50;
/** What a cursor may be long, and a step of a walk cost. */
const FRONTIER_MAX = 400;

/** The tree of money: of a token back and forward, of a mark (a project) and of an agreement in the order of the chain. */
export function treeRoutes(router: Router, parts: RouteParts): void {
  const { ledger, reads } = parts;
  const { currency } = ledger;

  router.get(
    '/tokens/:id/tree',
    route(async (req, res) => {
      const { token, scope } = await requiredToken(req, parts);
      const direction = directionOf(req);
      const start = direction === 'back' ? token.madeBy : token.spentIn;
      const frontier = frontierOf(req) ?? (start ? [start] : []);
      const limit = countOf(req, 'limit', PAGE, PAGE_MAX);
      const page = await reads.walkTree({ direction, frontier, scope, limit, frontierMax: FRONTIER_MAX });
      const next = page.frontier.map(({ blockSequence, position }) => `${blockSequence}.${position}`).join('-');
      res.json({
        token: edgeJson(token, currency),
        direction,
        ...treeJson(page.nodes, currency),
        next: next || null,
        truncated: page.truncated,
      });
    }),
  );

  const topicTree = async (req: Request, topic: string, markId: string) => {
    const limit = countOf(req, 'limit', PAGE, PAGE_MAX);
    const nodes = await reads.topicTree(topic, { ownerBic: null, markId }, afterOf(req), limit);
    return { ...treeJson(nodes, currency), next: nextOf(nodes, limit) };
  };

  router.get(
    '/marks/:id/tree',
    route(async (req, res) => {
      const { entryId: markId } = await requiredMark(req, parts);
      res.json({ markId, ...(await topicTree(req, entryKey('mark', markId), markId)) });
    }),
  );

  router.get(
    '/agreements/:id/tree',
    route(async (req, res) => {
      const { agreementId, markId } = agreementOf(await requiredAgreement(req, parts));
      res.json({ agreementId, markId, ...(await topicTree(req, entryKey('agreement', agreementId), markId)) });
    }),
  );
}

/**
 * The token, and what of its tree the caller is shown: who may see anybody's everything, the owner of its wallet what
 * touches wallets of its own, the initiator of its mark what is under the mark.
 */
async function requiredToken(
  req: Request,
  { ledger, reads, authorise, callerOf }: RouteParts,
): Promise<{ token: TracedToken; scope: TreeScope }> {
  const id = String(req.params.id);
  if (!/^[0-9a-f]{72}$/.test(id)) return badRequest('tokenId');
  const token = await reads.token(Buffer.from(id, 'hex'));
  const wallet = token && (await ledger.wallet(token.walletId));
  const markId = token?.markId ?? null;
  const [mark] = markId === null ? [] : await reads.entries([{ kind: 'mark', entryId: markId }]);
  const own = bicKey(callerOf(req).bic);
  const owners = [wallet?.ownerBic, mark?.ownerBic];
  const { role } = authorise(req, 'readToken', owners.includes(own) ? own : null);
  if (!token) throw new RefusalError(refusal('NOT_FOUND', 'token'));
  if (accessOf(role, 'readToken') === 'any') return { token, scope: WHOLE_TREE };
  const isHolder = wallet?.ownerBic === own;
  return { token, scope: isHolder ? { ownerBic: own, markId: null } : { ownerBic: null, markId } };
}

function directionOf(req: Request): TreeDirection {
  const { direction = 'back' } = req.query;
  return direction === 'back' || direction === 'forward' ? direction : badRequest('direction');
}

const PLACE = /^(\d{1,12})\.(\d{1,8})$/;

/** `after=<block sequence>.<position>-…`, as the page before gave it in `next`. What lies outside of its scope is not shown. */
function frontierOf(req: Request): StatementCursor[] | null {
  const { after } = req.query;
  if (after === undefined) return null;
  const places = typeof after === 'string' ? after.split('-') : [];
  if (places.length < 1 || places.length > FRONTIER_MAX) return badRequest('after');
  return places.map((text) => {
    const match = PLACE.exec(text);
    const place = match && { blockSequence: BigInt(match[1]!), position: Number(match[2]) };
    const fits = place && place.blockSequence < PLACE_LIMITS.blockSequence && place.position < PLACE_LIMITS.position;
    return fits ? place : badRequest('after');
  });
}

/** Nodes, and every token of theirs once. */
function treeJson(nodes: readonly TreeNode[], currency: string) {
  const tokens = new Map(nodes.flatMap((node) => node.tokens).map((token) => [hex(token.tokenId), token]));
  return {
    nodes: nodes.map((node) => topicJson(node, currency)),
    edges: [...tokens.values()].map((token) => edgeJson(token, currency)),
  };
}

const edgeJson = (
  { tokenId, walletId, amountMinor, markId, markLevel, held, spentBy }: TreeToken,
  currency: string,
) => ({
  tokenId: hex(tokenId),
  from: hex(transactionIdOfToken(tokenId)),
  to: spentBy && hex(spentBy),
  walletId,
  ...amountJson(amountMinor, currency),
  markId,
  markLevel,
  held,
});
