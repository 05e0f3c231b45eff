import { Redis } from 'ioredis';
import { startHttpServer } from '../../demo/start-http-server.js';

/** An HTTP server in front of a Redis that speaks as Upstash's does, so that their client can be tested on this machine. */
export interface UpstashBridge {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Starts the bridge: a command, or a pipeline of commands, is posted as JSON.
 *
 * @see https://upstash.com/docs/redis/features/restapi
 */
export async function startUpstashBridge(redisUrl: string): Promise<UpstashBridge> {
  const client = new Redis(redisUrl);
  const run = async ([name = '', ...args]: readonly string[]) => ({ result: encode(await client.call(name, ...args)) });
  const server = await startHttpServer(
    () => async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = JSON.parse(Buffer.concat(chunks).toString()) as readonly string[] | readonly (readonly string[])[];
      const isPipeline = request.url?.startsWith('/pipeline');
      const answer = isPipeline
        ? await Promise.all((body as readonly (readonly string[])[]).map(run))
        : await run(body as readonly string[]);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer));
    },
    { host: '127.0.0.1' },
  );
  return {
    origin: server.origin,
    async close() {
      await server.close();
      client.disconnect();
    },
  };
}

/** Their client asks for texts in base64, all but the reply `OK`. */
function encode(reply: unknown): unknown {
  return typeof reply === 'string' && reply !== 'OK' ? Buffer.from(reply).toString('base64') : reply;
}
