import type {
  MetricAttributes,
  MetricOptions,
  MetricsService,
  MetricsServiceObservable,
  MetricsServiceObservableCallback,
} from '@backstage/backend-plugin-api/alpha';

/** A value of a metric, with all of the attributes it has. */
export interface Measured {
  value: number;
  attributes: MetricAttributes;
}

/** Keeps metrics in memory, and reads them as an exporter would. */
export class MetricsReader implements MetricsService {
  readonly units = new Map<string, string | undefined>();
  readonly #measured = new Map<string, Measured[]>();
  readonly #observed = new Map<string, () => Promise<Measured[]>>();

  /** What a counter or histogram was told, in order. */
  measured(name: string): Measured[] {
    if (!this.units.has(name)) throw new Error(`There is no metric ${name}`);
    return this.#measured.get(name) ?? [];
  }

  /** Asks all callbacks of a metric. */
  async read(name: string): Promise<Measured[]> {
    const read = this.#observed.get(name);
    if (!read) throw new Error(`There is no observable metric ${name}`);
    return read();
  }

  createCounter(name: string, options?: MetricOptions) {
    return { add: this.#measure(name, options) };
  }

  createUpDownCounter(name: string, options?: MetricOptions) {
    return { add: this.#measure(name, options) };
  }

  createHistogram(name: string, options?: MetricOptions) {
    return { record: this.#measure(name, options) };
  }

  createGauge(name: string, options?: MetricOptions) {
    return { record: this.#measure(name, options) };
  }

  createObservableCounter(name: string, options?: MetricOptions) {
    return this.#observe(name, options);
  }

  createObservableUpDownCounter(name: string, options?: MetricOptions) {
    return this.#observe(name, options);
  }

  createObservableGauge(name: string, options?: MetricOptions) {
    return this.#observe(name, options);
  }

  #measure(name: string, options: MetricOptions | undefined) {
    this.units.set(name, options?.unit);
    return (value: number, attributes: MetricAttributes = {}) => {
      const values = this.#measured.get(name) ?? [];
      this.#measured.set(name, [...values, { value, attributes }]);
    };
  }

  #observe<T extends MetricAttributes>(
    name: string,
    options: MetricOptions | undefined,
  ): MetricsServiceObservable<T> {
    this.units.set(name, options?.unit);
    const callbacks = new Set<MetricsServiceObservableCallback<T>>();
    this.#observed.set(name, async () => {
      const found: Measured[] = [];
      for (const callback of callbacks) {
        await callback({
          observe: (value: number, attributes?: T) => {
            found.push({ value, attributes: { ...attributes } });
          },
        });
      }
      return found;
    });
    return {
      addCallback: callback => callbacks.add(callback),
      removeCallback: callback => callbacks.delete(callback),
    };
  }
}
