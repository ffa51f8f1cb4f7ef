/** A Cedar expression over the tags of whoever asks, as far as it is known here. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Condition[] }
  | { readonly kind: 'not'; readonly term: Condition }
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'hasTag'; readonly key: string }
  | {
      readonly kind: 'equals';
      readonly left: ConditionText;
      readonly right: ConditionText;
    }
  | {
      readonly kind: 'like';
      readonly text: ConditionText;
      /** `*` stands for any characters. */
      readonly pattern: string;
    }
  | {
      readonly kind: 'contains';
      readonly set: readonly ConditionText[];
      readonly text: ConditionText;
    };

/** A text: written out, or the value of a tag. */
export type ConditionText =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'getTag'; readonly key: string };
