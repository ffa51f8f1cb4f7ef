import { aProduct } from '../../testing';
import { placesOf } from './placeText';

describe('placesOf', () => {
  it('names each table and each of its columns once, in order', () => {
    const product = aProduct();
    const [port] = product.spec.outputPorts;
    const places = placesOf([product, product]);
    const texts = places.map(place => place.text);
    expect(texts).toEqual([...new Set(texts)]);
    expect(texts).toEqual([...texts].sort((a, b) => a.localeCompare(b)));
    const { database, catalogId, region } = port.location;
    const [table] = port.tables;
    expect(places).toContainEqual({
      text: `${database}.${table.name}.${table.columns[0].name}`,
      catalogId,
      region,
      database,
      table: table.name,
      column: table.columns[0].name,
    });
    expect(texts).toContain(`${database}.${table.name}`);
  });

  it('leaves out ports that live in no database', () => {
    const product = aProduct();
    product.spec.outputPorts[0].location = { topic: 'orders' };
    expect(
      placesOf([
        {
          ...product,
          spec: { ...product.spec, outputPorts: [product.spec.outputPorts[0]] },
        },
      ]),
    ).toEqual([]);
  });
});
