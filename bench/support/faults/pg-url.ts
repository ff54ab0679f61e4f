/** Connection strings of the embedded server, whose host is the folder of its socket, or of a server on a port. */
import { join } from 'node:path';
import type { PgAddress } from './pg-proxy.js';

/** Where the server of a connection string listens. */
export function addressOf(url: string): PgAddress {
  const query = new URLSearchParams(url.slice(url.indexOf('?') + 1));
  const host = query.get('host');
  const port = Number(query.get('port') ?? 5_432);
  if (host?.startsWith('/')) return { path: join(host, `.s.PGSQL.${port}`) };
  const { hostname, port: named } = new URL(url);
  return { host: host ?? hostname, port: Number(named) || port };
}

/** The same database by way of a proxy on a port of the loopback address. */
export function throughProxy(url: string, port: number): string {
  const [, user, password, name] = /^postgres(?:ql)?:\/\/([^:@/]*)(?::([^@/]*))?@[^/]*\/([^?]*)/.exec(url) ?? [];
  return `postgresql://${user}:${password ?? ''}@127.0.0.1:${port}/${name}`;
}
