import type {
  ObservedGrant,
  Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';

const ALWAYS = [
  'IAM is not part of this answer: who is named here also needs lakeformation:GetDataAccess and the Glue reads in IAM, and who may read the files in S3 directly is not named.',
  'Where a location is registered in hybrid access mode, Lake Formation restricts only principals that are opted in.',
];

/** What an answer cannot know, each told once. */
export class Caveats {
  readonly #texts = new Set<string>(ALWAYS);

  add(text: string): void {
    this.#texts.add(text);
  }

  /** What a grant that counts in the answer leaves open. */
  ofGrant({ principal, condition, resource }: ObservedGrant): void {
    if (condition) {
      this.add(
        'Grants under a condition hold for principals whose attributes fit; attributes are not looked up.',
      );
    }
    if (
      principal.kind === 'organization' ||
      principal.kind === 'organizational-unit'
    ) {
      this.add(
        'Which accounts are members of an organization or organizational unit is not looked up.',
      );
    }
    if (principal.kind === 'account') {
      this.add(
        'What is granted to an account reaches its roles and users only where its own administrator passes it on; that shows where the account is scanned too.',
      );
    }
    if (resource.kind === 'catalog' && resource.catalogId?.includes(':')) {
      this.add(
        'Grants on a nested catalog as a whole are not followed to the tables in it.',
      );
    }
  }

  ofColumn(column: string): void {
    this.add(
      `If ${column} is a partition key, everybody who reads any column of the table sees it: Lake Formation cannot hide partition keys.`,
    );
  }

  /** Scans keep grants, and nothing else. */
  ofThen(at: string): void {
    this.add(
      `Grants are as they were at ${at}; LF-Tags and administrators are as they are now.`,
    );
  }

  ofPrincipal({ kind, name }: Principal): void {
    if (kind.startsWith('identity-center') || kind.startsWith('saml')) {
      this.add(
        `Groups that ${name} is a member of are not looked up; ask for each of them.`,
      );
    }
    if (kind === 'iam-role' || kind === 'iam-user') {
      this.add(
        `Other roles that ${name} may assume are not looked up; ask for each of them.`,
      );
    }
  }

  /** A tag expression reaches more than is told. */
  cut(words: string, told: number): void {
    this.add(
      `The grant on ${words} reaches more than ${told} resources; the answer stops there.`,
    );
  }

  /** The tags of too many tables would have to be read. */
  columnsBySearch(words: string, most: number): void {
    this.add(
      `The grant on ${words} reaches more than ${most} tables, so their columns were not looked at one by one: columns with tags of their own may be hidden.`,
    );
  }

  texts(): string[] {
    return [...this.#texts];
  }
}
