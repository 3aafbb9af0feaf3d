import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SampleBackend } from '../end-to-end/sample-backend.ts';

describe('Chinook', () => {
  let sample: SampleBackend;
  beforeAll(async () => {
    sample = await SampleBackend.open('test/specs/chinook/app.yaml');
  });
  afterAll(() => sample.close());

  test('an album has its artist and tracks, a playlist each track once', async () => {
    const artist = await sample.create('/artists', { name: 'AC/DC' });
    const title = 'For Those About To Rock We Salute You';
    const album = await sample.create('/albums', { title, artistId: artist.id });
    const genre = await sample.create('/genres', { name: 'Rock' });
    const media = await sample.create('/media-types', { name: 'MPEG audio file' });
    const common = { albumId: album.id, genreId: genre.id, mediaTypeId: media.id, unitPrice: '0.99' };
    const composer = 'Angus Young, Malcolm Young, Brian Johnson';
    const first = await sample.create('/tracks', {
      ...common,
      composer,
      name: title,
      milliseconds: 343719,
      bytes: 11170334,
    });
    const second = await sample.create('/tracks', { ...common, composer, name: 'Evil Walks', milliseconds: 263497 });
    expect([first['seconds'], second['bytes']]).toEqual([343, null]);
    const [shown] = await sample.list('/albums?artist.name=AC/DC&expand=artist,tracks');
    expect(shown).toMatchObject({ artist: { name: 'AC/DC' }, tracks: [{ name: title }, { name: 'Evil Walks' }] });
    const found = await sample.list('/tracks?search=malcolm%20evil&expand=album.artist');
    expect(found).toMatchObject([{ name: 'Evil Walks', album: { artist: { name: 'AC/DC' } } }]);
    const playlist = await sample.create('/playlists', { name: 'Heavy Metal Classic' });
    const pair = { playlistId: playlist.id, trackId: second.id };
    await sample.create('/playlist-tracks', pair);
    expect(await sample.status('POST', '/playlist-tracks', pair)).toBe(409);

    const names = { firstName: 'Nancy', lastName: 'Edwards' };
    const general = { firstName: 'Andrew', lastName: 'Adams', title: 'General Manager' };
    const andrew = await sample.create('/employees', general);
    const nancy = await sample.create('/employees', { ...names, title: 'Sales Manager', reportsToId: andrew.id });
    const jane = { firstName: 'Jane', lastName: 'Peacock', title: 'Sales Support Agent', reportsToId: nancy.id };
    const rep = await sample.create('/employees', jane);
    const [top] = await sample.list('/employees?title=Sales%20Support%20Agent&expand=reportsTo.reportsTo');
    expect(top).toMatchObject({ reportsTo: { reportsTo: { lastName: 'Adams' } } });
    const buyer = { firstName: 'Leonie', lastName: 'Köhler', email: 'leonekohler@surfeu.de', supportRepId: rep.id };
    const customer = await sample.create('/customers', buyer);
    expect(await sample.status('POST', '/customers', { ...buyer, email: 'LeoneKohler@surfeu.de' })).toBe(409);
    const invoice = await sample.create('/invoices', {
      number: 1,
      customerId: customer.id,
      invoiceDate: '2021-01-01T00:00:00Z',
    });
    const line = { invoiceId: invoice.id, trackId: second.id, unitPrice: '0.99', quantity: 2 };
    expect((await sample.create('/invoice-lines', line))['amount']).toBe('1.98');
    expect((await sample.list(`/invoice-lines?invoice.customerId=${customer.id}`)).length).toBe(1);
    expect(await sample.status('DELETE', `/tracks/${second.id}`)).toBe(409);
    expect(await sample.status('DELETE', `/albums/${album.id}`)).toBe(409);
  });
});
