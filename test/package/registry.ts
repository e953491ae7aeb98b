/** A registry of npm on this machine that has one package, so that `npx` and `npm install` run as they do elsewhere. */

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { root } from '../../scripts/steps.ts';

export interface Registry {
  /** For `npm_config_registry`. */
  readonly address: string;
  stop(): void;
}

/** @param tarball the path of what `npm pack` made */
export async function serveRegistry(tarball: string): Promise<Registry> {
  const { name, version, bin, engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const content = await readFile(tarball);
  const integrity = `sha512-${createHash('sha512').update(content).digest('base64')}`;
  const server = createServer(({ url }, response) => {
    const address = `http://${response.req.headers.host}`;
    if (url === `/${name}`) {
      const dist = { tarball: `${address}/${name}.tgz`, integrity };
      const versions = { [version]: { name, version, bin, engines, dist } };
      response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
    } else if (url === `/${name}.tgz`) response.end(content);
    else response.writeHead(404).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
