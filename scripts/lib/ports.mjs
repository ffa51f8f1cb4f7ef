import { createServer } from 'node:net';

function listen(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const taken = server.address().port;
      server.close(() => resolve(taken));
    });
  });
}

/** Whether nobody listens on the port of the loopback address. */
export async function isFree(port) {
  return listen(port).then(
    () => true,
    () => false,
  );
}

/** The preferred port where it is free, else any free one. */
export async function freePort(preferred = 0) {
  if (preferred && (await isFree(preferred))) return preferred;
  return listen(0);
}
