import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  accountInWords,
  type AccessSubject,
  type Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import { readRef } from '../catalog/readRef';
import type { FoundPeople } from '../catalog/searchPeople';
import type { AccountAliases } from '../config/readAccountAliases';
import type { Caller } from '../identity/Caller';
import type { People } from '../people';
import type { PrincipalDirectory } from '../principals/PrincipalDirectory';
import type { GrantSight } from '../sight';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import type { GrantsExplorer } from '../grants/GrantsExplorer';

/** Of each kind; a longer name leads further. */
const MOST_OF_KIND = 5;

const lower = (text: string) => text.toLocaleLowerCase('en-US');

/** Somebody who is asked about, and what they act as. */
export interface AskedSubject {
  subject: AccessSubject;
  principals: readonly Principal[];
}

/** What finding somebody takes. */
export interface SubjectDeps {
  catalog: Pick<MeshCatalog, 'visible' | 'principalAnnotations'>;
  sight: Pick<GrantSight, 'of'>;
  searchPeople: (
    text: string,
    options: { credentials: BackstageCredentials; limit: number },
  ) => Promise<FoundPeople[]>;
  people: Pick<People, 'refsOf'>;
  principals: Pick<PrincipalDirectory, 'availableTo' | 'describe'>;
  provisioners: ProvisionerRegistry;
  aliases: AccountAliases;
  explorer: Pick<GrantsExplorer, 'summarize'>;
  /** Of the plugin: whose role somebody may act as is no secret of the catalog. */
  credentials: () => Promise<BackstageCredentials>;
}

/** Finds whose access is asked for: by name, reference, ARN or account id. */
export class SubjectFinder {
  readonly #deps: SubjectDeps;

  constructor(deps: SubjectDeps) {
    this.#deps = deps;
  }

  /**
   * A few people, groups, roles and accounts, in this order; of each kind those
   * of exactly that name first. Nobody that the caller may not see.
   */
  async find(caller: Caller, text: string): Promise<AccessSubject[]> {
    const q = text.trim();
    const exact = this.#principalOf(q) ?? (await this.#referred(caller, q));
    if (exact) return [exact];
    const { credentials } = caller;
    const [people, roles, annotated, accounts] = await Promise.all([
      this.#deps.searchPeople(q, { credentials, limit: MOST_OF_KIND }),
      this.#deps.explorer.summarize(caller, {
        by: 'principal',
        q,
        limit: MOST_OF_KIND * 2,
      }),
      this.#annotated(caller, q),
      this.#accountsOf(caller, q),
    ]);
    const ids = new Set([...roles.items.map(({ key }) => key), ...annotated]);
    const found: AccessSubject[] = [
      ...people.map(({ kind, ref, title }) => ({ kind, id: ref, title })),
      ...[...ids].flatMap(id => {
        const subject = this.#principalOf(id);
        return subject?.kind === 'principal' ? [subject] : [];
      }),
      ...accounts,
    ];
    return (['user', 'group', 'principal', 'account'] as const).flatMap(kind =>
      byLikeness(
        found.filter(subject => subject.kind === kind),
        q,
      ).slice(0, MOST_OF_KIND),
    );
  }

  /**
   * Whom a text means: itself, or the first that it leads to.
   *
   * @throws NotFoundError where it leads to nobody whom the caller may see
   */
  async resolve(caller: Caller, text: string): Promise<AskedSubject> {
    const [first] = await this.find(caller, text);
    if (!first) {
      throw new NotFoundError(
        `Nobody is called '${text}': expected an ARN, an account id, or the name of a person, group, role or account`,
      );
    }
    return { subject: first, principals: await this.#actedAs(first) };
  }

  /** Whom a full reference names. */
  async #referred(
    { credentials }: Caller,
    text: string,
  ): Promise<AccessSubject | undefined> {
    const ref = /^(user|group):/i.test(text) ? readRef(text) : undefined;
    if (!ref) return undefined;
    const visible = await this.#deps.catalog.visible([ref], credentials);
    if (visible.length === 0) return undefined;
    const name = ref.slice(ref.indexOf('/') + 1);
    const known = await this.#deps.searchPeople(name, {
      credentials,
      limit: MOST_OF_KIND,
    });
    return {
      kind: ref.startsWith('user:') ? 'user' : 'group',
      id: ref,
      title: known.find(one => one.ref === ref)?.title ?? name,
    };
  }

  async #actedAs({ kind, id, principal }: AccessSubject): Promise<Principal[]> {
    const { people, principals } = this.#deps;
    if (principal) return [principal];
    const refs = kind === 'user' ? await people.refsOf(id) : [id];
    const resolved = await principals.availableTo({
      ownershipRefs: refs,
      credentials: await this.#deps.credentials(),
    });
    return resolved.map(one => principals.describe(one));
  }

  /**
   * Principals that the catalog names, also those that hold nothing now. Only to
   * those who are told everything.
   */
  async #annotated(caller: Caller, q: string): Promise<string[]> {
    const { view } = await this.#deps.sight.of(caller);
    if (view !== 'all') return [];
    const annotated = await this.#deps.catalog.principalAnnotations();
    return annotated.flatMap(({ annotation }) =>
      annotation.ok
        ? annotation.principals
            .filter(({ name }) => lower(name).includes(lower(q)))
            .map(({ id }) => id)
        : [],
    );
  }

  async #accountsOf(caller: Caller, q: string): Promise<AccessSubject[]> {
    const { explorer, aliases } = this.#deps;
    const { items } = await explorer.summarize(caller, {
      by: 'account',
      limit: 200,
    });
    return items
      .filter(
        ({ key }) =>
          key.includes(q) || lower(aliases.get(key) ?? '').includes(lower(q)),
      )
      .flatMap(({ key }) => this.#principalOf(key) ?? []);
  }

  #principalOf(text: string): AccessSubject | undefined {
    const read = this.#deps.provisioners.readPrincipal(text.trim());
    if (!read) return undefined;
    const principal = this.#deps.principals.describe({ id: read.id });
    const isAccount = principal.kind === 'account';
    return {
      kind: isAccount ? 'account' : 'principal',
      id: principal.id,
      title: isAccount ? accountInWords(principal) : principal.name,
      principal,
    };
  }
}

/** Of exactly that name, then those that begin with it, then the rest. */
function byLikeness(
  subjects: readonly AccessSubject[],
  text: string,
): AccessSubject[] {
  const asked = lower(text);
  const rank = ({ id, title }: AccessSubject) => {
    const names = [lower(title), lower(id.slice(id.lastIndexOf('/') + 1))];
    if (names.includes(asked)) return 0;
    return names.some(name => name.startsWith(asked)) ? 1 : 2;
  };
  return [...subjects].sort((a, b) => rank(a) - rank(b));
}
