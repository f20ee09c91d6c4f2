import { expect, test } from 'vitest';
import { cardOf } from '../../../scripts/build/pictures.ts';

const page = (image: string) =>
  `<meta name="description" content="Reviews &amp; words &quot;here&quot;">${image}<h1 class="x"> Read the data </h1>`;

test('a picture says what its page says, at the file that the page names', () => {
  const image = '<meta property="og:image" content="https://example.org/sub/social/lab.png">';
  expect(cardOf(page(image))).toEqual({
    title: 'Read the data',
    description: 'Reviews & words "here"',
    file: 'social/lab.png',
  });
});

test('a page that names none, or one elsewhere, gets none', () => {
  expect(cardOf(page(''))).toBeUndefined();
  const elsewhere = '<meta property="og:image" content="https://example.org/social/../../x.png">';
  expect(cardOf(page(elsewhere))).toBeUndefined();
});
