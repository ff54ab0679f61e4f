/** A tree as it is read page by page. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Api, ApiError, type TreeEdge, type TreeNode, type TreePage } from '../api.js';
import { joined } from '../tree/graph.js';

export interface ReadTree {
  readonly token: TreeEdge | null;
  readonly nodes: readonly TreeNode[];
  readonly edges: readonly TreeEdge[];
  /** Where it goes on; null at its end. */
  readonly next: string | null;
  /** Ways were left out: a token's own tree has them. */
  readonly isTruncated: boolean;
  readonly readAt: number;
}

const PAGE = 100;
/** Transactions of one picture; the tree goes on in that of a token. */
export const PICTURE_MAX = 3_000;

const added = (before: ReadTree | null, page: TreePage): ReadTree => ({
  token: page.token ?? null,
  nodes: joined(before?.nodes ?? [], page.nodes, ({ transactionId }) => transactionId),
  edges: joined(before?.edges ?? [], page.edges, ({ tokenId }) => tokenId),
  next: page.next,
  isTruncated: (before?.isTruncated ?? false) || (page.truncated ?? false),
  readAt: Date.now(),
});

/** Reads the tree under `path` (with its query); `more` adds a page, `anew` starts again. */
export function useTree(api: Api, path: string) {
  const [tree, setTree] = useState<ReadTree | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [isLoading, setLoading] = useState(true);
  const aborter = useRef<AbortController | null>(null);
  const read = async (before: ReadTree | null) => {
    aborter.current?.abort();
    const aborting = new AbortController();
    aborter.current = aborting;
    setLoading(true);
    try {
      const after = before?.next ? `&after=${before.next}` : '';
      const page = await api.read<TreePage>(`${path}${path.includes('?') ? '&' : '?'}limit=${PAGE}${after}`, {
        signal: aborting.signal,
      });
      if (aborting.signal.aborted) return;
      setTree(added(before, page));
      setError(null);
    } catch (failed) {
      if (aborting.signal.aborted) return;
      setError(failed instanceof ApiError ? failed : new ApiError('PAGE', 0, String(failed), 'later'));
    }
    setLoading(false);
  };
  useEffect(() => {
    setTree(null);
    setError(null);
    void read(null);
    return () => aborter.current?.abort();
  }, [api, path]);
  return {
    ...{ tree, error, isLoading },
    more: () => void read(tree),
    anew: () => void read(null),
  };
}
