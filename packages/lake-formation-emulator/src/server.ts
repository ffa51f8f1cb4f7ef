import express, { Express, Request, Response } from 'express';
import { controlRouter } from './control/controlRouter';
import { Emulator } from './Emulator';
import { handleCall } from './handleCall';
import { WireRequest } from './protocols/Protocol';

const MAX_BODY = '20mb';

const toWireRequest = (req: Request): WireRequest => ({
  method: req.method,
  path: req.path,
  query: req.originalUrl.split('?')[1] ?? '',
  header: name => req.header(name),
  body: Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '',
});

/** The HTTP side: AWS's services at the root, the control plane beside them. */
export function createServer(emulator: Emulator): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use('/_emulator', controlRouter(emulator));
  app.use(express.raw({ type: () => true, limit: MAX_BODY }));
  app.use(async (req: Request, res: Response) => {
    const outcome = await handleCall(emulator, toWireRequest(req), {
      onClientGone: resume => res.on('close', resume),
    });
    if (outcome.kind === 'reset') {
      req.socket.resetAndDestroy();
    } else if (outcome.kind === 'close') {
      req.socket.destroy();
    } else {
      const { status, headers, body } = outcome.answer;
      res.status(status).set(headers).end(body);
    }
  });
  return app;
}
