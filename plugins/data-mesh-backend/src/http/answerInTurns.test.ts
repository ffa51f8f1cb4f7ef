import express from 'express';
import request from 'supertest';
import { answerInTurns } from './answerInTurns';

const answering = (body: unknown) =>
  request(
    express()
      .use(answerInTurns)
      .get('/x', (_req, res) => {
        res.status(201).json(body);
      }),
  ).get('/x');

describe('an answer', () => {
  it.each([
    [{ items: [] }],
    [{ items: [], nextCursor: 'x' }],
    [{ items: [{ a: 1 }, 'two', null], groupId: 'g', nextCursor: undefined }],
    [{ items: 'no list' }],
    [{ other: [1] }],
    [{}],
    [[]],
    [{ at: new Date(0), none: undefined, plan: { steps: [{ id: 'x' }, []] } }],
    [{ a: { b: { c: { d: [undefined, { e: undefined, f: 'ü"' }] } } } }],
    [[1, 2]],
    ['text'],
  ])('is the JSON of what is answered: %j', async body => {
    const { status, text, headers } = await answering(body);
    expect([status, JSON.parse(text)]).toEqual([
      201,
      JSON.parse(JSON.stringify(body)),
    ]);
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(headers.etag).toBeDefined();
  });

  it('of one thing with long lists comes in pieces, and is the same', async () => {
    const steps = Array.from({ length: 1_000 }, (_, index) => ({
      index,
      words: 'w'.repeat(1_000),
    }));
    const body = { id: 'x', plan: { steps, warnings: [] }, revisions: steps };
    const { text, headers } = await answering(body);
    expect(JSON.parse(text)).toEqual(body);
    expect(headers['transfer-encoding']).toBe('chunked');
  });

  it('of a long list comes in pieces, and is the same', async () => {
    const items = Array.from({ length: 1_000 }, (_, index) => ({
      index,
      text: 'ü"\n'.repeat(300),
    }));
    const { text, headers } = await answering({ items, nextCursor: 'x' });
    expect(JSON.parse(text)).toEqual({ items, nextCursor: 'x' });
    expect(headers['transfer-encoding']).toBe('chunked');
    expect(headers['content-type']).toMatch(/^application\/json/);
  });
});
