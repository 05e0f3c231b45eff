/** The members of a stream of Node through which a body is read. */
export interface NodeBody {
  /** Whether the body was read to its end. */
  readonly readableEnded?: boolean;
  /** Whether the client has gone, or the stream is over. */
  readonly destroyed?: boolean;
  on(event: string, listener: (chunk: Uint8Array) => void): unknown;
  pause?(): unknown;
  resume?(): unknown;
}

/**
 * Returns a stream of the platform that takes nothing from the socket before it is read. A client that announces a body and
 * does not send it costs no memory then, and one that is refused before its body matters is never read.
 */
export function streamBody(incoming: NodeBody): ReadableStream<Uint8Array> {
  let isOver = false;
  let isStarted = false;

  function start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    const end = (finish: () => void) => () => {
      if (isOver) return;
      isOver = true;
      finish();
    };
    incoming.on('data', (chunk) => {
      if (isOver) return;
      incoming.pause?.();
      controller.enqueue(chunk);
    });
    incoming.on(
      'end',
      end(() => controller.close()),
    );
    const fail = end(() => controller.error(new Error('The client disconnected.')));
    incoming.on('close', fail);
    incoming.on('error', fail);
    if (incoming.destroyed === true) fail();
  }

  return new ReadableStream(
    {
      pull(controller) {
        if (isStarted) return void incoming.resume?.();
        isStarted = true;
        start(controller);
      },
      cancel() {
        isOver = true;
        incoming.pause?.();
      },
    },
    { highWaterMark: 0 },
  );
}
