import { FormDraft } from './formDraft';
import { forgetDraft, readDraft, writeDraft } from './savedDraft';

const draft: FormDraft = {
  port: 'profiles',
  picks: { profiles: { profiles: { mode: 'whole', columns: [] } } },
  principals: [],
  purpose: '',
  reason: '',
};
const saved = { savedAt: '2026-11-23T10:00:00Z', draft };

describe('saved drafts', () => {
  beforeEach(() => window.localStorage.clear());

  it('come back as they were saved', () => {
    expect(writeDraft(window.localStorage, 'k', saved)).toBe(true);
    expect(readDraft(window.localStorage, 'k')).toEqual(saved);
  });

  it('are gone once forgotten', () => {
    writeDraft(window.localStorage, 'k', saved);
    forgetDraft(window.localStorage, 'k');
    expect(readDraft(window.localStorage, 'k')).toBeUndefined();
  });

  it.each([
    ['no JSON', '{'],
    ['another shape', '{"savedAt": "x", "draft": {"port": 1}}'],
    ['a list', '[]'],
    [
      'picks of another shape',
      JSON.stringify({
        ...saved,
        draft: { ...draft, picks: { p: { t: { mode: 'some' } } } },
      }),
    ],
  ])('are ignored where they are %s', (_, text) => {
    window.localStorage.setItem('k', text);
    expect(readDraft(window.localStorage, 'k')).toBeUndefined();
  });

  it('do no harm where the browser keeps nothing', () => {
    const refusing = {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('denied');
      },
      removeItem: () => {
        throw new Error('denied');
      },
    };
    expect(readDraft(refusing, 'k')).toBeUndefined();
    expect(writeDraft(refusing, 'k', saved)).toBe(false);
    expect(() => forgetDraft(refusing, 'k')).not.toThrow();
  });
});
